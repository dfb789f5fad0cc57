"""Queries of files that a source sent ahead, and of the files that a case has now."""

from uuid import UUID

from sqlmodel import Session, col, select

from app.db import pushes
from app.db.tables.materials import Material, MaterialStatus, SourceFile


def one(session: Session, source: str, sha256: str, locked_for: UUID | None = None) -> SourceFile | None:
    """The source's file with this content; `locked_for` lets the client's other files wait until this one is through."""
    if locked_for is not None:
        pushes.source_locked(session, locked_for)
    statement = select(SourceFile).where(col(SourceFile.source) == source, col(SourceFile.sha256) == sha256)
    return session.exec(statement).first()


def current(session: Session, nomination_id: UUID) -> list[Material]:
    """The versions that count, of every kind."""
    statement = select(Material).where(
        col(Material.nomination_id) == nomination_id, col(Material.status) == MaterialStatus.VERIFIED
    )
    return list(session.exec(statement.order_by(col(Material.id))).all())
