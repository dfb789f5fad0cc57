"""Everything that belongs to recommendations to the ministry: one statement for each kind of row, however many there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.db.tables.base import Row
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.materials import ApprovalForm, FormKind, MaterialReceipt, SealRecord
from app.db.tables.ministry import CorrectionLetter, MinistryRecommendation, MinistryVideo, MinistryWriteUp
from app.db.tables.supervision import NoticeItem, Objection, PublicNotice, VetoFinding
from app.domain.meeting import MeetingPurpose
from app.domain.nomination import DecisionResult
from app.domain.notice import NoticeMatter, NoticeStage

R = TypeVar("R", bound=Row)


@dataclass
class Folder:
    """What one recommendation and its case have on record."""

    notice: PublicNotice | None = None
    decision: tuple[DecisionItem, Meeting] | None = None
    form: ApprovalForm | None = None
    writeup: MinistryWriteUp | None = None
    video: MinistryVideo | None = None
    seals: list[SealRecord] = field(default_factory=list)
    receipts: list[MaterialReceipt] = field(default_factory=list)
    letters: list[CorrectionLetter] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    findings: list[VetoFinding] = field(default_factory=list)


def folders(session: Session, found: Sequence[MinistryRecommendation]) -> dict[UUID, Folder]:
    """The folder of each recommendation, by its identifier."""
    own, cases = [one.id for one in found], [one.nomination_id for one in found]
    of_own = {
        "writeup": _each(session, MinistryWriteUp, "recommendation_id", own),
        "video": _each(session, MinistryVideo, "recommendation_id", own),
        "letters": _all(session, CorrectionLetter, "recommendation_id", own),
    }
    national = col(ApprovalForm.kind) == FormKind.NATIONAL
    sealed = col(SealRecord.form_kind) == FormKind.NATIONAL
    of_case = {
        "notice": _notices(session, cases),
        "decision": _decisions(session, cases),
        "form": _each(session, ApprovalForm, "nomination_id", cases, national),
        "seals": _all(session, SealRecord, "nomination_id", cases, sealed),
        "receipts": _all(session, MaterialReceipt, "nomination_id", cases),
        "objections": _all(session, Objection, "nomination_id", cases),
        "findings": _all(session, VetoFinding, "nomination_id", cases),
    }
    return {
        one.id: Folder(
            **{name: rows[one.id] for name, rows in of_own.items() if one.id in rows},
            **{name: rows[one.nomination_id] for name, rows in of_case.items() if one.nomination_id in rows},
        )
        for one in found
    }


def _all(
    session: Session, kind: type[R], key: str, keys: Collection[UUID], *narrowed: ColumnElement[bool]
) -> dict[UUID, Any]:
    """All rows of a kind by the key they belong to, oldest first."""
    statement = select(kind).where(col(getattr(kind, key)).in_(keys), *narrowed).order_by(col(kind.id))
    found: dict[UUID, list[R]] = {}
    for row in session.exec(statement).all():
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _each(
    session: Session, kind: type[R], key: str, keys: Collection[UUID], *narrowed: ColumnElement[bool]
) -> dict[UUID, Any]:
    """The one row of a kind for each key."""
    return {one: rows[0] for one, rows in _all(session, kind, key, keys, *narrowed).items()}


def _notices(session: Session, cases: Collection[UUID]) -> dict[UUID, Any]:
    """The host's notice in effect that lists the case for the ministry."""
    statement = (
        select(NoticeItem.effective_nomination_id, PublicNotice)
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .where(
            col(NoticeItem.effective_nomination_id).in_(cases),
            col(NoticeItem.matter) == NoticeMatter.MINISTRY,
            col(PublicNotice.stage).in_((NoticeStage.PUBLISHED, NoticeStage.CONCLUDED)),
        )
    )
    return {key: notice for key, notice in session.exec(statement).all() if key}


def _decisions(session: Session, cases: Collection[UUID]) -> dict[UUID, Any]:
    """The second body's approval of the recommendation that still stands, the latest one (R-033)."""
    statement = (
        select(DecisionItem, Meeting)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(
            col(DecisionItem.nomination_id).in_(cases),
            col(DecisionItem.result) == DecisionResult.APPROVED,
            col(DecisionItem.annulled_at).is_(None),
            col(Meeting.purpose) == MeetingPurpose.MINISTRY_RECOMMENDATION,
            col(Meeting.confirmed_at).is_not(None),
        )
        .order_by(col(Meeting.confirmed_at))
    )
    return {
        item.nomination_id: (item, meeting)
        for item, meeting in session.exec(statement).all()
        if item.nomination_id
    }
