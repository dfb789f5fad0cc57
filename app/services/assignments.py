"""Assignments: given by hand, worked through by their reviewer, released, taken back for a conflict (I-12, E-21, E-22)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.db import assignments as rows
from app.db import flow
from app.db import reviewers as reviewer_rows
from app.db import score_sheets as sheet_rows
from app.db.assignments import AssignmentRow, Wanted
from app.db.reviewers import ReviewerRow
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import ReviewAssignment, Reviewer, ReviewerStatus, ScoreSheet
from app.db.tables.nominations import Nomination
from app.domain.assignment import AssignmentStatus, Origin, VoidKind
from app.domain.errors import Refusal
from app.domain.nomination_stage import Stage
from app.domain.recusal import Ground
from app.domain.score_sheet import SheetStage
from app.domain.words import both
from app.services import audit, campaigns, evaluation, evaluation_facts, own_seats, recusals
from app.services.context import Ctx, check_version
from app.services.inputs.assignments import AssignmentGive, AssignmentRelease
from app.services.own_seats import OwnSeat

__all__ = ["AssignmentRow", "AssignmentView", "Queue", "Wanted"]

ASSIGNABLE = (Stage.ACCEPTED, Stage.UNDER_EVALUATION)
_AFFECTED = (
    *ASSIGNABLE,
    Stage.EVALUATED,
)  # a body that decided has used the scores: it looks again by a decision
_UNSUBMITTED = (AssignmentStatus.ASSIGNED, AssignmentStatus.IN_PROGRESS)


@dataclass(frozen=True)
class Queue:
    """What a reviewer has to do: the rows of one page, how many there are, how many are done, which comes next."""

    seats: Sequence[OwnSeat]
    rows: Sequence[AssignmentRow]
    filled: dict[UUID, int]
    total: int
    submitted: int
    next_id: UUID | None
    outdated: frozenset[
        UUID
    ]  # submitted on material that was replaced since: the reviewer has to look again (E-19)


@dataclass(frozen=True)
class AssignmentView:
    """An assignment as the office sees it; `grounds` tells of a conflict that has come up since."""

    row: AssignmentRow
    filled: int
    grounds: tuple[Ground, ...]


def queue(ctx: Ctx, *, campaign_id: UUID | None = None, after: str = "", limit: int = 50) -> Queue:
    """The caller's own cases that are being evaluated, those in conflict left out. Needs `assignment:score`."""
    ctx.actor.require_anywhere("assignment:score", campaign_id)
    seats = own_seats.mine(ctx)
    ids = [one.reviewer.id for one in seats]
    mine = Wanted(campaign_id=campaign_id, reviewer_ids=ids, stage=Stage.UNDER_EVALUATION, live=True)
    every = rows.listed(ctx.session, mine) if seats else []
    hidden = own_seats.conflicts(ctx, seats, every)
    seen = [row for row in every if row.assignment.id not in hidden]
    page = [row for row in seen if not after or row.assignment.id > UUID(after)][: limit + 1]
    waiting = sorted(
        (row.assignment for row in seen if row.assignment.status in _UNSUBMITTED),
        key=lambda one: (one.due_on, one.id),
    )
    sheets = sheet_rows.counted(ctx.session, [row.assignment.id for row in seen]) if seen else {}
    return Queue(
        seats,
        page,
        {one: count for one, (_, count) in sheets.items()},
        len(seen),
        len(seen) - len(waiting),
        waiting[0].id if waiting else None,
        _outdated(ctx, seen, {one: sheet for one, (sheet, _) in sheets.items()}),
    )


def listed(
    ctx: Ctx, campaign_id: UUID, wanted: Wanted, *, after: str = "", limit: int = 50
) -> list[AssignmentView]:
    """The campaign's assignments, void ones included. Needs `assignment:read` at the host."""
    evaluation.readable(ctx, campaign_id, "assignment:read")
    narrowed = replace(wanted, campaign_id=campaign_id, without=recusals.hidden_everywhere(ctx))
    return _views(ctx, rows.listed(ctx.session, narrowed, UUID(after) if after else None, limit))


def shown(ctx: Ctx, assignment_id: UUID) -> AssignmentView:
    """One assignment, for its reviewer or for who assigns. Refuses `NOT_FOUND`, `RECUSAL` to a reviewer in conflict."""
    row = rows.one(ctx.session, assignment_id)
    if row is None:
        raise Refusal("NOT_FOUND")
    if row.reviewer.id in _own_seats(ctx):
        row = own(ctx, row)
    else:
        evaluation.readable_case(ctx, row.nomination.id, "assignment:read")
    return _views(ctx, [row])[0]


def own(ctx: Ctx, row: AssignmentRow | None) -> AssignmentRow:
    """The caller's own live assignment, checked for conflict again at this moment (E-21).

    Refuses `NOT_FOUND` for another's or a released one, `RECUSAL` for one the caller has to stand aside from.
    """
    if row is None or row.reviewer.id not in _own_seats(ctx):
        raise Refusal("NOT_FOUND")
    assignment = row.assignment
    if assignment.void_kind is VoidKind.RELEASED:
        raise Refusal("NOT_FOUND")
    if assignment.status is AssignmentStatus.VOID or _in_conflict(ctx, [row]):
        raise Refusal("RECUSAL")
    return row


def live(ctx: Ctx, nomination: Nomination) -> list[AssignmentRow]:
    """The assignments of a case that count."""
    return rows.listed(ctx.session, Wanted(nomination_id=nomination.id, live=True))


def give(ctx: Ctx, campaign_id: UUID, body: AssignmentGive) -> ReviewAssignment:
    """Give a case to a reviewer by hand. Needs `assignment:edit` at the host.

    Refuses `RECUSAL`, `RECUSAL_DECLARATION_MISSING`, `REVIEWER_NOT_ACTIVE`, `REVIEWER_NOT_APPOINTED`, `LOAD_LIMIT`,
    `ASSIGNMENT_TWICE`, `SCORING_CLOSED`.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "assignment:edit")
    row = reviewer_rows.locked(ctx.session, body.reviewer_id)
    nomination = ctx.session.get(Nomination, body.nomination_id)
    if (
        row is None
        or nomination is None
        or {row.reviewer.campaign_id, nomination.campaign_id} != {campaign.id}
    ):
        raise Refusal("NOT_FOUND")
    if recusals.hides(ctx, nomination):
        raise Refusal("NOT_FOUND")
    is_assignable(nomination)
    _is_able(ctx, row, campaign)
    if recusals.between(ctx, nomination, row):
        raise Refusal("RECUSAL", "/reviewer_id")
    if rows.live_pair(ctx.session, nomination.id, row.reviewer.id):
        raise Refusal("ASSIGNMENT_TWICE", "/reviewer_id")
    assignment = ReviewAssignment(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        nomination_id=nomination.id,
        reviewer_id=row.reviewer.id,
        origin=Origin.HAND,
        reason=body.reason,
        due_on=body.due_on,
    )
    put(ctx, campaign, [assignment])
    evaluation.noted(ctx, "assignment.given", assignment, campaign.id, origin=Origin.HAND.value)
    return assignment


def put(ctx: Ctx, campaign: Campaign, made: Sequence[ReviewAssignment]) -> None:
    """Store new assignments, each with an empty sheet under the rules in force (I-16)."""
    ctx.session.add_all(made)
    ctx.session.flush()
    ctx.session.add_all(
        ScoreSheet(
            **audit.stamp(ctx),
            assignment_id=one.id,
            nomination_id=one.nomination_id,
            reviewer_id=one.reviewer_id,
            rules_version=campaign.rules_version,
        )
        for one in made
    )
    ctx.session.flush()


def release(ctx: Ctx, assignment_id: UUID, body: AssignmentRelease, version: int | None) -> ReviewAssignment:
    """Take a case back from a reviewer who has not submitted. Needs `assignment:edit` at the host; refuses `SCORES_LOCKED`."""
    row = _locked(ctx, assignment_id)
    campaigns.for_host(ctx, row.assignment.campaign_id, "assignment:edit")
    check_version(row.assignment.row_version, version)
    if row.assignment.status not in _UNSUBMITTED:
        raise Refusal("SCORES_LOCKED")
    return _void(ctx, row.assignment, VoidKind.RELEASED, body.reason)


def stand_aside(
    ctx: Ctx, assignment_id: UUID, body: AssignmentRelease, version: int | None
) -> ReviewAssignment:
    """A reviewer gives a case back as not theirs to judge; they never see it again, and what they scored does not count.

    Refuses `NOT_FOUND` to everybody else, `SCORING_CLOSED` once the scores are locked.
    """
    row = own(ctx, _locked(ctx, assignment_id))
    check_version(row.assignment.row_version, version)
    is_assignable(row.nomination)
    return _void(ctx, row.assignment, VoidKind.OWN_RECUSAL, body.reason)


def set_aside(ctx: Ctx, row: ReviewerRow) -> int:
    """Take back every case this reviewer now stands in conflict with, submitted sheets too (E-21, C15)."""
    held = rows.listed(ctx.session, Wanted(reviewer_ids=[row.reviewer.id], live=True))
    return _take_back(ctx, held)


def sweep(ctx: Ctx, campaign: Campaign) -> int:
    """The same for all reviewers of a campaign, before something is built on their sheets."""
    found = recusals.swept(ctx, campaign, _AFFECTED)
    for assignment_id, why in found.items():
        _void(ctx, ctx.session.get_one(ReviewAssignment, assignment_id), VoidKind.CONFLICT, "须回避", why)
    return len(found)


def hand_back(ctx: Ctx, reviewer: Reviewer) -> None:
    """A released reviewer keeps what is submitted and gives back the rest."""
    for row in rows.listed(ctx.session, Wanted(reviewer_ids=[reviewer.id], live=True)):
        if row.assignment.status in _UNSUBMITTED:
            _void(ctx, row.assignment, VoidKind.RELEASED, "评审员退出本次评审")


def is_assignable(nomination: Nomination) -> None:
    """Refuses `SCORING_CLOSED` unless the case is accepted or being evaluated."""
    if nomination.stage not in ASSIGNABLE:
        raise Refusal("SCORING_CLOSED", **both("stage", "nomination_stage", nomination.stage))


def _take_back(ctx: Ctx, held: Iterable[AssignmentRow]) -> int:
    open_ones = [row for row in held if row.nomination.stage in _AFFECTED]
    found = _in_conflict(ctx, open_ones)
    for row in open_ones:
        why = found.get(row.assignment.id, ())
        if why:
            _void(ctx, row.assignment, VoidKind.CONFLICT, "须回避", why)
    return len(found)


def _void(
    ctx: Ctx, assignment: ReviewAssignment, kind: VoidKind, reason: str, why: Sequence[Ground] = ()
) -> ReviewAssignment:
    before = assignment.model_dump(mode="json")
    assignment.status, assignment.live_key = AssignmentStatus.VOID, assignment.id.hex
    assignment.void_kind, assignment.void_reason, assignment.voided_at = kind, reason, ctx.now
    assignment.void_grounds = [ground.value for ground in why]
    audit.touch(ctx, assignment)
    sheet = sheet_rows.current(ctx.session, [assignment.id]).get(assignment.id)
    if sheet is not None:
        sheet.stage, sheet.superseded_at, sheet.superseded_reason = SheetStage.SUPERSEDED, ctx.now, reason
        audit.touch(ctx, sheet)
    summary = {"kind": kind.value, "grounds": assignment.void_grounds}
    evaluation.noted(ctx, "assignment.voided", assignment, assignment.campaign_id, before, **summary)
    return assignment


def _is_able(ctx: Ctx, row: ReviewerRow, campaign: Campaign) -> None:
    reviewer = row.reviewer
    if reviewer.status is not ReviewerStatus.ACTIVE:
        raise Refusal("REVIEWER_NOT_ACTIVE", "/reviewer_id")
    if not reviewer_rows.appointed_now(ctx.session, [reviewer.id]):
        raise Refusal("REVIEWER_NOT_APPOINTED", "/reviewer_id")
    if not reviewer_rows.declarations(ctx.session, [reviewer.id]):
        raise Refusal("RECUSAL_DECLARATION_MISSING", "/reviewer_id")
    if reviewer_rows.loads(ctx.session, campaign.id).get(reviewer.id, 0) >= reviewer.case_limit:
        raise Refusal("LOAD_LIMIT", "/reviewer_id", limit=reviewer.case_limit)


def _locked(ctx: Ctx, assignment_id: UUID) -> AssignmentRow:
    row = rows.locked(ctx.session, assignment_id)
    if row is None or row.assignment.status is AssignmentStatus.VOID:
        raise Refusal("NOT_FOUND")
    return row


def _own_seats(ctx: Ctx) -> list[UUID]:
    """The caller's seats as a reviewer, in all campaigns."""
    if ctx.actor.person_id is None:
        return []
    people = flow.same_person(ctx.session, ctx.actor.person_id)
    return [one.id for one, _ in reviewer_rows.of_people(ctx.session, people)]


def _in_conflict(ctx: Ctx, found: Collection[AssignmentRow]) -> dict[UUID, tuple[Ground, ...]]:
    """Those of these assignments whose reviewer has to stand aside now, with the grounds."""
    conflicting: dict[UUID, tuple[Ground, ...]] = {}
    for campaign_id in {row.assignment.campaign_id for row in found}:
        there = [row for row in found if row.assignment.campaign_id == campaign_id]
        campaign = campaigns.campaign_of(ctx, campaign_id)
        wanted = {row.reviewer.id for row in there}
        bench = [seat for seat in recusals.bench(ctx, campaign_id) if seat.id in wanted]
        pairs = recusals.conflicts(ctx, campaign, _cases(there), bench)
        for row in there:
            why = pairs.get((row.nomination.id, row.reviewer.id))
            if why:
                conflicting[row.assignment.id] = why
    return conflicting


def _outdated(ctx: Ctx, found: Sequence[AssignmentRow], sheets: Mapping[UUID, ScoreSheet]) -> frozenset[UUID]:
    stale = evaluation_facts.outdated(ctx, _cases(found), list(sheets.values()))
    return frozenset(one for one, sheet in sheets.items() if sheet.id in stale)


def _cases(found: Iterable[AssignmentRow]) -> list[Nomination]:
    return list({row.nomination.id: row.nomination for row in found}.values())


def _views(ctx: Ctx, found: Sequence[AssignmentRow]) -> list[AssignmentView]:
    filled = rows.filled(ctx.session, [row.assignment.id for row in found])
    standing = [row for row in found if row.assignment.status is not AssignmentStatus.VOID]
    conflicting = _in_conflict(ctx, standing)
    return [
        AssignmentView(row, filled.get(row.assignment.id, 0), conflicting.get(row.assignment.id, ()))
        for row in found
    ]
