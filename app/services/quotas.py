"""The allocation of places: drafted, imported, confirmed by a second person, amended by a decision (R-011 to R-015)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import campaigns as campaign_rows
from app.db import quota as rows
from app.db.tables.campaigns import Campaign, PlanStatus, QuotaBucket, QuotaPlan
from app.db.tables.places import Organization
from app.domain.campaign import CampaignStage
from app.domain.errors import Refusal, refuse
from app.domain.ids import new_id
from app.domain.quota import Plan, draft_reasons
from app.domain.quota_plan import PlanAction, confirm_reasons
from app.domain.steps import ActionState
from app.domain.words import both
from app.services import audit, campaigns, placed_objects, quota_files, quota_seats
from app.services.context import Ctx, check_version
from app.services.inputs.faults import checked
from app.services.inputs.quotas import BucketIn, PlanAct, PlanDraft, PlanFile, PlanSample
from app.services.quota_facts import OPEN, allocation, bucket_names, facts_of, plan_of

_ENDED = (CampaignStage.AWARDED, CampaignStage.ARCHIVED)


@dataclass(frozen=True)
class PlanView:
    """One version of the allocation and what may be done with it."""

    plan: QuotaPlan
    buckets: list[QuotaBucket]
    actions: list[ActionState[PlanAction]]


def listed(ctx: Ctx, campaign_id: UUID) -> list[QuotaPlan]:
    """Every version, newest first; drafts are for those who read at the host. Needs `quota:read`."""
    campaign = campaigns.readable(ctx, campaign_id, "quota:read")
    found = rows.plans(ctx.session, campaign_id)
    return found if _reads_drafts(ctx, campaign) else [one for one in found if one.status not in OPEN]


def shown(ctx: Ctx, plan_id: UUID) -> PlanView:
    """One version with its buckets. Needs `quota:read`; a draft is not there for those who do not read at the host."""
    plan = ctx.session.get(QuotaPlan, plan_id)
    if plan is None:
        raise Refusal("NOT_FOUND")
    campaign = campaigns.readable(ctx, plan.campaign_id, "quota:read")
    if plan.status in OPEN and not _reads_drafts(ctx, campaign):
        raise Refusal("NOT_FOUND")
    return view(ctx, plan)


def view(ctx: Ctx, plan: QuotaPlan) -> PlanView:
    """The view of a plan the caller already may see."""
    buckets = rows.buckets(ctx.session, plan.id)
    campaign = campaigns.campaign_of(ctx, plan.campaign_id)
    may = ctx.actor.may_as("quota:confirm", campaign.host_organization_id, campaign.id)
    reasons = tuple(confirm_reasons(facts_of(ctx, campaign, plan, plan_of(plan, buckets))))
    state = ActionState(PlanAction.CONFIRM, may and not reasons, reasons)
    return PlanView(plan, buckets, [state] if plan.status in OPEN else [])


def draft(ctx: Ctx, campaign_id: UUID, body: PlanDraft) -> QuotaPlan:
    """Write down a new version. Needs `quota:edit` at the host; refuses `QUOTA_BUCKET_INVALID`."""
    return _new(ctx, _campaign(ctx, campaign_id), body)


def imported(ctx: Ctx, campaign_id: UUID, data: bytes, body: PlanFile) -> QuotaPlan:
    """Read a new version from the annex as XLSX or CSV; the file is kept beside it (R-012).

    Fixed places and totals that the file does not say are those of the rules. Needs `quota:edit` at the host;
    refuses `FILE_UNREADABLE`, `FILE_TOO_LARGE`, `VALIDATION_FAILED`, `QUOTA_BUCKET_INVALID`.
    """
    campaign = _campaign(ctx, campaign_id)
    quota = campaigns.rules_of(ctx, campaign).quota
    buckets = quota_files.rows(data)
    for bucket in buckets:
        bucket.setdefault("ministry_fixed", quota.ministry_fixed.get(str(bucket.get("code")), 0))
    totals = {name: getattr(quota, name) for name in ("provincial_total", "ministry_total", "ministry_pool")}
    said = {name: value for name, value in body if value is not None}
    return _new(
        ctx,
        campaign,
        checked(PlanDraft, totals | said | {"buckets": buckets}),
        status=PlanStatus.IMPORTED,
        source_file=_kept(ctx, data),
    )


def sample(ctx: Ctx, campaign_id: UUID, body: PlanSample) -> QuotaPlan:
    """The pack's invented numbers as a version that stays marked; no real campaign opens on it (D2)."""
    campaign = _campaign(ctx, campaign_id)
    quota = campaigns.rules_of(ctx, campaign).quota
    plan = quota.sample_plan()
    names = bucket_names(ctx, campaign)
    draft = PlanDraft(
        **{name: getattr(plan, name) for name in ("provincial_total", "ministry_total", "ministry_pool")},
        buckets=[BucketIn(**vars(one), name=names.get(one.code, one.code)) for one in plan.buckets],
        source_note=quota.sample_allocation.note_zh,
        decision_ref=body.decision_ref,
    )
    return _new(ctx, campaign, draft, status=PlanStatus.IMPORTED, is_sample=True)


def edit(ctx: Ctx, plan_id: UUID, body: PlanDraft, version: int | None) -> QuotaPlan:
    """Replace a draft's numbers; who edits has prepared it, and a sample stays one.

    Needs `quota:edit` at the host; refuses `PLAN_NOT_EDITABLE`, `QUOTA_BUCKET_INVALID`, `VERSION_CONFLICT`.
    """
    plan = _loaded(ctx, plan_id, "quota:edit")
    check_version(plan.row_version, version)
    if plan.status not in OPEN:
        raise Refusal("PLAN_NOT_EDITABLE")
    before = plan.model_dump(mode="json")
    for bucket in rows.buckets(ctx.session, plan.id):
        ctx.session.delete(bucket)
    ctx.session.flush()
    _write(ctx, plan, body)
    audit.touch(ctx, plan)
    _note(ctx, "quota_plan.edited", plan, before)
    return plan


def act(ctx: Ctx, plan_id: UUID, body: PlanAct, version: int | None) -> QuotaPlan:
    """Confirm a version: its seats come into being, the one before is kept as amended (E-44, I-13).

    Needs `quota:confirm` at the host; refuses `SAME_PERSON`, `QUOTA_SUM_MISMATCH`, `QUOTA_BELOW_USED`,
    `DECISION_MISSING` for a change of a confirmed plan, `PLAN_SUPERSEDED`, `PLAN_NOT_EDITABLE`.
    """
    plan = _loaded(ctx, plan_id, "quota:confirm")
    check_version(plan.row_version, version)
    campaign = campaigns.campaign_of(ctx, plan.campaign_id)
    allocation = plan_of(plan, rows.buckets(ctx.session, plan.id))
    refuse(confirm_reasons(facts_of(ctx, campaign, plan, allocation)))
    former = rows.confirmed(ctx.session, campaign.id)
    before = plan.model_dump(mode="json")
    quota_seats.materialise(ctx, campaign.id, allocation)
    if former:
        former.status = PlanStatus.AMENDED
        audit.touch(ctx, former)
        ctx.session.flush()  # one plan is in force at every moment
    plan.status = PlanStatus(f"{body.action}ED")
    plan.confirmed_by, plan.confirmed_at = ctx.person, ctx.now
    audit.touch(ctx, plan)
    _note(ctx, "quota_plan.confirmed", plan, before)
    if former:
        _tell_the_affected(ctx, plan, former, allocation)
    return plan


def _campaign(ctx: Ctx, campaign_id: UUID, permission: str = "quota:edit") -> Campaign:
    campaign = campaigns.for_host(ctx, campaign_id, permission)
    if campaign.stage in _ENDED:
        raise Refusal("CAMPAIGN_NOT_EDITABLE", **both("stage", "campaign_stage", campaign.stage))
    return campaign


def _loaded(ctx: Ctx, plan_id: UUID, permission: str) -> QuotaPlan:
    """The plan for changing it; its campaign is locked, so that two never become the confirmed one."""
    found = shown(ctx, plan_id).plan
    _campaign(ctx, found.campaign_id, permission)
    ctx.session.refresh(found)
    return found


def _reads_drafts(ctx: Ctx, campaign: Campaign) -> bool:
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    return ctx.actor.may("quota:read", host.path, campaign.id)


def _new(ctx: Ctx, campaign: Campaign, body: PlanDraft, **said: Any) -> QuotaPlan:  # noqa: ANN401  (columns)
    plan = QuotaPlan(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        version=rows.last_version(ctx.session, campaign.id) + 1,
        provincial_total=0,
        ministry_total=0,
        ministry_pool=0,
        **said,
    )
    ctx.session.add(plan)
    ctx.session.flush()
    _write(ctx, plan, body)
    _note(ctx, "quota_plan.imported" if said else "quota_plan.drafted", plan)
    return plan


def _write(ctx: Ctx, plan: QuotaPlan, body: PlanDraft) -> None:
    asked = allocation(body)
    refuse(draft_reasons(asked))
    for name in ("provincial_total", "ministry_total", "ministry_pool", "source_note", "decision_ref"):
        setattr(plan, name, getattr(body, name))
    plan.prepared_by = ctx.person
    names = {one.code: one.name for one in body.buckets}
    ctx.session.add_all(
        QuotaBucket(**audit.stamp(ctx), plan_id=plan.id, name=names[one.code], **vars(one))
        for one in asked.buckets
    )


def _kept(ctx: Ctx, data: bytes) -> str:
    received = ctx.store.put_stream(new_id().hex, [data], quota_files.MOST_BYTES)
    return placed_objects.place(ctx, received).key


def _tell_the_affected(ctx: Ctx, plan: QuotaPlan, former: QuotaPlan, allocation: Plan) -> None:
    """One event for each participant whose bucket has changed, so that its city hears of it (E-44)."""
    before = plan_of(former, rows.buckets(ctx.session, former.id))
    for row, unit in campaign_rows.participants(ctx.session, plan.campaign_id):
        old, new = before.bucket(row.bucket_code), allocation.bucket(row.bucket_code)
        if old != new:
            summary = {
                "bucket": row.bucket_code,
                "places": [one.provincial_places if one else 0 for one in (old, new)],
                "version": plan.version,
            }
            audit.note(
                ctx,
                "quota_bucket.changed",
                plan,
                campaign_id=plan.campaign_id,
                path=unit.path,
                summary=summary,
            )


def _note(ctx: Ctx, act: str, plan: QuotaPlan, before: dict[str, Any] | None = None) -> None:
    campaign = campaigns.campaign_of(ctx, plan.campaign_id)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    summary = {
        "version": plan.version,
        "status": plan.status.value,
        "sample": plan.is_sample,
        "decision_ref": plan.decision_ref,
    }
    audit.note(ctx, act, plan, before=before, campaign_id=campaign.id, path=host.path, summary=summary)
