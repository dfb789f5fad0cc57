"""Seals on the forms: one for each level, in order, under the name the unit had that day (R-040, domain.md 3.18)."""

from datetime import date
from uuid import UUID

from app.db import case_papers as rows
from app.db import windows
from app.db.tables.materials import FormKind, Material, MaterialKind, MaterialStatus, SealRecord
from app.db.tables.nominations import Nomination
from app.db.tables.places import Organization
from app.domain.errors import Reason, Refusal, refuse
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.domain.seal import name_reasons, order_reasons, proof_reasons
from app.packs.schema import CampaignRules
from app.services import case_papers, facts, nominations
from app.services.context import Ctx, check_version
from app.services.inputs.seals import SealRecording

OPEN = {
    FormKind.PROVINCIAL: (
        Stage.SUBMITTED,
        Stage.RETURNED,
        Stage.CLEARED,
        Stage.AT_NOTICE,
        Stage.RECOMMENDED,
    ),
    FormKind.NATIONAL: (Stage.DETERMINED, Stage.AWARDED),
}
"""The form of the filing is sealed on its way up, the ministry's only once the award is determined (R-037)."""


def listed(ctx: Ctx, nomination_id: UUID, *, after: str = "", limit: int = 50) -> list[SealRecord]:
    """The seals of both forms in the order recorded. Needs `seal:read`."""
    nominations.readable(ctx, nomination_id, "seal:read")
    return rows.listed(ctx.session, SealRecord, nomination_id, UUID(after) if after else None, limit)


def shown(ctx: Ctx, nomination_id: UUID, level: Level, form: FormKind = FormKind.PROVINCIAL) -> SealRecord:
    """The level's seal. Refuses `NOT_FOUND` when there is none yet."""
    nominations.readable(ctx, nomination_id, "seal:read")
    found = rows.seal(ctx.session, nomination_id, form, level)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def levels(ctx: Ctx, nomination: Nomination, form: FormKind) -> tuple[Level, ...]:
    """Whose seals the form bears: every level on the way, and the host's on the ministry's form."""
    return levels_of(nomination, case_papers.rules_of(ctx, nomination), form)


def levels_of(nomination: Nomination, rules: CampaignRules, form: FormKind) -> tuple[Level, ...]:
    """The same where the rules are at hand."""
    passed = facts.applicable(nomination, rules)
    return passed if form is FormKind.PROVINCIAL else tuple(sorted({*passed, rules.host_level}))


def form_now(nomination: Nomination) -> FormKind:
    """The form that is being sealed at this stage, or was last."""
    later = nomination.stage in OPEN[FormKind.NATIONAL]
    return FormKind.NATIONAL if later else FormKind.PROVINCIAL


def closed(nomination: Nomination, level: Level, form: FormKind = FormKind.PROVINCIAL) -> list[Reason]:
    """Why this level's seal cannot be recorded now: it is the form's time and the case has come this far."""
    open_now = case_papers.elsewhere(nomination, OPEN[form], part=NominationPart.SEALS)
    return open_now or ([] if level <= nomination.level else case_papers.elsewhere(nomination, ()))


def record(
    ctx: Ctx,
    nomination_id: UUID,
    level: Level,
    body: SealRecording,
    version: int | None,
    form: FormKind = FormKind.PROVINCIAL,
) -> SealRecord:
    """Put a level's seal on record, each with its own signer (E-40); `version` is 0 where there is none yet.

    Needs `seal:record` at that level's department. Refuses `SEAL_MISSING` (a level below), `SEAL_ORDER`,
    `SEAL_NAME_MISMATCH`, `SEAL_NUMBER`, `SEAL_SCAN_UNKNOWN`, `DATE_IN_FUTURE`.
    """
    nomination = nominations.for_change(ctx, nomination_id, "seal:record")
    passed = levels(ctx, nomination, form)
    if level not in passed:
        raise Refusal("LEVEL_NOT_APPLICABLE", **case_papers.level_names(level))
    unit = case_papers.acting_for(ctx, nomination, level, "seal:record")
    found = rows.seal(ctx.session, nomination_id, form, level)
    check_version(case_papers.tag_of(found), version)
    placed = {one.level: one.sealed_on for one in rows.seals(ctx.session, nomination.id, form)}
    others = {other: day for other, day in placed.items() if other != level}
    refuse(
        [
            *closed(nomination, level, form),
            *order_reasons(level, body.sealed_on, case_papers.today(ctx), passed, others),
            *_faults(ctx, nomination, unit, body),
        ]
    )
    before = found.model_dump(mode="json") if found else None
    key = {"nomination_id": nomination.id, "form_kind": form, "level": level, "organization_id": unit}
    row = case_papers.written(ctx, found, SealRecord, **key, **body.model_dump())
    said = {"form": form.value, "level": level.value, "kind": row.kind.value}
    case_papers.noted(ctx, "seal.recorded", row, nomination, before, **said)
    return row


def name_today(ctx: Ctx, nomination: Nomination, level: Level) -> str:
    """What the seal of this level's department says today; empty where the case does not pass the level."""
    given = nomination.departments.get(level.value)
    unit = ctx.session.get(Organization, UUID(given)) if given else None
    return statutory_name(ctx, unit, case_papers.today(ctx)) if unit else ""


def statutory_name(ctx: Ctx, unit: Organization, day: date) -> str:
    """The name the unit had by statute on that day (E-02)."""
    former = windows.names(ctx.session, unit.id)
    held = (one.name for one in former if one.valid_from <= day and (one.valid_to or date.max) >= day)
    return next(held, unit.name)


def _faults(ctx: Ctx, nomination: Nomination, unit_id: UUID, body: SealRecording) -> list[Reason]:
    unit = ctx.session.get_one(Organization, unit_id)
    return [
        *name_reasons(body.name_on_seal, statutory_name(ctx, unit, body.sealed_on)),
        *proof_reasons(body.kind, body.e_seal_id),
        *_scan(ctx, nomination, body.material_id),
    ]


def _scan(ctx: Ctx, nomination: Nomination, material_id: UUID | None) -> list[Reason]:
    scan = ctx.session.get(Material, material_id) if material_id else None
    wanted = (nomination.id, MaterialKind.SCAN, MaterialStatus.VERIFIED)
    fits = scan is not None and (scan.nomination_id, scan.kind, scan.status) == wanted
    return [] if fits or material_id is None else [Reason("SEAL_SCAN_UNKNOWN", "/material_id")]
