"""What recusal asks of a case: where it is, and everybody who had a hand in it before it was evaluated."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, union
from sqlmodel import Session, col, select

from app.db.tables.nominations import (
    LevelReview,
    Nomination,
    NominationStep,
    PublicConsultation,
    ServiceWindow,
)
from app.db.tables.places import Organization
from app.db.tables.supervision import NoticeItem, Objection, ObjectionStep, PublicNotice, VetoFinding
from app.domain.nomination_stage import LIVE, Stage

_BEFORE_EVALUATION = LIVE[: LIVE.index(Stage.ACCEPTED)]


def places(session: Session, nomination_ids: Collection[UUID]) -> dict[UUID, str]:
    """The region of each case's window."""
    statement = (
        select(Nomination.id, ServiceWindow.region_code)
        .join(ServiceWindow, col(Nomination.window_id) == col(ServiceWindow.id))
        .where(col(Nomination.id).in_(nomination_ids))
    )
    return dict(session.exec(statement).all())


def handlers(session: Session, nomination_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """Who took part in each case: steps, opinions, hearings, notices, objections, findings; as `person:…` keys."""
    found: dict[UUID, set[str]] = {one: set() for one in nomination_ids}
    for nomination_id, key in session.execute(_acts(nomination_ids)).all():
        found[nomination_id].add(key)
    named = select(Objection.nomination_id, Objection.handler_id).where(
        col(Objection.nomination_id).in_(nomination_ids), col(Objection.handler_id).is_not(None)
    )
    for nomination_id, person_id in session.exec(named).all():
        found[nomination_id].add(f"person:{person_id.hex}" if person_id else "")
    return found


def paths(session: Session, organization_ids: Collection[UUID]) -> dict[str, str]:
    """Paths of organisations by the hex of their ids."""
    if not organization_ids:
        return {}
    statement = select(Organization.id, Organization.path).where(col(Organization.id).in_(organization_ids))
    return {one.hex: path for one, path in session.exec(statement).all()}


def _acts(nomination_ids: Collection[UUID]) -> Select[tuple[UUID, str]]:
    """Every act with whoever did it, in one statement."""
    own = (
        (Nomination.id, Nomination.prepared_by),
        (Nomination.id, Nomination.created_by),
        (LevelReview.nomination_id, LevelReview.reviewer),
        (LevelReview.nomination_id, LevelReview.created_by),
        (PublicConsultation.nomination_id, PublicConsultation.created_by),
        (Objection.nomination_id, Objection.created_by),
        (VetoFinding.nomination_id, VetoFinding.created_by),
        (VetoFinding.nomination_id, VetoFinding.decided_by),
    )
    acts = [select(case, actor).where(col(case).in_(nomination_ids)) for case, actor in own]
    acts.append(
        select(NominationStep.nomination_id, NominationStep.actor).where(
            col(NominationStep.nomination_id).in_(nomination_ids),
            col(NominationStep.from_stage).in_(_BEFORE_EVALUATION),
        )
    )
    acts.append(
        select(Objection.nomination_id, ObjectionStep.actor)
        .join(ObjectionStep, col(ObjectionStep.objection_id) == col(Objection.id))
        .where(col(Objection.nomination_id).in_(nomination_ids))
    )
    acts += [
        select(NoticeItem.nomination_id, actor)
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .where(col(NoticeItem.nomination_id).in_(nomination_ids))
        for actor in (PublicNotice.prepared_by, PublicNotice.reviewed_by, PublicNotice.published_by)
    ]
    return union(*acts)  # type: ignore[return-value]  # a compound of selects of the same two columns
