"""What is written for a nomination: declarations, write-up, form, the order of a bucket, and the report of what is missing."""

from typing import Any

import pytest

from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.services import seats
from tests.flow_cases import HANGZHOU, HOST, NINGBO, XIHU, YUHANG, Flow, code, codes, flow, made
from tests.flow_steps import Moving
from tests.plugins.service import Service

LATIN = "Service Desk No. 1 handled 12,345 cases in 2025. "


def pointed(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return [(one["code"], one["pointer"]) for one in answer.json()["errors"]]


@pytest.mark.rule("R-019")
def test_what_has_occurred_is_explained_and_each_item_declared_once(sqlite_service: Service) -> None:
    one = flow(sqlite_service).nomination()
    first, second, *_ = made(one.filer("GET", f"{one.url}/declarations"))["declarations"]
    said = [
        {"veto_code": first["veto_code"], "has_occurred": True, **one.signed()},
        {
            "veto_code": second["veto_code"],
            "has_occurred": False,
            **one.signed() | {"signed_on": "2026-07-02"},
        },
        {"veto_code": second["veto_code"], "has_occurred": False, **one.signed()},
        {"veto_code": "NEVER_HEARD_OF", "has_occurred": False, **one.signed()},
    ]

    assert pointed(one.declare(declarations=said)) == [
        ("EXPLANATION_MISSING", "/declarations/0/explanation"),
        ("DATE_IN_FUTURE", "/declarations/1/signed_on"),
        ("DECLARATION_TWICE", "/declarations/2/veto_code"),
        ("VETO_UNKNOWN", "/declarations/3/veto_code"),
    ]
    done = made(one.declare(declarations=said[2:3]))
    assert done["complete"] is False
    assert [line["veto_code"] for line in done["declarations"] if line["declared"]] == [second["veto_code"]]
    assert made(one.declare())["complete"] is True


@pytest.mark.rule("R-035", "E-38")
@pytest.mark.parametrize(
    ("text", "characters", "verdict"),
    [
        ("优" * 4000, 4000, "OK"),
        ("优 \n" * 4000, 4000, "OK"),
        (LATIN * 400, 400 * 10, "OK"),
        ("优" * 3599, 3599, "WARN"),
        ("优" * 2999, 2999, "REFUSE"),
        ("", 0, "REFUSE"),
    ],
)
def test_a_write_up_is_counted_by_the_stated_rule_and_judged_against_about_4000(
    sqlite_service: Service, text: str, characters: int, verdict: str
) -> None:
    one = flow(sqlite_service).nomination()

    kept = made(one.put(one.filer, "write-up", text=text))

    assert (kept["characters"], kept["verdict"]) == (characters, verdict)
    assert made(one.filer("GET", f"{one.url}/write-up")) == kept
    assert [kept[name] for name in ("hard_min", "soft_min", "target", "soft_max", "hard_max")] == [
        3000,
        3600,
        4000,
        4400,
        5000,
    ]


@pytest.mark.rule("R-034")
def test_a_form_is_checked_field_by_field_and_says_what_it_still_lacks(service: Service) -> None:
    one = flow(service).nomination()
    wrong = {
        "unit_name": "优" * 81,
        "staff_count": "12",
        "filled_on": "2026-02-30",
        "unit_nature": "CASTLE",
        "address": "文三路\u202e 1 号",
        "honours_history": [{"level": "省级", "year": "2024"}, "先进集体"],
        "discipline_history": {"has_occurred": True},
        "unit_opinion": {"text": "同意。", "signed_on": "昨天", "seal": "章"},
        "head_post": 7,
        "no_such_field": "x",
    }

    assert sorted(pointed(one.put(one.filer, "form", data=wrong)), key=lambda fault: fault[1]) == [
        ("TEXT_CONTROL_CHARS", "/data/address"),
        ("FIELD_MISSING", "/data/discipline_history/explanation"),
        ("FIELD_FORMAT", "/data/filled_on"),
        ("FIELD_FORMAT", "/data/head_post"),
        ("FIELD_MISSING", "/data/honours_history/0/title"),
        ("FIELD_FORMAT", "/data/honours_history/1"),
        ("FIELD_UNKNOWN", "/data/no_such_field"),
        ("FIELD_FORMAT", "/data/staff_count"),
        ("TEXT_TOO_LONG", "/data/unit_name"),
        ("FIELD_CHOICE", "/data/unit_nature"),
        ("FIELD_UNKNOWN", "/data/unit_opinion/seal"),
    ]
    some = made(one.put(one.filer, "form", data={"unit_name": " 西湖区社保大厅 ", "staff_count": 0}))
    assert (some["complete"], some["data"]) == (False, {"unit_name": "西湖区社保大厅", "staff_count": 0})
    assert {"unit_name", "staff_count"} & set(some["missing"]) == set()
    assert made(one.fill())["complete"] is True


def test_an_opinion_of_a_level_is_owed_only_where_the_level_is_passed(sqlite_service: Service) -> None:
    f = flow(sqlite_service)

    def owed(sponsor: str) -> set[str]:
        form = made(f.filer(sponsor)("GET", f"{f.nomination(sponsor).url}/form"))
        return {field["key"] for field in form["fields"] if field["owed"]}

    assert {"county_opinion", "city_opinion"} <= owed(XIHU)
    assert owed(HANGZHOU) & {"county_opinion", "city_opinion"} == {"city_opinion"}


@pytest.mark.rule("D-13")
def test_names_and_phones_are_kept_from_who_does_not_work_on_the_case(sqlite_service: Service) -> None:
    one = flow(sqlite_service).nomination()
    made(one.fill(contact_phone="13800000000"))
    auditor = sqlite_service.person(Role.AUDITOR, HOST)

    seen = made(auditor("GET", f"{one.url}/form"))

    assert (seen["restricted"], "contact_phone" in seen["data"], "13800000000" in str(seen)) == (
        True,
        False,
        False,
    )
    assert made(one.flow.approver()("GET", f"{one.url}/form"))["data"]["contact_phone"] == "13800000000"


def test_the_form_grows_with_the_case_in_the_hands_of_the_level_that_has_it(sqlite_service: Service) -> None:
    one = flow(sqlite_service).at(Stage.SUBMITTED, level="MUNICIPAL")

    assert code(one.fill(one.officer("COUNTY"))) == "NOT_YOUR_LEVEL"
    assert made(one.fill(one.officer("MUNICIPAL")))["complete"] is True
    assert code(one.write()) == "NOT_EDITABLE_IN_STATE"


# the order of a bucket


def ranking(f: Flow, who: Any, *order: Moving, bucket: str = HANGZHOU) -> Any:
    url = f"{f.url}/buckets/{bucket}/ranking"
    seen = who("GET", url)
    version = seen.json()["etag"] if seen.status_code == 200 else '"1"'
    return who("PUT", url, json={"nominations": [one.id for one in order]}, version=version)


def cleared(f: Flow, *sponsors: str) -> list[Moving]:
    """Cases with a claim, put where a review would have brought them."""
    made_ = [f.nomination(sponsor) for sponsor in sponsors]
    with f.service.system() as ctx:
        for one in made_:
            row = ctx.session.get_one(Nomination, one.key)
            row.stage, row.level = Stage.CLEARED, row.own_level.__class__("MUNICIPAL")
            seats.claim(ctx, row, SeatKind.NOMINATION)
        ctx.noted += 1
    return made_


@pytest.mark.rule("R-021", "G-12")
def test_the_organising_approver_ranks_the_whole_bucket_at_once(service: Service) -> None:
    f = flow(service, places=1)
    one, two, three = cleared(f, XIHU, YUHANG, HANGZHOU)

    ranked = made(ranking(f, f.approver(), three, one, two))

    assert (ranked["places"], ranked["needed"]) == (1, True)
    assert [(item["id"], item["rank"]) for item in ranked["items"]] == [
        (three.id, 1),
        (one.id, 2),
        (two.id, 3),
    ]
    again = made(ranking(f, f.approver(), one, three, two))
    assert [item["rank"] for item in again["items"]] == [1, 2, 3]
    assert (one.shown()["rank"], three.shown()["rank"]) == (1, 2)


@pytest.mark.rule("R-021")
def test_an_order_names_every_candidate_once(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one, two = cleared(f, XIHU, YUHANG)
    (ningbo,) = cleared(f, NINGBO)
    draft = f.nomination()

    for order in ((one,), (one, one), (one, two, draft), (one, ningbo)):
        assert codes(ranking(f, f.approver(), *order)) == ["RANKING_INCOMPLETE"]
    url = f"{f.url}/buckets/{HANGZHOU}/ranking"
    stale = f.approver()("PUT", url, json={"nominations": [one.id, two.id]}, version='"7"')
    assert code(stale) == "VERSION_CONFLICT"


def test_only_the_organising_unit_ranks_and_a_filed_rank_stands(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one, two = cleared(f, XIHU, YUHANG)

    assert code(ranking(f, f.approver(NINGBO), one, two)) == "NOT_FOUND"
    assert code(ranking(f, f.approver(XIHU), one, two)) == "PERMISSION_MISSING"
    assert code(ranking(f, f.office, one, two)) == "PERMISSION_MISSING"
    assert code(ranking(f, f.officer(HANGZHOU), one, two)) == "PERMISSION_MISSING"
    assert code(ranking(f, f.approver(), one, bucket=NINGBO)) == "NOT_FOUND"
    made(ranking(f, f.approver(), one, two))
    with sqlite_service.system() as ctx:
        row = ctx.session.get_one(Nomination, one.key)
        row.stage, row.code = Stage.FILED, "TJ-2026-0000ABCD"
        ctx.noted += 1
    fixed = ranking(f, f.approver(), two, one)
    assert (codes(fixed), "TJ-2026-0000ABCD" in fixed.json()["detail"]) == (["RANKING_FIXED"], True)


@pytest.mark.rule("R-021", "G-12")
def test_a_filed_case_that_drops_out_or_is_corrected_does_not_stop_the_ranking_of_the_others(
    sqlite_service: Service,
) -> None:
    """What was filed keeps its rank, whatever gap the others leave; a case out for correction is still ranked."""
    f = flow(sqlite_service, claims=4)
    gone, corrected, filed, new = cleared(f, XIHU, YUHANG, XIHU, YUHANG)
    made(ranking(f, f.approver(), gone, corrected, filed, new))
    _place(f, corrected, stage=Stage.RETURNED, returned_from=Stage.FILED)
    _place(f, filed, stage=Stage.FILED)
    gone.step(gone.approver, "WITHDRAW", reason="窗口已撤销。")

    assert codes(ranking(f, f.approver(), filed, new)) == ["RANKING_INCOMPLETE"]
    assert codes(ranking(f, f.approver(), filed, corrected, new)) == ["RANKING_FIXED"]
    made(ranking(f, f.approver(), corrected, filed, new))
    assert [one.shown()["rank"] for one in (corrected, filed, new)] == [2, 3, 4]
    made(ranking(f, f.approver(), new, corrected, filed))
    assert [one.shown()["rank"] for one in (new, corrected, filed)] == [1, 2, 3]


def _place(f: Flow, one: Moving, **columns: Any) -> None:
    with f.service.system() as ctx:
        ctx.session.get_one(Nomination, one.key).sqlmodel_update(columns)
        ctx.noted += 1


# the report


def test_the_report_says_step_by_step_what_is_missing_and_changes_nothing(sqlite_service: Service) -> None:
    one = flow(sqlite_service).nomination(statement="")
    made(one.write(3500))
    before = one.etag()

    report = made(one.filer("POST", f"{one.url}/validations"))

    steps = {step["action"]: [reason["code"] for reason in step["reasons"]] for step in report["steps"]}
    assert steps["SUBMIT"] == ["DECLARATION_MISSING"]
    assert steps["ENDORSE"] == ["CONSULTATION_MISSING", "LEVEL_REVIEW_MISSING", "CRITERIA_INCOMPLETE"]
    assert steps["RECOMMEND"] == [
        "NOTICE_NOT_PUBLISHED",
        "FORM_INCOMPLETE",
        "STATEMENT_MISSING",
        "SEAL_MISSING",
    ]
    assert steps["FILE"] == []
    assert [warning["code"] for warning in report["warnings"]] == ["WRITEUP_FAR_FROM_TARGET"]
    assert one.etag() == before


@pytest.mark.rule("E-01")
def test_a_window_of_the_same_name_in_the_city_is_a_warning(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one = f.moving(f.draft(window=f.window(name="社区服务站")))
    f.window(YUHANG, name="社区服务站")

    report = made(one.filer("POST", f"{one.url}/validations"))

    assert "WINDOW_NAME_ALIKE" in [warning["code"] for warning in report["warnings"]]
