"""Queries about what else concerns a case: the notices that listed it."""

from uuid import UUID

from sqlmodel import Session, col, select

from app.db.tables.supervision import NoticeItem, PublicNotice


def notices(session: Session, nomination_id: UUID) -> list[tuple[NoticeItem, PublicNotice]]:
    """Every notice that lists or listed the case, newest first."""
    statement = (
        select(NoticeItem, PublicNotice)
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .where(col(NoticeItem.nomination_id) == nomination_id)
    )
    return [(row[0], row[1]) for row in session.exec(statement.order_by(col(NoticeItem.id).desc())).all()]
