"""One nomination's facts at one moment, gathered from the rows for the guards of the domain."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.db import flow
from app.db import nominations as rows
from app.db.tables.campaigns import SeatStatus
from app.db.tables.materials import FormKind
from app.db.tables.nominations import LevelReview, Nomination
from app.domain import eligibility as scope
from app.domain import levels
from app.domain.calendar import ends_at, working_days_after
from app.domain.department_reply import ReplyResult
from app.domain.formal_check import FormalPoint
from app.domain.ids import shown
from app.domain.level_review import Conclusion
from app.domain.levels import Level
from app.domain.nomination import Facts, Stage
from app.domain.notice import NoticeMatter, NoticeStage
from app.domain.quota import SeatKind
from app.domain.veto import HOLDING, FindingStage
from app.domain.words import WORDS
from app.packs import filling
from app.packs.schema import CampaignRules
from app.services import calendars, case_history, eligibility, evaluation_facts
from app.services.context import Ctx
from app.services.dossiers import Dossier

_BEFORE_THE_AWARD = (Stage.REVIEWED, Stage.AT_HOST_NOTICE)
_IN_EFFECT = (NoticeStage.PUBLISHED, NoticeStage.CONCLUDED)


def facts_of(ctx: Ctx, nomination: Nomination, **handed_in: Any) -> Facts:  # noqa: ANN401  (fields of Facts)
    """Everything the guards ask of the case itself; `handed_in` adds who speaks and what comes with the act."""
    return gathered(Dossier(ctx, nomination), **handed_in)


def gathered(case: Dossier, **handed_in: Any) -> Facts:  # noqa: ANN401  (fields of Facts)
    """The same of a case that is open."""
    found: dict[str, Any] = {
        **_place(case),
        "zone": case.ctx.zone,
        "names": dict(_names(case.rules)) | _bucket_name(case),
        **_people(case),
        **_holds(case),
        **_before_submission(case),
        **_levels(case),
        **_quota(case),
        **_papers(case),
        **_time(case),
        **case_history.facts(case),
        **evaluation_facts.facts_of_evaluation(case.ctx, case.nomination, case.rules),
    }
    return Facts(**(found | handed_in))


def applicable(nomination: Nomination, rules: CampaignRules) -> tuple[Level, ...]:
    """The levels this nomination passes, lowest first; what its place in the tree does not have is left out (E-39)."""
    route = rules.route(nomination.route)
    passed = levels.applicable_levels(route.levels, nomination.own_level) if route else ()
    return tuple(level for level in passed if level.value in nomination.departments)


def _passed(case: Dossier) -> tuple[Level, ...]:
    return applicable(case.nomination, case.rules)


def _place(case: Dossier) -> dict[str, Any]:
    nomination, passed = case.nomination, _passed(case)
    return {
        "stage": nomination.stage,
        "level": nomination.level,
        "own_level": nomination.own_level,
        "applicable_levels": passed,
        "organising_level": passed[-1],
        "host_level": case.rules.host_level,
        "campaign_stage": case.campaign.stage,
        "campaign_suspended": bool(case.campaign.suspended_reason),
        "returned_from": nomination.returned_from,
        "returned_level": nomination.returned_level,
        "correction_ends_at": nomination.correction_ends_at,
    }


def _names(rules: CampaignRules) -> Iterator[tuple[str, tuple[str, str]]]:
    """What the codes in the facts are called."""
    for veto in rules.vetoes.items:
        yield veto.code, (veto.text_zh, veto.text_en)
    for department in rules.departments.departments:
        yield department.code, (department.name_zh, department.name_en)
    for criterion in rules.rubric.criteria:
        yield criterion.code, (criterion.name_zh, criterion.name_en)
    for field in rules.form.fields:
        yield field.key, (field.zh, field.en)
    for point in FormalPoint:
        yield point.value, WORDS["formal_point"][point]


def _bucket_name(case: Dossier) -> dict[str, tuple[str, str]]:
    """A shared bucket is called as its route is, any other one as its organising unit."""
    code, route = case.nomination.bucket_code, case.rules.route(case.nomination.route)
    if route is not None and route.bucket_code:
        return {code: (route.name_zh, route.name_en)}
    unit = case.units[case.nomination.organizing_org_id]
    return {code: (unit.name, unit.name)}


def _people(case: Dossier) -> dict[str, Any]:
    """Who prepared the case, and whether the caller is one of them under any account (I-13, C14)."""
    preparers = case_history.preparers(case.nomination, case.standing) | _at_the_organising_level(case)
    mine = {f"person:{one.hex}" for one in case.accounts} & preparers
    return {"actor": next(iter(mine), case.ctx.actor.key), "preparers": frozenset(preparers)}


def _at_the_organising_level(case: Dossier) -> set[str]:
    """There the opinion and the form are prepared by one person and approved by another."""
    if case.nomination.level is not _passed(case)[-1]:
        return set()
    form, written = case.papers.form, _reviews(case).get(case.nomination.level)
    return {written.reviewer if written else "", form.updated_by if form else ""} - {""}


def _holds(case: Dossier) -> dict[str, Any]:
    findings, objections = case.findings, case.objections
    held = [(one.received_at, one.released_at) for one in objections]
    held += [(one.created_at, one.decided_at) for one in findings if one.stage is FindingStage.DISMISSED]
    return {
        "open_objections": tuple(o.code for o in objections if o.blocking),
        "vetoes_held": tuple(f.veto_code for f in findings if f.stage in HOLDING),
        "vetoes_confirmed": tuple(f.veto_code for f in findings if f.stage is FindingStage.CONFIRMED),
        "release_ends_at": _release_end(case, held),
    }


def _release_end(case: Dossier, held: list[tuple[datetime, datetime | None]]) -> datetime | None:
    """The end of the days after a hold that stood at the deadline (decisions 4)."""
    due = case.campaign.materials_end_at
    released = [end for begun, end in held if due is not None and end is not None and begun < due <= end]
    if not released:
        return None
    day = max(released).astimezone(case.ctx.zone).date()
    last = working_days_after(day, case.rules.deadlines.release_working_days, calendars.calendar(case.ctx))
    return ends_at(last, case.ctx.zone)


def _before_submission(case: Dossier) -> dict[str, Any]:
    other = _other(case)
    return {
        "veto_items": tuple(item.code for item in case.rules.vetoes.enabled),
        "declared": frozenset(one.veto_code for one in case.declarations),
        "eligibility_reasons": tuple(scope.reasons(eligibility.candidate(case))),
        "other_nomination": (other.code or shown("nom", other.id)) if other else "",
    }


def _other(case: Dossier) -> Nomination | None:
    """The live nomination of the same window; there is none beside one that lives itself (I-06)."""
    nomination = case.nomination
    if nomination.live_window_id:
        return None
    return rows.live(case.ctx.session, nomination.campaign_id, nomination.window_id)


def _levels(case: Dossier) -> dict[str, Any]:
    nomination, rules = case.nomination, case.rules
    route = rules.route(nomination.route)
    mine = _opinion(case)
    return {
        "consultation_required": route is None or route.hears_public,
        "consultation_concluded": any(c.concluded_at is not None for c in case.consultations),
        "level_reviewed": mine is not None and mine.conclusion is Conclusion.RECOMMEND,
        "criteria": tuple(c.code for c in rules.rubric.criteria),
        "assessed_criteria": frozenset(a["criterion"] for a in mine.assessments) if mine else frozenset(),
        **_departments(case),
    }


def _reviews(case: Dossier) -> dict[Level, LevelReview]:
    """The opinions that count now, one for each level."""
    return {one.level: one for one in case.reviews if one.current}


def _opinion(case: Dossier) -> LevelReview | None:
    """The present level's opinion; one given before the case came back corrected is out of date."""
    mine = _reviews(case).get(case.nomination.level)
    back = case_history.came_back_at(case.standing, case.nomination.level)
    return mine if mine is not None and (back is None or mine.created_at >= back) else None


def _departments(case: Dossier) -> dict[str, Any]:
    def answering(result: ReplyResult) -> frozenset[str]:
        return frozenset(one.department for one in case.replies if one.result is result)

    return {
        "departments_needed": tuple(d.code for d in case.rules.departments.required),
        "departments_consenting": answering(ReplyResult.NO_OBJECTION),
        "departments_objecting": answering(ReplyResult.OBJECTION),
    }


def _quota(case: Dossier) -> dict[str, Any]:
    """A rank is owed where more are put forward than there are places in the bucket (R-021, G-12)."""
    counted = case.seats
    claims = {status: counted.get((SeatKind.NOMINATION, status), 0) for status in SeatStatus}
    places = sum(n for (kind, _), n in counted.items() if kind is SeatKind.PROVINCIAL)
    return {
        "bucket": case.nomination.bucket_code,
        "claim_available": claims[SeatStatus.FREE] > 0,
        "claim_limit": sum(claims.values()),
        "award_place_free": counted.get((SeatKind.PROVINCIAL, SeatStatus.FREE), 0) > 0,
        "rank": case.nomination.rank_in_bucket,
        "rank_needed": claims[SeatStatus.USED] > places,
    }


def _papers(case: Dossier) -> dict[str, Any]:
    nomination, rules = case.nomination, case.rules
    form, text = case.papers.form, case.papers.text
    owed = filling.missing(rules.form.fields, form.data if form else {}, _passed(case))
    sealed = [one for one in case.seals if one.form_kind is FormKind.PROVINCIAL]
    return {
        "form_complete": form is not None and not owed,
        "form_missing": tuple(field.key for field in owed),
        "writeup_chars": text.char_count if text else 0,
        "writeup_hard_min": rules.writeup.hard_min,
        "writeup_hard_max": rules.writeup.hard_max,
        "statement_present": bool(nomination.statement.strip()),
        "seals_required": rules.seals.filing,
        "seals": {seal.level: seal.sealed_on for seal in sealed},
        "local_bodies_required": _owes_local_bodies(case),
        "local_bodies": frozenset(body.kind.value for body in case.local_bodies),
    }


def _owes_local_bodies(case: Dossier) -> bool:
    """Localities do; the host's own units file without them (R-047)."""
    return case.rules.routing.local_bodies_required and _passed(case)[-1] < case.rules.host_level


def _time(case: Dossier) -> dict[str, Any]:
    late, nomination = case.papers.late, case.nomination
    listed = {
        item.matter: notice.ends_at
        for item, notice in case.notices
        if item.effective_nomination_id == nomination.id and notice.stage in _IN_EFFECT
    }
    return {
        "notice_ends_at": listed.get(NoticeMatter.RECOMMENDATION),
        "host_notice_required": case.rules.notice.host_notice_for_all,
        "host_notice_ends_at": listed.get(NoticeMatter.AWARD),
        "objection_upheld": flow.upheld_against_the_award(case.ctx.session, nomination.id)
        if nomination.stage in _BEFORE_THE_AWARD
        else "",
        "deadline_ends_at": case.campaign.materials_end_at,
        "late_ends_at": late.ends_at if late else None,
    }
