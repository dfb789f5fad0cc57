"""PDF by Typst: official layout, fonts embedded whole, the same bytes on every replica.

Data goes in as JSON through `sys_inputs`: a string stays a string, whatever is typed into a form. System fonts
and packages from elsewhere are never read; an office adds its own licensed fonts through `font_dirs`.
"""

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import typst

from app.documents.data import ApprovalForm, Candidates, Certificate, Notice

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
STANDARD: Final = "a-2b"  # what archives keep

_WORDS = re.compile("优质服务窗口|优质|服务窗口|劳动保障|呈报|评选|推荐|候选|公示|汇总|名单")

_turn = threading.Lock()  # one compiler, one document at a time: 10 to 15 ms each


def approval_form(data: ApprovalForm, at: datetime, font_dirs: Sequence[Path] = ()) -> bytes:
    """The form as PDF/A."""
    return _made("approval-form.typ", asdict(data), at, tuple(font_dirs))


def notice(data: Notice, at: datetime, font_dirs: Sequence[Path] = ()) -> bytes:
    """The notice as PDF/A, to be posted."""
    return _made("notice.typ", asdict(data), at, tuple(font_dirs))


def certificate(data: Certificate, at: datetime, font_dirs: Sequence[Path] = ()) -> bytes:
    """The certificate as PDF/A, with the place where the seal goes left free (decisions 24)."""
    return _made("certificate.typ", asdict(data), at, tuple(font_dirs))


def candidates(data: Candidates, at: datetime, font_dirs: Sequence[Path] = ()) -> bytes:
    """The table of candidates as PDF/A in landscape, with the lines where it is signed."""
    return _made("candidates.typ", asdict(data), at, tuple(font_dirs))


def balanced(title: str, longest: int = 17) -> str:
    """A long title on two lines of like length, rather before a word of the trade than inside one."""
    if len(title) <= longest or "\n" in title:
        return title
    middle = (len(title) + 1) // 2
    at = min((m.start() for m in _WORDS.finditer(title)), key=lambda i: abs(i - middle), default=middle)
    at = at if abs(at - middle) <= len(title) // 4 else middle
    return f"{title[:at]}\n{title[at:]}"


def _made(template: str, data: dict[str, object], at: datetime, font_dirs: tuple[Path, ...]) -> bytes:
    inputs = {
        "data": json.dumps(
            data | {"heading": balanced(str(data.get("title", "")))}, ensure_ascii=False, default=str
        )
    }
    with _turn:
        made = _compiler(font_dirs).compile(
            input=str(TEMPLATES / template),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=[STANDARD],
            timestamp=int(at.astimezone(UTC).timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} made {type(made)}")
    return made


@cache
def _compiler(font_dirs: tuple[Path, ...]) -> typst.Compiler:
    return typst.Compiler(
        root=str(TEMPLATES),
        font_paths=[str(FONTS), *map(str, font_dirs)],
        ignore_system_fonts=True,
    )
