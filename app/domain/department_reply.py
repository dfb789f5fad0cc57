"""What another department answered when it was asked about a case; silence is not consent (domain.md 3.5, G-13)."""

from datetime import date
from enum import StrEnum

from app.domain.errors import Reason


class ReplyResult(StrEnum):
    """NO_REPLY also stands for a letter that is still on its way."""

    NO_OBJECTION = "NO_OBJECTION"
    OBJECTION = "OBJECTION"
    NO_REPLY = "NO_REPLY"


def reply_reasons(
    result: ReplyResult, sent_on: date, replied_on: date | None, signer: str, remarks: str, today: date
) -> list[Reason]:
    """A reply has its date and who signed it, an objection says what it is; no reply has neither."""
    replied = result is not ReplyResult.NO_REPLY
    owed = {
        "/replied_on": (replied_on is not None) == replied,
        "/signer": bool(signer) == replied,
        "/remarks": bool(remarks) or result is not ReplyResult.OBJECTION,
    }
    found = [Reason("REPLY_INCOMPLETE", pointer) for pointer, fine in owed.items() if not fine]
    dates = {"/sent_on": sent_on, "/replied_on": replied_on}
    found += [Reason("DATE_IN_FUTURE", pointer) for pointer, day in dates.items() if day and day > today]
    if replied_on and replied_on < sent_on:
        found.append(Reason("DATES_REVERSED", "/replied_on"))
    return found
