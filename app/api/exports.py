"""Lists as files: one door for every list of the faces, and a description of what each holds."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.answers import handed_out
from app.api.face import router
from app.api.listing import Since, Until
from app.api.openapi import about, sends
from app.api.problems import declared, speaks_english
from app.api.schemas import CampaignId, NominationId, OrganizationId, Shape
from app.http import Read
from app.services.exports import archive, making, registry
from app.services.exports.shapes import ListTable, Narrowed

routes = router("exports")

Name = Annotated[
    str,
    Path(
        description="The list, as `listExports` names it.",
        pattern=r"^[a-z]+(-[a-z]+)*$",
        max_length=40,
        examples=["nominations"],
    ),
]
Campaign = Annotated[CampaignId, Path(description="The campaign.")]
Form = Annotated[
    Literal["xlsx", "csv", "jsonl"],
    Query(alias="format", description="XLSX or CSV for people, JSON lines for programs.", examples=["csv"]),
]
Files = Annotated[
    bool, Query(description="With the files of the cases; without them the ZIP is small.", examples=[False])
]
Code = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9_.:-]{1,80})?$", max_length=80)]
Key = Annotated[str, Field(max_length=40, examples=["stage"])]
Note = Annotated[str, Field(max_length=200, examples=["telephones"])]
Words = Annotated[str, StringConstraints(max_length=80)]


class ExportColumnOut(Shape):
    """A column: its key, and what it is called in both languages."""

    key: str = Field(max_length=40, examples=["window"])
    title_zh: str = Field(max_length=60, examples=["窗口名称"])
    title_en: str = Field(max_length=60, examples=["Window"])


class ExportTableOut(Shape):
    """A list that the caller may take away: its filters, its columns, what it never holds."""

    name: str = Field(max_length=40, examples=["nominations"])
    title_zh: str = Field(max_length=60, examples=["推荐"])
    title_en: str = Field(max_length=60, examples=["Nominations"])
    permission: str = Field(max_length=60, description="Empty for everybody.", examples=["nomination:read"])
    campaign_required: bool
    filters: list[Key] = Field(max_length=20, examples=[["campaign_id", "stage"]])
    columns: list[ExportColumnOut] = Field(max_length=60)
    withheld_zh: list[Note] = Field(max_length=10, examples=[["个人联系方式"]])
    withheld_en: list[Note] = Field(max_length=10, examples=[["telephones"]])

    @classmethod
    def of(cls, table: ListTable) -> "ExportTableOut":
        return cls(
            name=table.name,
            title_zh=table.zh,
            title_en=table.en,
            permission=table.permission,
            campaign_required=table.of_campaign,
            filters=sorted(table.takes),
            columns=[ExportColumnOut(key=c.key, title_zh=c.zh, title_en=c.en) for c in table.columns],
            withheld_zh=[zh for zh, _ in table.held_back],
            withheld_en=[en for _, en in table.held_back],
        )


class ExportTablesOut(Shape):
    """Every list the caller may take away."""

    items: list[ExportTableOut] = Field(max_length=100)


def _narrowed(  # noqa: PLR0913, PLR0917  (one door for every list takes every list's filters)
    campaign_id: Annotated[CampaignId | SkipJsonSchema[None], Query(description="Of this campaign.")] = None,
    nomination_id: Annotated[
        NominationId | SkipJsonSchema[None], Query(description="About this nomination.")
    ] = None,
    holder: Annotated[OrganizationId | SkipJsonSchema[None], Query(description="With this unit now.")] = None,
    stage: Annotated[Code, Query(description="At this stage.", examples=["FILED"])] = "",
    bucket: Annotated[Code, Query(description="Of this bucket.", examples=["330100"])] = "",
    region: Annotated[Code, Query(description="Of this division.", examples=["3301"])] = "",
    q: Annotated[Words, Query(description="Part of the name.", examples=["大厅"])] = "",
    entity: Annotated[Code, Query(description="Audit: on this kind.", examples=["Nomination"])] = "",
    subject: Annotated[Code, Query(description="Audit: about this.", examples=["nomination"])] = "",
    action: Annotated[Code, Query(description="Audit: this act.", examples=["nomination.filed"])] = "",
    actor: Annotated[Code, Query(description="Audit: by this one.", examples=["system"])] = "",
    since: Since = None,
    until: Until = None,
) -> Narrowed:
    ids: tuple[UUID | None, UUID | None, UUID | None] = (campaign_id, nomination_id, holder)
    return Narrowed(*ids, stage, bucket, region, q, entity, subject, action, actor, since, until)


@routes.get(
    "/exports",
    operation_id="listExports",
    summary="List what may be taken away",
    openapi_extra=about("列出可导出的列表"),
)
def list_exports(ctx: Read) -> ExportTablesOut:
    """Every list of which the caller may see something, with its columns: the data dictionary."""
    return ExportTablesOut(items=[ExportTableOut.of(one) for one in registry.offered(ctx)])


@routes.get(
    "/exports/{name}",
    operation_id="getExport",
    summary="Take a list away",
    response_class=Response,
    responses=declared("EXPORT_FILTER_UNKNOWN", "PERMISSION_MISSING") | sends(*making.MEDIA_TYPES.values()),
    openapi_extra=about("导出列表"),
)
def get_export(
    ctx: Read,
    request: Request,
    name: Name,
    by: Annotated[Narrowed, Depends(_narrowed)],
    form: Form = "xlsx",
) -> Response:
    """The rows the list itself would show the caller, page after page, as one file.

    It says who took it, when, narrowed to what, and what is not in it and why; an entry in the audit record names its digest.
    """
    return handed_out(making.made(ctx, name, by, form, "en" if speaks_english(request) else "zh"))


@routes.get(
    "/campaigns/{campaign_id}/archive",
    operation_id="getCampaignArchive",
    summary="Take a whole campaign away",
    response_class=Response,
    responses=declared() | sends(archive.MEDIA),
    openapi_extra=about("导出整个活动", "campaign:export"),
)
def get_campaign_archive(ctx: Read, request: Request, campaign_id: Campaign, files: Files = True) -> Response:
    """One ZIP: every list for people (CSV) and for programs (JSON lines), the rules, the notices as posted, the files of the
    cases, rankings with their frozen inputs, the audit range with its chain, the data dictionary and a manifest with the digest
    of every file. What the caller may not read is left out and named there; `VERIFY.txt` says how to check all of it.
    """
    language = "en" if speaks_english(request) else "zh"
    return handed_out(archive.made(ctx, campaign_id, language, files=files))
