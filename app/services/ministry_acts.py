"""What the office does with a recommendation: assessed, reported, answered, ended (R-031, R-033, G-16, E-07)."""

from typing import Any, Protocol
from uuid import UUID

from app.db import ministry as rows
from app.db import nominations as nomination_rows
from app.db.tables.ministry import MinistryRecommendation
from app.db.tables.nominations import Nomination
from app.domain.errors import Refusal, refuse
from app.domain.ministry import MACHINE, MinistryAction, verdict
from app.services import audit, ministry, ministry_assessments, ministry_facts, ministry_steps
from app.services.context import Ctx, check_version
from app.services.inputs.ministry import MinistryAssess, MinistryReport, MinistryResultRecord


class MinistryBody(Protocol):
    @property
    def action(self) -> str: ...


def act(ctx: Ctx, recommendation_id: UUID, body: MinistryBody, version: int | None) -> MinistryRecommendation:
    """Take one step. Needs its permission at the host; refuses what the table refuses."""
    recommendation, nomination = loaded(ctx, recommendation_id)
    action = MinistryAction(body.action)
    permission = next(step.permission for step in MACHINE.steps if step.action is action)
    if permission not in ministry.permissions(ctx, nomination):
        raise Refusal("PERMISSION_MISSING", permission=permission)
    check_version(recommendation.row_version, version)
    facts = ministry_facts.facts_of(ctx, recommendation, nomination, **_handed_in(ctx, nomination, body))
    refuse(verdict(facts, action, ctx.now))
    _keep(ctx, recommendation, nomination, body)
    return ministry_steps.moved(ctx, recommendation, nomination, action, facts)


def loaded(ctx: Ctx, recommendation_id: UUID) -> tuple[MinistryRecommendation, Nomination]:
    """The recommendation and its case, locked for a change. Refuses `NOT_FOUND` outside the caller's area."""
    found = rows.locked(ctx.session, recommendation_id)
    nomination = nomination_rows.locked(ctx.session, found.nomination_id) if found else None
    if found is None or nomination is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require("ministry:read", nomination.sponsor_path, found.campaign_id)
    return found, nomination


def _handed_in(ctx: Ctx, nomination: Nomination, body: MinistryBody) -> dict[str, Any]:
    match body:
        case MinistryAssess():
            return {
                "team": len(body.team),
                "recused": ministry_assessments.recused(ctx, nomination, body.team),
                "assessed_on": body.assessed_on,
                "findings": body.findings,
                "assessment": body.result,
                "reason": body.findings[:1000],
            }
        case MinistryReport():
            return {"document_no": body.document_no}
        case MinistryResultRecord():
            return {"document_no": body.document_no, "result": body.result}
        case _:
            return {"reason": str(getattr(body, "reason", ""))}


def _keep(
    ctx: Ctx, recommendation: MinistryRecommendation, nomination: Nomination, body: MinistryBody
) -> None:
    """What the act leaves on record besides the stage."""
    match body:
        case MinistryAssess():
            ministry_assessments.record(ctx, recommendation, nomination, body)
        case MinistryReport():
            recommendation.document_no = body.document_no
            recommendation.reported_on = body.reported_on or ctx.now.astimezone(ctx.zone).date()
        case MinistryResultRecord():
            recommendation.result_document_no, recommendation.result_on = body.document_no, body.result_on
        case _ if body.action == MinistryAction.UNDO:
            for one in rows.assessments(ctx.session, recommendation.id):
                one.current = False
                audit.touch(ctx, one)
