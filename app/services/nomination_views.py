"""A nomination as people read it: where it stands, who has it, what may be done now and why not, what it still needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

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
from app.services import case_history, eligibility, facts, nomination_voices, nominations
from app.services.context import Ctx
from app.services.dossiers import Dossier
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
    dossier: Dossier
    facts: Facts
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
    def campaign(self) -> Campaign:
        return self.dossier.campaign

    @property
    def rules(self) -> CampaignRules:
        return self.dossier.rules

    @property
    def organising(self) -> Organization:
        return self.dossier.units[self.nomination.organizing_org_id]

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
    found = rows.one(ctx.session, nomination_id)  # with its window and units: what asks for them finds them
    readable = nominations.readable(ctx, nomination_id)
    return _view(ctx, readable, found)


def view(ctx: Ctx, nomination: Nomination) -> NominationView:
    """The view of a nomination the caller already may see."""
    ctx.session.flush()
    return _view(ctx, nomination, rows.one(ctx.session, nomination.id))


def _view(ctx: Ctx, nomination: Nomination, row: NominationRow | None) -> NominationView:
    if row is None:
        raise LookupError(f"{nomination.id} has no window or sponsor")
    dossier = Dossier(ctx, nomination)
    known = facts.gathered(dossier)
    return NominationView(
        row,
        dossier,
        known,
        _levels(dossier, known),
        nothing_holds_it(known, ctx.now),
        actions(ctx, nomination, known),
        eligibility.checks(dossier),
        _claims(dossier),
        open_parts(ctx, nomination),
        case_history.returned_by(dossier.standing) if nomination.stage is Stage.RETURNED else None,
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


def _claims(dossier: Dossier) -> Usage:
    """How the claims of its bucket stand."""
    counted = {
        status: count for (kind, status), count in dossier.seats.items() if kind is SeatKind.NOMINATION
    }
    return Usage(**{status.value.lower(): count for status, count in counted.items()})


def _state(ctx: Ctx, nomination: Nomination, step: Step, known: Facts) -> ActionState[Action]:
    needed = nomination_voices.permissions_of(step, known)
    held = {p for p in needed if ctx.actor.may(p, nomination.sponsor_path, nomination.campaign_id)}
    spoken = nomination_voices.voice_for(ctx, nomination, step.action, needed[-1], known)
    permitted = held if held >= set(needed) else frozenset[str]()
    return machine.MACHINE.state(step, replace(known, actor_level=spoken), permitted, ctx.now)


def _levels(dossier: Dossier, known: Facts) -> list[LevelLine]:
    route = dossier.rules.route(dossier.nomination.route)
    held = {Level(name): UUID(one) for name, one in dossier.nomination.departments.items()}
    return [
        LevelLine(
            level,
            dossier.units.get(held[level]) if level in held else None,
            level in known.applicable_levels,
            level in known.endorsed_levels,
        )
        for level in (route.levels if route else ())
    ]
