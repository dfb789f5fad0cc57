"""The main menu: one entry for each thing the reader may enter, what administrators use kept together under one."""

from dataclasses import dataclass, replace
from itertools import chain

from app.domain.access import Actor


@dataclass(frozen=True)
class Entry:
    """One entry; `permission` empty means everybody who is signed in. The label's English is in the catalogue."""

    href: str
    label: str
    icon: str
    permission: str = ""
    also: tuple[str, ...] = ()  # further addresses that belong under it
    unless: str = ""  # whoever holds this finds it under another entry
    current: bool = False


@dataclass(frozen=True)
class Menu:
    """The row of entries, and the second row beneath the one where the reader is."""

    entries: list[Entry]
    beneath: list[Entry]


def say(text: str) -> str:
    """Marks a text for the catalogue where it is written; it is translated where it is shown."""
    return text


ENTRIES = (
    Entry("/", say("待办"), "home"),
    Entry(
        "/campaigns",
        say("评选活动"),
        "certificate",
        "campaign:read",
        (
            *("/rankings", "/assignments", "/assignment-runs", "/score-sheets", "/score-corrections"),
            *("/quota-plans", "/local-bodies", "/ministry-recommendations"),
            *("/awards", "/result-notifications"),
        ),
    ),
    Entry("/nominations", say("推荐"), "file-text", "nomination:read"),
    Entry("/reviews", say("我的评审"), "checks", "assignment:score", ("/reviewers",)),
    Entry("/windows", say("服务窗口"), "building", "window:read"),
    Entry("/meetings", say("会议"), "checks", "meeting:read"),
    Entry("/notices", say("公示"), "eye", "notice:read"),
    Entry("/objections", say("异议"), "message", "objection:read", ("/veto-findings",)),
)
TOGETHER = say("管理")
"""What these are called together where the row would be too long for a screen."""
ROOM = 8
ADMINISTRATION = (
    Entry("/people", say("账号"), "users", "people:read"),
    Entry("/api-clients", say("接口"), "settings", "client:read"),
    Entry("/audit-records", say("审计"), "shield-check", "audit:read", ("/security-events",)),
    Entry("/security-events", say("安全日志"), "lock", "security:read", unless="audit:read"),
    Entry(
        "/organizations",
        say("基础数据"),
        "sitemap",
        "organization:add_station",
        ("/regions", "/calendar-years"),
    ),
)


def menu(actor: Actor, path: str) -> Menu:
    """What this person may enter, and where they are: the entry with the longest address above the page."""
    first, second = ([e for e in entries if _for(actor, e)] for entries in (ENTRIES, ADMINISTRATION))
    here = max(
        ((at, e) for e in chain(first, second) for at in (e.href, *e.also) if _above(at, path)),
        key=_depth,
        default=("", None),
    )[1]
    first, second = ([replace(e, current=e is here) for e in entries] for entries in (first, second))
    if len(second) < 2 or len(first) + len(second) <= ROOM:
        return Menu([*first, *second], [])
    inside = any(e.current for e in second)
    door = Entry(second[0].href, TOGETHER, "settings", current=inside)
    return Menu([*first, door], second if inside else [])


def _for(actor: Actor, entry: Entry) -> bool:
    elsewhere = bool(entry.unless) and actor.holds(entry.unless)
    return not elsewhere and (not entry.permission or actor.holds(entry.permission))


def _depth(found: tuple[str, Entry]) -> int:
    return len(found[0])


def _above(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
