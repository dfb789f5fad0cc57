"""Commendation: the event, awards with their certificates, revocations, what the units were told (domain.md 4.1)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field

from app.db.tables.base import Row, choice, text
from app.domain.meeting import MeetingPurpose, RevocationGround


class AwardEvent(Row, table=True):
    """The award meeting of a campaign, one of it, merged with the year-end work conference (R-016)."""

    __tablename__ = "award_events"

    campaign_id: UUID = Field(foreign_key="campaigns.id", unique=True)
    title: str = text(200)
    merged_with: str = text(200, default="")
    held_on: date
    place: str = text(200, default="")


class AwardStatus(StrEnum):
    CONFERRED = "CONFERRED"
    REVOKED = "REVOKED"


class Award(Row, table=True):
    """One award, never deleted. It stands on a place and on the second body's decision; `snapshot` never changes (I-17)."""

    __tablename__ = "awards"
    __table_args__ = (
        CheckConstraint("event_id IS NOT NULL OR document_no <> ''", name="conferred_by_event_or_document"),
    )

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    nomination_id: UUID = Field(foreign_key="nominations.id", unique=True)
    window_id: UUID = Field(foreign_key="windows.id", index=True)
    seat_id: UUID = Field(foreign_key="quota_seats.id", unique=True)
    decision_item_id: UUID = Field(foreign_key="decision_items.id")
    title_zh: str = text(200)
    title_en: str = text(300)
    certificate_no: str = text(60, unique=True)
    conferred_on: date
    event_id: UUID | None = Field(default=None, foreign_key="award_events.id")
    document_no: str = text(80, default="")
    status: AwardStatus = choice(AwardStatus, default=AwardStatus.CONFERRED)
    snapshot: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class AwardRevocation(Row, table=True):
    """Why and by whom an award was taken away, and what has been taken back since (domain.md 3.10)."""

    __tablename__ = "award_revocations"

    award_id: UUID = Field(foreign_key="awards.id", unique=True)
    decision_item_id: UUID = Field(foreign_key="decision_items.id")
    ground: RevocationGround = choice(RevocationGround)
    decided_on: date
    reason: str = text(1000, default="")
    proposed_by: str = text(100, default="")
    announced_on: date | None = None
    certificate_withdrawn_on: date | None = None
    plaque_withdrawn_on: date | None = None


class ResultNotification(Row, table=True):
    """What a nominating unit was told of a meeting's results on its own cases, and who took note."""

    __tablename__ = "result_notifications"
    __table_args__ = (UniqueConstraint("meeting_id", "organization_id"),)

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    meeting_id: UUID = Field(foreign_key="meetings.id")
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    organization_path: str = text(400, index=True)
    purpose: MeetingPurpose = choice(MeetingPurpose)
    results: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    notified_at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: str = text(80, default="")
