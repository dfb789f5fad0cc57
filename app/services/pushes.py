"""A municipal system pushes a nomination under its own key: one upsert, one transaction, one version (decisions 16).

Idempotent by nature: the highest number of the source wins, whatever the order and however often (E-25). It never
writes over what people changed, and never beyond the client's own area (E-26, I-20, R-048).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.db import nominations as nomination_rows
from app.db import pushes as rows
from app.db.pushes import PushedWindow, Standing
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.domain.errors import Refusal
from app.domain.ids import parsed
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.domain.words import both
from app.services import (
    audit,
    campaigns,
    case_papers,
    nomination_steps,
    nominations,
    push_parts,
    windows,
)
from app.services.context import Ctx, as_one, check_version
from app.services.inputs.nomination_steps import SubmitStep
from app.services.inputs.pushes import NominationPush, WindowPush
from app.services.inputs.windows import WindowRegister
from app.services.nomination_routes import Ground

Parts = frozenset[NominationPart]
_OPEN = (Stage.DRAFT, Stage.RETURNED)


@dataclass(frozen=True)
class PushKey:
    """The natural key of a pushed nomination."""

    campaign_id: UUID
    source: str
    external_id: str


@dataclass(frozen=True)
class Pushed:
    """What came of a push: the parts that were written, whether the nomination is new."""

    nomination: Nomination
    parts: Parts = frozenset()
    created: bool = False
    submitted: bool = False

    @property
    def changed(self) -> bool:
        return self.created or self.submitted or bool(self.parts)


def shown(ctx: Ctx, key: PushKey) -> Nomination:
    """The nomination under this key. Refuses `NOT_FOUND`, also to the client of another source."""
    if ctx.actor.client_id and key.source != ctx.actor.source:
        raise Refusal("NOT_FOUND")
    found = rows.pushed(ctx.session, key.campaign_id, key.source, key.external_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return nominations.readable(ctx, found.id)


def push(
    ctx: Ctx, key: PushKey, body: NominationPush, version: int | None = None, *, only_new: bool = False
) -> Pushed:
    """Take what the source says of the nomination, all of it or nothing. Needs `nomination:push` under one's own source.

    `version` lets the source prevail over people. Refuses `NOT_FOUND`, `REGION_SCOPE`, `REGION_NOT_VALID`,
    `VERSION_CONFLICT`, `SOURCE_SEQ_STALE`, `SOURCE_OVERWRITES_PEOPLE`, `SOURCE_WINDOW_FIXED`, `NOT_EDITABLE_IN_STATE`,
    and what the services of the parts refuse.
    """
    ctx.actor.require_anywhere("nomination:push", key.campaign_id)
    if key.source != ctx.actor.source:
        raise Refusal("NOT_FOUND")
    ctx.actor = replace(ctx.actor, on_behalf_of=body.on_behalf_of)
    try:
        return _taken(ctx, key, body, version, only_new=only_new)
    except OvertakenError:
        return _taken(ctx, key, body, version, only_new=only_new)


class OvertakenError(Exception):
    """Another push made the same window or nomination in between, and is through: what it made is there to be read."""


def _taken(ctx: Ctx, key: PushKey, body: NominationPush, version: int | None, *, only_new: bool) -> Pushed:
    standing = _standing(ctx, key, body.window)
    _lies_within(ctx, body.window, standing)
    found = _locked(ctx, key) if standing.pushed else None
    if found is None:
        check_version(0, version)
        return _created(ctx, key, body, standing)
    check_version(found.row_version, 0 if only_new else version)
    return _updated(ctx, found, body, standing.chain[-1], overrides=version is not None)


def _standing(ctx: Ctx, key: PushKey, body: WindowPush) -> Standing:
    """What the push stands on; a sponsor outside the client's own area is refused like none (I-20)."""
    sponsor = parsed("org", body.sponsor) if body.sponsor.startswith("org_") else body.sponsor
    place = PushedWindow(body.external_id, sponsor, body.region_code, case_papers.today(ctx))
    found = rows.standing(ctx.session, key.campaign_id, key.source, key.external_id, place)
    if found is None:
        campaigns.campaign_of(ctx, key.campaign_id)  # refuses the campaign that is none
    if found is None or not ctx.actor.may("nomination:push", found.chain[-1].path):
        raise Refusal("REGION_SCOPE", "/window/sponsor", region=body.sponsor)
    campaigns.remember(ctx, found.campaign, found.rules_id)
    return found


def _lies_within(ctx: Ctx, body: WindowPush, standing: Standing) -> None:
    """The window stands in the client's region, by a code that is in force today (E-26)."""
    if not standing.region_valid:
        raise Refusal("REGION_NOT_VALID", "/window/region_code", region=body.region_code)
    if ctx.actor.client_organization_id not in standing.around:
        raise Refusal("REGION_SCOPE", "/window/region_code", region=body.region_code)


def _locked(ctx: Ctx, key: PushKey) -> Nomination | None:
    """The nomination, held until this push is through."""
    found = rows.pushed(ctx.session, key.campaign_id, key.source, key.external_id, locked=True)
    return nomination_rows.hold(ctx.session, found) if found else None


def _created(ctx: Ctx, key: PushKey, body: NominationPush, standing: Standing) -> Pushed:
    said = push_parts.digests(body)
    carried = frozenset(said)
    ground = Ground(standing.campaign, standing.chain, standing.entries)
    with as_one(ctx) as new:
        if standing.window_known:
            window = _put_up(ctx, key, body.window, ground)
        else:
            window = _registered(ctx, key.source, body.window, ground.sponsor)
            new.add(window.id)
        nomination = nominations.put_forward(
            ctx,
            ground,
            window,
            statement=body.statement or "",
            new_merits=body.new_merits or "",
            source=key.source,
            external_id=key.external_id,
            **_kept(body, said),
        )
        new.add(nomination.id)
        later = carried - {NominationPart.WINDOW, NominationPart.STATEMENT}
        push_parts.write(ctx, nomination, window, body, later)
        _told(ctx, nomination, body, carried, nomination.model_dump(mode="json"))
        return Pushed(nomination, carried, created=True, submitted=_submitted(ctx, nomination, body))


def _put_up(ctx: Ctx, key: PushKey, body: WindowPush, ground: Ground) -> ServiceWindow:
    """The window that the source has pushed before, held and brought up to date, if nobody has put it forward."""
    window = rows.window(ctx.session, key.source, body.external_id, locked=True)
    if window is None or rows.pushed(ctx.session, key.campaign_id, key.source, key.external_id):
        raise OvertakenError
    _is_its_own(window, body, ground.sponsor)
    nominations.is_free(ctx, ground.campaign, window)
    push_parts.bring_up_to_date(ctx, window, body)
    return window


def _registered(ctx: Ctx, source: str, body: WindowPush, sponsor: Organization) -> ServiceWindow:
    with push_parts.pointing("/window"):
        registered = push_parts.bare(body, WindowRegister, sponsor_id=sponsor.id)
        window = windows.put(ctx, registered, source, body.external_id)
        if window is None and rows.window(ctx.session, source, body.external_id):
            raise OvertakenError
        if window is None:
            raise windows.name_taken(body.name)
        return window


def _updated(
    ctx: Ctx,
    nomination: Nomination,
    body: NominationPush,
    sponsor: Organization,
    *,
    overrides: bool,
) -> Pushed:
    stored = nomination.source_seq or 0
    if body.source_seq < stored:
        raise Refusal("SOURCE_SEQ_STALE", "/source_seq", current_seq=stored, given_seq=body.source_seq)
    said = push_parts.digests(body)
    fresh = frozenset(part for part, told in said.items() if nomination.pushed_parts.get(part) != told)
    submits = body.submit and nomination.stage is Stage.DRAFT
    again = not fresh and not submits and not overrides
    if again and (body.source_seq == stored or nomination.stage not in _OPEN):
        return _counted(ctx, nomination, body)
    if nomination.stage not in _OPEN:
        raise Refusal("NOT_EDITABLE_IN_STATE", **both("stage", "nomination_stage", nomination.stage))
    window = ctx.session.get_one(ServiceWindow, nomination.window_id)
    _is_its_own(window, body.window, sponsor)
    fresh |= _from_people(ctx, nomination, window, body, overrides=overrides)
    if not fresh and not submits:
        return _counted(ctx, nomination, body)
    with as_one(ctx):
        push_parts.write(ctx, nomination, window, body, fresh)
        _signed(ctx, nomination, body, {part: said[part] for part in fresh})
        return Pushed(nomination, fresh, submitted=_submitted(ctx, nomination, body))


def _is_its_own(window: ServiceWindow, body: WindowPush, sponsor: Organization) -> None:
    if (window.external_id, window.sponsor_org_id) != (body.external_id, sponsor.id):
        raise Refusal("SOURCE_WINDOW_FIXED", "/window/external_id", external_id=body.external_id)


def _from_people(
    ctx: Ctx, nomination: Nomination, window: ServiceWindow, body: NominationPush, *, overrides: bool
) -> Parts:
    """What people wrote since, when the source is to prevail; refused otherwise, naming the parts (E-25)."""
    edited = push_parts.by_people(ctx, nomination, window, body)
    if edited and not overrides:
        raise Refusal("SOURCE_OVERWRITES_PEOPLE", **both("parts", "nomination_part", *sorted(edited)))
    return edited


def _counted(ctx: Ctx, nomination: Nomination, body: NominationPush) -> Pushed:
    """The same again: only how far the source has counted is kept. No version, no event."""
    if body.source_seq != nomination.source_seq:
        nomination.source_seq = body.source_seq
        audit.keep(
            ctx,
            "nomination.push_counted",
            nomination,
            campaign_id=nomination.campaign_id,
            path=nomination.sponsor_path,
            summary={"source_seq": body.source_seq},
        )
    return Pushed(nomination)


def _signed(
    ctx: Ctx, nomination: Nomination, body: NominationPush, said: Mapping[NominationPart, str]
) -> None:
    """Keep what the source said, for the next push to be compared with."""
    before = nomination.model_dump(mode="json")
    kept = _kept(body, said)
    nomination.pushed_parts = nomination.pushed_parts | kept["pushed_parts"]
    nomination.source_seq, nomination.people_edited = kept["source_seq"], False
    nominations.written(ctx, nomination)
    _told(ctx, nomination, body, said, before)


def _told(
    ctx: Ctx,
    nomination: Nomination,
    body: NominationPush,
    parts: Iterable[NominationPart],
    before: dict[str, Any],
) -> None:
    told = {"source": nomination.source, "source_seq": body.source_seq, "parts": sorted(parts)}
    nominations.noted(ctx, "nomination.pushed", nomination, before, **told)


def _kept(body: NominationPush, said: Mapping[NominationPart, str]) -> dict[str, Any]:
    """What is remembered of a push: how far the source has counted, the digest of each part."""
    return {"source_seq": body.source_seq, "pushed_parts": {part.value: told for part, told in said.items()}}


def _submitted(ctx: Ctx, nomination: Nomination, body: NominationPush) -> bool:
    if body.submit:
        nomination_steps.act(ctx, nomination.id, SubmitStep(action="SUBMIT"), None)
    return body.submit
