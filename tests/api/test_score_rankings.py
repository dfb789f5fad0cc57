"""Rankings: taken when all is locked, frozen, recomputable; ties are shown, spreads are shown, nothing is left out."""

from typing import Any

import pytest
from sqlmodel import select

from app.db.tables.campaigns import PlanStatus, QuotaPlan
from app.db.tables.evaluation import RankingEntry, ScoreEntry
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.ids import parsed, shown
from app.domain.nomination import Stage
from app.services import score_rankings
from tests.evaluation_cases import WENZHOU, YINZHOU, Evaluation, evaluation
from tests.flow_cases import HANGZHOU, NINGBO, UNIT, UNITS, XIHU, Json, code, made
from tests.plugins.service import Service


def scored(ev: Evaluation, *cases: tuple[str, tuple[str, str, str]]) -> list[str]:
    """Cases of these sponsors whose three reviewers take off these points."""
    if not ev.reviewers:
        ev.bench("一", "二", "三")
    found = [ev.case(sponsor) for sponsor, _ in cases]
    ev.open()
    for nomination, (_, lost) in zip(found, cases, strict=True):
        for name in ("一", "二", "三"):
            ev.given(nomination, name)
        ev.evaluated(nomination, **dict(zip(("一", "二", "三"), lost, strict=True)))
    return found


def take(ev: Evaluation) -> Json:
    return made(ev.office("POST", f"{ev.url}/rankings"))


def lines(ev: Evaluation, ranking: Json, **query: Any) -> list[Json]:
    items: list[Json] = made(ev.office("GET", f"/rankings/{ranking['id']}/entries", params=query))["items"]
    return items


def correct(ev: Evaluation, nomination: str, name: str, **entries: str) -> None:
    sheet = ev.sheet(nomination, name)
    changed = {code.replace("_", "."): {"points": points, "comment": ""} for code, points in entries.items()}
    body = {"reason": "录入时串行", "entries": changed}
    asked = made(ev.office("POST", f"/score-sheets/{sheet['id']}/corrections", json=body))
    url = f"/score-corrections/{asked['id']}/transitions"
    made(ev.second("POST", url, json={"action": "APPROVE"}, version=asked["etag"]))


@pytest.mark.rule("R-021", "R-015", "E-15")
def test_a_ranking_ranks_by_bucket_and_over_the_pool_with_exact_values(service: Service) -> None:
    ev = evaluation(service)
    h1, h2, n1, u1 = scored(
        ev,
        (XIHU, ("1", "1", "1.5")),
        (XIHU, ("0", "0.5", "0")),
        (YINZHOU, ("2", "2", "2.5")),
        (UNIT, ("1", "1", "1")),
    )

    ranking = take(ev)

    assert (ranking["number"], ranking["method"], ranking["case_count"]) == (1, "MEAN", 4)
    known = (
        "nomination_id",
        "bucket",
        "value",
        "exact_value",
        "bucket_rank",
        "bucket_cut",
        "pool_rank",
        "pool_cut",
    )
    assert [tuple(line[name] for name in known) for line in lines(ev, ranking)] == [
        (h2, HANGZHOU, "99.83", "599/6", 1, "WITHIN", 0, ""),
        (h1, HANGZHOU, "98.83", "593/6", 2, "WITHIN", 0, ""),
        (n1, NINGBO, "97.83", "587/6", 1, "WITHIN", 2, "WITHIN"),
        (u1, UNITS, "99.00", "99", 1, "WITHIN", 1, "WITHIN"),
    ]
    assert (ranking["ties"], ranking["current"]) == ([], True)


@pytest.mark.rule("E-23", "G-08")
def test_a_tie_at_the_cut_is_shown_and_only_a_recorded_decision_orders_it(service: Service) -> None:
    ev = evaluation(service)
    first, second = scored(ev, (UNIT, ("1", "2", "3")), (UNIT, ("2", "2", "2")))

    ranking = take(ev)

    (tie,) = ranking["ties"]
    assert (tie["scope"], tie["places"], tie["resolved"], tie["ordered"]) == (UNITS, 1, False, [])
    assert set(tie["nomination_ids"]) == {first, second}
    found = lines(ev, ranking)
    assert [(one["bucket_rank"], one["bucket_tied"], one["bucket_cut"]) for one in found] == [
        (1, True, "TIED_AT_CUT")
    ] * 2
    assert [(one["pool_rank"], one["pool_cut"]) for one in found] == [(1, "WITHIN")] * 2


@pytest.mark.rule("I-11", "R-021")
def test_no_ranking_is_taken_before_every_score_is_locked_or_out_of_season(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    scored(ev, (XIHU, ("0", "0", "0")))
    ev.case(YINZHOU)

    early = ev.office("POST", f"{ev.url}/rankings")
    ev.flow.change(stage=CampaignStage.OPEN)
    unseasonal = ev.office("POST", f"{ev.url}/rankings")

    assert (code(early), code(unseasonal)) == ("SCORES_NOT_LOCKED", "CAMPAIGN_PHASE")
    assert "1" in early.json()["detail"]


def test_without_a_confirmed_allocation_there_is_no_cut_and_no_ranking(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    scored(ev, (XIHU, ("0", "0", "0")))
    with ev.service.system() as ctx:
        ctx.session.exec(select(QuotaPlan)).one().status = PlanStatus.DRAFT
        ctx.noted += 1

    assert code(ev.office("POST", f"{ev.url}/rankings")) == "QUOTA_NOT_CONFIRMED"


@pytest.mark.rule("E-43")
def test_a_campaign_without_a_case_has_an_empty_ranking(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)

    ranking = take(ev)

    assert (ranking["case_count"], ranking["ties"], ranking["reviewers"]) == (0, [], [])
    assert lines(ev, ranking) == []
    assert made(ev.office("GET", f"/rankings/{ranking['id']}/verification"))["verified"] is True


@pytest.mark.rule("E-24")
def test_all_at_the_maximum_and_one_outlier_are_shown_and_counted(service: Service) -> None:
    ev = evaluation(service)
    top, odd = scored(ev, (XIHU, ("0", "0", "0")), (XIHU, ("2", "3", "40")))

    ranking = take(ev)

    found = {one["nomination_id"]: one for one in lines(ev, ranking)}
    assert (found[top]["all_maximum"], found[top]["range"]) == (True, "0.00")
    assert (found[odd]["value"], found[odd]["lowest"], found[odd]["highest"], found[odd]["range"]) == (
        "85.00",
        "60.00",
        "98.00",
        "38.00",
    )
    assert [one["outlier"] for one in found[odd]["sheets"]] == [False, False, True]
    assert [(one["reviewer"], one["mean"], one["above"]) for one in ranking["reviewers"]] == [
        ("一", "99.00", "6.50"),
        ("二", "98.50", "6.00"),
        ("三", "80.00", "-12.50"),
    ]


@pytest.mark.rule("E-20")
def test_a_correction_leaves_the_ranking_as_it_was_and_asks_for_a_new_one(service: Service) -> None:
    ev = evaluation(service)
    first, second = scored(ev, (XIHU, ("0", "0", "0")), (XIHU, ("1", "1", "1")))
    old = take(ev)

    correct(ev, first, "一", C1_1="2", C1_2="2")
    stale = made(ev.office("GET", f"/rankings/{old['id']}"))
    new = take(ev)

    assert (old["current"], stale["current"], new["current"], new["number"]) == (True, False, True, 2)
    assert [one["nomination_id"] for one in lines(ev, old)] == [first, second]
    assert [one["nomination_id"] for one in lines(ev, new)] == [second, first]
    assert stale["result_hash"] == old["result_hash"] != new["result_hash"]
    check = made(ev.office("GET", f"/rankings/{old['id']}/verification"))
    assert check == {
        "verified": True,
        "inputs_unchanged": True,
        "result_reproduced": True,
        "totals_add_up": True,
        "current": False,
    }
    listed = made(ev.office("GET", f"{ev.url}/rankings"))["items"]
    assert [one["number"] for one in listed] == [2, 1]


@pytest.mark.rule("I-16")
def test_a_ranking_keeps_the_rules_and_places_it_was_taken_with(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    scored(ev, (XIHU, ("0", "0", "0")))
    first = take(ev)

    again = take(ev)

    assert again["input_hash"] == first["input_hash"]
    assert again["result_hash"] == first["result_hash"]
    assert (first["rules_version"], first["min_reviewers"]) == (1, 3)


@pytest.mark.parametrize("tampered", ["entry", "line"])
def test_tampering_shows_when_the_ranking_is_recomputed(sqlite_service: Service, tampered: str) -> None:
    ev = evaluation(sqlite_service)
    scored(ev, (XIHU, ("0", "0", "0")))
    ranking = take(ev)
    with ev.service.system() as ctx:
        if tampered == "entry":
            ctx.session.exec(select(ScoreEntry)).first().hundredths = 0  # type: ignore[union-attr]  # there are 84
        else:
            ctx.session.exec(select(RankingEntry)).one().value = "100000"
        ctx.noted += 1

    check = made(ev.office("GET", f"/rankings/{ranking['id']}/verification"))

    assert check["verified"] is False
    assert (check["totals_add_up"], check["result_reproduced"]) == (tampered != "entry", tampered != "line")


@pytest.mark.rule("E-21", "E-22")
def test_a_conflict_after_the_lock_takes_the_sheet_out_and_below_the_minimum_there_is_no_ranking(
    service: Service,
) -> None:
    ev = evaluation(service)
    (nomination,) = scored(ev, (XIHU, ("0", "3", "0")))
    reviewer = made(ev.office("GET", f"/reviewers/{ev.reviewers['二']['id']}"))
    home = {"home_organization_id": shown("org", ev.service.organization(HANGZHOU).id)}
    made(ev.office("PUT", f"/reviewers/{reviewer['id']}", json=home, version=reviewer["etag"]))

    short = ev.office("POST", f"{ev.url}/rankings")
    ev.set(nomination, stage=Stage.UNDER_EVALUATION)
    ev.reviewer("四", WENZHOU)
    ev.run()
    ev.scored(nomination, "四")
    assert [one["done"] for one in ev.lock()] == [True]
    ranking = take(ev)

    assert code(short) == "SCORES_MISSING"
    assert [one["value"] for one in lines(ev, ranking)] == ["100.00"]


@pytest.mark.rule("R-018")
def test_a_vetoed_case_is_in_no_ranking(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    gone, stays = scored(ev, (XIHU, ("0", "0", "0")), (XIHU, ("9", "9", "9")))
    ev.set(gone, stage=Stage.VETOED, live_window_id=None)

    assert [one["nomination_id"] for one in lines(ev, take(ev))] == [stays]


@pytest.mark.rule("E-30")
def test_two_windows_of_one_sponsor_are_pointed_out(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    scored(ev, (XIHU, ("0", "0", "0")), (XIHU, ("1", "1", "1")), (YINZHOU, ("0", "0", "0")))

    found = lines(ev, take(ev))

    assert [(one["sponsor"], one["same_sponsor"]) for one in found] == [
        ("西湖区劳动和社会保障局", 2),
        ("西湖区劳动和社会保障局", 2),
        ("鄞州区劳动和社会保障局", 1),
    ]


def test_no_city_sees_a_ranking_and_no_reviewer(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    scored(ev, (XIHU, ("0", "0", "0")))
    ranking = take(ev)

    for caller in (ev.flow.approver(HANGZHOU), ev.flow.officer(XIHU), ev.person("一")):
        for url in (f"{ev.url}/rankings", f"/rankings/{ranking['id']}", f"/rankings/{ranking['id']}/entries"):
            assert caller("GET", url).status_code == 404
    recorder = ev.service.person(Role.PARTY_GROUP_RECORDER, "ZJ")
    assert recorder("GET", f"/rankings/{ranking['id']}").status_code == 200
    assert code(ev.member("POST", f"{ev.url}/rankings")) == "PERMISSION_MISSING"


@pytest.mark.rule("I-12")
def test_a_member_in_conflict_reads_the_ranking_without_the_case(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    tied, other = scored(ev, (XIHU, ("0", "0", "0")), (YINZHOU, ("1", "1", "1")))
    ranking = take(ev)
    ev.registered("委员", WENZHOU, Role.STEERING_GROUP_MEMBER)
    made(ev.declare("委员", region_codes=["330100"]))

    seen = made(ev.person("委员")("GET", f"/rankings/{ranking['id']}/entries"))["items"]

    assert [one["nomination_id"] for one in lines(ev, ranking)] == [tied, other]
    assert [one["nomination_id"] for one in seen] == [other]
    assert ev.person("委员")("GET", f"/nominations/{tied}/score-sheets").status_code == 404


@pytest.mark.rule("R-021", "E-20")
def test_the_determination_begins_with_a_ranking_of_the_scores_as_they_are(service: Service) -> None:
    ev = evaluation(service)
    (nomination,) = scored(ev, (XIHU, ("0", "0", "0")))

    def blockers() -> list[str]:
        campaign = made(ev.office("GET", ev.url))
        step = next(one for one in campaign["actions"] if one["action"] == "START_DETERMINATION")
        return [one["code"] for one in step["blockers"]]

    before = blockers()
    take(ev)
    ranked = blockers()
    correct(ev, nomination, "一", C1_1="2")
    corrected = blockers()
    take(ev)

    assert (before, ranked, corrected, blockers()) == (["RANKING_MISSING"], [], ["RANKING_MISSING"], [])


def test_the_latest_ranking_is_found_with_all_its_lines(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    (nomination,) = scored(ev, (XIHU, ("0", "0", "0")))
    with ev.service.acting(ev.office) as ctx:
        assert score_rankings.latest(ctx, ev.flow.campaign_id) is None
    take(ev)

    with ev.service.acting(ev.office) as ctx:
        found = score_rankings.latest(ctx, ev.flow.campaign_id)
        lines = score_rankings.latest_lines(ctx, ev.flow.campaign_id)
        assert found is not None
        assert [row.nomination.id for row in lines] == [parsed("nom", nomination)]


def test_a_page_of_a_ranking_goes_on_where_it_stopped_and_costs_the_same(sqlite_service: Service) -> None:
    ev = evaluation(sqlite_service)
    costs = []
    for lost in ("0", "1", "2"):
        scored(ev, (XIHU, (lost, lost, lost)))
        ranking = take(ev)
        with ev.service.statements() as counted:
            lines(ev, ranking)
            ev.office("GET", f"/rankings/{ranking['id']}")
            ev.office("GET", f"/rankings/{ranking['id']}/verification")
        costs.append(len(counted))
    url = f"/rankings/{ranking['id']}/entries"

    first = made(ev.office("GET", url, params={"limit": 2}))
    rest = made(ev.office("GET", url, params={"limit": 2, "cursor": first["next_cursor"]}))

    assert len(set(costs)) == 1
    assert [one["bucket_rank"] for one in first["items"] + rest["items"]] == [1, 2, 3]
    assert (first["has_more"], rest["has_more"]) == (True, False)
