"""How often what is asked most asks the database: few times, and no more for many rows than for one."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from app.domain.nomination import Stage
from tests.campaign_cases import desk
from tests.evaluation_cases import under_evaluation
from tests.flow_cases import NINGBO, XIHU, Flow, flow
from tests.plugins.service import Service
from tests.push_cases import pushing

MOST = 10
"""Of a list or a page, whatever it shows (choices: performance)."""


def asked(service: Service, call: Callable[[], Any]) -> int:
    """The statements of a second call; what is read once per process has been read by then."""
    call()
    with service.statements() as sent:
        assert call().status_code == 200
    return len([one for one in sent if not one.startswith("BEGIN")])


def after_one_and_three(f: Flow, call: Callable[[], Any]) -> tuple[int, int]:
    f.draft()
    one = asked(f.service, call)
    f.draft()
    f.draft()
    return one, asked(f.service, call)


def test_who_calls_is_one_statement_and_a_list_another(sqlite_service: Service) -> None:
    f = flow(sqlite_service)

    assert after_one_and_three(f, lambda: f.filer()("GET", "/nominations")) == (2, 2)


def test_the_list_page_asks_for_its_filters_too_and_keeps_within_the_limit(sqlite_service: Service) -> None:
    f = flow(sqlite_service)

    one, three = after_one_and_three(f, lambda: f.filer().page("/nominations"))

    assert one == three <= MOST


def test_the_board_keeps_within_the_limit(sqlite_service: Service) -> None:
    f, office = flow(sqlite_service), desk(sqlite_service).office

    one, three = after_one_and_three(f, lambda: office("GET", f"{f.url}/board"))

    assert one == three <= MOST


def test_a_reviewers_queue_keeps_within_the_limit_however_many_cases_there_are(
    sqlite_service: Service,
) -> None:
    ev, case = under_evaluation(sqlite_service)
    ev.scored(case, "一")
    queue = partial(ev.person("一").page, "/reviews")
    one = asked(sqlite_service, queue)
    for sponsor in (NINGBO, XIHU):
        more = ev.case(sponsor)
        ev.open(more)
        ev.given(more, "一")

    assert one == asked(sqlite_service, queue) <= MOST


def test_a_case_is_gathered_with_few_statements_and_its_page_with_two_more(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    case = f.draft()["id"]

    assert asked(sqlite_service, lambda: f.filer()("GET", f"/nominations/{case}")) <= 18
    assert asked(sqlite_service, lambda: f.filer().page(f"/nominations/{case}")) <= 20


def test_a_case_that_was_filed_is_gathered_with_as_few(sqlite_service: Service) -> None:
    f, office = flow(sqlite_service), desk(sqlite_service).office
    case = f.at(Stage.FILED).id

    assert asked(sqlite_service, lambda: office.page(f"/nominations/{case}")) <= 20


def test_a_push_takes_few_statements_and_what_it_notes_one_for_entries_and_one_for_events(
    sqlite_service: Service,
) -> None:
    city = pushing(sqlite_service)
    city.push(city.body(), "TJ-0")
    bodies = [
        city.body(window=city.window(external_id=f"CK-1{n}", name=f"劳动保障窗口{n}")) for n in range(1, 3)
    ]

    counts = []
    for number, body in enumerate(bodies, 1):
        with sqlite_service.statements() as sent:
            assert city.push(body, f"TJ-{number}").status_code == 201
        counts.append(len(sent))

    assert counts[0] == counts[1] <= 9
    assert len([one for one in sent if one.startswith("INSERT INTO audit_events")]) == 1
    assert len([one for one in sent if one.startswith("INSERT INTO events")]) == 1


@pytest.mark.parametrize("table", ["audit_events", "events"])
def test_what_is_rolled_back_leaves_no_record(sqlite_service: Service, table: str) -> None:
    city = pushing(sqlite_service)

    with sqlite_service.statements() as sent:
        answer = city.push(city.body(level_reviews=[{"level": "PROVINCIAL"}]))

    assert answer.status_code == 422
    assert not [one for one in sent if one.startswith(f"INSERT INTO {table}")]
