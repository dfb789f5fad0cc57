"""What waits for the caller: as their units' department, as the person in charge, as an office with a deadline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.db import inbox as rows
from app.db.inbox import CaseRow
from app.db.tables.campaigns import Campaign, QuotaPlan
from app.db.tables.supervision import NoticeItem, Objection, PublicNotice, VetoFinding
from app.domain.nomination import Action, Stage
from app.domain.notice import NoticeState, state_at
from app.domain.waiting import TOGETHER, WORKED_ON_WITH, next_step
from app.services import award_waiting, campaigns, evaluation_waiting, meeting_waiting, recusals
from app.services.context import Ctx
from app.services.meeting_waiting import Waiting

_OWED = (
    ("CONTACTS", "contacts_due_on"),
    ("MATERIALS", "materials_due_on"),
    ("MINISTRY_MATERIALS", "ministry_due_on"),
)


@dataclass(frozen=True)
class WaitingCase:
    """A case the caller's unit has, the step it waits for, and until when."""

    row: CaseRow
    step: Action | None
    notice_ends_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True)
class WaitingNotice:
    """A notice of the caller's unit that is not finished."""

    notice: PublicNotice
    state: NoticeState


@dataclass(frozen=True)
class Deadline:
    """A day by which something is owed in a campaign."""

    campaign: Campaign
    kind: str
    due_on: date
    days_left: int


@dataclass(frozen=True)
class Inbox:
    """Everything that waits, the most pressing first in each list."""

    cases: list[WaitingCase]
    notices: list[WaitingNotice]
    objections: list[tuple[Objection, NoticeItem]]
    findings: list[tuple[VetoFinding, str]]
    plans: list[tuple[QuotaPlan, Campaign]]
    bodies: list[tuple[Campaign, str]]
    evaluation: evaluation_waiting.Waiting
    meetings: Waiting
    honours: award_waiting.Waiting
    deadlines: list[Deadline]
    today: date

    @property
    def returned(self) -> list[WaitingCase]:
        return [one for one in self.cases if one.row.nomination.stage is Stage.RETURNED]

    @property
    def running(self) -> list[WaitingCase]:
        """The rest of the cases: nothing to correct, a step to take."""
        return [one for one in self.cases if one.row.nomination.stage is not Stage.RETURNED]

    @property
    def overdue(self) -> int:
        """Objections past their day."""
        return sum(1 for one, _ in self.objections if one.due_on and one.due_on < self.today)

    @property
    def total(self) -> int:
        """How many things wait; a deadline ahead waits for nobody yet."""
        lists = (self.cases, self.notices, self.objections, self.findings, self.plans, self.bodies)
        others = (self.evaluation, self.meetings, self.honours)
        return sum(len(one) for one in lists) + sum(one.total for one in others)


def shown(ctx: Ctx) -> Inbox:
    """The inbox of a person; the number of statements does not grow with what waits."""
    today = ctx.now.astimezone(ctx.zone).date()
    return Inbox(
        _cases(ctx),
        _notices(ctx),
        _objections(ctx),
        _findings(ctx),
        _plans(ctx),
        _bodies(ctx),
        evaluation_waiting.of(ctx),
        meeting_waiting.of(ctx),
        award_waiting.of(ctx),
        _deadlines(ctx, today),
        today,
    )


def _units(ctx: Ctx, *permissions: str) -> list[UUID]:
    """Where the caller holds one of the permissions: the units whose work is theirs."""
    held = {g.organization_id for g in ctx.actor.grants}
    return sorted(one for one in held if any(ctx.actor.may_as(p, one) for p in permissions))


def _cases(ctx: Ctx) -> list[WaitingCase]:
    permissions = {p for needed in WORKED_ON_WITH.values() for p in needed}
    units = _units(ctx, *permissions)
    if not units:
        return []
    hidden = recusals.hidden_everywhere(ctx)
    alone = [stage for stage in WORKED_ON_WITH if stage not in TOGETHER]
    held = rows.cases(ctx.session, units, alone)
    found = [row for row in held if row.nomination.id not in hidden and _mine(ctx, row)]
    at_notice = [row.nomination.id for row in found if row.nomination.stage is Stage.AT_NOTICE]
    ends = rows.notice_ends(ctx.session, at_notice) if at_notice else {}
    return [_waiting(row, ends.get(row.nomination.id)) for row in found]


def _mine(ctx: Ctx, row: CaseRow) -> bool:
    case = row.nomination
    needed = WORKED_ON_WITH[case.stage]
    return any(ctx.actor.may_as(p, case.holder_org_id, case.campaign_id) for p in needed)


def _waiting(row: CaseRow, notice_ends_at: datetime | None) -> WaitingCase:
    case = row.nomination
    step = next_step(case.stage, at_the_top=case.holder_org_id == case.organizing_org_id)
    filed = case.filed_at is not None
    due = case.correction_ends_at or (None if filed else row.campaign.materials_end_at)
    return WaitingCase(row, step, notice_ends_at, due)


def _notices(ctx: Ctx) -> list[WaitingNotice]:
    units = _units(ctx, "notice:draft", "notice:review", "notice:publish")
    found = rows.notices(ctx.session, units) if units else []
    return [WaitingNotice(one, state_at(one.stage, one.published_at, one.ends_at, ctx.now)) for one in found]


def _objections(ctx: Ctx) -> list[tuple[Objection, NoticeItem]]:
    """What the caller has in hand, and what nobody has and the caller may screen."""
    if not ctx.actor.holds("objection:read"):
        return []
    return rows.objections(ctx.session, ctx.actor.paths("objection:screen"), ctx.actor.person_id)


def _findings(ctx: Ctx) -> list[tuple[VetoFinding, str]]:
    paths = ctx.actor.paths("veto:decide")
    return rows.findings(ctx.session, paths) if paths else []


def _plans(ctx: Ctx) -> list[tuple[QuotaPlan, Campaign]]:
    """Plans somebody else prepared: nobody confirms their own."""
    units = _units(ctx, "quota:confirm")
    found = rows.plans(ctx.session, units) if units else []
    return [(plan, campaign) for plan, campaign in found if plan.prepared_by != ctx.actor.person_id]


def _bodies(ctx: Ctx) -> list[tuple[Campaign, str]]:
    """Only where the campaign's rules ask for local bodies."""
    units = _units(ctx, "local_body:record")
    found = rows.bodies_missing(ctx.session, units) if units else []
    return [one for one in found if campaigns.rules_of(ctx, one[0]).routing.local_bodies_required]


def _deadlines(ctx: Ctx, today: date) -> list[Deadline]:
    if not ctx.actor.holds("campaign:read"):
        return []
    return sorted(_ahead(rows.dated(ctx.session, today), today), key=lambda one: one.due_on)


def _ahead(found: Iterable[Campaign], today: date) -> Iterable[Deadline]:
    for campaign in found:
        for kind, name in _OWED:
            due = getattr(campaign, name)
            if due and due >= today:
                yield Deadline(campaign, kind, due, (due - today).days)
