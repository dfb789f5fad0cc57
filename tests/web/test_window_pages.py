"""Windows as pages, without any script: registered, found, renamed, accepted, merged."""

import re

import pytest

from app.domain.access import Role
from tests.plugins.service import Caller, Service

XIHU, YUHANG = "330106", "330110"


def version(page: str) -> str:
    found: list[str] = re.findall(r'name="_version" value="(\d+)"', page)
    return found[0]


def facts(**changes: str) -> dict[str, str]:
    return {
        "name": "社会保险服务大厅",
        "region_code": XIHU,
        "address": "文三路 1 号",
        "window_type": "SOCIAL_INSURANCE",
        "affiliation_level": "50",
        "in_labor_system": "true",
        "serves_public_directly": "true",
    } | changes


def registered(service: Service, place: str = XIHU, **changes: str) -> str:
    """A new window of a county; its address."""
    clerk = service.person(Role.WINDOW_FILER, place)
    sponsor = f"org_{service.organization(place).id.hex}"
    made = clerk.page("/windows/register", facts(sponsor_id=sponsor, region_code=place, **changes))
    assert made.status_code == 303, made.text
    where: str = made.headers["location"]
    return where


def saved(who: Caller, url: str, **form: str) -> None:
    twin = who.page(url)
    assert twin.status_code == 200, twin.text
    answer = who.page(url, {"_version": version(twin.text), **form})
    assert answer.status_code == 303, answer.text


def test_a_clerk_registers_a_window_of_the_own_county_and_finds_it_again(sqlite_service: Service) -> None:
    clerk = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    form = clerk.page("/windows/register").text
    assert re.findall(r'<option value="org_[0-9a-f]+" selected>([^<]+)', form) == ["西湖区劳动和社会保障局"]
    assert '<option value="330106" selected>' in form

    where = registered(sqlite_service)

    page = clerk.page(where).text
    assert "<h1>社会保险服务大厅</h1>" in page
    assert f'href="/nominations/create?window={where.removeprefix("/windows/")}"' in page
    assert where in clerk.page("/windows?q=保险").text
    assert where in clerk.page("/windows?q=西湖区劳动").text
    assert where not in clerk.page("/windows?q=信访").text
    assert where not in clerk.page(f"/windows?region={YUHANG}").text


def test_a_box_that_is_not_ticked_says_no(sqlite_service: Service) -> None:
    clerk = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    where = registered(sqlite_service, serves_public_directly="")

    assert re.findall(r"办事</dt><dd>([^<]+)", clerk.page(where).text) == ["否"]
    form = clerk.page(f"{where}/edit").text
    assert re.findall(r'name="in_labor_system"[^>]*( checked)', form) == [" checked"]
    assert re.findall(r'name="serves_public_directly"[^>]*( checked)', form) == []


@pytest.mark.rule("E-01")
def test_the_same_name_at_another_sponsor_is_warned_of_and_at_the_same_one_refused(
    sqlite_service: Service,
) -> None:
    first = registered(sqlite_service)
    second = registered(sqlite_service, YUHANG)

    city = sqlite_service.person(Role.REVIEWING_OFFICER, "330100")
    assert first in city.page(second).text
    clerk = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    sponsor = f"org_{sqlite_service.organization(XIHU).id.hex}"
    again = clerk.page("/windows/register", facts(sponsor_id=sponsor))
    assert again.status_code == 409
    assert "WINDOW_NAME_TAKEN" in again.text
    assert 'value="社会保险服务大厅"' in again.text


@pytest.mark.rule("E-02")
def test_a_renamed_window_is_found_by_the_name_it_bore(sqlite_service: Service) -> None:
    clerk = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    where = registered(sqlite_service)
    sqlite_service.clock.advance(days=40)

    renamed = facts(name="政务大厅社保专区", renamed_on="2026-08-01", document_no="西人社〔2026〕8号")
    saved(clerk, f"{where}/edit", **renamed)

    page = clerk.page(where).text
    assert "<h1>政务大厅社保专区</h1>" in page
    assert "社会保险服务大厅 <small>2026年7月1日（周三） – 2026年7月31日（周五） · 西人社〔2026〕8号" in page
    assert where in clerk.page("/windows?q=社会保险服务大厅").text


def test_two_tabs_lose_nothing(sqlite_service: Service) -> None:
    clerk = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    where = registered(sqlite_service)
    old = version(clerk.page(f"{where}/edit").text)
    saved(clerk, f"{where}/edit", **facts(address="文三路 2 号"))

    late = clerk.page(f"{where}/edit", facts(address="文三路 3 号", _version=old))

    assert late.status_code == 412
    assert "<ins>文三路 2 号</ins>" in late.text
    assert 'value="文三路 3 号"' in late.text
    assert "文三路 2 号" in clerk.page(where).text


def test_the_office_accepts_the_open_ended_type_and_the_clerk_is_told_to_wait(
    sqlite_service: Service,
) -> None:
    clerk, office = (
        sqlite_service.person(Role.WINDOW_FILER, XIHU),
        sqlite_service.person(Role.STEERING_OFFICE),
    )
    where = registered(sqlite_service, window_type="OTHER_WINDOW", other_justification="直接办理群众业务")
    assert "须由指导小组办公室认定后" in clerk.page(where).text
    assert f"{where}/accept" not in clerk.page(where).text

    saved(office, f"{where}/accept", reason="直接面向群众")

    assert "须由指导小组办公室认定后" not in clerk.page(where).text
    assert clerk.page(f"{where}/accept", {"reason": "自己认定", "_version": "2"}).status_code == 403


@pytest.mark.rule("E-03")
def test_a_merged_windows_address_leads_to_the_one_it_became(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    old, new = registered(sqlite_service), registered(sqlite_service, name="政务服务中心社保窗口")
    form = office.page(f"{old}/merge?q=政务服务中心").text
    assert re.findall(r'name="into_id" value="(win_[0-9a-f]+)"', form) == [new.removeprefix("/windows/")]

    saved(office, f"{old}/merge?q=政务服务中心", into_id=new.removeprefix("/windows/"), reason="机构改革")

    led = office.page(old)
    assert (led.status_code, led.headers["location"]) == (303, new)


def test_a_window_of_another_county_is_not_there(sqlite_service: Service) -> None:
    where = registered(sqlite_service)
    stranger = sqlite_service.person(Role.WINDOW_FILER, YUHANG)

    assert [stranger.page(f"{where}{act}").status_code for act in ("", "/edit", "/merge", "/accept")] == [
        404
    ] * 4
    assert where not in stranger.page("/windows").text


def test_the_list_asks_the_database_as_often_for_three_as_for_one(sqlite_service: Service) -> None:
    clerk = sqlite_service.person(Role.WINDOW_FILER, XIHU)
    asked = []
    for names in (("服务大厅甲",), ("服务大厅乙", "服务大厅丙")):
        for name in names:
            registered(sqlite_service, name=name)
        clerk.page("/windows")
        with sqlite_service.statements() as sent:
            page = clerk.page("/windows").text
        asked.append((page.count("服务大厅"), len(sent)))

    (one, before), (three, after) = asked
    assert (one, three) == (1, 3)
    assert before == after
