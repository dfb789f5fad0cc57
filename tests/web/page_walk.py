"""Somebody at the pages, without any script: opens a form, fills it in, sends it, follows where it leads."""

import re
from typing import Any

from tests.plugins.service import Caller


def field(page: str, name: str) -> str:
    """The value of a hidden or plain input of the page."""
    found: list[str] = re.findall(rf'name="{re.escape(name)}"[^>]*? value="([^"]*)"', page)
    return found[0]


def sent(who: Caller, url: str, /, **form: Any) -> Any:
    """The form at this address with its version and key, filled in and sent."""
    twin = who.page(url)
    assert twin.status_code == 200, twin.text
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', _form(twin.text))
    plain = {name: value for name, value in hidden if name not in form}
    return who.page(url, {**plain, **form})


def done(who: Caller, url: str, /, **form: Any) -> str:
    """The same, taken; where it leads."""
    answer = sent(who, url, **form)
    assert answer.status_code == 303, re.sub(r"<[^>]+>|\s+", " ", answer.text)
    where: str = answer.headers["location"]
    return where


def _form(page: str) -> str:
    """The page's own form, without the frame's."""
    return page.split('<main id="main"')[1]
