"""Which places a decision may move, and which ones stay whatever is decided."""

import pytest

from app.domain.place_moves import move_reasons
from app.domain.quota import SeatKind

P, F, POOL, CLAIM = (
    SeatKind.PROVINCIAL,
    SeatKind.MINISTRY_FIXED,
    SeatKind.MINISTRY_POOL,
    SeatKind.NOMINATION,
)


@pytest.mark.rule("R-014", "E-16", "G-09")
@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        (("RESERVE", P), ("330300", P), True),
        (("330100", P), ("330100", P), True),
        (("330100", F), ("330100", F), True),
        (("330100", F), ("MINISTRY_POOL", POOL), True),
        (("MINISTRY_POOL", POOL), ("MINISTRY_POOL", POOL), True),
        (("330200", F), ("330100", F), False),
        (("MINISTRY_POOL", POOL), ("330100", F), False),
        (("330100", P), ("330100", F), False),
        (("330100", CLAIM), ("330200", CLAIM), False),
    ],
)
def test_nobody_ever_gets_more_fixed_places_than_the_notice_gives(
    start: tuple[str, SeatKind], end: tuple[str, SeatKind], allowed: bool
) -> None:
    codes = [reason.code for reason in move_reasons(*start, *end)]
    assert codes == ([] if allowed else ["PLACE_MOVE_INVALID"])
