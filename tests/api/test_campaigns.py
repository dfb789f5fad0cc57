"""A campaign from the pack to the opening, through the API only; everything that still lacks is refused by its code."""

import pytest

from tests import campaign_cases
from tests.plugins.service import Service


@pytest.mark.rule("R-001", "R-002", "R-003", "R-012", "R-017")
def test_an_office_opens_a_campaign_over_the_api_alone(service: Service) -> None:
    desk = campaign_cases.desk(service)

    campaign = desk.got("GET")
    usage = {one["code"]: one for one in desk.got("GET", "/quota-usage")["buckets"]}
    taken = [(step["action"], step["stage"]) for step in desk.got("GET", "/transitions")["items"]]

    assert (campaign["stage"], campaign["livemode"]) == ("OPEN", False)
    assert taken == [("RECORD_DECISION", "DECIDED"), ("CONFIGURE", "CONFIGURED"), ("OPEN", "OPEN")]
    assert {kind["kind"]: kind["places"] for kind in usage["330100"]["kinds"]} == {
        "NOMINATION": 5,
        "PROVINCIAL": 5,
        "MINISTRY_FIXED": 2,
    }
    assert [(kind["kind"], kind["free"]) for kind in usage["MINISTRY_POOL"]["kinds"]] == [
        ("MINISTRY_POOL", 6)
    ]
