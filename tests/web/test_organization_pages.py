"""The tree of organisations on pages: read from one's own place, stations added by a county, renamed with a history."""

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests.plugins.service import Service
from tests.web.campaign_walk import office, version
from tests.web.page_walk import done

XIHU, YUHANG = "330106", "330110"


def at(service: Service, code: str) -> str:
    return f"/organizations/{shown('org', service.organization(code).id)}"


def test_everybody_starts_at_their_own_place_in_the_tree_and_looks_for_names_below(
    sqlite_service: Service,
) -> None:
    city = sqlite_service.person(Role.REVIEWING_OFFICER, "330100")

    page = city.page("/organizations").text
    assert ["杭州市劳动和社会保障局" in page, "西湖区劳动和社会保障局" in page] == [True, True]
    assert "宁波市劳动和社会保障局" not in page
    assert "宁波市劳动和社会保障局" not in city.page("/organizations", params={"q": "宁波"}).text
    assert "西湖区劳动和社会保障局" in city.page("/organizations", params={"q": "西湖"}).text
    assert "西湖区劳动和社会保障局" not in office(sqlite_service).page("/organizations").text
    assert city.page(at(sqlite_service, "330200")).status_code == 404


@pytest.mark.rule("R-001")
def test_a_county_adds_the_sponsor_of_a_station_and_nothing_else(sqlite_service: Service) -> None:
    county = sqlite_service.person(Role.REVIEWING_OFFICER, XIHU)
    url = f"{at(sqlite_service, XIHU)}/add"
    station = {
        "name": "西湖区翠苑街道办事处",
        "org_kind": "STATION_SPONSOR",
        "region_code": XIHU,
        "affiliation_level": "61",
    }

    assert "县级主管部门</option>" not in county.page(url).text
    made = done(county, url, **station)
    assert "西湖区翠苑街道办事处" in county.page(made).text
    assert "西湖区翠苑街道办事处" in county.page(at(sqlite_service, XIHU)).text
    bureau = county.page(
        url, station | {"name": "某局", "org_kind": "COUNTY_BUREAU", "affiliation_level": "50"}
    )
    assert (bureau.status_code, "PERMISSION_MISSING" in bureau.text) == (403, True)
    assert county.page(f"{at(sqlite_service, YUHANG)}/add", station).status_code == 404


@pytest.mark.rule("E-02")
def test_a_renamed_body_keeps_its_former_name_and_a_stale_page_changes_nothing(
    sqlite_service: Service,
) -> None:
    who, where = office(sqlite_service), at(sqlite_service, YUHANG)
    stale = version(who.page(f"{where}/rename").text)
    done(who, f"{where}/rename", name="余杭区人力资源和社会保障局", document_no="余政发〔2026〕3号")

    refused = who.page(f"{where}/rename", stale | {"name": "别的名称"})
    page = who.page(where).text

    assert (refused.status_code, "<ins>余杭区人力资源和社会保障局</ins>" in refused.text) == (412, True)
    assert "余政发〔2026〕3号" in page
    assert "余杭区劳动和社会保障局" in page


def test_a_body_with_open_units_below_is_not_closed_and_a_closed_one_says_so(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), at(sqlite_service, YUHANG)
    busy = who.page(
        f"{at(sqlite_service, '330100')}/close",
        version(who.page(f"{at(sqlite_service, '330100')}/close").text) | {"closed_on": "2026-07-31"},
    )
    assert (busy.status_code, "ORGANIZATION_BUSY" in busy.text) == (409, True)

    done(who, f"{where}/close", closed_on="2026-07-31")
    page = who.page(where).text
    assert "该单位已于 2026年7月31日（周五） 撤销。" in page
    assert "/rename" not in page


def test_a_credit_code_and_a_bar_are_set_and_taken_away_by_emptying_them(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), at(sqlite_service, YUHANG)
    done(who, f"{where}/correct", uscc="11330800MB0R57773W", barred_until_edition="2")
    barred = who.page(where).text

    done(who, f"{where}/correct", uscc="", barred_until_edition="")
    now = sqlite_service.organization(YUHANG)

    assert ["11330800MB0R57773W" in barred, "该单位在第 2 届及以前不得推荐。" in barred] == [True, True]
    assert (now.uscc, now.barred_until_edition) == (None, None)


def test_a_city_corrects_no_other_and_bars_nobody(sqlite_service: Service) -> None:
    city = sqlite_service.person(Role.SYSTEM_ADMIN, "330100")
    where = at(sqlite_service, YUHANG)

    form = city.page(f"{where}/correct").text
    forced = city.page(f"{where}/correct", {**version(form), "barred_until_edition": "9"})

    assert ["统一社会信用代码" in form, 'name="barred_until_edition"' in form] == [True, False]
    assert (forced.status_code, sqlite_service.organization(YUHANG).barred_until_edition) == (403, None)
    assert city.page(f"{at(sqlite_service, '330200')}/correct").status_code == 404
