"""A campaign's facts at one moment, gathered from the rows for the guards of the domain."""

from decimal import Decimal
from typing import Any

from app.db import calendars, quota
from app.db import campaigns as rows
from app.db.tables.campaigns import Campaign, DocumentKind
from app.domain.campaign import CampaignFacts, CampaignStage
from app.domain.nomination import Stage
from app.packs.schema import CampaignRules
from app.services import ranking_inputs
from app.services.context import Ctx

_UNDECIDED = (Stage.EVALUATED, Stage.REVIEWED, Stage.AT_HOST_NOTICE)
_UNLOCKED = (Stage.ACCEPTED, Stage.UNDER_EVALUATION)


def facts_of_campaign(ctx: Ctx, campaign: Campaign, rules: CampaignRules, reason: str = "") -> CampaignFacts:
    """Everything the steps of a campaign ask; a number of statements that does not grow with its cases."""
    same = (
        "stage",
        "award_period_start_year",
        "award_period_end_year",
        "contacts_end_at",
        "materials_end_at",
        "ministry_end_at",
        "planned_award_on",
    )
    return CampaignFacts(
        **{name: getattr(campaign, name) for name in same},
        suspended=bool(campaign.suspended_reason),
        zone=ctx.zone,
        sample_installation=ctx.settings.sample,
        reason=reason,
        **_papers(ctx, campaign, rules),
        **_rules(rules),
        **_calendar(ctx, campaign),
        **_places(ctx, campaign),
        **_cases(ctx, campaign),
        ranking_recorded=_is_ranked(ctx, campaign, rules),
    )


def _papers(ctx: Ctx, campaign: Campaign, rules: CampaignRules) -> dict[str, Any]:
    kinds = list(rows.document_kinds(ctx.session, campaign.id))
    return {
        "basis_documents": kinds.count(DocumentKind.BASIS),
        "opening_decision_recorded": DocumentKind.OPENING_DECISION in kinds,
        "approval_basis_required": rules.identity.approval_basis_required,
        "approval_basis_recorded": DocumentKind.APPROVAL_BASIS in kinds,
        "participants": rows.participant_count(ctx.session, campaign.id),
    }


def _rules(rules: CampaignRules) -> dict[str, Any]:
    criteria = rules.rubric.criteria
    weighed = any(criterion.weight is not None for criterion in criteria)
    points = sum((c.weight if weighed else c.max_points) or Decimal(0) for c in criteria)
    return {
        "criteria_points": Decimal(points),
        "criteria_total": rules.rubric.total_points,
        "contacts_wanted": rules.routing.local_bodies_required,
        "ministry_places": rules.quota.ministry_total if rules.ministry_track.enabled else 0,
    }


def _calendar(ctx: Ctx, campaign: Campaign) -> dict[str, Any]:
    """Every year from this one to the last day the campaign knows of."""
    today = ctx.now.astimezone(ctx.zone).date()
    known = (
        campaign.planned_award_on,
        campaign.contacts_due_on,
        campaign.materials_due_on,
        campaign.ministry_due_on,
    )
    years = [day.year for day in (today, *known) if day]
    return {
        "calendar_years_needed": frozenset(range(min(years), max(years) + 1)),
        "calendar_years_loaded": calendars.years_loaded(ctx.session),
    }


def _places(ctx: Ctx, campaign: Campaign) -> dict[str, Any]:
    plan = quota.confirmed(ctx.session, campaign.id)
    return {
        "quota_confirmed": plan is not None,
        "quota_is_sample": plan is None or plan.is_sample,
        "award_places": plan.provincial_total if plan else 0,
    }


def _cases(ctx: Ctx, campaign: Campaign) -> dict[str, Any]:
    """How far the cases have come."""
    counted = rows.case_counts(ctx.session, campaign.id)
    at = {stage: sum(n for (s, _), n in counted.items() if s is stage) for stage in Stage}
    return {
        "unchecked_filings": at[Stage.FILED] + counted.get((Stage.RETURNED, Stage.FILED), 0),
        "unlocked_cases": sum(at[stage] for stage in _UNLOCKED),
        "undecided_items": sum(at[stage] for stage in _UNDECIDED),
        "approved_awards": at[Stage.DETERMINED] + at[Stage.AWARDED],
        "unconferred_awards": at[Stage.DETERMINED],
        "last_decision_on": rows.last_decision(ctx.session, campaign.id),
    }


def _is_ranked(ctx: Ctx, campaign: Campaign, rules: CampaignRules) -> bool:
    """A ranking of the scores as they are now is on record; it is asked for only where the next step needs it."""
    return campaign.stage is CampaignStage.EVALUATING and ranking_inputs.on_record(ctx, campaign, rules)
