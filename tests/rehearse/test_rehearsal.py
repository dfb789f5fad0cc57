"""The whole of a province on both databases: what must be refused is, and what the API answers adds up."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from app.rehearse.run import ACTS, rehearse
from app.settings import Settings


@pytest.mark.rule(
    "R-011", "R-012", "R-013", "R-014", "R-015", "R-016", "R-024", "R-025", "R-028", "R-029", "R-030", "R-031"
)
@pytest.mark.rule(
    "R-032", "R-036", "R-048", "E-09", "E-12", "E-15", "E-16", "E-18", "E-23", "E-31", "E-32", "E-33"
)
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
    assert len(said) == len(ACTS) + 1
    refused = {(one.rule, one.code) for one in ledger.refusals}
    assert {
        ("R-002", "BASIS_DOCUMENT_MISSING"),
        ("R-012", "QUOTA_SUM_MISMATCH"),
        ("R-026", "CONSULTATION_MISSING"),
        ("R-028", "NOTICE_STILL_RUNNING"),
        ("R-036", "DEADLINE_PASSED"),
        ("I-09", "OBJECTION_OPEN"),
        ("E-12", "NOMINATION_LIMIT_REACHED"),
        ("I-12", "RECUSAL"),
        ("I-11", "SCORING_CLOSED"),
        ("R-021", "RANKING_MISSING"),
        ("R-011", "QUOTA_EXHAUSTED"),
        ("R-013", "NOT_PROVINCIALLY_DETERMINED"),
        ("R-014", "POOL_NOT_ELIGIBLE"),
        ("R-015", "QUOTA_EXHAUSTED"),
        ("R-016", "AWARDS_NOT_CONFERRED"),
        ("R-031", "RECUSAL"),
        ("E-11", "CALENDAR_YEAR_MISSING"),
        ("E-23", "TIE_UNDECIDED"),
        ("E-33", "VOTE_ARITHMETIC"),
    } <= refused
    assert len(refused) > 80
