"""Where a case stands on its way, for routes of one and of several levels."""

import pytest

from app.domain.case_way import Milestone, Stop, passed, stops
from app.domain.levels import Level
from app.domain.nomination import Stage

COUNTY, CITY = Level.COUNTY, Level.MUNICIPAL
BOTH = (COUNTY, CITY)


@pytest.mark.rule("E-14", "E-39")
def test_the_way_has_one_review_for_each_level_that_applies() -> None:
    assert [stop.level for stop in stops(BOTH) if stop.milestone is Milestone.REVIEW] == [COUNTY, CITY]
    assert [stop.level for stop in stops((CITY,)) if stop.milestone is Milestone.REVIEW] == [CITY]
    assert len(stops(BOTH)) == 10


@pytest.mark.parametrize(
    ("stage", "level", "ahead"),
    [
        (Stage.DRAFT, COUNTY, Stop(Milestone.FILLED)),
        (Stage.SUBMITTED, COUNTY, Stop(Milestone.REVIEW, COUNTY)),
        (Stage.SUBMITTED, CITY, Stop(Milestone.REVIEW, CITY)),
        (Stage.RETURNED, COUNTY, Stop(Milestone.FILLED)),
        (Stage.RETURNED, CITY, Stop(Milestone.REVIEW, CITY)),
        (Stage.CLEARED, CITY, Stop(Milestone.NOTICE)),
        (Stage.AT_NOTICE, CITY, Stop(Milestone.NOTICE)),
        (Stage.RECOMMENDED, CITY, Stop(Milestone.FILING)),
        (Stage.FILED, Level.PROVINCIAL, Stop(Milestone.ACCEPTANCE)),
        (Stage.UNDER_EVALUATION, Level.PROVINCIAL, Stop(Milestone.EVALUATION)),
        (Stage.REVIEWED, Level.PROVINCIAL, Stop(Milestone.DETERMINATION)),
        (Stage.DETERMINED, Level.PROVINCIAL, Stop(Milestone.AWARD)),
    ],
)
def test_a_case_has_behind_it_what_lies_before_its_next_stop(stage: Stage, level: Level, ahead: Stop) -> None:
    assert stops(BOTH)[passed(stage, level, BOTH)] == ahead


def test_an_awarded_case_has_everything_behind_it() -> None:
    assert passed(Stage.AWARDED, Level.PROVINCIAL, BOTH) == len(stops(BOTH))
