"""Queries about rankings: the locked sheets they come from, their entries, what a decision made of their ties."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Select, and_, case, cast, func, insert, or_
from sqlalchemy import select as select_many
from sqlmodel import Session, col, select

from app.db.hexes import hexed
from app.db.tables.base import core
from app.db.tables.evaluation import (
    RankingEntry,
    RankingSnapshot,
    ReviewAssignment,
    Reviewer,
    ScoreEntry,
    ScoreSheet,
    TieResolution,
)
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.domain.assignment import AssignmentStatus
from app.domain.nomination_stage import Stage
from app.domain.ranking import Cut
from app.domain.score_sheet import SheetStage


@dataclass(frozen=True)
class EntryRow:
    """One line of a ranking with the case it is about."""

    entry: RankingEntry
    nomination: Nomination
    window: ServiceWindow
    sponsor: Organization


class FrozenSheet(NamedTuple):
    """What a ranking takes from a sheet; keys as hex."""

    nomination_id: str
    sheet: str
    reviewer: str
    version: int
    rules_version: int
    total: str


class KeptLine(NamedTuple):
    """A line as it was kept, to compare with one that is computed again; the case as hex."""

    nomination_id: str
    bucket_code: str
    value: str
    shown: str
    bucket_rank: int
    bucket_tied: bool
    bucket_cut: Cut
    pool_rank: int
    pool_tied: bool
    pool_cut: Cut | None
    source: str


_entry, _case = core(RankingEntry).c, core(Nomination).c
_sheet, _given, _points = core(ScoreSheet).c, core(ReviewAssignment).c, core(ScoreEntry).c


def evaluated(session: Session, campaign_id: UUID, stages: Collection[Stage]) -> list[tuple[str, str]]:
    """Every case at these stages with its bucket, by id."""
    statement = select_many(hexed(_case.id), _case.bucket_code).where(
        _case.campaign_id == campaign_id, _case.stage.in_(stages)
    )
    return [(one, bucket) for one, bucket in session.execute(statement.order_by(_case.id)).all()]


def locked_sheets(session: Session, campaign_id: UUID, stages: Collection[Stage]) -> list[FrozenSheet]:
    """The locked sheets in force of the cases at these stages, by case and sheet; there are thousands."""
    wanted = (
        *(hexed(one) for one in (_sheet.nomination_id, _sheet.id, _sheet.reviewer_id)),
        *(_sheet.version, _sheet.rules_version, _sheet.total),
    )
    statement = _locked(select_many(*wanted), campaign_id, stages)
    return [FrozenSheet._make(row) for row in session.execute(statement).all()]


def locked_ids(session: Session, campaign_id: UUID, stages: Collection[Stage]) -> list[str]:
    """The same sheets, named only."""
    return list(session.scalars(_locked(select_many(hexed(_sheet.id)), campaign_id, stages)).all())


def sums(
    session: Session, campaign_id: UUID, rules_version: int, factors: Mapping[str, int]
) -> list[tuple[str, int]]:
    """All sheets given under these rules, each item of theirs times its factor and added up by the database."""
    counted = set(factors.values())
    weighed = _points.hundredths * case(factors, value=_points.item_code, else_=0)
    added = func.sum(_points.hundredths if counted == {1} else cast(weighed, BigInteger))
    statement = (
        select_many(hexed(_points.sheet_id), added)
        .join(core(ScoreSheet), _points.sheet_id == _sheet.id)
        .join(core(ReviewAssignment), _sheet.assignment_id == _given.id)
        .where(_given.campaign_id == campaign_id, _sheet.rules_version == rules_version)
        .group_by(_points.sheet_id)
    )
    return [(one, int(total)) for one, total in session.execute(statement).all()]


def rules_versions(session: Session, campaign_id: UUID) -> list[int]:
    """The rules that sheets of a campaign were given under."""
    statement = (
        select_many(_sheet.rules_version)
        .join(core(ReviewAssignment), _sheet.assignment_id == _given.id)
        .where(_given.campaign_id == campaign_id)
    )
    return list(session.scalars(statement.distinct()).all())


def kept(session: Session, ranking_id: UUID) -> list[KeptLine]:
    """All lines of a ranking in their order, as plain rows."""
    wanted = (hexed(_entry.nomination_id), *(_entry[name] for name in KeptLine._fields[1:]))
    statement = select_many(*wanted).where(_entry.ranking_id == ranking_id).order_by(_entry.position)
    return [KeptLine._make(row) for row in session.execute(statement).all()]


def keep(session: Session, lines: Sequence[Mapping[str, Any]]) -> None:
    """Store the lines of a ranking, all at once."""
    if lines:
        session.execute(insert(core(RankingEntry)), lines)


def latest(session: Session, campaign_id: UUID) -> RankingSnapshot | None:
    statement = select(RankingSnapshot).where(col(RankingSnapshot.campaign_id) == campaign_id)
    return session.exec(statement.order_by(col(RankingSnapshot.number).desc())).first()


def latest_sources(session: Session, campaign_id: UUID) -> str:
    """What the newest ranking was made from, without reading it; empty when there is none."""
    statement = select(RankingSnapshot.sources_hash).where(col(RankingSnapshot.campaign_id) == campaign_id)
    return session.exec(statement.order_by(col(RankingSnapshot.number).desc())).first() or ""


def listed(session: Session, campaign_id: UUID, after: UUID | None, limit: int) -> list[RankingSnapshot]:
    """Rankings, newest first, one more than `limit`."""
    statement = select(RankingSnapshot).where(col(RankingSnapshot.campaign_id) == campaign_id)
    if after:
        statement = statement.where(col(RankingSnapshot.id) < after)
    return list(session.exec(statement.order_by(col(RankingSnapshot.id).desc()).limit(limit + 1)).all())


def entries(
    session: Session,
    ranking_id: UUID,
    after: int = 0,
    limit: int | None = None,
    without: Collection[UUID] = (),
    bucket: str = "",
) -> list[EntryRow]:
    """The lines of a ranking, or of one bucket in it, in their order, one more than `limit`; one statement."""
    statement = _lines(ranking_id, without).where(col(RankingEntry.position) > after)
    if bucket:
        statement = statement.where(col(RankingEntry.bucket_code) == bucket)
    return _read(session, statement.order_by(col(RankingEntry.position)), limit)


def pool_entries(
    session: Session, ranking_id: UUID, after: tuple[int, int], limit: int, without: Collection[UUID] = ()
) -> list[EntryRow]:
    """The lines that compete for the pool, best first, after this rank and position."""
    rank, position = col(RankingEntry.pool_rank), col(RankingEntry.position)
    beyond = or_(rank > after[0], and_(rank == after[0], position > after[1]))
    statement = _lines(ranking_id, without).where(rank > 0, beyond).order_by(rank, position)
    return _read(session, statement, limit)


def ties(session: Session, ranking_id: UUID) -> list[TieResolution]:
    statement = select(TieResolution).where(col(TieResolution.ranking_id) == ranking_id)
    return list(session.exec(statement.order_by(col(TieResolution.scope))).all())


def tied(session: Session, ranking_id: UUID) -> list[RankingEntry]:
    """The lines that tie across a cut, in their order."""
    statement = select(RankingEntry).where(
        col(RankingEntry.ranking_id) == ranking_id,
        or_(col(RankingEntry.bucket_cut) == Cut.TIED_AT_CUT, col(RankingEntry.pool_cut) == Cut.TIED_AT_CUT),
    )
    return list(session.exec(statement.order_by(col(RankingEntry.position))).all())


def sponsors(session: Session, campaign_id: UUID) -> dict[str, str]:
    """The sponsor of every case of a campaign; both as hex."""
    statement = select_many(hexed(_case.id), hexed(_case.sponsor_org_id))
    found = session.execute(statement.where(_case.campaign_id == campaign_id)).all()
    return {one: sponsor for one, sponsor in found}  # noqa: C416  (rows are no pairs to mypy)


def names(session: Session, reviewer_ids: Collection[UUID]) -> dict[str, str]:
    """The reviewers' names by the hex of their ids."""
    statement = (
        select(Reviewer.id, Person.name)
        .join(Person, col(Reviewer.person_id) == col(Person.id))
        .where(col(Reviewer.id).in_(reviewer_ids))
    )
    return {one.hex: name for one, name in session.exec(statement).all()}


def _locked(statement: Select[Any], campaign_id: UUID, stages: Collection[Stage]) -> Select[Any]:
    return (
        statement.select_from(core(Nomination))
        .join(core(ScoreSheet), _sheet.nomination_id == _case.id)
        .join(core(ReviewAssignment), _sheet.assignment_id == _given.id)
        .where(
            _case.campaign_id == campaign_id,
            _case.stage.in_(stages),
            _given.status != AssignmentStatus.VOID,
            _sheet.stage == SheetStage.LOCKED,
        )
        .order_by(_case.id, _sheet.id)
    )


def _lines(
    ranking_id: UUID, without: Collection[UUID]
) -> Select[RankingEntry, Nomination, ServiceWindow, Organization]:
    statement = (
        select_many(RankingEntry, Nomination, ServiceWindow, Organization)
        .join(Nomination, col(RankingEntry.nomination_id) == col(Nomination.id))
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(Nomination.sponsor_org_id) == col(Organization.id))
        .where(col(RankingEntry.ranking_id) == ranking_id)
    )
    return statement.where(col(RankingEntry.nomination_id).not_in(without)) if without else statement


def _read(
    session: Session,
    statement: Select[RankingEntry, Nomination, ServiceWindow, Organization],
    limit: int | None,
) -> list[EntryRow]:
    rows = session.execute(statement.limit(limit + 1) if limit else statement).all()
    return [EntryRow(*row) for row in rows]
