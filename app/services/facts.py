"""One nomination's facts at one moment, gathered from the rows for the guards of the domain."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.db import flow, nominations, regions
from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import Nomination, NominationStep, ServiceWindow
from app.db.tables.places import Organization
from app.domain import eligibility, levels
from app.domain.calendar import ends_at, working_days_after
from app.domain.department_reply import ReplyResult
from app.domain.eligibility import Candidate, EligibilityCheck
from app.domain.levels import Level
from app.domain.nomination import Action, Facts
from app.domain.notice import NoticeStage
from app.domain.quota import SeatKind
from app.domain.veto import HOLDING, FindingStage
from app.packs.schema import CampaignRules
from app.services import calendars, campaigns, nomination_routes
from app.services.context import Ctx

_IN_EFFECT = (NoticeStage.PUBLISHED, NoticeStage.CONCLUDED)


def facts_of(ctx: Ctx, nomination: Nomination, **handed_in: Any) -> Facts:  # noqa: ANN401  (fields of Facts)
    """Everything the guards ask of the case itself; `handed_in` adds who speaks and what comes with the act."""
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    rules = campaigns.rules_of(ctx, campaign)
    gathered: dict[str, Any] = {
        **_place(ctx, nomination, campaign, rules),
        **_holds(ctx, nomination, rules),
        **_levels(ctx, nomination, rules),
        **_papers(ctx, nomination, rules),
        **_time(ctx, nomination, campaign, rules),
        **_history(ctx, nomination),
    }
    return Facts(**(gathered | handed_in))


def eligibility_checks(ctx: Ctx, nomination: Nomination) -> list[EligibilityCheck]:
    """Each rule of the scope, met or not, with its reason."""
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    return eligibility.checks(_candidate(ctx, nomination, campaign, campaigns.rules_of(ctx, campaign)))


def applicable(nomination: Nomination, rules: CampaignRules) -> tuple[Level, ...]:
    """The levels this nomination passes, lowest first; what its place in the tree does not have is left out (E-39)."""
    route = rules.route(nomination.route)
    passed = levels.applicable_levels(route.levels, nomination.own_level) if route else ()
    return tuple(level for level in passed if level.value in nomination.departments)


def _place(ctx: Ctx, nomination: Nomination, campaign: Campaign, rules: CampaignRules) -> dict[str, Any]:
    passed = applicable(nomination, rules)
    people = flow.same_person(ctx.session, ctx.actor.person_id) if ctx.actor.person_id else []
    preparers = _preparers(ctx, nomination, organising=passed[-1])
    mine = {f"person:{one.hex}" for one in people} & preparers
    return {
        "stage": nomination.stage,
        "level": nomination.level,
        "own_level": nomination.own_level,
        "applicable_levels": passed,
        "organising_level": passed[-1],
        "host_level": rules.host_level,
        "campaign_stage": campaign.stage,
        "campaign_suspended": bool(campaign.suspended_reason),
        "zone": ctx.zone,
        "actor": next(iter(mine), ctx.actor.key),
        "preparers": frozenset(preparers),
        "local_bodies_required": rules.routing.local_bodies_required and passed[-1] < rules.host_level,
    }


def _preparers(ctx: Ctx, nomination: Nomination, organising: Level) -> set[str]:
    """Who prepared the case; at the organising level also who wrote the opinion that is approved there (I-13)."""
    written = flow.reviews(ctx.session, nomination.id) if nomination.level == organising else []
    return {nomination.prepared_by, *(r.reviewer for r in written if r.level == organising)} - {""}


def _holds(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> dict[str, Any]:
    names = {item.code: item.text_zh for item in rules.vetoes.items}
    findings = flow.findings(ctx.session, nomination.id)
    held = tuple(names.get(f.veto_code, f.veto_code) for f in findings if f.stage in HOLDING)
    confirmed = tuple(
        names.get(f.veto_code, f.veto_code) for f in findings if f.stage is FindingStage.CONFIRMED
    )
    objections = flow.blocking_objections(ctx.session, nomination.id)
    return {
        "open_objections": tuple(o.code for o in objections if o.blocking),
        "vetoes_held": held,
        "vetoes_confirmed": confirmed,
        "veto_items": tuple(item.code for item in rules.vetoes.items if item.enabled),
        "declared": frozenset(d.veto_code for d in flow.declarations(ctx.session, nomination.id)),
        "release_ends_at": _release_end(ctx, nomination, rules, [o.released_at for o in objections]),
    }


def _release_end(
    ctx: Ctx, nomination: Nomination, rules: CampaignRules, released: list[datetime | None]
) -> datetime | None:
    """The end of the days after a hold that stood at the deadline (decisions 4)."""
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    known = [moment for moment in released if moment is not None]
    if not known or campaign.materials_end_at is None or max(known) < campaign.materials_end_at:
        return None
    day = max(known).astimezone(ctx.zone).date()
    last = working_days_after(day, rules.deadlines.release_working_days, calendars.calendar(ctx))
    return ends_at(last, ctx.zone)


def _levels(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> dict[str, Any]:
    reviews = {review.level: review for review in flow.reviews(ctx.session, nomination.id)}
    mine = reviews.get(nomination.level)
    replies = flow.replies(ctx.session, nomination.id)
    free, limit = flow.free_seats(
        ctx.session, nomination.campaign_id, nomination.bucket_code, SeatKind.NOMINATION
    )
    heard = flow.consultations(ctx.session, nomination.id)
    return {
        "consultation_concluded": any(c.concluded_at is not None for c in heard),
        "level_reviewed": mine is not None and mine.conclusion == "RECOMMEND",
        "criteria": tuple(c.code for c in rules.rubric.criteria),
        "assessed_criteria": frozenset(a["criterion"] for a in mine.assessments) if mine else frozenset(),
        "departments_needed": tuple(d.code for d in rules.departments.required),
        "departments_consenting": frozenset(
            r.department for r in replies if r.result is ReplyResult.NO_OBJECTION
        ),
        "departments_objecting": frozenset(
            r.department for r in replies if r.result is ReplyResult.OBJECTION
        ),
        "bucket": nomination.bucket_code,
        "claim_available": free > 0,
        "claim_limit": limit,
        "eligibility_reasons": _eligibility(ctx, nomination, rules),
    }


def _eligibility(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> tuple[Any, ...]:
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    return tuple(eligibility.reasons(_candidate(ctx, nomination, campaign, rules)))


def _candidate(ctx: Ctx, nomination: Nomination, campaign: Campaign, rules: CampaignRules) -> Candidate:
    window = ctx.session.get_one(ServiceWindow, nomination.window_id)
    sponsor = ctx.session.get_one(Organization, nomination.sponsor_org_id)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    day = nomination.created_at.astimezone(ctx.zone).date()
    region = regions.on_day(ctx.session, window.region_code, day)
    digits = {Level.PROVINCIAL: 2, Level.MUNICIPAL: 4}.get(host.level, 6)
    chain = nominations.chain(ctx.session, nomination.sponsor_path)
    return Candidate(
        organization_participates=nomination_routes.entry_of(ctx, campaign, chain) is not None,
        in_system=window.in_labor_system,
        in_host_region=window.region_code[:digits] == host.region_code[:digits],
        region_code=window.region_code,
        region_valid=region is not None,
        serves_public_directly=window.serves_public_directly,
        window_type=window.window_type,
        other_types=tuple(window.other_types),
        known_types=frozenset(kind.code for kind in rules.scope.types),
        justification=window.other_justification,
        accepted_by_office=bool(window.other_accepted_by),
        affiliation_level=window.affiliation_level,
        edition_no=campaign.edition_no,
        barred_until_edition=sponsor.barred_until_edition,
    )


def _papers(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> dict[str, Any]:
    form = flow.form(ctx.session, nomination.id)
    reported = {
        body.kind
        for body in flow.local_bodies(ctx.session, nomination.campaign_id, nomination.organizing_org_id)
    }
    return {
        "form_complete": form is not None and form.complete,
        "writeup_chars": flow.characters(ctx.session, nomination.id),
        "writeup_hard_min": rules.writeup.hard_min,
        "writeup_hard_max": rules.writeup.hard_max,
        "statement_present": bool(nomination.statement.strip()),
        "rank": nomination.rank_in_bucket,
        "seals_required": rules.seals.filing,
        "seals": {seal.level: seal.sealed_on for seal in flow.seals(ctx.session, nomination.id)},
        "local_bodies": frozenset(kind.value for kind in reported),
    }


def _time(ctx: Ctx, nomination: Nomination, campaign: Campaign, rules: CampaignRules) -> dict[str, Any]:
    late = flow.late_acceptance(ctx.session, campaign.id, nomination.organizing_org_id)
    listed = {
        item.level: notice.ends_at
        for item, notice in flow.effective_notices(ctx.session, nomination.id)
        if notice.stage in _IN_EFFECT
    }
    return {
        "notice_ends_at": listed.get(applicable(nomination, rules)[-1]),
        "host_notice_required": rules.notice.host_notice_for_all,
        "host_notice_ends_at": listed.get(rules.host_level),
        "deadline_ends_at": campaign.materials_end_at,
        "late_ends_at": late.ends_at if late else None,
        "returned_from": nomination.returned_from,
        "returned_level": nomination.returned_level,
        "correction_ends_at": nomination.correction_ends_at,
    }


def _history(ctx: Ctx, nomination: Nomination) -> dict[str, Any]:
    taken = flow.steps(ctx.session, nomination.id)
    standing = [step for step in taken if step.undone_at is None and step.action is not Action.UNDO]
    endorsed = frozenset(step.from_level for step in standing if step.action is Action.ENDORSE)
    last = standing[-1] if standing else None
    return {"endorsed_levels": endorsed, **(dict(_last(last)) if last else {})}


def _last(step: NominationStep) -> Iterator[tuple[str, Any]]:
    acted: Mapping[str, Any] = step.detail
    level = acted.get("actor_level")
    yield "last_action", step.action
    yield "previous_stage", step.from_stage
    yield "previous_level", step.from_level
    yield "last_step_level", Level(level) if level else None
