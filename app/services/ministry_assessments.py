"""The assessing team: who was there, and who of them should have stood aside (R-031, I-12)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from app.db import campaigns as campaign_rows
from app.db import flow
from app.db.tables.ministry import MinistryAssessment, MinistryRecommendation
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.domain import recusal
from app.domain.errors import Refusal
from app.domain.recusal import Judge
from app.services import audit, campaigns, case_history
from app.services.context import Ctx
from app.services.inputs.ministry import MinistryAssess, TeamMemberIn


def recused(ctx: Ctx, nomination: Nomination, team: Sequence[TeamMemberIn]) -> tuple[str, ...]:
    """Names of those who are from the nominee's city, from its sponsor's chain, or handled the case before."""
    units = campaign_rows.organizations(ctx.session, [one.organization_id for one in team])
    case = _case(ctx, nomination)
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, nomination.campaign_id)).recusal
    return tuple(
        one.name
        for one, judge in zip(team, _judges(ctx, team, units), strict=True)
        if recusal.grounds(judge, case, rules)
    )


def record(
    ctx: Ctx, recommendation: MinistryRecommendation, nomination: Nomination, body: MinistryAssess
) -> MinistryAssessment:
    """Keep what was found, with the units of the team by the names of that day."""
    units = campaign_rows.organizations(ctx.session, [one.organization_id for one in body.team])
    row = MinistryAssessment(
        **audit.stamp(ctx),
        recommendation_id=recommendation.id,
        team=[{"name": one.name, "organization": units[one.organization_id].name} for one in body.team],
        assessed_on=body.assessed_on,
        method=body.method,
        findings=body.findings,
        result=body.result,
    )
    ctx.session.add(row)
    summary = {"result": body.result.value, "team": len(body.team)}
    audit.note(
        ctx,
        "ministry_assessment.recorded",
        row,
        campaign_id=nomination.campaign_id,
        path=nomination.sponsor_path,
        summary=summary,
    )
    return row


def _judges(ctx: Ctx, team: Sequence[TeamMemberIn], units: dict[UUID, Organization]) -> Iterator[Judge]:
    for one in team:
        unit = units.get(one.organization_id)
        if unit is None:
            raise Refusal("NOT_FOUND")
        accounts = flow.same_person(ctx.session, one.person_id) if one.person_id else []
        yield Judge(frozenset(f"person:{key.hex}" for key in accounts), unit.path, unit.region_code)


def _case(ctx: Ctx, nomination: Nomination) -> recusal.Case:
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    window = ctx.session.get_one(ServiceWindow, nomination.window_id)
    sponsor = ctx.session.get_one(Organization, nomination.sponsor_org_id)
    return recusal.Case(
        key=str(nomination.id),
        region_code=window.region_code,
        below_host=sponsor.region_code != host.region_code,
        sponsor_path=nomination.sponsor_path,
        host_path=host.path,
        handled_by=frozenset(case_history.preparers(nomination, case_history.standing(ctx, nomination))),
    )
