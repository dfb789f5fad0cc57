"""Hearing the public at the own level: what has to be true of the record, and when it is concluded (R-026)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from app.domain.errors import Reason


class HearingMethod(StrEnum):
    """How the public was heard; the notice prescribes none."""

    FORUM = "FORUM"
    QUESTIONNAIRE = "QUESTIONNAIRE"
    VISIT = "VISIT"
    INTERVIEW = "INTERVIEW"
    OPINION_BOX = "OPINION_BOX"
    HOTLINE = "HOTLINE"
    ONLINE = "ONLINE"
    OTHER = "OTHER"


def period_reasons(first: date, last: date, today: date) -> list[Reason]:
    """It begins before it ends, and it is over: what is still to be held is not on record."""
    found = []
    if last < first:
        found.append(Reason("DATES_REVERSED", "/held_to"))
    if last > today:
        found.append(Reason("DATE_IN_FUTURE", "/held_to"))
    return found


def conclusion_reasons(handlings: Sequence[str]) -> list[Reason]:
    """Every adverse point says how it was handled; where nobody spoke against, nothing has to be said."""
    return [
        Reason("ADVERSE_POINT_UNHANDLED", f"/adverse_points/{index}/handling", {"number": index + 1})
        for index, handling in enumerate(handlings)
        if not handling.strip()
    ]
