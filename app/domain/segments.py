"""Which part of a video shows which criterion (R-042, E-37)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.errors import Reason


@dataclass(frozen=True)
class Segment:
    """A stretch of the video, in whole seconds from its start."""

    criterion: str
    start_s: int
    end_s: int


def segment_reasons(segments: Sequence[Segment], duration_s: int, criteria: Collection[str]) -> list[Reason]:
    """Why these segments do not do: outside the video, of no criterion, or a criterion without any.

    Segments may overlap: one scene may show two aspects.
    """
    outside = [
        Reason("SEGMENT_RANGE", f"/segments/{index}", {"duration_s": duration_s})
        for index, segment in enumerate(segments)
        if not 0 <= segment.start_s < segment.end_s <= duration_s
    ]
    unknown = [
        Reason("FIELD_CHOICE", f"/segments/{index}/criterion", {"expected": tuple(criteria)})
        for index, segment in enumerate(segments)
        if segment.criterion not in criteria
    ]
    missing = missing_criteria(segments, criteria)
    gap = [Reason("VIDEO_ASPECT_MISSING", "/segments", {"missing": missing})] if missing else []
    return outside + unknown + gap


def missing_criteria(segments: Sequence[Segment], criteria: Collection[str]) -> tuple[str, ...]:
    """The criteria that no segment shows, in the order of the criteria."""
    covered = {segment.criterion for segment in segments}
    return tuple(criterion for criterion in criteria if criterion not in covered)
