"""A campaign, its frozen rules by version, who takes part, local bodies, the quota (domain.md 4.1)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field

from app.db.tables.base import Row, choice, only, stored, text
from app.domain.campaign import CampaignStage
from app.domain.quota import SeatKind


class Campaign(Row, table=True):
    """One selection and commendation campaign. All numbers and dates of its law are in its rules."""

    __tablename__ = "campaigns"

    code: str = text(40, unique=True)
    title: str = text(120)
    edition_no: int = Field(default=1, ge=1)
    host_organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    parent_campaign_id: UUID | None = Field(default=None, foreign_key="campaigns.id")
    pack_code: str = text(60)
    rules_version: int = 1
    stage: CampaignStage = choice(CampaignStage, default=CampaignStage.DRAFT)
    suspended_reason: str = text(500, default="")
    livemode: bool = True
    purpose: str = text(2000, default="")
    award_period_start_year: int | None = None
    award_period_end_year: int | None = None
    planned_award_on: date | None = None
    contacts_due_on: date | None = None
    contacts_end_at: datetime | None = None
    materials_due_on: date | None = None
    materials_end_at: datetime | None = None
    ministry_due_on: date | None = None
    ministry_end_at: datetime | None = None


class CampaignRules(Row, table=True):
    """One version of a campaign's rules (the pack's shape); frozen when the first act depends on it (I-16)."""

    __tablename__ = "campaign_rules"
    __table_args__ = (UniqueConstraint("campaign_id", "version"),)

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    version: int
    reason: str = text(500, default="")
    affected: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    frozen_at: datetime | None = None
    rules: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class DocumentKind(StrEnum):
    BASIS = "BASIS"
    APPROVAL_BASIS = "APPROVAL_BASIS"
    OPENING_DECISION = "OPENING_DECISION"


class CampaignDocument(Row, table=True):
    """A paper the campaign stands on: superior document, approval basis, the party group's decision (R-002, R-003)."""

    __tablename__ = "campaign_documents"

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    kind: DocumentKind = choice(DocumentKind)
    title: str = text(200)
    document_no: str = text(80)
    issuer: str = text(100)
    issued_on: date
    meeting_on: date | None = None
    file_key: str = stored(default="")


class Participant(Row, table=True):
    """An organisation that takes part, and the bucket its nominations count against (R-001, R-024)."""

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("campaign_id", "organization_id"),)

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    route: str = text(40)
    bucket_code: str = text(40)


class BodyKind(StrEnum):
    LEADING = "LEADING"
    WORKING = "WORKING"


class LocalBody(Row, table=True):
    """A locality's leading body or working office, with whom to call (R-047 to R-049); the phone is never public."""

    __tablename__ = "local_bodies"
    __table_args__ = (UniqueConstraint("campaign_id", "organization_id", "kind"),)

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    kind: BodyKind = choice(BodyKind)
    name: str = text(100)
    head_name: str = text(60)
    head_post: str = text(60)
    phone: str = text(30)
    reported_at: datetime
    late: bool = False


class PlanStatus(StrEnum):
    DRAFT = "DRAFT"
    IMPORTED = "IMPORTED"
    CONFIRMED = "CONFIRMED"
    AMENDED = "AMENDED"


class QuotaPlan(Row, table=True):
    """One version of the allocation; only one is confirmed, an amendment is the next version (E-44)."""

    __tablename__ = "quota_plans"
    __table_args__ = (
        UniqueConstraint("campaign_id", "version"),
        CheckConstraint(
            "confirmed_by IS NULL OR prepared_by IS NULL OR confirmed_by <> prepared_by",
            name="confirmed_by_another",
        ),
        CheckConstraint(
            "status IN ('DRAFT', 'IMPORTED') OR (ministry_total <= provincial_total AND ministry_pool <= ministry_total)",
            name="ministry_within_total",
        ),
        only("uq_quota_plans_one_in_force", "campaign_id", where="status = 'CONFIRMED'"),
    )

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    version: int = 1
    status: PlanStatus = choice(PlanStatus, default=PlanStatus.DRAFT)
    is_sample: bool = False
    source_note: str = text(300, default="")
    source_file: str = stored(default="")
    decision_ref: str = text(120, default="")
    provincial_total: int = Field(ge=0)
    ministry_total: int = Field(ge=0)
    ministry_pool: int = Field(ge=0)
    prepared_by: UUID | None = None
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = None


class QuotaBucket(Row, table=True):
    """What one city (or the provincial-level units, or the reserve) may hold under one plan version."""

    __tablename__ = "quota_buckets"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        CheckConstraint("nomination_limit >= provincial_places", name="limit_covers_places"),
        CheckConstraint("ministry_fixed <= provincial_places", name="fixed_within_places"),
    )

    plan_id: UUID = Field(foreign_key="quota_plans.id", index=True)
    code: str = text(40)
    name: str = text(100)
    provincial_places: int = Field(ge=0)
    ministry_fixed: int = Field(default=0, ge=0)
    nomination_limit: int = Field(ge=0)
    pool_eligible: bool = False


class SeatStatus(StrEnum):
    FREE = "FREE"
    USED = "USED"
    FORFEITED = "FORFEITED"


class QuotaSeat(Row, table=True):
    """One place or one nomination claim, one row each; taken by one conditional UPDATE (decisions 9-11).

    `track` is NOMINATION, PROVINCIAL or MINISTRY: a nomination holds at most one seat of each.
    """

    __tablename__ = "quota_seats"
    __table_args__ = (
        UniqueConstraint("campaign_id", "bucket_code", "kind", "seq"),
        UniqueConstraint("nomination_id", "track"),
        CheckConstraint("(status = 'USED') = (nomination_id IS NOT NULL)", name="used_is_held"),
        CheckConstraint(
            "track = CASE WHEN kind IN ('NOMINATION', 'PROVINCIAL') THEN kind ELSE 'MINISTRY' END",
            name="track_of_its_kind",
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    bucket_code: str = text(40)
    kind: SeatKind = choice(SeatKind)
    track: str = text(20)
    seq: int = Field(ge=1)
    status: SeatStatus = choice(SeatStatus, default=SeatStatus.FREE)
    nomination_id: UUID | None = Field(default=None, foreign_key="nominations.id")
