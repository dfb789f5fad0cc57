"""What may stop many cases at once: objections, findings and notices, one statement each."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from app.db.tables.supervision import NoticeItem, Objection, PublicNotice, VetoFinding
from app.domain.notice import NoticeMatter, NoticeStage
from app.domain.veto import FindingStage

_IN_EFFECT = (NoticeStage.PUBLISHED, NoticeStage.CONCLUDED)


def objections(session: Session, nomination_ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """The objections that hold one of these cases, by their code."""
    statement = select(Objection.nomination_id, Objection.code).where(
        col(Objection.nomination_id).in_(nomination_ids), col(Objection.blocking).is_(True)
    )
    return [(case, code) for case, code in session.exec(statement.order_by(col(Objection.code))).all()]


def findings(session: Session, nomination_ids: Collection[UUID]) -> list[tuple[UUID, str, FindingStage]]:
    """The findings on these cases, those that were dismissed too."""
    statement = select(VetoFinding.nomination_id, VetoFinding.veto_code, VetoFinding.stage).where(
        col(VetoFinding.nomination_id).in_(nomination_ids)
    )
    found = session.exec(statement.order_by(col(VetoFinding.id))).all()
    return [(case, code, FindingStage(stage)) for case, code, stage in found]


def notice_ends(
    session: Session, nomination_ids: Collection[UUID], matter: NoticeMatter
) -> dict[UUID, datetime]:
    """When the notice in effect on this matter ends, of those that are listed in one."""
    statement = (
        select(NoticeItem.effective_nomination_id, PublicNotice.ends_at)
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .where(
            col(NoticeItem.effective_nomination_id).in_(nomination_ids),
            col(NoticeItem.matter) == matter,
            col(PublicNotice.stage).in_(_IN_EFFECT),
        )
    )
    return {case: ends_at for case, ends_at in session.exec(statement).all() if case and ends_at}
