"""Positions: given after the commit, without a gap, in the order of each thing; and the naive cursor, seen to lose."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import nullcontext
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from app.db import changes as rows
from app.db.changes import Area, Wanted
from app.db.engine import reading
from app.db.tables.places import Region
from app.db.tables.system import AuditEvent, Event
from app.domain.ids import new_id
from app.services import audit, sequencer
from tests.plugins.service import Service, make

WRITERS, EACH = 6, 12
MOST_SHARE = 2  # the first of them change nothing but one division, over and over
SHARED = "330100"
EVERYTHING = [Area(frozenset(), "", but=True)]


def change(service: Service, code: str, linger: float = 0.0) -> None:
    """One transaction that changes a division; `linger` seconds pass between its entry and its commit."""
    with service.system() as ctx:
        statement = select(Region).where(col(Region.code) == code).with_for_update()
        row = ctx.session.exec(statement.execution_options(populate_existing=True)).one()
        audit.touch(ctx, row)
        audit.note(ctx, "region.renamed", row)
        time.sleep(linger)


def write(service: Service, number: int, turn: threading.Lock) -> None:
    chance = random.Random(number)
    one_at_a_time = turn if service.plant.settings.sqlite else nullcontext()  # as `Plant.writing` does
    for _ in range(EACH):
        code = chance.choice([SHARED, f"330{number + 1}00"]) if number > MOST_SHARE else SHARED
        with one_at_a_time:
            change(service, code, chance.choice([0, 0, 0, 0.03]))


def follow(service: Service, done: threading.Event) -> list[Event]:
    """Read the feed while others write, always going on from the last position seen."""
    seen: list[Event] = []
    last_round = False
    while not last_round:
        last_round = done.is_set()
        with Session(reading(service.plant.engine), expire_on_commit=False) as session:
            after, head = (seen[-1].position or 0) if seen else 0, rows.head(session)
            seen += rows.between(session, EVERYTHING, Wanted(), after, head, 7)[:7]
            last_round = last_round and (seen[-1].position if seen else 0) == head
    return seen


def sequence(service: Service, done: threading.Event) -> None:
    while not done.is_set():
        sequencer.run_once(service.plant.engine)
        time.sleep(0.02)


@pytest.mark.rule("I-18")
def test_a_reader_beside_many_writers_misses_nothing_and_sees_each_things_versions_rise(
    service: Service,
) -> None:
    written, numbered, turn = threading.Event(), threading.Event(), threading.Lock()
    with ThreadPoolExecutor(WRITERS + 3) as pool:
        background = [pool.submit(sequence, service, written) for _ in range(2)]
        reader = pool.submit(follow, service, numbered)
        writers = [pool.submit(write, service, number, turn) for number in range(WRITERS)]
        wait(writers)
        written.set()
        wait(background)
        while sequencer.run_once(service.plant.engine):
            pass
        numbered.set()
        for one in (*writers, *background):
            one.result()
        seen = reader.result()

    with Session(service.plant.engine) as session:
        committed = set(session.exec(select(Event.id)).all())
        audited = session.exec(select(AuditEvent.position).order_by(col(AuditEvent.position))).all()
    assert [event.position for event in seen] == list(range(1, len(committed) + 1))
    assert {event.id for event in seen} == committed
    assert list(audited) == list(range(1, len(committed) + 1))
    assert len([event for event in seen if event.type == "region.renamed"]) == WRITERS * EACH
    for thing in {event.entity_id for event in seen}:
        versions = [event.entity_version for event in seen if event.entity_id == thing]
        assert versions == sorted(versions)


def test_a_cursor_over_identifiers_would_lose_the_one_that_commits_late(
    postgresql_database: str, tmp_path: Path
) -> None:
    """Why positions are given after the commit: on PostgreSQL the late one is behind the reader already."""
    service = make(postgresql_database, tmp_path)
    while sequencer.run_once(service.plant.engine):
        pass
    early_written, late_read = threading.Event(), threading.Event()

    def early_but_slow() -> None:
        with service.system() as ctx:
            row = ctx.session.exec(select(Region).where(col(Region.code) == "330200")).one()
            audit.touch(ctx, row)
            audit.note(ctx, "region.renamed", row)
            early_written.set()
            late_read.wait(30)

    with Session(service.plant.engine) as session:
        by_identifier, by_position = (
            session.exec(select(Event.id).order_by(col(Event.id).desc())).first(),
            rows.head(session),
        )
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(early_but_slow)
        early_written.wait(30)
        time.sleep(0.01)
        change(service, "330300")
        first = _after(service, by_identifier), _numbered_after(service, by_position)
        late_read.set()
        slow.result()
    second = _after(service, first[0][-1]), _numbered_after(service, by_position + 1)
    service.plant.engine.dispose()

    assert (len(first[0]), len(second[0])) == (1, 0)
    assert (first[1], second[1]) == (1, 1)


def _after(service: Service, identifier: object) -> list[object]:
    with Session(service.plant.engine) as session:
        statement = select(Event.id).where(col(Event.id) > identifier).order_by(col(Event.id))
        return list(session.exec(statement).all())


def _numbered_after(service: Service, position: int) -> int:
    sequencer.run_once(service.plant.engine)
    with Session(service.plant.engine) as session:
        return len(rows.between(session, EVERYTHING, Wanted(), position, rows.head(session), 100))


def test_entries_of_one_thing_keep_the_order_of_its_versions_whatever_clocks_say() -> None:
    one, other = new_id(), new_id()
    third, first, second = (UUID(int=n) for n in (1, 2, 3))
    beside = UUID(int=4)

    ordered = sequencer.in_order([(third, one, 3), (beside, other, 1), (first, one, 1), (second, one, 2)])

    assert ordered == [first, beside, second, third]


@pytest.mark.rule("I-18")
def test_the_audit_chain_shows_a_row_that_was_changed_afterwards(sqlite_service: Service) -> None:
    change(sqlite_service, SHARED)
    while sequencer.run_once(sqlite_service.plant.engine):
        pass

    def broken_links() -> list[int]:
        with Session(sqlite_service.plant.engine) as session:
            entries = session.exec(select(AuditEvent).order_by(col(AuditEvent.position))).all()
        links = ["", *(entry.chain or "" for entry in entries)]
        return [
            entry.position or 0
            for before, entry in zip(links, entries, strict=False)
            if sequencer.chained(before, entry) != entry.chain
        ]

    assert broken_links() == []
    with Session(sqlite_service.plant.engine) as session:
        entry = session.exec(select(AuditEvent).order_by(col(AuditEvent.position).desc())).first()
        assert entry
        entry.actor, last = "person:0", entry.position
        session.commit()
    assert broken_links() == [last]
