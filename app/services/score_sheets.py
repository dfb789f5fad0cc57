"""A reviewer's own sheet: opened, saved as often as they like, submitted once (R-018, R-022, I-11, E-19, E-21)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.db import assignments as assignment_rows
from app.db import score_sheets as rows
from app.db.assignments import AssignmentRow
from app.db.tables.evaluation import ScoreConfirmation, ScoreEntry, ScoreSheet
from app.domain import scoring
from app.domain.assignment import AssignmentStatus
from app.domain.errors import Reason, Refusal, refuse
from app.domain.nomination_stage import LIVE, Stage
from app.domain.score_sheet import SheetStage
from app.domain.scoring import Entry
from app.domain.words import both
from app.packs.schema import CampaignRules
from app.services import assignments, audit, campaigns, evaluation, evaluation_facts, evidence
from app.services.context import Ctx, check_version
from app.services.inputs.score_sheets import Entries, SheetConfirmation, SheetDraft

_NOT_YET = LIVE[: LIVE.index(Stage.UNDER_EVALUATION)]


@dataclass(frozen=True)
class SheetView:
    """One's own sheet with its rubric, what still stands against submitting it, and whether its material moved on."""

    row: AssignmentRow
    sheet: ScoreSheet
    entries: Mapping[str, Entry]
    rules: CampaignRules
    reasons: Sequence[Reason]
    outdated: bool
    changed: Sequence[str] = ()  # the parts of the material that were replaced since

    @property
    def total(self) -> Fraction:
        """The exact total of what is there."""
        return scoring.sheet_total(self.rules.rubric, self.entries)


def shown(ctx: Ctx, assignment_id: UUID) -> SheetView:
    """One's own sheet. Refuses `RECUSAL` when a conflict has come up, `SCORING_CLOSED` before the case is opened."""
    row = assignments.own(ctx, assignment_rows.one(ctx.session, assignment_id))
    if row.nomination.stage in _NOT_YET:
        raise _closed(row)
    return _view(ctx, row, _current(ctx, row))


def save(ctx: Ctx, assignment_id: UUID, body: SheetDraft, version: int | None) -> SheetView:
    """Keep the points as they are now. Refuses points outside an item's limits or steps, `SCORES_LOCKED`, `SCORING_CLOSED`."""
    row, sheet = _for_scoring(ctx, assignment_id, version)
    rules = _rules(ctx, sheet, row)
    refuse(scoring.draft_reasons(rules.rubric, entries_in(body.entries), rules.reviewers.rule))
    write_entries(ctx, sheet, entries_in(body.entries))
    if row.assignment.status is AssignmentStatus.ASSIGNED:
        row.assignment.status = AssignmentStatus.IN_PROGRESS
        audit.touch(ctx, row.assignment)
    audit.touch(ctx, sheet)
    _noted(ctx, "score_sheet.saved", sheet, row, items=len(body.entries))
    return _view(ctx, row, sheet)


def submit(ctx: Ctx, assignment_id: UUID, version: int | None) -> SheetView:
    """Give one's word: from now on the points stand. The server adds up, and keeps what the reviewer had before them.

    Refuses `CRITERIA_INCOMPLETE`, `SCORE_COMMENT_NEEDED`, `RECUSAL`, `SCORES_LOCKED`, `SCORING_CLOSED`, `CAMPAIGN_SUSPENDED`.
    """
    row, sheet = _for_scoring(ctx, assignment_id, version)
    if campaigns.campaign_of(ctx, row.assignment.campaign_id).suspended_reason:
        raise Refusal("CAMPAIGN_SUSPENDED")
    view = _view(ctx, row, sheet)
    refuse(view.reasons)
    fix(ctx, sheet, SheetStage.SUBMITTED, view.total)
    sheet.seen = evidence.state(ctx, row.nomination)
    sheet.seen_hash = evidence.mark(sheet.seen)
    row.assignment.status = AssignmentStatus.SUBMITTED
    audit.touch(ctx, row.assignment)
    audit.touch(ctx, sheet)
    _noted(ctx, "score_sheet.submitted", sheet, row, version=sheet.version)
    return _view(ctx, row, sheet)


def confirm(ctx: Ctx, assignment_id: UUID, body: SheetConfirmation, version: int | None) -> SheetView:
    """Look again at a case whose material was replaced: the sheet stands, or a new version is opened (E-19).

    Refuses `SCORES_UP_TO_DATE` when nothing was replaced; a locked sheet that no longer stands needs a correction.
    """
    row = assignments.own(ctx, assignment_rows.locked(ctx.session, assignment_id))
    sheet = _current(ctx, row)
    check_version(sheet.row_version, version)
    if not evaluation_facts.outdated(ctx, [row.nomination], [sheet]):
        raise Refusal("SCORES_UP_TO_DATE")
    if body.stands:
        seen = evidence.state(ctx, row.nomination)
        word = ScoreConfirmation(
            **audit.stamp(ctx), sheet_id=sheet.id, seen=seen, seen_hash=evidence.mark(seen)
        )
        ctx.session.add(word)
        evaluation.noted(
            ctx, "score_sheet.confirmed", word, row.assignment.campaign_id, version=sheet.version
        )
        return _view(ctx, row, sheet)
    if sheet.stage is not SheetStage.SUBMITTED:
        raise Refusal("SCORES_LOCKED")
    again = successor(ctx, sheet, entries_of(ctx, sheet), "材料更新后重新评分")
    row.assignment.status = AssignmentStatus.IN_PROGRESS
    audit.touch(ctx, row.assignment)
    _noted(ctx, "score_sheet.reopened", again, row, version=again.version)
    return _view(ctx, row, again)


def entries_in(given: Entries) -> dict[str, Entry]:
    """What was typed, as the rubric reads it."""
    return {code: Entry(Decimal(one.points), one.comment) for code, one in given.items()}


def entries_of(ctx: Ctx, sheet: ScoreSheet) -> dict[str, Entry]:
    """What is stored, as the rubric reads it."""
    return read(rows.entries(ctx.session, [sheet.id]).get(sheet.id, []))


def read(found: Sequence[ScoreEntry]) -> dict[str, Entry]:
    """Stored entries, as the rubric reads them."""
    return {one.item_code: Entry(Decimal(one.hundredths).scaleb(-2), one.comment) for one in found}


def write_entries(ctx: Ctx, sheet: ScoreSheet, entries: Mapping[str, Entry]) -> None:
    """Make the stored entries these, touching only what changed: a sheet is saved every few seconds."""
    stored = {one.item_code: one for one in rows.entries(ctx.session, [sheet.id]).get(sheet.id, [])}
    for code in stored.keys() - entries.keys():
        ctx.session.delete(stored[code])
    for code, entry in entries.items():
        value: dict[str, Any] = {"hundredths": int(entry.points.scaleb(2)), "comment": entry.comment}
        if code not in stored:
            ctx.session.add(ScoreEntry(**audit.stamp(ctx), sheet_id=sheet.id, item_code=code, **value))
        elif stored[code].model_dump(include=set(value)) != value:
            stored[code].sqlmodel_update(value)
            audit.touch(ctx, stored[code])
    ctx.session.flush()


def fix(ctx: Ctx, sheet: ScoreSheet, stage: SheetStage, total: Fraction) -> None:
    """The sheet is given: its exact total is kept with it."""
    sheet.stage, sheet.total, sheet.submitted_at = stage, str(total), ctx.now
    sheet.locked_at = ctx.now if stage is SheetStage.LOCKED else None


def successor(ctx: Ctx, sheet: ScoreSheet, entries: Mapping[str, Entry], reason: str) -> ScoreSheet:
    """The next version with these entries; the one before is superseded and stays readable (I-11, E-20)."""
    sheet.stage, sheet.superseded_at, sheet.superseded_reason = SheetStage.SUPERSEDED, ctx.now, reason
    audit.touch(ctx, sheet)
    ctx.session.flush()  # one sheet is in force at every moment
    same = ("assignment_id", "nomination_id", "reviewer_id", "rules_version")
    made = ScoreSheet(
        **audit.stamp(ctx),
        **{name: getattr(sheet, name) for name in same},
        version=sheet.version + 1,
        replaces_id=sheet.id,
    )
    ctx.session.add(made)
    ctx.session.flush()
    write_entries(ctx, made, entries)
    return made


def _for_scoring(ctx: Ctx, assignment_id: UUID, version: int | None) -> tuple[AssignmentRow, ScoreSheet]:
    row = assignments.own(ctx, assignment_rows.locked(ctx.session, assignment_id))
    if row.nomination.stage is not Stage.UNDER_EVALUATION:
        raise _closed(row)
    sheet = _current(ctx, row)
    if sheet.stage.final:
        raise Refusal("SCORES_LOCKED")
    check_version(sheet.row_version, version)
    return row, sheet


def _current(ctx: Ctx, row: AssignmentRow) -> ScoreSheet:
    return rows.current(ctx.session, [row.assignment.id])[row.assignment.id]


def _rules(ctx: Ctx, sheet: ScoreSheet, row: AssignmentRow) -> CampaignRules:
    campaign = campaigns.campaign_of(ctx, row.assignment.campaign_id)
    return campaigns.rules_of(ctx, campaign, sheet.rules_version)


def _view(ctx: Ctx, row: AssignmentRow, sheet: ScoreSheet) -> SheetView:
    rules, entries = _rules(ctx, sheet, row), entries_of(ctx, sheet)
    reasons = scoring.sheet_reasons(rules.rubric, entries, rules.reviewers.rule)
    stale = evaluation_facts.outdated(ctx, [row.nomination], [sheet])
    changed = evidence.changed(sheet.seen, evidence.state(ctx, row.nomination)) if stale else ()
    return SheetView(row, sheet, entries, rules, reasons, bool(stale), changed)


def _closed(row: AssignmentRow) -> Refusal:
    return Refusal("SCORING_CLOSED", **both("stage", "nomination_stage", row.nomination.stage))


def _noted(ctx: Ctx, act: str, sheet: ScoreSheet, row: AssignmentRow, **summary: Any) -> None:  # noqa: ANN401  (values of a summary)
    evaluation.noted(ctx, act, sheet, row.assignment.campaign_id, **summary)
