"""Fetch the browser files and fonts that we ship, by npm package name and version, and check what is committed.

    python tools/vendor.py            # fetch again what the VENDOR.toml files name, insist on the hashes
    python tools/vendor.py --check    # compare the committed files with the hashes; needs no network
    python tools/vendor.py --update   # after a version was changed in VENDOR.toml: fetch and write the new hashes

The pages of a government installation may load nothing from another host, so these files are committed.
npm's own configuration says where packages come from; no host is named here. A font that is published as WOFF2 only
is unpacked to TTF, since Typst reads no WOFF2: that needs `pip install fonttools brotli` when fetching, never to run.
"""

import hashlib
import importlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

APP = Path(__file__).resolve().parent.parent / "app"
FOLDERS = (APP / "web" / "static" / "vendor", APP / "documents" / "fonts")
HAND_WRITTEN = {"VENDOR.toml"}


class File(NamedTuple):
    """One committed file: where it lies in its package, where it lies here, its SHA-256."""

    package: str
    source: str
    target: str
    sha256: str


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"], ["--update"]):
        print(__doc__)
        return 2
    for folder in FOLDERS:
        if arguments == ["--update"]:
            update(folder)
        elif not arguments:
            fetch(folder)
    faults = [f"{folder.name}: {fault}" for folder in FOLDERS for fault in check(folder)]
    count = sum(len(files(folder)) for folder in FOLDERS)
    print("\n".join(faults) if faults else f"vendor: {count} files as named")
    return 1 if faults else 0


def files(folder: Path) -> list[File]:
    """Every file that the folder's manifest names."""
    packages = tomllib.loads((folder / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
    return [
        File(f"{package['npm']}@{package['version']}", row.get("from", ""), row["to"], row["sha256"])
        for package in packages
        for row in package["file"]
    ]


def check(folder: Path) -> list[str]:
    """What differs from the manifest: changed, missing, and files that nobody named."""
    named = {file.target: file.sha256 for file in files(folder)}
    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - HAND_WRITTEN
    missing = [f"missing: {name}" for name in sorted(named.keys() - found)]
    unnamed = [f"not in VENDOR.toml: {name}" for name in sorted(found - named.keys())]
    changed = [
        f"changed: {name}" for name in sorted(named.keys() & found) if digest(folder / name) != named[name]
    ]
    return missing + unnamed + changed


def fetch(folder: Path) -> None:
    """Download each package once and copy out the named files; a file without `from` was written by hand."""
    wanted = [file for file in files(folder) if file.source]
    with tempfile.TemporaryDirectory() as scratch:
        for package in sorted({file.package for file in wanted}):
            with tarfile.open(_pack(package, Path(scratch))) as archive:
                for file in (f for f in wanted if f.package == package):
                    _copy(archive, file.source, folder / file.target)


def update(folder: Path) -> None:
    """Fetch, then write each file's hash into the manifest."""
    fetch(folder)
    manifest = folder / "VENDOR.toml"
    text = manifest.read_text(encoding="utf-8")
    for file in files(folder):
        line = re.compile(rf'(to = "{re.escape(file.target)}", sha256 = ")[0-9a-f]*(")')
        text = line.sub(rf"\g<1>{digest(folder / file.target)}\g<2>", text)
    manifest.write_text(text, encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _pack(package: str, scratch: Path) -> Path:
    """`npm pack` checks the registry's own integrity hash before it writes the archive."""
    command = ["npm", "pack", package, "--silent", "--ignore-scripts", "--pack-destination", str(scratch)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return scratch / done.stdout.strip().splitlines()[-1]


def _copy(archive: tarfile.TarFile, source: str, target: Path) -> None:
    member = archive.extractfile(f"package/{source}")
    if member is None:
        raise FileNotFoundError(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    data = member.read()
    target.write_bytes(_unpacked(data) if source.endswith(".woff2") else data)


def _unpacked(woff2: bytes) -> bytes:
    """The same font as TTF; its own time stamp is kept, so that the hash is the same on every day."""
    reader = importlib.import_module(
        "fontTools.ttLib"
    )  # needed only for fetching, not among the locked packages
    font = reader.TTFont(io.BytesIO(woff2), recalcTimestamp=False)
    font.flavor = None
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
