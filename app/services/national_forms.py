"""The national form, which goes to the ministry: filled in once the award is determined and it is proposed (R-037).

It is of the same template as the filing's. Every level adds its own opinion while the form lies open to all of
them, so each opinion is that level's own to write (R-025, R-040).
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from app.db import flow
from app.db import ministry as rows
from app.db.tables.materials import ApprovalForm, FormKind
from app.db.tables.nominations import Nomination
from app.domain.errors import Reason, Refusal, refuse
from app.domain.levels import Level
from app.domain.ministry import LIVE
from app.domain.ministry_guards import DETERMINED
from app.domain.words import both
from app.packs import filling
from app.packs.materials import FieldType
from app.packs.schema import CampaignRules
from app.services import case_papers, forms, ministry_deadline, nominations, seals
from app.services.context import Ctx, check_version
from app.services.forms import FormView
from app.services.inputs.nomination_papers import FormData

_ANSWERS = "ministry:check"  # an opinion is its level's officers', never the window's own
_GIVEN_ANEW = (FieldType.OPINION, FieldType.DATE)


def shown(ctx: Ctx, nomination_id: UUID) -> FormView:
    """The national form. Needs `nomination:read`; names and phones are seen by who works on the case (D-13)."""
    return view(ctx, nominations.readable(ctx, nomination_id))


def view(ctx: Ctx, nomination: Nomination) -> FormView:
    """The view of a nomination the caller already may see; version 0 where nothing was filled in yet."""
    rules = case_papers.rules_of(ctx, nomination)
    if not rules.ministry_track.enabled:
        raise Refusal("MINISTRY_TRACK_OFF")
    kept = rows.form(ctx.session, nomination.id)
    named = (FormKind.NATIONAL, case_papers.tag_of(kept))
    return forms.seen(ctx, nomination, rules, kept, named, levels(ctx, nomination))


def levels(ctx: Ctx, nomination: Nomination) -> tuple[Level, ...]:
    """Whose opinions the form bears: the levels that seal it."""
    return seals.levels(ctx, nomination, FormKind.NATIONAL)


def answered_by(ctx: Ctx, nomination: Nomination) -> frozenset[Level]:
    """The levels whose opinion the caller may write: those of whose department he or she is an officer."""
    units = {Level(level): UUID(unit) for level, unit in nomination.departments.items()}
    campaign_id = nomination.campaign_id
    return frozenset(
        level for level, unit in units.items() if case_papers.speaks_for(ctx, unit, _ANSWERS, campaign_id)
    )


def closed(ctx: Ctx, nomination: Nomination) -> list[Reason]:
    """Why nothing is filled in now: not determined, not proposed, reported already, or past the deadline."""
    if nomination.stage not in DETERMINED:
        return [Reason("NOT_PROVINCIALLY_DETERMINED")]
    recommendation = rows.live(ctx.session, nomination.id)
    if recommendation is None:
        return [Reason("MINISTRY_NOT_PROPOSED")]
    if recommendation.stage not in LIVE:
        return [Reason("MINISTRY_CLOSED", params=both("stage", "ministry_stage", recommendation.stage))]
    return ministry_deadline.reasons(ctx, nomination)


def put(ctx: Ctx, nomination_id: UUID, body: FormData, version: int | None) -> Nomination:
    """Fill the national form in; replaces what was filled in before, and no other level's opinion.

    Needs `form:edit`; `version` is 0 where nothing was filled in yet. Refuses `NOT_PROVINCIALLY_DETERMINED`,
    `MINISTRY_NOT_PROPOSED`, `MINISTRY_CLOSED`, `DEADLINE_PASSED`, `NOT_YOUR_LEVEL`, `VALIDATION_FAILED`.
    """
    nomination = nominations.for_change(ctx, nomination_id, "form:edit")
    rules = case_papers.rules_of(ctx, nomination)
    kept = rows.form(ctx.session, nomination.id)
    check_version(case_papers.tag_of(kept), version)
    refuse(closed(ctx, nomination))
    data = forms.checked(rules, body)
    refuse(_of_others(ctx, nomination, rules, kept.data if kept else {}, data))
    values = {
        "data": data,
        "template_version": rules.form.template_version,
        "complete": not filling.missing(rules.form.fields, data, levels(ctx, nomination)),
    }
    key = {"nomination_id": nomination.id, "kind": FormKind.NATIONAL}
    row = case_papers.written(ctx, kept, ApprovalForm, **key, **values)
    case_papers.noted(ctx, "national_form.filled", row, nomination, complete=row.complete, fields=len(data))
    return nomination


def suggested(ctx: Ctx, nomination: Nomination) -> dict[str, Any]:
    """What the form's facts will say: as the filing's did, for the ministry; opinions are given anew."""
    filed = flow.form(ctx.session, nomination.id)
    fields = {field.key: field for field in case_papers.rules_of(ctx, nomination).form.fields}
    known = forms.suggested(ctx, nomination)
    same = {
        key: value
        for key, value in (filed.data if filed else {}).items()
        if key in fields and fields[key].type not in _GIVEN_ANEW
    }
    return known | same | {"award_level": "NATIONAL"} if "award_level" in fields else known | same


def _of_others(
    ctx: Ctx,
    nomination: Nomination,
    rules: CampaignRules,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Iterator[Reason]:
    """Each opinion that changed without its own level's department having written it."""
    mine = answered_by(ctx, nomination)
    for field in rules.form.fields:
        changed = before.get(field.key) != after.get(field.key)
        if field.level is not None and field.level not in mine and changed:
            yield Reason("NOT_YOUR_LEVEL", f"/data/{field.key}", case_papers.level_names(field.level))
