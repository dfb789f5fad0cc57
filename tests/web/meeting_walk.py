"""The recorder at the pages of meetings: ticks items, types votes, records, and another person confirms."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text

from tests.decision_cases import Decisions
from tests.plugins.service import Service
from tests.web.page_walk import done

HELD = {"held_on": "2026-06-30", "minutes_no": "纪要〔2026〕7号", "should_attend": "9", "attended": "9"}
YES = {"votes_for": "8", "votes_against": "1", "abstained": "0", "result": "APPROVED"}
NO = {"votes_for": "3", "votes_against": "6", "abstained": "0", "result": "REJECTED"}
LATER = {"result": "DEFERRED"}
IN_COMMON = {f"_all.{name}": value for name, value in YES.items()}


def page(d: Decisions, tail: str) -> str:
    return f"/campaigns/cmp_{d.campaign_id.hex}/{tail}"


def form(votes: Mapping[str, Mapping[str, str]], **more: str | Sequence[str]) -> dict[str, Any]:
    """The record form with these items ticked, each with what was typed for it."""
    cells = {f"_{name}.{key}": value for key, said in votes.items() for name, value in said.items()}
    return {**HELD, "_item": list(votes), **cells, **more}


def cases(d: Decisions, votes: Mapping[int, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    return {d.nom(index): said for index, said in votes.items()}


def drafted(
    d: Decisions, purpose: str, votes: Mapping[int, Mapping[str, str]], **more: str | Sequence[str]
) -> str:
    """A draft saved on the page; its address."""
    return done(d.office, page(d, f"meetings/draft?purpose={purpose}"), **form(cases(d, votes), **more))


def decided(d: Decisions, purpose: str, votes: Mapping[int, Mapping[str, str]], **more: str) -> str:
    """Recorded by one person and confirmed by another, on pages."""
    where = drafted(d, purpose, votes, **more)
    done(d.office, f"{where}/record")
    done(d.second, f"{where}/confirm")
    return where


def said(html: str) -> str:
    """The text of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def rows_of(service: Service) -> dict[str, list[Any]]:
    """Every row that a decision touches, as it stands."""
    tables = ("meetings", "decision_items", "nominations", "nomination_steps", "quota_seats", "quota_plans")
    with service.plant.engine.connect() as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]
            for table in (*tables, "audit_events")
        }
