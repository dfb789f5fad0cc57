"""The allocation through the API: two persons, exact sums, one row a seat, changes by decision only."""

import hashlib
import io
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.db.tables.campaigns import Campaign, QuotaSeat, SeatStatus
from app.db.tables.nominations import Nomination
from app.db.tables.people import Person
from app.db.tables.system import Event
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.ids import parsed
from app.domain.quota import SeatKind
from app.services import seats
from tests.campaign_cases import Desk, desk, drafted, ready
from tests.plugins.service import Service
from tests.supervision_cases import case

HANGZHOU, NINGBO, WENZHOU = "330100", "330200", "330300"
PLACES = (5, 5, 3, 3, 2, 3, 3, 2, 2, 3, 2)
CITIES = "330100 330200 330300 330400 330500 330600 330700 330800 330900 331000 331100".split()
REAL = {**dict(zip(CITIES, PLACES, strict=True)), "PROVINCIAL_UNITS": 1}


def plan(places: dict[str, int] | None = None, **changes: Any) -> dict[str, Any]:
    """An allocation of the 34 with Hangzhou's and Ningbo's fixed places."""
    fixed = {HANGZHOU: 2, NINGBO: 2}
    buckets = [
        {
            "code": code,
            "name": f"名额单位{code}",
            "provincial_places": n,
            "ministry_fixed": fixed.get(code, 0),
        }
        for code, n in (places or REAL).items()
    ]
    totals = {"provincial_total": 34, "ministry_total": 10, "ministry_pool": 6}
    return {**totals, "buckets": buckets, "source_note": "通知附件2"} | changes


def made(at: Desk, body: dict[str, Any] | None = None) -> dict[str, Any]:
    return at.got("POST", "/quota-plans", json=body or plan())


def confirmed(at: Desk, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = at.confirm(made(at, body))
    assert answer.status_code == 200, answer.text
    held: dict[str, Any] = answer.json()
    return held


def counted(at: Desk, bucket: str = HANGZHOU) -> dict[str, int]:
    """The rows of a bucket by kind."""
    with Session(at.service.plant.engine) as session:
        rows = session.exec(select(QuotaSeat).where(col(QuotaSeat.bucket_code) == bucket)).all()
    return {kind: sum(row.kind == kind for row in rows) for kind in sorted({row.kind.value for row in rows})}


def claimed(at: Desk, number: int, bucket: str = HANGZHOU) -> None:
    """`number` nominations of a bucket hold a place each."""
    held = case(at.service, number)
    with at.service.system() as ctx:
        for one in held.nominations:
            nomination = ctx.session.get_one(Nomination, one)
            nomination.campaign_id = parsed("cmp", at.campaign_id)
            ctx.session.flush()
            seats.claim(ctx, nomination, SeatKind.PROVINCIAL, bucket)


@pytest.mark.rule("R-011", "R-012", "R-013", "R-014", "R-015", "I-01", "I-02", "I-13")
def test_a_second_person_confirms_and_every_place_becomes_a_row(service: Service) -> None:
    at = drafted(service)
    body = plan()
    body["buckets"][0]["nomination_limit"] = 7
    draft = made(at, body)
    assert (draft["status"], draft["version"], draft["is_sample"]) == ("DRAFT", 1, False)
    assert counted(at) == {}

    held = at.confirm(draft).json()

    assert (held["status"], held["actions"]) == ("CONFIRMED", [])
    assert held["confirmed_by"] != held["prepared_by"]
    assert counted(at) == {"MINISTRY_FIXED": 2, "NOMINATION": 7, "PROVINCIAL": 5}
    assert counted(at, "MINISTRY_POOL") == {"MINISTRY_POOL": 6}
    assert [b["pool_eligible"] for b in held["buckets"][:3]] == [False, False, True]
    with Session(service.plant.engine) as session:
        assert len(session.exec(select(QuotaSeat).where(col(QuotaSeat.track) == "PROVINCIAL")).all()) == 34


@pytest.mark.rule("I-13")
def test_who_prepared_it_or_edited_it_last_does_not_confirm_it(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    draft = made(at)
    alone = at.confirm(draft, at.office)
    edited = at.second("PUT", f"/quota-plans/{draft['id']}", json=plan(), version=draft["etag"]).json()
    editor = at.confirm(edited, at.second)

    assert [(one.status_code, one.json()["code"]) for one in (alone, editor)] == [(403, "SAME_PERSON")] * 2
    assert at.confirm(edited, at.office).status_code == 200


@pytest.mark.rule("R-012", "I-01", "I-02")
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (plan(REAL | {HANGZHOU: 4}), "/provincial_total"),  # 33 (domain.md 6.3 a)
        (plan(REAL | {HANGZHOU: 6}), "/provincial_total"),
        (plan(ministry_total=11), "/ministry_total"),
        (plan(ministry_pool=7), "/ministry_total"),
    ],
)
def test_an_allocation_that_does_not_add_up_is_kept_as_a_draft_and_never_confirmed(
    sqlite_service: Service, body: dict[str, Any], pointer: str
) -> None:
    at = drafted(sqlite_service)
    draft = made(at, body)

    answer = at.confirm(draft)

    assert (answer.status_code, answer.json()["code"]) == (422, "QUOTA_SUM_MISMATCH")
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert [b["code"] for b in draft["actions"][0]["blockers"]] == ["SAME_PERSON", "QUOTA_SUM_MISMATCH"]
    assert counted(at) == {}


@pytest.mark.rule("R-014", "R-015")
def test_a_bucket_that_contradicts_itself_is_not_even_kept(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    bad = plan()
    bad["buckets"][0] |= {"pool_eligible": True}
    more_fixed, few = plan(), plan()
    more_fixed["buckets"][2] |= {"ministry_fixed": 4}
    few["buckets"][2] |= {"nomination_limit": 1}

    answers = [at("POST", "/quota-plans", json=body) for body in (bad, more_fixed, few)]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(422, "QUOTA_BUCKET_INVALID")] * 3
    assert at.got("GET", "/quota-plans")["items"] == []


@pytest.mark.rule("R-001", "R-012")
def test_places_for_somebody_who_takes_no_part_are_refused(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    places = REAL | {WENZHOU: 2, "330999": 1}

    answer = at.confirm(made(at, plan(places)))

    assert (answer.status_code, answer.json()["code"]) == (422, "QUOTA_BUCKET_INVALID")
    assert answer.json()["errors"][0]["pointer"] == "/buckets/9/code"


def workbook(rows: list[list[Any]]) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return memory.getvalue()


def annex(heading: list[str]) -> list[list[Any]]:
    return [heading, *([code, f"名额单位{code}", n] for code, n in REAL.items())]


def sent(at: Desk, data: bytes, name: str = "附件2.xlsx", **form: str) -> Any:
    return at("POST", "/quota-plans/imports", files={"file": (name, data)}, data=form)


@pytest.mark.rule("R-012")
def test_the_annex_is_imported_as_it_is_sent(service: Service) -> None:
    at = drafted(service)
    sheet = sent(at, workbook(annex(["代码", "名称", "名额"])), source_note="通知附件2")
    lines = "\n".join(",".join(map(str, row)) for row in annex(["code", "name", "provincial_places"]))
    text = sent(at, lines.encode("gb18030"), "附件2.csv")

    for answer in (sheet, text):
        assert answer.status_code == 201, answer.text
        held = answer.json()
        assert (held["status"], held["is_sample"], len(held["source_sha256"])) == ("IMPORTED", False, 64)
        assert (held["provincial_total"], held["ministry_total"], held["ministry_pool"]) == (34, 10, 6)
        fixed = {b["code"]: b["ministry_fixed"] for b in held["buckets"] if b["ministry_fixed"]}
        assert fixed == {HANGZHOU: 2, NINGBO: 2}  # the notice's own words, not in the annex
    assert sheet.json()["source_note"] == "通知附件2"
    assert at.confirm(sheet.json()).status_code == 200
    saved = at.office("GET", f"/quota-plans/{sheet.json()['id']}/source")
    table = at.office("GET", f"/quota-plans/{text.json()['id']}/source")
    assert hashlib.sha256(saved.content).hexdigest() == sheet.json()["source_sha256"]
    assert table.content == lines.encode("gb18030")
    assert table.headers["content-type"].startswith("text/csv")
    assert "attachment" in saved.headers["content-disposition"]
    typed = at.got("POST", "/quota-plans", json=plan())
    assert at.office("GET", f"/quota-plans/{typed['id']}/source").status_code == 404


@pytest.mark.rule("R-012")
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 no workbook", "FILE_UNREADABLE"),
        (b"", "FILE_UNREADABLE"),
        (b"code,name,provincial_places\n", "FILE_UNREADABLE"),
        (b"code,name,colour\n330100,x,1\n", "FILE_UNREADABLE"),
        (b"\xff\xfe\x00\x81", "FILE_UNREADABLE"),
        (b"code,name,provincial_places\n330100,Hangzhou,five\n", "VALIDATION_FAILED"),
        (b"code,name,provincial_places\n330100,Hangzhou,-1\n", "VALIDATION_FAILED"),
        (b"x" * 1_000_001, "FILE_TOO_LARGE"),
    ],
)
def test_a_file_that_is_no_allocation_is_refused(sqlite_service: Service, data: bytes, code: str) -> None:
    at = drafted(sqlite_service)
    answer = sent(at, data, "x.csv")

    assert answer.json()["code"] == code, answer.text
    assert at.got("GET", "/quota-plans")["items"] == []


@pytest.mark.rule("R-012")
def test_a_sample_stays_one_whoever_edits_it(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    sample = at.got("POST", "/quota-plans/samples", json={})
    url = f"/quota-plans/{sample['id']}"
    edited = at.office("PUT", url, json=plan(), version=sample["etag"]).json()

    assert (sample["status"], sample["is_sample"], edited["is_sample"]) == ("IMPORTED", True, True)
    names = {bucket["code"]: bucket["name"] for bucket in sample["buckets"]}
    assert (names[HANGZHOU], names["PROVINCIAL_UNITS"]) == ("杭州市", "省级窗口单位")


@pytest.mark.rule("R-015")
def test_a_confirmed_plan_is_not_edited_or_confirmed_again(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    held = confirmed(at)
    edited = at.office("PUT", f"/quota-plans/{held['id']}", json=plan(), version=held["etag"])
    again = at.confirm(held)

    assert [(one.status_code, one.json()["code"]) for one in (edited, again)] == [
        (409, "PLAN_NOT_EDITABLE")
    ] * 2


@pytest.mark.rule("E-44", "R-012")
def test_an_amendment_needs_a_decision_and_leaves_the_earlier_plan_readable(service: Service) -> None:
    at = desk(service)
    first = at.got("GET", "/quota-plans")["items"][0]
    moved = REAL | {HANGZHOU: 4, WENZHOU: 4}
    undecided = at.confirm(made(at, plan(moved)))
    amended = at.confirm(made(at, plan(moved, decision_ref="厅党组纪要〔2026〕7号")))

    assert (undecided.status_code, undecided.json()["code"]) == (409, "DECISION_MISSING")
    assert amended.status_code == 200, amended.text
    assert counted(at) == {"MINISTRY_FIXED": 2, "NOMINATION": 4, "PROVINCIAL": 4}
    assert counted(at, WENZHOU) == {"NOMINATION": 4, "PROVINCIAL": 4}
    former = at.office("GET", f"/quota-plans/{first['id']}").json()
    assert (former["status"], former["buckets"][0]["provincial_places"]) == ("AMENDED", 5)
    with Session(service.plant.engine) as session:
        told = session.exec(select(Event).where(col(Event.type) == "quota_bucket.changed")).all()
    assert sorted((one.data["bucket"], tuple(one.data["places"])) for one in told) == [
        (HANGZHOU, (5, 4)),
        (WENZHOU, (3, 4)),
    ]
    assert {one.organization_path for one in told} == {f"/ZJ/{HANGZHOU}/", f"/ZJ/{WENZHOU}/"}


@pytest.mark.rule("E-44", "I-03")
def test_a_bucket_never_falls_below_what_it_has_used(service: Service) -> None:
    at = desk(service)
    claimed(at, 3)
    less = REAL | {HANGZHOU: 2, WENZHOU: 6}
    enough = REAL | {HANGZHOU: 3, WENZHOU: 5}
    decided = {"decision_ref": "厅党组纪要〔2026〕7号"}

    refused = at.confirm(made(at, plan(less, **decided)))
    taken = at.confirm(made(at, plan(enough, **decided)))

    assert (refused.status_code, refused.json()["code"]) == (409, "QUOTA_BELOW_USED")
    assert taken.status_code == 200, taken.text
    usage = {one["code"]: one["kinds"] for one in at.got("GET", "/quota-usage")["buckets"]}
    assert {"kind": "PROVINCIAL", "places": 3, "free": 0, "used": 3, "forfeited": 0} in usage[HANGZHOU]


@pytest.mark.rule("R-012")
def test_an_earlier_draft_does_not_follow_a_later_confirmed_plan(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    early = made(at)
    confirmed(at)

    answer = at.confirm(early)

    assert (answer.status_code, answer.json()["code"]) == (409, "PLAN_SUPERSEDED")


@pytest.mark.rule("R-012")
def test_the_numbers_of_a_campaign_that_is_over_stay(sqlite_service: Service) -> None:
    at = ready(sqlite_service)
    draft = made(at, plan(decision_ref="纪要7号"))
    with sqlite_service.system() as ctx:
        campaign = ctx.session.get_one(Campaign, parsed("cmp", at.campaign_id))
        campaign.stage = CampaignStage.AWARDED
        ctx.noted += 1

    answers = [at("POST", "/quota-plans", json=plan()), at.confirm(draft)]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "CAMPAIGN_NOT_EDITABLE")] * 2
    assert [one["status"] for one in at.got("GET", "/quota-plans")["items"]] == ["DRAFT", "CONFIRMED"]


@pytest.mark.rule("I-13")
def test_the_second_account_of_one_person_is_no_second_person(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    draft = made(at)
    with sqlite_service.system() as ctx:
        for caller in (at.office, at.second):
            ctx.session.get_one(Person, caller.person_id).identity = "idn_one"
        ctx.noted += 1

    answer = at.confirm(draft)

    assert (answer.status_code, answer.json()["code"]) == (403, "SAME_PERSON")
    assert counted(at) == {}


@pytest.mark.rule("E-13", "R-021")
def test_the_reserve_is_places_of_its_own_that_move_by_decision_only(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    reserved = REAL | {HANGZHOU: 4, "RESERVE": 1}
    confirmed(at, plan(reserved))
    assert counted(at, "RESERVE") == {"NOMINATION": 1, "PROVINCIAL": 1}

    undecided = at.confirm(made(at))
    moved = at.confirm(made(at, plan(decision_ref="领导小组纪要3号")))

    assert undecided.json()["code"] == "DECISION_MISSING"
    assert moved.status_code == 200
    assert (counted(at, "RESERVE"), counted(at)["PROVINCIAL"]) == ({}, 5)


def test_a_forfeited_place_goes_before_a_used_one_and_after_a_free_one(sqlite_service: Service) -> None:
    at = desk(sqlite_service)
    with sqlite_service.system() as ctx:
        lost = (
            update(QuotaSeat)
            .where(
                col(QuotaSeat.bucket_code) == HANGZHOU,
                col(QuotaSeat.kind) == SeatKind.PROVINCIAL,
                col(QuotaSeat.seq) == 1,
            )
            .values(status=SeatStatus.FORFEITED)
        )
        ctx.session.connection().execute(lost)
        ctx.noted += 1
    decided = {"decision_ref": "纪要7号"}
    four = at.confirm(made(at, plan(REAL | {HANGZHOU: 4, WENZHOU: 4}, **decided)))
    usage = at.got("GET", "/quota-usage")["buckets"][0]["kinds"]

    assert four.status_code == 200, four.text
    assert {"kind": "PROVINCIAL", "places": 4, "free": 3, "used": 0, "forfeited": 1} in usage


@pytest.mark.rule("R-045", "R-048")
def test_a_city_sees_the_confirmed_plan_and_its_own_use_and_changes_nothing(sqlite_service: Service) -> None:
    at = ready(sqlite_service)
    draft = made(at)
    city = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU)
    own_office = sqlite_service.person(Role.STEERING_OFFICE, HANGZHOU)
    url = f"/campaigns/{at.campaign_id}"

    assert [one["status"] for one in city("GET", f"{url}/quota-plans").json()["items"]] == ["CONFIRMED"]
    assert city("GET", f"/quota-plans/{draft['id']}").status_code == 404
    assert [b["code"] for b in city("GET", f"{url}/quota-usage").json()["buckets"]] == [HANGZHOU]
    refused = own_office("POST", f"{url}/quota-plans", json=plan())
    assert (refused.status_code, refused.json()["code"]) == (403, "PERMISSION_MISSING")
    assert len(at.got("GET", "/quota-plans")["items"]) == 2


def test_the_use_of_more_buckets_costs_no_more_statements(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    costs, sizes = [], []
    for body in (plan(), plan(REAL | {HANGZHOU: 4, "RESERVE": 1}, decision_ref="纪要7号")):
        confirmed(at, body)
        with sqlite_service.statements() as sent_now:
            sizes.append(len(at.got("GET", "/quota-usage")["buckets"]))
        costs.append(len(sent_now))
    assert sizes == [13, 14]
    assert costs[0] == costs[1]
