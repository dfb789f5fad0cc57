"""The start page: what waits for whom, each a link; the public's front for everybody else."""

import re
from datetime import date

from sqlalchemy import delete

from app.db.tables.campaigns import LocalBody, PlanStatus, QuotaPlan
from app.domain.access import Role
from app.domain.nomination import Stage
from app.services import audit
from tests.flow_cases import HANGZHOU, XIHU, YUHANG, flow
from tests.plugins.service import Service
from tests.supervision_cases import case


def links(page: str, kind: str) -> list[str]:
    """The things of this kind that the page leads to."""
    return re.findall(rf'href="(/{kind}/[^"/]+)', page)


def test_nobody_signed_in_is_shown_the_publics_front(sqlite_service: Service) -> None:
    page = sqlite_service.client.get("/")

    assert page.status_code == 200
    assert "接受群众监督" in page.text
    assert "待办" not in page.text


def test_a_filers_draft_waits_for_its_filer_alone(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    draft = f.draft()
    sqlite_service.clock.advance(days=3)

    page = f.filer().page("/").text

    assert links(page, "nominations") == [f"/nominations/{draft['id']}"]
    assert re.findall(r"<td>(提交)<br>", page) == ["提交"]
    assert re.findall(r'<td class="num"[^>]*>(3 天)</td>', page) == ["3 天"]
    assert "2026年9月30日 24:00" in page
    for other in (f.officer(HANGZHOU), f.approver(), f.office, f.filer(YUHANG)):
        assert draft["id"] not in other.page("/").text


def test_a_cleared_case_waits_for_a_notice_and_one_at_notice_until_it_ends(sqlite_service: Service) -> None:
    c = case(sqlite_service, 2)
    first = f"/nominations/nom_{c.nominations[0].hex}"
    page = c.drafter.page("/").text
    assert len(links(page, "nominations")) == 2
    assert re.findall(r"<td>(列入公示)<br>", page) == ["列入公示"] * 2

    items = [{"nomination_id": f"nom_{c.nominations[0].hex}", "merits": "群众满意率高。"}]
    notice = c.published(items=items)

    page = c.approver.page("/").text
    # Published on Wednesday 1 July: five working days after it end with the next Wednesday.
    assert re.findall(rf'href="{first}".*?公示至<br>([^<]+)', page, re.DOTALL) == ["2026年7月8日 24:00"]
    assert links(page, "notices") == [f"/notices/{notice['id']}"]
    assert "待记录公示结果" not in page
    sqlite_service.clock.advance(days=8)
    assert "待记录公示结果" in c.approver.page("/").text
    assert c.stage() is Stage.AT_NOTICE


def test_an_objection_waits_for_the_desk_then_for_its_handler_and_shows_when_it_is_late(
    sqlite_service: Service,
) -> None:
    c = case(sqlite_service)
    objection = c.recorded(c.published())
    other = sqlite_service.person(Role.DISCIPLINE_OFFICER, "ZJ", "另一位")
    where = f"/objections/{objection['id']}"
    assert links(other.page("/").text, "objections") == [where]

    c.through(
        objection,
        {"action": "ASSIGN", "handler_id": f"per_{c.discipline.person_id.hex}"},
        {"action": "ACCEPT"},
    )
    sqlite_service.clock.advance(days=60)

    assert links(other.page("/").text, "objections") == []
    mine = c.discipline.page("/").text
    assert links(mine, "objections") == [where]
    assert '<span class="mark">已逾期</span>' in mine


def test_missing_local_bodies_and_deadlines_are_reminded_of(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    f.change(contacts_due_on=date(2026, 6, 30))
    assert "未报齐" not in f.officer(HANGZHOU).page("/").text
    with sqlite_service.system() as ctx:
        ctx.session.connection().execute(delete(LocalBody))
        ctx.noted += 1

    page = f.officer(HANGZHOU).page("/").text

    assert f"/campaigns/cmp_{f.campaign_id.hex}/local-bodies" in page
    assert "已逾期" in page
    assert "剩 91 天" in page
    assert "未报齐" not in f.filer(XIHU).page("/").text


def test_an_imported_plan_waits_for_another_person_than_its_preparer(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    second = sqlite_service.person(Role.STEERING_OFFICE, "ZJ", "第二人")
    with sqlite_service.system() as ctx:
        plan = QuotaPlan(
            **audit.stamp(ctx),
            campaign_id=f.campaign_id,
            status=PlanStatus.IMPORTED,
            provincial_total=2,
            ministry_total=0,
            ministry_pool=0,
            prepared_by=f.office.person_id,
        )
        ctx.session.add(plan)
        ctx.noted += 1

    assert "名额分配方案待确认" in second.page("/").text
    assert "名额分配方案待确认" not in f.office.page("/").text


def test_the_inbox_asks_as_often_for_three_cases_as_for_one(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    asked = []
    for count in (1, 2):
        for _ in range(count):
            f.draft()
        f.filer().page("/")
        with sqlite_service.statements() as sent:
            page = f.filer().page("/").text
        asked.append((len(links(page, "nominations")), len(sent)))

    (one, before), (three, after) = asked
    assert (one, three) == (1, 3)
    assert before == after
