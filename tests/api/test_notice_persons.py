"""Who may not do it on a notice and on an objection, and what an extension and a lead are worth."""

import pytest

from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.ids import shown
from tests.flow_cases import code
from tests.plugins.service import Service
from tests.supervision_cases import Case, case

HANGZHOU = "330100"


@pytest.mark.rule("I-13", "R-028")
def test_who_drafted_a_notice_does_not_publish_what_another_reviewed(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    both = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU, "both", Role.APPROVING_OFFICER)
    draft = both("POST", f"/campaigns/{shown('cmp', c.campaign_id)}/notices", json=c.text()).json()
    reviewed = c.move(c.approver, draft, action="REVIEW").json()

    own = c.move(both, reviewed, action="PUBLISH")

    assert (own.status_code, code(own)) == (403, "SAME_PERSON")
    assert both("GET", f"/notices/{draft['id']}").json()["stage"] == "REVIEWED"
    assert c.move(c.approver, reviewed, action="PUBLISH").json()["stage"] == "PUBLISHED"


@pytest.mark.rule("R-032")
def test_a_notice_says_where_it_appears_before_it_is_published(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    reviewed = c.move(c.approver, c.draft(channels=[]), action="REVIEW").json()

    assert code(c.move(c.approver, reviewed, action="PUBLISH")) == "NOTICE_CHANNEL_MISSING"
    assert c.approver("GET", f"/notices/{reviewed['id']}").json()["stage"] == "REVIEWED"


@pytest.mark.rule("E-05")
def test_an_objection_within_the_extension_is_in_time_and_holds(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    notice = c.published()
    extended = c.move(c.approver, notice, action="EXTEND", last_day="2026-07-10", reason="网站故障。").json()
    sqlite_service.clock.advance(days=9)  # 10 July: the first end, 8 July, has passed

    assert c.objection(extended).json()["timeliness"] == "IN_TIME"
    assert _held(c) == {"OBJECTION_OPEN", "NOTICE_STILL_RUNNING"}
    sqlite_service.clock.advance(days=1)
    assert c.objection(extended).json()["timeliness"] == "LATE"


@pytest.mark.rule("E-08", "I-09")
def test_a_late_lead_holds_nobody_until_the_discipline_officer_opens_a_finding(
    sqlite_service: Service,
) -> None:
    c = case(sqlite_service)
    notice = c.published()
    sqlite_service.clock.advance(days=9)
    c.objection(notice)
    before = _held(c)
    (found,) = c.discipline("GET", "/objections").json()["items"]
    finding = {
        "veto_code": "VETO_INACTION",
        "source": "逾期异议线索",
        "fact_on": "2026-03-01",
        "objection_id": found["id"],
    }

    opened = c.discipline(
        "POST", f"/nominations/{shown('nom', c.nominations[0])}/veto-findings", json=finding
    )

    assert opened.json()["stage"] == "ALLEGED"
    assert (before, _held(c)) == (set(), {"VETO_HELD"})


@pytest.mark.rule("R-046")
def test_who_handled_the_nomination_does_not_handle_the_objection_to_it(sqlite_service: Service) -> None:
    c = case(sqlite_service)
    objection = c.recorded(c.published())
    with sqlite_service.system() as ctx:
        ctx.session.get_one(Nomination, c.nominations[0]).prepared_by = f"person:{c.discipline.person_id.hex}"
        ctx.noted += 1

    handler = {"action": "ASSIGN", "handler_id": shown("per", c.discipline.person_id)}
    refused = c.handle(c.discipline, objection, **handler)

    assert code(refused) == "HANDLER_PREPARED_IT"
    assert c.discipline("GET", f"/objections/{objection['id']}").json()["handler_id"] == ""


def _held(c: Case) -> set[str]:
    """What of objections, vetoes and the notice stands against recommending the first of the two."""
    case_ = c.approver("GET", f"/nominations/{shown('nom', c.nominations[0])}").json()
    offered = {one["action"]: one["blockers"] for one in case_["actions"]}
    ours = {"OBJECTION_OPEN", "VETO_HELD", "NOTICE_STILL_RUNNING"}
    return {one["code"] for one in offered["RECOMMEND"]} & ours
