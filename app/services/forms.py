"""The submission-and-approval form: data by the fields of its template, complete when nothing owed is missing (R-034)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import flow
from app.db import nominations as rows
from app.db.tables.materials import ApprovalForm, FormKind
from app.db.tables.nominations import Nomination
from app.domain.errors import refuse
from app.domain.levels import Level
from app.domain.nomination_parts import NominationPart
from app.domain.text import normalise
from app.packs import filling
from app.packs.materials import Form, FormField, Visibility
from app.packs.schema import CampaignRules
from app.services import case_papers, facts, nominations
from app.services.context import Ctx
from app.services.dossiers import Dossier
from app.services.inputs.nomination_papers import FormData

_KNOW_PEOPLE = ("form:edit", "nomination:clear", "nomination:accept")


@dataclass(frozen=True)
class FormView:
    """A form as this reader may see it: restricted values only for who works on the case."""

    nomination: Nomination
    kind: FormKind
    version: int  # what a change has to name
    template: Form
    data: Mapping[str, Any]
    owed: frozenset[str]  # the fields this nomination needs
    missing: Sequence[FormField]
    restricted: bool  # some values are kept from this reader

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def title_zh(self) -> str:
        return next(one.title_zh for one in self.template.templates if one.kind == self.kind)

    @property
    def title_en(self) -> str:
        return next(one.title_en for one in self.template.templates if one.kind == self.kind)


def shown(ctx: Ctx, nomination_id: UUID) -> FormView:
    """The provincial form. Needs `nomination:read`; names and phones are seen by who works on the case (D-13)."""
    return view(ctx, nominations.readable(ctx, nomination_id))


def view(ctx: Ctx, nomination: Nomination) -> FormView:
    """The view of a nomination the caller already may see."""
    return of(Dossier(ctx, nomination))


def of(dossier: Dossier) -> FormView:
    """The same of a case that is open."""
    case, rules = dossier.nomination, dossier.rules
    named = (FormKind.PROVINCIAL, case.row_version)
    levels = facts.applicable(case, rules)
    return seen(dossier.ctx, case, rules, dossier.papers.form, named, levels)


def seen(
    ctx: Ctx,
    nomination: Nomination,
    rules: CampaignRules,
    kept: ApprovalForm | None,
    named: tuple[FormKind, int],
    levels: Collection[Level],
) -> FormView:
    """What this reader sees of a form's data, and what these levels still owe; `named` is its kind and version."""
    data = dict(kept.data) if kept else {}
    hidden = _hidden(ctx, nomination, rules)
    return FormView(
        nomination,
        *named,
        rules.form,
        {key: value for key, value in data.items() if key not in hidden},
        frozenset(field.key for field in filling.missing(rules.form.fields, {}, levels)),
        filling.missing(rules.form.fields, data, levels),
        restricted=bool(hidden),
    )


def put(ctx: Ctx, nomination_id: UUID, body: FormData, version: int | None) -> Nomination:
    """Fill the form in; replaces what was filled in before. Needs `form:edit` while the form is open.

    Refuses `VALIDATION_FAILED` with one reason for each field that does not fit, and what `for_writing` refuses.
    """
    nomination = nominations.for_writing(ctx, nomination_id, "form:edit", NominationPart.FORM, version)
    rules = case_papers.rules_of(ctx, nomination)
    data = checked(rules, body)
    kept = None if nomination.id in ctx.made else flow.form(ctx.session, nomination.id)
    complete = not filling.missing(rules.form.fields, data, facts.applicable(nomination, rules))
    filled = {"data": data, "template_version": rules.form.template_version, "complete": complete}
    case_papers.written(
        ctx, kept, ApprovalForm, nomination_id=nomination.id, kind=FormKind.PROVINCIAL, **filled
    )
    nominations.written(ctx, nomination)
    nominations.noted(ctx, "nomination.form_filled", nomination, complete=complete, fields=len(data))
    return nomination


def checked(rules: CampaignRules, body: FormData) -> dict[str, Any]:
    """What was filled in, in its stored form. Refuses `VALIDATION_FAILED` with each value that does not fit."""
    data = {key: _clean(value) for key, value in body.data.items() if not filling.empty(value)}
    refuse(filling.faults(rules.form.fields, data))
    return data


def suggested(ctx: Ctx, nomination: Nomination) -> dict[str, Any]:
    """What the form's first fields will say, from what is known of the window; nothing is kept."""
    row = rows.one(ctx.session, nomination.id)
    if row is None:
        return {}
    organising = ctx.session.get(type(row.sponsor), nomination.organizing_org_id)
    known = {
        "unit_name": row.window.name,
        "superior_unit": row.sponsor.name,
        "recommending_unit": organising.name if organising else "",
        "address": row.window.address,
        "staff_count": row.window.staff_count,
        "filled_on": case_papers.today(ctx).isoformat(),
    }
    keys = {field.key for field in case_papers.rules_of(ctx, nomination).form.fields}
    return {key: value for key, value in known.items() if key in keys and not filling.empty(value)}


def _hidden(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> frozenset[str]:
    held = (ctx.actor.may(p, nomination.sponsor_path, nomination.campaign_id) for p in _KNOW_PEOPLE)
    if any(held):
        return frozenset()
    return frozenset(field.key for field in rules.form.fields if field.visibility is Visibility.RESTRICTED)


def _clean(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    """Every text in its stored form, at any depth."""
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {key: _clean(one) for key, one in value.items()} if isinstance(value, dict) else value
