"""Queries that gather one nomination's facts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from app.db.tables.campaigns import LocalBody, QuotaSeat, SeatStatus
from app.db.tables.materials import ApprovalForm, FormKind, MaterialReceipt
from app.db.tables.nominations import (
    DepartmentConsultation,
    LateAcceptance,
    LevelReview,
    NominationStep,
    NominationText,
    PublicConsultation,
    SelfDeclaration,
)
from app.db.tables.people import Person
from app.db.tables.supervision import NoticeItem, Objection, VetoFinding
from app.domain.lateness import DueMatter
from app.domain.notice import NoticeMatter
from app.domain.objection import ObjectionAct
from app.domain.quota import SeatKind


def blocking_objections(session: Session, nomination_id: UUID) -> list[Objection]:
    statement = select(Objection).where(col(Objection.nomination_id) == nomination_id)
    return list(session.exec(statement.order_by(col(Objection.code))).all())


def upheld_against_the_award(session: Session, nomination_id: UUID) -> str:
    """The code of an objection at the host's notice that was acted on by taking the nominee out for good."""
    statement = (
        select(Objection.code)
        .join(NoticeItem, col(Objection.notice_item_id) == col(NoticeItem.id))
        .where(
            col(Objection.nomination_id) == nomination_id,
            col(Objection.act) == ObjectionAct.REJECT,
            col(NoticeItem.matter) == NoticeMatter.AWARD,
        )
    )
    return session.exec(statement.order_by(col(Objection.code))).first() or ""


def findings(session: Session, nomination_id: UUID) -> list[VetoFinding]:
    return list(
        session.exec(select(VetoFinding).where(col(VetoFinding.nomination_id) == nomination_id)).all()
    )


def declarations(session: Session, nomination_id: UUID) -> list[SelfDeclaration]:
    statement = select(SelfDeclaration).where(col(SelfDeclaration.nomination_id) == nomination_id)
    return list(session.exec(statement.order_by(col(SelfDeclaration.veto_code))).all())


def reviews(session: Session, nomination_id: UUID) -> list[LevelReview]:
    """The opinions that count now, one for each level."""
    statement = select(LevelReview).where(
        col(LevelReview.nomination_id) == nomination_id, col(LevelReview.current).is_(True)
    )
    return list(session.exec(statement.order_by(col(LevelReview.id))).all())


def consultations(session: Session, nomination_id: UUID) -> list[PublicConsultation]:
    statement = select(PublicConsultation).where(col(PublicConsultation.nomination_id) == nomination_id)
    return list(session.exec(statement.order_by(col(PublicConsultation.id))).all())


def replies(session: Session, nomination_id: UUID) -> list[DepartmentConsultation]:
    statement = select(DepartmentConsultation).where(
        col(DepartmentConsultation.nomination_id) == nomination_id
    )
    return list(session.exec(statement.order_by(col(DepartmentConsultation.id))).all())


def steps(session: Session, nomination_id: UUID) -> list[NominationStep]:
    """Every step in the order taken, undone ones included."""
    statement = select(NominationStep).where(col(NominationStep.nomination_id) == nomination_id)
    return list(session.exec(statement.order_by(col(NominationStep.seq))).all())


def seats(session: Session, campaign_id: UUID, bucket: str) -> dict[tuple[SeatKind, SeatStatus], int]:
    """How many seats of each kind the bucket has, by status."""
    statement = (
        select(QuotaSeat.kind, QuotaSeat.status, func.count())
        .where(col(QuotaSeat.campaign_id) == campaign_id, col(QuotaSeat.bucket_code) == bucket)
        .group_by(col(QuotaSeat.kind), col(QuotaSeat.status))
    )
    return {(SeatKind(kind), SeatStatus(status)): n for kind, status, n in session.exec(statement).all()}


def form(session: Session, nomination_id: UUID) -> ApprovalForm | None:
    statement = select(ApprovalForm).where(
        col(ApprovalForm.nomination_id) == nomination_id, col(ApprovalForm.kind) == FormKind.PROVINCIAL
    )
    return session.exec(statement).first()


def write_up(session: Session, nomination_id: UUID) -> NominationText | None:
    return session.exec(
        select(NominationText).where(col(NominationText.nomination_id) == nomination_id)
    ).first()


def receipts(session: Session, nomination_id: UUID) -> list[MaterialReceipt]:
    statement = select(MaterialReceipt).where(col(MaterialReceipt.nomination_id) == nomination_id)
    return list(session.exec(statement).all())


def local_bodies(session: Session, campaign_id: UUID, organization_id: UUID) -> list[LocalBody]:
    statement = select(LocalBody).where(
        col(LocalBody.campaign_id) == campaign_id, col(LocalBody.organization_id) == organization_id
    )
    return list(session.exec(statement).all())


def late_acceptance(
    session: Session, campaign_id: UUID, organization_id: UUID, matter: DueMatter = DueMatter.FILING
) -> LateAcceptance | None:
    statement = select(LateAcceptance).where(
        col(LateAcceptance.campaign_id) == campaign_id,
        col(LateAcceptance.organization_id) == organization_id,
        col(LateAcceptance.matter) == matter,
    )
    return session.exec(statement).first()


def same_person(session: Session, person_id: UUID) -> Sequence[UUID]:
    """All accounts of the person behind one (C14: linked identities)."""
    identity = select(Person.identity).where(col(Person.id) == person_id, col(Person.identity) != "")
    same = or_(col(Person.id) == person_id, col(Person.identity) == identity.scalar_subquery())
    return session.exec(select(Person.id).where(same)).all()
