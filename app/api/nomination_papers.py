"""What is written for a nomination, over JSON: declarations, write-up, form; and what it still lacks.

All of it is part of the nomination and carries the nomination's version: one ETag for one case.
"""

from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import Field

from app.api.face import IfMatch, etag, router, tagged
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import BlockerOut, NominationId, Shape, Tagged
from app.db.tables.materials import FormKind
from app.domain.levels import Level
from app.domain.nomination import Action
from app.domain.text import BandVerdict
from app.http import Read, Write
from app.packs.materials import FieldType, FormField
from app.services import declarations, forms, national_forms, nomination_report, write_ups
from app.services.declarations import DeclarationsView
from app.services.forms import FormView
from app.services.inputs.nomination_papers import DeclarationSet, FieldKey, FormData, FormValue, WriteUpText
from app.services.nomination_report import Report
from app.services.write_ups import WriteUpView

routes = router("nominations")

Nomination = Annotated[NominationId, Path(description="The nomination.")]
Form = Annotated[FormKind, Query(description="Which form.", examples=["PROVINCIAL"])]
_DOORS = {
    FormKind.PROVINCIAL: (forms.put, forms.view),
    FormKind.NATIONAL: (national_forms.put, national_forms.view),
}
_FOR_THE_MINISTRY = (
    "NOT_PROVINCIALLY_DETERMINED",
    "MINISTRY_NOT_PROPOSED",
    "MINISTRY_CLOSED",
    "DEADLINE_PASSED",
)
_WRITING = ("NOT_EDITABLE_IN_STATE", "PART_NOT_OPEN", "NOT_YOUR_LEVEL")


class DeclarationOut(Shape):
    """One veto item in force, and what the unit says of it."""

    veto_code: str = Field(max_length=40, examples=["VIOLATION"])
    text_zh: str = Field(max_length=1000, examples=["未发生违纪违法问题"])
    text_en: str = Field(max_length=1000, examples=["No breach of discipline or law has occurred"])
    declared: bool
    has_occurred: bool
    explanation: str = Field(max_length=2000, examples=[""])
    signed_by: str = Field(max_length=60, description="Empty until declared.", examples=["王敏"])
    signed_on: str = Field(max_length=10, description="Empty until declared.", examples=["2026-07-01"])


class DeclarationsOut(Tagged):
    """What the unit declares of every veto item."""

    complete: bool
    declarations: list[DeclarationOut] = Field(max_length=50)

    @classmethod
    def of(cls, view: DeclarationsView) -> "DeclarationsOut":
        lines = [
            DeclarationOut(
                veto_code=line.veto.code,
                text_zh=line.veto.text_zh,
                text_en=line.veto.text_en,
                declared=line.said is not None,
                has_occurred=line.said is not None and line.said.has_occurred,
                explanation=line.said.explanation if line.said else "",
                signed_by=line.said.signed_by if line.said else "",
                signed_on=line.said.signed_on.isoformat() if line.said else "",
            )
            for line in view.lines
        ]
        return cls(etag=etag(view.nomination.row_version), complete=view.complete, declarations=lines)


class WriteUpOut(Tagged):
    """The merit write-up. A Han character or full-width mark counts 1, a run of Latin letters or digits 1, blanks 0."""

    text: str = Field(max_length=20_000, examples=["该窗口成立于2010年。"])
    characters: int = Field(ge=0, le=1_000_000, examples=[3980])
    verdict: BandVerdict = Field(
        description="WARN is accepted; REFUSE is refused when it is recommended.", examples=["OK"]
    )
    target: int = Field(ge=0, le=100_000, examples=[4000])
    soft_min: int = Field(ge=0, le=100_000, examples=[3600])
    soft_max: int = Field(ge=0, le=100_000, examples=[4400])
    hard_min: int = Field(ge=0, le=100_000, examples=[3000])
    hard_max: int = Field(ge=0, le=100_000, examples=[5000])

    @classmethod
    def of(cls, view: WriteUpView) -> "WriteUpOut":
        limits = {name: getattr(view.band, name) for name in _LIMITS}
        return cls(
            etag=etag(view.nomination.row_version),
            text=view.text,
            characters=view.characters,
            verdict=view.verdict,
            **limits,
        )


_LIMITS = ("target", "soft_min", "soft_max", "hard_min", "hard_max")


class FormChoiceOut(Shape):
    """One value that a field of choices accepts."""

    code: str = Field(max_length=40, examples=["PUBLIC_INSTITUTION"])
    zh: str = Field(max_length=1000, examples=["事业单位"])
    en: str = Field(max_length=1000, examples=["Public institution"])


class FormFieldOut(Shape):
    """One field of the template; `owed` says whether this nomination needs it."""

    key: str = Field(max_length=40, examples=["unit_name"])
    zh: str = Field(max_length=1000, examples=["单位（集体）名称"])
    en: str = Field(max_length=1000, examples=["Name of the unit"])
    type: FieldType = Field(examples=["TEXT"])
    owed: bool
    max_length: int = Field(ge=0, le=20_000, description="0 where it has none.", examples=[80])
    level: str = Field(
        max_length=20, description="The level that fills it in; empty for the unit.", examples=[""]
    )
    choices: list[FormChoiceOut] = Field(max_length=50)

    @classmethod
    def of(cls, field: FormField, *, owed: bool) -> "FormFieldOut":
        level: Level | None = field.level
        return cls(
            key=field.key,
            zh=field.zh,
            en=field.en,
            type=field.type,
            owed=owed,
            max_length=field.max_length or 0,
            level=level.value if level else "",
            choices=[FormChoiceOut(code=one.code, zh=one.zh, en=one.en) for one in field.choices],
        )


class FormOut(Tagged):
    """The submission-and-approval form. The national one has a version of its own, "0" until something is filled in."""

    form_kind: FormKind = Field(examples=["PROVINCIAL"])
    title_zh: str = Field(max_length=1000, examples=["浙江省劳动保障系统优质服务窗口呈报审批表"])
    title_en: str = Field(max_length=1000, examples=["Provincial submission-and-approval form"])
    template_version: str = Field(max_length=40, examples=["1"])
    complete: bool
    missing: list[FieldKey] = Field(
        max_length=100, description="What is owed and empty.", examples=[["main_merits"]]
    )
    restricted: bool = Field(description="Names and phones are kept from this reader.")
    fields: list[FormFieldOut] = Field(max_length=100)
    data: dict[FieldKey, FormValue] = Field(
        max_length=100, examples=[{"unit_name": "西湖区社会保险服务大厅"}]
    )

    @classmethod
    def of(cls, view: FormView) -> "FormOut":
        return cls(
            etag=etag(view.version),
            form_kind=view.kind,
            title_zh=view.title_zh,
            title_en=view.title_en,
            template_version=view.template.template_version,
            complete=view.complete,
            missing=[field.key for field in view.missing],
            restricted=view.restricted,
            fields=[FormFieldOut.of(one, owed=one.key in view.owed) for one in view.template.fields],
            data=dict(view.data),
        )


class StepReportOut(Shape):
    """One step ahead, and what stands in its way as the case is now."""

    action: Action = Field(examples=["SUBMIT"])
    ready: bool
    reasons: list[BlockerOut] = Field(max_length=50)


class ReportOut(Shape):
    """What the nomination still lacks up to its filing; warnings refuse nothing."""

    steps: list[StepReportOut] = Field(max_length=10)
    warnings: list[BlockerOut] = Field(max_length=20)

    @classmethod
    def of(cls, report: Report) -> "ReportOut":
        steps = [
            StepReportOut(
                action=one.action, ready=not one.reasons, reasons=[BlockerOut.of(r) for r in one.reasons]
            )
            for one in report.steps
        ]
        return cls(steps=steps, warnings=[BlockerOut.of(one) for one in report.warnings])


@routes.get(
    "/nominations/{nomination_id}/declarations",
    operation_id="getDeclarations",
    summary="Show the declarations",
    openapi_extra=about("查看承诺", "nomination:read"),
)
def get_declarations(ctx: Read, response: Response, nomination_id: Nomination) -> DeclarationsOut:
    """Every veto item in force, and what the unit declares of it."""
    return tagged(response, DeclarationsOut.of(declarations.shown(ctx, nomination_id)))


@routes.put(
    "/nominations/{nomination_id}/declarations",
    operation_id="putDeclarations",
    summary="Declare",
    responses=declared(
        "VETO_UNKNOWN", "DECLARATION_TWICE", "EXPLANATION_MISSING", "DATE_IN_FUTURE", *_WRITING
    ),
    openapi_extra=about("填写承诺", "nomination:edit"),
)
def put_declarations(
    ctx: Write, response: Response, nomination_id: Nomination, body: DeclarationSet, version: IfMatch
) -> DeclarationsOut:
    """Replaces what was declared; what has occurred is explained, and is verified once the case is handed in."""
    row = declarations.put(ctx, nomination_id, body, version)
    return tagged(response, DeclarationsOut.of(declarations.view(ctx, row)))


@routes.get(
    "/nominations/{nomination_id}/write-up",
    operation_id="getWriteUp",
    summary="Show the write-up",
    openapi_extra=about("查看事迹材料", "nomination:read"),
)
def get_write_up(ctx: Read, response: Response, nomination_id: Nomination) -> WriteUpOut:
    """The text with its length and how it stands to the limits."""
    return tagged(response, WriteUpOut.of(write_ups.shown(ctx, nomination_id)))


@routes.put(
    "/nominations/{nomination_id}/write-up",
    operation_id="putWriteUp",
    summary="Write the write-up",
    responses=declared(*_WRITING),
    openapi_extra=about("填写事迹材料", "nomination:edit"),
)
def put_write_up(
    ctx: Write, response: Response, nomination_id: Nomination, body: WriteUpText, version: IfMatch
) -> WriteUpOut:
    """Any length is kept and counted; one outside the hard limits is refused when the case is recommended."""
    row = write_ups.put(ctx, nomination_id, body, version)
    return tagged(response, WriteUpOut.of(write_ups.view(ctx, row)))


@routes.get(
    "/nominations/{nomination_id}/form",
    operation_id="getForm",
    summary="Show the form",
    openapi_extra=about("查看呈报审批表", "nomination:read"),
)
def get_form(
    ctx: Read, response: Response, nomination_id: Nomination, form: Form = FormKind.PROVINCIAL
) -> FormOut:
    """The template's fields, what was filled in, and what is still missing."""
    shown = national_forms.shown if form is FormKind.NATIONAL else forms.shown
    return tagged(response, FormOut.of(shown(ctx, nomination_id)))


@routes.put(
    "/nominations/{nomination_id}/form",
    operation_id="putForm",
    summary="Fill in the form",
    responses=declared(
        "VALIDATION_FAILED", "FIELD_UNKNOWN", "FIELD_FORMAT", "FIELD_CHOICE", *_WRITING, *_FOR_THE_MINISTRY
    ),
    openapi_extra=about("填写呈报审批表", "form:edit"),
)
def put_form(
    ctx: Write,
    response: Response,
    nomination_id: Nomination,
    body: FormData,
    version: IfMatch,
    *,
    form: Form = FormKind.PROVINCIAL,
) -> FormOut:
    """Replaces what was filled in; each value is checked by the type of its field.

    The national form (`form=NATIONAL`) is open to every level at once, so a level's opinion is its own to write.
    """
    put, view = _DOORS[form]
    return tagged(response, FormOut.of(view(ctx, put(ctx, nomination_id, body, version))))


@routes.post(
    "/nominations/{nomination_id}/validations",
    operation_id="validateNomination",
    summary="Report what is missing",
    openapi_extra=about("检查完整性", "nomination:read"),
)
def validate_nomination(ctx: Write, nomination_id: Nomination) -> ReportOut:
    """Step by step up to the filing, what stands in the way now; nothing is changed."""
    return ReportOut.of(nomination_report.report(ctx, nomination_id))
