"""A level's opinion on a case: five graded criteria and a conclusion that follows from them (R-018, R-022, decisions 8)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.errors import Reason
from app.domain.levels import Level


class Grade(StrEnum):
    """How far a window meets one criterion; points belong to the evaluation, not to a level."""

    MEETS_FULLY = "MEETS_FULLY"
    MEETS = "MEETS"
    DOES_NOT_MEET = "DOES_NOT_MEET"


class Conclusion(StrEnum):
    """What the level holds of the case. To return or to reject it is a step of its own, with its reason."""

    RECOMMEND = "RECOMMEND"
    NOT_RECOMMEND = "NOT_RECOMMEND"


@dataclass(frozen=True)
class Graded:
    """The grade of one criterion."""

    criterion: str
    grade: Grade


def grading_reasons(
    given: Sequence[Graded], criteria: Collection[str], conclusion: Conclusion
) -> list[Reason]:
    """Each criterion is graded once, none is left out, and who recommends found all of them met."""
    found = []
    for index, one in enumerate(given):
        earlier = {before.criterion for before in given[:index]}
        if one.criterion not in criteria:
            found.append(_fault("CRITERION_UNKNOWN", index, one.criterion))
        elif one.criterion in earlier:
            found.append(_fault("CRITERION_TWICE", index, one.criterion))
        elif one.grade is Grade.DOES_NOT_MEET and conclusion is Conclusion.RECOMMEND:
            found.append(_fault("CRITERION_NOT_MET", index, one.criterion, "grade"))
    missing = tuple(code for code in criteria if code not in {one.criterion for one in given})
    return [
        *found,
        *([Reason("CRITERIA_INCOMPLETE", "/assessments", {"missing": missing})] if missing else []),
    ]


def signing_reasons(level: Level, signed_on: date, today: date, others: Mapping[Level, date]) -> list[Reason]:
    """Not signed ahead of time, and not before the levels below (I-14)."""
    found = [Reason("DATE_IN_FUTURE", "/signed_on")] if signed_on > today else []
    earlier = [other for other, day in others.items() if other < level and day > signed_on]
    if earlier:
        names = {"level_zh": tuple(x.name_zh for x in earlier), "level_en": tuple(x.name_en for x in earlier)}
        found.append(Reason("REVIEW_ORDER", "/signed_on", names))
    return found


def _fault(code: str, index: int, criterion: str, field: str = "criterion") -> Reason:
    return Reason(code, f"/assessments/{index}/{field}", {"criterion": criterion})
