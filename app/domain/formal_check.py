"""What the office looks at before it accepts a filing (domain.md 4.3: formal check)."""

from enum import StrEnum


class FormalPoint(StrEnum):
    """One point of the formal check; the office ticks each of them, or sends the case back for correction."""

    FORM = "FORM"
    WRITE_UP = "WRITE_UP"
    STATEMENT = "STATEMENT"
    SEALS = "SEALS"
    NOTICE = "NOTICE"
    PAPER_COPIES = "PAPER_COPIES"
