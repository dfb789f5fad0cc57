"""Whoever stands in conflict with a case finds it nowhere, whatever else they are: the office, the discipline officer."""

import pytest
from sqlmodel import select

from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import ReviewAssignment, Reviewer
from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.ids import parsed
from app.domain.nomination import Stage
from app.domain.recusal import Ground
from app.packs import loading
from app.services import recusals
from tests.evaluation_cases import WENZHOU, YINZHOU, Evaluation, evaluation
from tests.flow_cases import XIHU, Flow, Json, code, made
from tests.plugins.service import Caller, Service
from tests.supervision_cases import case

pytestmark = pytest.mark.rule("I-12")


def tied(ev: Evaluation, *roles: Role) -> Caller:
    """Somebody of the host who also scores, and has declared to stand aside from Hangzhou."""
    ev.registered("兼职", WENZHOU, *roles)
    made(ev.declare("兼职", region_codes=["330100"]))
    return ev.person("兼职")


def test_an_office_member_in_conflict_neither_assigns_opens_nor_locks_the_case(
    sqlite_service: Service,
) -> None:
    ev = evaluation(sqlite_service)
    ev.bench("一", "二", "三")
    office = tied(ev, Role.STEERING_OFFICE)
    hidden, other = ev.case(XIHU), ev.case(YINZHOU)
    given = {"reviewer_id": ev.reviewers["一"]["id"], "due_on": "2026-10-30", "reason": "熟悉业务"}

    by_hand = office("POST", f"{ev.url}/assignments", json={"nomination_id": hidden, **given})
    run = made(office("POST", f"{ev.url}/assignment-runs", json={"due_on": "2026-10-30"}))
    opened = made(office("POST", f"{ev.url}/evaluation-openings", json={"nomination_ids": [hidden, other]}))
    seen = made(office("GET", f"{ev.url}/assignments"))["items"]

    assert code(by_hand) == "NOT_FOUND"
    assert (run["assigned"], {one["nomination_id"] for one in seen}) == (3, {other})
    assert [one["nomination_id"] for one in opened["items"]] == [other]
    assert ev.row(hidden).stage is Stage.ACCEPTED
    assert {one["nomination_id"] for one in ev.assignments()} == {other}


def test_the_board_counts_no_case_from_which_its_reader_stands_aside(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    for sponsor in (XIHU, YINZHOU):
        ev.case(sponsor)

    def counted(who: Caller) -> int:
        board = made(who("GET", f"{ev.url}/board"))
        return sum(one["count"] for row in board["rows"] for one in row["stages"])

    assert counted(ev.office) == 2
    assert counted(tied(ev, Role.STEERING_OFFICE)) == 1


def test_an_officer_in_conflict_sees_no_finding_about_the_case(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    officer = tied(ev, Role.DISCIPLINE_OFFICER)
    colleague = ev.service.person(Role.DISCIPLINE_OFFICER, "ZJ")
    hidden, other = _alleged(ev, colleague, XIHU), _alleged(ev, colleague, YINZHOU)

    assert [one["id"] for one in made(officer("GET", "/veto-findings"))["items"]] == [other["id"]]
    assert officer("GET", f"/veto-findings/{hidden['id']}").status_code == 404
    assert officer("GET", f"/veto-findings/{other['id']}").status_code == 200
    assert len(made(colleague("GET", "/veto-findings"))["items"]) == 2


def test_an_officer_in_conflict_sees_no_objection_to_the_case(sqlite_service: Service) -> None:
    supervised = case(sqlite_service)
    ev = Evaluation(Flow(sqlite_service, supervised.campaign_id))
    objection = supervised.recorded(supervised.published())
    officer = ev.person("兼职", Role.DISCIPLINE_OFFICER)
    before = officer("GET", f"/objections/{objection['id']}").status_code
    tied(ev, Role.DISCIPLINE_OFFICER)
    accept = {"json": {"action": "ACCEPT"}, "version": objection["etag"]}

    assert before == 200
    assert made(officer("GET", "/objections"))["items"] == []
    assert officer("GET", f"/objections/{objection['id']}").status_code == 404
    assert officer("POST", f"/objections/{objection['id']}/transitions", **accept).status_code == 404
    assert len(made(supervised.discipline("GET", "/objections"))["items"]) == 1


def _alleged(ev: Evaluation, officer: Caller, sponsor: str) -> Json:
    veto = loading.load("provincial-windows").vetoes.enabled[0].code
    body = {"veto_code": veto, "source": "通报", "fact_on": "2025-03-01", "evidence": "通报第 3 号。"}
    return made(officer("POST", f"/nominations/{ev.case(sponsor)}/veto-findings", json=body))


@pytest.mark.rule("I-12", "E-21")
def test_the_sweep_over_a_campaign_finds_what_looking_at_each_pair_finds(service: Service) -> None:
    ev = evaluation(service)
    ev.bench("一", "二", "三")
    cases = [ev.case(sponsor) for sponsor in (XIHU, XIHU, YINZHOU)]
    ev.open()
    for nomination in cases:
        for name in "一二三":
            ev.given(nomination, name)
    seats = {name: parsed("rvw", ev.reviewers[name]["id"]) for name in "一二三"}
    with service.system() as ctx:
        campaign = ctx.session.get_one(Campaign, ev.flow.campaign_id)
        ctx.session.get_one(Reviewer, seats["一"]).home_region_code = XIHU
        first = ctx.session.get_one(Nomination, parsed("nom", cases[0]))
        second = ctx.session.get_one(Reviewer, seats["二"])
        first.prepared_by = f"person:{second.person_id.hex}"
        ctx.session.flush()
        given = ctx.session.exec(select(ReviewAssignment)).all()
        nominations = ctx.session.exec(select(Nomination)).all()
        pairs = recusals.conflicts(ctx, campaign, nominations, recusals.bench(ctx, campaign.id))
        by_pair = {one.id: pairs.get((one.nomination_id, one.reviewer_id)) for one in given}
        swept = recusals.swept(ctx, campaign, list(Stage))
        ctx.noted += 1

    assert swept == {key: why for key, why in by_pair.items() if why}
    assert sorted(swept.values()) == [(Ground.HANDLED_BEFORE,), (Ground.SAME_REGION,), (Ground.SAME_REGION,)]
