"""A campaign: made from a pack, edited while it is prepared, and the version of its rules that holds now."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.db import campaigns as rows
from app.db.tables.campaigns import Campaign, CampaignRules, Participant
from app.db.tables.places import Organization
from app.domain.calendar import ends_at
from app.domain.campaign import PERMISSIONS, CampaignAction, CampaignStage, available
from app.domain.errors import Refusal
from app.domain.steps import ActionState
from app.domain.words import both
from app.packs import loading
from app.packs import schema as packs
from app.services import audit, campaign_facts, participants
from app.services.context import Ctx, check_version
from app.services.inputs.campaigns import CampaignClone, CampaignCreate, CampaignEdit, CampaignImport

EDITABLE = (CampaignStage.DRAFT, CampaignStage.DECIDED, CampaignStage.CONFIGURED)
DEADLINES = ("contacts", "materials", "ministry")

_READ: dict[UUID, packs.CampaignRules] = {}
_KEPT = 64


@dataclass(frozen=True)
class CampaignView:
    """A campaign as its officers see it."""

    campaign: Campaign
    host: Organization
    rules: packs.CampaignRules
    actions: list[ActionState[CampaignAction]]


def campaign_of(ctx: Ctx, campaign_id: UUID) -> Campaign:
    """The campaign, asked once per request together with which row its rules are. Refuses `NOT_FOUND`."""
    known = _known(ctx)
    if campaign_id not in known:
        found = rows.with_rules(ctx.session, campaign_id)
        if found is None:
            raise Refusal("NOT_FOUND")
        remember(ctx, *found)
    return known[campaign_id]


def remember(ctx: Ctx, campaign: Campaign, rules_id: UUID) -> None:
    """A statement about something else has brought the campaign along, and which row its rules are."""
    _known(ctx)[campaign.id] = campaign
    _known_rules(ctx)[campaign.id, campaign.rules_version] = rules_id


def know(ctx: Ctx, campaign: Campaign, rules_id: UUID) -> None:
    """A campaign that another statement has read, with the row of its rules in force, is not asked for again."""
    ctx.session.info.setdefault("campaigns", {})[campaign.id] = campaign
    _known_rules(ctx)[campaign.id, campaign.rules_version] = rules_id


def rules_of(ctx: Ctx, campaign: Campaign, version: int = 0) -> packs.CampaignRules:
    """The rules in force, or an earlier version (I-16). A row never changes, so each is read once per process.

    Which row a version is, is asked once per request: a version that is rolled back may come again as another row.
    """
    known = _known_rules(ctx)
    key = (campaign.id, version or campaign.rules_version)
    row_id = known.get(key) or known.setdefault(key, rows.rules_id(ctx.session, *key))
    if row_id not in _READ:
        if len(_READ) >= _KEPT:
            _READ.clear()
        _READ[row_id] = loading.from_row(ctx.session.get_one(CampaignRules, row_id).rules)
    return _READ[row_id]


def _known(ctx: Ctx) -> dict[UUID, Campaign]:
    found: dict[UUID, Campaign] = ctx.session.info.setdefault("campaigns", {})
    return found


def _known_rules(ctx: Ctx) -> dict[tuple[UUID, int], UUID]:
    found: dict[tuple[UUID, int], UUID] = ctx.session.info.setdefault("rules", {})
    return found


def listed(
    ctx: Ctx, *, stage: CampaignStage | None = None, after: str = "", limit: int = 50
) -> list[Campaign]:
    """All campaigns, newest first. Needs `campaign:read`."""
    ctx.actor.require_anywhere("campaign:read")
    return rows.listed(ctx.session, stage, UUID(after) if after else None, limit)


def coded(ctx: Ctx, code: str) -> Campaign:
    """The campaign of a short code. Needs `campaign:read`; refuses `NOT_FOUND`."""
    found = rows.by_code(ctx.session, code)
    if found is None:
        raise Refusal("NOT_FOUND")
    return readable(ctx, found.id)


def readable(ctx: Ctx, campaign_id: UUID, permission: str = "campaign:read") -> Campaign:
    """The campaign for someone who may read of it; its rules are addressed to all who take part."""
    ctx.actor.require_anywhere(permission, campaign_id)
    return campaign_of(ctx, campaign_id)


def shown(ctx: Ctx, campaign_id: UUID) -> CampaignView:
    """One campaign with what may be done now. Needs `campaign:read`."""
    return view(ctx, readable(ctx, campaign_id))


def view(ctx: Ctx, campaign: Campaign) -> CampaignView:
    """The view of a campaign the caller already may see."""
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    held = frozenset(p for p in PERMISSIONS if _holds(ctx, campaign, p))
    rules = rules_of(ctx, campaign)
    states = available(campaign_facts.facts_of_campaign(ctx, campaign, rules), held, ctx.now)
    return CampaignView(campaign, host, rules, states)


def for_host(ctx: Ctx, campaign_id: UUID, permission: str) -> Campaign:
    """The campaign for an act of its own office: only who holds the permission *at* the host (R-045)."""
    ctx.actor.require_anywhere("campaign:read", campaign_id)
    campaign = rows.locked(ctx.session, campaign_id)
    if campaign is None:
        raise Refusal("NOT_FOUND")
    if not _holds(ctx, campaign, permission):
        raise Refusal("PERMISSION_MISSING", permission=permission)
    return campaign


def unopened(ctx: Ctx, campaign_id: UUID, version: int | None = None) -> Campaign:
    """The campaign for a change of its setting, which ends when it is opened. Refuses `CAMPAIGN_NOT_EDITABLE`."""
    campaign = for_host(ctx, campaign_id, "campaign:configure")
    check_version(campaign.row_version, version)
    if campaign.stage not in EDITABLE:
        raise Refusal("CAMPAIGN_NOT_EDITABLE", **both("stage", "campaign_stage", campaign.stage))
    return campaign


def create(ctx: Ctx, body: CampaignCreate) -> Campaign:
    """Make a campaign from a pack, with everybody the pack's routes address (R-001).

    Needs `campaign:create` at the host; refuses `HOST_LEVEL_MISMATCH`, `PARENT_CAMPAIGN_MISSING`, `CAMPAIGN_CODE_TAKEN`.
    """
    host = _host(ctx, body)
    return _made(ctx, body, host, loading.load(body.pack_code), body.pack_code)


def imported(ctx: Ctx, body: CampaignImport) -> Campaign:
    """Make a campaign from rules that somebody wrote; they are judged as the packs are (E-45).

    Needs `campaign:create` at the host; refuses `PACK_UNREADABLE`, `PACK_INVALID` and what `create` refuses.
    """
    host = _host(ctx, body)
    rules = loading.from_toml(body.toml)
    return _made(ctx, body, host, rules, rules.identity.code)


def clone(ctx: Ctx, campaign_id: UUID, body: CampaignClone) -> Campaign:
    """The next edition: rules, host and participants are taken over; papers, dates and places are not."""
    source = readable(ctx, campaign_id)
    host = ctx.session.get_one(Organization, source.host_organization_id)
    _may_host(ctx, host)
    rules = rules_of(ctx, source)
    parent_id = body.parent_campaign_id or source.parent_campaign_id
    _fits(ctx, rules, host, parent_id)
    taken = ("edition_no", "host_organization_id", "pack_code", "purpose", "livemode")
    campaign = Campaign(
        **audit.stamp(ctx),
        **{name: getattr(source, name) for name in taken},
        code=_free_code(ctx, body.code),
        title=body.title or source.title,
        parent_campaign_id=parent_id,
    )
    campaign.edition_no += 1
    _put(ctx, campaign, rules)
    for row, _ in rows.participants(ctx.session, source.id):
        ctx.session.add(
            Participant(
                **audit.stamp(ctx),
                campaign_id=campaign.id,
                organization_id=row.organization_id,
                route=row.route,
                bucket_code=row.bucket_code,
            )
        )
    summary = {"code": body.code, "cloned_from": source.code}
    audit.note(ctx, "campaign.created", campaign, campaign_id=campaign.id, path=host.path, summary=summary)
    return campaign


def edit(ctx: Ctx, campaign_id: UUID, body: CampaignEdit, version: int | None) -> Campaign:
    """Change titles, period and dates until the campaign is opened; a typed day is final (decisions 4).

    Needs `campaign:configure` at the host; refuses `CAMPAIGN_NOT_EDITABLE`, `VERSION_CONFLICT`.
    """
    campaign = unopened(ctx, campaign_id, version)
    before = campaign.model_dump(mode="json")
    changed = {name: value for name, value in body if value is not None}
    for name, value in changed.items():
        setattr(campaign, name, _kept(name, value))
    for name in DEADLINES:
        setattr(campaign, f"{name}_end_at", _end(ctx, getattr(campaign, f"{name}_due_on")))
    audit.touch(ctx, campaign)
    audit.note(
        ctx,
        "campaign.edited",
        campaign,
        before=before,
        campaign_id=campaign.id,
        summary={"fields": sorted(changed)},
    )
    return campaign


def _kept(name: str, value: str | int) -> str | int | date | None:
    """What the row holds: a day or a year that was emptied is none."""
    if name.endswith("_on"):
        return date.fromisoformat(str(value)) if value else None
    return value or None if name.endswith("_year") else value


def _end(ctx: Ctx, due_on: date | None) -> datetime | None:
    return ends_at(due_on, ctx.zone) if due_on else None


def _holds(ctx: Ctx, campaign: Campaign, permission: str) -> bool:
    return ctx.actor.system or ctx.actor.may_as(permission, campaign.host_organization_id, campaign.id)


def _host(ctx: Ctx, body: CampaignCreate | CampaignImport) -> Organization:
    host = ctx.session.get(Organization, body.host_organization_id)
    if host is None:
        raise Refusal("NOT_FOUND")
    _may_host(ctx, host)
    return host


def _made(
    ctx: Ctx,
    body: CampaignCreate | CampaignImport,
    host: Organization,
    rules: packs.CampaignRules,
    pack_code: str,
) -> Campaign:
    _fits(ctx, rules, host, body.parent_campaign_id)
    campaign = Campaign(
        **audit.stamp(ctx),
        code=_free_code(ctx, body.code),
        title=body.title or rules.identity.title_zh,
        edition_no=body.edition_no or rules.identity.edition_no,
        host_organization_id=host.id,
        parent_campaign_id=body.parent_campaign_id,
        pack_code=pack_code,
        purpose=rules.identity.purpose_zh,
        livemode=not ctx.settings.sample,
    )
    _put(ctx, campaign, rules)
    ctx.session.add_all(participants.addressed(ctx, campaign, host, rules))
    summary = {"code": body.code, "pack": pack_code}
    audit.note(ctx, "campaign.created", campaign, campaign_id=campaign.id, path=host.path, summary=summary)
    return campaign


def _may_host(ctx: Ctx, host: Organization) -> None:
    ctx.actor.require_anywhere("campaign:create")
    if not (ctx.actor.system or ctx.actor.may_as("campaign:create", host.id)):
        raise Refusal("PERMISSION_MISSING", permission="campaign:create")


def _fits(ctx: Ctx, rules: packs.CampaignRules, host: Organization, parent_id: UUID | None) -> None:
    """The host is at the rules' level; a city's own award names the higher campaign it is held beside (R-044)."""
    if host.level != rules.host_level:
        level = {"level_zh": rules.host_level.name_zh, "level_en": rules.host_level.name_en}
        raise Refusal("HOST_LEVEL_MISMATCH", "/host_organization_id", **level)
    if parent_id is None and not rules.identity.parent_campaign_required:
        return
    parent = ctx.session.get(Campaign, parent_id) if parent_id else None
    above = ctx.session.get_one(Organization, parent.host_organization_id) if parent else None
    if above is None or above.id == host.id or not host.path.startswith(above.path):
        raise Refusal("PARENT_CAMPAIGN_MISSING", "/parent_campaign_id")


def _free_code(ctx: Ctx, code: str) -> str:
    if rows.by_code(ctx.session, code):
        raise Refusal("CAMPAIGN_CODE_TAKEN", "/code", code=code)
    return code


def _put(ctx: Ctx, campaign: Campaign, rules: packs.CampaignRules) -> None:
    ctx.session.add(campaign)
    ctx.session.flush()
    first = CampaignRules(
        **audit.stamp(ctx), campaign_id=campaign.id, version=1, rules=loading.as_json(rules)
    )
    ctx.session.add(first)
    ctx.session.flush()
