"""A page is drawn whole, or only what htmx swaps; in the reader's language; and kept in no cache."""

import re

import pytest

from app.domain.access import Role
from tests.plugins.service import Service

HTMX = {"HX-Request": "true", "HX-Target": "main"}
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


def test_a_page_is_drawn_whole_with_its_frame(sqlite_service: Service) -> None:
    page = sqlite_service.person(Role.STEERING_OFFICE).page("/regions")

    assert page.status_code == 200
    assert page.text.startswith("<!doctype html>")
    assert '<html lang="zh-CN">' in page.text
    assert "<title>行政区划 · 评优</title>" in page.text
    assert page.text.count('id="main"') == 1
    assert page.text.rstrip().endswith("</html>")


def test_htmx_gets_the_title_the_menu_and_the_main_block_alone(sqlite_service: Service) -> None:
    page = sqlite_service.person(Role.STEERING_OFFICE).page("/regions", headers=HTMX)

    assert page.text.startswith("<title>行政区划 · 评优</title>")
    assert page.text.count('id="main"') == 1
    assert 'hx-swap-oob="true"' in page.text
    assert "<html" not in page.text
    assert "<footer" not in page.text


@pytest.mark.parametrize(
    "headers",
    [
        {**HTMX, "HX-History-Restore-Request": "true"},
        {"HX-Request": "true", "HX-Target": "list"},
        {"HX-Request": "true", "HX-Boosted": "true"},
    ],
    ids=["going back", "another target", "no target"],
)
def test_htmx_gets_the_whole_page_when_it_swaps_something_else(
    sqlite_service: Service, headers: dict[str, str]
) -> None:
    page = sqlite_service.person(Role.STEERING_OFFICE).page("/regions", headers=headers)

    assert page.text.startswith("<!doctype html>")


def test_what_the_answer_depends_on_is_named_and_a_signed_in_page_is_kept_nowhere(
    sqlite_service: Service,
) -> None:
    page = sqlite_service.person(Role.STEERING_OFFICE).page("/regions")

    assert page.headers["vary"] == "HX-Request, HX-Target, Cookie, Accept-Language"
    assert page.headers["cache-control"] == "no-store"


def test_the_menu_shows_what_the_reader_may_enter_and_where_they_are(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE).page("/regions").text
    reviewer = sqlite_service.person(Role.REVIEWER).page("/regions").text

    current = re.findall(r'<a href="([^"]+)" aria-current="(page|true)">', office)
    assert current == [("/people", "true"), ("/organizations", "page"), ("/regions", "page")]
    assert 'href="/objections"' in office
    assert 'href="/objections"' not in reviewer
    assert 'href="/campaigns"' in reviewer


def test_what_administrators_use_stands_together_where_the_menu_would_be_too_long(
    sqlite_service: Service,
) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE).page("/notices").text
    administrator = sqlite_service.person(Role.SYSTEM_ADMIN).page("/people").text

    assert menu(office)[-2:] == ["/objections", "/people"]
    assert "/organizations" not in menu(office)
    assert menu(administrator) == ["/", "/people", "/organizations"]


def menu(page: str) -> list[str]:
    """Where the entries of the page's menu lead."""
    found: list[str] = re.findall(
        r'<a href="([^"]+)"', page.split('<nav id="nav"')[1].split("</nav>", maxsplit=1)[0]
    )
    return found


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "language"),
    [
        ("", "", "", "zh-CN"),
        ("", "", "en-GB,en;q=0.9", "en"),
        ("", "", "fr", "zh-CN"),
        ("", "zh", "en", "zh-CN"),
        ("?lang=en", "zh", "zh-CN", "en"),
        ("?lang=fr", "", "zh-CN", "zh-CN"),
    ],
)
def test_the_language_is_what_was_asked_for(
    sqlite_service: Service, query: str, cookie: str, accept: str, language: str
) -> None:
    someone = sqlite_service.person(Role.STEERING_OFFICE)
    cookies = f"pingyou={someone.cookie}; lang={cookie}"

    page = someone.page(f"/regions{query}", headers={"Accept-Language": accept, "Cookie": cookies})

    assert f'<html lang="{language}">' in page.text
    assert ("Administrative divisions" in page.text) == (language == "en")


@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        ("http://testserver/regions?parent=330000", "/regions?parent=330000"),
        ("http://elsewhere.example/regions", "/"),
        ("", "/"),
    ],
)
def test_the_language_switch_returns_to_our_own_page(
    sqlite_service: Service, came_from: str, goes_to: str
) -> None:
    switched = sqlite_service.client.get(
        "/language?to=en", headers={"Referer": came_from}, follow_redirects=False
    )

    assert (switched.status_code, switched.headers["location"]) == (303, goes_to)
    assert switched.cookies["lang"] == "en"


@pytest.mark.parametrize(
    "url", ["//elsewhere.example", "https://elsewhere.example/x", "/\\elsewhere.example"]
)
def test_the_language_switch_leads_to_no_other_site(sqlite_service: Service, url: str) -> None:
    switched = sqlite_service.client.get(
        "/language", params={"to": "en", "next": url}, follow_redirects=False
    )

    assert switched.headers["location"] == "/"


def test_our_own_files_are_kept_by_the_address_of_their_content(sqlite_service: Service) -> None:
    page = sqlite_service.person(Role.STEERING_OFFICE).page("/regions").text
    (style,) = re.findall(r'href="(/static/app\.css\?v=[0-9a-f]{10})"', page)

    assert "immutable" in sqlite_service.client.get(style).headers["cache-control"]
    assert sqlite_service.client.get("/static/app.css").headers["cache-control"] == "no-cache"


def test_a_page_runs_no_inline_code_and_loads_nothing_from_elsewhere(sqlite_service: Service) -> None:
    page = sqlite_service.person(Role.STEERING_OFFICE).page("/regions").text

    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r'(?:src|href)="(?!/|#|\?)[^"]*"', page) == []


def test_the_sample_installation_says_so_with_its_clock(sqlite_service: Service) -> None:
    page = sqlite_service.person(Role.STEERING_OFFICE).page("/regions").text

    assert "示范安装：数据均为虚构，系统时间为 2026年7月1日 10:00" in page
