"""What the bodies decided is recomputed from the rows: all is well after a whole way, and each forged row is found."""

import pytest
from sqlmodel import Session, col, select

from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.nominations import Nomination
from app.domain.nomination import Stage
from app.services.invariants import broken, decided, places
from app.services.invariants.checks import Invariant
from tests import ministry_cases as m
from tests.decision_cases import Decisions, decisions
from tests.plugins.service import Service

CHECKED = [
    one
    for module in (decided, places)
    for group in vars(module).values()
    if isinstance(group, tuple)
    for one in group
    if isinstance(one, Invariant)
]


def found(d: Decisions) -> set[str]:
    with d.service.system() as ctx:
        return {one.invariant for one in broken(ctx, CHECKED)}


@pytest.mark.rule("I-03", "I-04", "I-05", "I-15")
def test_nothing_is_broken_after_the_whole_way_to_the_ministry(service: Service) -> None:
    d = m.with_ministry(service, pool=1)
    d.determined()
    m.reported(d)
    assert d.office("POST", d.url("conferrals"), json={"document_no": "1"}).status_code == 201
    assert found(d) == set()


@pytest.mark.rule("I-15")
def test_an_award_without_its_decision_is_found(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    with sqlite_service.system() as ctx:
        ctx.session.get_one(Nomination, d.nominations[0]).stage = Stage.DETERMINED
        ctx.noted += 1
    assert "I-15" in found(d)


@pytest.mark.rule("E-33", "I-13")
def test_a_forged_vote_and_a_record_confirmed_by_its_writer_are_found(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)
    with sqlite_service.system() as ctx:
        for item in ctx.session.exec(select(DecisionItem)).all():
            item.votes_for = 1
        ctx.noted += 1
    assert {"E-33", "V-06"} <= found(d)

    with sqlite_service.system() as ctx:
        for item in ctx.session.exec(select(DecisionItem)).all():
            item.votes_for = 8
        for meeting in ctx.session.exec(select(Meeting)).all():
            meeting.confirmed_person_id = meeting.recorded_person_id
        ctx.noted += 1
    assert "V-06" in found(d)


def test_a_decision_of_no_meeting_is_found(sqlite_service: Service) -> None:
    d = decisions(sqlite_service)
    d.determined(0)
    with Session(sqlite_service.plant.engine) as session:
        assert len(session.exec(select(Meeting).where(col(Meeting.confirmed_at).is_not(None))).all()) == 2
    with sqlite_service.system() as ctx:
        for meeting in ctx.session.exec(select(Meeting)).all():
            meeting.confirmed_at = None
        ctx.noted += 1
    assert "D-10" in found(d)
