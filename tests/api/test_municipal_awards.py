"""A city's own award walks the same tables: its own places, its own bodies, no ministry (R-044, E-13, E-45)."""

import pytest

from app.domain.access import Role
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.services.seats import Usage
from tests.decision_cases import YES, Decisions, decisions
from tests.plugins.service import Service

WENZHOU, LUCHENG, LONGWAN = "330300", "330302", "330303"


def municipal(service: Service) -> Decisions:
    above = decisions(service, {"330100": 1}, {"330100": 1}, code="province")
    return decisions(
        service,
        {LUCHENG: 2, LONGWAN: 1},
        {LUCHENG: 1, LONGWAN: 1},
        pack="municipal-windows",
        host=WENZHOU,
        code="wz2026",
        parent=above.campaign_id,
    )


@pytest.mark.rule("R-044", "E-13", "E-45")
def test_a_city_commends_its_own_windows_and_leaves_a_place_unused(service: Service) -> None:
    d = municipal(service)
    assert [g["group"] for g in d.office("GET", d.url("agenda?turn=FIRST")).json()["groups"]] == [
        LUCHENG,
        LONGWAN,
    ]

    d.determined()
    conferred = d.office("POST", d.url("conferrals"), json={"document_no": "温劳社〔2026〕9号"}).json()

    assert [one["certificate_no"] for one in conferred["items"]] == ["WZ2026-0001", "WZ2026-0002"]
    assert d.stages() == [Stage.AWARDED, Stage.AWARDED]
    assert d.usage()[LUCHENG][SeatKind.PROVINCIAL] == Usage(free=1, used=1)  # unused, and moved nowhere


@pytest.mark.rule("E-45", "R-044")
def test_there_is_no_way_to_a_ministry_from_a_citys_own_award(sqlite_service: Service) -> None:
    d = municipal(sqlite_service)
    d.determined()

    proposed = d.office("POST", d.url("ministry-recommendations"), json={"nomination_id": d.nom(0)})

    assert (proposed.status_code, proposed.json()["code"]) == (409, "MINISTRY_TRACK_OFF")


@pytest.mark.rule("R-044", "R-048")
def test_the_provinces_office_does_not_record_for_the_citys_bodies(sqlite_service: Service) -> None:
    """It sees them from above, but the records are the city's own."""
    d = municipal(sqlite_service)
    meeting = d.recorded("REVIEW", d.votes({0: YES}))
    province = sqlite_service.person(Role.STEERING_OFFICE, "ZJ")

    refused = d.move(province, meeting, "CONFIRM")

    assert province("GET", f"/meetings/{meeting['id']}").status_code == 200
    assert (refused.status_code, refused.json()["code"]) == (403, "PERMISSION_MISSING")
