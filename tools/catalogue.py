"""The English of the pages: what templates and Python in app/web say, against app/web/locale/en/messages.po.

    python -m tools.catalogue --check     # every Chinese text has its English, nothing is left over, placeholders agree
    python -m tools.catalogue --update    # add what is missing with an empty English text, in its place
    python -m tools.catalogue --prune     # the same, and take out what no page says any more

The Chinese text is the key, so Chinese needs no catalogue. The file is sorted and names neither lines nor dates:
two people who add texts on the same day meet only where they wrote the same one.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

WEB = Path(__file__).resolve().parent.parent / "app" / "web"
ENGLISH = WEB / "locale" / "en" / "messages.po"
METHODS = [("**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "go": (3,)}
HEAD = "# English texts of the pages; the keys are the Chinese texts. Kept by `python -m tools.catalogue`.\n"
HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)|(%%)")


def main(arguments: list[str]) -> int:
    if arguments not in (["--check"], ["--update"], ["--prune"]):
        print(__doc__)
        return 2
    if arguments != ["--check"]:
        merged = update(said(), written(), prune=arguments == ["--prune"])
        ENGLISH.write_text(serialised(merged), encoding="utf-8")
    found = faults(said(), written())
    print("\n".join(found) if found else f"catalogue: {len(written())} texts in both languages")
    return 1 if found else 0


def said(folder: Path = WEB) -> Catalog:
    """Every text that a template or a Python file of the pages hands to a translating function."""
    catalog = Catalog()
    options = {
        "**.html": {
            "silent": "false",
            "trimmed": "true",
            "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
        }
    }
    rows = extract_from_dir(folder, METHODS, options, KEYWORDS, strip_comment_tags=True)
    for _file, _line, text, _comments, context in rows:
        catalog.add(text, context=context)
    return catalog


def written(path: Path = ENGLISH) -> Catalog:
    """The committed English."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as source:
        return read_po(source, locale="en", abort_invalid=True)


def update(wanted: Catalog, english: Catalog, *, prune: bool = False) -> Catalog:
    """The English with an empty entry for whatever is missing."""
    merged = Catalog(locale="en")
    for message in [*_texts(english), *_texts(wanted)]:
        if message.id not in merged and (not prune or message.id in wanted):
            merged.add(message.id, message.string)
    return merged


def serialised(catalog: Catalog) -> str:
    """The file: sorted by key, one entry a paragraph."""
    entries = sorted(_texts(catalog), key=_key)
    return HEAD + "\n".join(["", *(_entry(message) for message in entries)])


def faults(wanted: Catalog, english: Catalog) -> list[str]:
    """What is missing, left over, half translated or differs in its placeholders."""
    found = [f"no English: {_key(m)}" for m in _texts(wanted) if not all(_english(english, m))]
    for message in _texts(english):
        texts = _english(english, message)
        if message.id not in wanted:
            found.append(f"said nowhere: {_key(message)}")
        if any(HAN.search(text) for text in texts):
            found.append(f"English holds Chinese: {_key(message)}")
        if any(text and _placeholders(text) != _placeholders(_key(message)) for text in texts):
            found.append(f"placeholders differ: {_key(message)}")
    return sorted(found)


def _texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _english(catalog: Catalog, message: Message) -> tuple[str, ...]:
    found = catalog.get(message.id) if message.id in catalog else None
    if found is None:
        return ("",)
    return (found.string,) if isinstance(found.string, str) else tuple(found.string or ("",))


def _placeholders(text: str) -> set[str]:
    return {name for name, _ in PLACEHOLDER.findall(text) if name}


def _entry(message: Message) -> str:
    if isinstance(message.id, str):
        english = message.string if isinstance(message.string, str) else ""
        return f"msgid {_quoted(message.id)}\nmsgstr {_quoted(english)}\n"
    one, many = message.id
    strings = message.string if isinstance(message.string, tuple | list) else ("", "")
    lines = [f"msgid {_quoted(one)}", f"msgid_plural {_quoted(many)}"]
    lines += [f"msgstr[{n}] {_quoted(text)}" for n, text in enumerate(strings)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
