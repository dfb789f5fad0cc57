"""A nomination's steps through the API."""

import pytest

from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, UNIT, XIHU, flow
from tests.plugins.service import Service


@pytest.mark.parametrize("sponsor", [XIHU, HANGZHOU, UNIT])
def test_the_straight_way_up(sqlite_service: Service, sponsor: str) -> None:
    one = flow(sqlite_service).at(Stage.AWARDED, sponsor)

    assert one.stage == "AWARDED"
