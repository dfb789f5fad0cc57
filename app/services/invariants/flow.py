"""The way of a case: who acted, in which order, past which notice, against which hold (I-09, I-10, I-13, I-14, I-18)."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from app.db.tables.campaigns import Campaign, CampaignRules, PlanStatus, QuotaPlan
from app.db.tables.nominations import LevelReview, Nomination, NominationStep
from app.db.tables.supervision import NoticeItem, Objection, PublicNotice, VetoFinding
from app.db.tables.system import AuditEvent, Event
from app.domain.campaign import RUNNING
from app.domain.levels import Level
from app.domain.nomination import Action, Stage, find
from app.domain.nomination_stage import AFTER_FILING
from app.domain.notice import NoticeMatter, NoticeStage
from app.domain.veto import FindingStage
from app.services import campaigns, facts
from app.services.context import Ctx
from app.services.invariants.checks import invariant

FORWARD = frozenset(
    {
        Action.SUBMIT,
        Action.ENDORSE,
        Action.CLEAR,
        Action.RESUBMIT,
        Action.PUBLISH_NOTICE,
        Action.RECOMMEND,
        Action.FILE,
        Action.ACCEPT,
        Action.OPEN_EVALUATION,
        Action.LOCK_SCORES,
        Action.RECORD_FIRST_DECISION,
        Action.PUBLISH_HOST_NOTICE,
        Action.RECORD_SECOND_DECISION,
        Action.CONFER,
    }
)
_Hold = tuple[str, datetime, datetime | None]


def _steps(ctx: Ctx, *actions: Action) -> list[NominationStep]:
    """The steps that still count, oldest first; all of them unless actions are named."""
    statement = select(NominationStep).where(col(NominationStep.undone_at).is_(None))
    if actions:
        statement = statement.where(col(NominationStep.action).in_(actions))
    return list(ctx.session.exec(statement.order_by(col(NominationStep.seq))).all())


@invariant("V-05")
def every_step_is_in_the_table(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Each step is a row of the stage table, and one begins where the one before it ended."""
    ways: dict[UUID, list[NominationStep]] = defaultdict(list)
    for step in ctx.session.exec(select(NominationStep).order_by(col(NominationStep.seq))).all():
        row = find(step.from_stage, step.action)
        if row is None or step.to_stage not in row.targets:
            yield step.nomination_id, f"{step.action}: {step.from_stage} → {step.to_stage}"
        ways[step.nomination_id].append(step)
    stages = dict(ctx.session.exec(select(Nomination.id, Nomination.stage)).all())
    for nomination_id, way in ways.items():
        for before, after in itertools.pairwise(way):
            if before.to_stage != after.from_stage or before.at > after.at:
                yield nomination_id, f"step {after.seq} does not follow step {before.seq}"
        if way[-1].to_stage != stages[nomination_id]:
            yield nomination_id, f"stands at {stages[nomination_id]}, its last step led to {way[-1].to_stage}"


@invariant("I-09")
def nothing_moved_on_while_it_was_held(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """No step forward was taken while an objection blocked the case, or a veto was alleged, verified or confirmed."""
    holds = _holds(ctx)
    for step in _steps(ctx, *FORWARD):
        for name, since, until in holds[step.nomination_id]:
            if since < step.at and (until is None or step.at < until):
                yield step.nomination_id, f"{step.action} while {name} was open"


def _holds(ctx: Ctx) -> Mapping[UUID, list[_Hold]]:
    """What held each case, since when and until when."""
    holds: dict[UUID, list[_Hold]] = defaultdict(list)
    for one in ctx.session.exec(select(Objection)).all():
        if one.blocking or one.released_at:
            holds[one.nomination_id].append((one.code, one.created_at, one.released_at))
    for finding in ctx.session.exec(select(VetoFinding)).all():
        ended = finding.decided_at if finding.stage is FindingStage.DISMISSED else None
        holds[finding.nomination_id].append((finding.veto_code, finding.created_at, ended))
    return holds


@invariant("I-10", "V-08")
def nothing_passed_its_notice_before_the_end(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A case is recommended, or determined out of the host's notice, at or after 24:00 of the last day of a notice that lists it."""
    ends = _notice_ends(ctx)
    for step in _steps(ctx, *_AFTER_A_NOTICE):
        if step.from_stage is Stage.REVIEWED or step.to_stage is step.from_stage:
            continue  # the rules asked for no notice, or the body has put it off
        if not any(end <= step.at for end in ends[step.nomination_id, _AFTER_A_NOTICE[step.action]]):
            yield step.nomination_id, f"{step.action}, and no notice that lists it had run"


_AFTER_A_NOTICE = {
    Action.RECOMMEND: NoticeMatter.RECOMMENDATION,
    Action.RECORD_SECOND_DECISION: NoticeMatter.AWARD,
}


def _notice_ends(ctx: Ctx) -> Mapping[tuple[UUID, NoticeMatter], list[datetime]]:
    ends: dict[tuple[UUID, NoticeMatter], list[datetime]] = defaultdict(list)
    statement = (
        select(NoticeItem, PublicNotice, Nomination.stage)
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .join(Nomination, col(NoticeItem.nomination_id) == col(Nomination.id))
    )
    ended = {stage for stage in Stage if stage.final}
    for item, notice, stage in ctx.session.exec(statement).all():
        stands = item.removed_at is None and notice.stage in (NoticeStage.PUBLISHED, NoticeStage.CONCLUDED)
        if notice.ends_at and (stands or stage in ended):  # an ended case may be taken out of it afterwards
            ends[item.nomination_id, item.matter].append(notice.ends_at)
    return ends


@invariant("I-13")
def nobody_approved_what_they_prepared(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Who prepared a case, a notice or an allocation is not who cleared, reviewed or confirmed it."""
    prepared = dict(ctx.session.exec(select(Nomination.id, Nomination.prepared_by)).all())
    again = {step.nomination_id: step.seq for step in _steps(ctx, Action.RESUBMIT)}
    for step in _steps(ctx, Action.ENDORSE, Action.CLEAR, Action.RECOMMEND):
        # Who brings a returned case back prepares it from then on; what was agreed before that no longer counts.
        counts = step.seq > again.get(step.nomination_id, 0)
        if counts and step.actor and step.actor == prepared[step.nomination_id]:
            yield step.nomination_id, f"{step.action} by who prepared it"
    for notice in ctx.session.exec(select(PublicNotice).where(col(PublicNotice.reviewed_by) != "")).all():
        if notice.reviewed_by == notice.prepared_by:
            yield notice.id, "reviewed by who drafted it"
    confirmed = select(QuotaPlan).where(col(QuotaPlan.status).in_((PlanStatus.CONFIRMED, PlanStatus.AMENDED)))
    for plan in ctx.session.exec(confirmed).all():
        if plan.confirmed_by is not None and plan.confirmed_by == plan.prepared_by:
            yield plan.id, "confirmed by who prepared it"


@invariant("I-14")
def every_level_gave_its_opinion_in_order(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A case that was filed has the opinion of every level on its way, none dated before one below."""
    signed: dict[UUID, dict[Level, LevelReview]] = defaultdict(dict)
    for review in ctx.session.exec(select(LevelReview).where(col(LevelReview.current).is_(True))).all():
        signed[review.nomination_id][review.level] = review
    filed = select(Nomination).where(col(Nomination.stage).in_(AFTER_FILING))
    for nomination in ctx.session.exec(filed).all():
        rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, nomination.campaign_id))
        mine = signed[nomination.id]
        passed = facts.applicable(nomination, rules)
        missing = [level.value for level in passed if level not in mine]
        if missing:
            yield nomination.id, f"no opinion of {', '.join(missing)}"
        days = [mine[level].signed_on for level in passed if level in mine]
        if days != sorted(days):
            yield nomination.id, "a level signed before the one below it"


@invariant("I-16")
def the_rules_of_an_open_campaign_are_frozen(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """From the opening on, the rules in force are a frozen version."""
    statement = (
        select(Campaign.id)
        .join(CampaignRules, col(CampaignRules.campaign_id) == col(Campaign.id))
        .where(
            col(Campaign.stage).in_(RUNNING),
            col(CampaignRules.version) == col(Campaign.rules_version),
            col(CampaignRules.frozen_at).is_(None),
        )
    )
    for campaign_id in ctx.session.exec(statement).all():
        yield campaign_id, "its rules are not frozen"


@invariant("I-18", "V-04")
def every_step_left_one_audit_entry(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A case has as many audit entries of steps as it has steps, and nothing was told that was not recorded."""
    taken = select(NominationStep.nomination_id, func.count()).group_by(col(NominationStep.nomination_id))
    steps = dict(ctx.session.exec(taken).all())
    noted: dict[UUID, int] = defaultdict(int)
    entries = select(AuditEvent.entity_id, AuditEvent.summary).where(col(AuditEvent.entity) == "Nomination")
    for entity_id, summary in ctx.session.exec(entries).all():
        noted[entity_id] += "action" in summary and "stage" in summary
    for nomination_id, count in steps.items():
        if noted[nomination_id] != count:
            yield nomination_id, f"{count} steps and {noted[nomination_id]} entries of steps"
    of_it = select(AuditEvent.id).where(
        col(AuditEvent.entity_id) == col(Event.entity_id), col(AuditEvent.action) == col(Event.type)
    )
    for event_id in ctx.session.exec(select(Event.id).where(~of_it.exists())).all():
        yield event_id, "was told, and no entry records it"


@invariant("I-17")
def what_was_filed_keeps_its_names(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A filed case and an item of a notice carry the names of their day."""
    filed = select(Nomination).where(col(Nomination.stage).in_(AFTER_FILING - {Stage.RETURNED}))
    for nomination in ctx.session.exec(filed).all():
        if not nomination.window_snapshot:
            yield nomination.id, "filed without a snapshot of its window"
    for item in ctx.session.exec(select(NoticeItem)).all():
        if not item.snapshot.get("window_name"):
            yield item.id, "listed without the window's name"
