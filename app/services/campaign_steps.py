"""The steps of a campaign: the table's verdict, what opening fixes, what suspending says, the history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import campaigns as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.places import Organization
from app.domain.campaign import MACHINE, CampaignAction, CampaignStage, verdict
from app.domain.errors import Refusal, refuse
from app.services import audit, campaign_facts, campaign_setup, campaigns
from app.services.context import Ctx, check_version
from app.services.inputs.campaigns import CampaignAct

_PAST = {
    CampaignAction.RECORD_DECISION: "decided",
    CampaignAction.CONFIGURE: "configured",
    CampaignAction.OPEN: "opened",
    CampaignAction.CLOSE_FILING: "filing_closed",
    CampaignAction.START_EVALUATION: "evaluation_started",
    CampaignAction.START_DETERMINATION: "determination_started",
    CampaignAction.FINISH: "finished",
    CampaignAction.ARCHIVE: "archived",
    CampaignAction.SUSPEND: "suspended",
    CampaignAction.RESUME: "resumed",
}
_ACTIONS = {f"campaign.{past}": action for action, past in _PAST.items()}


@dataclass(frozen=True)
class StepView:
    """One step that was taken."""

    action: CampaignAction
    at: datetime
    stage: CampaignStage
    reason: str


def act(ctx: Ctx, campaign_id: UUID, body: CampaignAct, version: int | None) -> Campaign:
    """Take a step. Needs the step's permission at the host; refuses every reason of its guards."""
    action = CampaignAction(body.action)
    campaign = campaigns.for_host(ctx, campaign_id, _permission(action))
    check_version(campaign.row_version, version)
    rules = campaigns.rules_of(ctx, campaign)
    facts = campaign_facts.facts_of_campaign(ctx, campaign, rules, body.reason or "")
    refuse(verdict(facts, action, ctx.now))
    before = campaign.model_dump(mode="json")
    step = MACHINE.find(campaign.stage, action)
    if step is None:
        raise Refusal("NOT_FOUND")  # not reached: the verdict has refused a step the stage does not know
    campaign.stage = step.target(facts)
    if action is CampaignAction.OPEN:
        campaign_setup.freeze(ctx, campaign)
    if action in (CampaignAction.SUSPEND, CampaignAction.RESUME):
        campaign.suspended_reason = (body.reason or "") if action is CampaignAction.SUSPEND else ""
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    audit.touch(ctx, campaign)
    audit.note(
        ctx,
        f"campaign.{_PAST[action]}",
        campaign,
        before=before,
        campaign_id=campaign.id,
        path=host.path,
        summary={"stage": campaign.stage.value, "reason": body.reason or ""},
    )
    return campaign


def history(ctx: Ctx, campaign_id: UUID) -> list[StepView]:
    """Every step in the order taken. Needs `campaign:read`."""
    campaigns.readable(ctx, campaign_id)
    return [
        StepView(
            _ACTIONS[one.action],
            one.at,
            CampaignStage(one.summary["stage"]),
            str(one.summary.get("reason", "")),
        )
        for one in rows.acts(ctx.session, campaign_id)
        if one.action in _ACTIONS
    ]


def _permission(action: CampaignAction) -> str:
    return next(step.permission for step in MACHINE.steps if step.action is action)
