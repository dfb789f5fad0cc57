"""Queries about award events, awards, revocations and what the units were told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_
from sqlmodel import Session, col, select

from app.db.public import opened
from app.db.tables.awards import Award, AwardEvent, AwardRevocation, AwardStatus, ResultNotification
from app.db.tables.campaigns import Campaign, QuotaSeat
from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.nominations import Nomination
from app.domain.meeting import MeetingPurpose
from app.domain.nomination import DecisionResult, Stage
from app.domain.quota import SeatKind


@dataclass(frozen=True)
class AwardRow:
    """An award with its revocation, if there is one."""

    award: Award
    revocation: AwardRevocation | None


def event(session: Session, campaign_id: UUID) -> AwardEvent | None:
    return session.exec(select(AwardEvent).where(col(AwardEvent.campaign_id) == campaign_id)).first()


def count(session: Session, campaign_id: UUID) -> int:
    """How many certificate numbers have been given."""
    statement = select(func.count()).select_from(Award).where(col(Award.campaign_id) == campaign_id)
    return session.exec(statement).one()


def determined(session: Session, campaign_id: UUID) -> list[UUID]:
    """The cases that wait to be conferred, by bucket and rank: certificate numbers follow this order."""
    statement = select(Nomination.id).where(
        col(Nomination.campaign_id) == campaign_id, col(Nomination.stage) == Stage.DETERMINED
    )
    order = (col(Nomination.bucket_code), col(Nomination.rank_in_bucket), col(Nomination.id))
    return list(session.exec(statement.order_by(*order)).all())


def seat(session: Session, nomination_id: UUID) -> UUID | None:
    """The award place a case holds."""
    statement = select(QuotaSeat.id).where(
        col(QuotaSeat.nomination_id) == nomination_id, col(QuotaSeat.kind) == SeatKind.PROVINCIAL
    )
    return session.exec(statement).first()


def approval(session: Session, nomination_id: UUID, purpose: MeetingPurpose) -> DecisionItem | None:
    """The approval of a case by a meeting of this purpose that still stands."""
    statement = (
        select(DecisionItem)
        .join(Meeting, col(Meeting.id) == col(DecisionItem.meeting_id))
        .where(
            col(DecisionItem.nomination_id) == nomination_id,
            col(DecisionItem.result) == DecisionResult.APPROVED,
            col(DecisionItem.annulled_at).is_(None),
            col(Meeting.purpose) == purpose,
            col(Meeting.confirmed_at).is_not(None),
        )
    )
    return session.exec(statement.order_by(col(Meeting.confirmed_at).desc())).first()


def of_nomination(session: Session, nomination_id: UUID) -> Award | None:
    return session.exec(select(Award).where(col(Award.nomination_id) == nomination_id)).first()


def one(session: Session, award_id: UUID) -> AwardRow | None:
    found = session.get(Award, award_id)
    return AwardRow(found, revocation(session, award_id)) if found else None


def revocation(session: Session, award_id: UUID) -> AwardRevocation | None:
    return session.exec(select(AwardRevocation).where(col(AwardRevocation.award_id) == award_id)).first()


def listed(session: Session, campaign_id: UUID, after: str, limit: int) -> list[AwardRow]:
    """The awards of a campaign by certificate number, one more than `limit`."""
    statement = select(Award).where(col(Award.campaign_id) == campaign_id)
    if after:
        statement = statement.where(col(Award.certificate_no) > after)
    ordered = statement.order_by(col(Award.certificate_no)).limit(limit + 1)
    return _with_revocations(session, list(session.exec(ordered).all()))


@dataclass(frozen=True)
class RollFilter:
    """What the honour roll may be narrowed to; the year is that of the award."""

    campaign_id: UUID | None = None
    status: AwardStatus | None = None
    city: str = ""
    year: int = 0

    def conditions(self) -> list[ColumnElement[bool]]:
        found = []
        if self.campaign_id:
            found.append(col(Award.campaign_id) == self.campaign_id)
        if self.status:
            found.append(col(Award.status) == self.status)
        if self.city:
            found.append(_city() == self.city)
        if self.year:
            found.append(col(Award.conferred_on).between(date(self.year, 1, 1), date(self.year, 12, 31)))
        return found


@dataclass(frozen=True)
class RollEntry:
    """What of an award the roll may be narrowed by."""

    campaign_id: UUID
    campaign: str
    city: str
    conferred_on: date


def public(
    session: Session, wanted: RollFilter, after: UUID | None, limit: int
) -> list[tuple[AwardRow, str]]:
    """The honour roll of opened campaigns, newest first, with the campaign's title; one more than `limit`."""
    statement = _roll().where(*wanted.conditions())
    if after:
        statement = statement.where(col(Award.id) < after)
    found = session.exec(statement.order_by(col(Award.id).desc()).limit(limit + 1)).all()
    titles = [title for _, title in found]
    return list(zip(_with_revocations(session, [award for award, _ in found]), titles, strict=True))


def public_one(session: Session, award_id: UUID) -> tuple[AwardRow, str] | None:
    """One award of an opened campaign with the campaign's title."""
    found = session.exec(_roll().where(col(Award.id) == award_id)).first()
    return (AwardRow(found[0], revocation(session, award_id)), found[1]) if found else None


def roll_choices(session: Session) -> list[RollEntry]:
    """Every campaign, city and day on the roll, newest campaign first."""
    columns = (col(Award.campaign_id), col(Campaign.title), _city(), col(Award.conferred_on))
    statement = select(*columns).join(Campaign, col(Campaign.id) == col(Award.campaign_id))
    found = session.execute(
        statement.where(col(Award.campaign_id).in_(opened())).distinct().order_by(columns[0].desc())
    )
    return [RollEntry(*row) for row in found.all()]


def notifications(
    session: Session, campaign_id: UUID, paths: Sequence[str], after: UUID | None, limit: int
) -> list[ResultNotification]:
    """What units below the paths were told, newest first, one more than `limit`."""
    within = [col(ResultNotification.organization_path).startswith(path, autoescape=True) for path in paths]
    statement = select(ResultNotification).where(
        col(ResultNotification.campaign_id) == campaign_id, or_(false(), *within)
    )
    if after:
        statement = statement.where(col(ResultNotification.id) < after)
    return list(session.exec(statement.order_by(col(ResultNotification.id).desc()).limit(limit + 1)).all())


def organizing(session: Session, nomination_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The organising unit of each case."""
    statement = select(Nomination.id, Nomination.organizing_org_id).where(
        col(Nomination.id).in_(nomination_ids)
    )
    return dict(session.exec(statement).all())


def _roll() -> Any:  # noqa: ANN401  (a Select of an entity and a column)
    joined = select(Award, Campaign.title).join(Campaign, col(Campaign.id) == col(Award.campaign_id))
    return joined.where(col(Award.campaign_id).in_(opened()))


def _city() -> ColumnElement[str]:
    """The city by the name of the award's day."""
    city: ColumnElement[str] = col(Award.snapshot)["city"].as_string()
    return city


def _with_revocations(session: Session, awards: Sequence[Award]) -> list[AwardRow]:
    keys = [award.id for award in awards]
    found = session.exec(select(AwardRevocation).where(col(AwardRevocation.award_id).in_(keys))).all()
    by_award = {one.award_id: one for one in found}
    return [AwardRow(award, by_award.get(award.id)) for award in awards]
