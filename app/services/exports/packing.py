"""A ZIP on its way: what was put in, with its digest, and what was left out and why."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_CHUNK = 1 << 20


@dataclass
class Packing:
    """Members are written as they are made; the manifest speaks of each."""

    packed: zipfile.ZipFile
    language: str
    files: list[dict[str, object]] = field(default_factory=list)
    left_out: list[dict[str, object]] = field(default_factory=list)

    def put(self, name: str, source: BinaryIO, *, shrink: bool = True, **more: Any) -> None:  # noqa: ANN401  (what the manifest says of it)
        """One member, copied in chunks; pictures and papers that are packed already are not shrunk again."""
        digest, size = hashlib.sha256(), 0
        how = zipfile.ZipInfo(name)
        how.compress_type = zipfile.ZIP_DEFLATED if shrink else zipfile.ZIP_STORED
        with self.packed.open(how, "w", force_zip64=True) as member:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
        self.files.append({"path": name, "sha256": digest.hexdigest(), "bytes": size, **more})

    def put_text(self, name: str, text: str, **more: Any) -> None:  # noqa: ANN401  (as above)
        self.put(name, io.BytesIO(text.encode()), **more)

    def put_json(self, name: str, value: object) -> None:
        self.put_text(name, json.dumps(value, ensure_ascii=False, indent=2))

    def leave_out(self, what: str, title: tuple[str, str], why: str, **more: object) -> None:
        """Something is not in here; the reader is told what and why."""
        self.left_out.append({"list": what, "title": self.said(title), "why": why, **more})

    def said(self, pair: tuple[str, str]) -> str:
        """The words in the reader's language, of a pair of Chinese and English."""
        return pair[self.language == "en"]
