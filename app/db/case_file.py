"""What concerns one case, each in one statement: its papers, its units, what its scope asks, the notices that list it."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, exists, literal, or_, true
from sqlalchemy import select as select_values
from sqlmodel import Session, col, select

from app.db.tables.campaigns import Campaign, Participant
from app.db.tables.materials import ApprovalForm, FormKind
from app.db.tables.nominations import LateAcceptance, Nomination, NominationText, ServiceWindow
from app.db.tables.places import Organization, Region
from app.db.tables.supervision import NoticeItem, PublicNotice
from app.domain.lateness import DueMatter
from app.domain.nomination import Stage


class Papers(NamedTuple):
    """What there is one of at most: the provincial form, the write-up, a late acceptance of its filing."""

    form: ApprovalForm | None
    text: NominationText | None
    late: LateAcceptance | None


class Scope(NamedTuple):
    """Whether its place takes part, whether its region was one on the day, in which earlier editions it was commended (E-29)."""

    participates: bool
    region_valid: bool
    prior_editions: tuple[int, ...]


def papers(session: Session, nomination_id: UUID) -> Papers:
    """Each with at most one row, so that one statement brings all."""
    statement = (
        select(ApprovalForm, NominationText, LateAcceptance)
        .select_from(Nomination)
        .outerjoin(
            ApprovalForm,
            and_(
                col(ApprovalForm.nomination_id) == col(Nomination.id),
                col(ApprovalForm.kind) == FormKind.PROVINCIAL,
            ),
        )
        .outerjoin(NominationText, col(NominationText.nomination_id) == col(Nomination.id))
        .outerjoin(
            LateAcceptance,
            and_(
                col(LateAcceptance.campaign_id) == col(Nomination.campaign_id),
                col(LateAcceptance.organization_id) == col(Nomination.organizing_org_id),
                col(LateAcceptance.matter) == DueMatter.FILING,
            ),
        )
        .where(col(Nomination.id) == nomination_id)
    )
    return Papers(*session.exec(statement).one())


def units(session: Session, path: str, ids: Collection[UUID]) -> dict[UUID, Organization]:
    """The organisations on the way down to this path, and these."""
    codes = path.strip("/").split("/")
    above = [f"/{'/'.join(codes[: depth + 1])}/" for depth in range(len(codes))]
    statement = select(Organization).where(
        or_(col(Organization.path).in_(above), col(Organization.id).in_(ids))
    )
    return {one.id: one for one in session.exec(statement).all()}


def scope(
    session: Session, campaign: Campaign, able: Collection[UUID], window: ServiceWindow, day: date
) -> Scope:
    """The same of a window: `able` are the units whose entry would cover it."""
    entered = exists().where(
        col(Participant.campaign_id) == campaign.id, col(Participant.organization_id).in_(able)
    )
    valid = exists().where(
        col(Region.code) == window.region_code,
        col(Region.valid_from) <= day,
        or_(col(Region.valid_to).is_(None), col(Region.valid_to) >= day),
    )
    earlier = (
        select_values(col(Campaign.edition_no))
        .join(Nomination, col(Nomination.campaign_id) == col(Campaign.id))
        .where(
            col(Nomination.window_id) == window.id,
            col(Nomination.stage) == Stage.AWARDED,
            col(Campaign.host_organization_id) == campaign.host_organization_id,
            col(Campaign.edition_no) < campaign.edition_no,
        )
        .subquery()
    )
    always = select_values(literal(1)).subquery()
    asked = select_values(entered, valid, earlier.c.edition_no)
    found = session.execute(asked.select_from(always.outerjoin(earlier, true()))).all()
    return Scope(found[0][0], found[0][1], tuple(sorted(row[2] for row in found if row[2] is not None)))


def notices(session: Session, nomination_id: UUID) -> list[tuple[NoticeItem, PublicNotice]]:
    """Every notice that lists or listed the case, newest first."""
    statement = (
        select(NoticeItem, PublicNotice)
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .where(col(NoticeItem.nomination_id) == nomination_id)
    )
    return [(row[0], row[1]) for row in session.exec(statement.order_by(col(NoticeItem.id).desc())).all()]
