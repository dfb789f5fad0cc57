"""The evaluation: reviewers, their word on recusal, assignments, score sheets, corrections, rankings (domain.md 4.1)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from app.db.tables.base import Row, choice, only, text
from app.domain.assignment import AssignmentStatus, Origin, VoidKind
from app.domain.ranking import Cut, Method
from app.domain.score_sheet import CorrectionStage, SheetStage


class ReviewerStatus(StrEnum):
    ACTIVE = "ACTIVE"
    RELEASED = "RELEASED"


class Reviewer(Row, table=True):
    """A person who may be asked to score in one campaign; where they come from decides what they never see (I-12)."""

    __tablename__ = "reviewers"
    __table_args__ = (UniqueConstraint("campaign_id", "person_id"),)

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    home_org_id: UUID = Field(foreign_key="organizations.id")
    home_region_code: str = text(6)
    case_limit: int = Field(ge=1)
    status: ReviewerStatus = choice(ReviewerStatus, default=ReviewerStatus.ACTIVE)
    note: str = text(500, default="")


class RecusalDeclaration(Row, table=True):
    """A reviewer's signed word on what binds them; a later word is a new version, the earlier ones stay."""

    __tablename__ = "recusal_declarations"
    __table_args__ = (UniqueConstraint("reviewer_id", "version"),)

    reviewer_id: UUID = Field(foreign_key="reviewers.id", index=True)
    version: int = Field(ge=1)
    nothing_to_declare: bool
    organization_ids: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    region_codes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    relatives: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    signed_by: str = text(60)
    signed_on: date


class AssignmentRun(Row, table=True):
    """One automatic distribution: its seed and frozen inputs give the same result again on any machine."""

    __tablename__ = "assignment_runs"

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    seed: str = text(64)
    per_case: int = Field(ge=1)
    inputs: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    input_hash: str = text(80)
    assigned: int = Field(ge=0)
    short: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ReviewAssignment(Row, table=True):
    """One case given to one reviewer. `live_key` is LIVE, or the row's own hex once void: one live row for each pair."""

    __tablename__ = "review_assignments"
    __table_args__ = (UniqueConstraint("nomination_id", "reviewer_id", "live_key"),)

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    reviewer_id: UUID = Field(foreign_key="reviewers.id", index=True)
    live_key: str = text(40, default="LIVE")
    origin: Origin = choice(Origin)
    run_id: UUID | None = Field(default=None, foreign_key="assignment_runs.id", index=True)
    reason: str = text(500, default="")
    basis: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    due_on: date
    status: AssignmentStatus = choice(AssignmentStatus, default=AssignmentStatus.ASSIGNED)
    void_kind: VoidKind | None = choice(VoidKind, default=None, nullable=True)
    void_reason: str = text(500, default="")
    void_grounds: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    voided_at: datetime | None = None


class ScoreSheet(Row, table=True):
    """One version of one reviewer's sheet; submitted it is fixed, a correction is the next version (I-11, E-20).

    `total` is an exact fraction as text (`173/2`), kept when the sheet is submitted; `rules_version` names the rubric.
    """

    __tablename__ = "score_sheets"
    __table_args__ = (
        UniqueConstraint("assignment_id", "version"),
        UniqueConstraint("replaces_id"),
        CheckConstraint(
            "stage IN ('DRAFT', 'SUPERSEDED') OR (submitted_at IS NOT NULL AND total <> '')",
            name="given_with_its_total",
        ),
        only("uq_score_sheets_one_in_force", "assignment_id", where="stage <> 'SUPERSEDED'"),
    )

    assignment_id: UUID = Field(foreign_key="review_assignments.id", index=True)
    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    reviewer_id: UUID = Field(foreign_key="reviewers.id", index=True)
    version: int = Field(default=1, ge=1)
    rules_version: int = Field(ge=1)
    stage: SheetStage = choice(SheetStage, default=SheetStage.DRAFT)
    total: str = text(60, default="")
    seen: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    seen_hash: str = text(80, default="")
    submitted_at: datetime | None = None
    locked_at: datetime | None = None
    superseded_at: datetime | None = None
    superseded_reason: str = text(500, default="")
    replaces_id: UUID | None = Field(default=None, foreign_key="score_sheets.id")


class ScoreEntry(Row, table=True):
    """Points for one item, in hundredths so that both databases add them up exactly, out of the index alone."""

    __tablename__ = "score_entries"
    __table_args__ = (
        UniqueConstraint("sheet_id", "item_code"),
        Index("ix_score_entries_sheet_id_hundredths", "sheet_id", "hundredths"),
    )

    sheet_id: UUID = Field(foreign_key="score_sheets.id")
    item_code: str = text(10)
    hundredths: int = Field(ge=0)
    comment: str = text(500, default="")


class ScoreConfirmation(Row, table=True):
    """A reviewer's word that a sheet stands on material that was replaced after it (E-19)."""

    __tablename__ = "score_confirmations"
    __table_args__ = (UniqueConstraint("sheet_id", "seen_hash"),)

    sheet_id: UUID = Field(foreign_key="score_sheets.id", index=True)
    seen: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    seen_hash: str = text(80)


class ScoreCorrection(Row, table=True):
    """A correction asked for by one person and approved by another; it makes a new sheet (E-20, I-13)."""

    __tablename__ = "score_corrections"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="decided_by_another"),
        only("uq_score_corrections_one_waiting", "sheet_id", where="stage = 'REQUESTED'"),
    )

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    sheet_id: UUID = Field(foreign_key="score_sheets.id", index=True)
    stage: CorrectionStage = choice(CorrectionStage, default=CorrectionStage.REQUESTED)
    reason: str = text(1000)
    changes: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    requested_by: UUID = Field(foreign_key="people.id")
    decided_by: UUID | None = Field(default=None, foreign_key="people.id")
    decided_at: datetime | None = None
    decision_note: str = text(1000, default="")
    new_sheet_id: UUID | None = Field(default=None, foreign_key="score_sheets.id")
    decision_review: bool = False  # a body had already decided on the old score: it has to look again


class RankingSnapshot(Row, table=True):
    """The ranking at one moment, with the frozen inputs it can be recomputed from (R-021, G-08).

    `inputs` are method and places; what was frozen of each case stands with its line. `input_hash` is the digest of both,
    `sources_hash` of what they were taken from: which sheets, cases and places. `scopes` say where the cut of each bucket
    and of the pool lies among the lines.
    """

    __tablename__ = "rankings"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    number: int = Field(ge=1)
    method: Method = choice(Method)
    min_reviewers: int = Field(ge=1)
    rules_version: int = Field(ge=1)
    taken_at: datetime
    case_count: int = Field(ge=0)
    inputs: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    input_hash: str = text(80)
    sources_hash: str = text(80)
    result_hash: str = text(80)
    scopes: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    reviewer_spread: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )


class RankingEntry(Row, table=True):
    """One case in a ranking: its exact value, its rank in the bucket and over the pool, and how its sheets spread.

    `source` is the case as it is frozen in the inputs, canonical JSON; `alternatives` what other methods would give.
    """

    __tablename__ = "ranking_entries"
    __table_args__ = (
        UniqueConstraint("ranking_id", "nomination_id"),
        UniqueConstraint("ranking_id", "position"),
    )

    ranking_id: UUID = Field(foreign_key="rankings.id", index=True)
    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    position: int = Field(ge=1)
    bucket_code: str = text(40)
    value: str = text(80)
    shown: str = text(10)
    bucket_rank: int = Field(ge=1)
    bucket_tied: bool
    bucket_cut: Cut = choice(Cut, named="bucket_cut")
    pool_rank: int = Field(default=0, ge=0)  # 0: the bucket has no part in the pool
    pool_tied: bool = False
    pool_cut: Cut | None = choice(Cut, named="pool_cut", default=None, nullable=True)
    spread: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    alternatives: dict[str, dict[str, Any]] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False)
    )
    same_sponsor: int = Field(default=1, ge=1)  # cases of its sponsor in this ranking (E-30)
    source: str = Field(sa_column=Column(Text, nullable=False))


class TieResolution(Row, table=True):
    """A recorded decision that orders the candidates who tie at the cut; no id and no clock ever does (G-08, E-23)."""

    __tablename__ = "tie_resolutions"
    __table_args__ = (UniqueConstraint("ranking_id", "scope"),)

    ranking_id: UUID = Field(foreign_key="rankings.id", index=True)
    scope: str = text(40)  # a bucket's code, or MINISTRY_POOL
    ordered: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    body: str = text(100)
    meeting_on: date
    minutes_no: str = text(80)
    reason: str = text(1000)
