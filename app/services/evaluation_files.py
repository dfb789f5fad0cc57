"""What a reviewer reads of a case given to them: the filing itself, and nothing of objections or other reviewers (C11)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import assignments as assignment_rows
from app.db import evidence as rows
from app.db import flow
from app.db.assignments import AssignmentRow
from app.db.tables.materials import Material
from app.domain.errors import Refusal
from app.domain.nomination_stage import Stage
from app.domain.words import both
from app.packs.materials import FormField, Visibility
from app.services import assignments, campaigns
from app.services.context import Ctx


@dataclass(frozen=True)
class FilledField:
    """One field of the form with what was filled in, as text."""

    field: FormField
    value: str


@dataclass(frozen=True)
class EvaluationFile:
    """The case as it was filed."""

    row: AssignmentRow
    window: Mapping[str, Any]
    statement: str
    write_up: str
    char_count: int
    form: Sequence[FilledField]
    files: Sequence[Material]


def shown(ctx: Ctx, assignment_id: UUID) -> EvaluationFile:
    """The file of a case that one has to score. Refuses `RECUSAL` when a conflict has come up, `SCORING_CLOSED` otherwise."""
    row = assignments.own(ctx, assignment_rows.one(ctx.session, assignment_id))
    nomination = row.nomination
    if nomination.stage is not Stage.UNDER_EVALUATION:
        raise Refusal("SCORING_CLOSED", **both("stage", "nomination_stage", nomination.stage))
    text = flow.write_up(ctx.session, nomination.id)
    return EvaluationFile(
        row,
        nomination.window_snapshot or _window(row),
        nomination.statement,
        text.body if text else "",
        text.char_count if text else 0,
        list(_form(ctx, row)),
        rows.material(ctx.session, nomination.id),
    )


def _form(ctx: Ctx, row: AssignmentRow) -> Iterator[FilledField]:
    """The form's fields in the template's order, without those that only the offices concerned may read."""
    form = flow.form(ctx.session, row.nomination.id)
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, row.assignment.campaign_id))
    for field in rules.form.fields if form else ():
        value = said(form.data.get(field.key)) if form else ""
        if value and field.visibility is not Visibility.RESTRICTED:
            yield FilledField(field, value)


def said(value: object) -> str:
    """A filled-in value as one text: lists line by line, the parts of a value one after the other."""
    if isinstance(value, Mapping):
        return "；".join(filter(None, map(said, value.values())))
    if isinstance(value, (list, tuple)):
        return "\n".join(filter(None, map(said, value)))
    return "" if value is None else str(value)


def _window(row: AssignmentRow) -> dict[str, Any]:
    same = ("name", "region_code", "address", "window_type")
    return {name: getattr(row.window, name) for name in same} | {"sponsor": row.sponsor.name}
