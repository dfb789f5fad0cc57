"""Which awarded windows get the places for the ministry: fixed ones, the pool by one ranking, ties by decision."""

import pytest
from sqlmodel import Session, select

from app.db.tables.evaluation import RankingEntry, RankingSnapshot, TieResolution
from app.db.tables.nominations import Nomination
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.domain.ranking import Cut, Method
from app.services import audit
from app.services.seats import Usage
from tests import ministry_cases as m
from tests.decision_cases import HANGZHOU, NO, WENZHOU, YES, Decisions, decisions
from tests.plugins.service import Service


@pytest.mark.rule("R-013", "I-04")
def test_only_what_the_host_has_determined_goes_on(service: Service) -> None:
    d = m.with_ministry(service)

    scored = m.proposed(d)
    tabled = d.drafted("MINISTRY_CANDIDATES", d.votes({1: YES}))

    assert (scored.status_code, scored.json()["code"]) == (409, "NOT_PROVINCIALLY_DETERMINED")
    assert tabled.json()["code"] == "MEETING_ITEM_NOT_READY"
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(free=1)


@pytest.mark.rule("R-014", "R-015", "I-05", "E-16")
def test_a_third_window_of_a_city_with_fixed_places_gets_none_of_the_pool(service: Service) -> None:
    d = m.with_ministry(service, {HANGZHOU: 3}, places={HANGZHOU: 3, WENZHOU: 1})
    d.determined()
    m.made(d, 0)
    m.made(d, 1)

    third = m.proposed(d, 2)

    assert (third.status_code, third.json()["code"]) == (409, "POOL_NOT_ELIGIBLE")
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(used=2)
    assert d.usage()["MINISTRY_POOL"][SeatKind.MINISTRY_POOL] == Usage(free=2)


@pytest.mark.rule("R-013", "R-015", "E-15", "I-02")
def test_the_pool_is_filled_by_one_decision_over_all_its_cities(service: Service) -> None:
    d = m.with_ministry(service, {HANGZHOU: 1, WENZHOU: 2, "330400": 1}, pool=2)
    d.determined()

    alone = m.proposed(d, 1)
    full = d.drafted("MINISTRY_CANDIDATES", d.votes({1: YES, 2: YES, 3: YES})).json()
    seventh = d.move(d.office, full, "RECORD")
    d.decide("MINISTRY_CANDIDATES", {1: YES, 2: YES, 3: NO})

    assert (alone.status_code, alone.json()["code"]) == (409, "DECISION_MISSING")
    assert (seventh.status_code, seventh.json()["code"]) == (409, "QUOTA_EXHAUSTED")
    listed = d.office("GET", d.url("ministry-recommendations")).json()["items"]
    assert [(one["nomination_id"], one["slot"]) for one in listed] == [
        (d.nom(1), "MINISTRY_POOL"),
        (d.nom(2), "MINISTRY_POOL"),
    ]
    assert d.usage()["MINISTRY_POOL"][SeatKind.MINISTRY_POOL] == Usage(used=2)


def rank(d: Decisions, pool_ranks: dict[int, int], cut: Cut = Cut.WITHIN) -> None:
    """A ranking over the pool; equal ranks are a tie."""
    with d.service.system() as ctx:
        snapshot = RankingSnapshot(
            **audit.stamp(ctx),
            campaign_id=d.campaign_id,
            number=1,
            method=Method.MEAN,
            min_reviewers=3,
            rules_version=1,
            taken_at=ctx.now,
            case_count=len(pool_ranks),
            input_hash="sha256:0",
            sources_hash="sha256:0",
            result_hash="sha256:0",
        )
        ctx.session.add(snapshot)
        ctx.session.flush()
        ctx.session.add_all(
            RankingEntry(
                **audit.stamp(ctx),
                ranking_id=snapshot.id,
                nomination_id=d.nominations[index],
                position=position,
                bucket_code=ctx.session.get_one(Nomination, d.nominations[index]).bucket_code,
                value="90",
                shown="90.00",
                bucket_rank=place,
                bucket_tied=False,
                bucket_cut=cut,
                pool_rank=place,
                pool_cut=cut,
                source="{}",
            )
            for position, (index, place) in enumerate(pool_ranks.items(), 1)
        )
        ctx.noted += 1


@pytest.mark.rule("R-015", "R-021", "E-15", "E-23", "G-08")
def test_the_pool_follows_one_ranking_and_a_tie_at_its_cut_is_decided_by_the_body(service: Service) -> None:
    d = m.with_ministry(service, {HANGZHOU: 1, WENZHOU: 1, "330400": 1, "330500": 1}, pool=2)
    d.determined()
    rank(d, {0: 1, 1: 3, 2: 1, 3: 1})

    tied = d.drafted("MINISTRY_CANDIDATES", d.votes({2: YES, 3: YES})).json()
    other = d.drafted("MINISTRY_CANDIDATES", d.votes({1: YES, 2: YES})).json()
    agenda = d.office("GET", d.url("agenda?turn=FIRST&track=MINISTRY")).json()

    assert [
        (group["group"], group["places"], [(one["rank"], one["score"]) for one in group["items"]])
        for group in agenda["groups"]
    ] == [
        (HANGZHOU, 1, [(1, "90.00")]),
        ("MINISTRY_POOL", 2, [(1, "90.00"), (1, "90.00"), (3, "90.00")]),
    ]
    assert d.move(d.office, other, "RECORD").json()["code"] == "ORDER_REASON_MISSING"
    assert d.move(d.office, tied, "RECORD").status_code == 200


@pytest.mark.rule("E-23", "G-08")
def test_who_goes_first_in_a_tie_at_the_last_place_is_a_recorded_decision(service: Service) -> None:
    d = decisions(service, {HANGZHOU: 1}, {HANGZHOU: 2})
    rank(d, {0: 1, 1: 1})
    d.decide("REVIEW", {0: YES, 1: YES})
    silent = d.drafted("DETERMINATION", d.votes({1: YES})).json()

    shared = d.office("GET", d.url("agenda?turn=SECOND&ties=true")).json()
    refused = d.move(d.office, silent, "RECORD")
    d.confirmed("TIE", [*d.votes({1: YES}), *d.votes({0: NO})])
    d.decide("DETERMINATION", {1: YES})

    assert (refused.status_code, refused.json()["code"]) == (409, "TIE_UNDECIDED")
    listed = [(group["group"], [one["rank"] for one in group["items"]]) for group in shared["groups"]]
    assert (shared["purpose"], listed) == ("TIE", [(HANGZHOU, [1, 1])])
    assert d.stages() == [Stage.REVIEWED, Stage.DETERMINED]


@pytest.mark.rule("E-23", "G-08", "E-15", "R-015")
def test_a_tie_across_the_last_place_of_the_pool_is_decided_among_the_cities_that_share_it(
    service: Service,
) -> None:
    d = m.with_ministry(service, {HANGZHOU: 1, WENZHOU: 1, "330400": 1, "330500": 1}, pool=2)
    d.determined()
    rank(d, {0: 1, 1: 1, 2: 2, 3: 2})
    silent = d.drafted("MINISTRY_CANDIDATES", d.votes({1: YES, 3: YES})).json()
    tabled = d.drafted("TIE", [*d.votes({3: YES}), *d.votes({2: NO})], minutes_no="纪要〔2026〕8号").json()

    refused = d.move(d.office, silent, "RECORD")
    recorded = d.move(d.office, tabled, "RECORD").json()
    assert d.move(d.second, recorded, "CONFIRM").status_code == 200
    agenda = d.office("GET", d.url("agenda?turn=FIRST&track=MINISTRY")).json()["groups"]
    passed_over = d.drafted("MINISTRY_CANDIDATES", d.votes({1: YES, 2: YES})).json()
    out_of_order = d.move(d.office, passed_over, "RECORD")
    accepted = d.move(d.office, silent, "RECORD")

    assert (refused.status_code, refused.json()["code"]) == (409, "TIE_UNDECIDED")
    assert [item["rank"] for item in tabled["items"]] == [2, 2]
    pool = next(group for group in agenda if group["group"] == "MINISTRY_POOL")
    assert [(one["nomination_id"], one["rank"], one["cut"]) for one in pool["items"]] == [
        (d.nom(1), 1, "WITHIN"),
        (d.nom(3), 2, "WITHIN"),
        (d.nom(2), 3, "BEYOND"),
    ]
    assert out_of_order.json()["code"] == "ORDER_REASON_MISSING"
    assert accepted.status_code == 200


@pytest.mark.rule("E-23", "G-08")
def test_a_tie_is_ordered_for_the_places_its_cases_compete_for_and_for_no_others(
    sqlite_service: Service,
) -> None:
    """Of one tie of four, the two determined ones compete for the pool, the two reviewed ones for their city's place."""
    d = m.with_ministry(sqlite_service, {WENZHOU: 4}, places={WENZHOU: 3}, fixed={}, pool=1)
    rank(d, {0: 1, 1: 1, 2: 1, 3: 1})
    d.decide("REVIEW", dict.fromkeys(range(4), YES))
    d.decide("DETERMINATION", {0: YES, 1: YES})

    d.confirmed("TIE", d.votes({3: YES, 1: YES, 2: NO, 0: NO}))

    with Session(sqlite_service.plant.engine) as session:
        found = {one.scope: one.ordered for one in session.exec(select(TieResolution)).all()}
    keys = [str(one) for one in d.nominations]
    assert found == {WENZHOU: [keys[3], keys[2]], "MINISTRY_POOL": [keys[1], keys[0]]}


def test_a_tie_is_ordered_in_a_ranking_that_is_on_record(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    refused = d.move(d.second, d.recorded("TIE", d.votes({0: YES, 1: NO})), "CONFIRM")
    assert (refused.status_code, refused.json()["code"]) == (409, "RANKING_MISSING")


@pytest.mark.rule("E-16", "G-09")
def test_a_failed_assessment_leaves_the_citys_place_unused_until_a_decision_reopens_it(
    service: Service,
) -> None:
    d = m.with_ministry(service, {HANGZHOU: 3})
    d.determined()
    m.made(d, 0)
    second = m.made(d, 1)

    failed = m.move(d.office, second, "ASSESS", **m.assessment(d, result="FAILED")).json()
    third = m.proposed(d, 2)

    assert (failed["stage"], d.stage(1)) == ("NOT_RECOMMENDED", Stage.DETERMINED)
    assert d.usage()[HANGZHOU][SeatKind.MINISTRY_FIXED] == Usage(used=1, forfeited=1)
    assert third.json()["code"] == "POOL_NOT_ELIGIBLE"
    place = {"from_bucket": HANGZHOU, "to_bucket": HANGZHOU, **YES}
    d.confirmed("PLACE_REALLOCATION", [place | {"from_kind": "MINISTRY_FIXED", "to_kind": "MINISTRY_FIXED"}])
    assert m.made(d, 2)["slot"] == "MINISTRY_FIXED"


@pytest.mark.rule("R-021", "R-014")
def test_a_citys_own_places_go_to_its_best_ranked_or_with_a_reason(sqlite_service: Service) -> None:
    d = m.with_ministry(sqlite_service, {HANGZHOU: 3})
    d.determined()

    silent = m.proposed(d, 2)
    explained = m.proposed(d, 2, reason="前两名已获全国表彰。")
    twice = m.proposed(d, 2)

    assert (silent.status_code, silent.json()["code"]) == (409, "ORDER_REASON_MISSING")
    assert (explained.status_code, explained.json()["rank"]) == (201, 3)
    assert (twice.status_code, twice.json()["code"]) == (409, "MINISTRY_ALREADY_PROPOSED")
