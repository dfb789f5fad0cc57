"""All sheets of a case, for those who read scores: sealed until they are locked, every version readable after (C11, I-11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from app.db import flow
from app.db import score_sheets as rows
from app.db.tables.evaluation import ReviewAssignment, Reviewer, ScoreSheet
from app.db.tables.nominations import Nomination
from app.db.tables.people import Person
from app.domain.errors import Refusal
from app.domain.nomination_stage import Stage
from app.domain.recusal import Ground
from app.domain.scoring import Entry
from app.packs.schema import CampaignRules
from app.services import campaigns, evaluation, evaluation_facts, recusals, score_sheets
from app.services.context import Ctx

SEALED_AT = (Stage.ACCEPTED, Stage.UNDER_EVALUATION)


@dataclass(frozen=True)
class SheetLine:
    """One version of one sheet; `total` is absent while the scores are sealed or nothing is submitted."""

    sheet: ScoreSheet
    assignment: ReviewAssignment
    reviewer: Reviewer
    person: Person
    total: Fraction | None
    outdated: bool
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class SheetDetail:
    """One version with its points, as it was given."""

    line: SheetLine
    nomination: Nomination
    entries: Mapping[str, Entry]
    rules: CampaignRules


def sealed(nomination: Nomination) -> bool:
    """Before the lock nobody but its author sees a sheet's points, whatever their office."""
    return nomination.stage in SEALED_AT


def of_case(ctx: Ctx, nomination_id: UUID) -> list[SheetLine]:
    """The sheets of a case with all their versions. Needs `score:read` at the host; refuses `NOT_FOUND` in conflict."""
    nomination = evaluation.readable_case(ctx, nomination_id, "score:read")
    return _lines(ctx, nomination, rows.of_cases(ctx.session, [nomination.id]))


def shown(ctx: Ctx, sheet_id: UUID) -> SheetDetail:
    """One version of a sheet, superseded ones too: for its author, and after the lock for those who read scores.

    Refuses `SCORES_SEALED` to everybody else before the lock.
    """
    found = rows.one(ctx.session, sheet_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    sheet, _, _, person = found
    nomination = ctx.session.get_one(Nomination, sheet.nomination_id)
    if _is_own(ctx, person) and not recusals.hides(ctx, nomination):
        (line,) = _lines(ctx, nomination, [found], own=True)
    else:
        evaluation.readable_case(ctx, nomination.id, "score:read")
        if sealed(nomination):
            raise Refusal("SCORES_SEALED")
        (line,) = _lines(ctx, nomination, [found])
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    rules = campaigns.rules_of(ctx, campaign, sheet.rules_version)
    return SheetDetail(line, nomination, score_sheets.entries_of(ctx, sheet), rules)


def _lines(
    ctx: Ctx, nomination: Nomination, found: Sequence[rows.SheetRow], *, own: bool = False
) -> list[SheetLine]:
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    stale = evaluation_facts.outdated(ctx, [nomination], [row[0] for row in found])
    conflicts = recusals.conflicts(ctx, campaign, [nomination], recusals.bench(ctx, campaign.id))
    hidden = sealed(nomination) and not own
    return [
        SheetLine(
            sheet,
            assignment,
            reviewer,
            person,
            None if hidden or not sheet.total else Fraction(sheet.total),
            sheet.id in stale,
            conflicts.get((nomination.id, reviewer.id), ()),
        )
        for sheet, assignment, reviewer, person in found
    ]


def _is_own(ctx: Ctx, person: Person) -> bool:
    mine = ctx.actor.person_id
    return mine is not None and person.id in flow.same_person(ctx.session, mine)
