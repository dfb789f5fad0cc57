"""Notices, objections, the sealed identity of objectors, veto findings (domain.md 3.3, 3.4, 4.1)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from app.db.tables.base import Row, choice, text
from app.domain.levels import Level
from app.domain.notice import NoticeMatter, NoticeStage
from app.domain.objection import (
    Channel,
    IdentityKind,
    ObjectionAct,
    ObjectionResult,
    ObjectionStage,
    Timeliness,
)
from app.domain.veto import FindingStage


class PublicNotice(Row, table=True):
    """A publicity notice; its period is computed once with the rule and calendar it names (I-08)."""

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(
            "reviewed_person_id IS NULL OR prepared_person_id IS NULL OR reviewed_person_id <> prepared_person_id",
            name="reviewed_by_another",
        ),
        CheckConstraint(
            "last_day IS NULL OR publish_on IS NULL OR last_day >= publish_on", name="ends_after_it_began"
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    matter: NoticeMatter = choice(NoticeMatter, default=NoticeMatter.RECOMMENDATION)
    level: Level = choice(Level)
    issuer_org_id: UUID = Field(foreign_key="organizations.id", index=True)
    issuer_path: str = text(400)
    round: int = Field(default=1, ge=1)
    code: str | None = text(40, default=None, unique=True)
    title: str = text(200)
    basis: str = text(500)
    channels: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    contact_office: str = text(100)
    contact_phone: str = text(60, default="")
    contact_email: str = text(100, default="")
    contact_address: str = text(200, default="")
    contact_postcode: str = text(10, default="")
    reception_hours: str = text(100, default="")
    stage: NoticeStage = choice(NoticeStage, default=NoticeStage.DRAFT)
    publish_on: date | None = None
    published_at: datetime | None = None
    last_day: date | None = None
    ends_at: datetime | None = Field(default=None, index=True)
    rule_snapshot: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    calendar_source: str = text(200, default="")
    content_hash: str = text(80, default="")
    supersedes_id: UUID | None = Field(default=None, foreign_key="notices.id")
    prepared_by: str = text(80)
    prepared_person_id: UUID | None = None
    reviewed_by: str = text(80, default="")
    reviewed_person_id: UUID | None = None
    published_by: str = text(80, default="")
    ended_event_at: datetime | None = None
    body: str = Field(default="", sa_column=Column(Text, nullable=False))


class NoticeItem(Row, table=True):
    """One nominee in a notice, with the name as it was on that day (I-17)."""

    __tablename__ = "notice_items"
    __table_args__ = (
        UniqueConstraint("notice_id", "nomination_id"),
        UniqueConstraint("effective_nomination_id", "matter"),
        CheckConstraint(
            "effective_nomination_id IS NULL OR effective_nomination_id = nomination_id",
            name="effective_for_its_own",
        ),
    )

    notice_id: UUID = Field(foreign_key="notices.id", index=True)
    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    effective_nomination_id: UUID | None = (
        None  # NULL once superseded or removed: one effective item each (I-07)
    )
    matter: NoticeMatter = choice(NoticeMatter, default=NoticeMatter.RECOMMENDATION)
    level: Level = choice(Level)
    position: int
    snapshot: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    removed_at: datetime | None = None
    removed_reason: str = text(500, default="")


class NoticeChange(Row, table=True):
    """An extension, erratum, correction, removal or withdrawal; earlier text stays readable."""

    __tablename__ = "notice_changes"

    notice_id: UUID = Field(foreign_key="notices.id", index=True)
    kind: str = text(20)
    reason: str = text(1000)
    old_last_day: date | None = None
    new_last_day: date | None = None
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Objection(Row, table=True):
    """An objection to exactly one item of a notice; who raised it is elsewhere, sealed (decisions 22)."""

    __tablename__ = "objections"

    code: str = text(40, unique=True)
    receipt_hash: str | None = text(64, default=None, unique=True)
    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    notice_id: UUID = Field(foreign_key="notices.id", index=True)
    notice_item_id: UUID = Field(foreign_key="notice_items.id", index=True)
    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    handling_org_id: UUID = Field(foreign_key="organizations.id", index=True)
    handling_path: str = text(400)
    channel: Channel = choice(Channel)
    identity_kind: IdentityKind = choice(IdentityKind)
    has_leads: bool = False
    received_at: datetime
    sent_on: date | None = None
    arrived_on: date | None = None
    effective_on: date
    timeliness: Timeliness = choice(Timeliness)
    stage: ObjectionStage = choice(ObjectionStage)
    blocking: bool = Field(default=True, index=True)
    handler_id: UUID | None = Field(default=None, foreign_key="people.id")
    due_on: date | None = None
    extended: bool = False
    result: ObjectionResult | None = choice(ObjectionResult, default=None, nullable=True)
    act: ObjectionAct | None = choice(ObjectionAct, default=None, nullable=True)
    act_reason: str = text(1000, default="")
    act_approved_by: str = text(80, default="")
    released_at: datetime | None = None
    replied_on: date | None = None
    public_summary: str = text(500, default="")
    content: str = Field(default="", sa_column=Column(Text, nullable=False))
    finding: str = Field(default="", sa_column=Column(Text, nullable=False))


class ObjectorIdentity(Row, table=True):
    """Name and contact of an objector, encrypted with a key of its own; opened only with reason and audit (C39)."""

    __tablename__ = "objector_identities"

    objection_id: UUID = Field(foreign_key="objections.id", unique=True)
    key_id: str = text(20)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ObjectionStep(Row, table=True):
    """One act on an objection."""

    __tablename__ = "objection_steps"

    objection_id: UUID = Field(foreign_key="objections.id", index=True)
    action: str = text(40)
    from_stage: ObjectionStage = choice(ObjectionStage, named="from_stage")
    to_stage: ObjectionStage = choice(ObjectionStage, named="to_stage")
    at: datetime
    actor: str = text(80)
    note: str = text(2000, default="")


class VetoFinding(Row, table=True):
    """An alleged fact that would end the case; alleged or under verification holds it, confirmed ends it (D9)."""

    __tablename__ = "veto_findings"

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    veto_code: str = text(40)
    source: str = text(200)
    fact_on: date
    stage: FindingStage = choice(FindingStage)
    objection_id: UUID | None = Field(default=None, foreign_key="objections.id")
    decided_at: datetime | None = None
    decided_by: str = text(80, default="")
    evidence: str = Field(default="", sa_column=Column(Text, nullable=False))
    conclusion: str = text(2000, default="")
