"""The API's reference: complete, in both languages, without a script or a foreign address; every problem explained."""

import re
from html.parser import HTMLParser

import pytest

from app.domain.errors import CATALOGUE
from app.web.reference import view
from app.web.reference.prose import Piece, blocks
from tests.plugins.service import Service


class Page(HTMLParser):
    """What a page holds, for questions about its links, anchors and tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.styled: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.anchors |= {given["id"]} if "id" in given else set()
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.styled += [name for name in given if name == "style" or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def read(service: Service, url: str, language: str = "zh") -> Page:
    answer = service.client.get(url, headers={"Accept-Language": language})
    assert answer.status_code == 200, url
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


@pytest.fixture(name="service")
def _service(sqlite_service: Service) -> Service:
    return sqlite_service


def test_anybody_may_read_the_reference_in_either_language(service: Service) -> None:
    chinese, english = read(service, "/reference").text, read(service, "/reference", "en").text

    assert "接口文档" in chinese
    assert "列出行政区划" in chinese
    assert "API reference" in english
    assert "List regions" in english
    assert "列出行政区划" not in english


def test_every_operation_stands_in_its_chapter_with_address_codes_and_example(service: Service) -> None:
    for chapter in view.chapters(service.app.openapi()):
        page = read(service, f"/reference/{chapter.name}")
        for operation in chapter.operations:
            assert operation.name in page.anchors
            assert operation.path in page.text
            assert operation.summary_zh in page.text
            assert all(code in page.text for answer in operation.answers for code in answer.codes)


def test_every_schema_is_described_once(service: Service) -> None:
    page = read(service, "/reference/schemas")

    assert {a for a in page.anchors if a.startswith("schema-")} == {
        f"schema-{name}" for name in service.app.openapi()["components"]["schemas"]
    }


def test_one_page_for_the_printer_holds_all_of_it_and_its_links_lead_within_it(service: Service) -> None:
    doc = service.app.openapi()
    page = read(service, "/reference/print")

    operations = {operation.name for chapter in view.chapters(doc) for operation in chapter.operations}
    assert operations | {f"schema-{name}" for name in doc["components"]["schemas"]} <= page.anchors
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.anchors


@pytest.mark.parametrize(
    "url", ["/reference", "/reference/regions", "/reference/schemas", "/reference/print", "/problems"]
)
def test_the_pages_load_nothing_from_elsewhere_and_carry_no_inline_code(service: Service, url: str) -> None:
    page = read(service, url)

    assert page.styled == []
    assert "style" not in page.tags
    assert [link for link in page.links if re.match(r"(?i)(https?:)?//", link)] == []


def test_every_link_between_the_pages_leads_somewhere(service: Service) -> None:
    seen: dict[str, Page] = {}
    waiting = {"/reference"}
    while waiting:
        url = waiting.pop()
        seen[url] = read(service, url)
        ours = {
            link.partition("#")[0] for link in seen[url].links if link.startswith(("/reference", "/problems"))
        }
        waiting |= ours - seen.keys()

    dangling = [
        (url, link)
        for url, page in seen.items()
        for link in page.links
        if "#" in link and (link.partition("#")[0] or url) in seen
        if link.partition("#")[2] not in seen[link.partition("#")[0] or url].anchors
    ]
    assert dangling == []
    assert len(seen) > len(CATALOGUE)


def test_the_type_of_every_problem_leads_to_its_explanation_in_both_languages(service: Service) -> None:
    for code, entry in CATALOGUE.items():
        page = read(service, f"/problems/{code.lower().replace('_', '-')}")
        for text in (entry.title_zh, entry.title_en, entry.detail_zh, entry.detail_en, code):
            assert " ".join(text.split()) in page.text, code


@pytest.mark.parametrize("url", ["/reference/nothing", "/problems/nothing", "/problems/NOT-FOUND"])
def test_what_does_not_exist_is_not_found(service: Service, url: str) -> None:
    assert service.client.get(url).status_code == 404


def test_the_type_that_a_refusal_names_is_an_address_of_this_service(service: Service) -> None:
    problem = service.client.get("/api/v1/regions").json()

    assert problem["code"] == "UNAUTHENTICATED"
    assert read(service, problem["type"]).text


def test_descriptions_are_text_with_little_markup_and_never_html() -> None:
    shown = blocks("Read **first**, then `PUT`.\n\n- one `a`\n- two\n\n---\n\n<b>not bold</b>")

    assert [block.kind for block in shown] == ["paragraph", "list", "rule", "paragraph"]
    assert shown[0].pieces == (
        Piece("plain", text="Read "),
        Piece("strong", text="first"),
        Piece("plain", text=", then "),
        Piece("code", text="PUT"),
        Piece("plain", text="."),
    )
    assert [item.pieces[0].text for item in shown[1].pieces] == ["one ", "two"]
    assert shown[3].pieces == (Piece("plain", text="<b>not bold</b>"),)
