"""Queries about notices."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.db.tables.supervision import PublicNotice
from app.domain.notice import NoticeStage


def ended_unrecorded(session: Session, now: datetime) -> list[PublicNotice]:
    """Published notices whose computed end has passed without an event saying so."""
    statement = select(PublicNotice).where(
        col(PublicNotice.stage) == NoticeStage.PUBLISHED,
        col(PublicNotice.ends_at) <= now,
        col(PublicNotice.ended_event_at).is_(None),
    )
    return list(session.exec(statement).all())
