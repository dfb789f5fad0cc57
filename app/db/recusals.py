"""What recusal asks of a case: where it is, and everybody who had a hand in it before it was evaluated."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, cast, func, literal, union
from sqlalchemy import select as select_many
from sqlmodel import Session, col, select

from app.db.hexes import hexed
from app.db.tables.base import core
from app.db.tables.evaluation import ReviewAssignment
from app.db.tables.nominations import (
    LevelReview,
    Nomination,
    NominationStep,
    PublicConsultation,
    ServiceWindow,
)
from app.db.tables.places import Organization
from app.db.tables.supervision import NoticeItem, Objection, ObjectionStep, PublicNotice, VetoFinding
from app.domain.assignment import AssignmentStatus
from app.domain.levels import Level
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
    return found


class Held(NamedTuple):
    """A live assignment with what recusal compares of its case; keys as hex."""

    assignment_id: str
    nomination_id: str
    reviewer_id: str
    region_code: str
    own_level: Level
    sponsor_path: str


def held(session: Session, campaign_id: UUID, stages: Collection[Stage]) -> list[Held]:
    """Every live assignment of a campaign whose case is at one of these stages, as plain rows: there are thousands."""
    given, case, window = core(ReviewAssignment).c, core(Nomination).c, core(ServiceWindow).c
    keys = (hexed(one) for one in (given.id, case.id, given.reviewer_id))
    statement = (
        select_many(*keys, window.region_code, case.own_level, case.sponsor_path)
        .select_from(core(ReviewAssignment))
        .join(core(Nomination), given.nomination_id == case.id)
        .join(core(ServiceWindow), case.window_id == window.id)
        .where(
            given.campaign_id == campaign_id,
            given.status != AssignmentStatus.VOID,
            case.stage.in_(stages),
        )
    )
    return [Held._make(row) for row in session.execute(statement).all()]


def handled_by(session: Session, campaign_id: UUID, people: Collection[UUID]) -> set[tuple[str, str]]:
    """In which cases of a campaign these persons had a hand: the case's hex and the person's key."""
    mine = select(Nomination.id).where(col(Nomination.campaign_id) == campaign_id)
    acts = _acts(mine).subquery()  # type: ignore[arg-type]  # an IN takes a select as well
    case, actor = acts.c
    acted = select_many(hexed(case), actor).where(actor.in_([f"person:{one.hex}" for one in people]))
    return {(one, key) for one, key in session.execute(acted).all()}


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
    handler = func.replace(cast(col(Objection.handler_id), String), "-", "")  # its digits on either database
    acts.append(
        select(Objection.nomination_id, literal("person:") + handler).where(
            col(Objection.nomination_id).in_(nomination_ids), col(Objection.handler_id).is_not(None)
        )
    )
    acts += [
        select(NoticeItem.nomination_id, actor)
        .join(PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id))
        .where(col(NoticeItem.nomination_id).in_(nomination_ids))
        for actor in (PublicNotice.prepared_by, PublicNotice.reviewed_by, PublicNotice.published_by)
    ]
    return union(*acts)  # type: ignore[return-value]  # a compound of selects of the same two columns
