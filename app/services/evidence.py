"""What a reviewer scored on: the state of write-up, form, statement and files, so that a later change is seen (E-19)."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from app.db import evidence as rows
from app.db.tables.nominations import Nomination
from app.services import audit
from app.services.context import Ctx


def states(ctx: Ctx, nominations: Collection[Nomination]) -> dict[UUID, dict[str, Any]]:
    """The present state of each case's material; one statement whatever the number of cases."""
    found: dict[UUID, dict[str, Any]] = {
        one.id: {
            "write_up": "",
            "form": "",
            "statement": hashlib.sha256(one.statement.encode()).hexdigest(),
            "files": {},
        }
        for one in nominations
    }
    for case, part, row, mark in rows.marks(ctx.session, list(found)):
        if part == "files":
            found[case][part][row.hex] = mark
        else:
            found[case][part] = f"{row.hex}:{mark}"
    return found


def state(ctx: Ctx, nomination: Nomination) -> dict[str, Any]:
    """The same of one case."""
    return states(ctx, [nomination])[nomination.id]


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The parts that are not what they were."""
    return [part for part in now if before.get(part) != now[part]]


def mark(state: dict[str, Any]) -> str:
    """A digest to compare by."""
    return audit.digest(state)
