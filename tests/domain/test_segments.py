"""Video segments: inside the video, of a known criterion, and every criterion shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.segments import Segment, missing_criteria, segment_reasons

FIVE = ("C1", "C2", "C3", "C4", "C5")
FILM = [Segment(criterion, 120 * n, 120 * n + 118) for n, criterion in enumerate(FIVE)]


def faults(segments: list[Segment], duration_s: int = 598) -> list[tuple[str, str]]:
    return [(reason.code, reason.pointer) for reason in segment_reasons(segments, duration_s, FIVE)]


@pytest.mark.rule("R-042")
def test_a_video_that_shows_all_five_aspects_is_accepted() -> None:
    assert faults(FILM) == []


@pytest.mark.rule("R-042", "E-37")
def test_a_video_of_9_58_with_one_aspect_missing_is_told_which() -> None:
    (reason,) = segment_reasons(FILM[:2] + FILM[3:], 598, FIVE)
    assert (reason.code, reason.params) == ("VIDEO_ASPECT_MISSING", {"missing": ("C3",)})
    assert "C3" in reason.sentence("zh")


@pytest.mark.rule("R-042")
@pytest.mark.parametrize(("start", "end"), [(-1, 10), (10, 10), (10, 9), (590, 599), (598, 598)])
def test_a_segment_lies_inside_the_video_and_has_a_length(start: int, end: int) -> None:
    assert faults([*FILM, Segment("C1", start, end)]) == [("SEGMENT_RANGE", "/segments/5")]


def test_the_whole_video_may_be_one_segment_and_segments_may_overlap() -> None:
    assert faults([Segment(criterion, 0, 598) for criterion in FIVE]) == []


def test_a_segment_of_no_criterion_is_refused() -> None:
    assert faults([*FILM, Segment("C6", 0, 10)]) == [("FIELD_CHOICE", "/segments/5/criterion")]


@given(
    st.lists(
        st.builds(Segment, st.sampled_from(FIVE), st.integers(-5, 105), st.integers(-5, 105)), max_size=8
    )
)
def test_segments_are_accepted_exactly_when_inside_and_complete(segments: list[Segment]) -> None:
    inside = all(0 <= one.start_s < one.end_s <= 100 for one in segments)
    assert (segment_reasons(segments, 100, FIVE) == []) == (inside and not missing_criteria(segments, FIVE))
