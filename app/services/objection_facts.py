"""One objection's facts at one moment, gathered from the rows for the guards of the domain."""

from dataclasses import replace

from app.db import objections as rows
from app.db.objections import ObjectionRow
from app.db.tables.supervision import Objection, ObjectionStep
from app.domain.access import Role
from app.domain.calendar import working_days_after
from app.domain.objection import AnonymousPolicy, ObjectionAction, ObjectionFacts
from app.services import calendars, campaigns
from app.services.context import Ctx
from app.services.inputs.objections import (
    ObjectionActOn,
    ObjectionAssign,
    ObjectionConclude,
    ObjectionReopen,
    ObjectionReply,
)
from app.services.objection_intake import ACCUSED
from app.services.objection_views import ObjectionBody

_OFFICE_ROLES = (Role.REVIEWING_OFFICER, Role.APPROVING_OFFICER, Role.STEERING_OFFICE)


def facts_of(
    ctx: Ctx, row: ObjectionRow, steps: list[ObjectionStep], body: ObjectionBody | None
) -> ObjectionFacts:
    """Everything the table asks of an objection; `body` adds what comes with the act."""
    objection = row.objection
    handler = body.handler_id if isinstance(body, ObjectionAssign) else objection.handler_id
    held = rows.roles_at(ctx.session, handler) if handler else set()
    done = {step.action for step in steps}
    policy = row.notice.rule_snapshot.get("anonymous_policy", AnonymousPolicy.ACCEPT_WITH_LEADS)
    leads = getattr(body, "has_leads", None)
    office = {(role, row.notice.issuer_org_id) for role in _OFFICE_ROLES}
    facts = ObjectionFacts(
        stage=objection.stage,
        identity_kind=objection.identity_kind,
        timeliness=objection.timeliness,
        has_leads=objection.has_leads if leads is None else leads,
        names_a_nominee=not getattr(body, "off_topic", False),
        anonymous_policy=AnonymousPolicy(policy),
        was_accepted=ObjectionAction.ACCEPT.value in done,
        actor=ctx.actor.key,
        handler=f"person:{handler.hex}" if handler else "",
        preparers=frozenset({row.nomination.prepared_by} - {""}),
        handler_of_nominee=any(place == row.nomination.sponsor_org_id for _, place in held),
        handler_accused=ACCUSED in done and bool(held & office),
        due_on=objection.due_on,
        extended=objection.extended,
        result=objection.result,
        reason=str(getattr(body, "reason", "")),
    )
    return _with_body(ctx, objection, facts, body)


def _with_body(
    ctx: Ctx, objection: Objection, facts: ObjectionFacts, body: ObjectionBody | None
) -> ObjectionFacts:
    match body:
        case ObjectionConclude():
            return replace(facts, given_result=body.result, finding=body.finding)
        case ObjectionActOn():
            return replace(facts, act=body.act, dismissal_approver=objection.act_approved_by)
        case ObjectionReply():
            return replace(facts, reply=body.reply)
        case ObjectionReopen():
            return replace(facts, new_evidence=body.new_evidence)
        case _ if body is not None and body.action == ObjectionAction.EXTEND and objection.due_on:
            rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, objection.campaign_id))
            days = rules.objections.extension_working_days
            return replace(
                facts, new_due_on=working_days_after(objection.due_on, days, calendars.calendar(ctx))
            )
        case _:
            return facts
