"""A campaign is made and set up on pages only, without any script."""

import re

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests import campaign_cases, supervision_cases
from tests.plugins.service import Service
from tests.web.campaign_walk import created, office, version
from tests.web.page_walk import done, sent

HANGZHOU, NINGBO = "330100", "330200"


@pytest.mark.rule("R-001", "R-005")
def test_a_campaign_is_made_from_a_pack_and_says_what_it_is_for_and_what_it_lacks(
    sqlite_service: Service,
) -> None:
    where = created(sqlite_service)
    page = office(sqlite_service).page(where).text

    assert "树立一批优质服务示范窗口" in page
    assert "下一步：记录开展决定" in page
    assert f'href="{where}/documents/record?kind=BASIS"' in page
    assert "于**年9月底前报" in page
    assert page.count("尚未确定") == 3
    assert f'href="{where}"' in office(sqlite_service).page("/campaigns").text


@pytest.mark.rule("R-002", "R-003", "R-036", "R-049")
def test_papers_and_dates_are_recorded_and_a_paper_is_put_right(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), created(sqlite_service)
    for kind, title, number, issuer in campaign_cases.PAPERS:
        paper = {
            "kind": kind,
            "title": title,
            "document_no": number,
            "issuer": issuer,
            "issued_on": "2026-05-20",
        }
        assert done(who, f"{where}/documents/record", **paper) == where
    done(who, f"{where}/edit", **{name: str(value) for name, value in campaign_cases.DATES.items()})
    correct = re.findall(r'href="([^"]+/correct)"', who.page(where).text)[0]
    paper |= {"kind": "BASIS", "title": "关于评选表彰的通知（更正）"}
    done(who, correct, **paper)
    page = who.page(where).text

    assert "关于评选表彰的通知（更正）" in page
    assert "2026年9月30日 24:00" in page
    assert "尚未确定" not in page
    assert "条件已具备，可以办理。" in page
    assert done(who, f"{where}/steps/record-decision") == where
    assert "下一步：完成配置" in who.page(where).text


@pytest.mark.rule("R-001")
def test_who_takes_part_is_ticked_and_the_rules_say_by_which_route(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), created(sqlite_service)
    units = [shown("org", sqlite_service.organization(code).id) for code in (HANGZHOU, NINGBO)]

    done(who, f"{where}/participants", _unit=units)
    members = who("GET", f"{where}/participants").json()["participants"]

    assert [(one["route"], one["bucket_code"]) for one in members] == [("CITY", HANGZHOU), ("CITY", NINGBO)]


def test_a_date_a_year_and_a_purpose_are_emptied_by_leaving_them_empty(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), created(sqlite_service)
    set_first = {name: str(value) for name, value in campaign_cases.DATES.items()}
    done(who, f"{where}/edit", **set_first)
    emptied = ("materials_due_on", "planned_award_on", "award_period_start_year", "purpose")

    done(who, f"{where}/edit", **{**set_first, **dict.fromkeys(emptied, "")})

    now = who("GET", where).json()
    days = {one["kind"]: one["due_on"] for one in now["deadlines"]}
    assert (now["planned_award_on"], now["award_period_start_year"], now["purpose"]) == ("", 0, "")
    assert (days["MATERIALS"], days["CONTACTS"]) == ("", set_first["contacts_due_on"])
    assert "树立一批优质服务示范窗口" not in who.page(where).text


def test_a_title_cannot_be_emptied_and_says_so_at_its_field(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), created(sqlite_service)

    refused = sent(who, f"{where}/edit", title="")

    assert refused.status_code == 422
    assert 'id="e-title"' in refused.text


def test_a_stale_page_shows_both_values_and_changes_nothing(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), created(sqlite_service)
    stale = version(who.page(f"{where}/edit").text)
    done(who, f"{where}/edit", title="甲同事改的名称")

    refused = who.page(f"{where}/edit", stale | {"title": "乙同事改的名称"})

    assert refused.status_code == 412
    assert "VERSION_CONFLICT" in refused.text
    assert 'value="乙同事改的名称"' in refused.text
    assert "<ins>甲同事改的名称</ins>" in refused.text
    assert "甲同事改的名称" in who.page(where).text


@pytest.mark.rule("R-047", "R-049", "I-20")
def test_a_city_registers_its_bodies_and_no_other_city_reads_the_telephone(sqlite_service: Service) -> None:
    where = f"/campaigns/{campaign_cases.opened(sqlite_service)}/local-bodies"
    city = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU)
    other = sqlite_service.person(Role.REVIEWING_OFFICER, NINGBO)
    body = {
        "organization_id": shown("org", sqlite_service.organization(HANGZHOU).id),
        "kind": "LEADING",
        "name": "杭州市创建活动指导小组",
        "head_name": "陈立",
        "head_post": "副局长",
        "phone": "0571-85110000",
    }
    assert "办事机构" in city.page(where).text
    done(city, f"{where}/record", **body)
    edit = re.findall(r'href="(/local-bodies/[^"]+/edit)"', city.page(where).text)[0]
    changed = {name: body[name] for name in ("name", "head_name", "head_post")} | {"phone": "0571-85119999"}
    done(city, edit, **changed)

    assert "0571-85119999" in city.page(where).text
    assert "杭州市创建活动指导小组" in other.page(where).text
    assert "0571-85119999" not in other.page(where).text
    assert "0571-85119999" not in other.page(edit).text
    sqlite_service.clock.advance(days=10)
    assert city.page(where).text.count("逾期未报") == 1
    assert office(sqlite_service).page(where).text.count("逾期未报") == 11


@pytest.mark.rule("E-18")
def test_the_office_grants_an_exception_to_the_deadline_and_a_city_may_not(sqlite_service: Service) -> None:
    where = f"/campaigns/{campaign_cases.opened(sqlite_service)}/late-acceptances"
    grant = {
        "organization_id": shown("org", sqlite_service.organization(NINGBO).id),
        "until_on": "2026-10-10",
        "reason": "台风致办公系统停运。",
        "document_no": "浙劳社办〔2026〕9号",
    }

    done(office(sqlite_service), f"{where}/grant", **grant)
    refused = sqlite_service.person(Role.REVIEWING_OFFICER, NINGBO).page(f"{where}/grant", grant)

    assert "2026年10月10日 24:00" in office(sqlite_service).page(where).text
    assert (refused.status_code, "PERMISSION_MISSING" in refused.text) == (403, True)


def test_a_suspended_campaign_says_so_and_is_resumed_with_a_reason(sqlite_service: Service) -> None:
    who, where = (
        office(sqlite_service),
        f"/campaigns/{campaign_cases.opened(sqlite_service)}",
    )
    empty = who.page(f"{where}/steps/suspend", version(who.page(f"{where}/steps/suspend").text))
    assert (empty.status_code, "REASON_MISSING" in empty.text) == (422, True)

    done(who, f"{where}/steps/suspend", reason="省里统一部署调整")
    assert "活动已暂停：省里统一部署调整" in who.page(where).text
    done(who, f"{where}/steps/resume", reason="调整结束")
    assert "活动已暂停" not in who.page(where).text
    assert who.page(f"{where}/steps/nothing").status_code == 404


@pytest.mark.rule("R-048", "I-20")
def test_a_city_sees_its_own_row_of_the_board_only(sqlite_service: Service) -> None:
    campaign_id = campaign_cases.opened(sqlite_service)
    where = f"/campaigns/{campaign_id}/board"
    supervision_cases.within(sqlite_service, campaign_id, 2)
    city = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU).page(where).text
    led = re.findall(r'<a href="(/nominations[^"]+)">(\d+)', city)

    assert [(url.replace("&amp;", "&"), count) for url, count in led] == [
        (f"/nominations?campaign={campaign_id}&region=3301&stage=CLEARED", "2")
    ]
    assert "杭州市劳动和社会保障局" in city
    assert "宁波市劳动和社会保障局" not in city
    assert "宁波市劳动和社会保障局" in office(sqlite_service).page(where).text


def test_the_next_edition_is_cloned_from_the_page(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), created(sqlite_service)
    next_one = done(who, f"{where}/clone", code="windows-2028", title="2028年度评选表彰")

    assert "第 2 届" in who.page(next_one).text


@pytest.mark.rule("E-45")
def test_a_campaign_is_made_from_rules_of_ones_own_and_faulty_ones_are_named_by_their_place(
    sqlite_service: Service,
) -> None:
    who = office(sqlite_service)
    host = shown("org", sqlite_service.organization("ZJ").id)
    rules = who("GET", "/packs/provincial-windows").json()["toml"]
    own = rules.replace('code = "provincial-windows"', 'code = "own-windows"')
    form = {"code": "own-2026", "host_organization_id": host}

    faulty = own.replace("min_days = 5", "min_days = 700")
    refused = who.page("/campaigns/import", form | {"toml": faulty})
    assert (refused.status_code, "<code>notice.min_days</code>" in refused.text) == (422, True)
    where = done(who, "/campaigns/import", **form, toml=own)

    assert who("GET", where).json()["pack_code"] == "own-windows"
