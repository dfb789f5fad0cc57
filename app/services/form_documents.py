"""The submission-and-approval form as a paper: fields by the pack, each level's opinion with room for its seal (R-034, R-037)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.db import flow, ministry, organizations
from app.db import nominations as rows
from app.db.nominations import NominationRow
from app.db.tables.materials import FormKind
from app.db.tables.nominations import LevelReview, Nomination
from app.documents import typeset, word
from app.documents.data import ApprovalForm, Labelled, Opinion
from app.domain.errors import Refusal
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.domain.words import name_of
from app.packs.materials import FieldType, FormField
from app.services import campaigns, case_papers, exporting, facts, forms, national_forms
from app.services.context import Ctx
from app.services.documents import DRAFT, Finished, finished, written_day
from app.services.forms import FormView

WITHHELD = "（依规定不提供）"
_UNFINISHED = (Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, Stage.CLEARED, Stage.AT_NOTICE)


def approval_form(
    ctx: Ctx, nomination_id: UUID, form: str = "pdf", kind: FormKind = FormKind.PROVINCIAL
) -> Finished:
    """The provincial or the national form, an entry in the audit record for it. Needs `nomination:read`.

    Names and telephones are printed only for who works on the case (D-13); a case not yet recommended is marked a
    draft. Refuses `NOT_FOUND` outside the caller's area and in conflict with the case (C15), `MINISTRY_TRACK_OFF`.
    """
    view = _SEEN[kind](ctx, nomination_id)
    said = gathered(ctx, view)
    maker = typeset.approval_form if form == "pdf" else word.approval_form
    made = finished("呈报审批表", said.unit, form, maker(said, _changed(ctx, view)))
    exporting.noted(ctx, "approval_form.printed", view.nomination, made, view.nomination.sponsor_path)
    return made


def gathered(ctx: Ctx, view: FormView) -> ApprovalForm:
    """What the form says, as this reader may see it."""
    nomination = view.nomination
    row = _row(ctx, nomination)
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    names = _units(ctx, nomination, campaign.host_organization_id) | {"UNIT": row.window.name}
    return ApprovalForm(
        title=view.title_zh,
        code=nomination.code or "",
        unit=str(view.data.get("unit_name") or row.window.name),
        recommended_by=names["HOST" if view.kind is FormKind.NATIONAL else "ORGANISING"],
        filled_on=_day(view.data.get("filled_on")),
        template=view.template.template_version,
        fields=[_field(one, view) for one in view.template.fields if one.type is not FieldType.OPINION],
        opinions=list(_opinions(ctx, view, names)),
        sample=not campaign.livemode,
        mark=mark_of(nomination.stage),
    )


_SEEN: Mapping[FormKind, Callable[[Ctx, UUID], FormView]] = {
    FormKind.PROVINCIAL: forms.shown,
    FormKind.NATIONAL: national_forms.shown,
}


def _changed(ctx: Ctx, view: FormView) -> datetime:
    """When what the form says was written last."""
    kept = ministry.form(ctx.session, view.nomination.id) if view.kind is FormKind.NATIONAL else None
    return max(view.nomination.updated_at, kept.updated_at) if kept else view.nomination.updated_at


def mark_of(stage: Stage) -> str:
    """What the paper is not yet, or no longer."""
    if stage in _UNFINISHED:
        return DRAFT
    return name_of("nomination_stage", stage, "zh") if stage.final else ""


def _row(ctx: Ctx, nomination: Nomination) -> NominationRow:
    found = rows.one(ctx.session, nomination.id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def _units(ctx: Ctx, nomination: Nomination, host: UUID) -> dict[str, str]:
    """Names of the departments on the case's way, by level, of the organising unit and of the host."""
    units = {level: UUID(one) for level, one in nomination.departments.items()}
    units |= {"ORGANISING": nomination.organizing_org_id, "HOST": host}
    named = organizations.names_of(ctx.session, units.values())
    return {key: named.get(one, "") for key, one in units.items()}


def _field(field: FormField, view: FormView) -> Labelled:
    hidden = view.restricted and field.visibility == "RESTRICTED"
    text = WITHHELD if hidden else written(field, view.data.get(field.key))
    return Labelled(field.zh, text, wide=field.type in (FieldType.LONG_TEXT, FieldType.HONOURS))


def written(field: FormField, value: Any) -> str:  # noqa: ANN401  (any JSON value)
    """A value as the paper says it, by the type of its field."""
    if value in (None, "", [], {}):
        return ""
    match field.type:
        case FieldType.CHOICE:
            return next((one.zh for one in field.choices if one.code == value), str(value))
        case FieldType.DATE:
            return _day(value)
        case FieldType.HONOURS:
            return "\n".join(_honour(one) for one in value)
        case FieldType.DECLARATION:
            return f"有：{value.get('explanation', '')}" if value.get("has_occurred") else "无"
        case _:
            return str(value)


def _honour(one: Mapping[str, str]) -> str:
    named = f"{one.get('year', '')}年 " if one.get("year") else ""
    given = "，".join(part for part in (one.get("level"), one.get("issuer")) if part)
    return f"{named}{one.get('title', '')}" + (f"（{given}）" if given else "")


def _opinions(ctx: Ctx, view: FormView, names: Mapping[str, str]) -> Iterator[Opinion]:
    """The form's own opinions; a level that only wrote its review is heard by that. The last one is the approving body's."""
    national = view.kind is FormKind.NATIONAL
    levels = _levels(ctx, view.nomination, national=national)
    found = [] if national else flow.reviews(ctx.session, view.nomination.id)  # there opinions are given anew
    reviews = {one.level: one for one in found}
    fields = [one for one in view.template.fields if one.type is FieldType.OPINION]
    below = [one for one in fields[:-1] if one.level is None or one.level in levels]
    for field in below:
        review = reviews.get(field.level) if field.level else None
        given = view.data.get(field.key)
        unit = names.get(field.level or "UNIT", "")
        yield _reviewed(field.zh, review, unit) if review and not given else _given(field, given, unit)
    for level in sorted(reviews.keys() - {one.level for one in below}):
        yield _reviewed(f"{level.name_zh}审核意见", reviews[level], names.get(level, ""))
    for field in fields[-1:]:
        yield _given(field, view.data.get(field.key), "" if national else names["HOST"])


def _levels(ctx: Ctx, nomination: Nomination, *, national: bool) -> Collection[Level]:
    """The levels whose opinions the form bears."""
    if national:
        return national_forms.levels(ctx, nomination)
    return facts.applicable(nomination, case_papers.rules_of(ctx, nomination))


def _given(field: FormField, value: Mapping[str, str] | None, unit: str) -> Opinion:
    said = value or {}
    return Opinion(field.zh, said.get("text", ""), unit, said.get("signer", ""), _day(said.get("signed_on")))


def _reviewed(label: str, review: LevelReview, unit: str) -> Opinion:
    return Opinion(label, review.opinion, unit, review.signer, written_day(review.signed_on))


def _day(value: object) -> str:
    try:
        return written_day(date.fromisoformat(str(value))) if value else ""
    except ValueError:
        return str(value)
