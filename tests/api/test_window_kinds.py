"""Windows of several kinds and of several sponsors: one primary type, one sponsor of record."""

import pytest

from app.domain.nomination import Stage
from tests.api.test_windows import registered
from tests.flow_cases import codes, flow
from tests.plugins.service import Service


@pytest.mark.rule("E-27")
def test_a_comprehensive_hall_has_one_primary_type_and_names_the_others(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    window = f.window(window_type="SOCIAL_INSURANCE", other_types=["EMPLOYMENT_SERVICE", "PETITION"])
    one = f.moving(f.draft(window=window))
    unknown = f.moving(f.draft(window=f.window(other_types=["TAX"])))
    for each in (one, unknown):
        each.declare()
        each.write()

    refused = unknown.act(unknown.filer, "SUBMIT")

    assert (window["window_type"], window["other_types"]) == (
        "SOCIAL_INSURANCE",
        ["EMPLOYMENT_SERVICE", "PETITION"],
    )
    assert one.step(one.filer, "SUBMIT")["stage"] == Stage.SUBMITTED
    assert "WINDOW_TYPE_UNKNOWN" in codes(refused)


@pytest.mark.rule("E-28")
def test_a_station_of_two_sub_districts_has_one_sponsor_of_record(sqlite_service: Service) -> None:
    window = registered(sqlite_service, co_sponsors="西溪街道、北山街道联合举办")

    assert window["sponsor"] == "西湖区劳动和社会保障局"
    assert window["co_sponsors"] == "西溪街道、北山街道联合举办"
