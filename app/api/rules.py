"""Rules over JSON: the packs, and a campaign's own copy by version, with clauses and platform defaults marked."""

from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import Field, JsonValue
from pydantic.json_schema import SkipJsonSchema

from app.api import campaigns as campaign_doors
from app.api.campaigns import Campaign
from app.api.face import IfMatch, etag, router, tagged
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import CampaignId, Moment, NominationId, Shape, Tagged
from app.db.tables.campaigns import CampaignRules as RulesRow
from app.domain.levels import Level
from app.http import Read, Write
from app.packs import loading
from app.packs.schema import CampaignRules
from app.services import campaign_setup, packs
from app.services.inputs.campaigns import CampaignCode, RulesEdit

routes = router("campaigns")

Pack = Annotated[CampaignCode, Path(description="Code of the pack.", examples=["provincial-windows"])]


class PackHeadOut(Shape):
    """A pack of rules in a list."""

    code: str = Field(max_length=60, examples=["provincial-windows"])
    title_zh: str = Field(max_length=200, examples=["全省劳动保障系统优质服务窗口评选表彰"])
    title_en: str = Field(max_length=300, examples=["Selection of outstanding service windows"])
    host_level: Level = Field(examples=["PROVINCIAL"])
    parent_campaign_required: bool = Field(examples=[False])
    approval_basis_required: bool = Field(examples=[False])
    provincial_total: int = Field(ge=0, le=9999, description="Award places of the host.", examples=[34])
    ministry_total: int = Field(ge=0, le=9999, description="0 without a ministry track.", examples=[10])

    @classmethod
    def of(cls, rules: CampaignRules) -> "PackHeadOut":
        return cls(**_pack(rules))


class SectionOut(Shape):
    """One section of the rules and where it comes from."""

    name: str = Field(max_length=40, examples=["quota"])
    clause: str = Field(max_length=200, description="The notice's clause.", examples=["R-011, R-012"])
    platform_defaults: list[Annotated[str, Field(max_length=300)]] = Field(
        max_length=1000,
        description="JSON pointers of what is the platform's proposal, not the notice's word.",
        examples=[["/quota/freed_after_deadline"]],
    )
    values: dict[str, JsonValue] = Field(max_length=100, examples=[{"provincial_total": 34}])


class PackOut(PackHeadOut):
    """A pack with all its rules."""

    sections: list[SectionOut] = Field(max_length=40)
    toml: str = Field(
        max_length=400_000, description="As people edit it.", examples=['[identity]\nclause = "R-006"']
    )

    @classmethod
    def whole(cls, rules: CampaignRules) -> "PackOut":
        return cls(**_pack(rules), sections=sections(rules), toml=loading.as_toml(rules))


class PackListOut(Shape):
    """Every pack."""

    items: list[PackHeadOut] = Field(max_length=50)


class RulesOut(Tagged):
    """A version of a campaign's rules; the tag is the campaign's, which guards their change."""

    campaign_id: CampaignId
    version: int = Field(ge=1, le=999, examples=[1])
    reason: str = Field(max_length=500, examples=[""])
    frozen_at: str = Field(max_length=40, description="Empty while nothing rests on them.", examples=[""])
    sections: list[SectionOut] = Field(max_length=40)
    toml: str = Field(
        max_length=400_000, description="To edit and send back.", examples=['[identity]\nclause = "R-006"']
    )


class RulesVersionOut(Shape):
    """A version in a list, with the cases a change concerned."""

    version: int = Field(ge=1, le=999, examples=[2])
    reason: str = Field(max_length=500, examples=["领导小组会议决定。"])
    recorded_at: Moment
    frozen_at: str = Field(max_length=40, examples=[""])
    affected: list[NominationId] = Field(max_length=10_000)

    @classmethod
    def of(cls, row: RulesRow) -> "RulesVersionOut":
        return cls(
            version=row.version,
            reason=row.reason,
            recorded_at=row.created_at,
            frozen_at=row.frozen_at.isoformat() if row.frozen_at else "",
            affected=row.affected,
        )


class RulesVersionListOut(Shape):
    """Every version, newest first."""

    items: list[RulesVersionOut] = Field(max_length=200)


def sections(rules: CampaignRules) -> list[SectionOut]:
    """The rules section by section."""
    values = loading.as_json(rules)
    ours = sorted(rules.platform_defaults())
    return [
        SectionOut(
            name=name,
            clause=section.clause,
            platform_defaults=[pointer for pointer in ours if pointer.startswith(f"/{name}/")],
            values=values[name],
        )
        for name, section in rules.sections()
    ]


def _pack(rules: CampaignRules) -> dict[str, Any]:
    same = ("code", "title_zh", "title_en", "parent_campaign_required", "approval_basis_required")
    return {name: getattr(rules.identity, name) for name in same} | {
        "host_level": rules.host_level,
        "provincial_total": rules.quota.provincial_total,
        "ministry_total": rules.quota.ministry_total,
    }


@routes.get(
    "/packs",
    operation_id="listPacks",
    summary="List packs",
    openapi_extra=about("列出规则包", "campaign:read"),
)
def list_packs(ctx: Read) -> PackListOut:
    """The packs of rules a campaign can be made from."""
    return PackListOut(items=[PackHeadOut.of(one) for one in packs.listed(ctx)])


@routes.get(
    "/packs/{code}",
    operation_id="getPack",
    summary="Show a pack",
    openapi_extra=about("查看规则包", "campaign:read"),
)
def get_pack(ctx: Read, code: Pack) -> PackOut:
    """One pack with every rule, its clause, and what is the platform's proposal."""
    return PackOut.whole(packs.shown(ctx, code))


@routes.get(
    "/campaigns/{campaign_id}/rules",
    operation_id="getCampaignRules",
    summary="Show a campaign's rules",
    openapi_extra=about("查看活动规则", "campaign:read"),
)
def get_rules(
    ctx: Read,
    response: Response,
    campaign_id: Campaign,
    number: Annotated[
        Annotated[int, Field(ge=1, le=999)] | SkipJsonSchema[None],
        Query(alias="version", description="A version; the one in force unless said.", examples=[1]),
    ] = None,
) -> RulesOut:
    """The rules in force, or an earlier version."""
    view = campaign_setup.rules_version(ctx, campaign_id, number)
    shape = RulesOut(
        etag=etag(view.campaign.row_version),
        campaign_id=view.campaign.id,
        version=view.row.version,
        reason=view.row.reason,
        frozen_at=view.row.frozen_at.isoformat() if view.row.frozen_at else "",
        sections=sections(view.rules),
        toml=loading.as_toml(view.rules),
    )
    return tagged(response, shape)


@routes.put(
    "/campaigns/{campaign_id}/rules",
    operation_id="setCampaignRules",
    summary="Replace a campaign's rules",
    responses=declared(
        "PACK_UNREADABLE",
        "PACK_INVALID",
        "REASON_MISSING",
        "HOST_LEVEL_MISMATCH",
        "BUCKET_UNKNOWN",
        "CAMPAIGN_NOT_EDITABLE",
    ),
    openapi_extra=about("修改活动规则", "campaign:configure"),
)
def set_rules(
    ctx: Write, response: Response, campaign_id: Campaign, body: RulesEdit, version: IfMatch
) -> campaign_doors.CampaignOut:
    """Rules in TOML. Once the campaign is opened this makes a new version with its reason and the cases concerned."""
    return campaign_doors.answer(ctx, response, campaign_setup.set_rules(ctx, campaign_id, body, version))


@routes.get(
    "/campaigns/{campaign_id}/rules/versions",
    operation_id="listCampaignRulesVersions",
    summary="List the versions of a campaign's rules",
    openapi_extra=about("列出活动规则各版本", "campaign:read"),
)
def list_rules_versions(ctx: Read, campaign_id: Campaign) -> RulesVersionListOut:
    """Every version, newest first."""
    found = campaign_setup.rules_versions(ctx, campaign_id)
    return RulesVersionListOut(items=[RulesVersionOut.of(one) for one in found])
