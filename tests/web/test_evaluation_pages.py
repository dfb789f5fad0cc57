"""The office at the pages of the evaluation: the bench, who scores what and why, opening, locking, corrections by two."""

import re
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from app.domain.nomination import Stage
from tests.evaluation_cases import (
    DUE,
    SHAOXING,
    WENZHOU,
    YINZHOU,
    Evaluation,
    evaluation,
    under_evaluation,
)
from tests.flow_cases import NINGBO, XIHU, Json, made
from tests.plugins.service import Service
from tests.web.page_walk import done, sent

TEXT = re.compile(r"<[^>]+>|\s+")


def said(answer: Any) -> str:
    return TEXT.sub(" ", answer.text)


def at(ev: Evaluation, page: str) -> str:
    return f"/campaigns/cmp_{ev.flow.campaign_id.hex}/{page}"


def window(ev: Evaluation, case: str) -> str:
    found = re.findall(r"<h1>([^<]+)</h1>", ev.office.page(f"/nominations/{case}/assign").text)
    return str(found[0])


def row_of(page: str, name: str) -> str:
    """The table row that is headed by this name, as text."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    return next(TEXT.sub(" ", row) for row in rows if f">{name}<" in row)


@pytest.mark.rule("I-12")
def test_the_office_takes_somebody_onto_the_bench_and_sees_what_they_declared(
    sqlite_service: Service,
) -> None:
    ev = evaluation(sqlite_service)
    person = shown("per", ev.person("沈括").person_id)
    home = shown("org", ev.service.organization(WENZHOU).id)
    form = {"person_id": person, "home_organization_id": home, "case_limit": "12", "note": "劳动关系专家"}
    assert person in ev.office.page(at(ev, "reviewers/register")).text

    where = done(ev.office, at(ev, "reviewers/register"), **form)
    twice = ev.office.page(at(ev, "reviewers/register"), form)
    page = ev.office.page(where).text

    assert where == at(ev, "reviewers")
    assert (twice.status_code, "REVIEWER_TWICE" in twice.text) == (409, True)
    assert "温州市劳动和社会保障局" in row_of(page, "沈括")
    assert "未签署" in row_of(page, "沈括")
    assert person not in ev.office.page(at(ev, "reviewers/register")).text
    ev.reviewers["沈括"] = made(ev.office("GET", f"{ev.url}/reviewers"))["items"][0]
    made(ev.declare("沈括", region_codes=["330100"]))
    assert "有申报事项" in row_of(ev.office.page(where).text, "沈括")


@pytest.mark.rule("E-21")
def test_a_transfer_takes_cases_back_and_a_region_that_is_none_is_refused_beside_its_field(
    sqlite_service: Service,
) -> None:
    ev, case = under_evaluation(sqlite_service)
    url = f"/reviewers/{ev.reviewers['一']['id']}/edit"
    hangzhou = shown("org", ev.service.organization(XIHU).id)

    wrong = sent(ev.office, url, home_organization_id=hangzhou, home_region_code="999999", status="ACTIVE")
    done(ev.office, url, home_organization_id=hangzhou, home_region_code="", status="ACTIVE", case_limit="20")

    assert (wrong.status_code, "HOME_REGION_UNKNOWN" in wrong.text) == (422, True)
    assert 'id="e-home_region_code"' in wrong.text
    matrix = ev.office.page(at(ev, "assignments")).text
    assert "与申报单位同一地区" in row_of(matrix, window(ev, case))
    assert ev.person("一").page("/reviews").text.count("/stand-aside") == 0


@pytest.mark.rule("I-12", "E-22")
def test_the_matrix_says_who_has_what_who_stands_aside_and_who_is_missing(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一", "二")
    ev.reviewer("宁", NINGBO)
    ev.registered("未签", WENZHOU)
    case, other = ev.case(YINZHOU), ev.case(XIHU)
    ev.given(case, "一")
    ev.given(other, "宁")

    page = ev.office.page(at(ev, "assignments")).text

    row = row_of(page, window(ev, case))
    assert re.findall(r"(一|二|宁|未签)： *(\S+)", row) == [
        ("一", "未开始"),
        ("二", "可分配"),
        ("宁", "回避"),
        ("未签", "不可用"),
    ]
    assert "与申报单位同一地区" in row
    assert re.findall(r'<span class="mark">(\d)</span>', page) == ["2", "2"]
    assert re.findall(r"(\d+ / 20)", row_of(page, "承担 / 上限")) == ["1 / 20", "0 / 20", "1 / 20", "0 / 20"]


@pytest.mark.rule("I-12", "E-21")
def test_a_case_is_given_by_hand_and_taken_back_with_a_reason(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一")
    ev.reviewer("宁", NINGBO)
    case = ev.case(YINZHOU)
    url, form = f"/nominations/{case}/assign", {"due_on": DUE, "reason": "熟悉经办业务"}
    page = ev.office.page(url).text
    options = re.findall(r'<option value="(rvw_[^"]+)"', page)

    conflict = sent(ev.office, url, reviewer_id=ev.reviewers["宁"]["id"], **form)
    done(ev.office, url, reviewer_id=ev.reviewers["一"]["id"], **form)
    given = ev.assignment(case, "一")["id"]
    silent = sent(ev.office, f"/assignments/{given}/release")
    done(ev.office, f"/assignments/{given}/release", reason="出差")

    assert options == [ev.reviewers["一"]["id"]]
    assert "须回避：与申报单位同一地区" in said(ev.office.page(url)).replace(" ", "")
    assert (conflict.status_code, "RECUSAL" in conflict.text) == (403, True)
    assert (silent.status_code, 'id="e-reason"' in silent.text) == (422, True)
    assert [one["void_reason"] for one in ev.assignments()] == ["出差"]


@pytest.mark.rule("E-22")
def test_a_run_is_looked_at_before_it_is_made_and_its_seed_gives_the_same(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一", "二", "三", "四")
    case = ev.case(XIHU)
    url, asked = at(ev, "assignment-runs/start"), {"due_on": DUE, "per_case": "3", "seed": "2026"}

    preview = ev.office.page(f"{url}?due_on={DUE}&per_case=3&seed=2026")
    before = ev.assignments()
    below = sent(ev.office, url, **{**asked, "per_case": "2"})
    asked_below = ev.office.page(f"{url}?due_on={DUE}&per_case=2")
    where = done(ev.office, url, **asked)
    run = ev.office.page(where).text

    told = re.findall(r"<td>(一|二|三|四)</td>", preview.text)
    assert (len(told), before) == (3, [])
    assert sorted(one["reviewer"] for one in ev.assignments()) == sorted(told)
    assert sorted(re.findall(r"<td>(一|二|三|四)</td>", run)) == sorted(told)
    assert "结果一致" in run
    assert "可评者" in row_of(run, window(ev, case))
    assert (below.status_code, "REVIEWERS_BELOW_MINIMUM" in below.text) == (422, True)
    assert "REVIEWERS_BELOW_MINIMUM" in asked_below.text
    assert f'href="{where}"' in ev.office.page(at(ev, "assignment-runs")).text


@pytest.mark.rule("E-22")
def test_cases_are_opened_where_enough_may_judge_and_the_others_say_why(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一", "二")
    ev.reviewer("宁", NINGBO)
    free, tied = ev.case(XIHU), ev.case(YINZHOU)
    url = at(ev, "evaluation/open")
    page = ev.office.page(url).text

    nothing = sent(ev.office, url)
    answer = sent(ev.office, url, nomination_ids=[free, tied])

    assert re.findall(r'value="(nom_\w+)" checked', page) == [free]
    assert nothing.status_code == 303
    assert (ev.row(free).stage, ev.row(tied).stage) == (Stage.UNDER_EVALUATION, Stage.ACCEPTED)
    assert answer.status_code == 200
    assert "REVIEWERS_TOO_FEW" in answer.text
    assert ev.member.page(url, {"nomination_ids": tied}).status_code == 403


@pytest.mark.rule("I-11")
def test_scores_are_locked_when_all_are_in_and_the_progress_names_who_is_late(
    sqlite_service: Service,
) -> None:
    ev, case = under_evaluation(sqlite_service)
    for name in ("一", "二"):
        ev.scored(case, name)
    progress = row_of(ev.office.page(at(ev, "evaluation")).text, window(ev, case))
    early = sent(ev.office, at(ev, "evaluation/lock"), nomination_ids=case)
    ev.scored(case, "三")

    where = done(ev.office, at(ev, "evaluation/lock"), nomination_ids=case)

    assert progress.split()[-4:] == ["3", "2", "1", "三"]
    assert "SCORES_MISSING" in early.text
    assert where == at(ev, "evaluation")
    assert ev.row(case).stage is Stage.EVALUATED


@pytest.mark.rule("I-11")
def test_points_are_on_no_page_of_the_office_before_the_lock(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    for name, less in zip("一二三", ("1.5", "2", "2.5"), strict=True):
        ev.scored(case, name, C1_1=str(4 - float(less)))
    sheet = made(ev.office("GET", f"/nominations/{case}/score-sheets"))["items"][0]["id"]

    sealed = ev.office.page(f"/nominations/{case}/scores")
    closed = ev.office.page(f"/score-sheets/{sheet}")
    ev.lock(case)

    assert "98.50" not in sealed.text
    assert (closed.status_code, "SCORES_SEALED" in closed.text) == (403, True)
    assert "98.50" in ev.office.page(f"/nominations/{case}/scores").text
    assert "2.5" in ev.office.page(f"/score-sheets/{sheet}").text


def locked(service: Service) -> tuple[Evaluation, str, str]:
    """A case whose scores are locked, and the sheet of the first reviewer."""
    ev, case = under_evaluation(service)
    ev.evaluated(case, 一="0", 二="1", 三="2")
    items = made(ev.office("GET", f"/nominations/{case}/score-sheets"))["items"]
    return ev, case, next(one["id"] for one in items if one["reviewer"] == "一")


@pytest.mark.rule("E-20", "I-13")
def test_a_correction_is_asked_for_by_one_and_decided_by_another(sqlite_service: Service) -> None:
    ev, case, sheet = locked(sqlite_service)
    url = f"/score-sheets/{sheet}/correct"

    same = sent(ev.office, url, reason="录入时串行", **{"entries.C1.1.points": "4"})
    unsaid = sent(ev.office, url, reason="录入时串行", **{"entries.C1.1.points": "1"})
    where = done(ev.office, url, reason="录入时串行", **{"entries.C1.1.points": "3.5"})
    own = ev.office.page(f"{where}/approve", {"_version": "1"})
    done(ev.second, f"{where}/approve", note="属实")

    assert "CORRECTION_CHANGES_NOTHING" in same.text
    assert 'id="e-entries.C1.1.comment"' in unsaid.text
    assert (own.status_code, "SAME_PERSON" in own.text) == (403, True)
    page = ev.second.page(where).text
    assert "已批准" in page
    assert re.findall(r'<td class="num">4</td><td class="num"><strong>3.5</strong>', page)
    versions: list[Json] = made(ev.office("GET", f"/nominations/{case}/score-sheets"))["items"]
    assert sorted(one["total"] for one in versions if one["reviewer"] == "一") == ["100.00", "99.50"]
    assert window(ev, case) in ev.second.page(at(ev, "score-corrections")).text


@pytest.mark.rule("E-20")
def test_a_reviewer_asks_for_the_correction_of_their_own_sheet(sqlite_service: Service) -> None:
    ev, _, sheet = locked(sqlite_service)
    me = ev.person("一")

    where = done(me, f"/score-sheets/{sheet}/correct", reason="看错一行", **{"entries.C5.5.points": "3"})
    unfounded = sent(ev.office, f"{where}/decline")
    done(ev.office, f"{where}/decline", note="理由不充分")

    assert (unfounded.status_code, 'id="e-note"' in unfounded.text) == (422, True)
    assert "未批准" in me.page(where).text
    assert ev.person("二").page(where).status_code in (403, 404)


@pytest.mark.rule("I-12")
def test_an_office_member_in_conflict_finds_the_case_on_no_page(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    ev.registered("兼职", SHAOXING, Role.STEERING_OFFICE)
    made(ev.declare("兼职", region_codes=["330100"]))
    name, tied = window(ev, case), ev.person("兼职")

    lists = [tied.page(at(ev, page)) for page in ("evaluation", "assignments", "evaluation/lock")]
    alone = [tied.page(f"/nominations/{case}/{page}") for page in ("assign", "scores")]

    assert [page.status_code for page in lists] == [200] * 3
    assert [name in page.text for page in lists] == [False] * 3
    assert [page.status_code for page in alone] == [404] * 2
    assert name in ev.office.page(at(ev, "evaluation")).text


def test_the_evaluation_costs_as_many_statements_for_three_cases_as_for_one(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一", "二", "三")

    def statements() -> int:
        with sqlite_service.statements() as sent_:
            assert ev.office.page(at(ev, "assignments")).status_code == 200
        return len(sent_)

    first = ev.case(XIHU)
    ev.given(first, "一")
    one = statements()
    for _ in range(2):
        ev.given(ev.case(YINZHOU), "二")

    assert statements() == one
