"""The life of a score sheet and of its correction (I-11, E-19, E-20).

DRAFT → SUBMITTED → LOCKED; any of them → SUPERSEDED by a correction, a recusal, or a second look at replaced material.
"""

from enum import StrEnum


class SheetStage(StrEnum):
    """How far one version of a sheet has come."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    LOCKED = "LOCKED"
    SUPERSEDED = "SUPERSEDED"

    @property
    def final(self) -> bool:
        """The reviewer's word is given: points no longer change in this version."""
        return self is not SheetStage.DRAFT

    @property
    def counts(self) -> bool:
        """It counts as given when the case's sheets are counted."""
        return self in (SheetStage.SUBMITTED, SheetStage.LOCKED)


class CorrectionStage(StrEnum):
    """A correction waits for a second person, who approves or declines it."""

    REQUESTED = "REQUESTED"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
