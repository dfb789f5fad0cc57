"""Publicity notices: drafted by the organising unit, reviewed and published by a second person (R-028, R-032)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import campaigns as campaign_rows
from app.db import notices as rows
from app.db.notices import ItemRow
from app.db.tables.campaigns import DocumentKind
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.db.tables.supervision import NoticeChange, NoticeItem, PublicNotice
from app.domain.access import Actor
from app.domain.errors import Reason, Refusal, refuse
from app.domain.notice import (
    ItemOutcome,
    NoticeAction,
    NoticeMatter,
    NoticeStage,
    NoticeState,
    available,
    item_outcome,
    state_at,
)
from app.domain.steps import ActionState
from app.services import audit, campaigns, listed_cases, notice_text
from app.services.context import Ctx, check_version
from app.services.inputs.notices import NoticeDraft, NoticeItemIn
from app.services.notice_facts import facts_of

CONTACT = (
    "contact_office",
    "contact_phone",
    "contact_email",
    "contact_address",
    "contact_postcode",
    "reception_hours",
)
FIELDS = ("title", "basis", "body", *CONTACT)


@dataclass(frozen=True)
class ItemView:
    """One nominee and how it stands."""

    row: ItemRow
    outcome: ItemOutcome

    @property
    def item(self) -> NoticeItem:
        return self.row.item


@dataclass(frozen=True)
class NoticeView:
    """A notice as its officers see it."""

    notice: PublicNotice
    state: NoticeState
    items: list[ItemView]
    changes: list[NoticeChange]
    actions: list[ActionState[NoticeAction]]
    superseded_by: UUID | None


def listed(
    ctx: Ctx,
    *,
    campaign_id: UUID | None = None,
    stage: NoticeStage | None = None,
    after: str = "",
    limit: int = 50,
) -> list[PublicNotice]:
    """The notices of one's own units, newest first. Needs `notice:read`."""
    ctx.actor.require_anywhere("notice:read")
    paths = ctx.actor.paths("notice:read", campaign_id)
    return rows.listed(ctx.session, paths, campaign_id, stage, UUID(after) if after else None, limit)


def state_of(ctx: Ctx, notice: PublicNotice) -> NoticeState:
    """What the notice is now: running, ended, or what was done with it."""
    return state_at(notice.stage, notice.published_at, notice.ends_at, ctx.now)


def shown(ctx: Ctx, notice_id: UUID) -> NoticeView:
    """One notice with its nominees and what may be done now. Refuses `NOT_FOUND` outside one's units."""
    notice = ctx.session.get(PublicNotice, notice_id)
    if notice is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require("notice:read", notice.issuer_path, notice.campaign_id)
    return view(ctx, notice)


def view(ctx: Ctx, notice: PublicNotice) -> NoticeView:
    """The view of a row the caller already may see."""
    items = rows.items(ctx.session, notice.id)
    facts = facts_of(ctx, notice, items)
    state = state_of(ctx, notice)
    successor = rows.successor(ctx.session, notice.id) if notice.stage is NoticeStage.SUPERSEDED else None
    return NoticeView(
        notice,
        state,
        [ItemView(row, outcome_of(state, row)) for row in items],
        rows.changes(ctx.session, notice.id),
        available(facts, permissions_at(ctx.actor, notice), ctx.now),
        successor.id if successor else None,
    )


def candidates(ctx: Ctx, campaign_id: UUID) -> list[tuple[Nomination, ServiceWindow]]:
    """What one's own unit may list now, for the editor: cleared nominees, at the host also reviewed and assessed ones.

    Needs `notice:draft`.
    """
    ctx.actor.require_anywhere("notice:draft", campaign_id)
    host = campaigns.campaign_of(ctx, campaign_id).host_organization_id
    own = _own_units(ctx, campaign_id)
    found = [row for one in own for row in rows.clear_for_notice(ctx.session, campaign_id, one)]
    return [*found, *rows.ready_at_the_host(ctx.session, campaign_id)] if host in own else found


def suggested(ctx: Ctx, campaign_id: UUID) -> dict[str, str]:
    """What a new notice says until somebody changes it: the campaign's paper, and whom the unit's last notice named.

    Needs `notice:draft`.
    """
    ctx.actor.require_anywhere("notice:draft", campaign_id)
    papers = campaign_rows.documents(ctx.session, campaign_id)
    basis = next((one for one in papers if one.kind is DocumentKind.BASIS), None)
    own = _own_units(ctx, campaign_id)
    said = rows.newest_of(ctx.session, own)
    unit = ctx.session.get(Organization, own[0]) if own else None
    contact = {name: getattr(said, name) for name in CONTACT} if said else {}
    named = {"contact_office": unit.name} if unit else {}
    return {"basis": f"{basis.title}（{basis.document_no}）" if basis else "", **named, **contact}


def _own_units(ctx: Ctx, campaign_id: UUID) -> list[UUID]:
    """The very units for which the caller drafts notices, each once."""
    units = dict.fromkeys(grant.organization_id for grant in ctx.actor.grants)
    return [one for one in units if ctx.actor.may_as("notice:draft", one, campaign_id)]


def outcome_of(state: NoticeState, row: ItemRow) -> ItemOutcome:
    """How one nominee stands; an ended case counts as taken out, an objection holds nobody else (E-09)."""
    removed = row.item.removed_at is not None or row.nomination.stage.final
    return item_outcome(state, removed=removed, open_objections=row.open_objections)


def permissions_at(actor: Actor, notice: PublicNotice) -> frozenset[str]:
    """What the caller may do as the issuing unit; nobody publishes in another unit's name."""
    return actor.at(notice.issuer_org_id)


def draft(ctx: Ctx, campaign_id: UUID, body: NoticeDraft) -> PublicNotice:
    """Draft a notice. Needs `notice:draft` at the organising unit; refuses `NOTICE_ITEM_NOT_READY`, `NOTICE_ITEM_FOREIGN`."""
    campaign = campaigns.campaign_of(ctx, campaign_id)
    nominations, matter = _nominations(ctx, campaign_id, body.items)
    issuer = ctx.session.get_one(Organization, listed_cases.issuer_of(ctx, nominations[0], matter))
    _only_own(ctx, nominations, matter, issuer.id)
    may_act(ctx, "notice:draft", issuer.id, issuer.path, campaign_id)
    notice = PublicNotice(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        matter=matter,
        level=issuer.level,
        issuer_org_id=issuer.id,
        issuer_path=issuer.path,
        prepared_by=ctx.actor.key,
        prepared_person_id=ctx.actor.person_id,
        **_fields(body),
    )
    ctx.session.add(notice)
    ctx.session.flush()
    _list_items(ctx, notice, body.items)
    audit.note(
        ctx, "notice.drafted", notice, campaign_id=campaign_id, path=issuer.path, summary=summary(notice)
    )
    return notice


def edit(ctx: Ctx, notice_id: UUID, body: NoticeDraft, version: int | None) -> PublicNotice:
    """Change a draft. Needs `notice:draft`; refuses `NOTICE_NOT_EDITABLE` once it was reviewed."""
    notice = loaded(ctx, notice_id)
    may_act(ctx, "notice:draft", notice.issuer_org_id, notice.issuer_path, notice.campaign_id)
    check_version(notice.row_version, version)
    if notice.stage is not NoticeStage.DRAFT:
        raise Refusal("NOTICE_NOT_EDITABLE")
    nominations, matter = _nominations(ctx, notice.campaign_id, body.items, notice.matter)
    _only_own(ctx, nominations, matter, notice.issuer_org_id)
    before = notice.model_dump(mode="json")
    for name, value in _fields(body).items():
        setattr(notice, name, value)
    # Whoever wrote the text last may not be the one who reviews it (I-13).
    notice.prepared_by, notice.prepared_person_id = ctx.actor.key, ctx.actor.person_id
    for row in rows.items(ctx.session, notice.id):
        ctx.session.delete(row.item)
    ctx.session.flush()
    _list_items(ctx, notice, body.items)
    audit.touch(ctx, notice)
    audit.note(
        ctx,
        "notice.edited",
        notice,
        before=before,
        campaign_id=notice.campaign_id,
        path=notice.issuer_path,
        summary=summary(notice),
    )
    return notice


def loaded(ctx: Ctx, notice_id: UUID) -> PublicNotice:
    """The row for changing it. Refuses `NOT_FOUND` outside one's units."""
    notice = rows.locked(ctx.session, notice_id)
    if notice is None or not ctx.actor.sees(notice.issuer_path, notice.campaign_id):
        raise Refusal("NOT_FOUND")
    return notice


def may_act(ctx: Ctx, permission: str, organization_id: UUID, path: str, campaign_id: UUID) -> None:
    """Only the unit itself acts in its name; a higher grant lets one see, not speak for it."""
    if not ctx.actor.sees(path, campaign_id):
        raise Refusal("NOT_FOUND")
    if not ctx.actor.may_as(permission, organization_id, campaign_id):
        raise Refusal("PERMISSION_MISSING", permission=permission)


def summary(notice: PublicNotice) -> dict[str, Any]:
    """What feed and audit say of a notice: nothing but its own marks."""
    return {
        "code": notice.code or "",
        "matter": notice.matter.value,
        "round": notice.round,
        "stage": notice.stage.value,
        "last_day": notice.last_day.isoformat() if notice.last_day else "",
    }


def _fields(body: NoticeDraft) -> dict[str, Any]:
    values = {name: getattr(body, name) for name in FIELDS}
    return {
        **values,
        "channels": [{"channel": one.channel.value, "detail": one.detail} for one in body.channels],
    }


def _nominations(
    ctx: Ctx, campaign_id: UUID, items: Sequence[NoticeItemIn], matter: NoticeMatter | None = None
) -> tuple[list[Nomination], NoticeMatter]:
    """The nominations named, each ready for the one matter of the notice and named once."""
    found = rows.subjects(ctx.session, [item.nomination_id for item in items])
    ready = listed_cases.matters(ctx, (nomination for nomination, _, _ in found.values()))
    meant = matter or next(
        (ready[one.nomination_id] for one in items if one.nomination_id in ready), NoticeMatter.RECOMMENDATION
    )
    reasons = []
    for index, item in enumerate(items):
        known = found.get(item.nomination_id)
        if known is None or known[0].campaign_id != campaign_id or not ctx.actor.sees(known[0].sponsor_path):
            reasons.append(Reason("NOTICE_ITEM_FOREIGN", f"/items/{index}/nomination_id"))
        elif ready.get(item.nomination_id) is not meant:
            reasons.append(
                Reason("NOTICE_ITEM_NOT_READY", f"/items/{index}/nomination_id", {"items": (known[1].name,)})
            )
    if len({item.nomination_id for item in items}) < len(items):
        reasons.append(Reason("NOTICE_ITEM_TWICE", "/items"))
    refuse(reasons)
    return [found[item.nomination_id][0] for item in items], meant


def _only_own(
    ctx: Ctx, nominations: Sequence[Nomination], matter: NoticeMatter, organization_id: UUID
) -> None:
    """A unit publishes the nominees of its own bucket only, the host those of its own award (R-024, R-032)."""
    refuse(
        Reason("NOTICE_ITEM_FOREIGN", f"/items/{index}/nomination_id")
        for index, one in enumerate(nominations)
        if listed_cases.issuer_of(ctx, one, matter) != organization_id
    )


def _list_items(ctx: Ctx, notice: PublicNotice, items: Sequence[NoticeItemIn]) -> None:
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, notice.campaign_id))
    found = rows.subjects(ctx.session, [item.nomination_id for item in items])
    for position, item in enumerate(items):
        nomination, window, sponsor = found[item.nomination_id]
        ctx.session.add(
            NoticeItem(
                **audit.stamp(ctx),
                notice_id=notice.id,
                nomination_id=nomination.id,
                matter=notice.matter,
                level=notice.level,
                position=position,
                snapshot=notice_text.snapshot(ctx, rules, nomination, window, sponsor, item.merits),
            )
        )
    ctx.session.flush()
