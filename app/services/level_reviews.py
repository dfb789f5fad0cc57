"""Each level's opinion on a case: written while the case stands there, kept for good (R-025, R-027, I-14)."""

from uuid import UUID

from app.db import case_papers as rows
from app.db import flow
from app.db.tables.nominations import LevelReview, Nomination, RecordedVia
from app.domain import level_review
from app.domain.errors import Reason, Refusal, refuse
from app.domain.level_review import Graded
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.services import audit, case_papers, nominations
from app.services.context import Ctx, check_version
from app.services.dossiers import Dossier
from app.services.inputs.level_reviews import LevelReviewRecord

OPEN = (Stage.SUBMITTED, Stage.RETURNED)


def listed(ctx: Ctx, nomination_id: UUID, *, after: str = "", limit: int = 50) -> list[LevelReview]:
    """Every opinion that was given, the superseded ones too, oldest first. Needs `nomination:read`."""
    nominations.readable(ctx, nomination_id)
    return rows.listed(ctx.session, LevelReview, nomination_id, UUID(after) if after else None, limit)


def shown(ctx: Ctx, nomination_id: UUID, level: Level) -> LevelReview:
    """The opinion of this level that counts now. Refuses `NOT_FOUND` when there is none yet."""
    nominations.readable(ctx, nomination_id)
    found = rows.current_review(ctx.session, nomination_id, level)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def closed(dossier: Dossier, level: Level) -> list[Reason]:
    """Why this level's opinion cannot be written now by the caller: the case is elsewhere, or one's own work (I-13)."""
    return [
        *case_papers.elsewhere(dossier.nomination, OPEN, level, NominationPart.LEVEL_REVIEW),
        *([Reason("SAME_PERSON")] if case_papers.prepared_it(dossier) else []),
    ]


def record(
    ctx: Ctx,
    nomination_id: UUID,
    level: Level,
    body: LevelReviewRecord,
    version: int | None,
    via: RecordedVia,
) -> LevelReview:
    """Write the level's opinion, or a new one; the earlier stays readable. `version` is 0 where there is none yet.

    Needs `nomination:endorse` at that level's department (a client: `nomination:push_review`).
    Refuses `NOT_YOUR_LEVEL`, `CASE_ELSEWHERE`, `SAME_PERSON`, `CRITERIA_INCOMPLETE` and its like, `REVIEW_ORDER`.
    """
    permission = "nomination:push_review" if ctx.actor.client_id else "nomination:endorse"
    nomination = nominations.for_change(ctx, nomination_id, permission)
    department = case_papers.acting_for(ctx, nomination, level, permission)
    earlier = rows.current_review(ctx.session, nomination_id, level)
    check_version(case_papers.tag_of(earlier), version)
    # What the levels said in the city's own system comes with the draft: nobody retypes it (decisions 16).
    comes_along = via is RecordedVia.PUSH and nomination.stage is Stage.DRAFT
    against = [] if comes_along else closed(Dossier(ctx, nomination), level)
    refuse([*against, *_faults(ctx, nomination, level, body)])
    row = LevelReview(
        **audit.stamp(ctx),
        nomination_id=nomination.id,
        level=level,
        organization_id=department,
        reviewer=ctx.actor.key,
        recorded_via=via,
        **body.model_dump(mode="python"),
    )
    _supersede(ctx, earlier, row)
    ctx.session.add(row)
    said = {"level": level.value, "conclusion": row.conclusion.value}
    before = earlier.model_dump(mode="json") if earlier else None
    case_papers.noted(ctx, "level_review.recorded", row, nomination, before, **said)
    return row


def _faults(ctx: Ctx, nomination: Nomination, level: Level, body: LevelReviewRecord) -> list[Reason]:
    given = [Graded(one.criterion, one.grade) for one in body.assessments]
    criteria = [one.code for one in case_papers.rules_of(ctx, nomination).rubric.criteria]
    others = {one.level: one.signed_on for one in flow.reviews(ctx.session, nomination.id)}
    return [
        *level_review.grading_reasons(given, criteria, body.conclusion),
        *level_review.signing_reasons(level, body.signed_on, case_papers.today(ctx), others),
    ]


def _supersede(ctx: Ctx, earlier: LevelReview | None, row: LevelReview) -> None:
    """The versions of a level's opinion count on, so that a tag never names two of them."""
    if earlier is None:
        return
    row.row_version = earlier.row_version + 1
    earlier.current = False
    earlier.updated_at, earlier.updated_by = ctx.now, ctx.actor.key
    ctx.session.flush()  # one opinion is current at every moment
