"""One caller's loop does not take the service from the others."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.access import Role
from app.throughput import ADDRESS_SHARE, KEPT, Throughput
from tests.plugins.service import Service, make

Limited = Callable[[int], Service]


@pytest.fixture
def limited(sqlite_database: str, tmp_path: Path) -> Limited:
    return lambda calls: make(sqlite_database, tmp_path, calls_per_minute=calls)


def test_a_caller_with_nothing_left_is_told_when_to_come_back(limited: Limited) -> None:
    office = limited(2).person(Role.STEERING_OFFICE)
    allowed = [office("GET", "/regions/330100").status_code for _ in range(2)]

    refused = office("GET", "/regions/330100")

    assert allowed == [200, 200]
    assert (refused.status_code, refused.json()["code"], refused.json()["retryable"]) == (
        429,
        "RATE_LIMITED",
        True,
    )
    assert refused.headers["content-type"] == "application/problem+json"
    wait = refused.headers["retry-after"]
    assert 1 <= int(wait) <= 30
    assert f" {wait} " in refused.json()["detail"]


def test_every_answer_says_what_is_left(limited: Limited) -> None:
    office = limited(10).person(Role.STEERING_OFFICE)

    first, second = office("GET", "/regions/330100"), office("GET", "/regions/999999")

    assert first.headers["ratelimit-policy"] == '"default";q=10;w=60'
    assert re.fullmatch(r'"default";r=9;t=\d+', first.headers["ratelimit"])
    assert second.status_code == 404
    assert re.fullmatch(r'"default";r=8;t=\d+', second.headers["ratelimit"])


def test_callers_do_not_take_from_each_other(limited: Limited) -> None:
    service = limited(1)
    one, other = service.person(Role.STEERING_OFFICE), service.person(Role.AUDITOR)

    assert [one("GET", "/regions/330100").status_code for _ in range(2)] == [200, 429]
    assert other("GET", "/regions/330100").status_code == 200


def test_an_unchanged_thing_and_a_replayed_answer_cost_nothing(limited: Limited) -> None:
    office = limited(3).person(Role.STEERING_OFFICE)
    renamed = {"name_zh": "杭州", "name_en": "Hangzhou"}
    tag = office("PATCH", "/regions/330100", json=renamed, version=1, key="rename-once").headers["etag"]

    replays = [
        office("PATCH", "/regions/330100", json=renamed, version=1, key="rename-once") for _ in range(5)
    ]
    unchanged = [office("GET", "/regions/330100", headers={"If-None-Match": tag}) for _ in range(5)]

    assert [r.headers["idempotency-replayed"] for r in replays] == ["true"] * 5
    assert [r.status_code for r in unchanged] == [304] * 5
    assert (
        office("GET", "/regions/330100").headers["ratelimit"].startswith('"default";r=1;')
    )  # 3, less the first and this


def test_pages_and_probes_are_not_counted(limited: Limited) -> None:
    service = limited(1)

    assert [
        service.client.get(url).status_code for url in ("/healthz/live", "/reference", "/healthz/live")
    ] == [200] * 3
    assert "ratelimit" not in service.client.get("/healthz/live").headers


def test_without_a_limit_nothing_is_counted_or_promised(limited: Limited) -> None:
    answer = limited(0).person(Role.STEERING_OFFICE)("GET", "/regions/330100")

    assert answer.status_code == 200
    assert "ratelimit" not in answer.headers


def test_made_up_tokens_share_the_allowance_of_their_address() -> None:
    throughput = Throughput(2)
    taken = [throughput.take(f"Bearer {n}", "192.0.2.1", 0.0) for n in range(2 * ADDRESS_SHARE + 1)]

    waits = [allowance.wait for allowance in taken if allowance]
    assert waits[: 2 * ADDRESS_SHARE] == [0] * 2 * ADDRESS_SHARE
    assert waits[-1] > 0
    other = throughput.take("Bearer x", "192.0.2.2", 0.0)
    assert other
    assert other.wait == 0


@given(limit=st.integers(1, 1000), gaps=st.lists(st.floats(0, 5), max_size=60))
def test_who_waits_as_told_is_let_in(limit: int, gaps: list[float]) -> None:
    throughput, now = Throughput(limit), 0.0
    for gap in [*gaps, *[0.0] * limit]:
        now += gap
        allowance = throughput.take("t", "a", now)
        assert allowance
        assert 0 <= allowance.left <= limit
        if allowance.wait:
            now += allowance.wait
            again = throughput.take("t", "a", now)
            assert again
            assert again.wait == 0


@given(st.lists(st.floats(0, 30), min_size=1, max_size=200))
def test_no_window_ever_holds_more_than_a_full_bucket_and_its_refill(gaps: list[float]) -> None:
    throughput, now, admitted = Throughput(5), 0.0, []
    for gap in gaps:
        now += gap
        allowance = throughput.take("t", "a", now)
        if allowance and not allowance.wait:
            admitted.append(now)

    for start in admitted:
        assert sum(start <= moment < start + 60 for moment in admitted) <= 5 + 5 + 1


def test_what_is_remembered_of_callers_is_bounded() -> None:
    throughput = Throughput(10)
    for number in range(KEPT + 50):
        throughput.take(f"Bearer {number}", "192.0.2.1", number / 1000)

    assert len(throughput._buckets) <= KEPT + 1
