"""The way of a case on pages alone: the county writes and hears, the city reviews, publishes, ranks, recommends and files."""

from typing import Any

import pytest

from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, STATEMENT, XIHU, Flow, flow
from tests.flow_steps import HEARD, Moving
from tests.plugins.service import Caller, Service
from tests.web.page_walk import done, field, sent

TODAY = "2026-07-01"
CRITERIA = ("C1", "C2", "C3", "C4", "C5")


def written(f: Flow) -> str:
    """A window registered, put forward, declared, written about and submitted by its county's clerk."""
    clerk = f.filer()
    sponsor = f"org_{f.service.organization(XIHU).id.hex}"
    window = done(
        clerk,
        "/windows/register",
        sponsor_id=sponsor,
        name="文三路社保窗口",
        region_code=XIHU,
        address="文三路 1 号",
        window_type="SOCIAL_INSURANCE",
        affiliation_level="50",
        in_labor_system="true",
        serves_public_directly="true",
    ).removeprefix("/windows/")
    case = done(clerk, f"/nominations/create?window={window}", _campaign=f"cmp_{f.campaign_id.hex}")
    done(clerk, f"{case}/statement", statement=STATEMENT)
    done(clerk, f"{case}/declarations", **declared())
    done(clerk, f"{case}/write-up", text="优" * 4000)
    done(clerk, f"{case}/submit")
    return case


def declared(**changes: str) -> dict[str, str]:
    rows = {f"declarations.{n}.has_occurred": "false" for n in range(3)}
    return rows | {"declarations.0.signed_by": "王敏", "declarations.0.signed_on": TODAY} | changes


def opinion(conclusion: str = "RECOMMEND", day: str = TODAY) -> dict[str, str]:
    rows = {f"assessments.{n}.grade": "MEETS_FULLY" for n in range(5)}
    rows |= {f"assessments.{n}.sentence": "符合要求。" for n in range(5)}
    return rows | {"conclusion": conclusion, "opinion": "同意推荐。", "signer": "李强", "signed_on": day}


def heard(who: Caller, case: str) -> str:
    """The public's opinion recorded and concluded."""
    record = done(
        who,
        f"{case}/consultation",
        methods="FORUM",
        held_from="2026-06-20",
        held_to="2026-06-28",
        participants="126",
        summary=HEARD,
        signer="王敏",
    )
    done(who, f"{record}/conclude")
    return record


def endorsed(f: Flow) -> str:
    case = written(f)
    heard(f.officer(), case)
    done(f.officer(), f"{case}/review", **opinion())
    done(f.officer(), f"{case}/endorse")
    return case


def cleared(f: Flow) -> str:
    case = endorsed(f)
    done(f.officer(HANGZHOU), f"{case}/review", **opinion())
    done(f.approver(), f"{case}/clear")
    return case


def published(f: Flow, case: str) -> str:
    nomination = case.removeprefix("/nominations/")
    notice = done(
        f.officer(HANGZHOU),
        f"/campaigns/cmp_{f.campaign_id.hex}/draft-notice",
        title="推荐对象公示",
        basis="浙劳社〔2026〕1号",
        contact_office="市局监察室",
        contact_phone="0571-85110000",
        _channel="WEBSITE",
        _item=nomination,
        **{f"_merits_{nomination}": "群众满意。"},
    )
    done(f.approver(), f"{notice}/review")
    done(f.approver(), f"{notice}/publish")
    return notice


def form_values(page: str, day: str) -> dict[str, Any]:
    """A value for every field of the form on the page."""
    typed = {
        "data.award_level": "PROVINCIAL",
        "data.unit_nature": "PUBLIC_INSTITUTION",
        "data.unit_rank": "无",
        "data.head_name": "李强",
        "data.head_post": "主任",
        "data.staff_count": "12",
        "data.contact_name": "王敏",
        "data.contact_phone": "0571-85110000",
        "data.discipline_history.has_occurred": "false",
        "data.main_merits": "群众满意率高。",
        "data.notice_result": "已公示，无异议。",
    }
    suggested = ("unit_name", "superior_unit", "recommending_unit", "address", "filled_on")
    typed |= {f"data.{key}": field(page, f"data.{key}") for key in suggested if f'name="data.{key}"' in page}
    for key in ("unit_opinion", "county_opinion", "city_opinion"):
        typed |= {
            f"data.{key}.text": "同意推荐。",
            f"data.{key}.signer": "李强",
            f"data.{key}.signed_on": day,
        }
    return {name: value for name, value in typed.items() if f'name="{name}"' in page}


def test_a_case_goes_from_a_registered_window_to_its_filing(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    city, approver = f.officer(HANGZHOU), f.approver()
    case = cleared(f)
    published(f, case)
    sqlite_service.clock.advance(days=8)
    day = "2026-07-09"

    form = city.page(f"{case}/form").text
    done(city, f"{case}/form", **form_values(form, day))
    for who, level in ((f.officer(), "county"), (city, "municipal")):
        done(
            who,
            f"{case}/seals/{level}",
            kind="PHYSICAL_SCAN",
            name_on_seal=field(who.page(f"{case}/seals/{level}").text, "name_on_seal"),
            sealed_on=day,
            approved_by="陈立",
            signer="李强",
        )
    ranked = {f"_rank_{case.removeprefix('/nominations/')}": "1"}
    done(approver, f"/campaigns/cmp_{f.campaign_id.hex}/ranking/{HANGZHOU}", **ranked)
    done(approver, f"{case}/recommend")
    done(approver, f"{case}/file")

    page = f.office.page(case).text
    assert "已报送" in page
    assert "形式审查通过" in page
    done(
        f.office,
        f"{case}/receipts/paper-writeup",
        copies="5",
        received_on=day,
        received_by="周敏",
        complete="true",
    )
    assert "已齐" in f.office.page(case).text
    checked = ["FORM", "WRITE_UP", "STATEMENT", "SEALS", "NOTICE", "PAPER_COPIES"]
    done(f.office, f"{case}/accept", checked=checked)
    assert Moving(f, case.removeprefix("/nominations/"), XIHU, {}).stage == Stage.ACCEPTED


@pytest.mark.rule("R-026")
def test_the_hearing_keeps_its_adverse_points_and_closes_only_when_each_is_handled(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service)
    case = written(f)
    body = {
        "methods": ["FORUM", "QUESTIONNAIRE"],
        "held_from": "2026-06-20",
        "held_to": "2026-06-28",
        "participants": "126",
        "summary": HEARD,
        "signer": "王敏",
    }
    record = done(f.officer(), f"{case}/consultation", **body, **{"adverse_points.1.point": "午间无人值班。"})
    assert "午间无人值班。" in f.officer().page(record).text

    open_still = sent(f.officer(), f"{record}/conclude")
    assert open_still.status_code in {409, 422}
    assert "ADVERSE_POINT_UNHANDLED" in open_still.text
    handled = {"adverse_points.0.point": "午间无人值班。", "adverse_points.0.handling": "已增设午间值班。"}
    done(f.officer(), f"{record}/edit", **body, **handled)
    done(f.officer(), f"{record}/conclude")

    assert "已形成结论" in f.officer().page(case).text
    assert f"{record}/edit" not in f.officer().page(record).text


@pytest.mark.rule("I-13")
def test_who_prepared_the_case_reads_why_another_has_to_review_it(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    case = written(f)

    refused = sent(f.filer(), f"{case}/review", **opinion())

    assert refused.status_code in (403, 404)
    assert f"{case}/review" not in f.filer().page(case).text
    assert f"{case}/review" in f.officer().page(case).text


def test_an_incomplete_review_says_at_which_criterion(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    case = written(f)

    answer = sent(f.officer(), f"{case}/review", **(opinion() | {"assessments.3.sentence": ""}))

    assert answer.status_code == 422
    assert 'id="e-assessments.3.sentence"' in answer.text
    assert answer.text.count('value="MEETS_FULLY" checked') == 5


def test_a_declared_fact_needs_its_explanation(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    case = f"/nominations/{f.draft()['id']}"

    answer = sent(f.filer(), f"{case}/declarations", **declared(**{"declarations.1.has_occurred": "true"}))

    assert answer.status_code == 422
    assert 'id="e-declarations.1.explanation"' in answer.text
    told = {"declarations.1.has_occurred": "true", "declarations.1.explanation": "已整改。"}
    done(f.filer(), f"{case}/declarations", **declared(**told))
    page = f.filer().page(case).text
    assert "已整改。" in page
    assert page.count("王敏 · 2026年7月1日") == 3


@pytest.mark.rule("E-38")
def test_the_write_up_is_kept_whatever_its_length_and_says_how_it_stands(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    case = f"/nominations/{f.draft()['id']}"

    done(f.filer(), f"{case}/write-up", text="优 abc " * 100)
    page = f.filer().page(case).text

    assert "<b>200 字</b>" in page
    assert "超出限制" in page
    form = f.filer().page(f"{case}/write-up").text
    assert 'data-band="3000 3600 4400 5000"' in form


def test_the_form_takes_honours_by_rows_and_keeps_what_later_levels_will_write(
    sqlite_service: Service,
) -> None:
    f = flow(sqlite_service)
    case = f"/nominations/{f.draft()['id']}"
    page = f.filer().page(f"{case}/form").text
    assert 'name="data.county_opinion.text"' in page
    assert 'name="data.city_opinion.text"' not in page

    wrong = sent(f.filer(), f"{case}/form", **{"data.staff_count": "十二"})
    assert wrong.status_code == 422
    assert 'id="e-data.staff_count"' in wrong.text
    honour = {"data.honours_history.2.title": "市级文明窗口", "data.honours_history.2.year": "2024"}
    done(f.filer(), f"{case}/form", **{"data.staff_count": "12", "data.unit_nature": "OTHER"}, **honour)

    shown = f.filer().page(case).text
    assert "市级文明窗口 · 2024" in shown
    assert "尚缺" in shown


def test_a_file_is_uploaded_replaced_and_taken_out(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    case = f"/nominations/{f.draft()['id']}"
    clerk = f.filer()
    picture = (
        b"\x89PNG\r\n\x1a\n"
        b"\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00" + b"\x00" * 64
    )

    def upload(name: str, url: str = f"{case}/files", **form: str) -> Any:
        twin = clerk.page(url).text
        data = {"_key": field(twin.split('<main id="main"')[1], "_key"), "kind": "PHOTO", **form}
        return clerk.page(url, data, files={"file": (name, picture, "image/png")})

    assert upload("大厅.png").status_code == 303
    page = clerk.page(f"{case}/files").text
    assert "大厅.png" in page
    first = page.split(f'href="{case}/files?replace=')[1][:36]
    assert upload("大厅2.png", f"{case}/files?replace={first}", replaces_id=first).status_code == 303
    page = clerk.page(f"{case}/files").text
    assert "以前的版本（1）" in page
    second = page.split(f'href="{case}/files?replace=')[1][:36]
    saved = clerk.page(f"{case}/files/{second}")
    assert saved.content == picture
    assert saved.headers["content-disposition"].startswith("attachment")
    done(clerk, f"{case}/files/{second}/remove")
    assert "尚无附件。" in clerk.page(f"{case}/files").text
    wrong = clerk.page(f"{case}/files", {"kind": "PHOTO"}, files={"file": ("x.exe", b"MZ", "image/png")})
    assert wrong.status_code in (415, 422)
    assert "FILE_TYPE_NOT_ALLOWED" in wrong.text
    missing = clerk.page(f"{case}/files", {"kind": "PHOTO"})
    assert missing.status_code == 422
    assert "FIELD_MISSING" in missing.text


def test_a_file_of_another_case_is_not_there(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    mine, other = (f"/nominations/{f.draft()['id']}" for _ in range(2))
    picture = (
        b"\x89PNG\r\n\x1a\n"
        b"\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00" + b"\x00" * 64
    )
    made = f.filer().page(f"{mine}/files", {"kind": "PHOTO"}, files={"file": ("a.png", picture, "image/png")})
    assert made.status_code == 303
    file = f.filer().page(f"{mine}/files").text.split("files?replace=")[1][:36]

    assert f.filer().page(f"{mine}/files/{file}").status_code == 200
    assert f.filer().page(f"{other}/files/{file}").status_code == 404


def test_candidates_are_ordered_by_numbers(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    first, second = (f.at(Stage.CLEARED) for _ in range(2))
    url = f"/campaigns/cmp_{f.campaign_id.hex}/ranking/{HANGZHOU}"

    done(f.approver(), url, **{f"_rank_{first.id}": "2", f"_rank_{second.id}": "1"})

    assert (first.shown()["rank"], second.shown()["rank"]) == (2, 1)
    assert f"_rank_{first.id}" not in f.filer().page(url).text


def test_departments_asked_are_listed_with_what_they_said(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    case = endorsed(f)
    city = f.officer(HANGZHOU)
    listed = city.page(f"{case}/departments").text
    department = listed.split(f'href="{case}/departments/')[1].split('"')[0]

    said = {"sent_on": "2026-06-20", "result": "OBJECTION", "replied_on": "2026-06-28", "signer": "赵刚"}
    done(city, f"{case}/departments/{department}", remarks="有欠缴情况。", **said)

    assert "有欠缴情况。" in city.page(case).text
    assert city.page(f"{case}/departments/NOBODY").status_code == 404
