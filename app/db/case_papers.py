"""Queries about the papers of a case; each list is one statement, oldest first."""

from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from app.db.tables.materials import (
    FormKind,
    Material,
    MaterialKind,
    MaterialReceipt,
    MaterialStatus,
    SealRecord,
)
from app.db.tables.nominations import DepartmentConsultation, LevelReview, PublicConsultation
from app.domain.levels import Level
from app.domain.receipt import ReceiptKind

P = TypeVar(
    "P", PublicConsultation, LevelReview, DepartmentConsultation, SealRecord, MaterialReceipt, Material
)


def listed(
    session: Session, kind: type[P], nomination_id: UUID, after: UUID | None = None, limit: int = 1000
) -> list[P]:
    """The papers of one kind, one more than `limit`."""
    statement = select(kind).where(col(kind.nomination_id) == nomination_id)
    if after:
        statement = statement.where(col(kind.id) > after)
    return list(session.exec(statement.order_by(col(kind.id)).limit(limit + 1)).all())


def current_review(session: Session, nomination_id: UUID, level: Level) -> LevelReview | None:
    statement = select(LevelReview).where(
        col(LevelReview.nomination_id) == nomination_id,
        col(LevelReview.level) == level,
        col(LevelReview.current).is_(True),
    )
    return session.exec(statement).first()


def department_reply(session: Session, nomination_id: UUID, department: str) -> DepartmentConsultation | None:
    statement = select(DepartmentConsultation).where(
        col(DepartmentConsultation.nomination_id) == nomination_id,
        col(DepartmentConsultation.department) == department,
    )
    return session.exec(statement).first()


def seals(session: Session, nomination_id: UUID, form: FormKind) -> list[SealRecord]:
    """The seals of one form."""
    statement = select(SealRecord).where(
        col(SealRecord.nomination_id) == nomination_id, col(SealRecord.form_kind) == form
    )
    return list(session.exec(statement.order_by(col(SealRecord.id))).all())


def seal(session: Session, nomination_id: UUID, form: FormKind, level: Level) -> SealRecord | None:
    return next((one for one in seals(session, nomination_id, form) if one.level == level), None)


def receipt(session: Session, nomination_id: UUID, kind: ReceiptKind) -> MaterialReceipt | None:
    statement = select(MaterialReceipt).where(
        col(MaterialReceipt.nomination_id) == nomination_id, col(MaterialReceipt.kind) == kind
    )
    return session.exec(statement).first()


def current_materials(session: Session, nomination_id: UUID, kind: MaterialKind) -> list[Material]:
    """The versions of this kind that count."""
    statement = select(Material).where(
        col(Material.nomination_id) == nomination_id,
        col(Material.kind) == kind,
        col(Material.status) == MaterialStatus.VERIFIED,
    )
    return list(session.exec(statement.order_by(col(Material.id))).all())
