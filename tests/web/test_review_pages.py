"""A reviewer at the pages: their word first, then the queue, the sheet beside its material, and what they may not see."""

import re
from typing import Any

import pytest

from app.db.tables.materials import Material, MaterialKind
from app.domain.ids import parsed, shown
from app.services import audit
from tests.evaluation_cases import (
    FULL,
    SHAOXING,
    WENZHOU,
    Evaluation,
    evaluation,
    under_evaluation,
)
from tests.flow_cases import NINGBO
from tests.plugins.service import Service
from tests.web.page_walk import done, field, sent

TEXT = re.compile(r"<[^>]+>|\s+")


def filled(**points: str) -> dict[str, str]:
    """A full sheet as its form sends it, some items at other points: `C1_1="3.5"`."""
    typed = {code: one["points"] for code, one in FULL.items()}
    typed |= {code.replace("_", "."): value for code, value in points.items()}
    return {f"entries.{code}.points": value for code, value in typed.items()}


def page_of(ev: Evaluation, case: str, name: str) -> str:
    return f"/reviews/{ev.assignment(case, name)['id']}"


def points(ev: Evaluation, case: str, name: str) -> dict[str, str]:
    """What is kept of a sheet."""
    items = [item for one in ev.sheet(case, name)["criteria"] for item in one["items"]]
    return {item["code"]: item["points"] for item in items if item["points"]}


def said(page: Any) -> str:
    return TEXT.sub(" ", page.text)


@pytest.mark.rule("I-12")
def test_a_reviewer_gives_their_word_before_they_see_a_case(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    reviewer = ev.registered("沈括", WENZHOU)
    me, at = ev.person("沈括"), f"/reviewers/{reviewer['id']}/recusal-declaration"
    assert f'href="{at}"' in me.page("/reviews").text

    unclear = sent(me, at, nothing_to_declare="true", region_codes="330100", signed_by="沈括")
    where = done(
        me,
        at,
        nothing_to_declare="false",
        region_codes="330100",
        **{"relatives.1.relation": "配偶", "relatives.1.organization_id": _org(ev, SHAOXING)},
        organization_ids=["", _org(ev, NINGBO), ""],
        signed_by="沈括",
    )

    assert unclear.status_code == 422
    assert "RECUSAL_DECLARATION_UNCLEAR" in unclear.text
    assert where == "/reviews"
    kept = me("GET", at).json()
    assert (kept["region_codes"], kept["organization_ids"]) == (["330100"], [_org(ev, NINGBO)])
    assert kept["relatives"] == [{"relation": "配偶", "organization_id": _org(ev, SHAOXING)}]
    assert "近亲属（配偶）任职单位" in me.page(at).text


def _org(ev: Evaluation, code: str) -> str:
    return shown("org", ev.service.organization(code).id)


@pytest.mark.rule("I-12")
def test_the_office_reads_a_declaration_and_cannot_sign_it(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    at = f"/reviewers/{ev.registered('沈括', WENZHOU)['id']}/recusal-declaration"
    assert "尚未签署回避声明。" in ev.office.page(at).text
    made = ev.declare("沈括", region_codes=["330100"])
    assert made.status_code == 200

    read = ev.office.page(at)
    signed = ev.office.page(at, {"_version": "1", "nothing_to_declare": "true", "signed_by": "沈括"})

    assert "杭州市" in said(read)
    assert "签署声明" not in read.text
    assert signed.status_code == 403
    assert "PERMISSION_MISSING" in signed.text
    assert ev.person("二").page(at).status_code == 404


def test_the_queue_says_how_far_one_is_and_what_comes_next(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    other = ev.case(NINGBO)
    ev.open(other)
    ev.given(other, "一")
    ev.scored(case, "一")

    page = ev.person("一").page("/reviews").text

    assert "已提交 1 件，共 2 件" in page
    assert '<progress id="done" value="1" max="2">' in page
    assert f'href="{page_of(ev, other, "一")}" data-shortcut="n"' in page
    assert ev.person("二").page("/reviews").text.count("/stand-aside") == 1


@pytest.mark.rule("R-018", "R-022")
def test_a_sheet_is_saved_as_it_is_and_the_sums_are_the_services(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    at = page_of(ev, case, "一")

    where = done(ev.person("一"), at, **{"entries.C1.1.points": "3.5", "entries.C2.1.points": "2"})

    page = ev.person("一").page(at).text
    assert where == at
    assert '<output id="sum-C1">3.5</output> / 20' in page
    assert "<strong>5.50</strong> / 100" in page
    assert field(page, "entries.C1.1.points") == "3.5"
    assert "该窗口事迹材料。" in page


@pytest.mark.rule("R-018")
@pytest.mark.parametrize(
    ("typed", "code", "beside"),
    [
        ({"entries.C1.1.points": "4.5"}, "SCORE_RANGE", "e-entries.C1.1.points"),
        ({"entries.C1.1.points": "3.3"}, "SCORE_STEP", "e-entries.C1.1.points"),
        ({"entries.C1.1.points": "vier"}, "VALIDATION_FAILED", "e-entries.C1.1.points"),
        ({"entries.C1.1.comment": "无材料"}, "VALIDATION_FAILED", "e-entries.C1.1.points"),
    ],
)
def test_points_that_cannot_be_are_refused_beside_their_field_and_stay_typed(
    sqlite_service: Service, typed: dict[str, str], code: str, beside: str
) -> None:
    ev, case = under_evaluation(sqlite_service)
    at = page_of(ev, case, "一")

    answer = sent(ev.person("一"), at, **{"entries.C1.2.points": "4", **typed})

    assert answer.status_code == 422
    assert code in answer.text
    assert f'id="{beside}"' in answer.text
    assert field(answer.text, "entries.C1.2.points") == "4"
    assert all(value in answer.text for value in typed.values())
    assert points(ev, case, "一") == {}


@pytest.mark.rule("R-018", "R-022")
def test_a_sheet_with_gaps_or_without_its_comments_is_not_submitted(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    at, gaps = page_of(ev, case, "一"), filled(C1_1="", C5_5="")

    incomplete = sent(ev.person("一"), at, **gaps, _act="submit")
    silent = sent(ev.person("一"), at, **filled(C1_1="1.5"), _act="submit")

    assert (incomplete.status_code, silent.status_code) == (422, 422)
    assert "CRITERIA_INCOMPLETE" in incomplete.text
    assert incomplete.text.count("尚未打分") == 2
    assert "SCORE_COMMENT_NEEDED" in silent.text
    assert 'id="e-entries.C1.1.comment"' in silent.text
    assert ev.sheet(case, "一")["stage"] == "DRAFT"


@pytest.mark.rule("I-11")
def test_a_submitted_sheet_leads_to_the_next_case_and_is_read_only(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    other = ev.case(NINGBO)
    ev.open(other)
    ev.given(other, "一")
    at, following = page_of(ev, case, "一"), page_of(ev, other, "一")

    where = done(ev.person("一"), at, **filled(C1_1="3.5"), _act="onward")
    page = ev.person("一").page(at)
    again = ev.person("一").page(at, {"_version": "3", **filled()})

    assert where == following
    assert "<strong>99.50</strong> / 100" in page.text
    assert re.search(r'href="/score-sheets/sht_\w+/correct"', page.text)
    assert 'name="entries.C1.1.points"' not in page.text
    assert again.status_code == 409
    assert "SCORES_LOCKED" in again.text
    assert done(ev.person("一"), following, **filled(), _act="onward") == "/reviews"
    assert ev.person("二").page(at).status_code == 404


def autosave(ev: Evaluation, at: str, name: str, version: str, **typed: str) -> Any:
    form = {"_version": version, **typed}
    headers = {"HX-Request": "true", "HX-Target": "sheet-state"}
    caller = ev.person(name)
    return caller.client.post(
        at,
        data=form,
        headers={"Origin": "http://testserver", "Cookie": f"pingyou={caller.cookie}", **headers},
    )


def test_a_sheet_saves_itself_and_answers_with_its_sums_alone(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    at = page_of(ev, case, "一")
    version = field(ev.person("一").page(at).text, "_version")

    first = autosave(ev, at, "一", version, **{"entries.C1.1.points": "3.5"})
    wrong = autosave(ev, at, "一", field(first.text, "_version"), **{"entries.C1.1.points": "9"})

    assert first.status_code == 200
    assert "<html" not in first.text
    assert '<output id="sum-C1" hx-swap-oob="true">3.5</output>' in first.text
    assert wrong.status_code == 422
    assert 'href="#f-entries.C1.1.points"' in wrong.text
    assert points(ev, case, "一") == {"C1.1": "3.5"}


@pytest.mark.rule("I-11")
def test_a_sheet_saved_elsewhere_is_never_written_over_unseen(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    at = page_of(ev, case, "一")
    old = field(ev.person("一").page(at).text, "_version")
    done(ev.person("一"), at, **{"entries.C1.1.points": "3.5"})

    alone = autosave(ev, at, "一", old, **{"entries.C1.1.points": "2"})
    by_hand = ev.person("一").page(at, {"_version": old, "entries.C1.1.points": "2"})

    assert alone.status_code == 412
    assert field(alone.text, "_version") == old
    assert "本表在别处保存过" in alone.text
    assert "VERSION_CONFLICT" in by_hand.text
    assert field(by_hand.text, "entries.C1.1.points") == "2"
    assert "<ins>3.5</ins>" in by_hand.text
    assert points(ev, case, "一") == {"C1.1": "3.5"}


@pytest.mark.rule("I-12", "E-21")
def test_a_case_one_stood_aside_from_is_found_on_no_page(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    me, at = ev.person("一"), page_of(ev, case, "一")
    window = re.findall(r"<h1>([^<]+)</h1>", me.page(at).text)[0]
    assert window in me.page("/reviews").text

    empty = sent(me, f"{at}/stand-aside")
    where = done(me, f"{at}/stand-aside", reason="曾在该单位任职")

    assert empty.status_code == 422
    assert 'id="e-reason"' in empty.text
    assert where == "/reviews"
    pages = [me.page(url) for url in ("/", "/reviews", at, f"{at}/stand-aside", f"{at}/confirm")]
    assert [window in page.text for page in pages] == [False] * 5
    assert [page.status_code for page in pages] == [200, 200, 403, 403, 403]
    assert "RECUSAL" in pages[2].text
    assert window in ev.person("二").page("/reviews").text


@pytest.mark.rule("E-19")
def test_replaced_material_asks_the_reviewer_to_confirm_or_to_score_again(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    for name in ("一", "二"):
        ev.scored(case, name)
    ev.set(case, statement="更正后的典型示范说明。")
    one, two = page_of(ev, case, "一"), page_of(ev, case, "二")
    assert f'href="{one}/confirm"' in ev.person("一").page("/reviews").text
    assert "<li>典型示范说明</li>" in ev.person("一").page(f"{one}/confirm").text

    done(ev.person("一"), f"{one}/confirm", stands="true")
    done(ev.person("二"), f"{two}/confirm", stands="false")
    needless = ev.person("一").page(f"{one}/confirm", {"_version": "3", "stands": "true"})

    assert ev.sheet(case, "一")["stage"] == "SUBMITTED"
    assert (ev.sheet(case, "二")["stage"], ev.sheet(case, "二")["version"]) == ("DRAFT", 2)
    assert "SCORES_UP_TO_DATE" in needless.text
    assert "材料已更新" not in ev.person("一").page("/reviews").text


def test_a_file_is_read_by_whoever_scores_its_case_alone(sqlite_service: Service) -> None:
    ev, case = under_evaluation(sqlite_service)
    other = ev.case(NINGBO)
    ev.open(other)
    ev.given(other, "一")
    file = _uploaded(ev, case)
    at, elsewhere = page_of(ev, case, "一"), page_of(ev, other, "一")

    found = ev.person("一").page(f"{at}/files/{file}")

    assert f'href="{at}/files/{file}"' in ev.person("一").page(at).text
    assert found.content.startswith(b"%PDF")
    assert ev.person("一").page(f"{elsewhere}/files/{file}").status_code == 404
    ev.reviewer("外人")
    assert ev.person("外人").page(f"{at}/files/{file}").status_code == 404


def _uploaded(ev: Evaluation, case: str) -> str:
    """A file of the filing, in the store; its identifier."""
    with ev.service.system() as ctx:
        received = ctx.store.put_stream("a" * 32, iter([b"%PDF-1.7 photo"]), 99)
        stored = ctx.store.promote(received.upload_id, received.sha256)
        row = Material(
            **audit.stamp(ctx),
            nomination_id=parsed("nom", case),
            kind=MaterialKind.EVIDENCE,
            file_name="补充材料.pdf",
            media_type="application/pdf",
            object_key=stored.key,
            sha256=received.sha256,
            size_bytes=14,
        )
        ctx.session.add(row)
        ctx.noted += 1
        return shown("mat", row.id)


def test_nobody_without_a_seat_has_a_queue(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)

    assert "尚未被登记为任何评选活动的评审员。" in ev.person("无席位").page("/reviews").text
    assert ev.office.page("/reviews").status_code == 403
    assert 'href="/reviews"' not in ev.office.page("/").text
