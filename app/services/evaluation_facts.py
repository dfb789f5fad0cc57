"""What the guards ask of a case that is to be scored, and what locking its scores fixes (I-11, E-19, E-21, E-22)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.db import assignments as assignment_rows
from app.db import score_sheets as rows
from app.db.assignments import Wanted
from app.db.tables.evaluation import ScoreSheet
from app.db.tables.nominations import Nomination
from app.domain.assignment import AssignmentStatus
from app.domain.errors import Refusal
from app.domain.nomination_stage import Stage
from app.domain.score_sheet import SheetStage
from app.packs.schema import CampaignRules
from app.services import audit, campaigns, evidence, recusals
from app.services.context import Ctx

_ASKED_AT = (Stage.ACCEPTED, Stage.UNDER_EVALUATION)


def facts_of_evaluation(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> dict[str, Any]:
    """The fields of `Facts` about reviewers and sheets; nothing is read before the case is accepted."""
    needed = rules.reviewers.min_reviewers
    if nomination.stage not in _ASKED_AT:
        return {"reviewers_needed": needed, "sheets_needed": needed}
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    bench = recusals.bench(ctx, campaign.id)
    conflicts = recusals.conflicts(ctx, campaign, [nomination], bench)
    live = assignment_rows.listed(ctx.session, Wanted(nomination_id=nomination.id, live=True))
    sheets = rows.current(ctx.session, [row.assignment.id for row in live])
    stale = outdated(ctx, [nomination], list(sheets.values()))
    given = [
        sheet
        for sheet in sheets.values()
        if sheet.stage.counts
        and sheet.id not in stale
        and (nomination.id, sheet.reviewer_id) not in conflicts
    ]
    return {
        "reviewers_needed": needed,
        "reviewers_free": sum(seat.able and (nomination.id, seat.id) not in conflicts for seat in bench),
        "sheets_needed": max(needed, len(live)),
        "sheets_submitted": len(given),
    }


def outdated(ctx: Ctx, nominations: Sequence[Nomination], sheets: Sequence[ScoreSheet]) -> frozenset[UUID]:
    """Sheets given on material that was replaced since, and not confirmed on what is there now (E-19)."""
    given = [sheet for sheet in sheets if sheet.stage.counts]
    scored = {sheet.nomination_id for sheet in given}
    states = evidence.states(ctx, [one for one in nominations if one.id in scored]) if given else {}
    now: Mapping[UUID, str] = {case: evidence.mark(state) for case, state in states.items()}
    changed = [sheet for sheet in given if sheet.seen_hash != now[sheet.nomination_id]]
    confirmed = rows.confirmed(ctx.session, [sheet.id for sheet in changed]) if changed else ()
    return frozenset(one.id for one in changed if (one.id, now[one.nomination_id]) not in confirmed)


def lock(ctx: Ctx, nomination: Nomination) -> None:
    """The scores of a case are locked: from now on a sheet changes only by a correction (I-11)."""
    live = assignment_rows.lock_live(ctx.session, nomination.id)
    sheets = rows.current(ctx.session, [one.id for one in live])
    for assignment in live:
        sheet = sheets[assignment.id]
        if sheet.stage is SheetStage.DRAFT:  # reopened since the table was asked: it was not the last word
            raise Refusal("SCORES_MISSING", needed=len(live), given=len(live) - 1)
        if sheet.stage is SheetStage.SUBMITTED:
            sheet.stage, sheet.locked_at = SheetStage.LOCKED, ctx.now
            assignment.status = AssignmentStatus.LOCKED
            audit.touch(ctx, sheet)
            audit.touch(ctx, assignment)
