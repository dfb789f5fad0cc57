"""Papers as files: what stands in them, who gets them, and that the same content is the same bytes."""

from urllib.parse import unquote

import pytest
from sqlmodel import Session, col, select

from app.db.tables.system import AuditEvent
from app.domain.access import Role
from app.domain.ids import parsed
from app.domain.nomination import Stage
from app.services.documents import MEDIA
from tests import ministry_cases as ministry
from tests.api.test_awards import conferred, revoked
from tests.decision_cases import decisions
from tests.documents.reading import docx_text, pdf_fonts, pdf_text
from tests.evaluation_cases import WENZHOU, YINZHOU, evaluation
from tests.flow_cases import HANGZHOU, NINGBO, XIHU, Flow, code, flow
from tests.plugins.service import Service


def taken(service: Service, action: str) -> list[AuditEvent]:
    """The entries that papers left."""
    with Session(service.plant.engine) as session:
        return list(session.exec(select(AuditEvent).where(col(AuditEvent.action) == action)).all())


@pytest.fixture
def open_flow(sqlite_service: Service) -> Flow:
    return flow(sqlite_service)


@pytest.mark.rule("R-034", "R-040")
def test_the_approval_form_says_what_was_filled_in_and_every_levels_opinion(open_flow: Flow) -> None:
    case = open_flow.at(Stage.RECOMMENDED)
    answer = case.approver("GET", f"{case.url}/approval-form")
    text = pdf_text(answer.content)

    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA["pdf"])
    assert unquote(answer.headers["content-disposition"]).startswith('attachment; filename="')
    assert "呈报审批表 社会保险服务大厅" in unquote(answer.headers["content-disposition"])
    for said in (
        "申报单位意见",
        "县级劳动保障部门意见",
        "市级劳动保障部门意见",
        "审批机关意见",
        "签字：李强",
    ):
        assert said in text
    assert "（盖章）" in text
    assert "草稿DRAFT" not in text
    assert {row[-5] for row in pdf_fonts(answer.content)} == {"yes"}


@pytest.mark.rule("R-034")
def test_a_case_on_its_way_has_a_draft_with_each_levels_review_where_the_form_is_silent(
    open_flow: Flow,
) -> None:
    case = open_flow.at(Stage.SUBMITTED, level="MUNICIPAL")
    text = pdf_text(case.filer("GET", f"{case.url}/approval-form?format=pdf").content)
    word = docx_text(case.filer("GET", f"{case.url}/approval-form?format=docx").content)

    assert "草稿DRAFT" in text
    assert "样例数据SAMPLE" in text  # a sample installation says so on paper too
    assert "同意推荐。" in text  # the county's review; its field of the form is empty
    assert "草稿 DRAFT" in word
    assert "签字：李强" in word


def test_the_format_is_what_accept_asks_for_unless_the_address_says_it(open_flow: Flow) -> None:
    case = open_flow.nomination()
    url = f"{case.url}/approval-form"

    def kind(accept: str, query: str = "") -> str:
        answer = case.filer("GET", url + query, headers={"Accept": accept})
        assert answer.status_code == 200, answer.text
        return str(answer.headers["content-type"])

    assert kind("*/*") == MEDIA["pdf"]
    assert kind(f"{MEDIA['docx']}, {MEDIA['pdf']};q=0.5") == MEDIA["docx"]
    assert kind(MEDIA["xlsx"]) == MEDIA["pdf"]  # a form is no workbook
    assert kind(MEDIA["docx"], "?format=pdf") == MEDIA["pdf"]
    assert code(case.filer("GET", f"{url}?format=odt")) == "VALIDATION_FAILED"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_same_content_is_the_same_file_whenever_it_is_printed(open_flow: Flow, form: str) -> None:
    case = open_flow.nomination()
    url = f"{case.url}/approval-form?format={form}"
    first = case.filer("GET", url)
    open_flow.service.clock.advance(hours=30)
    again = case.filer("GET", url)
    held = case.filer("GET", url, headers={"If-None-Match": first.headers["etag"]})
    case.put(case.filer, "form", data={"unit_name": "改名大厅"})
    changed = case.filer("GET", url, headers={"If-None-Match": first.headers["etag"]})

    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    assert (held.status_code, held.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.rule("I-18")
def test_whoever_takes_a_form_away_leaves_an_entry_with_the_digest_of_the_file(open_flow: Flow) -> None:
    case = open_flow.nomination()
    made = case.filer("GET", f"{case.url}/approval-form")
    (entry,) = taken(open_flow.service, "approval_form.printed")

    assert entry.entity_id == parsed("nom", case.id)
    assert entry.actor == f"person:{case.filer.person_id.hex}"
    assert entry.summary["sha256"][:32] == made.headers["etag"].strip('"')
    assert entry.organization_path == open_flow.service.organization(XIHU).path


def test_names_and_telephones_are_printed_only_for_who_works_on_the_case(open_flow: Flow) -> None:
    case = open_flow.nomination()
    case.put(case.filer, "form", data={"unit_name": "西湖大厅", "contact_phone": "13800001234"})
    auditor = open_flow.service.person(Role.AUDITOR, "ZJ")
    own, foreign = (
        pdf_text(who("GET", f"{case.url}/approval-form").content) for who in (case.filer, auditor)
    )

    assert "13800001234" in own
    assert "13800001234" not in foreign
    assert "（依规定不提供）" in foreign
    assert "西湖大厅" in foreign


def test_papers_of_a_foreign_city_are_not_there(open_flow: Flow) -> None:
    case = open_flow.at(Stage.CLEARED)
    ningbo = open_flow.approver(NINGBO)
    own = case.approver("GET", f"{open_flow.url}/candidate-table?format=docx")
    theirs = ningbo("GET", f"{open_flow.url}/candidate-table?format=docx")
    name = case.shown()["window"]

    assert code(ningbo("GET", f"{case.url}/approval-form")) == "NOT_FOUND"
    assert name in docx_text(own.content)
    assert name not in docx_text(theirs.content)
    assert code(
        open_flow.service.person(Role.SYSTEM_ADMIN, "ZJ")("GET", f"{open_flow.url}/candidate-table")
    ) == ("PERMISSION_MISSING")


@pytest.mark.rule("I-12")
def test_who_stands_in_conflict_gets_neither_the_form_nor_the_case_in_a_table(
    sqlite_service: Service,
) -> None:
    ev = evaluation(sqlite_service)
    ev.registered("兼职", WENZHOU, Role.STEERING_OFFICE)
    ev.declare("兼职", region_codes=["330100"])
    office, colleague = ev.person("兼职"), ev.flow.office
    hidden, other = ev.case(XIHU), ev.case(YINZHOU)
    names = {one: colleague("GET", f"/nominations/{one}").json()["window"] for one in (hidden, other)}
    seen = docx_text(office("GET", f"{ev.flow.url}/candidate-table?format=docx").content)

    assert code(office("GET", f"/nominations/{hidden}/approval-form")) == "NOT_FOUND"
    assert office("GET", f"/nominations/{other}/approval-form").status_code == 200
    assert names[hidden] not in seen
    assert names[other] in seen
    assert names[hidden] in docx_text(colleague("GET", f"{ev.flow.url}/candidate-table?format=docx").content)


@pytest.mark.rule("R-021")
def test_candidates_stand_in_the_order_of_their_rank(open_flow: Flow) -> None:
    cases = [open_flow.at(Stage.CLEARED) for _ in range(3)]
    approver = open_flow.approver(HANGZHOU)
    url = f"{open_flow.url}/buckets/{HANGZHOU}/ranking"
    before = approver("GET", url)
    order = [cases[2].id, cases[0].id, cases[1].id]
    assert (
        approver("PUT", url, json={"nominations": order}, version=before.headers["etag"]).status_code == 200
    )
    text = pdf_text(approver("GET", f"{open_flow.url}/candidate-table?bucket={HANGZHOU}").content)
    at = [text.index(one.shown()["window"]) for one in (cases[2], cases[0], cases[1])]

    assert at == sorted(at)
    assert "杭州市" in text
    assert (
        approver("GET", f"{open_flow.url}/candidate-table?format=xlsx").headers["content-type"]
        == MEDIA["xlsx"]
    )


@pytest.mark.rule("R-028", "R-032")
def test_a_notice_is_printed_as_it_is_posted_and_a_draft_as_a_draft(open_flow: Flow) -> None:
    case = open_flow.at(Stage.AT_NOTICE)
    notice = case.approver("GET", "/notices").json()["items"][0]
    mine = case.approver("GET", f"/notices/{notice['id']}/document")
    public = open_flow.service.client.get(f"/api/v1/public/notices/{notice['id']}/document")
    page = open_flow.service.client.get(f"/public/notices/{notice['id']}/document")
    text = pdf_text(mine.content)

    assert case.shown()["window"] in text
    assert "0571-85110000" in text
    assert "24时止" in text
    assert "草稿" not in text
    assert (public.status_code, public.content) == (200, mine.content)
    assert page.content == mine.content
    assert code(open_flow.approver(NINGBO)("GET", f"/notices/{notice['id']}/document")) == "NOT_FOUND"


def test_a_draft_notice_is_printed_for_its_officers_alone(open_flow: Flow) -> None:
    case = open_flow.at(Stage.CLEARED)
    body = {
        "title": "优质服务窗口推荐对象公示",
        "basis": "浙劳社〔2026〕1号",
        "channels": [{"channel": "WEBSITE", "detail": "市局网站"}],
        "contact_office": "市局监察室",
        "contact_phone": "0571-85110000",
        "items": [{"nomination_id": case.id, "merits": "群众满意率高。"}],
    }
    officer = open_flow.officer(HANGZHOU)
    draft = officer("POST", f"{open_flow.url}/notices", json=body).json()
    word = docx_text(officer("GET", f"/notices/{draft['id']}/document?format=docx").content)
    public = open_flow.service.client.get(f"/api/v1/public/notices/{draft['id']}/document")

    assert "草稿 DRAFT" in word
    assert "群众满意率高。" in word
    assert code(public) == "NOT_FOUND"


@pytest.mark.rule("E-42", "R-016")
def test_a_certificate_names_the_award_and_a_revoked_one_is_stamped(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0, 1, 2)
    award = conferred(d)[0]
    url = f"/awards/{award['id']}/certificate"
    clean = d.office("GET", url)
    revoked(d)
    stamped = d.office("GET", url)

    assert clean.headers["content-type"] == MEDIA["pdf"]
    assert award["certificate_no"] in pdf_text(clean.content)
    assert "在2024—2026年度评选表彰活动中成绩突出" in pdf_text(clean.content)
    assert "撤销" not in pdf_text(clean.content)
    assert "撤销" in pdf_text(stamped.content)
    assert stamped.headers["etag"] != clean.headers["etag"]
    assert code(sqlite_service.person(Role.SYSTEM_ADMIN, "ZJ")("GET", url)) == "PERMISSION_MISSING"


def test_pages_lead_to_their_papers(open_flow: Flow) -> None:
    case = open_flow.at(Stage.AT_NOTICE)
    notice = case.approver("GET", "/notices").json()["items"][0]["id"]
    for page, paper in (
        (f"/nominations/{case.id}", f"/nominations/{case.id}/approval-form"),
        (f"/notices/{notice}", f"/notices/{notice}/document"),
        (f"/public/notices/{notice}", f"/public/notices/{notice}/document"),
        (f"{open_flow.url}/ranking/{HANGZHOU}", f"{open_flow.url}/candidate-table?bucket={HANGZHOU}"),
    ):
        shown = case.approver.page(page).text.replace("&amp;", "&")
        assert f'href="{paper}{"&" if "?" in paper else "?"}format=pdf"' in shown, page
        answer = case.approver.page(paper + ("&" if "?" in paper else "?") + "format=pdf")
        assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA["pdf"])


@pytest.mark.rule("R-037")
def test_the_national_form_bears_its_own_title_and_the_opinions_given_anew(sqlite_service: Service) -> None:
    d = ministry.with_ministry(sqlite_service)
    d.determined()
    ministry.made(d)
    url = f"/nominations/{d.nom(0)}/approval-form"
    filer = ministry.filer(d)
    written = ministry.form(d, filer, 0, ministry.filled(unit_name="杭州窗口"))
    answer = ministry.form(
        d,
        ministry.officer(d),
        written.json()["etag"],
        ministry.filled(unit_name="杭州窗口", city_opinion=ministry.OPINION),
    )
    national = pdf_text(d.office("GET", f"{url}?form=NATIONAL").content)
    provincial = pdf_text(d.office("GET", url).content)
    page = d.office.page(f"{url}?form=NATIONAL&format=docx")

    assert answer.status_code == 200, answer.text
    assert "全国劳动保障系统" in national
    assert "同意报部。签字：张强" in national.replace("杭州市劳动和社会保障局（盖章）", "")
    assert "浙江省劳动和社会保障厅" in national
    assert "浙江省劳动保障系统" in provincial
    assert "同意报部" not in provincial
    assert "全国劳动保障系统" in docx_text(page.content)
