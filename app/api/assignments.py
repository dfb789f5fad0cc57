"""Assignments and runs over JSON; opening and locking many cases at once."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    AssignmentId,
    AssignmentRunId,
    BlockerOut,
    CampaignId,
    Moment,
    NominationId,
    Page,
    ReviewerId,
    Shape,
    Tagged,
)
from app.db.tables.evaluation import AssignmentRun
from app.domain.assignment import AssignmentStatus, Origin
from app.domain.ids import shown
from app.domain.nomination_stage import Stage
from app.domain.recusal import Ground
from app.http import Read, Write
from app.services import assignment_runs, assignments, evaluation_steps
from app.services.assignment_runs import RunView
from app.services.assignments import AssignmentRow, AssignmentView, Queue, Wanted
from app.services.evaluation_steps import CaseOutcome
from app.services.inputs.assignments import AssignmentGive, AssignmentRelease, CaseList, RunStart

routes = router("assessments")

Campaign = Annotated[CampaignId, Path(description="The campaign.")]
Assignment = Annotated[AssignmentId, Path(description="The assignment.")]
Run = Annotated[AssignmentRunId, Path(description="The run.")]


class OwnAssignmentOut(Tagged):
    """One case on the caller's list; nothing of other reviewers and nothing of the case's objections."""

    id: AssignmentId
    campaign_id: CampaignId
    nomination_id: NominationId
    code: str = Field(max_length=40, examples=["TJ-2026-4C1D2E3F"])
    window: str = Field(max_length=80, examples=["社会保险服务大厅"])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    region_code: str = Field(max_length=6, examples=["330106"])
    due_on: date
    status: AssignmentStatus = Field(examples=["IN_PROGRESS"])
    filled: int = Field(ge=0, le=1000, description="Items with points.", examples=[12])


class AssignmentOut(OwnAssignmentOut):
    """An assignment as the office sees it: who, why, and whether a conflict has come up since."""

    reviewer_id: ReviewerId
    reviewer: str = Field(max_length=60, examples=["沈括"])
    origin: Origin = Field(examples=["RUN"])
    run_id: str = Field(max_length=36, description="The run that made it; empty by hand.", examples=[""])
    reason: str = Field(max_length=500, examples=["熟悉社会保险经办业务"])
    free_reviewers: int = Field(
        ge=0, le=10000, description="How many could have taken it when a run gave it.", examples=[9]
    )
    load: int = Field(ge=0, le=10000, description="What the reviewer held after that run.", examples=[7])
    grounds: list[Ground] = Field(max_length=10, description="Conflicts, now or when it was taken back.")
    void_kind: str = Field(max_length=20, description="Empty while it counts.", examples=[""])
    void_reason: str = Field(max_length=500, examples=[""])

    @classmethod
    def of(cls, view: AssignmentView) -> "AssignmentOut":
        one = view.row.assignment
        return cls(
            **_head(view.row, view.filled),
            reviewer_id=one.reviewer_id,
            reviewer=view.row.person.name,
            origin=one.origin,
            run_id=shown("run", one.run_id) if one.run_id else "",
            reason=one.reason,
            free_reviewers=one.basis.get("free", 0),
            load=one.basis.get("load", 0),
            grounds=list(view.grounds) or [Ground(name) for name in one.void_grounds],
            void_kind=one.void_kind or "",
            void_reason=one.void_reason,
        )


class QueueOut(Shape):
    """What the caller still has to score, and how far they are."""

    items: list[OwnAssignmentOut] = Field(max_length=200)
    has_more: bool = Field(examples=[False])
    next_cursor: str = Field(description="Empty at the end.", max_length=500, examples=[""])
    total: int = Field(ge=0, le=100000, examples=[12])
    submitted: int = Field(ge=0, le=100000, examples=[5])
    next_id: str = Field(
        max_length=36, description="The most urgent one; empty when all are in.", examples=[""]
    )


class ShortOut(Shape):
    """A case that stays below the number of reviewers it needs; the number is not lowered (E-22)."""

    nomination_id: NominationId
    wanted: int = Field(ge=0, le=50, examples=[3])
    given: int = Field(ge=0, le=50, examples=[1])
    free: int = Field(ge=0, le=1000, description="Free of conflict.", examples=[1])


class RunHeadOut(Tagged):
    """One automatic distribution."""

    id: AssignmentRunId
    campaign_id: CampaignId
    made_at: Moment
    seed: str = Field(max_length=64, examples=["2026-10-12"])
    per_case: int = Field(ge=1, le=50, examples=[3])
    assigned: int = Field(ge=0, le=100000, examples=[36])
    short: list[ShortOut] = Field(max_length=1000)
    input_hash: str = Field(max_length=80, examples=["sha256:9f86d081884c7d65"])

    @classmethod
    def of(cls, run: AssignmentRun) -> "RunHeadOut":
        return cls(**_run(run))


class RunOut(RunHeadOut):
    """A run with what it gave; `reproduced` says that its seed and inputs give exactly this again."""

    reproduced: bool
    assignment_ids: list[AssignmentId] = Field(max_length=10000)

    @classmethod
    def whole(cls, view: RunView) -> "RunOut":
        ids = [one.id for one in view.given]
        return cls(**_run(view.run), reproduced=view.reproduced, assignment_ids=ids)


class CaseOutcomeOut(Shape):
    """What became of one case."""

    nomination_id: NominationId
    stage: Stage = Field(examples=["UNDER_EVALUATION"])
    done: bool
    blockers: list[BlockerOut] = Field(max_length=50)

    @classmethod
    def of(cls, one: CaseOutcome) -> "CaseOutcomeOut":
        blockers = [BlockerOut.of(reason) for reason in one.reasons]
        return cls(
            nomination_id=one.nomination.id, stage=one.nomination.stage, done=not blockers, blockers=blockers
        )


class CaseOutcomesOut(Shape):
    """What became of each case."""

    items: list[CaseOutcomeOut] = Field(max_length=10000)


def _head(row: AssignmentRow, filled: int) -> dict[str, Any]:
    one = row.assignment
    same = ("id", "campaign_id", "nomination_id", "due_on", "status")
    return {name: getattr(one, name) for name in same} | {
        "etag": etag(one.row_version),
        "code": row.nomination.code or "",
        "window": row.window.name,
        "sponsor": row.sponsor.name,
        "region_code": row.window.region_code,
        "filled": filled,
    }


def _run(run: AssignmentRun) -> dict[str, Any]:
    same = ("id", "campaign_id", "seed", "per_case", "assigned", "input_hash")
    short = [
        ShortOut(nomination_id=UUID(one["case"]), wanted=one["wanted"], given=one["given"], free=one["free"])
        for one in run.short
    ]
    return {name: getattr(run, name) for name in same} | {
        "etag": etag(run.row_version),
        "made_at": run.created_at,
        "short": short,
    }


def _queue(paging: Listing, found: Queue) -> QueueOut:
    def item(row: AssignmentRow) -> OwnAssignmentOut:
        return OwnAssignmentOut(**_head(row, found.filled.get(row.assignment.id, 0)))

    page = listing.page(paging, found.rows, item, lambda row: row.assignment.id.hex)
    return QueueOut(
        items=page.items,
        has_more=page.has_more,
        next_cursor=page.next_cursor,
        total=found.total,
        submitted=found.submitted,
        next_id=shown("asg", found.next_id) if found.next_id else "",
    )


@routes.get(
    "/assignments",
    operation_id="listOwnAssignments",
    summary="List one's own assignments",
    openapi_extra=about("列出本人评审任务", "assignment:score"),
)
def list_own(
    ctx: Read,
    paging: Listing,
    campaign_id: Annotated[
        CampaignId | SkipJsonSchema[None], Query(description="Only of this campaign.")
    ] = None,
) -> QueueOut:
    """The caller's cases that are open for scoring, with progress and the next one to do."""
    return _queue(
        paging, assignments.queue(ctx, campaign_id=campaign_id, after=paging.after, limit=paging.limit)
    )


@routes.get(
    "/campaigns/{campaign_id}/assignments",
    operation_id="listAssignments",
    summary="List assignments",
    openapi_extra=about("列出评审任务", "assignment:read"),
)
def list_assignments(
    ctx: Read,
    paging: Listing,
    campaign_id: Campaign,
    nomination_id: Annotated[
        NominationId | SkipJsonSchema[None], Query(description="Only of this case.")
    ] = None,
    reviewer_id: Annotated[
        ReviewerId | SkipJsonSchema[None], Query(description="Only of this reviewer.")
    ] = None,
    status: Annotated[
        AssignmentStatus | SkipJsonSchema[None], Query(description="Only at this status.")
    ] = None,
) -> Page[AssignmentOut]:
    """Who scores what in this campaign, void assignments included."""
    wanted = Wanted(
        nomination_id=nomination_id, reviewer_ids=[reviewer_id] if reviewer_id else None, status=status
    )
    found = assignments.listed(ctx, campaign_id, wanted, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, AssignmentOut.of, lambda view: view.row.assignment.id.hex)


@routes.post(
    "/campaigns/{campaign_id}/assignments",
    operation_id="giveAssignment",
    summary="Give a case to a reviewer",
    status_code=201,
    responses=declared(
        "RECUSAL",
        "RECUSAL_DECLARATION_MISSING",
        "REVIEWER_NOT_APPOINTED",
        "REVIEWER_NOT_ACTIVE",
        "LOAD_LIMIT",
        "ASSIGNMENT_TWICE",
        "SCORING_CLOSED",
    ),
    openapi_extra=about("分配评审任务", "assignment:edit"),
)
def give_assignment(
    ctx: Write, response: Response, campaign_id: Campaign, body: AssignmentGive
) -> AssignmentOut:
    """Give one case to one reviewer by hand, saying why. A reviewer in conflict is refused."""
    row = assignments.give(ctx, campaign_id, body)
    shape = AssignmentOut.of(assignments.shown(ctx, row.id))
    return tagged(response, shape, location=f"/api/v1/assignments/{shown('asg', row.id)}")


@routes.get(
    "/assignments/{assignment_id}",
    operation_id="getAssignment",
    summary="Show an assignment",
    responses=declared("RECUSAL"),
    openapi_extra=about("查看评审任务", "assignment:read"),
)
def get_assignment(ctx: Read, response: Response, assignment_id: Assignment) -> AssignmentOut:
    """One assignment, for its reviewer and for the office."""
    return tagged(response, AssignmentOut.of(assignments.shown(ctx, assignment_id)))


@routes.post(
    "/assignments/{assignment_id}/releases",
    operation_id="releaseAssignment",
    summary="Take an assignment back",
    status_code=201,
    responses=declared("SCORES_LOCKED"),
    openapi_extra=about("收回评审任务", "assignment:edit"),
)
def release_assignment(
    ctx: Write, response: Response, assignment_id: Assignment, body: AssignmentRelease, version: IfMatch
) -> AssignmentOut:
    """The office takes a case back that was not submitted; the assignment stays on record with the reason."""
    assignments.release(ctx, assignment_id, body, version)
    return tagged(response, AssignmentOut.of(assignments.shown(ctx, assignment_id)))


@routes.post(
    "/assignments/{assignment_id}/recusals",
    operation_id="standAside",
    summary="Stand aside from a case",
    status_code=204,
    responses=declared("RECUSAL", "SCORING_CLOSED"),
    openapi_extra=about("主动回避", "assignment:score"),
)
def stand_aside(ctx: Write, assignment_id: Assignment, body: AssignmentRelease, version: IfMatch) -> None:
    """The reviewer gives the case back as not theirs to judge. They do not see it again."""
    assignments.stand_aside(ctx, assignment_id, body, version)


@routes.get(
    "/campaigns/{campaign_id}/assignment-runs",
    operation_id="listAssignmentRuns",
    summary="List assignment runs",
    openapi_extra=about("列出自动分配记录", "assignment:read"),
)
def list_runs(ctx: Read, paging: Listing, campaign_id: Campaign) -> Page[RunHeadOut]:
    """The automatic distributions of a campaign, newest first."""
    found = assignment_runs.listed(ctx, campaign_id, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, RunHeadOut.of, lambda run: run.id.hex)


@routes.post(
    "/campaigns/{campaign_id}/assignment-runs",
    operation_id="startAssignmentRun",
    summary="Distribute cases among reviewers",
    status_code=201,
    responses=declared("REVIEWERS_BELOW_MINIMUM"),
    openapi_extra=about("自动分配评审任务", "assignment:edit"),
)
def start_run(ctx: Write, response: Response, campaign_id: Campaign, body: RunStart) -> RunOut:
    """Give every case the reviewers it still lacks: balanced, within limits, never across a conflict.

    What stays short is named. Seed and inputs are kept; the same two give the same result again.
    """
    run = assignment_runs.start(ctx, campaign_id, body)
    shape = RunOut.whole(assignment_runs.shown(ctx, run.id))
    return tagged(response, shape, location=f"/api/v1/assignment-runs/{shown('run', run.id)}")


@routes.get(
    "/assignment-runs/{run_id}",
    operation_id="getAssignmentRun",
    summary="Show an assignment run",
    openapi_extra=about("查看自动分配记录", "assignment:read"),
)
def get_run(ctx: Read, response: Response, run_id: Run) -> RunOut:
    """One run, recomputed from its seed and inputs."""
    return tagged(response, RunOut.whole(assignment_runs.shown(ctx, run_id)))


@routes.post(
    "/campaigns/{campaign_id}/evaluation-openings",
    operation_id="openEvaluations",
    summary="Open the evaluation of cases",
    openapi_extra=about("启动评审", "nomination:open_evaluation"),
)
def open_evaluations(ctx: Write, campaign_id: Campaign, body: CaseList) -> CaseOutcomesOut:
    """Let accepted cases be scored. A case with too few reviewers free of conflict waits and says so (E-22)."""
    found = evaluation_steps.open_evaluation(ctx, campaign_id, body)
    return CaseOutcomesOut(items=[CaseOutcomeOut.of(one) for one in found])


@routes.post(
    "/campaigns/{campaign_id}/score-locks",
    operation_id="lockScores",
    summary="Lock the scores of cases",
    openapi_extra=about("锁定评分", "nomination:lock_scores"),
)
def lock_scores(ctx: Write, campaign_id: Campaign, body: CaseList) -> CaseOutcomesOut:
    """Lock the sheets of cases that have them all; from then on a sheet changes by a correction only (I-11)."""
    found = evaluation_steps.lock_scores(ctx, campaign_id, body)
    return CaseOutcomesOut(items=[CaseOutcomeOut.of(one) for one in found])
