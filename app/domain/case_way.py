"""The way of a case in the few strokes people think of it in: filled in, reviewed level by level, up to the award."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.levels import Level
from app.domain.nomination_stage import Stage


class Milestone(StrEnum):
    """What a case has behind it, or ahead; REVIEW comes once for each level that it passes."""

    FILLED = "FILLED"
    REVIEW = "REVIEW"
    NOTICE = "NOTICE"
    RECOMMENDATION = "RECOMMENDATION"
    FILING = "FILING"
    ACCEPTANCE = "ACCEPTANCE"
    EVALUATION = "EVALUATION"
    DETERMINATION = "DETERMINATION"
    AWARD = "AWARD"


@dataclass(frozen=True)
class Stop:
    """One stop of the way; `level` is said of reviews only."""

    milestone: Milestone
    level: Level | None = None


_AFTER_REVIEWS = tuple(Milestone)[2:]
_AHEAD = {
    Stage.CLEARED: Milestone.NOTICE,
    Stage.AT_NOTICE: Milestone.NOTICE,
    Stage.RECOMMENDED: Milestone.FILING,
    Stage.FILED: Milestone.ACCEPTANCE,
    Stage.ACCEPTED: Milestone.EVALUATION,
    Stage.UNDER_EVALUATION: Milestone.EVALUATION,
    Stage.EVALUATED: Milestone.DETERMINATION,
    Stage.REVIEWED: Milestone.DETERMINATION,
    Stage.AT_HOST_NOTICE: Milestone.DETERMINATION,
    Stage.DETERMINED: Milestone.AWARD,
}


def stops(levels: Sequence[Level]) -> tuple[Stop, ...]:
    """Every stop of a case that passes these levels, lowest first (E-14, E-39)."""
    reviews = (Stop(Milestone.REVIEW, level) for level in levels)
    return (Stop(Milestone.FILLED), *reviews, *(Stop(one) for one in _AFTER_REVIEWS))


def passed(stage: Stage, level: Level, levels: Sequence[Level]) -> int:
    """How many stops are behind a case that stands here; all of them once it is awarded.

    A returned case stands where it is corrected: with the unit, or at the review of a level further up.
    """
    way = stops(levels)
    if stage in (Stage.AWARDED, Stage.REVOKED):
        return len(way)
    if stage is Stage.SUBMITTED or (stage is Stage.RETURNED and level > levels[0]):
        return way.index(Stop(Milestone.REVIEW, level)) if level in levels else 1
    ahead = _AHEAD.get(stage)
    return way.index(Stop(ahead)) if ahead else 0
