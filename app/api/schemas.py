"""Shapes every answer shares: public identifiers, version tags, pages of a list.

Outputs carry no defaults, so that generated clients see required fields as required; no `anyOf … null`:
an absent value is an empty string or an omitted optional member, said where it applies.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from app.db.tables.places import NameHistory
from app.domain.errors import Reason
from app.domain.ids import parsed, shown
from app.domain.levels import Level
from app.domain.steps import ActionState


def identifier(prefix: str) -> Any:  # noqa: ANN401  (an Annotated type)
    """The annotated type of a public identifier: `nom_` and 32 hexadecimal digits."""

    def read(value: object) -> UUID:
        return value if isinstance(value, UUID) else parsed(prefix, str(value))

    return Annotated[
        UUID,
        BeforeValidator(read),
        PlainSerializer(lambda value: shown(prefix, value), return_type=str),
        _described(prefix),
    ]


def shown_identifier(prefix: str) -> Any:  # noqa: ANN401  (an Annotated type)
    """The same in answers whose rows were read in their public form already (`app.db.tables.base.public`)."""
    return Annotated[str, _described(prefix)]


def _described(prefix: str) -> WithJsonSchema:
    return WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{prefix}_[0-9a-f]{{32}}$",
            "minLength": len(prefix) + 33,
            "maxLength": len(prefix) + 33,
            "examples": [f"{prefix}_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"],
        }
    )


CampaignId = identifier("cmp")
OrganizationId = identifier("org")
WindowId = identifier("win")
NominationId = identifier("nom")
NoticeId = identifier("ntc")
NoticeItemId = identifier("nti")
ObjectionId = identifier("obj")
VetoFindingId = identifier("vet")
MaterialId = identifier("mat")
PersonId = identifier("per")
ClientId = identifier("cli")
SecretId = identifier("sec")
PlanId = identifier("qpl")
DocumentId = identifier("doc")
LocalBodyId = identifier("lbd")
LateAcceptanceId = identifier("lat")
ConsultationId = identifier("con")
LevelReviewId = identifier("rev")
GrantId = identifier("grt")
MeetingId = identifier("mtg")
DecisionItemId = identifier("dit")
ReviewerId = identifier("rvw")
AssignmentId = identifier("asg")
AssignmentRunId = identifier("run")
ScoreSheetId = identifier("sht")
ScoreCorrectionId = identifier("cor")
RankingId = identifier("rnk")
RecommendationId = identifier("mrc")
AwardId = identifier("awd")
NotificationId = identifier("rsn")
AuditRecordId = identifier("aud")
SecurityEventId = identifier("sev")
SourceFileId = identifier("sfl")
AnyId = identifier("id")

ShownCampaign = shown_identifier("cmp")
ShownNomination = shown_identifier("nom")
ShownOrganization = shown_identifier("org")
ShownWindow = shown_identifier("win")

Scope = Annotated[str, Field(max_length=60, examples=["nominations:read"])]

LevelPath = Annotated[Level, Path(description="The level.", examples=["COUNTY"])]

Moment = Annotated[
    datetime,
    PlainSerializer(lambda v: v.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "maxLength": 40,
            "examples": ["2026-09-29T16:00:00.000000Z"],
        }
    ),
]


class Shape(BaseModel):
    """An answer; frozen, nothing beyond what is declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Tagged(Shape):
    """An answer about one versioned thing."""

    etag: str = Field(
        description="The version of the thing; send it back in If-Match.", max_length=20, examples=['"3"']
    )


class BlockerOut(Shape):
    """One reason why an action is not possible now."""

    code: str = Field(max_length=60, examples=["NOTICE_STILL_RUNNING"])
    message_zh: str = Field(max_length=1000, examples=["公示尚未结束。"])
    message_en: str = Field(max_length=1000, examples=["The notice is still running."])

    @classmethod
    def of(cls, reason: Reason) -> "BlockerOut":
        return cls(code=reason.code, message_zh=reason.sentence("zh"), message_en=reason.sentence("en"))


class ActionOut(Shape):
    """One action of the thing's stage: may it be taken now by the caller, and if not, why."""

    action: str = Field(max_length=40, examples=["RECOMMEND"])
    permitted: bool = Field(examples=[False])
    blockers: list[BlockerOut] = Field(max_length=50)


def actions(states: Iterable[ActionState[Any]]) -> list[ActionOut]:
    """What a view says may be done, as the answer says it."""
    return [
        ActionOut(
            action=one.action,
            permitted=one.permitted,
            blockers=[BlockerOut.of(reason) for reason in one.reasons],
        )
        for one in states
    ]


class FormerNameOut(Shape):
    """A name an organisation or window bore."""

    name: str = Field(max_length=100, examples=["社保大厅"])
    valid_from: str = Field(max_length=10, examples=["2020-01-01"])
    valid_to: str = Field(max_length=10, examples=["2026-06-30"])
    document_no: str = Field(max_length=80, examples=[""])

    @classmethod
    def of(cls, row: NameHistory) -> "FormerNameOut":
        days = {"valid_from": str(row.valid_from), "valid_to": str(row.valid_to or "")}
        return cls(name=row.name, document_no=row.document_no, **days)


T = TypeVar("T")


class Page(Shape, Generic[T]):
    """One page of a list. Go on with `next_cursor` until `has_more` is false."""

    items: list[T] = Field(max_length=200)
    has_more: bool = Field(examples=[False])
    next_cursor: str = Field(description="Empty at the end.", max_length=500, examples=[""])
