"""What all papers of a case share: whose level it is, whether the case stands there, the entry each leaves.

A level's paper is written by that level's own department; a higher one does not write it in its place (D-04, R-025).
The case is locked while one is written, so that a paper and a step never pass each other.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from app.db import new_rows
from app.db.tables.base import Row
from app.db.tables.nominations import Nomination
from app.db.tables.places import Organization
from app.domain.errors import Reason, Refusal
from app.domain.ids import new_id
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.domain.words import both
from app.packs.schema import CampaignRules
from app.services import audit, campaigns, case_history
from app.services.context import Ctx
from app.services.dossiers import Dossier

R = TypeVar("R", bound=Row)


def today(ctx: Ctx) -> date:
    """The date where the campaign is."""
    return ctx.now.astimezone(ctx.zone).date()


def rules_of(ctx: Ctx, nomination: Nomination) -> CampaignRules:
    return campaigns.rules_of(ctx, campaigns.campaign_of(ctx, nomination.campaign_id))


def acting_for(ctx: Ctx, nomination: Nomination, level: Level, permission: str) -> UUID:
    """The department of this level, for which the caller acts.

    A person acts where he or she was appointed; a client transmits for the departments of its own area.
    Refuses `LEVEL_NOT_APPLICABLE` (E-39), `NOT_YOUR_LEVEL`.
    """
    given = nomination.departments.get(level.value)
    if given is None:
        raise Refusal("LEVEL_NOT_APPLICABLE", **level_names(level))
    if not speaks_for(ctx, UUID(given), permission, nomination.campaign_id):
        raise Refusal("NOT_YOUR_LEVEL", **level_names(level))
    return UUID(given)


def speaks_for(ctx: Ctx, department: UUID, permission: str, campaign_id: UUID) -> bool:
    """Whether the caller holds the permission at this very department."""
    if ctx.actor.client_id:
        unit = ctx.session.get(Organization, department)
        return unit is not None and ctx.actor.may(permission, unit.path, campaign_id)
    return ctx.actor.system or ctx.actor.may_as(permission, department, campaign_id)


def elsewhere(
    nomination: Nomination,
    stages: Collection[Stage],
    level: Level | None = None,
    part: NominationPart | None = None,
) -> list[Reason]:
    """`CASE_ELSEWHERE` unless the case is at one of the stages, and at the level where one is given.

    A case that was returned is open only in the parts the return named: `PART_NOT_OPEN`.
    """
    if nomination.stage not in stages or level not in (None, nomination.level):
        said = both("stage", "nomination_stage", nomination.stage) | level_names(nomination.level)
        return [Reason("CASE_ELSEWHERE", params=said)]
    if part is None or nomination.stage is not Stage.RETURNED or part in nomination.returned_fields:
        return []
    opened = [NominationPart(one) for one in nomination.returned_fields]
    named = both("part", "nomination_part", part) | both("open", "nomination_part", *opened)
    return [Reason("PART_NOT_OPEN", params=named)]


def written(ctx: Ctx, found: R | None, kind: type[R], /, **values: Any) -> R:  # noqa: ANN401  (columns of the row)
    """The one row a key has: made, or brought up to date with its version raised."""
    if found is None:
        made = kind(**audit.stamp(ctx), id=new_id(), **values)
        new_rows.put(ctx.session, made)
        return made
    for name, value in values.items():
        setattr(found, name, value)
    audit.touch(ctx, found)
    return found


def tag_of(found: Row | None) -> int:
    """The version a change has to name: 0 where nothing is on record yet."""
    return found.row_version if found else 0


def prepared_it(dossier: Dossier) -> bool:
    """Whether the person who acts, under whichever account, prepared the case (I-13)."""
    preparers = case_history.preparers(dossier.nomination, dossier.standing)
    return not preparers.isdisjoint(f"person:{one.hex}" for one in dossier.accounts)


def noted(
    ctx: Ctx,
    action: str,
    row: Row,
    nomination: Nomination,
    before: Mapping[str, Any] | None = None,
    **summary: object,
) -> None:
    """The entry of a paper: which case it belongs to and what kind of paper it is, never what people wrote."""
    audit.note(
        ctx,
        action,
        row,
        before=before,
        campaign_id=nomination.campaign_id,
        path=nomination.sponsor_path,
        summary={"nomination_id": f"nom_{nomination.id.hex}", **summary},
    )


def level_names(level: Level) -> dict[str, str]:
    """The parameters `level_zh` and `level_en` of a sentence that names a level."""
    return {"level_zh": level.name_zh, "level_en": level.name_en}
