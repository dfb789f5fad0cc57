"""Every nomination scored by three reviewers on all items, locked, so that a ranking can be taken."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlmodel import Session, SQLModel, select

from app.db.tables.base import core
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import ReviewAssignment, Reviewer, ScoreEntry, ScoreSheet
from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.assignment import AssignmentStatus, Origin
from app.domain.campaign import CampaignStage
from app.domain.ids import new_id
from app.domain.nomination import Stage
from app.domain.score_sheet import SheetStage
from app.packs import loading
from app.rehearse.world import Player, World

HOMES = ("330200", "330300", "330400")  # no city of theirs has a case
BATCH = 20_000


def scored(world: World) -> list[Player]:
    """Three reviewers who have given all sheets."""
    people = [world.person(Role.REVIEWER, home) for home in HOMES]
    items = [item.code for one in loading.load("provincial-windows").rubric.criteria for item in one.items]
    with Session(world.plant.engine) as session:
        now = world.clock.now(session)
        stamp: dict[str, Any] = {"created_at": now, "updated_at": now}
        campaign_id = session.exec(select(Campaign.id)).one()
        reviewers = [
            Reviewer(
                **stamp,
                campaign_id=campaign_id,
                person_id=one.person_id,
                home_org_id=world.place(home).id,
                home_region_code=home,
                case_limit=100_000,
            )
            for one, home in zip(people, HOMES, strict=True)
        ]
        keys = [one.id for one in reviewers]
        session.add_all(reviewers)
        session.flush()
        session.execute(update(core(Campaign)).values(stage=CampaignStage.EVALUATING))
        session.execute(update(core(Nomination)).values(stage=Stage.EVALUATED))
        cases = list(session.exec(select(Nomination.id)).all())
        pairs = [(new_id(), new_id(), case, one) for case in cases for one in keys]
        _insert(session, ReviewAssignment, _assignments(stamp, campaign_id, pairs))
        _insert(session, ScoreSheet, _sheets(stamp, pairs, len(items)))
        _insert(session, ScoreEntry, _entries(stamp, pairs, items))
        session.commit()
    return people


def _insert(session: Session, table: type[SQLModel], rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, BATCH)):
        session.execute(insert(core(table)), batch)


def _assignments(
    stamp: dict[str, Any], campaign_id: UUID, pairs: Sequence[tuple[UUID, UUID, UUID, UUID]]
) -> Iterator[dict[str, Any]]:
    blank = ReviewAssignment(
        **stamp,
        campaign_id=campaign_id,
        nomination_id=campaign_id,
        reviewer_id=campaign_id,
        origin=Origin.HAND,
        due_on=date(2026, 10, 23),
        status=AssignmentStatus.SUBMITTED,
    ).model_dump()
    for key, _, case, reviewer in pairs:
        yield blank | {"id": key, "nomination_id": case, "reviewer_id": reviewer}


def _sheets(
    stamp: dict[str, Any], pairs: Sequence[tuple[UUID, UUID, UUID, UUID]], items: int
) -> Iterator[dict[str, Any]]:
    now = stamp["created_at"]
    for number, (assignment, key, case, reviewer) in enumerate(pairs):
        yield ScoreSheet(
            **stamp,
            id=key,
            assignment_id=assignment,
            nomination_id=case,
            reviewer_id=reviewer,
            rules_version=1,
            stage=SheetStage.LOCKED,
            total=str(Fraction(sum(_points(number, item) for item in range(items)), 100)),
            submitted_at=now,
            locked_at=now,
        ).model_dump()


def _entries(
    stamp: dict[str, Any], pairs: Sequence[tuple[UUID, UUID, UUID, UUID]], items: list[str]
) -> Iterator[dict[str, Any]]:
    for number, (_, sheet, _, _) in enumerate(pairs):
        for index, item in enumerate(items):
            said = {"sheet_id": sheet, "item_code": item, "hundredths": _points(number, index), "comment": ""}
            yield {"id": new_id(), "row_version": 1, "created_by": "", "updated_by": "", **stamp, **said}


def _points(number: int, item: int) -> int:
    """Half a point to two points for an item, in hundredths; hardly a sheet is like the next."""
    return 50 * (1 + (number * (item + 3) + item) % 4)
