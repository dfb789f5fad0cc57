"""What the two bodies decided: meetings and their items, with the rule and the names of that day (domain.md 4.1)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field

from app.db.tables.base import Row, choice, text
from app.domain.meeting import MeetingPurpose, MeetingStage, RevocationGround
from app.domain.nomination import DecisionResult
from app.domain.quota import SeatKind
from app.domain.voting import Turn


class Meeting(Row, table=True):
    """The record of one meeting. `rule` is the body's voting rule of that day (I-16); names of members are internal."""

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint(
            "confirmed_person_id IS NULL OR recorded_person_id IS NULL OR confirmed_person_id <> recorded_person_id",
            name="confirmed_by_another",
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    turn: Turn = choice(Turn)
    purpose: MeetingPurpose = choice(MeetingPurpose)
    stage: MeetingStage = choice(MeetingStage, default=MeetingStage.DRAFT)
    body_code: str = text(40)
    body_name_zh: str = text(100)
    body_name_en: str = text(200)
    rule: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    secret: bool = False
    held_on: date
    minutes_no: str = text(80, default="")
    should_attend: int = Field(ge=1)
    attended: int = Field(default=0, ge=0)
    attendees: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    recorded_by: str = text(80)
    recorded_person_id: UUID | None = None
    confirmed_by: str = text(80, default="")
    confirmed_person_id: UUID | None = None
    confirmed_at: datetime | None = None
    announced_on: date | None = None
    end_reason: str = text(1000, default="")


class DecisionItem(Row, table=True):
    """One matter a meeting voted on. What it is about depends on the meeting's purpose; `snapshot` keeps the names (I-17)."""

    __tablename__ = "decision_items"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    meeting_id: UUID = Field(foreign_key="meetings.id", index=True)
    position: int = Field(ge=0)
    nomination_id: UUID | None = Field(default=None, foreign_key="nominations.id", index=True)
    annuls_id: UUID | None = Field(default=None, foreign_key="decision_items.id")
    successor_window_id: UUID | None = Field(default=None, foreign_key="windows.id")
    ground: RevocationGround | None = choice(RevocationGround, default=None, nullable=True)
    from_bucket: str = text(40, default="")
    from_kind: SeatKind | None = choice(SeatKind, named="from_kind", default=None, nullable=True)
    to_bucket: str = text(40, default="")
    to_kind: SeatKind | None = choice(SeatKind, named="to_kind", default=None, nullable=True)
    excluded: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    votes_for: int = Field(default=0, ge=0)
    votes_against: int = Field(default=0, ge=0)
    abstained: int = Field(default=0, ge=0)
    result: DecisionResult | None = choice(DecisionResult, default=None, nullable=True)
    reason: str = text(1000, default="")
    rank: int | None = None  # in the ranking when it was decided
    snapshot: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    annulled_at: datetime | None = None
