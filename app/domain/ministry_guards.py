"""What has to hold before a window goes on to the ministry; each guard names its clause (R-031 to R-043)."""

from datetime import datetime

from app.domain.errors import Reason
from app.domain.ministry_facts import MinistryFacts
from app.domain.nomination_guards import hold_reasons
from app.domain.nomination_stage import Stage
from app.domain.steps import guard, timed, unless, until

DETERMINED = (Stage.DETERMINED, Stage.AWARDED)


@guard("NOT_PROVINCIALLY_DETERMINED")
def it_was_determined(facts: MinistryFacts) -> list[Reason]:
    """Only what the host itself commends is recommended on (R-013, I-04)."""
    return unless(facts.nomination_stage in DETERMINED, "NOT_PROVINCIALLY_DETERMINED")


@guard("CAMPAIGN_SUSPENDED", "OBJECTION_OPEN", "VETO_HELD", "VETO_CONFIRMED")
def nothing_holds_it(facts: MinistryFacts) -> list[Reason]:
    """No suspension, no open objection, no veto alleged or confirmed (R-019, I-09)."""
    return hold_reasons(facts)


@guard("ASSESSMENT_INCOMPLETE", "DATE_IN_FUTURE")
def the_assessment_is_whole(facts: MinistryFacts) -> list[Reason]:
    """A team went there on a day, found something, and concluded (R-031)."""
    whole = facts.team > 0 and facts.assessed_on is not None and bool(facts.findings.strip())
    ahead = facts.assessed_on is not None and facts.assessed_on > facts.as_of
    return [
        *unless(whole and facts.assessment is not None, "ASSESSMENT_INCOMPLETE"),
        *unless(not ahead, "DATE_IN_FUTURE"),
    ]


@guard("RECUSAL")
def nobody_judged_his_own(facts: MinistryFacts) -> list[Reason]:
    """Nobody of the team is from the nominee's city or its sponsor's chain (R-031, I-12)."""
    return unless(not facts.recused, "RECUSAL", people=facts.recused)


@guard("NOTICE_NOT_PUBLISHED")
def the_notice_lists_it(facts: MinistryFacts) -> list[Reason]:
    """A published notice of the host names this window for the ministry (R-032)."""
    return unless(facts.notice_ends_at is not None, "NOTICE_NOT_PUBLISHED")


@timed("NOTICE_NOT_PUBLISHED", "NOTICE_STILL_RUNNING")
def the_notice_ran_its_full_time(facts: MinistryFacts, now: datetime) -> list[Reason]:
    """The host's notice has run to its end before the second decision (R-032, I-10)."""
    if facts.notice_ends_at is None:
        return [Reason("NOTICE_NOT_PUBLISHED")]
    ends_at = until(facts.notice_ends_at, facts.zone)
    return unless(now >= facts.notice_ends_at, "NOTICE_STILL_RUNNING", ends_at=ends_at)


@guard("DECISION_MISSING", "QUORUM_NOT_MET", "VOTE_ARITHMETIC")
def the_body_decided(facts: MinistryFacts) -> list[Reason]:
    """The second body considered it again, at a meeting on record (R-033, E-33)."""
    decided = facts.decision_recorded and facts.decision_result is not None
    return list(facts.ballot_reasons) if decided else [_DECISION]


@guard("DECISION_MISSING")
def the_second_decision_stands(facts: MinistryFacts) -> list[Reason]:
    """Nothing is reported without the second body's own decision on it (R-033, I-15)."""
    return [] if facts.second_decision_stands else [_DECISION]


@guard("FORM_INCOMPLETE")
def the_national_form_is_complete(facts: MinistryFacts) -> list[Reason]:
    """The national form is filled in (R-037)."""
    return unless(facts.form_complete, "FORM_INCOMPLETE", missing=facts.form_missing or ("—",))


@guard("WRITEUP_LENGTH")
def the_write_up_has_its_length(facts: MinistryFacts) -> list[Reason]:
    """The write-up for the ministry is there and within the hard bounds around its target (R-038, R-039)."""
    low, high = max(1, facts.writeup_hard_min), facts.writeup_hard_max
    within = low <= facts.writeup_chars <= high
    return unless(within, "WRITEUP_LENGTH", chars=facts.writeup_chars, min=low, max=high)


@guard("QUALITY_UNCHECKED")
def somebody_answers_for_its_quality(facts: MinistryFacts) -> list[Reason]:
    """A named person has confirmed each quality the notice asks of the write-up (R-039)."""
    named = bool(facts.checked_by.strip()) or not facts.checks_needed
    return unless(
        named and not facts.checks_open, "QUALITY_UNCHECKED", checks=facts.checks_open or facts.checks_needed
    )


@guard("VIDEO_DURATION")
def the_video_has_its_length(facts: MinistryFacts) -> list[Reason]:
    """The video is there and within the hard bounds around its target (R-041, E-37)."""
    low, high = max(1, facts.video_hard_min), facts.video_hard_max
    within = low <= facts.video_seconds <= high
    return unless(within, "VIDEO_DURATION", seconds=facts.video_seconds, min=low, max=high)


@guard("VIDEO_ASPECT_MISSING")
def the_video_shows_every_aspect(facts: MinistryFacts) -> list[Reason]:
    """Each criterion has a segment of the video (R-042, E-37)."""
    return unless(not facts.aspects_missing, "VIDEO_ASPECT_MISSING", missing=facts.aspects_missing)


@guard("SEAL_MISSING", "SEAL_ORDER")
def every_level_has_sealed(facts: MinistryFacts) -> list[Reason]:
    """The seals of all applicable levels, the host's last, from the lowest up (R-040)."""
    if not facts.seals_required:
        return []
    seals = facts.seals or {}
    missing = [level for level in facts.seal_levels if level not in seals]
    dates = [seals[level] for level in facts.seal_levels if level in seals]
    names = {"level_zh": tuple(x.name_zh for x in missing), "level_en": tuple(x.name_en for x in missing)}
    return [
        *unless(not missing, "SEAL_MISSING", **names),
        *unless(dates == sorted(dates), "SEAL_ORDER"),
    ]


@guard("COPIES_MISSING")
def every_copy_is_there(facts: MinistryFacts) -> list[Reason]:
    """Five copies of the write-up and two discs have been handed over (R-043)."""
    short = [(needed, received) for needed, received in facts.copies if received < needed]
    return [Reason("COPIES_MISSING", params={"needed": n, "copies": r}) for n, r in short[:1]]


@guard("DOCUMENT_NO_MISSING")
def the_document_is_named(facts: MinistryFacts) -> list[Reason]:
    """What goes out and what comes back has the number of its paper (R-033)."""
    return unless(bool(facts.document_no.strip()), "DOCUMENT_NO_MISSING")


@guard("MINISTRY_RESULT_MISSING")
def the_ministry_has_answered(facts: MinistryFacts) -> list[Reason]:
    """The ministry commends it or not."""
    return unless(facts.result is not None, "MINISTRY_RESULT_MISSING")


@guard("CORRECTION_LETTER_MISSING")
def the_ministry_was_told(facts: MinistryFacts) -> list[Reason]:
    """What was reported is taken back by a letter, on record before the case ends (E-07)."""
    return unless(facts.correction_letter_sent, "CORRECTION_LETTER_MISSING")


@guard("UNDO_BY_NOTICE")
def no_public_notice_stands(facts: MinistryFacts) -> list[Reason]:
    """What a public notice says is taken back in the notice."""
    return unless(facts.notice_ends_at is None, "UNDO_BY_NOTICE")


@guard("UNDO_BY_DECISION")
def the_decision_was_annulled(facts: MinistryFacts) -> list[Reason]:
    """The second body's decision is annulled by a later one, never edited away."""
    return unless(facts.decision_annulled, "UNDO_BY_DECISION")


@guard("REASON_MISSING")
def a_reason_is_given(facts: MinistryFacts) -> list[Reason]:
    """Whoever ends it or takes a step back says why."""
    return unless(bool(facts.reason.strip()), "REASON_MISSING")


_DECISION = Reason(
    "DECISION_MISSING",
    params={
        "decision_zh": "审定机构对报部推荐的决定",
        "decision_en": "the second body's decision on the recommendation",
    },
)
