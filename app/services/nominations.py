"""Nominations: put forward, listed, written; who may read or change one (R-024, R-048). Everything about a case starts here."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.db import flow, new_rows, nomination_lines
from app.db import nominations as rows
from app.db.nomination_lines import NominationLine
from app.db.nominations import Filter
from app.db.tables.campaigns import Campaign
from app.db.tables.nominations import Nomination, ServiceWindow
from app.domain.campaign import CampaignStage
from app.domain.errors import Refusal
from app.domain.ids import new_id, shown
from app.domain.nomination import Stage
from app.domain.nomination_guards import FILING
from app.domain.nomination_parts import NominationPart, is_open
from app.domain.words import both
from app.services import audit, campaigns, nomination_routes, nomination_voices, recusals, windows
from app.services.context import Ctx, check_version
from app.services.inputs.nominations import NominationDraft, NominationEdit
from app.services.nomination_routes import Ground, Way

__all__ = [
    "Filter",
    "NominationLine",
    "draft",
    "edit",
    "for_change",
    "for_writing",
    "is_free",
    "listed",
    "noted",
    "put_forward",
    "readable",
    "written",
]

_JUDGED = (
    "material:read",
)  # what a reviewer reads of a case given to them; the rest is in the evaluation file


def listed(ctx: Ctx, wanted: Filter, *, after: str = "", limit: int = 50) -> list[NominationLine]:
    """The nominations in the caller's area, newest first, one more than `limit`. Needs `nomination:read`."""
    ctx.actor.require_anywhere("nomination:read", wanted.campaign_id)
    paths = ctx.actor.paths("nomination:read", wanted.campaign_id)
    wanted = replace(wanted, without=recusals.hidden_everywhere(ctx))
    return nomination_lines.listed(ctx.session, paths, wanted, UUID(after) if after else None, limit)


def readable(ctx: Ctx, nomination_id: UUID, permission: str = "nomination:read") -> Nomination:
    """The nomination for someone who may read it. Refuses `NOT_FOUND` outside the caller's area, or in conflict with it (C15)."""
    found = ctx.session.get(Nomination, nomination_id)
    if found is None or recusals.hides(ctx, found):
        raise Refusal("NOT_FOUND")
    if permission not in _JUDGED or not recusals.judges(ctx, found):
        ctx.actor.require(permission, found.sponsor_path, found.campaign_id)
    return found


def for_change(ctx: Ctx, nomination_id: UUID, permission: str, version: int | None = None) -> Nomination:
    """The nomination locked for a change. Refuses `NOT_FOUND`, `PERMISSION_MISSING`, `VERSION_CONFLICT`."""
    found = rows.locked(ctx.session, nomination_id)
    if found is None or recusals.hides(ctx, found):
        raise Refusal("NOT_FOUND")
    ctx.actor.require(permission, found.sponsor_path, found.campaign_id)
    check_version(found.row_version, version)
    return found


def draft(ctx: Ctx, campaign_id: UUID, body: NominationDraft) -> Nomination:
    """Put a window forward; route, bucket, levels and departments follow from its sponsor's place in the tree.

    Needs `nomination:create` over the sponsor. Refuses `CAMPAIGN_NOT_OPEN`, `CAMPAIGN_SUSPENDED`, `NOT_PARTICIPANT`,
    `OUT_OF_SCOPE_WINDOW`, `WINDOW_MERGED`, `DUPLICATE_NOMINATION` (I-06).
    """
    campaign = campaigns.readable(ctx, campaign_id, "nomination:create")
    row = windows.window_of(ctx, body.window_id, "nomination:create")
    ctx.actor.require("nomination:create", row.sponsor.path, campaign.id)
    is_free(ctx, campaign, row.window)
    ground = nomination_routes.ground(ctx, campaign, row.sponsor.path)
    return put_forward(ctx, ground, row.window, statement=body.statement, new_merits=body.new_merits)


def put_forward(
    ctx: Ctx,
    ground: Ground,
    window: ServiceWindow,
    **said: Any,  # noqa: ANN401  (columns of a nomination)
) -> Nomination:
    """The draft of a window that nobody else has put forward; the unique keys have the last word.

    Refuses `CAMPAIGN_NOT_OPEN`, `CAMPAIGN_SUSPENDED`, `NOT_PARTICIPANT`, `OUT_OF_SCOPE_WINDOW`, `DUPLICATE_NOMINATION`.
    """
    campaign, sponsor = ground.campaign, ground.sponsor
    way = nomination_routes.way(campaigns.rules_of(ctx, campaign), window, ground)
    _is_open(ctx, campaign, way)
    nomination = Nomination(
        **audit.stamp(ctx),
        id=new_id(),
        returned_fields=[],
        campaign_id=campaign.id,
        window_id=window.id,
        live_window_id=window.id,
        sponsor_org_id=sponsor.id,
        sponsor_path=sponsor.path,
        holder_org_id=sponsor.id,
        stage_since=ctx.now,
        prepared_by=ctx.actor.key,
        **_on(way),
        **said,
    )
    if not new_rows.put_once(ctx.session, nomination):
        raise Refusal("DUPLICATE_NOMINATION", "/window_id", other=nomination.external_id or window.name)
    noted(ctx, "nomination.drafted", nomination)
    return rows.hold(ctx.session, nomination)


def is_free(ctx: Ctx, campaign: Campaign, window: ServiceWindow) -> None:
    """It was not merged into another one, and nobody else puts it forward at the same moment; the unique key has the last word."""
    if window.merged_into_id:
        raise Refusal("WINDOW_MERGED", "/window_id", successor=shown("win", window.merged_into_id))
    rows.window_locked(ctx.session, window.id)
    other = rows.live(ctx.session, campaign.id, window.id)
    if other is not None:
        raise Refusal("DUPLICATE_NOMINATION", "/window_id", other=other.code or shown("nom", other.id))


def edit(ctx: Ctx, nomination_id: UUID, body: NominationEdit, version: int | None) -> Nomination:
    """Write what makes the window exemplary, while it is a draft or a return has opened it.

    Needs `nomination:edit`; refuses `NOT_EDITABLE_IN_STATE`, `PART_NOT_OPEN`, `NOT_YOUR_LEVEL`, `VERSION_CONFLICT`.
    """
    nomination = for_writing(ctx, nomination_id, "nomination:edit", NominationPart.STATEMENT, version)
    before = nomination.model_dump(mode="json")
    changed = {name: value for name, value in body if value is not None}
    for name, value in changed.items():
        setattr(nomination, name, value)
    written(ctx, nomination)
    noted(ctx, "nomination.edited", nomination, before, fields=sorted(changed))
    return nomination


def for_writing(
    ctx: Ctx, nomination_id: UUID, permission: str, part: NominationPart, version: int | None = None
) -> Nomination:
    """The nomination locked for writing one of its parts; call `written` and note it afterwards.

    Refuses what `for_change` refuses, `NOT_EDITABLE_IN_STATE`, `PART_NOT_OPEN`, and `NOT_YOUR_LEVEL` to who has not the case.
    """
    nomination = for_change(ctx, nomination_id, permission, version)
    if not is_open(part, nomination.stage, nomination.returned_fields):
        raise _closed(nomination, part)
    asked = nomination_voices.voice(ctx, nomination, permission)
    if nomination.stage is not Stage.DRAFT and asked is not nomination.level:
        level = nomination.level
        raise Refusal("NOT_YOUR_LEVEL", level_zh=level.name_zh, level_en=level.name_en)
    return nomination


def written(ctx: Ctx, nomination: Nomination) -> None:
    """Sign a change of content: who wrote it does not approve it (I-13), and a push no longer overwrites it (decisions 16).

    What a level adds later (its part of the form) is its own work, not the unit's: see `facts`.
    """
    if nomination.id in ctx.made:
        return  # signed as it was made
    if nomination.stage in (Stage.DRAFT, Stage.RETURNED):
        nomination.prepared_by = ctx.actor.key
    nomination.people_edited = nomination.people_edited or (
        ctx.actor.person_id is not None and nomination.source is not None
    )
    audit.touch(ctx, nomination)


def noted(
    ctx: Ctx,
    act: str,
    nomination: Nomination,
    before: dict[str, Any] | None = None,
    **more: Any,  # noqa: ANN401  (values of a summary)
) -> None:
    """The entry of a change to a nomination: what happened, never what people wrote."""
    audit.note(
        ctx,
        act,
        nomination,
        before=before,
        campaign_id=nomination.campaign_id,
        path=nomination.sponsor_path,
        summary={"stage": nomination.stage.value, "bucket": nomination.bucket_code, **more},
    )


def _on(way: Way) -> dict[str, Any]:
    return {
        "route": way.route,
        "bucket_code": way.bucket_code,
        "own_level": way.own_level,
        "level": way.own_level,
        "organizing_org_id": way.organising.id,
        "departments": way.stored,
    }


def _is_open(ctx: Ctx, campaign: Campaign, way: Way) -> None:
    """The campaign takes recommendations, or the organising unit has a late acceptance that still runs (E-18)."""
    if campaign.stage is not CampaignStage.OPEN and not _is_excepted(ctx, campaign, way):
        raise Refusal("CAMPAIGN_NOT_OPEN", **both("stage", "campaign_stage", campaign.stage))
    if campaign.suspended_reason:
        raise Refusal("CAMPAIGN_SUSPENDED")


def _is_excepted(ctx: Ctx, campaign: Campaign, way: Way) -> bool:
    late = flow.late_acceptance(ctx.session, campaign.id, way.organising.id)
    return campaign.stage in FILING and late is not None and ctx.now < late.ends_at


def _closed(nomination: Nomination, part: NominationPart) -> Refusal:
    if nomination.stage is not Stage.RETURNED:
        return Refusal("NOT_EDITABLE_IN_STATE", **both("stage", "nomination_stage", nomination.stage))
    opened = [NominationPart(one) for one in nomination.returned_fields]
    named = both("part", "nomination_part", part) | both("open", "nomination_part", *opened)
    return Refusal("PART_NOT_OPEN", **named)
