"""What has to hold before a nomination moves up to being filed; each guard names its clause."""

from datetime import datetime, tzinfo
from typing import Protocol

from app.domain.campaign_facts import CampaignStage
from app.domain.eligibility import CODES as ELIGIBILITY_CODES
from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.nomination_facts import Facts
from app.domain.steps import guard, timed, unless, until
from app.domain.words import both

FILING = frozenset({CampaignStage.OPEN, CampaignStage.FILING_CLOSED, CampaignStage.EVALUATING})
_BODIES = {"LEADING": ("领导机构", "leading body"), "WORKING": ("办事机构", "working office")}
_RUNNING = FILING | {CampaignStage.DETERMINING, CampaignStage.AWARDED}


@timed("CAMPAIGN_NOT_OPEN")
def the_campaign_is_open(facts: Facts, now: datetime) -> list[Reason]:
    """The campaign takes recommendations, or an exception to its deadline still runs for this case (decisions 4, E-18)."""
    is_open = facts.campaign_stage is CampaignStage.OPEN
    excepted = facts.campaign_stage in FILING and facts.in_extra_time(now)
    return not_open(facts, allowed=is_open or excepted)


@guard("CAMPAIGN_NOT_OPEN")
def the_campaign_is_under_way(facts: Facts) -> list[Reason]:
    """Between its opening and its archive a campaign lets cases be sent back or ended."""
    return not_open(facts, allowed=facts.campaign_stage in _RUNNING)


@guard("CAMPAIGN_SUSPENDED", "OBJECTION_OPEN", "VETO_HELD", "VETO_CONFIRMED")
def nothing_holds_it(facts: Facts) -> list[Reason]:
    """No suspension, no open objection, no veto alleged or confirmed (R-019, I-09, decisions 2)."""
    return hold_reasons(facts)


@guard("NOT_YOUR_LEVEL")
def the_actor_speaks_for_its_level(facts: Facts) -> list[Reason]:
    """Each level takes its own steps; nobody acts for another one (R-024, R-025)."""
    return not_for(facts.actor_level, facts.level)


@guard("SAME_PERSON")
def someone_else_prepared_it(facts: Facts) -> list[Reason]:
    """Who prepared a recommendation does not approve it (I-13)."""
    return unless(facts.actor not in facts.preparers, "SAME_PERSON")


@guard("DECLARATION_MISSING")
def every_veto_item_is_declared(facts: Facts) -> list[Reason]:
    """The unit has said of each veto item whether it occurred (R-019)."""
    missing = tuple(item for item in facts.veto_items if item not in facts.declared)
    return unless(not missing, "DECLARATION_MISSING", **facts.named("missing", missing))


@guard(*ELIGIBILITY_CODES)
def the_window_is_eligible(facts: Facts) -> list[Reason]:
    """The window is in the campaign's scope (R-001, R-006 to R-010)."""
    return list(facts.eligibility_reasons)


@guard("DUPLICATE_NOMINATION")
def the_window_has_no_other_live_nomination(facts: Facts) -> list[Reason]:
    """One live nomination for each window and campaign (I-06)."""
    return unless(not facts.other_nomination, "DUPLICATE_NOMINATION", other=facts.other_nomination)


@guard("NO_HIGHER_LEVEL")
def a_higher_level_follows(facts: Facts) -> list[Reason]:
    """There is an applicable level above to endorse it to; the organising level clears instead (R-025)."""
    return unless(facts.next_level is not None, "NO_HIGHER_LEVEL")


@guard("LEVEL_ORDER")
def every_lower_level_endorsed_it(facts: Facts) -> list[Reason]:
    """It stands at the organising level and each applicable level below has endorsed it (R-025, I-14, E-14)."""
    lower = [level for level in facts.applicable_levels if level < facts.organising_level]
    missing = [level for level in lower if level not in facts.endorsed_levels]
    if facts.level != facts.organising_level and facts.level not in missing:
        missing.append(facts.level)
    return unless(not missing, "LEVEL_ORDER", **_names(*missing))


@guard("CONSULTATION_MISSING")
def the_own_level_heard_the_public(facts: Facts) -> list[Reason]:
    """The own-level department has concluded its hearing of the public; higher levels owe none (R-026, D4, E-39)."""
    done = facts.consultation_concluded or not facts.consultation_required
    return unless(done, "CONSULTATION_MISSING", **_names(facts.own_level))


@guard("LEVEL_REVIEW_MISSING")
def the_level_gave_its_opinion(facts: Facts) -> list[Reason]:
    """The level's opinion is on record with signer and date (R-025, R-027)."""
    return unless(facts.level_reviewed, "LEVEL_REVIEW_MISSING", **_names(facts.level))


@guard("CRITERIA_INCOMPLETE")
def every_criterion_is_assessed(facts: Facts) -> list[Reason]:
    """The level has graded every criterion; none is left out (R-018, R-022, decisions 8)."""
    missing = tuple(code for code in facts.criteria if code not in facts.assessed_criteria)
    return unless(
        bool(facts.criteria) and not missing, "CRITERIA_INCOMPLETE", **facts.named("missing", missing)
    )


@guard("DEPARTMENT_REPLY_MISSING", "DEPARTMENT_OBJECTS")
def every_department_consented(facts: Facts) -> list[Reason]:
    """Each department to be asked has replied without objection; no reply is not consent (domain.md 3.5, G-13)."""
    objecting = tuple(d for d in facts.departments_needed if d in facts.departments_objecting)
    heard = facts.departments_consenting | facts.departments_objecting
    silent = tuple(d for d in facts.departments_needed if d not in heard)
    return [
        *unless(not silent, "DEPARTMENT_REPLY_MISSING", **facts.named("departments", silent)),
        *unless(not objecting, "DEPARTMENT_OBJECTS", **facts.named("departments", objecting)),
    ]


@guard("NOMINATION_LIMIT_REACHED")
def a_nomination_claim_is_free(facts: Facts) -> list[Reason]:
    """The bucket may put forward one more; the row that is claimed has the last word (decisions 9, 10, G-12)."""
    named = facts.named("bucket", (facts.bucket,))
    return unless(facts.claim_available, "NOMINATION_LIMIT_REACHED", **named, limit=facts.claim_limit)


@guard("NOTICE_NOT_PUBLISHED")
def a_published_notice_lists_it(facts: Facts) -> list[Reason]:
    """A published notice of the organising level names this window (R-028)."""
    return unless(facts.notice_ends_at is not None, "NOTICE_NOT_PUBLISHED")


@timed("NOTICE_NOT_PUBLISHED", "NOTICE_STILL_RUNNING")
def the_notice_ran_its_full_time(facts: Facts, now: datetime) -> list[Reason]:
    """The notice has run to its computed end (R-028, I-10, decisions 3)."""
    return notice_reasons(facts.notice_ends_at, facts, now)


@guard("FORM_INCOMPLETE")
def the_form_is_complete(facts: Facts) -> list[Reason]:
    """The submission-and-approval form is filled in (R-034)."""
    return unless(
        facts.form_complete, "FORM_INCOMPLETE", **facts.named("missing", facts.form_missing or ("—",))
    )


@guard("WRITEUP_LENGTH")
def the_write_up_has_its_length(facts: Facts) -> list[Reason]:
    """The merit write-up is there and within the hard bounds around its target (R-035, E-38)."""
    # Nothing written is refused even where the lower bound is 0.
    within = max(1, facts.writeup_hard_min) <= facts.writeup_chars <= facts.writeup_hard_max
    return unless(
        within,
        "WRITEUP_LENGTH",
        chars=facts.writeup_chars,
        min=facts.writeup_hard_min,
        max=facts.writeup_hard_max,
    )


@guard("STATEMENT_MISSING")
def its_exemplary_role_is_stated(facts: Facts) -> list[Reason]:
    """The recommendation says in what the window is typical and exemplary (R-023)."""
    return unless(facts.statement_present, "STATEMENT_MISSING")


@guard("RANK_MISSING", "RANK_TAKEN")
def it_has_its_own_rank(facts: Facts) -> list[Reason]:
    """Where candidates outnumber places, each has a rank of its own in the bucket (R-021, G-12)."""
    if facts.rank is None:
        return unless(not facts.rank_needed, "RANK_MISSING")
    return unless(facts.rank_unique, "RANK_TAKEN", rank=facts.rank)


@guard("SEAL_MISSING", "SEAL_ORDER")
def every_level_has_sealed(facts: Facts) -> list[Reason]:
    """The seals of all applicable levels are on the form, from the lowest up (R-040, decisions 32)."""
    if not facts.seals_required:
        return []
    seals = facts.seals or {}
    missing = [level for level in facts.applicable_levels if level not in seals]
    dates = [seals[level] for level in facts.applicable_levels if level in seals]
    return [
        *unless(not missing, "SEAL_MISSING", **_names(*missing)),
        *unless(dates == sorted(dates), "SEAL_ORDER"),
    ]


@timed("DEADLINES_INCOMPLETE", "DEADLINE_PASSED")
def the_deadline_has_not_passed(facts: Facts, now: datetime) -> list[Reason]:
    """It is filed before the deadline, or with a late acceptance, or in the days after a hold (R-036, E-18, decisions 4)."""
    return too_late(facts.deadline_ends_at, facts, now)


@guard("LOCAL_BODIES_MISSING")
def both_local_bodies_are_registered(facts: Facts) -> list[Reason]:
    """The locality has reported its leading body and its working office (R-047)."""
    wanted = _BODIES if facts.local_bodies_required else {}
    missing = [names for kind, names in wanted.items() if kind not in facts.local_bodies]
    return unless(
        not missing,
        "LOCAL_BODIES_MISSING",
        missing_zh=[zh for zh, _ in missing],
        missing_en=[en for _, en in missing],
    )


class Zoned(Protocol):
    """What knows the campaign's own time."""

    @property
    def zone(self) -> tzinfo: ...


class Held(Protocol):
    """What may hold a case, whichever table it walks."""

    @property
    def campaign_suspended(self) -> bool: ...
    @property
    def open_objections(self) -> tuple[str, ...]: ...
    @property
    def vetoes_held(self) -> tuple[str, ...]: ...
    @property
    def vetoes_confirmed(self) -> tuple[str, ...]: ...


def hold_reasons(facts: Held) -> list[Reason]:
    """Everything that holds a case now."""
    objections = facts.open_objections
    return [
        *unless(not facts.campaign_suspended, "CAMPAIGN_SUSPENDED"),
        *unless(not objections, "OBJECTION_OPEN", count=len(objections), objections=objections),
        *unless(not facts.vetoes_held, "VETO_HELD", items=facts.vetoes_held),
        *unless(not facts.vetoes_confirmed, "VETO_CONFIRMED", items=facts.vetoes_confirmed),
    ]


def not_for(actor_level: Level | None, expected: Level) -> list[Reason]:
    """`NOT_YOUR_LEVEL` unless the actor speaks for the level whose step it is."""
    return unless(actor_level == expected, "NOT_YOUR_LEVEL", **_names(expected))


def notice_reasons(ends_at: datetime | None, facts: Zoned, now: datetime) -> list[Reason]:
    """Why a notice has not run clear of time: none in effect, or its end is still ahead."""
    if ends_at is None:
        return [Reason("NOTICE_NOT_PUBLISHED")]
    return unless(now >= ends_at, "NOTICE_STILL_RUNNING", ends_at=until(ends_at, facts.zone))


def too_late(ends_at: datetime | None, facts: Facts, now: datetime) -> list[Reason]:
    """Why a deadline is over for this case, its exceptions counted in; a missing one refuses too."""
    if ends_at is None:
        unset = {"missing_zh": "材料报送或补正期限", "missing_en": "materials, or the correction"}
        return [Reason("DEADLINES_INCOMPLETE", params=unset)]
    in_time = now < ends_at or facts.in_extra_time(now)
    return unless(in_time, "DEADLINE_PASSED", ends_at=until(ends_at, facts.zone))


def not_open(facts: Facts, *, allowed: bool) -> list[Reason]:
    """`CAMPAIGN_NOT_OPEN` with the stage the campaign is in."""
    return unless(allowed, "CAMPAIGN_NOT_OPEN", **both("stage", "campaign_stage", facts.campaign_stage))


def _names(*levels: Level) -> dict[str, tuple[str, ...]]:
    """The parameters `level_zh` and `level_en` of a sentence that names levels."""
    return {"level_zh": tuple(x.name_zh for x in levels), "level_en": tuple(x.name_en for x in levels)}
