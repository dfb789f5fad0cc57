"""Corrections of submitted sheets: asked for by one person, approved by another, as a new version (E-20, I-11, I-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.db import flow
from app.db import score_sheets as rows
from app.db.tables.evaluation import ScoreCorrection, ScoreSheet
from app.db.tables.nominations import Nomination
from app.domain import scoring
from app.domain.errors import Refusal, refuse
from app.domain.nomination_stage import Stage
from app.domain.score_sheet import CorrectionStage, SheetStage
from app.domain.scoring import Entry
from app.packs.schema import CampaignRules
from app.services import audit, campaigns, evaluation, evaluation_facts, evidence, recusals, score_sheets
from app.services.context import Ctx, check_version
from app.services.inputs.score_sheets import CorrectionAct, CorrectionRequest

_UNDECIDED = (Stage.UNDER_EVALUATION, Stage.EVALUATED)


@dataclass(frozen=True)
class CorrectionView:
    """A correction with its case; `may_decide` is false for who asked for it."""

    correction: ScoreCorrection
    nomination: Nomination
    may_decide: bool


def listed(
    ctx: Ctx, campaign_id: UUID, *, stage: CorrectionStage | None = None, after: str = "", limit: int = 50
) -> list[ScoreCorrection]:
    """The corrections of a campaign, newest first, those of cases in conflict left out. Needs `score:read` at the host."""
    evaluation.readable(ctx, campaign_id, "score:read")
    hidden = recusals.hidden_everywhere(ctx)
    last = UUID(after) if after else None
    return rows.corrections(ctx.session, campaign_id, stage, hidden, last, limit)


def shown(ctx: Ctx, correction_id: UUID) -> CorrectionView:
    """One correction, for those who read scores and for who asked for it."""
    found = ctx.session.get(ScoreCorrection, correction_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    if found.requested_by != ctx.actor.person_id:
        evaluation.readable_case(ctx, found.nomination_id, "score:read")
    return CorrectionView(
        found, ctx.session.get_one(Nomination, found.nomination_id), not _asked_for_it(ctx, found)
    )


def windows(ctx: Ctx, found: Sequence[ScoreCorrection]) -> dict[UUID, str]:
    """The windows these corrections are about, by case; for who was shown the corrections."""
    return rows.windows(ctx.session, {one.nomination_id for one in found})


def request(ctx: Ctx, sheet_id: UUID, body: CorrectionRequest) -> ScoreCorrection:
    """Ask for a correction: the reviewer of the sheet, or `score:correct` at the host.

    Refuses `SHEET_NOT_SUBMITTED`, `CORRECTION_WAITING`, `CORRECTION_CHANGES_NOTHING`, and what is wrong with the points.
    """
    sheet = _locked(ctx, sheet_id)
    nomination = ctx.session.get_one(Nomination, sheet.nomination_id)
    _may_ask(ctx, sheet, nomination)
    if not sheet.stage.counts:
        raise Refusal("SHEET_NOT_SUBMITTED")
    if rows.waiting(ctx.session, sheet.id):
        raise Refusal("CORRECTION_WAITING")
    before, changed = score_sheets.entries_of(ctx, sheet), score_sheets.entries_in(body.entries)
    if before == before | changed:
        raise Refusal("CORRECTION_CHANGES_NOTHING", "/entries")
    rules = _rules(ctx, sheet, nomination)
    refuse(scoring.sheet_reasons(rules.rubric, before | changed, rules.reviewers.rule))
    correction = ScoreCorrection(
        **audit.stamp(ctx),
        campaign_id=nomination.campaign_id,
        nomination_id=nomination.id,
        sheet_id=sheet.id,
        reason=body.reason,
        changes=[_change(code, entry) for code, entry in changed.items()],
        requested_by=ctx.person,
    )
    ctx.session.add(correction)
    evaluation.noted(
        ctx, "score_correction.requested", correction, nomination.campaign_id, items=sorted(changed)
    )
    return correction


def decide(ctx: Ctx, correction_id: UUID, body: CorrectionAct, version: int | None) -> ScoreCorrection:
    """Approve or decline. Approved, the sheet has a new version; if a body has decided on the old one, it must look again.

    Needs `score:approve_correction` at the host; refuses `SAME_PERSON` (under any account), `CORRECTION_DECIDED`,
    `VERSION_CONFLICT`.
    """
    correction = rows.correction_locked(ctx.session, correction_id)
    if correction is None:
        raise Refusal("NOT_FOUND")
    evaluation.readable_case(ctx, correction.nomination_id, "score:read")
    campaigns.for_host(ctx, correction.campaign_id, "score:approve_correction")
    if correction.stage is not CorrectionStage.REQUESTED:
        raise Refusal("CORRECTION_DECIDED")
    check_version(correction.row_version, version)
    if _asked_for_it(ctx, correction):
        raise Refusal("SAME_PERSON")
    before = correction.model_dump(mode="json")
    approved = body.action == "APPROVE"
    correction.stage = CorrectionStage.APPROVED if approved else CorrectionStage.DECLINED
    correction.decided_by, correction.decided_at = ctx.person, ctx.now
    correction.decision_note = body.note
    if approved:
        _carry_out(ctx, correction)
    audit.touch(ctx, correction)
    act = f"score_correction.{correction.stage.value.lower()}"
    summary = {"decision_review": correction.decision_review}
    evaluation.noted(ctx, act, correction, correction.campaign_id, before, **summary)
    return correction


def _carry_out(ctx: Ctx, correction: ScoreCorrection) -> None:
    """The next version of the sheet, at the stage of the one before, on what is before the reviewer now or was confirmed."""
    sheet = _locked(ctx, correction.sheet_id)
    nomination = ctx.session.get_one(Nomination, correction.nomination_id)
    if not sheet.stage.counts:
        raise Refusal("SHEET_NOT_SUBMITTED")
    stage, seen, seen_hash = sheet.stage, sheet.seen, sheet.seen_hash
    current = not evaluation_facts.outdated(ctx, [nomination], [sheet])
    changed = {one["item"]: Entry(Decimal(one["points"]), one["comment"]) for one in correction.changes}
    entries = score_sheets.entries_of(ctx, sheet) | changed
    made = score_sheets.successor(ctx, sheet, entries, correction.reason[:500])
    total = scoring.sheet_total(_rules(ctx, sheet, nomination).rubric, entries)
    score_sheets.fix(ctx, made, stage, total)
    made.seen, made.seen_hash = seen, seen_hash
    if current:
        made.seen, made.seen_hash = _state(ctx, nomination)
    correction.new_sheet_id = made.id
    correction.decision_review = nomination.stage not in _UNDECIDED and stage is SheetStage.LOCKED


def _may_ask(ctx: Ctx, sheet: ScoreSheet, nomination: Nomination) -> None:
    found = rows.one(ctx.session, sheet.id)
    mine = ctx.actor.person_id
    if found and mine and found[3].id in flow.same_person(ctx.session, mine):
        if recusals.hides(ctx, nomination):
            raise Refusal("RECUSAL")
        return
    evaluation.readable_case(ctx, nomination.id, "score:correct")
    campaigns.for_host(ctx, nomination.campaign_id, "score:correct")


def _asked_for_it(ctx: Ctx, correction: ScoreCorrection) -> bool:
    mine = ctx.actor.person_id
    return mine is not None and correction.requested_by in flow.same_person(ctx.session, mine)


def _locked(ctx: Ctx, sheet_id: UUID) -> ScoreSheet:
    found = rows.locked(ctx.session, sheet_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def _rules(ctx: Ctx, sheet: ScoreSheet, nomination: Nomination) -> CampaignRules:
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    return campaigns.rules_of(ctx, campaign, sheet.rules_version)


def _state(ctx: Ctx, nomination: Nomination) -> tuple[dict[str, Any], str]:
    state = evidence.state(ctx, nomination)
    return state, evidence.mark(state)


def _change(code: str, entry: Entry) -> dict[str, str]:
    return {"item": code, "points": str(entry.points), "comment": entry.comment}
