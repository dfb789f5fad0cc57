"""A campaign from the pack to the opening, through the API only; everything that still lacks is refused by its code."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import shown
from tests import campaign_cases
from tests.campaign_cases import DATES, PAPERS, Desk, drafted, ready
from tests.plugins.service import Service, make

STEPS = ("RECORD_DECISION", "CONFIGURE", "OPEN")


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def blockers(at: Desk, action: str) -> list[str]:
    found = next(one for one in at.got("GET")["actions"] if one["action"] == action)
    return [one["code"] for one in found["blockers"]]


@pytest.mark.rule("R-001", "R-002", "R-003", "R-012", "R-017")
def test_an_office_opens_a_campaign_over_the_api_alone(service: Service) -> None:
    desk = campaign_cases.desk(service)

    campaign = desk.got("GET")
    usage = {one["code"]: one for one in desk.got("GET", "/quota-usage")["buckets"]}
    taken = [(step["action"], step["stage"]) for step in desk.got("GET", "/transitions")["items"]]

    assert (campaign["stage"], campaign["livemode"]) == ("OPEN", False)
    assert taken == [("RECORD_DECISION", "DECIDED"), ("CONFIGURE", "CONFIGURED"), ("OPEN", "OPEN")]
    assert {kind["kind"]: kind["places"] for kind in usage["330100"]["kinds"]} == {
        "NOMINATION": 5,
        "PROVINCIAL": 5,
        "MINISTRY_FIXED": 2,
    }
    assert [(kind["kind"], kind["free"]) for kind in usage["MINISTRY_POOL"]["kinds"]] == [
        ("MINISTRY_POOL", 6)
    ]


@pytest.mark.rule("R-001", "R-020")
def test_a_draft_has_the_packs_rules_and_addresses_everybody_its_routes_lead_through(
    sqlite_service: Service,
) -> None:
    at = drafted(sqlite_service)
    campaign = at.got("GET")
    taking_part = at.got("GET", "/participants")["participants"]

    assert (campaign["edition_no"], campaign["stage"], campaign["host"]) == (
        1,
        "DRAFT",
        "浙江省劳动和社会保障厅",
    )
    assert campaign["purpose"].startswith("树立")
    routes = {one["code"]: (one["route"], one["bucket_code"]) for one in taking_part}
    assert routes["330100"] == ("CITY", "330100")
    assert routes["ZJ-SI"] == ("PROVINCIAL_UNIT", "PROVINCIAL_UNITS")
    assert len(taking_part) == 14  # eleven cities, two affiliated units, the department itself


@pytest.mark.rule("R-002", "R-003", "D-12")
@pytest.mark.parametrize(
    ("missing", "refusal"),
    [
        ("BASIS", "BASIS_DOCUMENT_MISSING"),
        ("OPENING_DECISION", "DECISION_MISSING"),
        ("APPROVAL_BASIS", "APPROVAL_BASIS_MISSING"),
    ],
)
def test_no_campaign_without_its_papers(sqlite_service: Service, missing: str, refusal: str) -> None:
    at = drafted(sqlite_service)
    at.edit(**DATES)
    for paper in PAPERS:
        if paper[0] != missing:
            at.paper(*paper)

    answer = at.act("RECORD_DECISION")

    assert code(answer) == (409, refusal)
    assert at.got("GET")["stage"] == "DRAFT"
    assert blockers(at, "RECORD_DECISION") == [refusal]


@pytest.mark.rule("R-017")
@pytest.mark.parametrize("period", [(None, None), (2026, 2024), (2024, None)])
def test_no_campaign_without_a_period_of_award(
    sqlite_service: Service, period: tuple[int | None, int | None]
) -> None:
    at = drafted(sqlite_service)
    for paper in PAPERS:
        at.paper(*paper)
    years = zip(("award_period_start_year", "award_period_end_year"), period, strict=True)
    at.edit(**{name: year for name, year in years if year})

    assert code(at.act("RECORD_DECISION")) == (409, "AWARD_PERIOD_INVALID")


@pytest.mark.rule("R-004", "R-012", "R-036", "R-049", "D-02")
def test_a_campaign_is_configured_only_when_nothing_lacks(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    for paper in PAPERS:
        at.paper(*paper)
    at.edit(award_period_start_year=2024, award_period_end_year=2026)
    assert at.act("RECORD_DECISION").status_code == 200

    answer = at.act("CONFIGURE")

    assert [error["code"] for error in answer.json()["errors"]] == [
        "DEADLINES_INCOMPLETE",
        "AWARD_DATE_MISSING",
        "QUOTA_NOT_CONFIRMED",
    ]
    assert at.got("GET")["stage"] == "DECIDED"


@pytest.mark.rule("R-004", "R-036", "R-049", "I-21", "E-11")
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"contacts_due_on": "2026-10-01"}, "DEADLINE_ORDER"),
        ({"materials_due_on": "2026-11-20"}, "DEADLINE_ORDER"),
        ({"planned_award_on": "2026-09-30"}, "DEADLINE_ORDER"),
        ({"planned_award_on": "2027-01-05"}, "CALENDAR_YEAR_MISSING"),
    ],
)
def test_days_out_of_order_or_in_an_unknown_year_are_refused(
    sqlite_service: Service, change: dict[str, str], refusal: str
) -> None:
    at = ready(sqlite_service)
    at.edit(**change)
    at.act("RECORD_DECISION")

    assert code(at.act("CONFIGURE")) == (409, refusal)
    at.edit(**DATES)
    assert at.act("CONFIGURE").status_code == 200


@pytest.mark.rule("R-001")
def test_a_campaign_that_addresses_nobody_is_not_configured(sqlite_service: Service) -> None:
    at = ready(sqlite_service)
    at.got("PUT", "/participants", json={"participants": []}, version=at.etag)
    at.act("RECORD_DECISION")

    assert code(at.act("CONFIGURE")) == (409, "PARTICIPANTS_MISSING")


@pytest.mark.rule("R-012", "D-02")
def test_a_real_campaign_does_not_open_on_invented_numbers(sqlite_database: str, tmp_path: Path) -> None:
    real = make(sqlite_database, tmp_path, sample=False)
    at = ready(real)
    taken = [at.act(action) for action in STEPS]
    assert [one.status_code for one in taken] == [200, 200, 409]
    assert taken[-1].json()["code"] == "SAMPLE_QUOTA"

    numbers = at.got("GET", "/quota-plans")["items"][0]
    sample = at.office("GET", f"/quota-plans/{numbers['id']}").json()
    body = {name: sample[name] for name in ("provincial_total", "ministry_total", "ministry_pool", "buckets")}
    plan = at.got("POST", "/quota-plans", json=body | {"decision_ref": "通知附件2"})
    assert at.confirm(plan).status_code == 200
    opened = at.act("OPEN")

    assert (opened.json()["stage"], opened.json()["livemode"]) == ("OPEN", True)
    real.plant.engine.dispose()


@pytest.mark.rule("R-036")
def test_a_campaign_does_not_open_when_nobody_could_file_any_more(sqlite_service: Service) -> None:
    at = ready(sqlite_service)
    for action in ("RECORD_DECISION", "CONFIGURE"):
        assert at.act(action).status_code == 200
    sqlite_service.clock.advance(days=92)

    assert code(at.act("OPEN")) == (409, "DEADLINE_PASSED")


@pytest.mark.rule("R-036")
def test_filing_closes_at_the_announced_instant_and_not_before(sqlite_service: Service) -> None:
    at = campaign_cases.desk(sqlite_service)
    early = at.act("CLOSE_FILING")
    sqlite_service.clock.advance(days=91, hours=14)  # 1 October 2026, 00:00 in Hangzhou
    closed = at.act("CLOSE_FILING")

    assert code(early) == (409, "DEADLINE_NOT_REACHED")
    assert closed.json()["stage"] == "FILING_CLOSED"


def test_a_suspended_campaign_says_why_and_goes_on_with_a_reason(sqlite_service: Service) -> None:
    at = campaign_cases.desk(sqlite_service)
    silent = at.act("SUSPEND")
    stopped = at.act("SUSPEND", reason="省里统一部署调整").json()
    twice = at.act("SUSPEND", reason="再次")
    resumed = at.act("RESUME", reason="部署完成").json()

    assert code(silent) == (422, "REASON_MISSING")
    assert (stopped["stage"], stopped["suspended_reason"]) == ("OPEN", "省里统一部署调整")
    assert code(twice) == (409, "CAMPAIGN_SUSPENDED")
    assert (resumed["stage"], resumed["suspended_reason"]) == ("OPEN", "")
    assert code(at.act("RESUME", reason="再次")) == (409, "CAMPAIGN_NOT_SUSPENDED")


def test_a_step_that_does_not_fit_the_stage_is_refused(sqlite_service: Service) -> None:
    assert code(drafted(sqlite_service).act("OPEN")) == (409, "TRANSITION_NOT_ALLOWED")


def test_after_the_opening_the_setting_stays(sqlite_service: Service) -> None:
    at = campaign_cases.desk(sqlite_service)
    paper = at.got("GET", "/documents")["items"][0]
    record = {
        "kind": "BASIS",
        "title": "x",
        "document_no": "1",
        "issuer": "厅办公室",
        "issued_on": "2026-07-01",
    }
    listed: dict[str, Any] = {"participants": []}
    answers = [
        at.edit(materials_due_on="2026-10-15"),
        at("POST", "/documents", json=record),
        at("PUT", f"/documents/{paper['id']}", json=record, version=paper["etag"]),
        at("PUT", "/participants", json=listed, version=at.etag),
    ]

    assert [code(one) for one in answers] == [(409, "CAMPAIGN_NOT_EDITABLE")] * 4
    assert at.got("GET")["deadlines"][1]["due_on"] == "2026-09-30"
    assert len(at.got("GET", "/participants")["participants"]) == 14


@pytest.mark.rule("R-045")
@pytest.mark.parametrize(
    ("role", "organization"),
    [
        (Role.REVIEWING_OFFICER, "330100"),
        (Role.STEERING_OFFICE, "330100"),
        (Role.APPROVING_OFFICER, "ZJ"),
        (Role.AUDITOR, "ZJ"),
    ],
)
def test_nobody_but_the_hosts_office_sets_a_campaign_up(
    sqlite_service: Service, role: Role, organization: str
) -> None:
    at = drafted(sqlite_service)
    who = sqlite_service.person(role, organization)
    url, etag = f"/campaigns/{at.campaign_id}", at.etag
    paper = {"kind": "BASIS", "title": "x", "document_no": "1", "issuer": "市局", "issued_on": "2026-07-01"}
    answers = [
        who("PATCH", url, json={"title": "另一个评选活动"}, version=etag),
        who("POST", f"{url}/documents", json=paper),
        who("PUT", f"{url}/participants", json={"participants": []}, version=etag),
        who("PUT", f"{url}/rules", json={"toml": "x = 1"}, version=etag),
        who("POST", f"{url}/transitions", json={"action": "RECORD_DECISION"}, version=etag),
        who("POST", f"{url}/quota-plans/samples", json={}),
        who("POST", f"{url}/clones", json={"code": "another-2026"}),
    ]

    assert [code(one) for one in answers] == [(403, "PERMISSION_MISSING")] * len(answers)
    assert (at.etag, at.got("GET", "/documents")["items"]) == (etag, [])
    assert who("GET", url).status_code == 200


def test_two_pages_open_on_one_campaign_do_not_overwrite_each_other(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    read = at.etag
    at.edit(title="省级优质服务窗口评选")
    late = at.second("PATCH", f"/campaigns/{at.campaign_id}", json={"title": "另一个评选活动"}, version=read)

    assert code(late) == (412, "VERSION_CONFLICT")
    assert at.got("GET")["title"] == "省级优质服务窗口评选"


def test_a_code_is_given_once(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    body = {
        "code": "windows-2026",
        "pack_code": "provincial-windows",
        "host_organization_id": shown("org", sqlite_service.organization("ZJ").id),
    }

    assert code(at.office("POST", "/campaigns", json=body)) == (409, "CAMPAIGN_CODE_TAKEN")
    assert code(at("POST", "/clones", json={"code": "windows-2026"})) == (409, "CAMPAIGN_CODE_TAKEN")
    unknown = at.office("POST", "/campaigns", json=body | {"code": "x-1", "pack_code": "no-such-pack"})
    assert code(unknown) == (404, "NOT_FOUND")


@pytest.mark.rule("R-020", "E-43")
def test_the_next_edition_takes_over_rules_and_participants_but_neither_papers_nor_days(
    service: Service,
) -> None:
    at = ready(service)
    listed = at.got("GET", "/participants")["participants"]
    kept = [
        {name: one[name] for name in ("organization_id", "route", "bucket_code")}
        for one in listed
        if one["code"] != "330200"
    ]
    at.got("PUT", "/participants", json={"participants": kept}, version=at.etag)

    clone = at.got("POST", "/clones", json={"code": "windows-2028", "title": "第二届评选表彰"})
    following = Desk(service, at.office, at.second, clone["id"])

    assert (clone["edition_no"], clone["stage"], clone["title"]) == (2, "DRAFT", "第二届评选表彰")
    assert [one["due_on"] for one in clone["deadlines"]] == ["", "", ""]
    assert following.got("GET", "/documents")["items"] == []
    assert following.got("GET", "/quota-plans")["items"] == []
    assert len(following.got("GET", "/participants")["participants"]) == 13
    assert following.got("GET", "/rules")["toml"] == at.got("GET", "/rules")["toml"]


def test_campaigns_are_listed_newest_first_by_stage_and_in_pages(sqlite_service: Service) -> None:
    first = campaign_cases.desk(sqlite_service)
    second = first.got("POST", "/clones", json={"code": "windows-2028"})
    get = first.office

    page = get("GET", "/campaigns?limit=1").json()
    rest = get("GET", f"/campaigns?limit=1&cursor={page['next_cursor']}").json()
    opened = get("GET", "/campaigns?stage=OPEN").json()["items"]

    assert [one["id"] for one in page["items"]] == [second["id"]]
    assert [one["id"] for one in rest["items"]] == [first.campaign_id]
    assert [one["id"] for one in opened] == [first.campaign_id]


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    costs = []
    for number in range(3):
        with sqlite_service.statements() as sent:
            assert at.office("GET", "/campaigns").status_code == 200
        costs.append(len(sent))
        at.got("POST", "/clones", json={"code": f"clone-{number}"})
    assert len(set(costs)) == 1


@pytest.mark.rule("R-036", "R-049", "E-10")
def test_a_deadline_shows_the_notices_phrase_the_suggestion_and_the_day_that_counts(
    sqlite_service: Service,
) -> None:
    at = drafted(sqlite_service)
    at.edit(award_period_end_year=2026, materials_due_on="2026-09-28")
    contacts, materials, ministry = at.got("GET")["deadlines"]

    # 20 June 2026 is a rest day (Dragon Boat): only the suggestion moves.
    assert (contacts["phrase_zh"], contacts["suggested_on"], contacts["due_on"]) == (
        "于6月中旬前报",
        "2026-06-22",
        "",
    )
    assert (materials["suggested_on"], materials["due_on"]) == ("2026-09-30", "2026-09-28")
    assert materials["ends_at"] == "2026-09-28T16:00:00+00:00"
    assert (ministry["suggested_on"], ministry["due_on"]) == ("", "")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": "二"}, ("/title", "TEXT_TOO_SHORT")),
        ({"award_period_start_year": 1900}, ("/award_period_start_year", "NUMBER_RANGE")),
        ({"materials_due_on": "2026-02-30"}, ("/materials_due_on", "FIELD_FORMAT")),
    ],
)
def test_what_may_be_left_out_is_refused_at_its_own_field(
    sqlite_service: Service, changes: dict[str, Any], fault: tuple[str, str]
) -> None:
    refused = drafted(sqlite_service).edit(**changes)

    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"][1:]] == [fault]
