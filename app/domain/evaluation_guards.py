"""What has to hold once a nomination is with the office, up to the award; each guard names its clause."""

from datetime import datetime

from app.domain.campaign_facts import CampaignStage
from app.domain.errors import Reason
from app.domain.nomination_facts import Facts
from app.domain.nomination_guards import notice_reasons
from app.domain.nomination_stage import DecisionResult, Stage
from app.domain.steps import Guard, guard, timed, unless
from app.domain.words import both


def _during(name: str, sentence: str, *stages: CampaignStage) -> Guard[Facts]:
    """A guard that binds a step of the office to phases of the campaign."""

    def rule(facts: Facts, now: datetime) -> list[Reason]:  # noqa: ARG001  (the shape of every guard)
        return unless(
            facts.campaign_stage in stages,
            "CAMPAIGN_PHASE",
            **both("stage", "campaign_stage", facts.campaign_stage),
            **both("needed", "campaign_stage", *stages),
        )

    return Guard(rule, name, sentence, ("CAMPAIGN_PHASE",))


# A late acceptance or a release after the deadline may bring a filing while others are being evaluated (E-18).
the_office_takes_filings = _during(
    "the office takes filings",
    "Filings are checked from the opening of the campaign until the determination begins.",
    CampaignStage.OPEN,
    CampaignStage.FILING_CLOSED,
    CampaignStage.EVALUATING,
)
the_campaign_is_evaluating = _during(
    "the campaign is evaluating",
    "Cases are scored while the campaign is evaluating.",
    CampaignStage.EVALUATING,
)
the_campaign_is_determining = _during(
    "the campaign is determining",
    "The bodies decide while the campaign is determining.",
    CampaignStage.DETERMINING,
)
awards_are_conferred_now = _during(
    "awards are conferred now",
    "Awards are conferred from the determination until the campaign is archived (R-016).",
    CampaignStage.DETERMINING,
    CampaignStage.AWARDED,
)
awards_may_be_revoked = _during(
    "awards may be revoked",
    "An award may be revoked years later, when the campaign is long archived (E-42).",
    CampaignStage.DETERMINING,
    CampaignStage.AWARDED,
    CampaignStage.ARCHIVED,
)


@guard("REVIEWERS_TOO_FEW")
def enough_reviewers_are_free(facts: Facts) -> list[Reason]:
    """Enough reviewers without a conflict remain; the minimum is never lowered silently (E-22, I-12)."""
    return unless(
        facts.reviewers_free >= facts.reviewers_needed,
        "REVIEWERS_TOO_FEW",
        free=facts.reviewers_free,
        needed=facts.reviewers_needed,
    )


@guard("SCORES_MISSING")
def every_sheet_is_submitted(facts: Facts) -> list[Reason]:
    """All score sheets of the case are in, before any of them is locked (I-11)."""
    needed, given = facts.sheets_needed, facts.sheets_submitted
    return unless(given >= needed > 0, "SCORES_MISSING", needed=needed, given=given)


@guard("FORMAL_CHECK_INCOMPLETE")
def the_formal_check_is_passed(facts: Facts) -> list[Reason]:
    """The office has ticked every point of its formal check."""
    passed = facts.formal_check_done and not facts.formal_check_failed
    return unless(
        passed, "FORMAL_CHECK_INCOMPLETE", **facts.named("points", facts.formal_check_failed or ("—",))
    )


@guard("DECISION_MISSING", "QUORUM_NOT_MET", "VOTE_ARITHMETIC")
def the_body_decided(facts: Facts) -> list[Reason]:
    """A meeting's decision is on record, with a quorum and votes that add up (R-029, R-030, D10, E-33)."""
    if not facts.decision_recorded or facts.decision_result is None:
        missing = {"decision_zh": "会议对本项的决定", "decision_en": "the meeting's decision on this item"}
        return [Reason("DECISION_MISSING", params=missing)]
    return list(facts.ballot_reasons)


@guard("QUOTA_EXHAUSTED")
def an_award_place_is_free(facts: Facts) -> list[Reason]:
    """An approval takes a place, so one must be free; the row that is claimed has the last word (R-011, decisions 10)."""
    takes_one = facts.decision_result is DecisionResult.APPROVED
    return unless(
        facts.award_place_free or not takes_one, "QUOTA_EXHAUSTED", **facts.named("bucket", (facts.bucket,))
    )


@guard("HOST_NOTICE_OFF")
def the_campaign_has_a_host_notice(facts: Facts) -> list[Reason]:
    """The campaign's rules switch the host's own notice on (D5, G-07)."""
    return unless(facts.host_notice_required, "HOST_NOTICE_OFF")


@guard("NOTICE_NOT_PUBLISHED")
def the_host_notice_lists_it(facts: Facts) -> list[Reason]:
    """A published notice of the host names this window (R-032)."""
    return unless(facts.host_notice_ends_at is not None, "NOTICE_NOT_PUBLISHED")


@guard("OBJECTION_UPHELD")
def no_objection_to_the_award_was_upheld(facts: Facts) -> list[Reason]:
    """What left the host's notice by an upheld objection is not put there again (R-028)."""
    return unless(not facts.objection_upheld, "OBJECTION_UPHELD", objection=facts.objection_upheld)


@guard("OBJECTION_UPHELD")
def an_upheld_objection_is_followed(facts: Facts) -> list[Reason]:
    """The second body does not approve what an upheld objection has spoken against; it decides against or later (R-028)."""
    approved = facts.decision_result is DecisionResult.APPROVED
    return unless(
        not (approved and facts.objection_upheld), "OBJECTION_UPHELD", objection=facts.objection_upheld
    )


@timed("NOTICE_NOT_PUBLISHED", "NOTICE_STILL_RUNNING")
def the_host_notice_ran_if_required(facts: Facts, now: datetime) -> list[Reason]:
    """Where the rules ask for the host's notice, it has run to its end before the final decision (R-032, I-10).

    What an upheld objection took out of it is not approved any more, and needs no notice to be decided against.
    """
    asked = facts.host_notice_required or facts.stage is Stage.AT_HOST_NOTICE
    asked = asked and not facts.objection_upheld
    return notice_reasons(facts.host_notice_ends_at, facts, now) if asked else []


@guard("AWARD_REFERENCE_MISSING")
def an_event_or_document_is_named(facts: Facts) -> list[Reason]:
    """An award is conferred at an event or by a numbered document (R-016)."""
    return unless(bool(facts.award_reference.strip()), "AWARD_REFERENCE_MISSING")


@guard("REVOCATION_GROUND_MISSING")
def a_ground_is_given(facts: Facts) -> list[Reason]:
    """A revocation names its ground (domain.md 3.10, E-42)."""
    return unless(bool(facts.revocation_ground.strip()), "REVOCATION_GROUND_MISSING")
