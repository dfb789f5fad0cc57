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
from app.db import regions
from app.db.tables.campaigns import Campaign
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
    campaign = campaigns.campaign_of(ctx, key.campaign_id)
    chain = _chain(ctx, body.window)
    _lies_within(ctx, body.window, chain)
    found = _locked(ctx, key)
    if found is None:
        check_version(0, version)
        return _created(ctx, campaign, key, body, chain)
    check_version(found.row_version, 0 if only_new else version)
    return _updated(ctx, found, body, chain[-1], overrides=version is not None)


def _chain(ctx: Ctx, body: WindowPush) -> list[Organization]:
    """From the top of the tree down to a sponsor of the client's own area; one elsewhere is refused like none (I-20)."""
    by_id = body.sponsor.startswith("org_")
    found = (
        ctx.session.get(Organization, parsed("org", body.sponsor))
        if by_id
        else rows.organization(ctx.session, body.sponsor)
    )
    if found is None or not ctx.actor.may("nomination:push", found.path):
        raise Refusal("REGION_SCOPE", "/window/sponsor", region=body.sponsor)
    return nomination_rows.chain(ctx.session, found.path)


def _lies_within(ctx: Ctx, body: WindowPush, chain: Iterable[Organization]) -> None:
    """The window stands in the client's region, by a code that is in force today (E-26)."""
    upwards = regions.upwards(ctx.session, body.region_code, case_papers.today(ctx))
    if not upwards:
        raise Refusal("REGION_NOT_VALID", "/window/region_code", region=body.region_code)
    own = next(one for one in chain if one.id == ctx.actor.client_organization_id)
    if own.region_code not in upwards:
        raise Refusal("REGION_SCOPE", "/window/region_code", region=body.region_code)


def _locked(ctx: Ctx, key: PushKey) -> Nomination | None:
    """The nomination, held until this push is through; a first push holds its source, so that no other makes it too."""
    of = (ctx.session, key.campaign_id, key.source, key.external_id)
    found = rows.pushed(*of, locked=True)
    if found is None and ctx.actor.client_id:
        rows.source_locked(ctx.session, ctx.actor.client_id)
        found = rows.pushed(*of, locked=True)
    return found


def _created(
    ctx: Ctx, campaign: Campaign, key: PushKey, body: NominationPush, chain: list[Organization]
) -> Pushed:
    said = push_parts.digests(body)
    carried = frozenset(said)
    with as_one(ctx) as new:
        window = rows.window(ctx.session, key.source, body.window.external_id)
        if window is None:
            window = _registered(ctx, key.source, body.window, chain[-1])
            new.add(window.id)
        else:
            _is_its_own(window, body.window, chain[-1])
            nominations.is_free(ctx, campaign, window)
            push_parts.bring_up_to_date(ctx, window, body.window)
        nomination = nominations.put_forward(
            ctx,
            campaign,
            window,
            chain,
            statement=body.statement or "",
            new_merits=body.new_merits or "",
            source=key.source,
            external_id=key.external_id,
            **_kept(body, said),
        )
        new.add(nomination.id)
        later = carried - {NominationPart.WINDOW, NominationPart.STATEMENT}
        push_parts.write(ctx, nomination, window, body, later)
        _signed(ctx, nomination, body, carried)
        return Pushed(nomination, carried, created=True, submitted=_submitted(ctx, nomination, body))


def _registered(ctx: Ctx, source: str, body: WindowPush, sponsor: Organization) -> ServiceWindow:
    with push_parts.pointing("/window"):
        registered = push_parts.bare(body, WindowRegister, sponsor_id=sponsor.id)
        return windows.register(ctx, registered, source, body.external_id)


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
        _signed(ctx, nomination, body, fresh)
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


def _signed(ctx: Ctx, nomination: Nomination, body: NominationPush, parts: Parts) -> None:
    """Keep what the source said, for the next push to be compared with."""
    said = push_parts.digests(body)
    before = nomination.model_dump(mode="json")
    kept = _kept(body, {part: said[part] for part in parts})
    nomination.pushed_parts = nomination.pushed_parts | kept["pushed_parts"]
    nomination.source_seq, nomination.people_edited = kept["source_seq"], False
    nominations.written(ctx, nomination)
    told = {"source": nomination.source, "source_seq": body.source_seq, "parts": sorted(parts)}
    nominations.noted(ctx, "nomination.pushed", nomination, before, **told)


def _kept(body: NominationPush, said: Mapping[NominationPart, str]) -> dict[str, Any]:
    """What is remembered of a push: how far the source has counted, the digest of each part."""
    return {"source_seq": body.source_seq, "pushed_parts": {part.value: told for part, told in said.items()}}


def _submitted(ctx: Ctx, nomination: Nomination, body: NominationPush) -> bool:
    if body.submit:
        nomination_steps.act(ctx, nomination.id, SubmitStep(action="SUBMIT"), None)
    return body.submit
