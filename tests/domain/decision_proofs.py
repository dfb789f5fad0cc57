"""For meeting and recommendation to the ministry: a case in which everything holds, and one change per refusal."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain import meeting, ministry
from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.meeting import MeetingAction, MeetingFacts, MeetingStage
from app.domain.ministry import (
    AssessmentResult,
    MinistryAction,
    MinistryFacts,
    MinistryResult,
    MinistryStage,
)
from app.domain.nomination import DecisionResult, Stage
from tests.domain.cases import DAY, NOTICE_END, NOW
from tests.domain.machine_proofs import Proof, change

SEALED = {
    Level.COUNTY: date(2026, 9, 10),
    Level.MUNICIPAL: date(2026, 9, 20),
    Level.PROVINCIAL: date(2026, 9, 28),
}


def meeting_case(stage: MeetingStage, **changes: Any) -> MeetingFacts:
    """The record of a meeting held yesterday, with every item decided, read by a second person."""
    facts = MeetingFacts(
        stage=stage,
        as_of=date(2026, 11, 7),
        held_on=date(2026, 11, 6),
        minutes_no="厅党组纪要〔2026〕21号",
        items=3,
        actor="person:b",
        recorders=frozenset({"person:a"}),
        reason="说明",
        announced_on=date(2026, 11, 7),
    )
    return replace(facts, **changes)


def _meeting_ready(stage: MeetingStage, _action: MeetingAction) -> MeetingFacts:
    return meeting_case(stage)


_BALLOTS = {
    "VOTE_ARITHMETIC": change(ballot_reasons=(Reason("VOTE_ARITHMETIC", params={"why": "5 + 4 > 8"}),)),
    "QUORUM_NOT_MET": change(ballot_reasons=(Reason("QUORUM_NOT_MET", params={"needed": 6, "attended": 5}),)),
}

MEETING = Proof(
    meeting.MACHINE,
    _meeting_ready,
    {
        **_BALLOTS,
        "MINUTES_MISSING": change(minutes_no=" "),
        "MEETING_IN_FUTURE": change(held_on=date(2026, 11, 8)),
        "MEETING_EMPTY": change(items=0),
        "DECISION_MISSING": change(undecided=("鹿城区社保窗口",)),
        "MEETING_ITEM_NOT_READY": change(not_ready=("鹿城区社保窗口",)),
        "ORDER_REASON_MISSING": change(passed_over=("鹿城区社保窗口",)),
        "TIE_UNDECIDED": change(open_ties=("鹿城区社保窗口", "瓯海区社保窗口")),
        "QUOTA_EXHAUSTED": change(places_short=("330300",)),
        "SAME_PERSON": change(actor="person:a"),
        "ANNOUNCEMENT_DATE_INVALID": change(announced_on=date(2026, 11, 5)),
        "REASON_MISSING": change(reason=" "),
    },
)


def ministry_case(stage: MinistryStage, **changes: Any) -> MinistryFacts:
    """An awarded county window on its way, with everything in place; months after the campaign's year."""
    facts = MinistryFacts(
        stage=stage,
        nomination_stage=Stage.AWARDED,
        as_of=date(2026, 9, 29),
        notice_ends_at=NOTICE_END,
        second_decision_stands=True,
        form_complete=True,
        writeup_chars=4000,
        writeup_hard_min=3000,
        writeup_hard_max=5000,
        checks_needed=("实事求是", "文字简洁"),
        checked_by="周敏",
        video_seconds=600,
        video_hard_min=300,
        video_hard_max=900,
        seal_levels=tuple(SEALED),
        seals=SEALED,
        copies=((5, 5), (2, 2)),
        correction_letter_sent=True,
        decision_annulled=True,
        reason="说明",
        team=3,
        assessed_on=date(2026, 9, 15),
        findings="服务规范。",
        assessment=AssessmentResult.PASSED,
        decision_recorded=True,
        decision_result=DecisionResult.APPROVED,
        document_no="浙劳社〔2026〕88号",
        result=MinistryResult.COMMENDED,
    )
    return replace(facts, **changes)


def _ministry_ready(stage: MinistryStage, action: MinistryAction) -> MinistryFacts:
    standing = None if action is MinistryAction.UNDO else NOTICE_END
    return ministry_case(stage, notice_ends_at=standing)


MINISTRY = Proof(
    ministry.MACHINE,
    _ministry_ready,
    {
        **_BALLOTS,
        "NOT_PROVINCIALLY_DETERMINED": change(nomination_stage=Stage.EVALUATED),
        "CAMPAIGN_SUSPENDED": change(campaign_suspended=True),
        "OBJECTION_OPEN": change(open_objections=("YY-0007",)),
        "VETO_HELD": change(vetoes_held=("行政不作为",)),
        "VETO_CONFIRMED": change(vetoes_confirmed=("行政不作为",)),
        "ASSESSMENT_INCOMPLETE": change(findings=" "),
        "DATE_IN_FUTURE": change(assessed_on=date(2026, 9, 30)),
        "RECUSAL": change(recused=("王文",)),
        "NOTICE_NOT_PUBLISHED": change(notice_ends_at=None),
        "NOTICE_STILL_RUNNING": change(notice_ends_at=NOW + DAY),
        "DECISION_MISSING": change(decision_recorded=False, second_decision_stands=False),
        "FORM_INCOMPLETE": change(form_complete=False, form_missing=("主要事迹",)),
        "WRITEUP_LENGTH": change(writeup_chars=2999),
        "QUALITY_UNCHECKED": change(checked_by=" "),
        "VIDEO_DURATION": change(video_seconds=901),
        "VIDEO_ASPECT_MISSING": change(aspects_missing=("创新服务",)),
        "SEAL_MISSING": change(seals={Level.COUNTY: date(2026, 9, 10), Level.MUNICIPAL: date(2026, 9, 20)}),
        "SEAL_ORDER": change(seals={**SEALED, Level.COUNTY: date(2026, 9, 29)}),
        "COPIES_MISSING": change(copies=((5, 5), (2, 1))),
        "DOCUMENT_NO_MISSING": change(document_no=" "),
        "MINISTRY_RESULT_MISSING": change(result=None),
        "CORRECTION_LETTER_MISSING": change(correction_letter_sent=False),
        "UNDO_BY_NOTICE": change(notice_ends_at=NOTICE_END),
        "UNDO_BY_DECISION": change(decision_annulled=False),
        "REASON_MISSING": change(reason=" "),
    },
)

PROOFS = (MEETING, MINISTRY)
