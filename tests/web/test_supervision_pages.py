"""Notices, objections and findings as pages, without any script."""

import re

from tests.plugins.service import Caller, Service
from tests.supervision_cases import Case, case


def fields(page: str) -> dict[str, str]:
    """The hidden version of the page's form."""
    return dict(re.findall(r'name="(_version)" value="([^"]+)"', page))


def step(who: Caller, url: str, **form: str) -> None:
    twin = who.page(url)
    assert twin.status_code == 200, twin.text
    answer = who.page(url, fields(twin.text) | form)
    assert answer.status_code == 303, answer.text


def at_notice(c: Case) -> str:
    first = f"nom_{c.nominations[0].hex}"
    url = f"/campaigns/cmp_{c.campaign_id.hex}/draft-notice"
    assert "社会保险服务窗口0" in c.drafter.page(url).text
    form = {
        "title": "推荐对象公示",
        "basis": "浙劳社〔2026〕1号",
        "contact_office": "市局监察室",
        "contact_phone": "0571-85110000",
        "_channel": "WEBSITE",
        "_item": first,
        f"_merits_{first}": "群众满意。",
    }
    made = c.drafter.page(url, form)
    assert made.status_code == 303, made.text
    where = made.headers["location"]
    assert c.drafter.page(f"{where}/edit").status_code == 200
    step(c.approver, f"{where}/review")
    step(c.approver, f"{where}/publish")
    return where


def test_a_notice_is_drafted_reviewed_and_published_and_the_public_objects_with_a_receipt(
    sqlite_service: Service,
) -> None:
    c = case(sqlite_service)
    where = at_notice(c)

    assert "推荐对象公示" in c.public.page("/public").text
    assert "群众满意。" in c.public.page(f"/public{where}").text
    form = c.public.page(f"/public{where}/object").text
    item = re.findall(r'<option value="(nti_[0-9a-f]+)"', form)[0]
    short = c.public.page(
        f"/public{where}/object", {"item_id": item, "identity_kind": "ANONYMOUS", "content": "短"}
    )
    assert short.status_code == 422
    content = "反映的情况，请予核查。谢谢。"
    told = c.public.page(
        f"/public{where}/object", {"item_id": item, "identity_kind": "ANONYMOUS", "content": content}
    )
    receipt = re.findall(r">([0-9a-f ]{39})<", told.text)[0]
    status = c.public.page("/public/objection-status", {"receipt": receipt})
    assert "YY-2026-" in status.text
    assert "受理单位正在决定是否受理。" in status.text
    assert "YY-2026-" not in c.public.page("/public/objection-status", {"receipt": "0" * 32}).text
    assert c.public.page(f"/public/campaigns/cmp_{c.campaign_id.hex}").status_code == 200


def test_a_notice_says_what_it_waits_for(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    c.recorded(notice)

    running = c.approver.page(f"/notices/{notice['id']}").text
    sqlite_service.clock.advance(days=30)
    ended = c.approver.page(f"/notices/{notice['id']}").text

    assert ["期间任何人都可以提出异议" in page for page in (running, ended)] == [True, False]
    assert "1 个窗口有未办结的异议" in running
    assert "公示期已满。没有未办结异议的窗口可以办理下一步。" in ended


def test_the_desk_takes_an_objection_from_the_telephone_to_its_conclusion(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    where = at_notice(c)
    item = re.findall(
        r'<option value="(nti_[0-9a-f]+)"', c.discipline.page(f"{where}/record-objection").text
    )[0]
    named = {
        "identity_kind": "NAMED_INDIVIDUAL",
        "objector_name": "秦香莲",
        "objector_contact": "0571-85119999",
    }
    body = {
        "item_id": item,
        "channel": "PHONE",
        "content": "反映的情况，请予核查。谢谢。",
        "has_leads": "true",
        **named,
    }
    objection = c.discipline.page(f"{where}/record-objection", body).headers["location"]

    assert "秦香莲" not in c.discipline.page(objection).text
    step(c.discipline, f"{objection}/assign", handler_id=f"per_{c.discipline.person_id.hex}")
    step(c.discipline, f"{objection}/accept")
    step(c.discipline, f"{objection}/investigate")
    step(c.discipline, f"{objection}/conclude", result="NOT_UPHELD", finding="不属实。")
    step(c.discipline, f"{objection}/reply", reply="经核查不属实。")
    opened = c.discipline.page(
        f"{objection}/open-identity",
        {"reason": "核实", **fields(c.discipline.page(f"{objection}/open-identity").text)},
    )
    assert "秦香莲" in opened.text
    assert "YY-2026-" in c.discipline.page("/objections").text
    for page in ("act", "extend", "decline", "close", "reopen", "approve-dismissal"):
        assert c.discipline.page(f"{objection}/{page}").status_code == 200


def test_a_finding_is_recorded_and_dismissed_on_pages(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    url = f"/nominations/nom_{c.nominations[0].hex}/record-veto"
    assert c.discipline.page(url).status_code == 200
    body = {"veto_code": "VETO_INACTION", "source": "通报", "fact_on": "2026-03-01"}
    finding = c.discipline.page(url, body).headers["location"]

    step(c.discipline, f"{finding}/verify")
    step(c.discipline, f"{finding}/dismiss", conclusion="查无实据")
    assert "查无实据" in c.discipline.page(finding).text
    assert "社会保险服务窗口0" in c.discipline.page("/veto-findings").text


def test_every_act_of_a_notice_has_its_screen(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    where = at_notice(c)

    for slug in ("extend", "erratum", "correct", "remove-item", "withdraw", "cancel", "conclude", "revise"):
        assert c.approver.page(f"{where}/{slug}").status_code == 200
    assert c.approver.page(f"{where}/nothing").status_code == 404
    step(c.approver, f"{where}/extend", last_day="2026-07-10", reason="故障")
    assert "推荐对象公示" in c.approver.page("/notices").text
