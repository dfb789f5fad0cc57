"""What reviewers gave: sheets that stay as they were given, nobody in conflict, rankings that come out again (I-11, I-12)."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from sqlmodel import col, select

from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import (
    RankingSnapshot,
    ReviewAssignment,
    ScoreCorrection,
    ScoreEntry,
    ScoreSheet,
)
from app.db.tables.nominations import Nomination
from app.domain.assignment import AssignmentStatus
from app.domain.nomination import Stage
from app.domain.nomination_stage import LIVE
from app.domain.score_sheet import CorrectionStage, SheetStage
from app.services import recusals, score_rankings, score_totals
from app.services.context import Ctx
from app.services.invariants.checks import invariant

_LOCKED_FROM = LIVE[LIVE.index(Stage.EVALUATED) :]


@invariant("I-11")
def a_given_sheet_stays_as_it_was_given(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """No point of a given sheet is younger than its submission; only a version after it replaces it, and it is locked with its case."""
    written = select(ScoreSheet.id, ScoreEntry.item_code).join(
        ScoreEntry, col(ScoreEntry.sheet_id) == col(ScoreSheet.id)
    )
    for sheet_id, item in ctx.session.exec(
        written.where(col(ScoreEntry.updated_at) > col(ScoreSheet.submitted_at))
    ).all():
        yield sheet_id, f"{item} was written after the sheet was submitted"
    yield from _versions(ctx)
    open_sheets = (
        select(ScoreSheet.id)
        .join(Nomination, col(ScoreSheet.nomination_id) == col(Nomination.id))
        .join(ReviewAssignment, col(ScoreSheet.assignment_id) == col(ReviewAssignment.id))
        .where(
            col(Nomination.stage).in_(_LOCKED_FROM),
            col(ReviewAssignment.status) != AssignmentStatus.VOID,
            col(ScoreSheet.stage).in_((SheetStage.DRAFT, SheetStage.SUBMITTED)),
        )
    )
    for sheet_id in ctx.session.exec(open_sheets).all():
        yield sheet_id, "is not locked, and its case was evaluated"


def _versions(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Versions count 1, 2, 3 …; each stands on the one before it, which is superseded and still there."""
    known = {one.id: one for one in ctx.session.exec(select(ScoreSheet)).all()}
    for sheet in known.values():
        before = known.get(sheet.replaces_id) if sheet.replaces_id else None
        if sheet.version == 1 and before is None:
            continue
        if before is None or (before.assignment_id, before.version) != (
            sheet.assignment_id,
            sheet.version - 1,
        ):
            yield sheet.id, f"version {sheet.version} does not stand on the version before it"
        elif before.stage is not SheetStage.SUPERSEDED:
            yield before.id, "was replaced and still counts"


@invariant("I-12", "V-07")
def nobody_in_conflict_judges(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Whoever gave a sheet that counts is not of the nominee's city or chain, no relative's, and had no hand in the case."""
    given = (
        select(ScoreSheet, Nomination)
        .join(Nomination, col(ScoreSheet.nomination_id) == col(Nomination.id))
        .join(ReviewAssignment, col(ScoreSheet.assignment_id) == col(ReviewAssignment.id))
        .where(
            col(ScoreSheet.stage).in_((SheetStage.SUBMITTED, SheetStage.LOCKED)),
            col(ReviewAssignment.status) != AssignmentStatus.VOID,
        )
    )
    sheets: dict[UUID, list[tuple[ScoreSheet, Nomination]]] = defaultdict(list)
    for sheet, nomination in ctx.session.exec(given).all():
        sheets[nomination.campaign_id].append((sheet, nomination))
    for campaign_id, found in sheets.items():
        campaign = ctx.session.get_one(Campaign, campaign_id)
        cases = {nomination.id: nomination for _, nomination in found}
        grounds = recusals.conflicts(ctx, campaign, cases.values(), recusals.bench(ctx, campaign_id))
        for sheet, nomination in found:
            if why := grounds.get((nomination.id, sheet.reviewer_id)):
                yield sheet.id, f"counts, and its reviewer stands in conflict: {', '.join(why)}"


@invariant("I-13")
def nobody_decided_on_their_own_correction(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A correction of scores is asked for by one person, approved or declined by another."""
    decided = select(ScoreCorrection).where(col(ScoreCorrection.stage) != CorrectionStage.REQUESTED)
    for one in ctx.session.exec(decided).all():
        if one.decided_by is None or one.decided_by == one.requested_by:
            yield one.id, "decided by who asked for it, or by nobody"


@invariant("V-13")
def every_total_is_its_points(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """The total of a given sheet is the exact sum of its points, by the rubric it was given under."""
    given = select(ScoreSheet.id, ScoreSheet.total).join(
        ReviewAssignment, col(ScoreSheet.assignment_id) == col(ReviewAssignment.id)
    )
    for campaign in ctx.session.exec(select(Campaign)).all():
        added = score_totals.added_up(ctx, campaign)
        mine = given.where(
            col(ReviewAssignment.campaign_id) == campaign.id, col(ScoreSheet.submitted_at).is_not(None)
        )
        for sheet, total in ctx.session.exec(mine).all():
            again = added[sheet.hex].total if sheet.hex in added else score_totals.NOTHING
            if again != total:
                yield sheet, f"says {total}, its points give {again}"


@invariant("V-14")
def every_ranking_comes_out_again(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A ranking's inputs are what was hashed, and computed again they give its lines."""
    for snapshot in ctx.session.exec(select(RankingSnapshot)).all():
        again = score_rankings.recomputed(ctx, snapshot)
        if not again.inputs_unchanged:
            yield snapshot.id, "its inputs are not what was hashed"
        if not again.result_reproduced:
            yield snapshot.id, "its inputs give other lines"
