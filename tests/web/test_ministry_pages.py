"""The way to the ministry at the pages, without any script: from the proposal to what the ministry answered."""

from typing import Any

import pytest

from app.domain.ids import shown
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, NINGBO, Decisions
from tests.plugins.service import Caller, Service
from tests.web.page_walk import done, sent


def award(service: Service, cases: dict[str, int] | None = None) -> Decisions:
    d = m.with_ministry(service, cases)
    d.determined()
    return d


def track(d: Decisions) -> str:
    return d.url("ministry")


def proposed(d: Decisions, index: int = 0, **form: str) -> str:
    return done(d.office, f"{track(d)}/propose", nomination_id=d.nom(index), **form)


def assessed(d: Decisions, page: str) -> None:
    done(
        d.office,
        f"{page}/assess",
        **{
            "team.0.name": "王文",
            "team.0.organization_id": shown("org", d.service.organization("ZJ").id),
            "assessed_on": "2026-06-30",
            "method": "实地考核",
            "findings": "服务规范，群众满意率高。",
            "result": "PASSED",
        },
    )


VIDEO = {"duration_s": "10:00"} | {
    f"segments.{n}.{name}": value
    for n in range(5)
    for name, value in (
        ("criterion", f"C{n + 1}"),
        ("start_s", f"{n * 2}:00"),
        ("end_s", str((n + 1) * 120)),
    )
}


def national(**changes: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in m.filled().items():
        parts = value if isinstance(value, dict) else {"": value}
        for part, said in parts.items():
            name = f"data.{key}" + (f".{part}" if part else "")
            flat[name] = str(said).lower() if isinstance(said, bool) else str(said)
    return {name: value for name, value in flat.items() if value != "[]"} | changes


def opinion(whose: str = "city_opinion") -> dict[str, str]:
    return {f"data.{whose}.{name}": value for name, value in m.OPINION.items()}


def documented(d: Decisions, page: str) -> None:
    """Everything that goes to the ministry, each by who has it to do."""
    city = m.officer(d)
    done(m.filer(d), f"{page}/write-up", body="优" * 4000)
    done(m.checker(d), f"{page}/quality-check", checks=m.CHECKS)
    done(m.filer(d), f"{page}/video", **VIDEO)
    done(city, f"{page}/form", **national(**opinion()))
    for level, who, code in (("MUNICIPAL", city, HANGZHOU), ("PROVINCIAL", d.office, "ZJ")):
        assert m.sealed(d, who, level, code).status_code == 200
    for kind, copies in (("ministry-writeup", "5"), ("disc", "2")):
        received = {"copies": copies, "received_on": m.today(d), "received_by": "李军", "complete": "true"}
        done(d.office, f"/nominations/{d.nom(0)}/receipts/{kind}", **received)


@pytest.mark.rule("R-031", "R-033", "R-037", "R-039", "R-041", "R-042", "R-043")
def test_the_office_takes_a_window_to_the_ministry_and_its_unit_brings_the_material(
    sqlite_service: Service,
) -> None:
    d = award(sqlite_service)
    page = proposed(d)
    assessed(d, page)
    m.notice(d, 0)
    m.run_out(d)
    m.decided(d)
    documented(d, page)

    ready = d.office.page(page).text
    done(d.office, f"{page}/report", document_no="浙劳社〔2026〕88号")
    done(
        d.office,
        f"{page}/record-result",
        result="COMMENDED",
        document_no="劳社部发〔2027〕3号",
        result_on=m.today(d),
    )
    after = d.office.page(page).text

    assert "报部前还差" not in ready
    assert f'href="{page}/report"' in ready
    assert "0:00–2:00" in ready
    assert ("部级已表彰" in after, "浙劳社〔2026〕88号" in after, "劳社部发〔2027〕3号" in after) == (
        True,
    ) * 3
    assert "浙劳社〔2026〕88号" in d.office.page(track(d)).text


def test_a_page_says_what_is_owed_and_leads_its_reader_to_where_it_is_done(sqlite_service: Service) -> None:
    d = award(sqlite_service)
    page = proposed(d)

    unit, city = m.filer(d).page(page).text, m.officer(d).page(page).text
    listed = d.office.page(track(d)).text

    assert "报部前还差" in unit
    assert all(f'href="{page}/{one}"' in unit for one in ("form", "write-up", "video"))
    assert f'href="{page}/quality-check"' not in city  # nothing is written yet
    assert f'href="{page}/assess"' not in unit
    assert ("2026年7月31日" in listed, "登记考核" in listed) == (True, True)


@pytest.mark.rule("R-014", "R-021", "R-015")
def test_the_track_lists_whose_places_are_left_and_refuses_what_the_order_does_not_allow(
    sqlite_service: Service,
) -> None:
    d = award(sqlite_service, {HANGZHOU: 3, "330300": 1})
    listed = d.office.page(track(d)).text
    silent = sent(d.office, f"{track(d)}/propose", nomination_id=d.nom(2))
    proposed(d, 0)
    proposed(d, 1)
    third = sent(d.office, f"{track(d)}/propose", nomination_id=d.nom(2), reason="第三名也优秀。")

    assert ("固定名额" in listed, "竞争名额" in listed) == (True, True)
    assert (silent.status_code, "ORDER_REASON_MISSING" in silent.text) == (409, True)
    assert (third.status_code, "POOL_NOT_ELIGIBLE" in third.text) == (409, True)


@pytest.mark.rule("R-042", "R-039", "E-07")
def test_a_refused_paper_is_drawn_again_with_what_was_typed(sqlite_service: Service) -> None:
    d = award(sqlite_service)
    page = proposed(d)
    done(m.officer(d), f"{page}/write-up", body="优质服务，便民利民。")

    own = sent(m.officer(d), f"{page}/quality-check", checks=m.CHECKS)
    beyond = sent(m.filer(d), f"{page}/video", **(VIDEO | {"duration_s": "9:00"}))
    forged = sent(m.filer(d), f"{page}/form", **national(**{"data.staff_count": "很多"}))
    letter = sent(
        d.office, f"{page}/correction-letter", document_no="1", sent_on="2026-07-01", reason="情况有变。"
    )
    recused = sent(
        d.office,
        f"{page}/assess",
        **{
            "team.0.name": "李明",
            "team.0.organization_id": shown("org", d.service.organization(HANGZHOU).id),
            "assessed_on": "2026-06-30",
            "method": "实地",
            "findings": "好。",
            "result": "PASSED",
        },
    )

    assert (own.status_code, "SAME_PERSON" in own.text) == (403, True)
    assert (beyond.status_code, "SEGMENT_RANGE" in beyond.text, 'value="9:00"' in beyond.text) == (
        422,
        True,
        True,
    )
    assert (forged.status_code, "FIELD_FORMAT" in forged.text) == (422, True)
    assert (letter.status_code, "MINISTRY_CLOSED" in letter.text) == (409, True)
    assert (recused.status_code, "RECUSAL" in recused.text, "李明" in recused.text) == (403, True, True)


def test_half_a_video_is_declared_and_its_missing_aspects_are_named(sqlite_service: Service) -> None:
    d = award(sqlite_service)
    page = proposed(d)
    half = {name: value for name, value in VIDEO.items() if "criterion" in name or name == "duration_s"}
    some = {"segments.1.start_s": "0:00", "segments.1.end_s": "1:30"}

    done(m.filer(d), f"{page}/video", **half, **some)

    [part] = m.again(d, {"id": page.rpartition("/")[2]})["video"]["segments"]
    assert part == {"criterion": "C2", "start_s": 0, "end_s": 90}
    assert m.filer(d).page(page).text.count('<span class="late">缺</span>') == 4


@pytest.mark.rule("R-048")
def test_another_city_finds_nothing_of_it_and_may_do_nothing(sqlite_service: Service) -> None:
    d = award(sqlite_service)
    page = proposed(d)
    stranger: Caller = m.officer(d, NINGBO)

    statuses = [stranger.page(f"{page}{tail}").status_code for tail in ("", "/video", "/form", "/assess")]
    assert statuses == [404] * 4
    assert "窗口1" not in stranger.page(track(d)).text
    refused: Any = m.officer(d).page(f"{page}/withdraw", {"_version": "1", "reason": "撤回。"})
    assert (refused.status_code, "PERMISSION_MISSING" in refused.text) == (403, True)


def test_the_track_of_three_costs_as_many_statements_as_of_one(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service, {HANGZHOU: 3}, fixed={HANGZHOU: 3})
    d.determined()
    costs = []
    for index in range(3):
        m.made(d, index)
        with sqlite_service.statements() as counted:
            assert d.office.page(track(d)).status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1
