"""The arithmetic of an allocation, and the seats that follow from it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quota import (
    MINISTRY_POOL,
    RESERVE,
    Bucket,
    Plan,
    Seat,
    SeatKind,
    amendment_reasons,
    bucket_seats,
    plan_reasons,
    pool_claim_reasons,
    seats,
)

HANGZHOU = Bucket("330100", 4, 5, ministry_fixed=2)
NINGBO = Bucket("330200", 4, 4, ministry_fixed=2)
# Invented places of the other nine cities and the provincial-level units; the real annex is imported (D2).
OTHERS = dict(
    zip(
        "330300 330400 330500 330600 330700 330800 330900 331000 331100".split(),
        [3, 3, 2, 3, 3, 2, 2, 3, 2],
        strict=True,
    )
)
UNITS = Bucket("PROVINCIAL_UNITS", 2, 2, pool_eligible=True)
SAMPLE = Plan(
    provincial_total=34,
    ministry_total=10,
    ministry_pool=6,
    buckets=(
        HANGZHOU,
        NINGBO,
        *(Bucket(code, n, n, pool_eligible=True) for code, n in OTHERS.items()),
        UNITS,
        Bucket(RESERVE, 1, 1),
    ),
)


def faults(plan: Plan) -> list[tuple[str, str]]:
    return [(reason.code, reason.pointer) for reason in plan_reasons(plan)]


def with_bucket(index: int, **changes: object) -> Plan:
    buckets = list(SAMPLE.buckets)
    buckets[index] = replace(buckets[index], **changes)  # type: ignore[arg-type]  # the tests name real fields
    return replace(SAMPLE, buckets=tuple(buckets))


@pytest.mark.rule("R-011", "R-012", "R-013", "I-01", "I-02")
def test_a_plan_of_34_with_10_of_them_for_the_ministry_adds_up() -> None:
    assert faults(SAMPLE) == []


@pytest.mark.rule("R-012", "I-01")
def test_places_that_add_up_to_33_are_refused_with_both_numbers() -> None:
    (reason,) = plan_reasons(with_bucket(-1, provincial_places=0))
    assert (reason.code, reason.pointer) == ("QUOTA_SUM_MISMATCH", "/provincial_total")
    assert reason.params == {"expected": 34, "actual": 33}
    assert reason.sentence("zh") == "应为 34，实际合计 33。请核对名额分配后重新提交。"


@pytest.mark.rule("R-013", "I-02")
def test_fixed_places_and_pool_must_add_up_to_the_ministry_total() -> None:
    assert faults(replace(SAMPLE, ministry_pool=7)) == [("QUOTA_SUM_MISMATCH", "/ministry_total")]
    assert faults(with_bucket(0, ministry_fixed=1)) == [("QUOTA_SUM_MISMATCH", "/ministry_total")]


@pytest.mark.rule("R-013", "I-02")
def test_the_ministry_cannot_get_more_than_there_are_awards() -> None:
    plan = Plan(2, 3, 3, (Bucket("330300", 2, 2, pool_eligible=True),))
    assert faults(plan) == [("QUOTA_SUM_MISMATCH", "/ministry_total")]


@pytest.mark.rule("R-015")
def test_a_city_with_fixed_places_and_the_reserve_stay_outside_the_pool() -> None:
    assert faults(with_bucket(0, pool_eligible=True)) == [
        ("QUOTA_BUCKET_INVALID", "/buckets/0/pool_eligible")
    ]
    assert faults(with_bucket(-1, pool_eligible=True)) == [
        ("QUOTA_BUCKET_INVALID", "/buckets/12/pool_eligible")
    ]


@pytest.mark.rule("R-015")
def test_a_pool_needs_someone_who_may_compete_for_it() -> None:
    plan = Plan(4, 2, 2, (Bucket("330300", 4, 4),))
    assert faults(plan) == [("QUOTA_BUCKET_INVALID", "/ministry_pool")]


@pytest.mark.rule("R-012", "G-12")
@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"nomination_limit": 3}, "/buckets/0/nomination_limit"),
        ({"code": "330200"}, "/buckets/1/code"),
        ({"code": MINISTRY_POOL}, "/buckets/0/code"),
    ],
)
def test_a_bucket_that_contradicts_itself_is_named(changes: dict[str, object], pointer: str) -> None:
    assert ("QUOTA_BUCKET_INVALID", pointer) in faults(with_bucket(0, **changes))


def test_more_fixed_places_than_places_and_negative_places_are_refused() -> None:
    assert faults(Plan(1, 2, 0, (Bucket("330100", 1, 1, 2),)))[-1] == (
        "QUOTA_BUCKET_INVALID",
        "/buckets/0/ministry_fixed",
    )
    assert ("QUOTA_BUCKET_INVALID", "/buckets/0") in faults(Plan(-1, 0, 0, (Bucket("330100", -1, 0),)))
    assert ("QUOTA_BUCKET_INVALID", "/ministry_pool") in faults(Plan(0, -1, -1, ()))


@pytest.mark.rule("E-45")
def test_a_campaign_without_ministry_track_is_a_plan_with_zeros() -> None:
    plan = Plan(3, 0, 0, (Bucket("330300", 3, 4),))
    assert faults(plan) == []
    assert Counter(seat.kind for seat in seats(plan)) == {SeatKind.NOMINATION: 4, SeatKind.PROVINCIAL: 3}


@pytest.mark.rule("R-011", "R-013", "R-014", "R-015")
def test_the_sample_has_no_35th_place_no_third_for_hangzhou_and_no_seventh_in_the_pool() -> None:
    kinds = Counter(seat.kind for seat in seats(SAMPLE))
    assert kinds == {
        SeatKind.NOMINATION: 35,
        SeatKind.PROVINCIAL: 34,
        SeatKind.MINISTRY_FIXED: 4,
        SeatKind.MINISTRY_POOL: 6,
    }
    pool = [seat for seat in seats(SAMPLE) if seat.kind is SeatKind.MINISTRY_POOL]
    assert pool == [Seat(MINISTRY_POOL, SeatKind.MINISTRY_POOL, seq) for seq in range(1, 7)]
    assert [seat.seq for seat in bucket_seats(HANGZHOU) if seat.kind is SeatKind.MINISTRY_FIXED] == [1, 2]


@pytest.mark.rule("R-014", "R-015", "I-05", "D3")
def test_hangzhous_third_candidate_may_not_take_a_place_of_the_pool() -> None:
    assert [reason.code for reason in pool_claim_reasons(HANGZHOU)] == ["POOL_NOT_ELIGIBLE"]
    assert pool_claim_reasons(UNITS) == []


def test_all_nine_other_cities_and_the_provincial_units_share_one_pool() -> None:
    eligible = [bucket.code for bucket in SAMPLE.buckets if not pool_claim_reasons(bucket)]
    assert eligible == [*OTHERS, "PROVINCIAL_UNITS"]


def test_a_nomination_holds_one_seat_of_each_track() -> None:
    assert {kind: kind.track for kind in SeatKind} == {
        SeatKind.NOMINATION: "NOMINATION",
        SeatKind.PROVINCIAL: "PROVINCIAL",
        SeatKind.MINISTRY_FIXED: "MINISTRY",
        SeatKind.MINISTRY_POOL: "MINISTRY",
    }


@pytest.mark.rule("E-44")
def test_an_amendment_may_not_go_below_what_is_used() -> None:
    used = {("330100", SeatKind.PROVINCIAL): 4, ("330200", SeatKind.NOMINATION): 4}
    assert amendment_reasons(SAMPLE, used) == []
    moved = replace(
        SAMPLE,
        buckets=(
            replace(HANGZHOU, provincial_places=3),
            replace(NINGBO, provincial_places=5, nomination_limit=5),
            *SAMPLE.buckets[2:],
        ),
    )
    (reason,) = amendment_reasons(moved, used)
    assert reason.code == "QUOTA_BELOW_USED"
    assert reason.params == {"bucket": "330100", "kind": "PROVINCIAL", "used": 4, "places": 3}


@pytest.mark.rule("E-44")
def test_an_amendment_may_not_drop_a_bucket_that_holds_something() -> None:
    plan = Plan(3, 0, 0, (Bucket("330300", 3, 3),))
    reasons = amendment_reasons(
        plan, {("330400", SeatKind.NOMINATION): 1, ("330500", SeatKind.NOMINATION): 0}
    )
    assert [(r.code, r.params["bucket"]) for r in reasons] == [("QUOTA_BELOW_USED", "330400")]
    assert plan.bucket("330400") is None


BUCKETS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=12
)


@given(BUCKETS, st.integers(0, 8), st.integers(-2, 2), st.integers(-2, 2))
def test_a_plan_is_confirmed_exactly_when_its_sums_are_its_totals(
    rows: list[tuple[int, int, int]], pool: int, off: int, ministry_off: int
) -> None:
    buckets = tuple(
        Bucket(f"33{n:04}", places, places + extra, min(fixed, places), pool_eligible=min(fixed, places) == 0)
        for n, (places, extra, fixed) in enumerate(rows)
    )
    total = sum(bucket.provincial_places for bucket in buckets) + off
    ministry = sum(bucket.ministry_fixed for bucket in buckets) + pool + ministry_off
    plan = Plan(total, ministry, pool, buckets)
    has_competitor = pool == 0 or any(bucket.pool_eligible for bucket in buckets)
    assert (plan_reasons(plan) == []) == (
        off == 0 and ministry_off == 0 and ministry <= total and has_competitor
    )
    listed = seats(plan)
    assert len(listed) == len(set(listed)) == sum(len(bucket_seats(bucket)) for bucket in buckets) + pool
