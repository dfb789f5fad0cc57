"""The whole of a province on both databases: what must be refused is, and what the API answers adds up."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from app.rehearse.run import ACTS, rehearse
from app.settings import Settings

TRIED = {
    ("R-002", "BASIS_DOCUMENT_MISSING"),
    ("R-012", "QUOTA_SUM_MISMATCH"),
    ("R-026", "CONSULTATION_MISSING"),
    ("R-028", "NOTICE_STILL_RUNNING"),
    ("R-036", "DEADLINE_PASSED"),
    ("I-09", "OBJECTION_OPEN"),
    ("E-12", "NOMINATION_LIMIT_REACHED"),
    ("E-21", "RECUSAL"),
    ("I-11", "SCORING_CLOSED"),
    ("R-021", "RANKING_MISSING"),
    ("R-011", "QUOTA_EXHAUSTED"),
    ("R-013", "NOT_PROVINCIALLY_DETERMINED"),
    ("R-014", "POOL_NOT_ELIGIBLE"),
    ("R-015", "QUOTA_EXHAUSTED"),
    ("R-016", "AWARDS_NOT_CONFERRED"),
    ("R-031", "RECUSAL"),
    ("E-11", "CALENDAR_YEAR_MISSING"),
    ("R-023", "STATEMENT_MISSING"),
    ("R-035", "WRITEUP_LENGTH"),
    ("R-037", "FORM_INCOMPLETE"),
    ("R-039", "QUALITY_UNCHECKED"),
    ("R-041", "VIDEO_DURATION"),
    ("R-042", "SEGMENT_RANGE"),
    ("R-043", "COPIES_MISSING"),
    ("R-044", "PARENT_CAMPAIGN_MISSING"),
    ("E-04", "QUOTA_EXHAUSTED"),
    ("E-07", "CORRECTION_LETTER_MISSING"),
    ("E-08", "OBJECTION_LATE"),
    ("E-20", "SAME_PERSON"),
    ("E-22", "REVIEWERS_BELOW_MINIMUM"),
    ("E-23", "TIE_UNDECIDED"),
    ("E-25", "SOURCE_OVERWRITES_PEOPLE"),
    ("E-26", "REGION_SCOPE"),
    ("E-33", "VOTE_ARITHMETIC"),
    ("E-34", "HANDLER_PREPARED_IT"),
    ("E-37", "VIDEO_ASPECT_MISSING"),
    ("E-42", "AWARD_NOT_REVOKED"),
    ("E-44", "QUOTA_BELOW_USED"),
    ("E-45", "MINISTRY_TRACK_OFF"),
}
"""One of each clause; the ledger has many more."""


@pytest.mark.rule(
    *(f"R-{number:03}" for number in (11, 12, 13, 14, 15, 16, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28))
)
@pytest.mark.rule(
    *(f"R-{number:03}" for number in (29, 30, 31, 32, 33, 34, 35, 36, 37, 39, 40, 41, 42, 43, 44, 48))
)
@pytest.mark.rule(
    *(f"E-{number:02}" for number in (4, 7, 8, 9, 11, 12, 15, 16, 18, 20, 22, 23, 25, 26, 31, 32))
)
@pytest.mark.rule("E-33", "E-34", "E-37", "E-42", "E-44", "E-45")
def test_a_province_commends_34_and_nothing_that_must_be_refused_is_accepted(
    database: str, tmp_path: Path
) -> None:
    settings = Settings(
        database_url=database,
        data_dir=tmp_path,
        sample=True,
        secret_key=SecretStr("r" * 40),
        database_fsync=False,
    )
    said: list[str] = []

    ledger = rehearse(settings, "end", said.append)

    assert ledger.facts["filed"] == "44"
    assert ledger.facts["filed late, by exception or release"] == "3"
    assert ledger.facts["ranked"] == "44"
    assert ledger.facts["determined"] == "34"
    assert ledger.facts["on the public roll"] == "34"
    assert ledger.facts["reported to the ministry"] == "2/2/6"
    assert ledger.facts["the city's own roll"] == "3, one place left unused"
    assert len(said) == len(ACTS) + 1
    refused = {(one.rule, one.code) for one in ledger.refusals}
    assert refused >= TRIED
    assert len(refused) > 120
