"""What the bodies decided: every award and report stands on its decision, every vote adds up (I-13, I-15, I-16, I-17)."""

from collections.abc import Iterator

from sqlmodel import col, select

from app.db import ministry as ministry_rows
from app.db.meetings import IN_FORCE
from app.db.tables.awards import Award
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.ministry import MinistryRecommendation
from app.db.tables.nominations import Nomination, NominationStep
from app.domain.meeting import MeetingPurpose
from app.domain.nomination import Action, DecisionResult, Stage
from app.services import meeting_facts
from app.services.context import Ctx
from app.services.invariants.checks import invariant

_DETERMINED = (Stage.DETERMINED, Stage.AWARDED, Stage.REVOKED)


@invariant("I-15")
def awards_and_reports_stand_on_a_decision(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Determined and awarded rest on the second body's approval, what was reported on its second one."""
    approved = (
        select(DecisionItem.nomination_id)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(
            col(Meeting.purpose) == MeetingPurpose.DETERMINATION,
            col(Meeting.stage).in_(IN_FORCE),
            col(DecisionItem.result) == DecisionResult.APPROVED,
            col(DecisionItem.annulled_at).is_(None),
        )
    )
    bare = select(Nomination.id, Nomination.stage).where(
        col(Nomination.stage).in_(_DETERMINED), col(Nomination.id).not_in(approved)
    )
    for nomination_id, stage in ctx.session.exec(bare).all():
        yield nomination_id, f"{stage} without the second body's approval"
    reported = select(MinistryRecommendation).where(col(MinistryRecommendation.document_no) != "")
    for one in ctx.session.exec(reported).all():
        if ministry_rows.decision(ctx.session, one.nomination_id) is None:
            yield one.id, "reported without the second body's second decision"


@invariant("E-33", "V-06")
def every_vote_gives_its_result(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Quorum, sums and result of each confirmed item, recomputed by the rule that was kept with it."""
    statement = (
        select(DecisionItem, Meeting)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(col(Meeting.stage).in_(IN_FORCE))
    )
    for item, meeting in ctx.session.exec(statement).all():
        for reason in meeting_facts.ballot_reasons(meeting, item):
            yield item.id, reason.sentence("en")
        if meeting.recorded_person_id == meeting.confirmed_person_id:
            yield meeting.id, "recorded and confirmed by one person"


@invariant("D-10")
def every_decision_moved_its_case(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A step of a body is taken at the moment its meeting was confirmed, and every award has been conferred."""
    confirmed = set(ctx.session.exec(select(Meeting.confirmed_at)).all())
    actions = (Action.RECORD_FIRST_DECISION, Action.RECORD_SECOND_DECISION)
    steps = select(NominationStep).where(col(NominationStep.action).in_(actions))
    for step in ctx.session.exec(steps).all():
        if step.at not in confirmed:
            yield step.nomination_id, f"{step.action} without a meeting of that moment"
    statement = select(Award, Nomination.stage).join(
        Nomination, col(Award.nomination_id) == col(Nomination.id)
    )
    for award, stage in ctx.session.exec(statement).all():
        if stage not in (Stage.AWARDED, Stage.REVOKED):
            yield award.id, f"given to a case that stands at {stage}"
