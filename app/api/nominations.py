"""Nominations over JSON: put forward, listed, shown, written."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Response
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    ActionOut,
    BlockerOut,
    CampaignId,
    Moment,
    NominationId,
    OrganizationId,
    Page,
    Shape,
    ShownCampaign,
    ShownNomination,
    ShownOrganization,
    ShownWindow,
    Tagged,
)
from app.domain.eligibility import EligibilityCheck
from app.domain.ids import parsed
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.http import Read, Write
from app.services import nomination_views, nominations
from app.services.inputs.nominations import NominationDraft, NominationEdit
from app.services.nomination_views import LevelLine, NominationView
from app.services.nominations import Filter, NominationLine

routes = router("nominations")

Nomination = Annotated[NominationId, Path(description="The nomination.")]
Bucket = Annotated[
    Annotated[str, StringConstraints(pattern=r"^(\d{6}|[A-Z][A-Z0-9_]{1,39})$", max_length=40)]
    | SkipJsonSchema[None],
    Query(description="Only of this quota bucket.", examples=["330100"]),
]
Digits = Annotated[
    Annotated[str, StringConstraints(pattern=r"^[0-9]{2,6}$", max_length=6)] | SkipJsonSchema[None],
    Query(description="Only where the window's region code starts so.", examples=["3301"]),
]
Words = Annotated[
    Annotated[str, StringConstraints(max_length=80)] | SkipJsonSchema[None],
    Query(description="Part of the window's name.", examples=["大厅"]),
]


class NominationHeadOut(Tagged):
    """A nomination in a list; the sponsor is always said, since windows' names are not unique (E-01)."""

    id: ShownNomination
    campaign_id: ShownCampaign
    code: str = Field(
        max_length=40, description="Given at filing; empty before.", examples=["TJ-2026-4C1D2E3F"]
    )
    window_id: ShownWindow
    window: str = Field(max_length=80, examples=["社会保险服务大厅"])
    window_type: str = Field(max_length=40, examples=["SOCIAL_INSURANCE"])
    region_code: str = Field(max_length=6, examples=["330106"])
    sponsor_id: ShownOrganization
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    bucket: str = Field(max_length=40, description="The quota bucket it counts against.", examples=["330100"])
    stage: Stage = Field(examples=["SUBMITTED"])
    level: Level = Field(description="The level that has it.", examples=["COUNTY"])
    holder_id: ShownOrganization
    holder: str = Field(
        max_length=100, description="Who has it now.", examples=["杭州市西湖区劳动和社会保障局"]
    )
    since: Moment = Field(description="Since when it stands there.")
    rank: int = Field(ge=0, le=9999, description="Rank in its bucket; 0 while there is none.", examples=[1])
    filed_late: bool = Field(description="Filed after the deadline, by a recorded exception (E-18).")

    @classmethod
    def of(cls, line: NominationLine) -> "NominationHeadOut":
        return cls(**head(line))


class LevelLineOut(Shape):
    """One level of the route; what the place does not have is not applicable, never skipped silently (R-025)."""

    level: Level = Field(examples=["COUNTY"])
    department: str = Field(
        max_length=100, description="Empty where there is none.", examples=["西湖区劳动和社会保障局"]
    )
    applicable: bool
    endorsed: bool

    @classmethod
    def of(cls, line: LevelLine) -> "LevelLineOut":
        name = line.department.name if line.department else ""
        return cls(level=line.level, department=name, applicable=line.applicable, endorsed=line.endorsed)


class EligibilityOut(Shape):
    """One clause of the scope, whether the window meets it, and if not, why."""

    rule: str = Field(max_length=20, examples=["R-007"])
    satisfied: bool
    code: str = Field(max_length=60, description="Empty when it is met.", examples=["WINDOW_NOT_PUBLIC"])
    message_zh: str = Field(max_length=1000, examples=["窗口须直接服务企业和群众。"])
    message_en: str = Field(max_length=1000, examples=["The window has to serve the public directly."])

    @classmethod
    def of(cls, check: EligibilityCheck) -> "EligibilityOut":
        said = check.reason
        return cls(
            rule=check.rule,
            satisfied=check.satisfied,
            code=said.code if said else "",
            message_zh=said.sentence("zh") if said else "",
            message_en=said.sentence("en") if said else "",
        )


class ClaimUseOut(Shape):
    """How many nominations the bucket may put forward, and how many have been cleared (G-12)."""

    limit: int = Field(ge=0, le=9999, examples=[3])
    used: int = Field(ge=0, le=9999, examples=[1])
    free: int = Field(ge=0, le=9999, examples=[2])
    forfeited: int = Field(ge=0, le=9999, examples=[0])


class PointOut(Shape):
    """One thing a return asks to be corrected; a resubmission answers it by its number."""

    point: int = Field(ge=1, le=50, examples=[1])
    text: str = Field(max_length=1000, examples=["请写明 2025 年的办件量。"])
    part: NominationPart = Field(examples=["WRITE_UP"])


class NominationOut(NominationHeadOut):
    """A nomination, whole."""

    route: str = Field(max_length=40, examples=["CITY"])
    own_level: Level = Field(description="The level of its own department.", examples=["COUNTY"])
    organising_id: OrganizationId
    organising: str = Field(
        max_length=100, description="The organising unit (R-024).", examples=["杭州市劳动和社会保障局"]
    )
    levels: list[LevelLineOut] = Field(max_length=4)
    statement: str = Field(max_length=1000, examples=["一窗受理，群众满意率居全市首位。"])
    new_merits: str = Field(max_length=1000, examples=[""])
    filed_at: str = Field(
        max_length=40, description="Empty until it is filed.", examples=["2026-09-28T02:00:00+00:00"]
    )
    returned_from: str = Field(
        max_length=40, description="The stage a return came from; empty if none.", examples=[""]
    )
    return_reason: str = Field(
        max_length=1000, description="Why it was returned; empty if it was not.", examples=[""]
    )
    points: list[PointOut] = Field(max_length=50, description="What a return asks to be corrected.")
    correction_ends_at: str = Field(
        max_length=40,
        description="When a correction asked for by the office is due; empty if none.",
        examples=[""],
    )
    open_parts: list[NominationPart] = Field(max_length=20, description="What the caller may write now.")
    holds: list[BlockerOut] = Field(
        max_length=50, description="What holds it, whatever the step (decisions 2)."
    )
    actions: list[ActionOut] = Field(max_length=30)
    eligibility: list[EligibilityOut] = Field(max_length=30)
    claims: ClaimUseOut

    @classmethod
    def whole(cls, view: NominationView) -> "NominationOut":
        row = view.nomination
        same = ("route", "own_level", "statement", "new_merits")
        return cls(
            **head(view.line),
            **{name: getattr(row, name) for name in same},
            **_verdicts(view),
            organising_id=view.organising.id,
            organising=view.organising.name,
            levels=[LevelLineOut.of(one) for one in view.levels],
            filed_at=_instant(row.filed_at),
            **_return(view),
            open_parts=list(view.open_parts),
        )


def head(line: NominationLine) -> dict[str, Any]:
    """What every answer says of a nomination."""
    said = line._asdict()
    return said | {"etag": etag(said.pop("row_version"))}


def _verdicts(view: NominationView) -> dict[str, Any]:
    use = view.claims
    return {
        "holds": [BlockerOut.of(one) for one in view.holds],
        "eligibility": [EligibilityOut.of(one) for one in view.eligibility],
        "claims": ClaimUseOut(limit=use.places, used=use.used, free=use.free, forfeited=use.forfeited),
        "actions": [
            ActionOut(action=a.action, permitted=a.permitted, blockers=[BlockerOut.of(r) for r in a.reasons])
            for a in view.actions
        ],
    }


def _return(view: NominationView) -> dict[str, Any]:
    """What the case was sent back for, while it waits for its answer."""
    asked, row = view.asked, view.nomination
    points = enumerate(view.points, 1)
    return {
        "returned_from": asked.from_stage.value if asked else "",
        "return_reason": asked.reason if asked else "",
        "points": [PointOut.model_validate({"point": number} | one) for number, one in points],
        "correction_ends_at": _instant(row.correction_ends_at) if asked else "",
    }


def _instant(value: datetime | None) -> str:
    return value.isoformat() if value else ""


async def _filter(
    campaign_id: Annotated[
        CampaignId | SkipJsonSchema[None], Query(description="Only of this campaign.")
    ] = None,
    stage: Annotated[Stage | SkipJsonSchema[None], Query(description="Only at this stage.")] = None,
    holder: Annotated[
        OrganizationId | SkipJsonSchema[None], Query(description="Only what this unit has now.")
    ] = None,
    bucket: Bucket = None,
    region: Digits = None,
    q: Words = None,
) -> Filter:
    return Filter(campaign_id, stage, holder, bucket or "", region or "", q or "")


Narrowed = Annotated[Filter, Depends(_filter)]


@routes.get(
    "/nominations",
    operation_id="listNominations",
    summary="List nominations",
    openapi_extra=about("列出推荐", "nomination:read"),
)
def list_nominations(ctx: Read, paging: Listing, wanted: Narrowed) -> Page[NominationHeadOut]:
    """The nominations in the caller's area, newest first, each with its stage, its level and who has it since when."""
    found = nominations.listed(ctx, wanted, after=paging.after, limit=paging.limit)
    return listing.page(paging, found, NominationHeadOut.of, lambda line: parsed("nom", line.id).hex)


@routes.post(
    "/campaigns/{campaign_id}/nominations",
    operation_id="draftNomination",
    summary="Put a window forward",
    status_code=201,
    responses=declared(
        "CAMPAIGN_NOT_OPEN",
        "CAMPAIGN_SUSPENDED",
        "NOT_PARTICIPANT",
        "OUT_OF_SCOPE_WINDOW",
        "WINDOW_MERGED",
        "DUPLICATE_NOMINATION",
    ),
    openapi_extra=about("填报推荐", "nomination:create"),
)
def draft_nomination(
    ctx: Write, response: Response, campaign_id: CampaignId, body: NominationDraft
) -> NominationOut:
    """A draft; its route, bucket, levels and organising unit follow from the sponsor's place in the tree."""
    row = nominations.draft(ctx, campaign_id, body)
    shape = NominationOut.whole(nomination_views.view(ctx, row))
    return tagged(response, shape, f"/api/v1/nominations/nom_{row.id.hex}")


@routes.get(
    "/nominations/{nomination_id}",
    operation_id="getNomination",
    summary="Show a nomination",
    openapi_extra=about("查看推荐", "nomination:read"),
)
def get_nomination(ctx: Read, response: Response, nomination_id: Nomination) -> NominationOut:
    """Where it stands, who has it, what may be done now and why not, and whether the window is eligible."""
    return tagged(response, NominationOut.whole(nomination_views.shown(ctx, nomination_id)))


@routes.patch(
    "/nominations/{nomination_id}",
    operation_id="editNomination",
    summary="Write what makes it exemplary",
    responses=declared("NOT_EDITABLE_IN_STATE", "PART_NOT_OPEN", "NOT_YOUR_LEVEL"),
    openapi_extra=about("修改推荐", "nomination:edit"),
)
def edit_nomination(
    ctx: Write, response: Response, nomination_id: Nomination, body: NominationEdit, version: IfMatch
) -> NominationOut:
    """Only a draft, or what a return has opened, can be written."""
    row = nominations.edit(ctx, nomination_id, body, version)
    return tagged(response, NominationOut.whole(nomination_views.view(ctx, row)))
