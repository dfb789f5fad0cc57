"""For campaign, notice, objection and veto finding: a case in which everything holds, and one change per refusal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from app.domain import campaign, notice, objection, veto
from app.domain.campaign import CampaignAction, CampaignFacts, CampaignStage
from app.domain.notice import Content, NoticeAction, NoticeFacts, NoticeStage
from app.domain.objection import (
    IdentityKind,
    ObjectionAct,
    ObjectionAction,
    ObjectionFacts,
    ObjectionResult,
    ObjectionStage,
    Timeliness,
)
from app.domain.veto import FindingFacts, FindingStage
from tests.domain import decision_proofs
from tests.domain.cases import DAY, NOTICE_END, NOW
from tests.domain.machine_proofs import Proof, change

JUNE = datetime(2026, 6, 20, 16, tzinfo=UTC)
SEPTEMBER = datetime(2026, 9, 30, 16, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 30, 16, tzinfo=UTC)


def campaign_case(stage: CampaignStage, **changes: Any) -> CampaignFacts:
    """The province's campaign, with papers, rules and all its cases in order."""
    facts = CampaignFacts(
        stage=stage,
        basis_documents=1,
        opening_decision_recorded=True,
        approval_basis_required=True,
        approval_basis_recorded=True,
        award_period_start_year=2024,
        award_period_end_year=2026,
        participants=12,
        criteria_points=Decimal(100),
        contacts_end_at=JUNE,
        materials_end_at=SEPTEMBER,
        ministry_end_at=NOVEMBER,
        ministry_places=10,
        planned_award_on=date(2026, 12, 20),
        calendar_years_needed=frozenset({2026}),
        calendar_years_loaded=frozenset({2025, 2026}),
        quota_confirmed=True,
        quota_is_sample=False,
        ranking_recorded=True,
        approved_awards=34,
        award_places=34,
        last_decision_on=date(2026, 12, 1),
        reason="说明",
    )
    return replace(facts, **changes)


def _campaign_ready(stage: CampaignStage, action: CampaignAction) -> CampaignFacts:
    return campaign_case(stage, suspended=action is CampaignAction.RESUME)


CAMPAIGN = Proof(
    campaign.MACHINE,
    _campaign_ready,
    {
        "BASIS_DOCUMENT_MISSING": change(basis_documents=0),
        "DECISION_MISSING": change(opening_decision_recorded=False),
        "APPROVAL_BASIS_MISSING": change(approval_basis_recorded=False),
        "AWARD_PERIOD_INVALID": change(award_period_start_year=None),
        "PARTICIPANTS_MISSING": change(participants=0),
        "CRITERIA_SUM_MISMATCH": change(criteria_points=Decimal("99.5")),
        "DEADLINES_INCOMPLETE": change(contacts_end_at=None),
        "DEADLINE_ORDER": change(contacts_end_at=SEPTEMBER),
        "AWARD_DATE_MISSING": change(planned_award_on=None),
        "CALENDAR_YEAR_MISSING": change(calendar_years_needed=frozenset({2026, 2027})),
        "QUOTA_NOT_CONFIRMED": change(quota_confirmed=False),
        "SAMPLE_QUOTA": change(quota_is_sample=True),
        "DEADLINE_PASSED": change(contacts_end_at=JUNE - DAY, materials_end_at=NOW),
        "CAMPAIGN_SUSPENDED": change(suspended=True),
        "DEADLINE_NOT_REACHED": change(materials_end_at=NOVEMBER),
        "FORMAL_CHECKS_OPEN": change(unchecked_filings=2),
        "SCORES_NOT_LOCKED": change(unlocked_cases=1),
        "RANKING_MISSING": change(ranking_recorded=False),
        "ITEMS_UNDECIDED": change(undecided_items=1),
        "AWARDS_EXCEED_PLACES": change(approved_awards=35),
        "AWARD_DATE_TOO_EARLY": change(last_decision_on=date(2026, 12, 21)),
        "AWARDS_NOT_CONFERRED": change(unconferred_awards=1),
        "CAMPAIGN_NOT_SUSPENDED": change(suspended=False),
        "REASON_MISSING": change(reason=""),
    },
    clock=lambda action: SEPTEMBER if action is CampaignAction.CLOSE_FILING else NOW,
)


def notice_case(stage: NoticeStage, **changes: Any) -> NoticeFacts:
    """A city's notice of three windows, fit to print; when published it runs until a day after `NOW`."""
    facts = NoticeFacts(
        stage=stage,
        starts_at=NOW - 7 * DAY if stage is NoticeStage.PUBLISHED else None,
        ends_at=NOW + DAY if stage is NoticeStage.PUBLISHED else None,
        actor="person:b",
        drafted_by="person:a",
        contents=frozenset(Content),
        items=3,
        scanned=True,
        channels=2,
        planned_ends_at=NOW + 8 * DAY,
        minimum_ends_at=NOW + 7 * DAY,
        new_ends_at=NOW + 3 * DAY,
        reason="说明",
        slip_without_effect=True,
        item_listed=True,
        result="公示无异议",
    )
    return replace(facts, **changes)


def _notice_ready(stage: NoticeStage, action: NoticeAction) -> NoticeFacts:
    facts = notice_case(stage)
    if stage is NoticeStage.PUBLISHED and action is NoticeAction.CANCEL:
        return replace(facts, starts_at=NOW + DAY, ends_at=NOW + 8 * DAY)
    return replace(facts, ends_at=NOTICE_END) if action is NoticeAction.CONCLUDE else facts


NOTICE = Proof(
    notice.MACHINE,
    _notice_ready,
    {
        "NOTICE_CONTENT_MISSING": change(contents=frozenset(Content) - {Content.LETTER_RULE}),
        "NOTICE_EMPTY": change(items=0),
        "PII_IN_NOTICE": change(personal_data=("正文第 3 段",)),
        "SAME_PERSON": change(actor="person:a"),
        "NOTICE_CHANNEL_MISSING": change(channels=0),
        "NOTICE_ITEM_NOT_READY": change(items_not_ready=("鹿城区社保窗口",)),
        "CAMPAIGN_SUSPENDED": change(campaign_suspended=True),
        "NOTICE_PERIOD_TOO_SHORT": change(planned_ends_at=NOW + 6 * DAY),
        "NOTICE_CLOSED": change(ends_at=NOW),
        "NOTICE_STILL_RUNNING": change(ends_at=NOW + DAY),
        "NOTICE_NOT_BEGUN": change(starts_at=NOW + DAY),
        "NOTICE_ALREADY_PUBLIC": change(starts_at=NOW),
        "EXTENSION_NOT_LATER": change(new_ends_at=NOW + DAY),
        "ERRATUM_HAS_EFFECT": change(slip_without_effect=False),
        "NOTICE_ITEM_NOT_LISTED": change(item_listed=False),
        "OBJECTION_OPEN": change(open_objections=1),
        "NOTICE_RESULT_MISSING": change(result=" "),
        "REASON_MISSING": change(reason=""),
    },
)


def objection_case(stage: ObjectionStage, **changes: Any) -> ObjectionFacts:
    """A named objection made in time, with an outside handler who acts."""
    facts = ObjectionFacts(
        stage=stage,
        names_a_nominee=True,
        was_accepted=stage is not ObjectionStage.NOT_ACCEPTED,
        actor="person:c",
        handler="person:c",
        preparers=frozenset({"person:a"}),
        due_on=date(2026, 10, 16),
        result=ObjectionResult.UPHELD if stage is ObjectionStage.CONCLUDED else None,
        reason="说明",
        new_due_on=date(2026, 10, 30),
        given_result=ObjectionResult.UPHELD,
        finding="核查情况",
        act=ObjectionAct.DISMISS,
        dismissal_approver="person:d",
        reply="答复内容",
        new_evidence="新的书面材料",
    )
    return replace(facts, **changes)


def _objection_ready(stage: ObjectionStage, action: ObjectionAction) -> ObjectionFacts:
    facts = objection_case(stage)
    match action:
        case ObjectionAction.DECLINE:
            return replace(facts, timeliness=Timeliness.LATE)
        case ObjectionAction.REPLY:
            return replace(facts, result=ObjectionResult.NOT_UPHELD)
        case ObjectionAction.CLOSE if stage is not ObjectionStage.REPLIED:
            return replace(facts, result=ObjectionResult.NOT_UPHELD, identity_kind=IdentityKind.ANONYMOUS)
        case _:
            return facts


_NOT_CONCLUDED = ("NOT_ACCEPTED", "ACTED", "REPLIED")

OBJECTION = Proof(
    objection.MACHINE,
    _objection_ready,
    {
        "OBJECTION_LATE": change(timeliness=Timeliness.LATE),
        "OBJECTION_ANONYMOUS": change(identity_kind=IdentityKind.ANONYMOUS),
        "OBJECTION_OFF_TOPIC": change(names_a_nominee=False),
        "OBJECTION_MUST_BE_ACCEPTED": change(timeliness=Timeliness.IN_TIME),
        "HANDLER_MISSING": change(handler=""),
        "HANDLER_PREPARED_IT": change(preparers=frozenset({"person:c"})),
        "RECUSAL": change(handler_accused=True),
        "NOT_THE_HANDLER": change(actor="person:e"),
        "EXTENSION_USED": change(extended=True),
        "DUE_DATE_NOT_LATER": change(new_due_on=date(2026, 10, 16)),
        "OBJECTION_RESULT_MISSING": change(finding=""),
        "NOTHING_TO_ACT_ON": change(result=ObjectionResult.NOT_UPHELD),
        "ACT_MISSING": change(act=None, result=ObjectionResult.PARTLY_UPHELD),
        "DISMISSAL_NOT_APPROVED": change(dismissal_approver=""),
        "SAME_PERSON": change(dismissal_approver="person:c"),
        "NOBODY_TO_REPLY_TO": change(identity_kind=IdentityKind.ANONYMOUS),
        "REPLY_MISSING": change(reply="", identity_kind=IdentityKind.NAMED_INDIVIDUAL),
        "NEW_EVIDENCE_MISSING": change(new_evidence=""),
        "REASON_MISSING": change(reason=""),
    },
    cannot=frozenset(
        {(stage, action, "ACT_MISSING") for stage in _NOT_CONCLUDED for action in ("REPLY", "CLOSE")}
        | {("REPLIED", "CLOSE", "REPLY_MISSING"), ("ACCEPTED", "INVESTIGATE", "HANDLER_MISSING")}
    ),
)


def finding_case(stage: FindingStage, **changes: Any) -> FindingFacts:
    """A fact of 2025, in an award period of three years, with evidence."""
    facts = FindingFacts(
        stage=stage,
        fact_on=date(2025, 3, 1),
        counts_from=date(2024, 1, 1),
        counts_to=date(2026, 12, 31),
        evidence="行政复议决定书",
        conclusion="核实结论",
    )
    return replace(facts, **changes)


VETO = Proof(
    veto.MACHINE,
    lambda stage, _action: finding_case(stage),
    {
        "FACT_OUTSIDE_PERIOD": change(fact_on=date(2023, 12, 31)),
        "EVIDENCE_MISSING": change(evidence=""),
        "CONCLUSION_MISSING": change(conclusion=" "),
    },
)


PROOFS = (CAMPAIGN, NOTICE, OBJECTION, VETO, *decision_proofs.PROOFS)
