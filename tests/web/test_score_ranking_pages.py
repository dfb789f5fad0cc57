"""Rankings at the pages: taken once all is locked, read with their ties and their spread, computed again on demand."""

import re
from typing import Any

import pytest

from app.domain.nomination import Stage
from tests.evaluation_cases import Evaluation, evaluation
from tests.flow_cases import HANGZHOU, NINGBO, XIHU
from tests.plugins.service import Service
from tests.web.page_walk import done, sent

TEXT = re.compile(r"<[^>]+>|\s+")


def at(ev: Evaluation, page: str = "") -> str:
    return f"/campaigns/cmp_{ev.flow.campaign_id.hex}/rankings{page}"


def scored(service: Service, *lost: str) -> tuple[Evaluation, list[str]]:
    """Cases of Hangzhou (two places) whose three reviewers all gave 100 less this; scores locked."""
    ev = evaluation(service)
    ev.bench("一", "二", "三")
    cases = [ev.case(XIHU) for _ in lost]
    ev.open()
    for case, less in zip(cases, lost, strict=True):
        for name in "一二三":
            ev.given(case, name)
        ev.evaluated(case, 一=less, 二=less, 三=less)
    return ev, cases


def ranks(page: Any) -> list[tuple[str, str]]:
    """Rank and value of each line, as they stand on the page."""
    return re.findall(r'class="num rank">(\d+).*?<strong>([\d.]+)</strong>', page.text, re.DOTALL)


@pytest.mark.rule("R-021")
def test_a_ranking_is_taken_read_by_bucket_and_computed_again(sqlite_service: Service) -> None:
    ev, _ = scored(sqlite_service, "1", "0", "2.5")

    where = done(ev.office, at(ev, "/take"))
    page = ev.office.page(where)
    again = ev.office.page(f"{where}/verification").text

    assert ranks(page) == [("1", "100.00"), ("2", "99.00"), ("3", "97.50")]
    assert [page.text.count(word) for word in ("名额内", "名额外", "名额线上并列")] == [2, 1, 0]
    assert 'class="the-cut"' in page.text
    assert page.text.count('class="chart strips"') == 2
    assert re.findall(r"<td class=\"num\">(97\.50)</td>", page.text) == ["97.50"] * 3
    assert "重新计算的结果与存档一致。" in again
    assert again.count("stage-recommended") == 4
    assert f'href="{where}"' in ev.office.page(at(ev)).text


@pytest.mark.rule("E-23")
def test_a_tie_at_the_cut_is_shown_and_left_to_a_decision(sqlite_service: Service) -> None:
    ev, _ = scored(sqlite_service, "0", "1", "1")

    page = ev.office.page(done(ev.office, at(ev, "/take")))

    assert ranks(page) == [("1", "100.00"), ("2", "99.00"), ("2", "99.00")]
    assert "2 件在名额线上并列（2 个名额）" in page.text
    assert "系统不以编号或时间排先后" in page.text
    assert page.text.count(">名额线上并列<") == 2


@pytest.mark.rule("E-24")
def test_the_other_methods_are_told_beside_it_and_change_nothing(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一", "二", "三")
    even, uneven = ev.case(XIHU), ev.case(HANGZHOU)
    ev.open()
    for case, lost in ((even, ("2", "2", "2")), (uneven, ("0", "0", "9"))):
        for name in "一二三":
            ev.given(case, name)
        ev.evaluated(case, **dict(zip("一二三", lost, strict=True)))

    page = ev.office.page(done(ev.office, at(ev, "/take")))

    # Mean 98 against 97; the middle sheet alone would turn them round.
    assert ranks(page) == [("1", "98.00"), ("2", "97.00")]
    assert page.text.count("名次不同") == 4
    assert TEXT.sub(" ", page.text).count("100.00 · 1") == 2


@pytest.mark.rule("R-021", "E-22")
def test_no_ranking_is_taken_before_every_score_is_locked(sqlite_service: Service) -> None:
    ev, _ = scored(sqlite_service, "0")
    late = ev.case(NINGBO, Stage.UNDER_EVALUATION)

    early = sent(ev.office, at(ev, "/take"))
    ev.set(late, stage=Stage.WITHDRAWN, live_window_id=None)
    where = done(ev.office, at(ev, "/take"))

    assert (early.status_code, "SCORES_NOT_LOCKED" in early.text) == (409, True)
    assert where.startswith("/rankings/rnk_")
    assert ev.member.page(where).status_code == 200
    assert ev.member.page(at(ev, "/take"), {}).status_code == 403
    assert ev.flow.approver(HANGZHOU).page(where).status_code == 404


@pytest.mark.rule("E-20")
def test_a_ranking_that_is_no_longer_current_says_so(sqlite_service: Service) -> None:
    ev, cases = scored(sqlite_service, "0", "1")
    where = done(ev.office, at(ev, "/take"))
    assert "请重新生成" not in ev.office.page(where).text

    ev.set(cases[1], stage=Stage.WITHDRAWN, live_window_id=None)

    assert "请重新生成" in ev.office.page(where).text
    assert "此后有变化，须重新生成" in ev.office.page(at(ev)).text
    assert "否" in ev.office.page(f"{where}/verification").text


@pytest.mark.rule("R-021")
def test_a_ranking_is_read_by_bucket_and_from_any_line_on(sqlite_service: Service) -> None:
    ev, _ = scored(sqlite_service, "1", "0", "2.5")
    where = done(ev.office, at(ev, "/take"))

    bucket = ev.office.page(f"{where}?scope={HANGZHOU}")
    below = ev.office.page(f"{where}?scope={HANGZHOU}&cursor=2")

    assert ranks(bucket) == [("1", "100.00"), ("2", "99.00"), ("3", "97.50")]
    assert ranks(below) == [("3", "97.50")]
    assert f'class="the-cut" id="cut-{HANGZHOU}"' in below.text
    for nobody in (f"{where}?scope={NINGBO}", f"{where}?cursor=3", f"{where}?scope=MINISTRY_POOL&cursor=1.1"):
        assert ranks(ev.office.page(nobody)) == []
    assert ranks(ev.office.page(f"{where}?cursor=²")) == ranks(bucket)


def test_a_page_of_a_ranking_takes_few_statements(sqlite_service: Service) -> None:
    ev, _ = scored(sqlite_service, "0", "1", "1")
    where = done(ev.office, at(ev, "/take"))
    with sqlite_service.statements() as sent:
        assert ev.office.page(where).status_code == 200
    assert len(sent) <= 18


def test_the_dossier_leads_to_each_ranking(sqlite_service: Service) -> None:
    ev, _ = scored(sqlite_service, "0")
    where = done(ev.office, at(ev, "/take"))
    dossier = ev.office.page(f"/campaigns/cmp_{ev.flow.campaign_id.hex}/dossier").text
    assert f'href="{where}"' in dossier
