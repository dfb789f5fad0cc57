"""The automatic distribution: balanced, within hard limits, with seed and inputs kept so that it can be repeated (E-22)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import assignments as rows
from app.db import reviewers as reviewer_rows
from app.db.assignments import Wanted
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import AssignmentRun, ReviewAssignment
from app.domain.assignment import Capacity, Demand, Distribution, Given, Origin, Short, distribute
from app.domain.errors import Refusal
from app.services import assignments, audit, campaigns, evaluation, recusals
from app.services.context import Ctx
from app.services.inputs.assignments import RunStart


@dataclass(frozen=True)
class Preview:
    """What a run would give now, and what would stay short; nothing is written."""

    seed: str
    per_case: int
    given: tuple[Given, ...]
    short: tuple[Short, ...]


@dataclass(frozen=True)
class RunView:
    """A run with what it gave, and whether its frozen inputs and seed give the same again."""

    run: AssignmentRun
    given: list[ReviewAssignment]
    reproduced: bool


def listed(ctx: Ctx, campaign_id: UUID, *, after: str = "", limit: int = 50) -> list[AssignmentRun]:
    """The runs of a campaign, newest first. Needs `assignment:read` at the host."""
    evaluation.readable(ctx, campaign_id, "assignment:read")
    return rows.runs(ctx.session, campaign_id, UUID(after) if after else None, limit)


def shown(ctx: Ctx, run_id: UUID) -> RunView:
    """One run, recomputed from its inputs. Needs `assignment:read` at the host."""
    run = ctx.session.get(AssignmentRun, run_id)
    if run is None:
        raise Refusal("NOT_FOUND")
    evaluation.readable(ctx, run.campaign_id, "assignment:read")
    given = rows.of_run(ctx.session, run.id)
    again = {(one.case, one.reviewer) for one in distributed(run.inputs, run.seed).given}
    made = {(one.nomination_id.hex, one.reviewer_id.hex) for one in given}
    return RunView(run, given, made == again and audit.digest(run.inputs) == run.input_hash)


def start(ctx: Ctx, campaign_id: UUID, body: RunStart) -> AssignmentRun:
    """Give every case that is to be scored the reviewers it still lacks, and say which stay short.

    Conflicts that have come up since are taken back first. Needs `assignment:edit` at the host; refuses
    `REVIEWERS_BELOW_MINIMUM` when fewer a case are asked for than the rules want (E-22).
    """
    campaign = campaigns.for_host(ctx, campaign_id, "assignment:edit")
    per_case = _per_case(ctx, campaign, body)
    reviewer_rows.lock_all(ctx.session, campaign.id)
    assignments.sweep(ctx, campaign)
    ctx.session.flush()
    inputs = _inputs(ctx, campaign, per_case, body.nomination_ids)
    seed = body.seed or secrets.token_hex(8)
    done = distributed(inputs, seed)
    run = AssignmentRun(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        seed=seed,
        per_case=per_case,
        inputs=inputs,
        input_hash=audit.digest(inputs),
        assigned=len(done.given),
        short=[vars(one) for one in done.short],
    )
    ctx.session.add(run)
    ctx.session.flush()
    assignments.put(ctx, campaign, [_made(ctx, run, body, one) for one in done.given])
    summary: dict[str, Any] = {
        "assigned": run.assigned,
        "short": len(run.short),
        "input_hash": run.input_hash,
    }
    evaluation.noted(ctx, "assignment_run.made", run, campaign.id, **summary)
    return run


def preview(ctx: Ctx, campaign_id: UUID, body: RunStart) -> Preview:
    """The same distribution without giving anything; the seed named here gives it again while nothing has changed.

    Needs `assignment:edit` at the host; refuses `REVIEWERS_BELOW_MINIMUM`.
    """
    campaign = evaluation.readable(ctx, campaign_id, "assignment:edit")
    per_case = _per_case(ctx, campaign, body)
    seed = body.seed or secrets.token_hex(8)
    done = distributed(_inputs(ctx, campaign, per_case, body.nomination_ids), seed)
    return Preview(seed, per_case, done.given, done.short)


def distributed(inputs: Mapping[str, Any], seed: str) -> Distribution:
    """The distribution that follows from frozen inputs and a seed; nothing else decides."""
    demands = [Demand(one["case"], one["wanted"], tuple(one["free"])) for one in inputs["demands"]]
    capacities = [Capacity(one["reviewer"], one["held"], one["limit"]) for one in inputs["capacities"]]
    return distribute(demands, capacities, seed)


def _per_case(ctx: Ctx, campaign: Campaign, body: RunStart) -> int:
    minimum = campaigns.rules_of(ctx, campaign).reviewers.min_reviewers
    per_case = body.per_case or minimum
    if per_case < minimum:
        raise Refusal("REVIEWERS_BELOW_MINIMUM", "/per_case", minimum=minimum)
    return per_case


def _inputs(ctx: Ctx, campaign: Campaign, per_case: int, only: list[UUID] | None) -> dict[str, Any]:
    found = rows.cases(ctx.session, campaign.id, assignments.ASSIGNABLE, only)
    hidden = recusals.hidden(ctx, found)  # an office member in conflict leaves the case to a colleague
    cases = [case for case in found if case.id not in hidden]
    bench = [seat for seat in recusals.bench(ctx, campaign.id) if seat.able]
    conflicts = recusals.conflicts(ctx, campaign, cases, bench)
    holding: dict[UUID, set[UUID]] = {case.id: set() for case in cases}
    for row in rows.listed(ctx.session, Wanted(campaign.id, live=True)):
        holding.get(row.nomination.id, set()).add(row.reviewer.id)
    loads = reviewer_rows.loads(ctx.session, campaign.id)
    return {
        "demands": [
            {
                "case": case.id.hex,
                "wanted": max(0, per_case - len(holding[case.id])),
                "free": sorted(
                    seat.id.hex
                    for seat in bench
                    if (case.id, seat.id) not in conflicts and seat.id not in holding[case.id]
                ),
            }
            for case in cases
        ],
        "capacities": [
            {
                "reviewer": seat.id.hex,
                "held": loads.get(seat.id, 0),
                "limit": seat.row.reviewer.case_limit,
            }
            for seat in bench
        ],
    }


def _made(ctx: Ctx, run: AssignmentRun, body: RunStart, given: Given) -> ReviewAssignment:
    return ReviewAssignment(
        **audit.stamp(ctx),
        campaign_id=run.campaign_id,
        nomination_id=UUID(given.case),
        reviewer_id=UUID(given.reviewer),
        origin=Origin.RUN,
        run_id=run.id,
        basis={"free": given.free, "load": given.load},
        due_on=body.due_on,
    )
