"""Queries about objections; the sealed identity is read by its own function only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import false, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.db.tables.nominations import Nomination
from app.db.tables.people import Person, RoleGrant
from app.db.tables.supervision import NoticeItem, Objection, ObjectionStep, ObjectorIdentity, PublicNotice
from app.domain.access import Role
from app.domain.objection import ObjectionStage


@dataclass(frozen=True)
class ObjectionRow:
    """An objection with the item, notice and nomination it is about."""

    objection: Objection
    item: NoticeItem
    notice: PublicNotice
    nomination: Nomination


def locked(session: Session, objection_id: UUID) -> Objection | None:
    """The objection for changing it."""
    statement = select(Objection).where(col(Objection.id) == objection_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def with_case(session: Session, objection_id: UUID) -> ObjectionRow | None:
    """An objection with everything it is about, in one statement."""
    row = session.exec(_with_case().where(col(Objection.id) == objection_id)).first()
    return ObjectionRow(*row) if row else None


def listed(
    session: Session,
    paths: Sequence[str],
    *,
    stage: ObjectionStage | None,
    nomination_id: UUID | None,
    without: Collection[UUID],
    after: UUID | None,
    limit: int,
) -> list[ObjectionRow]:
    """Objections handled below these paths, newest first, one more than `limit`."""
    within = [col(Objection.handling_path).startswith(path, autoescape=True) for path in paths]
    statement = _with_case().where(or_(false(), *within))
    if stage:
        statement = statement.where(col(Objection.stage) == stage)
    if nomination_id:
        statement = statement.where(col(Objection.nomination_id) == nomination_id)
    if without:
        statement = statement.where(col(Objection.nomination_id).not_in(without))
    if after:
        statement = statement.where(col(Objection.id) < after)
    rows = session.exec(statement.order_by(col(Objection.id).desc()).limit(limit + 1)).all()
    return [ObjectionRow(*row) for row in rows]


def item_with_notice(session: Session, item_id: UUID) -> tuple[NoticeItem, PublicNotice] | None:
    """A notice's item and the notice."""
    statement = (
        select(NoticeItem, PublicNotice)
        .join(PublicNotice, col(PublicNotice.id) == col(NoticeItem.notice_id))
        .where(col(NoticeItem.id) == item_id)
    )
    row = session.exec(statement).first()
    return (row[0], row[1]) if row else None


def steps(session: Session, objection_id: UUID) -> list[ObjectionStep]:
    """Every act on the objection, oldest first."""
    statement = select(ObjectionStep).where(col(ObjectionStep.objection_id) == objection_id)
    return list(session.exec(statement.order_by(col(ObjectionStep.id))).all())


def by_receipt(session: Session, receipt_hash: str) -> Objection | None:
    return session.exec(select(Objection).where(col(Objection.receipt_hash) == receipt_hash)).first()


def identity(session: Session, objection_id: UUID) -> ObjectorIdentity | None:
    """The sealed name; only `services.objections.open_identity` asks for it (C39)."""
    return session.exec(
        select(ObjectorIdentity).where(col(ObjectorIdentity.objection_id) == objection_id)
    ).first()


def roles_at(session: Session, person_id: UUID) -> set[tuple[Role, UUID]]:
    """The live appointments of a person: role and organisation."""
    statement = select(RoleGrant).where(
        col(RoleGrant.person_id) == person_id, col(RoleGrant.revoked_at).is_(None)
    )
    return {(grant.role, grant.organization_id) for grant in session.exec(statement).all()}


def people_at(session: Session, paths: Sequence[UUID], roles: Sequence[Role]) -> list[Person]:
    """Who is appointed to one of these roles at one of these organisations."""
    statement = (
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(
            col(RoleGrant.organization_id).in_(paths),
            col(RoleGrant.role).in_(roles),
            col(RoleGrant.revoked_at).is_(None),
        )
        .distinct()
        .order_by(col(Person.id))
    )
    return list(session.exec(statement).all())


def _with_case() -> Select[Objection, NoticeItem, PublicNotice, Nomination]:
    return (
        select(Objection, NoticeItem, PublicNotice, Nomination)
        .join(NoticeItem, col(NoticeItem.id) == col(Objection.notice_item_id))
        .join(PublicNotice, col(PublicNotice.id) == col(Objection.notice_id))
        .join(Nomination, col(Nomination.id) == col(Objection.nomination_id))
    )
