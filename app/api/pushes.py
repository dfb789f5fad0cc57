"""The push of a municipal system: one nomination under the source's own key."""

from typing import Annotated, Any

from fastapi import Depends, Header, Path, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api.face import IfMatchUnlessNew, etag, router, tagged
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import CampaignId, NominationId, Tagged, WindowId
from app.db.tables.nominations import Nomination
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.http import Read, Write
from app.services import pushes
from app.services.inputs.clients import Source
from app.services.inputs.pushes import ExternalId, NominationPush
from app.services.pushes import Pushed, PushKey

routes = router("nominations")

SourcePath = Annotated[Source, Path(description="The client's own source.", examples=["hangzhou-hrss"])]
ExternalIdPath = Annotated[
    ExternalId, Path(description="The nomination's key in the source.", examples=["TJ-2026-0001"])
]
OnlyNew = Annotated[
    Annotated[str, Field(pattern=r"^\*$", max_length=1)] | SkipJsonSchema[None],
    Header(
        alias="If-None-Match",
        description="`*`: only if there is none yet; 412 if there is.",
        examples=["*"],
    ),
]


async def _key(campaign_id: CampaignId, source: SourcePath, external_id: ExternalIdPath) -> PushKey:
    return PushKey(campaign_id, source, external_id)


Key = Annotated[PushKey, Depends(_key)]


class PushedNominationOut(Tagged):
    """A nomination under its source's key: where it stands, and how far the source has counted."""

    id: NominationId
    campaign_id: CampaignId
    window_id: WindowId
    source: str = Field(max_length=40, examples=["hangzhou-hrss"])
    external_id: str = Field(max_length=64, examples=["TJ-2026-0001"])
    source_seq: int = Field(ge=0, le=2_147_483_647, examples=[7])
    stage: Stage = Field(examples=["DRAFT"])
    level: Level = Field(examples=["COUNTY"])
    people_edited: bool = Field(description="People have written in it since the last push.")

    @classmethod
    def of(cls, row: Nomination) -> "PushedNominationOut":
        return cls(**_pushed(row))


class NominationPushOut(PushedNominationOut):
    """The same, and what the push changed; the same push again changes nothing."""

    changed: bool
    parts: list[NominationPart] = Field(
        max_length=10, description="The parts that were written.", examples=[["WRITE_UP"]]
    )

    @classmethod
    def after(cls, pushed: Pushed) -> "NominationPushOut":
        return cls(**_pushed(pushed.nomination), changed=pushed.changed, parts=sorted(pushed.parts))


def _pushed(row: Nomination) -> dict[str, Any]:
    same = ("id", "campaign_id", "window_id", "source", "external_id", "source_seq", "stage", "level")
    kept = {name: getattr(row, name) for name in (*same, "people_edited")}
    return kept | {"etag": etag(row.row_version)}


@routes.get(
    "/campaigns/{campaign_id}/sources/{source}/nominations/{external_id}",
    operation_id="getPushedNomination",
    summary="Show a pushed nomination",
    openapi_extra=about("查看推送的推荐", "nomination:read"),
)
def get_pushed(ctx: Read, response: Response, key: Key) -> PushedNominationOut:
    """By the source's own key; a client sees its own source only."""
    return tagged(response, PushedNominationOut.of(pushes.shown(ctx, key)))


@routes.put(
    "/campaigns/{campaign_id}/sources/{source}/nominations/{external_id}",
    operation_id="pushNomination",
    summary="Push a nomination",
    responses=declared(
        "REGION_SCOPE",
        "REGION_NOT_VALID",
        "VERSION_CONFLICT",
        "SOURCE_SEQ_STALE",
        "SOURCE_OVERWRITES_PEOPLE",
        "SOURCE_WINDOW_FIXED",
        "NOT_EDITABLE_IN_STATE",
        "PART_NOT_OPEN",
        "WINDOW_NAME_TAKEN",
        "CAMPAIGN_NOT_OPEN",
        "CAMPAIGN_SUSPENDED",
        "NOT_PARTICIPANT",
        "DUPLICATE_NOMINATION",
        "DECLARATION_MISSING",
        "SOURCE_FILE_MISSING",
        "MATERIAL_NOT_CURRENT",
        "FILE_TYPE_NOT_ALLOWED",
        "CRITERION_UNKNOWN",
    )
    | {201: {"model": NominationPushOut, "description": "Created"}},
    openapi_extra=about("推送推荐", "nomination:push"),
)
def push_nomination(
    ctx: Write,
    response: Response,
    key: Key,
    body: NominationPush,
    version: IfMatchUnlessNew,
    only_new: OnlyNew = None,
) -> NominationPushOut:
    """All of it or nothing. 201 for a new nomination, 200 otherwise; the same again changes nothing and is no event.

    An older `source_seq` is refused; so is writing over what people changed since, unless `If-Match` names the
    current version. Only a draft or what was returned can be pushed. It is taken out by the step WITHDRAW.
    """
    pushed = pushes.push(ctx, key, body, version, only_new=only_new is not None)
    if pushed.created:
        response.status_code = 201
    return tagged(response, NominationPushOut.after(pushed))
