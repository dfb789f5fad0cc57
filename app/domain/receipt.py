"""Copies on paper and discs that were handed over, counted by the office (R-035, R-043)."""

from datetime import date
from enum import StrEnum

from app.domain.errors import Reason


class ReceiptKind(StrEnum):
    """What is counted: with the filing the write-up and the form, for the ministry its write-up and the discs."""

    PAPER_WRITEUP = "PAPER_WRITEUP"
    PAPER_FORM = "PAPER_FORM"
    MINISTRY_WRITEUP = "MINISTRY_WRITEUP"
    DISC = "DISC"


def receipt_reasons(
    copies: int, needed: int, received_on: date, today: date, *, complete: bool
) -> list[Reason]:
    """Complete only with every copy that is asked for, and received already."""
    found = [Reason("DATE_IN_FUTURE", "/received_on")] if received_on > today else []
    if complete and copies < needed:
        found.append(Reason("COPIES_MISSING", "/copies", {"copies": copies, "needed": needed}))
    return found
