"""A nomination as people read it: where it stands, who has it, what may be done now and why not, what it still needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.db import campaigns as campaign_rows
from app.db import nominations as rows
from app.db.nomination_lines import NominationLine
from app.db.nominations import NominationRow
from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import Nomination, NominationStep
from app.db.tables.places import Organization
from app.domain import nomination as machine
from app.domain.eligibility import EligibilityCheck
from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.nomination import Action, Facts, Stage, Step
from app.domain.nomination_guards import nothing_holds_it
from app.domain.nomination_parts import NominationPart, is_open
from app.domain.quota import SeatKind
from app.domain.steps import ActionState
from app.packs.schema import CampaignRules
from app.services import campaigns, case_history, eligibility, facts, nomination_voices, nominations, seats
from app.services.context import Ctx
from app.services.seats import Usage


@dataclass(frozen=True)
class LevelLine:
    """One level of the route: its department, and whether this nomination passes it and has passed it."""

    level: Level
    department: Organization | None  # none where the place in the tree has no such level (E-39)
    applicable: bool
    endorsed: bool


@dataclass(frozen=True)
class NominationView:
    """One nomination, whole."""

    row: NominationRow
    campaign: Campaign
    rules: CampaignRules
    facts: Facts
    organising: Organization
    levels: Sequence[LevelLine]
    holds: Sequence[Reason]
    actions: Sequence[ActionState[Action]]
    eligibility: Sequence[EligibilityCheck]
    claims: Usage
    open_parts: Sequence[NominationPart]  # what the caller may write now
    asked: NominationStep | None  # the return that waits for its answer, with its reason and points

    @property
    def nomination(self) -> Nomination:
        return self.row.nomination

    @property
    def line(self) -> NominationLine:
        """What lists say of it too."""
        return NominationLine.of(self.row)

    @property
    def points(self) -> list[dict[str, str]]:
        """What the return asks for, in its order: `text` and the `part` it opens."""
        return case_history.points(self.asked)


def shown(ctx: Ctx, nomination_id: UUID) -> NominationView:
    """One nomination with everything said of it. Refuses `NOT_FOUND` outside the caller's area."""
    return view(ctx, nominations.readable(ctx, nomination_id))


def view(ctx: Ctx, nomination: Nomination) -> NominationView:
    """The view of a nomination the caller already may see."""
    ctx.session.flush()
    row = rows.one(ctx.session, nomination.id)
    if row is None:
        raise LookupError(f"{nomination.id} has no window or sponsor")
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    rules = campaigns.rules_of(ctx, campaign)
    known = facts.facts_of(ctx, nomination)
    usage = seats.usage(ctx, campaign.id).get(nomination.bucket_code, {})
    return NominationView(
        row,
        campaign,
        rules,
        known,
        ctx.session.get_one(Organization, nomination.organizing_org_id),
        _levels(ctx, nomination, rules, known),
        nothing_holds_it(known, ctx.now),
        actions(ctx, nomination, known),
        eligibility.checks(ctx, nomination),
        usage.get(SeatKind.NOMINATION, Usage()),
        open_parts(ctx, nomination),
        _asked(ctx, nomination),
    )


def actions(ctx: Ctx, nomination: Nomination, known: Facts) -> list[ActionState[Action]]:
    """What the caller may do with the case now, and what stands in the way; each for the level he speaks for."""
    return [_state(ctx, nomination, step, known) for step in machine.steps_from(nomination.stage)]


def open_parts(ctx: Ctx, nomination: Nomination) -> list[NominationPart]:
    """The parts that are open at this stage to the level that has the case, when the caller speaks for it."""
    may = ctx.actor.may("nomination:edit", nomination.sponsor_path, nomination.campaign_id)
    asked = nomination_voices.voice(ctx, nomination, "nomination:edit")
    if not may or (nomination.stage is not Stage.DRAFT and asked is not nomination.level):
        return []
    return [part for part in NominationPart if is_open(part, nomination.stage, nomination.returned_fields)]


def _asked(ctx: Ctx, nomination: Nomination) -> NominationStep | None:
    if nomination.stage is not Stage.RETURNED:
        return None
    return case_history.returned_by(case_history.standing(ctx, nomination))


def _state(ctx: Ctx, nomination: Nomination, step: Step, known: Facts) -> ActionState[Action]:
    needed = nomination_voices.permissions_of(step, known)
    held = {p for p in needed if ctx.actor.may(p, nomination.sponsor_path, nomination.campaign_id)}
    spoken = nomination_voices.voice_for(ctx, nomination, step.action, needed[-1], known)
    permitted = held if held >= set(needed) else frozenset[str]()
    return machine.MACHINE.state(step, replace(known, actor_level=spoken), permitted, ctx.now)


def _levels(ctx: Ctx, nomination: Nomination, rules: CampaignRules, known: Facts) -> list[LevelLine]:
    route = rules.route(nomination.route)
    held = {Level(name): UUID(one) for name, one in nomination.departments.items()}
    named = campaign_rows.organizations(ctx.session, list(held.values()))
    return [
        LevelLine(
            level,
            named.get(held[level]) if level in held else None,
            level in known.applicable_levels,
            level in known.endorsed_levels,
        )
        for level in (route.levels if route else ())
    ]
