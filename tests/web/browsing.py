"""People at Chromium: the service on a port, a page of somebody signed in, forms filled in as they stand on the page."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Locator, Page, expect

from app.main import wrapped
from tests.plugins.service import PATIENCE_MS, Caller, Service

expect.set_options(timeout=PATIENCE_MS)
RULES = "['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']"


@contextmanager
def served(service: Service) -> Iterator[str]:
    """The service on a port of its own; its address."""
    server = uvicorn.Server(uvicorn.Config(wrapped(service.app), "127.0.0.1", 0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def opened(browser: Browser, cookie: dict[str, Any] | None, **options: Any) -> tuple[Page, list[str]]:
    """A page of somebody signed in (or of anybody), and everything that its console complained about."""
    context = browser.new_context(**{"locale": "zh-CN", **options})
    if cookie:
        context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of playwright's own
    context.set_default_timeout(PATIENCE_MS)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    return page, complaints


def faults(page: Page, axe_source: str) -> list[str]:
    """What axe finds wrong on the page as it is."""
    page.evaluate(axe_source)
    found = page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
    return [f"{fault['id']} {[node['target'] for node in fault['nodes']]}" for fault in found["violations"]]


@dataclass
class Seat:
    """One person at one browser window."""

    page: Page
    address: str
    complaints: list[str]

    def goes(self, url: str) -> Page:
        answer = self.page.goto(f"{self.address}{url}")
        assert answer
        assert answer.status == 200, url
        return self.page

    def sends(self, url: str, /, **values: Any) -> str:
        """The form at this address, filled in and sent with its own button; where it leads."""
        page = self.goes(url)
        for name, value in values.items():
            _fill(page.locator(f'main [name="{name}"]'), value)
        page.locator("main button.submit").click()
        page.wait_for_selector("#flash, #refusal")
        refused = page.locator("#refusal")
        assert refused.count() == 0, refused.inner_text()
        return page.url.removeprefix(self.address)


def seated(browser: Browser, address: str, who: Caller | None, **options: Any) -> Seat:
    """Somebody before a window of their own."""
    cookie = {"name": "pingyou", "value": who.cookie, "url": address} if who else None
    page, complaints = opened(browser, cookie, **options)
    return Seat(page, address, complaints)


class Desks:
    """Everybody who works on a matter, each before a window of their own; `desks.office` is the office's."""

    def __init__(
        self, browser: Browser, address: str, people: Mapping[str, Caller | None], **options: Any
    ) -> None:
        self.seats = {name: seated(browser, address, who, **options) for name, who in people.items()}

    def __getattr__(self, name: str) -> Seat:
        found: Seat = self.seats[name]
        return found

    @property
    def complaints(self) -> list[str]:
        """What the consoles of all of them complained about."""
        return [one for seat in self.seats.values() for one in seat.complaints]


def _fill(fields: Locator, value: Any) -> None:
    """One field by its name: a choice is made, a text is typed."""
    first = fields.first
    kind = first.get_attribute("type") or ""
    if kind in {"radio", "checkbox"}:
        for one in [value] if isinstance(value, str) else value:
            fields.and_(fields.page.locator(f'[value="{one}"]')).check()
    elif first.evaluate("field => field.tagName") == "SELECT":
        first.select_option(value)
    else:
        first.fill(value)
