"""A reviewer's own seats, and which of their cases they have to stand aside from: a few statements, however many cases."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import flow
from app.db import recusals as recusal_rows
from app.db import reviewers as rows
from app.db.assignments import AssignmentRow
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import RecusalDeclaration, Reviewer
from app.db.tables.places import Organization
from app.domain.recusal import Case, Ground, Judge, grounds
from app.services import campaigns, recusals
from app.services.context import Ctx


@dataclass(frozen=True)
class OwnSeat:
    """Where the caller is asked to score, and their word on recusal, once it is given."""

    reviewer: Reviewer
    campaign: Campaign
    home: Organization
    host: Organization
    declaration: RecusalDeclaration | None
    keys: frozenset[str]  # of all accounts of the person


def mine(ctx: Ctx) -> list[OwnSeat]:
    """The seats of whoever calls, under any of their accounts (C14), newest campaign first; a client has none."""
    if ctx.actor.person_id is None:
        return []
    people = flow.same_person(ctx.session, ctx.actor.person_id)
    keys = frozenset(f"person:{one.hex}" for one in people)
    found = rows.own_seats(ctx.session, people)
    declared = rows.declarations(ctx.session, [one.reviewer.id for one in found]) if found else {}
    for one in found:
        campaigns.know(ctx, one.campaign, one.rules_id)
    return [
        OwnSeat(one.reviewer, one.campaign, one.home, one.host, declared.get(one.reviewer.id), keys)
        for one in found
    ]


def conflicts(
    ctx: Ctx, seats: Sequence[OwnSeat], held: Collection[AssignmentRow]
) -> dict[UUID, tuple[Ground, ...]]:
    """Those of these assignments of one's own from which one has to stand aside now, with the grounds (E-21)."""
    if not held:
        return {}
    seated = {one.reviewer.id: one for one in seats}
    judges = _judges(ctx, seats)
    handled = recusal_rows.handlers(ctx.session, {row.nomination.id for row in held})
    found = {}
    for row in held:
        seat, case = seated[row.reviewer.id], row.nomination
        rules = campaigns.rules_of(ctx, seat.campaign)
        hands = frozenset(handled[case.id])
        below = case.own_level < rules.host_level
        as_case = Case(case.id.hex, row.window.region_code, below, case.sponsor_path, seat.host.path, hands)
        found[row.assignment.id] = grounds(judges[row.reviewer.id], as_case, rules.recusal)
    return {one: why for one, why in found.items() if why}


def _judges(ctx: Ctx, seats: Sequence[OwnSeat]) -> dict[UUID, Judge]:
    words = [one.declaration for one in seats if one.declaration]
    paths = recusal_rows.paths(ctx.session, {UUID(one) for word in words for one in recusals.named_in(word)})
    aside = rows.stood_aside(ctx.session, [one.reviewer.id for one in seats])
    return {
        one.reviewer.id: Judge(
            keys=one.keys,
            home_path=one.home.path,
            region_code=one.reviewer.home_region_code,
            stood_aside=frozenset(case.hex for seat, case in aside if seat == one.reviewer.id),
            **recusals.said(one.declaration, paths),
        )
        for one in seats
    }
