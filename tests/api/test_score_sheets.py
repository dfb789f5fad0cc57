"""A reviewer's sheet: 28 items in half points, added up by the server, sealed from others, fixed once it is given."""

from typing import Any

import pytest
from sqlmodel import select

from app.db.tables.materials import Material, MaterialKind
from app.db.tables.nominations import NominationText
from app.domain.access import Role
from app.domain.ids import parsed, shown
from app.domain.nomination import Stage
from app.packs import loading
from app.services import audit
from tests.evaluation_cases import FULL, WENZHOU, YINZHOU, Evaluation, evaluation, under_evaluation
from tests.flow_cases import HANGZHOU, XIHU, code, codes, made
from tests.plugins.service import Service


def replace_file(ev: Evaluation, nomination: str) -> None:
    """A new file comes into the case, as a correction of the filing brings it."""
    with ev.service.system() as ctx:
        ctx.session.add(
            Material(
                **audit.stamp(ctx),
                nomination_id=parsed("nom", nomination),
                kind=MaterialKind.EVIDENCE,
                file_name="补充材料.pdf",
                media_type="application/pdf",
                object_key="sha256/aa",
                sha256="aa" * 32,
                size_bytes=9,
            )
        )
        ctx.noted += 1


@pytest.mark.rule("R-018")
def test_a_fresh_sheet_has_the_28_items_of_the_notice_with_hints_and_limits(service: Service) -> None:
    ev, nomination = under_evaluation(service)

    sheet = ev.sheet(nomination, "一")

    items = [item for criterion in sheet["criteria"] for item in criterion["items"]]
    assert [(one["code"], one["max_points"]) for one in sheet["criteria"]] == [
        (f"C{n}", "20") for n in range(1, 6)
    ]
    assert (len(items), sheet["item_count"], sheet["filled"], sheet["total"]) == (28, 28, 0, "0.00")
    assert (items[0]["code"], items[0]["max_points"], items[0]["comment_at"]) == ("C1.1", "4", "1.6")
    assert all(item["text_zh"] and item["text_en"] and item["hint_zh"] for item in items)
    assert [item["points"] for item in items] == [""] * 28
    assert sheet["blockers"][0]["code"] == "CRITERIA_INCOMPLETE"


@pytest.mark.rule("R-018", "R-022")
@pytest.mark.parametrize(
    ("points", "total", "exact"),
    [
        ({}, "100.00", "100"),  # 1: all at the maximum
        ({"C1_1": "3.5", "C2_1": "2", "C5_5": "2.5"}, "97.50", "195/2"),  # 2: half points
        ({"C1_1": "0", "C1_2": "1.5", "C3_1": "0.5"}, "90.00", "90"),  # 3: low points with their reasons
        ({f"C2_{n}": "1.5" for n in range(1, 9)}, "92.00", "92"),  # 4: one criterion down throughout
        ({f"C{c}_{i}": "0" for c in (1, 3, 4, 5) for i in range(1, 6)}, "20.00", "20"),  # 5: hardly anything
    ],
)
def test_worked_examples_of_a_sheet(
    sqlite_service: Service, points: dict[str, str], total: str, exact: str
) -> None:
    ev, nomination = under_evaluation(sqlite_service)

    sheet = ev.scored(nomination, "一", **points)

    assert (sheet["total"], sheet["exact_total"], sheet["stage"]) == (total, exact, "SUBMITTED")


def test_a_draft_is_saved_with_items_missing_and_found_again(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    some = {"C1.1": {"points": "3.5", "comment": ""}, "C2.1": {"points": "0.5", "comment": ""}}

    first = made(ev.save(nomination, "一", some))
    second = made(ev.save(nomination, "一", {"C1.1": {"points": "4", "comment": "好"}}))

    assert (first["filled"], first["total"], first["stage"]) == (2, "4.00", "DRAFT")
    assert (second["filled"], second["total"]) == (1, "4.00")
    assert ev.sheet(nomination, "一") == second
    assert ev.assignment(nomination, "一")["status"] == "IN_PROGRESS"
    (mine,) = made(ev.person("一")("GET", "/assignments"))["items"]
    assert (mine["filled"], mine["status"]) == (1, "IN_PROGRESS")


@pytest.mark.rule("R-022")
@pytest.mark.parametrize(
    ("item", "points", "refused"),
    [
        ("C1.1", "4.5", "SCORE_RANGE"),
        ("C2.1", "3", "SCORE_RANGE"),
        ("C1.1", "3.25", "SCORE_STEP"),
        ("C9.9", "1", "SCORE_ITEM_UNKNOWN"),
        ("C1.1", "NaN", "FIELD_FORMAT"),
        ("C1.1", "1e3", "FIELD_FORMAT"),
        ("C1.1", "-1", "FIELD_FORMAT"),
    ],
)
def test_points_outside_the_scale_are_not_even_saved(
    sqlite_service: Service, item: str, points: str, refused: str
) -> None:
    ev, nomination = under_evaluation(sqlite_service)

    answer = ev.save(nomination, "一", {item: {"points": points, "comment": "理由"}})

    assert refused in codes(answer)
    assert any(one["pointer"].startswith(f"/entries/{item}") for one in answer.json()["errors"])
    assert ev.sheet(nomination, "一")["filled"] == 0


def test_two_windows_do_not_overwrite_each_other(sqlite_service: Service) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    sheet = ev.sheet(nomination, "一")
    made(ev.save(nomination, "一"))
    url = f"/assignments/{sheet['assignment_id']}"

    stale = ev.person("一")("PUT", f"{url}/sheet", json={"entries": {}}, version=sheet["etag"])
    blind = ev.person("一")("POST", f"{url}/submissions")

    assert (code(stale), code(blind)) == ("VERSION_CONFLICT", "PRECONDITION_REQUIRED")
    assert ev.sheet(nomination, "一")["filled"] == 28


@pytest.mark.rule("R-018")
def test_a_sheet_is_submitted_whole_and_with_a_word_for_low_points(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    made(ev.save(nomination, "一", {code: entry for code, entry in FULL.items() if code != "C5.5"}))
    incomplete = ev.submit(nomination, "一")
    made(ev.save(nomination, "一", FULL | {"C1.1": {"points": "1.5", "comment": " "}}))
    silent = ev.submit(nomination, "一")

    given = ev.scored(nomination, "一", C1_1="1.5")

    assert (codes(incomplete), codes(silent)) == (["CRITERIA_INCOMPLETE"], ["SCORE_COMMENT_NEEDED"])
    assert silent.json()["errors"][0]["pointer"] == "/entries/C1.1/comment"
    assert (given["stage"], given["blockers"]) == ("SUBMITTED", [])
    assert ev.assignment(nomination, "一")["status"] == "SUBMITTED"
    queue = made(ev.person("一")("GET", "/assignments"))
    assert (queue["total"], queue["submitted"], queue["next_id"]) == (1, 1, "")


@pytest.mark.rule("I-11")
def test_what_is_submitted_stands_and_what_is_locked_stands(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    for name in ("一", "二", "三"):
        ev.scored(nomination, name)
    saved, again = ev.save(nomination, "一", C1_1="3"), ev.submit(nomination, "一")
    taken = ev.assignment(nomination, "一")
    release = ev.office(
        "POST", f"/assignments/{taken['id']}/releases", json={"reason": "改派"}, version=taken["etag"]
    )

    (locked,) = ev.lock()

    assert code(saved) == code(again) == code(release) == "SCORES_LOCKED"
    assert (locked["done"], locked["stage"]) == (True, "EVALUATED")
    assert code(ev.save(nomination, "一", C1_1="3")) == "SCORING_CLOSED"
    sheet = ev.sheet(nomination, "一")
    assert (sheet["stage"], sheet["total"]) == ("LOCKED", "100.00")
    assert ev.assignment(nomination, "一")["status"] == "LOCKED"


@pytest.mark.rule("I-11")
def test_nothing_is_locked_before_every_sheet_is_in(sqlite_service: Service) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    ev.scored(nomination, "一")
    ev.scored(nomination, "二")

    (waiting,) = ev.lock()

    assert (waiting["done"], waiting["stage"]) == (False, "UNDER_EVALUATION")
    assert [one["code"] for one in waiting["blockers"]] == ["SCORES_MISSING"]
    assert "3" in waiting["blockers"][0]["message_en"]


def test_others_scores_are_sealed_from_everybody_until_the_lock(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    mine, other = ev.scored(nomination, "一", C1_1="3"), ev.scored(nomination, "二", C1_1="2")
    url = f"/nominations/{nomination}/score-sheets"

    before = made(ev.office("GET", url))["items"]
    peeks = [caller("GET", f"/score-sheets/{other['id']}") for caller in (ev.office, ev.member)]
    by_reviewer = ev.person("一")("GET", f"/score-sheets/{other['id']}")
    listed_by_reviewer = ev.person("一")("GET", url)
    other_sheet = ev.person("一")("GET", f"/assignments/{other['assignment_id']}/sheet")
    ev.scored(nomination, "三")
    ev.lock()
    after = made(ev.member("GET", url))["items"]

    assert [one["total"] for one in before] == ["", "", ""]
    assert [code(one) for one in peeks] == ["SCORES_SEALED"] * 2
    assert [one.status_code for one in (by_reviewer, listed_by_reviewer, other_sheet)] == [404, 404, 404]
    assert ev.person("一")("GET", f"/score-sheets/{mine['id']}").status_code == 200
    assert sorted(one["total"] for one in after) == ["100.00", "98.00", "99.00"]
    assert made(ev.member("GET", f"/score-sheets/{other['id']}"))["total"] == "98.00"
    assert ev.flow.approver(HANGZHOU)("GET", url).status_code == 404


def test_the_file_is_the_filing_and_nothing_else(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    given = ev.assignment(nomination, "一")
    replace_file(ev, nomination)

    file = made(ev.person("一")("GET", f"/assignments/{given['id']}/file"))

    assert set(file) == {
        *(
            "assignment_id",
            "nomination_id",
            "code",
            "window",
            "sponsor",
            "region_code",
            "address",
            "window_type",
        ),
        *("due_on", "statement", "write_up", "char_count", "form", "files"),
    }
    assert (file["write_up"], file["sponsor"]) == ("该窗口事迹材料。", "西湖区劳动和社会保障局")
    assert [one["file_name"] for one in file["files"]] == ["补充材料.pdf"]
    stranger = ev.reviewer("四")
    assert ev.person("四")("GET", f"/assignments/{given['id']}/file").status_code == 404
    assert ev.person("四")("GET", f"/nominations/{nomination}/materials").status_code == 404
    assert ev.person("一")("GET", f"/nominations/{nomination}/materials").status_code == 200
    assert ev.person("一")("GET", f"/nominations/{nomination}").status_code == 404
    assert stranger["load"] == 0


def test_the_file_and_the_sheet_open_with_the_evaluation(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一", "二", "三")
    nomination = ev.case(XIHU)
    given = ev.given(nomination, "一")

    for part in ("file", "sheet"):
        assert code(ev.person("一")("GET", f"/assignments/{given['id']}/{part}")) == "SCORING_CLOSED"


@pytest.mark.rule("E-21", "I-12")
def test_a_conflict_closes_the_sheet_the_file_and_the_submission(service: Service) -> None:
    ev, nomination = under_evaluation(service)
    sheet = made(ev.save(nomination, "一"))
    ev.set(nomination, prepared_by=f"person:{ev.person('一').person_id.hex}")
    me, url = ev.person("一"), f"/assignments/{sheet['assignment_id']}"

    answers = [
        me("GET", f"{url}/sheet"),
        me("GET", f"{url}/file"),
        me("PUT", f"{url}/sheet", json={"entries": {}}, version=sheet["etag"]),
        me("POST", f"{url}/submissions", version=sheet["etag"]),
    ]

    assert [code(one) for one in answers] == ["RECUSAL"] * 4
    assert me("GET", f"/score-sheets/{sheet['id']}").status_code == 404
    assert me("GET", f"/nominations/{nomination}/materials").status_code == 404


@pytest.mark.rule("E-21", "E-22")
def test_a_submitted_sheet_of_a_transferred_reviewer_is_superseded_and_the_case_waits_for_another(
    service: Service,
) -> None:
    ev, nomination = under_evaluation(service)
    for name in ("一", "二", "三"):
        ev.scored(nomination, name)
    reviewer = made(ev.office("GET", f"/reviewers/{ev.reviewers['一']['id']}"))
    home = {"home_organization_id": shown("org", ev.service.organization(HANGZHOU).id)}
    made(ev.office("PUT", f"/reviewers/{reviewer['id']}", json=home, version=reviewer["etag"]))

    (waiting,) = ev.lock()
    ev.reviewer("四")
    run = ev.run()
    ev.scored(nomination, "四", C1_1="3")
    (locked,) = ev.lock()

    sheets = made(ev.office("GET", f"/nominations/{nomination}/score-sheets"))["items"]
    assert [one["code"] for one in waiting["blockers"]] == ["SCORES_MISSING"]
    assert (run["assigned"], locked["done"]) == (1, True)
    stages = {one["reviewer"]: one["stage"] for one in sheets}
    assert stages == {"一": "SUPERSEDED", "二": "LOCKED", "三": "LOCKED", "四": "LOCKED"}


@pytest.mark.rule("E-19")
def test_replaced_material_flags_older_scores_until_they_are_confirmed_or_given_anew(
    service: Service,
) -> None:
    ev, nomination = under_evaluation(service)
    for name in ("一", "二", "三"):
        ev.scored(nomination, name)
    early = _confirm(ev, nomination, "一", stands=True)
    replace_file(ev, nomination)

    (waiting,) = ev.lock()
    flagged = [ev.sheet(nomination, name)["outdated"] for name in ("一", "二", "三")]
    stands = made(_confirm(ev, nomination, "一", stands=True))
    anew = made(_confirm(ev, nomination, "二", stands=False))
    ev.scored(nomination, "二", C1_1="3")
    made(_confirm(ev, nomination, "三", stands=True))
    (locked,) = ev.lock()

    assert code(early) == "SCORES_UP_TO_DATE"
    assert [one["code"] for one in waiting["blockers"]] == ["SCORES_MISSING"]
    assert flagged == [True, True, True]
    assert (stands["outdated"], stands["version"], stands["stage"]) == (False, 1, "SUBMITTED")
    assert (anew["version"], anew["stage"], anew["total"], anew["filled"]) == (2, "DRAFT", "100.00", 28)
    assert (locked["done"], ev.sheet(nomination, "二")["total"]) == (True, "99.00")


@pytest.mark.rule("E-19")
def test_a_changed_write_up_flags_scores_too_and_a_locked_sheet_is_not_opened_again(
    sqlite_service: Service,
) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    ev.evaluated(nomination, 一="0", 二="0", 三="0")
    with ev.service.system() as ctx:
        row = ctx.session.exec(select(NominationText)).one()
        row.body = "更正后的事迹材料。"
        audit.touch(ctx, row)
        ctx.noted += 1

    assert ev.sheet(nomination, "一")["outdated"] is True
    assert code(_confirm(ev, nomination, "一", stands=False)) == "SCORES_LOCKED"
    assert made(_confirm(ev, nomination, "一", stands=True))["outdated"] is False


def test_a_suspended_campaign_takes_drafts_but_no_submission(sqlite_service: Service) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    ev.flow.change(suspended_reason="核查")

    made(ev.save(nomination, "一"))

    assert code(ev.submit(nomination, "一")) == "CAMPAIGN_SUSPENDED"


@pytest.mark.rule("R-018")
def test_a_confirmed_veto_ends_the_case_whatever_the_score(sqlite_service: Service) -> None:
    ev, nomination = under_evaluation(sqlite_service)
    ev.scored(nomination, "一")
    discipline = ev.service.person(Role.DISCIPLINE_OFFICER, "ZJ")
    body = {
        "veto_code": loading.load("provincial-windows").vetoes.enabled[0].code,
        "source": "通报",
        "fact_on": "2025-03-01",
        "evidence": "通报第 3 号。",
    }
    found = made(discipline("POST", f"/nominations/{nomination}/veto-findings", json=body))
    for step in ({"action": "VERIFY"}, {"action": "CONFIRM", "conclusion": "情况属实。"}):
        url = f"/veto-findings/{found['id']}/transitions"
        found = made(discipline("POST", url, json=step, version=found["etag"]))

    assert ev.row(nomination).stage is Stage.VETOED
    assert code(ev.save(nomination, "二")) == "SCORING_CLOSED"
    assert made(ev.person("二")("GET", "/assignments"))["items"] == []


def test_saving_and_listing_cost_the_same_for_one_and_for_three(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.reviewer("一", WENZHOU)
    costs = []
    for sponsor in (XIHU, YINZHOU, XIHU):
        nomination = ev.case(sponsor, Stage.UNDER_EVALUATION)
        given = ev.given(nomination, "一")
        with ev.service.statements() as counted:
            assert ev.person("一")("GET", f"/assignments/{given['id']}/sheet").status_code == 200
            assert ev.person("一")("GET", "/assignments").status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1


def test_the_sheets_of_a_case_cost_the_same_for_one_and_for_three(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    nomination = ev.case(XIHU, Stage.UNDER_EVALUATION)
    costs = []
    for name in ("一", "二", "三"):
        ev.reviewer(name)
        ev.given(nomination, name)
        ev.scored(nomination, name)
        with ev.service.statements() as counted:
            assert ev.office("GET", f"/nominations/{nomination}/score-sheets").status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1


def _confirm(ev: Evaluation, nomination: str, name: str, *, stands: bool) -> Any:
    sheet = ev.sheet(nomination, name)
    url = f"/assignments/{sheet['assignment_id']}/confirmations"
    return ev.person(name)("POST", url, json={"stands": stands}, version=sheet["etag"])
