"""Every reason that the arithmetic of the domain gives is a whole sentence in both languages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from app.domain.errors import CATALOGUE, Reason, Refusal
from app.domain.levels import Level, own_level, window_type_reasons
from app.domain.quota import Bucket, Plan, SeatKind, amendment_reasons, pool_claim_reasons
from app.domain.ranking import Method, combined
from app.domain.scoring import Entry, SheetRule, draft_reasons, rubric_reasons, sheet_reasons
from app.domain.segments import Segment, segment_reasons
from app.domain.text import Band, text_reasons
from app.domain.uscc import uscc_reasons
from app.domain.voting import Ballot, Verdict, VoteBase, VotingRule, ballot_reasons
from app.packs.calendar import shipped
from tests.domain.rubrics import NOTICE, D, Rubric, criterion

RULE = VotingRule(2, 3, VoteBase.SHOULD_ATTEND, 1, 2, VoteBase.SHOULD_ATTEND, strict=True)
FAULTY = Plan(5, 3, -1, (Bucket("330100", 1, 0, 2, pool_eligible=True), Bucket("330100", -1, 0)))


def refused(call: Callable[[], object]) -> Reason:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.reason


def given() -> list[Reason]:
    low = {item.code: Entry(D(0)) for one in NOTICE.criteria for item in one.items if item.code != "C1.1"}
    return [
        *window_type_reasons("COMMUNITY_STATION", "50"),
        *amendment_reasons(FAULTY, {("330200", SeatKind.NOMINATION): 1}),
        *pool_claim_reasons(Bucket("330100", 2, 2)),
        *ballot_reasons(RULE, Ballot(9, 10, 11)),
        *ballot_reasons(RULE, Ballot(9, 5, 4), Verdict.PASSED),
        *draft_reasons(NOTICE, {"C1.1": Entry(D(5)), "C1.2": Entry(D("0.1")), "X": Entry(D(1))}, SheetRule()),
        *sheet_reasons(NOTICE, low, SheetRule()),
        *rubric_reasons(Rubric(D(1), (criterion("C1", 1, "4", "20"),))),
        *rubric_reasons(Rubric(D(1), (criterion("C1", 1, "4"),))),
        *segment_reasons([Segment("C9", 5, 4)], 600, ["C1"]),
        *Band(1, 2, 3, 4, 5).reasons(),
        *text_reasons("\u0000"),
        *uscc_reasons("1"),
        refused(lambda: own_level("90", tuple(Level))),
        refused(lambda: combined([Decimal(1)], Method.TRIMMED_MEAN)),
        refused(lambda: shipped().calendar.require(date(2027, 1, 1))),
    ]


def test_no_sentence_has_a_hole_and_every_code_is_in_the_catalogue() -> None:
    reasons = given()
    assert {reason.code for reason in reasons} == {
        *"CALENDAR_YEAR_MISSING CRITERIA_INCOMPLETE FIELD_CHOICE LIMITS_ORDER OUT_OF_SCOPE_WINDOW".split(),
        *"PACK_POINTS_MISMATCH PACK_WEIGHTS_AND_POINTS POOL_NOT_ELIGIBLE QUORUM_NOT_MET QUOTA_BELOW_USED".split(),
        *"QUOTA_BUCKET_INVALID QUOTA_SUM_MISMATCH SCORES_MISSING SCORE_COMMENT_NEEDED SCORE_ITEM_UNKNOWN".split(),
        *"SCORE_RANGE SCORE_STEP SEGMENT_RANGE TEXT_CONTROL_CHARS USCC_INVALID VIDEO_ASPECT_MISSING".split(),
        *"VOTE_ARITHMETIC WINDOW_TYPE_LEVEL".split(),
    }
    for reason in reasons:
        assert reason.code in CATALOGUE
        zh, en = reason.sentence("zh"), reason.sentence("en")
        assert "—" not in zh + en, reason
        assert [any("\u4e00" <= character <= "\u9fff" for character in text) for text in (zh, en)] == [
            True,
            False,
        ]
