"""The style sheets hold what pages use, once: no class without a page, no rule written twice."""

import re
from collections import Counter
from pathlib import Path

import pytest

from app.web.wording import LABELS
from tests.architecture.tree import ROOT

WEB = ROOT / "app" / "web"
SHEETS = sorted((WEB / "static").glob("*.css"))
OURS = "\n".join(
    path.read_text(encoding="utf-8")
    for pattern in ("templates/**/*.html", "**/*.py", "static/*.js")
    for path in WEB.glob(pattern)
)
WORDS = set(re.findall(r"[A-Za-z][\w-]*", OURS))
STARTS = set(re.findall(r"([a-z]+-)(?:\{\{|' ~)", OURS))  # `stage-{{ … }}`: the end is worked out
ENDS = {code.lower().replace("_", "-") for codes in LABELS.values() for code in codes}
ENDS |= {str(number) for number in range(10)}
FOREIGN = {"htmx-request"}  # put on by the script of somebody else
TYPES = {"field-date", "field-time", "method-post", "method-put", "method-patch", "method-delete"}


def rules(text: str) -> list[tuple[str, str]]:
    """Each selector with the at-rule it stands in."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    found: list[tuple[str, str]] = []
    around: list[str] = []
    for head, brace in re.findall(r"([^{}]*)([{}])", text):
        if brace == "}":
            around.pop()
            continue
        selector = " ".join(head.split(";")[-1].split())
        found.append((" ".join(around), selector))
        around.append(selector if selector.startswith("@") else "")
    return [one for one in found if not one[1].startswith("@")]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_class_stands_on_a_page(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    classes = {name for _, selector in rules(text) for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}

    dead = {name for name in classes - WORDS - FOREIGN - TYPES if not made_up(name)}

    assert len(classes) > 3
    assert dead == set()


def made_up(name: str) -> bool:
    """Whether a template puts this name together from a beginning and an enum's value or a number."""
    return any(name.startswith(start) and name.removeprefix(start) in ENDS for start in STARTS)


def test_no_selector_is_written_twice() -> None:
    counted = Counter(one for sheet in SHEETS for one in rules(sheet.read_text(encoding="utf-8")))

    assert [one for one, count in counted.items() if count > 1] == []
