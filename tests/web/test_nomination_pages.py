"""Nominations as pages, without any script: found, put forward, shown with what is next and why not, sent back and forth."""

import re

import pytest

from app.domain.access import Role
from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, STATEMENT, XIHU, YUHANG, Flow, flow
from tests.plugins.service import Caller, Service
from tests.push_cases import pushing
from tests.supervision_cases import Case, case


def version(page: str) -> str:
    found: list[str] = re.findall(r'name="_version" value="(\d+)"', page)
    return found[0]


def step(who: Caller, url: str, **form: str) -> str:
    """The form at this address filled in and sent; where it leads."""
    twin = who.page(url)
    assert twin.status_code == 200, twin.text
    answer = who.page(url, {"_version": version(twin.text), **form})
    assert answer.status_code == 303, answer.text
    where: str = answer.headers["location"]
    return where


def drafted(f: Flow, window: str) -> str:
    clerk = f.filer()
    form = clerk.page(f"/nominations/create?window={window}").text
    (campaign,) = re.findall(r'<option value="(cmp_[0-9a-f]+)" selected>', form)
    made = clerk.page(
        "/nominations/create", {"_campaign": campaign, "window_id": window, "statement": STATEMENT}
    )
    assert made.status_code == 303, made.text
    where: str = made.headers["location"]
    return where


def test_a_clerk_chooses_a_window_and_puts_it_forward(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    window = f.window(name="文三路社保窗口")["id"]
    assert f"/nominations/create?window={window}" in f.filer().page("/nominations/create?q=文三路").text

    where = drafted(f, window)

    page = f.filer().page(where).text
    assert "<h1>文三路社保窗口</h1>" in page
    assert STATEMENT in page
    assert re.findall(r'aria-current="step">([^<]+)', page) == ["填报"]
    assert "下一步“提交”还需要" in page
    assert f'<a href="{where}/declarations">去办理</a>' in page
    form = {"_campaign": f"cmp_{f.campaign_id.hex}", "window_id": window}
    twice = f.filer().page(f"/nominations/create?window={window}", form)
    assert twice.status_code == 409
    assert "DUPLICATE_NOMINATION" in twice.text


def test_the_list_is_narrowed_and_says_how_many_stand_where(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    mine = f"/nominations/{f.draft(window=f.window(name='文三路社保窗口'))['id']}"
    other = f"/nominations/{f.draft(YUHANG)['id']}"
    c = case(sqlite_service, 1)
    cleared = f"/nominations/nom_{c.nominations[0].hex}"
    city = f.officer(HANGZHOU)

    def found(query: str) -> set[str]:
        return set(
            re.findall(r'<th scope="row"><a href="(/nominations/nom_[0-9a-f]+)"', city.page(query).text)
        )

    assert found("/nominations") == {mine, other, cleared}
    assert found("/nominations?stage=CLEARED") == {cleared}
    assert found("/nominations?region=330110") == {other}
    assert found("/nominations?q=文三路") == {mine}
    assert found(f"/nominations?campaign=cmp_{f.campaign_id.hex}") == {mine, other}
    assert found(f"/nominations?holder=org_{sqlite_service.organization(HANGZHOU).id.hex}") == {cleared}
    counts = re.findall(r"([^<> ]+) <b>(\d+)</b>", city.page("/nominations?stage=CLEARED").text)
    assert sorted(counts) == sorted([("全部", "3"), ("草稿", "2"), ("审核通过，待公示", "1")])
    assert "文三路社保窗口" not in f.filer(YUHANG).page("/nominations").text
    assert f.filer(YUHANG).page(mine).status_code == 404


def returned(c: Case) -> str:
    """The cleared case sent back by the city with one point, written in the third of six rows."""
    where = f"/nominations/nom_{c.nominations[0].hex}"
    empty = {f"checklist.{row}.{name}": "" for row in range(6) for name in ("part", "text")}
    point = {"_rows": "checklist", "checklist.2.part": "STATEMENT", "checklist.2.text": "请写明推广情况。"}
    step(c.approver, f"{where}/return", reason="材料不完整。", **{**empty, **point})
    return where


def test_a_case_is_returned_with_a_checklist_opens_there_and_comes_back_answered(
    sqlite_service: Service,
) -> None:
    c = case(sqlite_service, 1)
    county = sqlite_service.person(Role.REVIEWING_OFFICER, XIHU)
    where = returned(c)

    page = county.page(where).text
    assert "请写明推广情况。" in page
    assert f'<a href="{where}/statement">去修改</a>' in page
    assert f"{where}/write-up" not in page
    step(county, f"{where}/statement", statement=STATEMENT)
    assert c.stage() is Stage.RETURNED
    step(county, f"{where}/resubmit", **{"answers.0.point": "1", "answers.0.answer": "已写明。"})

    assert c.stage() is Stage.SUBMITTED
    assert STATEMENT in county.page(where).text


def test_an_unanswered_point_is_said_at_its_row(sqlite_service: Service) -> None:
    c = case(sqlite_service, 1)
    county = sqlite_service.person(Role.REVIEWING_OFFICER, XIHU)
    where = returned(c)
    form = county.page(f"{where}/resubmit").text

    answer = county.page(
        f"{where}/resubmit",
        {"_version": version(form), "answers.0.point": "1", "answers.0.answer": ""},
    )

    assert answer.status_code == 422
    assert 'id="e-answers.0.answer"' in answer.text


def test_a_faulty_row_of_the_checklist_moves_up_with_its_reason(sqlite_service: Service) -> None:
    c = case(sqlite_service, 1)
    where = f"/nominations/nom_{c.nominations[0].hex}"
    form = c.approver.page(f"{where}/return").text
    rows = {
        "_rows": "checklist",
        "checklist.0.text": "",
        "checklist.4.text": "请写明推广情况。",
        "checklist.4.part": "",
    }

    answer = c.approver.page(f"{where}/return", {"_version": version(form), "reason": "不完整。", **rows})

    assert answer.status_code == 422
    assert 'id="e-checklist.0.part"' in answer.text
    assert re.findall(r'id="f-checklist.0.text"[^>]*>([^<]*)<', answer.text) == ["请写明推广情况。"]


def test_a_window_that_is_put_forward_already_leads_to_its_case(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    case = f.draft(window=f.window(name="已推荐窗口"))
    free = f.window(name="未推荐窗口")["id"]

    page = f.filer().page("/nominations/create").text

    assert f'href="/nominations/{case["id"]}"' in page
    assert f"window={free}" in page
    assert f"window={case['window_id']}" not in page


def test_what_was_written_is_emptied_by_leaving_its_field_empty(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    url = f"/nominations/{f.draft()['id']}"
    form = {"statement": STATEMENT, "new_merits": "新增周末不打烊服务。"}
    step(f.filer(), f"{url}/statement", **form)

    step(f.filer(), f"{url}/statement", **form | {"new_merits": ""})

    case = f.filer()("GET", url).json()
    assert (case["statement"], case["new_merits"]) == (STATEMENT, "")


def test_two_tabs_lose_nothing_and_a_double_click_acts_once(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    where = f"/nominations/{f.draft()['id']}"
    clerk, form = f.filer(), f.filer().page(f"{where}/statement").text
    first = {"_version": version(form), "_key": "one", "statement": STATEMENT + "甲"}
    answers = [clerk.page(f"{where}/statement", first) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]

    late = clerk.page(
        f"{where}/statement", {"_version": version(form), "_key": "two", "statement": STATEMENT}
    )

    assert late.status_code == 412
    assert f"<ins>{STATEMENT}甲</ins>" in late.text
    assert f"{STATEMENT}甲" in clerk.page(where).text


def test_a_blocked_step_says_why_instead_of_showing_its_form(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    where = f"/nominations/{f.draft()['id']}"

    page = f.filer().page(f"{where}/submit").text

    assert "为何暂不能办理" in page
    assert "逐项声明" in page
    assert 'name="_version"' not in page
    assert f.filer().page(f"{where}/nothing").status_code == 404


@pytest.mark.rule("E-09")
def test_the_case_shows_its_notice_and_its_objection_neutrally_and_only_the_desk_is_led_there(
    sqlite_service: Service,
) -> None:
    c = case(sqlite_service, 2)
    objection = c.recorded(c.published())
    held, free = (f"/nominations/nom_{one.hex}" for one in c.nominations)

    page = c.approver.page(held).text
    assert objection["code"] in page
    assert f'href="/objections/{objection["id"]}"' in page
    assert "秦香莲" not in page
    assert "的情况与实际不符" not in page
    county = sqlite_service.person(Role.WINDOW_FILER, XIHU).page(held).text
    assert objection["code"] in county
    assert f'href="/objections/{objection["id"]}"' not in county
    assert objection["code"] not in c.approver.page(free).text
    assert "尚有 1 件异议未办结" not in c.approver.page(free).text


def test_a_withdrawn_case_says_since_when_it_is_over_and_offers_nothing_more(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    where = f"/nominations/{f.draft()['id']}"

    step(f.filer(), f"{where}/withdraw", reason="窗口已撤销。")

    page = f.filer().page(where).text
    assert "本推荐已终止" in page
    assert "窗口已撤销。" in page
    assert "btn-primary" not in page


@pytest.mark.parametrize("slug", ["submit", "endorse", "clear", "return", "resubmit", "reject", "recommend"])
def test_every_step_has_its_screen(sqlite_service: Service, slug: str) -> None:
    c = case(sqlite_service, 1)

    assert c.approver.page(f"/nominations/nom_{c.nominations[0].hex}/{slug}").status_code == 200


@pytest.mark.parametrize("slug", ["file", "accept", "return-for-correction", "withdraw", "undo"])
def test_so_have_the_later_ones(sqlite_service: Service, slug: str) -> None:
    c = case(sqlite_service, 1)

    assert c.approver.page(f"/nominations/nom_{c.nominations[0].hex}/{slug}").status_code == 200


def test_a_case_and_the_list_ask_as_often_whatever_there_is(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    asked = []
    for count in (1, 2):
        for _ in range(count):
            f.draft()
        f.filer().page("/nominations")
        with sqlite_service.statements() as sent:
            page = f.filer().page("/nominations").text
        asked.append((page.count('<th scope="row">'), len(sent)))

    (one, before), (three, after) = asked
    assert (one, three) == (1, 3)
    assert before == after


@pytest.mark.rule("E-25")
def test_a_pushed_case_says_where_it_came_from_and_that_it_was_edited_since(sqlite_service: Service) -> None:
    city = pushing(sqlite_service)
    where = f"/nominations/{city.push(city.whole()).json()['id']}"
    clerk = city.flow.filer()

    page = clerk.page(where).text
    assert f"由 {city.source} 系统推送，原编号 TJ-1。" in page
    assert "系统推送</small>" in page
    assert "推送后有人工修改" not in page
    step(clerk, f"{where}/statement", statement=STATEMENT + "另见附件。")

    assert "推送后有人工修改" in clerk.page(where).text
