"""The way to the ministry: recommendations, assessments, the material for it, letters of correction (domain.md 4.1)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Text
from sqlmodel import Field

from app.db.tables.base import Row, choice, only, text
from app.domain.ministry import AssessmentResult, MinistryStage
from app.domain.quota import SeatKind


class MinistryRecommendation(Row, table=True):
    """One awarded window on its way to the ministry. `live_nomination_id` is NULL once it ended before the report."""

    __tablename__ = "ministry_recommendations"
    __table_args__ = (
        CheckConstraint(
            "live_nomination_id IS NULL OR live_nomination_id = nomination_id", name="live_for_its_own"
        ),
        CheckConstraint(
            "stage NOT IN ('REPORTED', 'COMMENDED', 'NOT_COMMENDED') OR document_no <> ''",
            name="reported_with_a_document",
        ),
    )

    campaign_id: UUID = Field(foreign_key="campaigns.id", index=True)
    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    live_nomination_id: UUID | None = Field(default=None, unique=True)
    slot: SeatKind = choice(SeatKind)
    stage: MinistryStage = choice(MinistryStage, default=MinistryStage.PROPOSED)
    stage_since: datetime
    rank: int | None = None  # in the ranking it was chosen by: the bucket's, or the pool's
    proposal_reason: str = text(1000, default="")
    document_no: str = text(80, default="")
    reported_on: date | None = None
    result_document_no: str = text(80, default="")
    result_on: date | None = None
    end_reason: str = text(1000, default="")


class MinistryAssessment(Row, table=True):
    """What a team found at the window; one that was taken back stays readable (R-031)."""

    __tablename__ = "ministry_assessments"
    __table_args__ = (only("uq_ministry_assessments_one_current", "recommendation_id", where="current"),)

    recommendation_id: UUID = Field(foreign_key="ministry_recommendations.id", index=True)
    team: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    assessed_on: date
    method: str = text(500)
    findings: str = Field(default="", sa_column=Column(Text, nullable=False))
    result: AssessmentResult = choice(AssessmentResult)
    current: bool = True


class MinistryWriteUp(Row, table=True):
    """The write-up for the ministry, its length, and who answers for its quality (R-038, R-039)."""

    __tablename__ = "ministry_writeups"

    recommendation_id: UUID = Field(foreign_key="ministry_recommendations.id", unique=True)
    char_count: int = Field(default=0, ge=0)
    body: str = Field(default="", sa_column=Column(Text, nullable=False))
    written_by: str = text(80, default="")
    checks: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    checked_by: str = text(60, default="")
    checked_person_id: UUID | None = None
    checked_on: date | None = None


class MinistryVideo(Row, table=True):
    """The video as its unit declares it: length in seconds, segments by criterion, the file when there is one (R-041, R-042)."""

    __tablename__ = "ministry_videos"

    recommendation_id: UUID = Field(foreign_key="ministry_recommendations.id", unique=True)
    duration_s: int = Field(ge=1)
    segments: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    material_id: UUID | None = Field(default=None, foreign_key="materials.id")
    carrier: str = text(200, default="")


class CorrectionLetter(Row, table=True):
    """A letter that takes back or corrects what was reported (E-07)."""

    __tablename__ = "correction_letters"

    recommendation_id: UUID = Field(foreign_key="ministry_recommendations.id", index=True)
    document_no: str = text(80)
    sent_on: date
    reason: str = text(1000)
