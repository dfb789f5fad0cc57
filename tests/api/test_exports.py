"""Lists as files: the rows of the list itself, what is not in them and why, and an entry for each that was taken."""

from urllib.parse import unquote

import pytest
from sqlmodel import Session, col, select

from app.db.tables.nominations import ServiceWindow
from app.db.tables.supervision import Objection
from app.db.tables.system import AuditEvent
from app.domain.access import Role
from app.domain.nomination import Stage
from app.services.exports import making, registry
from tests.api.test_awards import conferred
from tests.decision_cases import decisions
from tests.evaluation_cases import WENZHOU, YINZHOU, evaluation
from tests.export_cases import commas, lines, sheets
from tests.flow_cases import HANGZHOU, NINGBO, XIHU, Flow, code, flow
from tests.plugins.service import Caller, Service
from tests.supervision_cases import case as supervised

EVALUATED = ("reviewers", "assignments", "score-sheets", "score-points", "ranking")


@pytest.fixture
def open_flow(sqlite_service: Service) -> Flow:
    return flow(sqlite_service)


def campaign(f: Flow) -> str:
    return f.url.removeprefix("/campaigns/")


def test_a_list_is_given_in_three_formats_with_the_same_rows(open_flow: Flow) -> None:
    cases = [open_flow.at(Stage.CLEARED), open_flow.nomination()]
    officer = open_flow.approver()
    asked = {"campaign_id": campaign(open_flow)}
    head, rows = lines(officer, "nominations", **asked)
    book = officer("GET", "/exports/nominations", params={"format": "xlsx", **asked})
    text = officer("GET", "/exports/nominations", params={"format": "csv", **asked})
    about, listed = sheets(book.content)
    notes, table = commas(text.content)

    assert {row["id"] for row in rows} == {one.id for one in cases}
    assert [row["stage"] for row in rows] == ["DRAFT", "CLEARED"]  # newest first, as the list has it
    assert [line[0] for line in listed[1:]] == [line[0] for line in table[1:]] == [row["id"] for row in rows]
    assert listed[0][:3] == table[0][:3] == ["推荐标识", "活动", "推荐编号"]
    assert [line[listed[0].index("状态")] for line in listed[1:]] == ["草稿", "审核通过，待公示"]
    assert head["columns"]["window"] == "窗口名称"
    assert ["导出人", "approving_officer-330100"] in about
    assert ["筛选条件", f"campaign_id={campaign(open_flow)}"] in about
    assert any(line.startswith("# 导出时间: 2026-07-") for line in notes)
    assert "推荐-2026" in unquote(book.headers["content-disposition"])
    assert [one.headers["content-type"].split(";")[0] for one in (book, text)] == [
        making.MEDIA_TYPES["xlsx"],
        "text/csv",
    ]


def test_english_is_spoken_where_it_is_asked_for(open_flow: Flow) -> None:
    open_flow.nomination()
    answer = open_flow.approver()(
        "GET", "/exports/nominations?format=csv", headers={"Accept-Language": "en-GB"}
    )
    notes, table = commas(answer.content)

    assert table[0][:3] == ["Identifier", "Campaign", "Code"]
    assert "Draft" in table[1]
    assert "# Filters: none" in notes


def test_a_list_is_narrowed_as_its_page_is_and_only_so(open_flow: Flow) -> None:
    one, other = open_flow.at(Stage.CLEARED), open_flow.nomination()
    officer = open_flow.approver()

    assert [row["id"] for row in lines(officer, "nominations", stage="CLEARED")[1]] == [one.id]
    assert [row["id"] for row in lines(officer, "nominations", q=other.shown()["window"])[1]] == [other.id]
    unknown = officer("GET", "/exports/nominations", params={"actor": "system"})
    assert (code(unknown), unknown.json()["errors"][0]["pointer"]) == ("EXPORT_FILTER_UNKNOWN", "/actor")
    wrong = officer("GET", "/exports/nominations", params={"stage": "SOMEWHERE"})
    assert wrong.json()["errors"][0]["code"] == "FIELD_CHOICE"
    without = officer("GET", "/exports/board")
    assert without.json()["errors"][0]["code"] == "FIELD_MISSING"
    assert code(officer("GET", "/exports/nothing")) == "NOT_FOUND"


@pytest.mark.rule("I-18")
def test_whoever_takes_a_list_away_leaves_an_entry_that_names_no_name(open_flow: Flow) -> None:
    open_flow.nomination()
    officer = open_flow.approver()
    lines(officer, "nominations", q="王敏", stage="DRAFT")
    with Session(open_flow.service.plant.engine) as session:
        (entry,) = session.exec(select(AuditEvent).where(col(AuditEvent.action) == "list.exported")).all()

    assert (entry.entity, entry.entity_id) == ("Person", officer.person_id)
    assert entry.summary | {"sha256": ""} == {
        "list": "nominations",
        "format": "jsonl",
        "filters": {"q": "…", "stage": "DRAFT"},
        "rows": 0,
        "sha256": "",
    }
    assert len(entry.summary["sha256"]) == 64
    assert entry.organization_path == open_flow.service.organization(HANGZHOU).path


def test_a_municipal_system_takes_its_citys_list_and_leaves_the_same_entry(service: Service) -> None:
    f = flow(service)
    mine = f.nomination(XIHU)
    f.nomination(NINGBO)
    client = f.client(HANGZHOU, "nominations:read")
    head, rows = lines(client, "nominations")
    with Session(service.plant.engine) as session:
        (entry,) = session.exec(select(AuditEvent).where(col(AuditEvent.action) == "list.exported")).all()

    assert [row["id"] for row in rows] == [mine.id]
    assert any("杭州市劳动和社会保障局" in note for note in head["withheld"])
    assert (entry.entity, entry.actor.split(":")[0]) == ("ApiClient", "client")
    assert code(client("GET", "/exports/people")) == "PERMISSION_MISSING"


@pytest.mark.rule("R-024")
def test_a_list_holds_the_callers_area_and_says_so(open_flow: Flow) -> None:
    mine, theirs = open_flow.nomination(XIHU), open_flow.nomination(NINGBO)
    head, rows = lines(open_flow.approver(NINGBO), "nominations")
    everything, every = lines(open_flow.office, "nominations")

    assert [row["id"] for row in rows] == [theirs.id]
    assert any("宁波市劳动和社会保障局" in note for note in head["withheld"])
    assert {row["id"] for row in every} == {mine.id, theirs.id}
    assert not any("权限范围以外" in note for note in everything["withheld"])


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("nominations", Role.SYSTEM_ADMIN),
        ("audit-records", Role.STEERING_OFFICE),
        ("people", Role.WINDOW_FILER),
        ("api-clients", Role.AUDITOR),
        ("windows", Role.REVIEWER),
    ],
)
def test_a_list_one_may_not_read_is_refused(sqlite_service: Service, name: str, role: Role) -> None:
    caller = sqlite_service.person(role, "ZJ")

    assert code(caller("GET", f"/exports/{name}")) == "PERMISSION_MISSING"
    assert name not in [one["name"] for one in caller("GET", "/exports").json()["items"]]


def test_what_may_be_taken_away_is_described_column_by_column(sqlite_service: Service) -> None:
    found = {
        one["name"]: one
        for one in sqlite_service.person(Role.AUDITOR, "ZJ")("GET", "/exports").json()["items"]
    }

    assert found["objections"]["withheld_zh"][0].startswith("异议人")
    assert {"key": "rank", "title_zh": "推荐排序", "title_en": "Rank"} in found["nominations"]["columns"]
    assert found["board"]["campaign_required"]
    assert set(found) >= set(registry.TABLES) - {"api-clients"}


def test_no_cell_becomes_a_formula_whatever_a_window_is_called(open_flow: Flow) -> None:
    hostile = ["=HYPERLINK(1)", "+86 大厅", "@SUM(A1)", "－1 大厅"]
    for name in hostile:
        open_flow.window(name=name)
    officer = open_flow.approver()
    _, listed = sheets(officer("GET", "/exports/windows?format=xlsx").content)
    _, table = commas(officer("GET", "/exports/windows?format=csv").content)

    assert [row[1] for row in listed[1:]] == hostile
    assert [row[1] for row in table[1:]] == [f"'{name}" for name in hostile]


def test_an_objection_leaves_without_whoever_raised_it(sqlite_service: Service) -> None:
    c = supervised(sqlite_service)
    objection = c.recorded(c.published())
    head, rows = lines(c.discipline, "objections")
    taken = c.discipline("GET", "/exports/objections?format=csv").content.decode()
    with Session(sqlite_service.plant.engine) as session:
        content = session.exec(select(Objection)).one().content

    assert [row["id"] for row in rows] == [objection["id"]]
    assert "异议人的姓名" in head["withheld"][0]
    assert len(content) > 5
    assert content not in taken
    assert content not in str(rows)


def tied(service: Service) -> tuple[Caller, Caller, str, str, str]:
    """Somebody of the office in conflict with one of two scored cases, a colleague, the cases, the campaign."""
    ev = evaluation(service)
    ev.bench("一", "二", "三")
    ev.registered("兼职", WENZHOU, Role.STEERING_OFFICE, Role.DISCIPLINE_OFFICER, Role.AUDITOR)
    ev.declare("兼职", region_codes=["330100"])
    hidden, other = ev.case(XIHU), ev.case(YINZHOU)
    ev.open()
    for one in (hidden, other):
        for name in ("一", "二", "三"):
            ev.given(one, name)
        ev.evaluated(one, 一="0", 二="0.5", 三="1")
    return ev.person("兼职"), ev.office, hidden, other, campaign(ev.flow)


@pytest.mark.rule("I-12")
@pytest.mark.parametrize("name", ["nominations", "steps", "level-reviews", *EVALUATED[1:4]])
def test_who_stands_in_conflict_with_a_case_finds_it_in_no_list(sqlite_service: Service, name: str) -> None:
    office, colleague, hidden, other, of = tied(sqlite_service)
    head, mine = lines(office, name, campaign_id=of)
    _, theirs = lines(colleague, name, campaign_id=of)

    assert hidden not in str(mine)
    assert any("回避" in note for note in head["withheld"])
    if theirs:
        assert hidden in str(theirs)
        assert other in str(mine)


@pytest.mark.rule("I-11")
def test_scores_leave_only_once_they_are_open(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一", "二", "三")
    one = ev.case(XIHU)
    ev.run()
    ev.open(one)
    of = campaign(ev.flow)
    for name in ("一", "二", "三"):
        ev.scored(one, name)
    sealed = lines(ev.office, "score-points", campaign_id=of)[1]
    ev.lock(one)
    head, points = lines(ev.office, "score-points", campaign_id=of)
    _, totals = lines(ev.office, "score-sheets", campaign_id=of)

    assert sealed == []
    assert (len(points), {row["points"] for row in points}) == (3 * 28, {"4.00", "2.50"})
    assert [row["total"] for row in totals] == ["100"] * 3
    assert "评分锁定前" in head["withheld"][0]
    assert code(ev.person("一")("GET", f"/exports/score-points?campaign_id={of}")) == "PERMISSION_MISSING"


def test_what_the_bodies_decided_and_what_came_of_it_leaves_as_lists(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0, 1, 2)
    conferred(d)
    of = {"campaign_id": d.url("x").split("/")[2]}
    _, items = lines(d.office, "decisions", **of)
    _, records = lines(d.office, "meetings", **of)
    _, given = lines(d.office, "awards", **of)

    assert [row["result"] for row in items] == ["APPROVED"] * 6
    assert {row["meeting_id"] for row in items} == {row["id"] for row in records}
    assert [row["certificate_no"] for row in given] == ["ZJ2026-0001", "ZJ2026-0002", "ZJ2026-0003"]
    assert {row["nomination_id"] for row in given} == {d.nom(0), d.nom(1), d.nom(2)}


@pytest.mark.parametrize("name", sorted(registry.TABLES))
def test_every_list_can_be_taken_in_every_format(sqlite_service: Service, name: str) -> None:
    table = registry.TABLES[name]
    d = decisions(sqlite_service)
    everybody = sqlite_service.person(
        Role.STEERING_OFFICE, "ZJ", "everybody", Role.AUDITOR, Role.SECURITY_ADMIN, Role.DISCIPLINE_OFFICER
    )
    of = {"campaign_id": d.url("x").split("/")[2]} if table.of_campaign else {}
    head, rows = lines(everybody, name, **of)
    _, listed = sheets(everybody("GET", f"/exports/{name}", params={"format": "xlsx", **of}).content)
    _, text = commas(everybody("GET", f"/exports/{name}", params={"format": "csv", **of}).content)

    assert list(head["columns"]) == [one.key for one in table.columns]
    assert len(set(head["columns"])) == len(table.columns)
    assert listed[0] == text[0] == [one.zh for one in table.columns]
    more = name == "audit-records"  # what was taken meanwhile stands in it
    assert [len(listed) - 1, len(text) - 1] == ([len(rows) + 1, len(rows) + 2] if more else [len(rows)] * 2)


@pytest.mark.parametrize(
    "name", ["nominations", "windows", "steps", "level-reviews", "notices", "quota-plan", "audit-records"]
)
def test_the_number_of_statements_does_not_grow_with_the_rows(sqlite_service: Service, name: str) -> None:
    f = flow(sqlite_service)
    who = sqlite_service.person(Role.STEERING_OFFICE, "ZJ", "who", Role.AUDITOR)
    of = {"campaign_id": campaign(f)} if "campaign_id" in registry.TABLES[name].takes else {}
    f.at(Stage.AT_NOTICE)
    with sqlite_service.statements() as once:
        few = lines(who, name, **of)[1]
    for _ in range(2):
        f.at(Stage.AT_NOTICE)
    with sqlite_service.statements() as again:
        many = lines(who, name, **of)[1]

    assert len(many) > len(few) or name == "quota-plan"
    assert len(again) == len(once)


def test_a_long_list_is_read_page_after_page_and_loses_nothing(
    sqlite_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    f = flow(sqlite_service)
    names = [f.window()["name"] for _ in range(7)]
    monkeypatch.setattr("app.services.exports.shapes.BATCH", 3)
    with Session(sqlite_service.plant.engine) as session:
        assert len(session.exec(select(ServiceWindow)).all()) == 7

    assert [row["name"] for row in lines(f.approver(), "windows")[1]] == names


def test_pages_lead_to_their_lists_narrowed_as_they_are(open_flow: Flow) -> None:
    one = open_flow.at(Stage.CLEARED)
    open_flow.nomination()
    officer = open_flow.approver()
    page = officer.page(f"/nominations?stage=CLEARED&campaign={campaign(open_flow)}").text.replace(
        "&amp;", "&"
    )
    address = f"/exports/nominations?stage=CLEARED&campaign={campaign(open_flow)}&format=csv"
    answer = officer.page(address)
    _, table = commas(answer.content)
    of_campaign = officer.page(f"{open_flow.url}/exports").text.replace("&amp;", "&")

    assert f'href="{address}"' in page
    assert [row[0] for row in table[1:]] == [one.id]
    assert f'href="/exports/board?campaign_id={campaign(open_flow)}&format=jsonl"' in of_campaign
    assert "/exports/reviewers" not in of_campaign  # a city does not read of the evaluation
    assert officer.page("/exports/windows?format=odt").headers["content-type"] == making.MEDIA_TYPES["xlsx"]
    assert officer.page("/exports/nothing").status_code == 404
    assert officer.page("/exports/people").status_code == 403


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("/windows", "windows"),
        ("/organizations", "organizations"),
        ("/notices", "notices"),
        ("/regions", "regions"),
        ("/campaigns", "campaigns"),
        ("{campaign}/board", "board"),
        ("{campaign}/local-bodies", "local-bodies"),
    ],
)
def test_a_list_that_is_shown_can_be_taken(open_flow: Flow, page: str, name: str) -> None:
    open_flow.at(Stage.AT_NOTICE)
    officer = open_flow.service.person(Role.APPROVING_OFFICER, HANGZHOU, "both", Role.REVIEWING_OFFICER)
    shown = officer.page(page.format(campaign=open_flow.url)).text

    assert f'href="/exports/{name}?' in shown
    assert officer.page(f"/exports/{name}?campaign_id={campaign(open_flow)}").status_code == 200
