"""What holds on every page: words for people and no code of the machine, and the reader's language."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel

from app.web.wording import LABELS
from tests.plugins.service import Caller
from tests.web.house import furnished, readers_of, sights
from tests.web.real_rows import addresses
from tests.web.test_every_door import PAGES
from tests.whole_campaign import Whole

CODES = {code for names in LABELS.values() for code in names if len(code) > 3 and code.isupper()}
# What is set as code is meant to be typed or quoted; a refusal's code is what one tells whoever helps.
FOR_MACHINES = {"code", "kbd", "textarea", "script", "style"}
DEVELOPERS = ("/reference", "/problems")
VOID = {"input", "meta", "link", "img", "br", "hr", "col", "wbr", "source"}
MACHINE = re.compile(
    r"\b[A-Z]+(?:_[A-Z0-9]+)+\b|\b[0-9a-f]{8}-[0-9a-f]{4}-7|\b[a-z]{3}_[0-9a-f]{32}|\b[a-z]+:[a-z]+_[a-z]+\b|<[a-z]+ object"
)
HAN = re.compile(r"[\u3400-\u9fff]+")


class Visible(HTMLParser):
    """The text that people see, without what is set as code."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        machine = tag in FOR_MACHINES or "alert-id" in (dict(attrs).get("class") or "")
        if tag not in VOID and (self.hidden or machine):
            self.hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden and tag in self.hidden:
            while self.hidden.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def visible(html: str) -> str:
    reader = Visible()
    reader.feed(html)
    return " ".join(" ".join(reader.parts).split())


@pytest.fixture(scope="module")
def house(whole_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return furnished(whole_folder, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def seen(house: Whole) -> list[tuple[str, Caller]]:
    """Some addresses behind each door of the pages, each with somebody who is shown it."""
    readers = readers_of(house)
    doors = [path for method, path in PAGES if method == "GET" and path != "/language"]
    with Session(house.service.plant.engine) as session:
        at = [list(addresses(session, path)) for path in doors]
    return [
        *(("/", who) for who in readers),
        *(one for urls in at for one in islice(sights(urls, readers), 2)),
    ]


def texts(seen: list[tuple[str, Caller]], language: str) -> Iterator[tuple[str, str]]:
    """What each page says to people; files are none."""
    for url, who in seen:
        answer = who.page(url, headers={"Accept-Language": language})
        if answer.headers["content-type"].startswith("text/html") and not url.startswith(DEVELOPERS):
            yield url, visible(answer.text)


def words_of_machines(text: str) -> list[str]:
    return sorted({*MACHINE.findall(text), *(CODES & set(re.findall(r"\b[A-Z]{4,}\b", text)))})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_shows_a_code_of_the_machine_to_people(seen: list[tuple[str, Caller]], language: str) -> None:
    found = {url: words_of_machines(text) for url, text in texts(seen, language)}

    assert len(found) > 150
    assert {url: codes for url, codes in found.items() if codes} == {}


def test_a_page_that_did_would_be_found() -> None:
    page = "<p>AT_NOTICE <b>DRAFT</b> cmp_01a2136d088b7d13b511e7c84ba3e5b2</p><code>FILED</code> PDF"

    assert words_of_machines(visible(page)) == ["AT_NOTICE", "DRAFT", "cmp_01a2136d088b7d13b511e7c84ba3e5b2"]


def test_an_english_page_holds_no_chinese_but_what_people_wrote(
    house: Whole, seen: list[tuple[str, Caller]]
) -> None:
    written = _written(house)

    left = {url: [run for run in HAN.findall(text) if run not in written] for url, text in texts(seen, "en")}

    assert {url: runs for url, runs in left.items() if runs} == {}


def _written(house: Whole) -> str:
    """Everything that the rows hold, as one text; the other language's name, and what the rows will call a bucket."""
    with house.service.plant.engine.connect() as connection:
        rows = [
            row for table in SQLModel.metadata.sorted_tables for row in connection.execute(table.select())
        ]
    return "中文 机动名额 " + json.dumps([list(row) for row in rows], ensure_ascii=False, default=str)
