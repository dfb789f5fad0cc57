"""The parts of a nomination that are written, and when each is open (decisions 1: a return opens only its fields)."""

from collections.abc import Collection
from enum import StrEnum

from app.domain.nomination_stage import Stage


class NominationPart(StrEnum):
    """What a point of a return may ask to be corrected."""

    WINDOW = "WINDOW"
    DECLARATIONS = "DECLARATIONS"
    STATEMENT = "STATEMENT"
    WRITE_UP = "WRITE_UP"
    FORM = "FORM"
    MATERIALS = "MATERIALS"
    CONSULTATION = "CONSULTATION"
    LEVEL_REVIEW = "LEVEL_REVIEW"
    SEALS = "SEALS"


# The form grows with the case: each level adds its opinion, the notice its result (domain.md 3.9).
_FORM_GROWS = frozenset({Stage.SUBMITTED, Stage.CLEARED, Stage.AT_NOTICE})


def is_open(part: NominationPart, stage: Stage, returned: Collection[str]) -> bool:
    """Whether this part may be written now; `returned` are the parts a return has opened."""
    if stage is Stage.RETURNED:
        return part in returned
    return stage is Stage.DRAFT or (part is NominationPart.FORM and stage in _FORM_GROWS)
