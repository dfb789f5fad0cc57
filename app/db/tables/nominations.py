"""Windows and their nominations, the steps they took, what each level said (domain.md 4.1)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from app.db.tables.base import Row, choice, only, stored, text
from app.domain.department_reply import ReplyResult
from app.domain.lateness import DueMatter
from app.domain.level_review import Conclusion
from app.domain.levels import Level
from app.domain.nomination import Action, Stage


class ServiceWindow(Row, table=True):
    """A counter, hall or station. Identity is its id: names are not unique (E-01)."""

    __tablename__ = "windows"
    __table_args__ = (UniqueConstraint("sponsor_org_id", "name"), UniqueConstraint("source", "external_id"))

    name: str = text(80, index=True)
    sponsor_org_id: UUID = Field(foreign_key="organizations.id", index=True)
    co_sponsors: str = text(200, default="")
    region_code: str = text(6, index=True)
    address: str = text(200)
    window_type: str = text(40)
    other_types: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    other_justification: str = text(500, default="")
    other_accepted_by: str = text(80, default="")
    affiliation_level: str = text(2)
    in_labor_system: bool
    serves_public_directly: bool
    staff_count: int | None = None
    uscc: str | None = text(18, default=None)
    merged_into_id: UUID | None = Field(default=None, foreign_key="windows.id")
    closed_on: date | None = None
    source: str | None = text(40, default=None)
    external_id: str | None = text(64, default=None)


class Nomination(Row, table=True):
    """One window put forward in one campaign; the stage is generic, the level is a column (decisions 1)."""

    __tablename__ = "nominations"
    __table_args__ = (
        UniqueConstraint("source", "external_id", "campaign_id"),
        UniqueConstraint("campaign_id", "bucket_code", "rank_in_bucket"),
        UniqueConstraint("campaign_id", "live_window_id"),
        # all that the board counts, and all that the list counts in an area: each reads its index alone
        Index("ix_nominations_board", "campaign_id", "organizing_org_id", "stage", "stage_since"),
        Index("ix_nominations_area", "sponsor_path", "stage", "holder_org_id"),
        CheckConstraint("live_window_id IS NULL OR live_window_id = window_id", name="live_is_its_window"),
        CheckConstraint(
            "live_window_id IS NULL OR stage NOT IN ('REJECTED', 'NOT_SELECTED', 'WITHDRAWN', 'VETOED', 'REVOKED')",
            name="what_ended_is_not_live",
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaigns.id")
    window_id: UUID = Field(foreign_key="windows.id", index=True)
    live_window_id: UUID | None = None  # the window while the nomination lives, NULL when final (I-06)
    code: str | None = text(40, default=None, unique=True)
    route: str = text(40)
    bucket_code: str = text(40)
    sponsor_org_id: UUID = Field(foreign_key="organizations.id")
    sponsor_path: str = text(400)
    organizing_org_id: UUID = Field(foreign_key="organizations.id", index=True)
    own_level: Level = choice(Level, named="own_level")
    level: Level = choice(Level)
    departments: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    stage: Stage = choice(Stage, default=Stage.DRAFT)
    stage_since: datetime
    holder_org_id: UUID = Field(foreign_key="organizations.id", index=True)
    returned_from: Stage | None = choice(Stage, named="returned_from", default=None, nullable=True)
    returned_level: Level | None = choice(Level, named="returned_level", default=None, nullable=True)
    returned_fields: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    correction_ends_at: datetime | None = None
    rank_in_bucket: int | None = None
    source: str | None = text(40, default=None)
    external_id: str | None = text(64, default=None)
    source_seq: int | None = None
    pushed_parts: dict[str, str] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False)
    )  # digest of each part as it was pushed last
    people_edited: bool = (
        False  # edited by a person since the last push: a push is then refused (decisions 16)
    )
    prepared_by: str = text(80, default="")
    filed_at: datetime | None = None
    filed_late: bool = False
    window_snapshot: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    statement: str = text(1000, default="")
    new_merits: str = text(1000, default="")  # since an earlier award (E-29)


class NominationText(Row, table=True):
    """The write-up, apart from the row that lists read (performance notes); its character count travels with it."""

    __tablename__ = "nomination_texts"

    nomination_id: UUID = Field(foreign_key="nominations.id", unique=True)
    char_count: int = 0
    body: str = Field(default="", sa_column=Column(Text, nullable=False))


class SelfDeclaration(Row, table=True):
    """The unit's own word on one veto item: has it occurred or not, who signed (domain.md 1.4)."""

    __tablename__ = "self_declarations"
    __table_args__ = (UniqueConstraint("nomination_id", "veto_code"),)

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    veto_code: str = text(40)
    has_occurred: bool
    explanation: str = text(1000, default="")
    signed_by: str = text(60)
    signed_on: date


class RecordedVia(StrEnum):
    PAGE = "PAGE"
    API = "API"
    PUSH = "PUSH"


class LevelReview(Row, table=True):
    """What one level concluded: opinion, signer, date, and a graded sentence on each criterion (decisions 8)."""

    __tablename__ = "level_reviews"
    __table_args__ = (only("uq_level_reviews_one_current", "nomination_id", "level", where="current"),)

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    level: Level = choice(Level)
    organization_id: UUID = Field(foreign_key="organizations.id")
    conclusion: Conclusion = choice(Conclusion)
    opinion: str = text(2000)
    signer: str = text(60)
    signed_on: date
    reviewer: str = text(80)
    recorded_via: RecordedVia = choice(RecordedVia, default=RecordedVia.PAGE)
    current: bool = True
    assessments: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class NominationStep(Row, table=True):
    """One move in the stage table; `undone_at` marks a step that a reversing act took back."""

    __tablename__ = "nomination_steps"
    __table_args__ = (UniqueConstraint("nomination_id", "seq"),)

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    seq: int
    action: Action = choice(Action)
    from_stage: Stage = choice(Stage, named="from_stage")
    to_stage: Stage = choice(Stage, named="to_stage")
    from_level: Level = choice(Level, named="from_level")
    to_level: Level = choice(Level, named="to_level")
    at: datetime
    actor: str = text(80)
    actor_name: str = text(60, default="")
    on_behalf_of: str = text(80, default="")
    acting_org_id: UUID | None = Field(default=None, foreign_key="organizations.id")
    reason: str = text(1000, default="")
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    undone_at: datetime | None = None


class PublicConsultation(Row, table=True):
    """How the own-level department heard the public, what came of it (R-026)."""

    __tablename__ = "public_consultations"

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    level: Level = choice(Level)
    organization_id: UUID = Field(foreign_key="organizations.id")
    methods: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    held_from: date
    held_to: date
    participants: int = Field(ge=0)
    summary: str = text(5000)
    adverse_points: list[dict[str, str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )  # point and handling, side by side
    signer: str = text(60)
    recorded_via: RecordedVia = choice(RecordedVia, default=RecordedVia.PAGE)
    concluded_at: datetime | None = None


class DepartmentConsultation(Row, table=True):
    """A department asked for its opinion, and its reply; no reply is not consent (domain.md 3.5)."""

    __tablename__ = "department_consultations"
    __table_args__ = (UniqueConstraint("nomination_id", "department"),)

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    department: str = text(60)
    sent_on: date
    replied_on: date | None = None
    result: ReplyResult = choice(ReplyResult, default=ReplyResult.NO_REPLY)
    remarks: str = text(1000, default="")
    signer: str = text(60, default="")
    file_key: str = stored(default="")
    recorded_via: RecordedVia = choice(RecordedVia, default=RecordedVia.PAGE)


class LateAcceptance(Row, table=True):
    """A recorded exception to a deadline of one unit: for what, who allowed it, why, on which paper (E-18)."""

    __tablename__ = "late_acceptances"
    __table_args__ = (UniqueConstraint("campaign_id", "organization_id", "matter"),)

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id")
    matter: DueMatter = choice(DueMatter, default=DueMatter.FILING)
    until_on: date
    ends_at: datetime
    reason: str = text(1000)
    document_no: str = text(80)
    granted_by: str = text(80)
