"""Conflicts between reviewers and cases, gathered from the rows in bulk; what a conflicted reviewer may not see (I-12, E-21)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from app.db import assignments as assignment_rows
from app.db import flow
from app.db import nominations as nomination_rows
from app.db import recusals as rows
from app.db import reviewers as reviewer_rows
from app.db.reviewers import ReviewerRow
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import RecusalDeclaration, ReviewerStatus
from app.db.tables.nominations import Nomination
from app.db.tables.places import Organization
from app.domain.access import PERMISSIONS, Role
from app.domain.levels import Level
from app.domain.nomination_stage import Stage
from app.domain.recusal import Case, Ground, Judge, grounds
from app.packs.schema import CampaignRules
from app.services import campaigns
from app.services.context import Ctx


@dataclass(frozen=True)
class Seat:
    """One reviewer of a campaign with all that recusal asks of them."""

    row: ReviewerRow
    declaration: RecusalDeclaration | None
    judge: Judge
    appointed: bool

    @property
    def id(self) -> UUID:
        return self.row.reviewer.id

    @property
    def able(self) -> bool:
        """Appointed, taking part, and their word on recusal is given."""
        active = self.row.reviewer.status is ReviewerStatus.ACTIVE
        return active and self.appointed and self.declaration is not None


def bench(ctx: Ctx, campaign_id: UUID) -> list[Seat]:
    """All reviewers of a campaign; a number of statements that does not grow with them."""
    return seats(ctx, reviewer_rows.of_campaign(ctx.session, campaign_id))


def seats(ctx: Ctx, found: Sequence[ReviewerRow]) -> list[Seat]:
    """The same for some reviewers."""
    ids = [row.reviewer.id for row in found]
    declared = reviewer_rows.declarations(ctx.session, ids)
    accounts = reviewer_rows.accounts(ctx.session, [row.person for row in found])
    named = {UUID(one) for word in declared.values() for one in named_in(word)}
    paths = rows.paths(ctx.session, named)
    aside = reviewer_rows.stood_aside(ctx.session, ids)
    appointed = reviewer_rows.appointed_now(ctx.session, ids)
    return [
        Seat(
            row,
            declared.get(row.reviewer.id),
            Judge(
                keys=_keys(row, accounts),
                home_path=row.home.path,
                region_code=row.reviewer.home_region_code,
                stood_aside=frozenset(case.hex for one, case in aside if one == row.reviewer.id),
                **said(declared.get(row.reviewer.id), paths),
            ),
            row.reviewer.id in appointed,
        )
        for row in found
    ]


def cases(
    ctx: Ctx, campaign: Campaign, rules: CampaignRules, nominations: Collection[Nomination]
) -> dict[UUID, Case]:
    """These nominations of a campaign as recusal sees them; a constant number of statements."""
    ids = [one.id for one in nominations]
    places = rows.places(ctx.session, ids)
    handlers = rows.handlers(ctx.session, ids)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    return {
        one.id: Case(
            key=one.id.hex,
            region_code=places[one.id],
            below_host=one.own_level < rules.host_level,
            sponsor_path=one.sponsor_path,
            host_path=host.path,
            handled_by=frozenset(handlers[one.id]),
        )
        for one in nominations
    }


def conflicts(
    ctx: Ctx, campaign: Campaign, nominations: Collection[Nomination], bench: Collection[Seat]
) -> dict[tuple[UUID, UUID], tuple[Ground, ...]]:
    """The grounds between each of these cases and each of these reviewers, keyed by both; pairs without one are left out."""
    rules = campaigns.rules_of(ctx, campaign)
    found = {
        (case_id, seat.id): grounds(seat.judge, case, rules.recusal)
        for case_id, case in cases(ctx, campaign, rules, nominations).items()
        for seat in bench
    }
    return {pair: why for pair, why in found.items() if why}


def swept(ctx: Ctx, campaign: Campaign, stages: Collection[Stage]) -> dict[UUID, tuple[Ground, ...]]:
    """All live assignments of a campaign whose reviewer stands in conflict with the case, with the grounds.

    What a reviewer's place and word say is worked out once for each place; only the cases that a reviewer handled or
    gave back are looked at one by one.
    """
    rules = campaigns.rules_of(ctx, campaign)
    seated = {seat.id.hex: seat.judge for seat in bench(ctx, campaign.id)}
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    people = [UUID(key.removeprefix("person:")) for judge in seated.values() for key in judge.keys]
    handled: dict[str, set[str]] = {}
    for case_id, key in rows.handled_by(ctx.session, campaign.id, people):
        handled.setdefault(case_id, set()).add(key)

    @cache
    def why(reviewer: str, place: tuple[str, Level, str], own: str = "") -> tuple[Ground, ...]:
        region, level, path = place
        hands = frozenset(handled.get(own, ()))
        case = Case(own, region, level < rules.host_level, path, host.path, hands)
        return grounds(seated[reviewer], case, rules.recusal)

    found = {}
    for assignment, case_id, reviewer, *place in rows.held(ctx.session, campaign.id, stages):
        particular = case_id in handled or case_id in seated[reviewer].stood_aside
        if said := why(reviewer, (place[0], place[1], place[2]), case_id if particular else ""):
            found[UUID(assignment)] = said
    return found


def between(ctx: Ctx, nomination: Nomination, row: ReviewerRow) -> tuple[Ground, ...]:
    """Why this reviewer stands aside from this case; empty means they may judge it."""
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    (seat,) = seats(ctx, [row])
    return conflicts(ctx, campaign, [nomination], [seat]).get((nomination.id, seat.id), ())


def hidden(ctx: Ctx, nominations: Collection[Nomination]) -> frozenset[UUID]:
    """Which of these cases the caller must not see, being a reviewer in conflict with them (C15).

    An appointment at the case's own unit or at a level above it but below the host shows it all the same: whoever
    handles a case knows it. What is hidden is what only the host's people see.
    """
    if not _reviews(ctx):
        return frozenset()
    mine = _own(ctx)
    found: set[UUID] = set()
    for campaign_id, row in mine.items():
        campaign = campaigns.campaign_of(ctx, campaign_id)
        host = ctx.session.get_one(Organization, campaign.host_organization_id)
        there = [n for n in nominations if n.campaign_id == campaign_id and not _handles(ctx, n, host.path)]
        found |= (
            {case_id for case_id, _ in conflicts(ctx, campaign, there, seats(ctx, [row]))} if there else set()
        )
    return frozenset(found)


def hides(ctx: Ctx, nomination: Nomination) -> bool:
    """Whether the caller must not see this case."""
    return nomination.id in hidden(ctx, [nomination])


def judges(ctx: Ctx, nomination: Nomination) -> bool:
    """Whether the case was given to the caller, who has it to score now and stands in no conflict with it."""
    if nomination.stage is not Stage.UNDER_EVALUATION or not _reviews(ctx):
        return False
    row = _own(ctx).get(nomination.campaign_id)
    if row is None or not assignment_rows.live_pair(ctx.session, nomination.id, row.reviewer.id):
        return False
    return not between(ctx, nomination, row)


def hidden_everywhere(ctx: Ctx) -> frozenset[UUID]:
    """All cases the caller must not see, for filters of lists and counts; no statement for who is no reviewer."""
    if not _reviews(ctx):
        return frozenset()
    return hidden(ctx, nomination_rows.of_campaigns(ctx.session, list(_own(ctx))))


def named_in(word: RecusalDeclaration) -> list[str]:
    """The organisations that a declaration names."""
    return [*word.organization_ids, *(one["organization_id"] for one in word.relatives)]


def said(word: RecusalDeclaration | None, paths: dict[str, str]) -> dict[str, frozenset[str]]:
    """What a declaration says, in the words of the rules."""
    if word is None:
        return {}
    return {
        "declared_paths": frozenset(paths[UUID(one).hex] for one in word.organization_ids),
        "declared_regions": frozenset(word.region_codes),
        "relatives_paths": frozenset(paths[UUID(one["organization_id"]).hex] for one in word.relatives),
    }


def _reviews(ctx: Ctx) -> bool:
    return any(grant.role is Role.REVIEWER for grant in ctx.actor.grants)


def _own(ctx: Ctx) -> dict[UUID, ReviewerRow]:
    """The caller's seats by campaign, under any of their accounts."""
    people = flow.same_person(ctx.session, ctx.person)
    found = {one.campaign_id: one.id for one, _ in reviewer_rows.of_people(ctx.session, people)}
    all_rows = {key: reviewer_rows.one(ctx.session, one) for key, one in found.items()}
    return {key: row for key, row in all_rows.items() if row}


def _handles(ctx: Ctx, nomination: Nomination, host_path: str) -> bool:
    return any(
        len(grant.path) > len(host_path)
        and nomination.sponsor_path.startswith(grant.path)
        and "nomination:read" in PERMISSIONS[grant.role]
        for grant in ctx.actor.grants
    )


def _keys(row: ReviewerRow, accounts: dict[str, list[UUID]]) -> frozenset[str]:
    people = accounts.get(row.person.identity, []) if row.person.identity else []
    return frozenset(f"person:{one.hex}" for one in (row.person.id, *people))
