"""Queries about nominations: one for reading or for changing, and the lists people work from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.db.tables.campaigns import Participant
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.domain.nomination import Stage


@dataclass(frozen=True)
class NominationRow:
    """A nomination with what every list says of it: the window, its sponsor, who has it now."""

    nomination: Nomination
    window: ServiceWindow
    sponsor: Organization
    holder: Organization


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; everything empty means all the caller may see."""

    campaign_id: UUID | None = None
    stage: Stage | None = None
    holder_id: UUID | None = None
    bucket: str = ""
    region: str = ""  # the digits a region code starts with
    q: str = ""  # part of the window's name
    without: frozenset[UUID] = frozenset()  # cases the caller stands in conflict with


def locked(session: Session, nomination_id: UUID) -> Nomination | None:
    """The nomination for changing it: a second writer waits until this one is through. A transaction asks once."""
    held = _held(session)
    if nomination_id not in held:
        found = session.execute(_LOCKED, {"id": nomination_id}).scalar_one_or_none()
        if found is None:
            return None
        held[nomination_id] = found
    return held[nomination_id]


def hold(session: Session, nomination: Nomination) -> Nomination:
    """Remember that this transaction has made the nomination, or locked it: nobody else changes it until the end."""
    return _held(session).setdefault(nomination.id, nomination)


def _held(session: Session) -> dict[UUID, Nomination]:
    """What the running transaction holds; what an earlier one of the session held is free again."""
    session.connection()  # a transaction has begun by then
    known: tuple[object, dict[UUID, Nomination]] = session.info.get("held", (None, {}))
    if known[0] is not session.get_transaction():
        known = session.info["held"] = session.get_transaction(), {}
    return known[1]


_LOCKED = (
    select(Nomination)
    .where(col(Nomination.id) == bindparam("id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def one(session: Session, nomination_id: UUID) -> NominationRow | None:
    statement = _rows().where(col(Nomination.id) == nomination_id)
    found = session.execute(statement).first()
    return NominationRow(*found) if found else None


def of_campaigns(session: Session, campaign_ids: Sequence[UUID]) -> list[Nomination]:
    """Every nomination of these campaigns."""
    return list(session.exec(select(Nomination).where(col(Nomination.campaign_id).in_(campaign_ids))).all())


def standing(session: Session, campaign_id: UUID, window_ids: Collection[UUID]) -> list[Nomination]:
    """The live nominations of these windows in the campaign."""
    statement = select(Nomination).where(
        col(Nomination.campaign_id) == campaign_id, col(Nomination.live_window_id).in_(window_ids)
    )
    return list(session.exec(statement).all())


def live(session: Session, campaign_id: UUID, window_id: UUID) -> Nomination | None:
    """The one live nomination of the window in the campaign (I-06)."""
    statement = select(Nomination).where(
        col(Nomination.campaign_id) == campaign_id, col(Nomination.live_window_id) == window_id
    )
    return session.exec(statement).first()


def window_locked(session: Session, window_id: UUID) -> None:
    """Let whoever else puts this window forward wait until this one is through.

    Its key stays free: a nomination that is being written refers to it and must not wait, or both would (deadlock).
    """
    statement = select(ServiceWindow.id).where(col(ServiceWindow.id) == window_id)
    session.exec(statement.with_for_update(key_share=True))


def chain(session: Session, path: str) -> list[Organization]:
    """The organisations from the top of the tree down to the one at this path."""
    codes = path.strip("/").split("/")
    paths = [f"/{'/'.join(codes[: depth + 1])}/" for depth in range(len(codes))]
    found = session.exec(select(Organization).where(col(Organization.path).in_(paths))).all()
    return sorted(found, key=lambda one: len(one.path))


def entries(session: Session, campaign_id: UUID, ids: Sequence[UUID]) -> Sequence[Participant]:
    """Which of these organisations take part, as what."""
    statement = select(Participant).where(
        col(Participant.campaign_id) == campaign_id, col(Participant.organization_id).in_(ids)
    )
    return session.exec(statement).all()


def in_bucket(
    session: Session, paths: Sequence[str], campaign_id: UUID, bucket: str, stages: Sequence[Stage]
) -> list[NominationRow]:
    """The bucket's nominations at these stages below the paths, ranked ones first; without a bucket all, bucket by bucket."""
    covered = or_(false(), *(col(Nomination.sponsor_path).startswith(p, autoescape=True) for p in paths))
    statement = _rows().where(
        covered, col(Nomination.campaign_id) == campaign_id, col(Nomination.stage).in_(stages)
    )
    if bucket:
        statement = statement.where(col(Nomination.bucket_code) == bucket)
    rank = col(Nomination.rank_in_bucket)
    ordered = statement.order_by(col(Nomination.bucket_code), rank.is_(None), rank, col(Nomination.id))
    return [NominationRow(*row) for row in session.execute(ordered).all()]


def bucket_locked(
    session: Session, campaign_id: UUID, bucket: str, stages: Sequence[Stage]
) -> Sequence[Nomination]:
    """The same rows for changing their order, in one order for everybody, so that two never wait for each other."""
    statement = select(Nomination).where(
        col(Nomination.campaign_id) == campaign_id,
        col(Nomination.bucket_code) == bucket,
        col(Nomination.stage).in_(stages),
    )
    locked = statement.order_by(col(Nomination.id)).with_for_update()
    return session.exec(locked.execution_options(populate_existing=True)).all()


def _rows() -> Any:  # noqa: ANN401  (a Select of four tables; SQLAlchemy names no shorter type)
    holder = aliased(Organization)
    return (
        select(Nomination, ServiceWindow, Organization, holder)
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .join(Organization, col(Nomination.sponsor_org_id) == col(Organization.id))
        .join(holder, col(Nomination.holder_org_id) == holder.id)
    )
