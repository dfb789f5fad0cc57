"""Objections from screening to close (R-028, domain.md 3.4, E-07 to E-09, E-34, E-36)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from app.db import notices as notice_rows
from app.db import objections as rows
from app.db.objections import ObjectionRow
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.db.tables.supervision import Objection, ObjectionStep
from app.domain.access import Actor
from app.domain.calendar import working_days_after
from app.domain.errors import Refusal, refuse
from app.domain.nomination import Stage
from app.domain.objection import (
    MACHINE,
    ObjectionAct,
    ObjectionAction,
    ObjectionStage,
    available,
    blocks,
    verdict,
)
from app.packs.schema import CampaignRules
from app.services import (
    audit,
    calendars,
    campaigns,
    identity,
    listed_cases,
    notice_acts,
    objection_facts,
    recusals,
    sealing,
    vetoes,
)
from app.services.context import Ctx, check_version
from app.services.inputs.objections import (
    DismissalApproval,
    IdentityOpening,
    ObjectionAccept,
    ObjectionActOn,
    ObjectionAssign,
    ObjectionConclude,
    ObjectionDecline,
    ObjectionReopen,
    ObjectionReply,
)
from app.services.objection_views import ObjectionBody, ObjectionView

Row = ObjectionRow
"""What lists hand out; doors import no query."""

DISMISSAL = "APPROVE_DISMISSAL"
OPENED = "OPEN_IDENTITY"


def listed(
    ctx: Ctx,
    *,
    stage: ObjectionStage | None = None,
    nomination_id: UUID | None = None,
    after: str = "",
    limit: int = 50,
) -> list[ObjectionRow]:
    """The objections of one's own units. Needs `objection:read`."""
    ctx.actor.require_anywhere("objection:read")
    paths = ctx.actor.paths("objection:read")
    found = UUID(after) if after else None
    return rows.listed(
        ctx.session,
        paths,
        stage=stage,
        nomination_id=nomination_id,
        without=recusals.hidden_everywhere(ctx),
        after=found,
        limit=limit,
    )


def shown(ctx: Ctx, objection_id: UUID) -> ObjectionView:
    """One objection, its steps and what may be done. Refuses `NOT_FOUND` outside one's units."""
    row = rows.with_case(ctx.session, objection_id)
    if row is None or recusals.hides(ctx, row.nomination):
        raise Refusal("NOT_FOUND")
    ctx.actor.require("objection:read", row.objection.handling_path, row.objection.campaign_id)
    steps = rows.steps(ctx.session, objection_id)
    facts = objection_facts.facts_of(ctx, row, steps, None)
    states = available(facts, _permissions(ctx.actor, row.objection), ctx.now)
    return ObjectionView(row, steps, states, *_who_has_it(ctx, row.objection))


def act(ctx: Ctx, objection_id: UUID, body: ObjectionBody, version: int | None) -> Objection:
    """Take one step of the objection and record it. Refuses what the table refuses."""
    row = _loaded(ctx, objection_id)
    objection, action = row.objection, ObjectionAction(body.action)
    permission = next(step.permission for step in MACHINE.steps if step.action is action)
    ctx.actor.require(permission, objection.handling_path, objection.campaign_id)
    check_version(objection.row_version, version)
    facts = objection_facts.facts_of(ctx, row, rows.steps(ctx.session, objection_id), body)
    refuse(verdict(facts, action, ctx.now))
    step = MACHINE.find(objection.stage, action)
    before, source = objection.model_dump(mode="json"), objection.stage
    objection.stage = step.target(facts) if step else objection.stage
    note = _DEEDS[action](ctx, row, body) if action in _DEEDS else getattr(body, "reason", "")
    _settle(ctx, objection)
    _log(ctx, objection, action.value, source, note)
    _noted(ctx, f"objection.{_PAST[action]}", objection, before)
    return objection


def approve_dismissal(
    ctx: Ctx, objection_id: UUID, body: DismissalApproval, version: int | None
) -> Objection:
    """One level up agrees that an upheld objection does not cost the nominee its place (domain.md 4.3).

    Needs `objection:approve_dismissal` above the handling unit; the host's own cases are approved at the host.
    """
    objection = _loaded(ctx, objection_id).objection
    handling = ctx.session.get(Organization, objection.handling_org_id)
    held = ctx.actor.paths("objection:approve_dismissal", objection.campaign_id)
    above = [p for p in held if objection.handling_path.startswith(p) and p != objection.handling_path]
    topmost = handling is not None and handling.parent_id is None
    if not above and not (topmost and objection.handling_path in held):
        raise Refusal("PERMISSION_MISSING", permission="objection:approve_dismissal")
    check_version(objection.row_version, version)
    if ctx.actor.person_id == objection.handler_id:
        raise Refusal("SAME_PERSON")
    if objection.stage is not ObjectionStage.CONCLUDED:
        raise Refusal("NOTHING_TO_ACT_ON")
    before = objection.model_dump(mode="json")
    objection.act_approved_by = ctx.actor.key
    _log(ctx, objection, DISMISSAL, objection.stage, body.reason)
    _noted(ctx, "objection.dismissal_approved", objection, before)
    return objection


def open_identity(ctx: Ctx, objection_id: UUID, body: IdentityOpening) -> sealing.Objector:
    """Read the sealed name: the handler or a discipline officer, with a reason, on the record (C39)."""
    objection = _loaded(ctx, objection_id).objection
    if ctx.person != objection.handler_id:
        ctx.actor.require("objection:identity", objection.handling_path, objection.campaign_id)
    sealed = rows.identity(ctx.session, objection_id)
    if sealed is None:
        raise Refusal("IDENTITY_NOT_GIVEN")
    if sealed.key_id != sealing.key_id(ctx.settings):
        raise Refusal("IDENTITY_KEY_UNKNOWN", key_id=sealed.key_id)
    ctx.secret_answer = True
    _log(ctx, objection, OPENED, objection.stage, body.reason)
    _noted(ctx, "objection.identity_opened", objection, objection.model_dump(mode="json"))
    return sealing.unseal(ctx.settings, objection.id, sealed.sealed)


def _loaded(ctx: Ctx, objection_id: UUID) -> ObjectionRow:
    """The row for changing it; existence is told only to those who may read objections there."""
    objection = rows.locked(ctx.session, objection_id)
    if objection is None or not ctx.actor.may(
        "objection:read", objection.handling_path, objection.campaign_id
    ):
        raise Refusal("NOT_FOUND")
    row = rows.with_case(ctx.session, objection_id)
    if row is None or recusals.hides(ctx, row.nomination):
        raise Refusal("NOT_FOUND")
    return row


def _who_has_it(ctx: Ctx, objection: Objection) -> tuple[str, str]:
    """The names of the handling unit and of the officer it named."""
    unit = ctx.session.get_one(Organization, objection.handling_org_id)
    officer = ctx.session.get(Person, objection.handler_id) if objection.handler_id else None
    return unit.name, officer.name if officer else ""


def _rules(ctx: Ctx, objection: Objection) -> CampaignRules:
    return campaigns.rules_of(ctx, campaigns.campaign_of(ctx, objection.campaign_id))


def _permissions(actor: Actor, objection: Objection) -> frozenset[str]:
    wanted = {step.permission for step in MACHINE.steps}
    return frozenset(p for p in wanted if actor.may(p, objection.handling_path, objection.campaign_id))


def _settle(ctx: Ctx, objection: Objection) -> None:
    """Keep the hold in step with the stage; the day it ends counts for the filing window (decisions 4)."""
    before, objection.blocking = (
        objection.blocking,
        blocks(objection.stage, objection.timeliness, objection.result),
    )
    if before and not objection.blocking:
        objection.released_at = ctx.now
    elif objection.blocking:
        objection.released_at = None


def _log(ctx: Ctx, objection: Objection, action: str, source: ObjectionStage, note: str) -> None:
    ctx.session.add(
        ObjectionStep(
            **audit.stamp(ctx),
            objection_id=objection.id,
            action=action,
            from_stage=source,
            to_stage=objection.stage,
            at=ctx.now,
            actor=ctx.actor.key,
            note=note[:2000],
        )
    )


def _noted(ctx: Ctx, action: str, objection: Objection, before: dict[str, Any]) -> None:
    audit.touch(ctx, objection)
    audit.note(
        ctx,
        action,
        objection,
        before=before,
        campaign_id=objection.campaign_id,
        path=objection.handling_path,
        summary={"code": objection.code, "stage": objection.stage.value, "blocking": objection.blocking},
    )


def _assign(ctx: Ctx, row: ObjectionRow, body: ObjectionAssign) -> str:
    """The officer has to be one who may handle objections there. Refuses `HANDLER_NOT_ABLE`."""
    person = ctx.session.get(Person, body.handler_id)
    try:
        able = identity.actor_of_person(ctx, person).may("objection:handle", row.objection.handling_path)
    except Refusal:
        able = False
    if not able:
        raise Refusal("HANDLER_NOT_ABLE", "/handler_id")
    row.objection.handler_id = body.handler_id
    return ""


def _accept(ctx: Ctx, row: ObjectionRow, body: ObjectionAccept) -> str:
    days = _rules(ctx, row.objection).objections.conclude_working_days
    today = ctx.now.astimezone(ctx.zone).date()
    row.objection.due_on = working_days_after(today, days, calendars.calendar(ctx))
    if body.has_leads is not None:
        row.objection.has_leads = body.has_leads
    return ""


def _decline(ctx: Ctx, row: ObjectionRow, body: ObjectionDecline) -> str:
    """Not taken up, but kept: the discipline officer may open a finding on it, and that holds the case (E-08)."""
    if body.has_leads is not None:
        row.objection.has_leads = body.has_leads
    audit.note(
        ctx,
        "objection.lead_passed_on",
        row.objection,
        campaign_id=row.objection.campaign_id,
        path=row.objection.handling_path,
        summary={"code": row.objection.code},
    )
    return body.reason


def _extend(ctx: Ctx, row: ObjectionRow, body: Any) -> str:  # noqa: ANN401  (one shape for all deeds)
    days = _rules(ctx, row.objection).objections.extension_working_days
    if row.objection.due_on:
        row.objection.due_on = working_days_after(row.objection.due_on, days, calendars.calendar(ctx))
    row.objection.extended = True
    return str(body.reason)


def _conclude(ctx: Ctx, row: ObjectionRow, body: ObjectionConclude) -> str:  # noqa: ARG001  (one shape for all deeds)
    row.objection.result, row.objection.finding = body.result, body.finding
    row.objection.act, row.objection.act_approved_by = None, ""
    return body.result.value


def _act_on(ctx: Ctx, row: ObjectionRow, body: ObjectionActOn) -> str:
    """The act is carried out with its record: nothing upheld is settled on paper only."""
    objection, nomination = row.objection, row.nomination
    objection.act, objection.act_reason = body.act, body.reason
    if body.act in (ObjectionAct.REJECT, ObjectionAct.CORRECT_AND_RENOTICE):
        _out_of_the_notice(ctx, row, body.reason)
    if body.act is ObjectionAct.REJECT and not nomination.stage.final:
        _settle(ctx, objection)
        ctx.session.flush()
        listed_cases.reject(ctx, nomination, row.item.matter, body.reason)
    if body.act is ObjectionAct.VETO:
        vetoes.allege(
            ctx,
            nomination,
            veto_code=body.veto_code,
            fact_on=body.fact_on,
            source=f"异议 {objection.code}",
            evidence=objection.finding,
            objection_id=objection.id,
        )
    if body.act is ObjectionAct.REVOKE and nomination.stage is not Stage.REVOKED:
        raise Refusal("REVOCATION_FIRST")
    return f"{body.act.value}: {body.reason}"


def _out_of_the_notice(ctx: Ctx, row: ObjectionRow, reason: str) -> None:
    """Only this nominee leaves; corrected, it goes into a new notice with the full period (E-06, E-09)."""
    if row.item.removed_at is not None or row.item.effective_nomination_id is None:
        return
    standing = next(
        one for one in notice_rows.items(ctx.session, row.notice.id) if one.item.id == row.item.id
    )
    if listed_cases.stands_at_notice(ctx, row.nomination, row.item.matter):
        # The notice and the audit name the objection, never its words.
        notice_acts.drop_item(ctx, row.notice, standing, f"异议 {row.objection.code}")
        audit.touch(ctx, row.notice)
        audit.note(
            ctx,
            "notice.item_removed",
            row.notice,
            campaign_id=row.notice.campaign_id,
            path=row.notice.issuer_path,
        )
    elif listed_cases.moved_on(ctx, row.nomination, row.item.matter):
        raise Refusal(
            "NOTICE_ITEM_MOVED_ON", items=(str(row.item.snapshot.get("window_name", "")),), reason=reason
        )


def _reply(ctx: Ctx, row: ObjectionRow, body: ObjectionReply) -> str:
    row.objection.public_summary = body.reply
    row.objection.replied_on = ctx.now.astimezone(ctx.zone).date()
    return body.reply


def _reopen(ctx: Ctx, row: ObjectionRow, body: ObjectionReopen) -> str:
    """Screened or investigated again; the earlier conclusion stays in the steps."""
    row.objection.result, row.objection.act, row.objection.act_approved_by = None, None, ""
    row.objection.replied_on, row.objection.extended = None, False
    days = _rules(ctx, row.objection).objections.conclude_working_days
    row.objection.due_on = working_days_after(
        ctx.now.astimezone(ctx.zone).date(), days, calendars.calendar(ctx)
    )
    return body.new_evidence


_DEEDS: dict[ObjectionAction, Callable[[Ctx, ObjectionRow, Any], str]] = {
    ObjectionAction.ASSIGN: _assign,
    ObjectionAction.ACCEPT: _accept,
    ObjectionAction.DECLINE: _decline,
    ObjectionAction.EXTEND: _extend,
    ObjectionAction.CONCLUDE: _conclude,
    ObjectionAction.ACT: _act_on,
    ObjectionAction.REPLY: _reply,
    ObjectionAction.REOPEN: _reopen,
}
_PAST = dict(
    zip(
        ObjectionAction,
        "assigned accepted declined investigated extended concluded acted_on replied closed reopened".split(),
        strict=True,
    )
)
