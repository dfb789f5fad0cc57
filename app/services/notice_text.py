"""What a notice says: snapshots of its nominees, the parts it has to have, the search for personal data."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.db import regions as region_rows
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.db.tables.supervision import NoticeItem, PublicNotice
from app.domain import personal_data
from app.domain.levels import Level
from app.domain.notice import Content
from app.packs.schema import CampaignRules
from app.services import audit
from app.services.context import Ctx

SNAPSHOT = ("window_name", "sponsor", "city", "window_type", "window_type_en", "merits")
"""The fields of a snapshot; every one of them is public (domain.md 3.3 no. 4, I-17)."""

_TEXTS = (
    "title",
    "basis",
    "body",
    "contact_office",
    "contact_phone",
    "contact_address",
    "contact_postcode",
    "reception_hours",
)


def snapshot(
    ctx: Ctx,
    rules: CampaignRules,
    nomination: Nomination,
    window: ServiceWindow,
    sponsor: Organization,
    merits: str,
) -> dict[str, str]:
    """The nominee as it is called today; the sponsor is always shown, names are not unique (E-01)."""
    kind = next((one for one in rules.scope.types if one.code == window.window_type), None)
    return {
        "window_name": window.name,
        "sponsor": sponsor.name,
        "city": _city(ctx, window.region_code),
        "window_type": kind.name_zh if kind else window.window_type,
        "window_type_en": kind.name_en if kind else window.window_type,
        "merits": merits or nomination.statement,
    }


def contents(notice: PublicNotice, rules: CampaignRules) -> frozenset[Content]:
    """The parts that are there. Form, letters and truthfulness are said by the rules for every notice."""
    reachable = notice.contact_phone or notice.contact_email or notice.contact_address
    said = {
        Content.TITLE: notice.title,
        Content.BASIS: notice.basis,
        Content.PROPOSAL: rules.identity.award_title_zh,
        Content.RECIPIENT: notice.contact_office,
        Content.CONTACT: reachable,
        Content.OBJECTION_FORM: rules.objections.anonymous_policy,
        Content.LETTER_RULE: rules.objections.mail_cutoff_rule,
        Content.TRUTHFULNESS: "always said",
        Content.ISSUER: notice.issuer_path,
    }
    return frozenset(part for part, text in said.items() if text)


def personal_data_places(
    notice: PublicNotice, items: list[NoticeItem], more: Mapping[str, str]
) -> tuple[str, ...]:
    """Where the public text shows personal data; the finding itself is never repeated (C40).

    The office's own mailbox stands in a field of its own and is meant to be public.
    """
    found = [
        f"{pointer}: {hit.kind.value}"
        for pointer, text in [*_public_texts(notice, items), *more.items()]
        for hit in personal_data.scan(text)
    ]
    return tuple(dict.fromkeys(found))


def content_hash(notice: PublicNotice, items: list[NoticeItem]) -> str:
    """`sha256:` over everything the public reads, so that a later change could be seen."""
    texts = dict(_public_texts(notice, items))
    period = {"publish_on": notice.publish_on, "last_day": notice.last_day, "rule": notice.rule_snapshot}
    return audit.digest({**texts, **period, "email": notice.contact_email})


def rule_snapshot(rules: CampaignRules) -> dict[str, Any]:
    """The rules this notice runs by, kept with it (I-08)."""
    return {
        "min_days": rules.notice.min_days,
        "day_kind": rules.notice.day_kind.value,
        "count_publication_day": rules.notice.count_publication_day,
        "mail_cutoff_rule": rules.objections.mail_cutoff_rule.value,
        "anonymous_policy": rules.objections.anonymous_policy.value,
    }


def _public_texts(notice: PublicNotice, items: list[NoticeItem]) -> Iterator[tuple[str, str]]:
    for name in _TEXTS:
        yield f"/{name}", str(getattr(notice, name))
    for index, channel in enumerate(notice.channels):
        yield f"/channels/{index}/detail", channel.get("detail", "")
    for item in items:
        for name in SNAPSHOT:
            yield f"/items/{item.position}/{name}", str(item.snapshot.get(name, ""))


def _city(ctx: Ctx, code: str) -> str:
    """The city by the division's own parent, never by cutting digits off the code (decisions 21)."""
    today = ctx.now.astimezone(ctx.zone).date()
    region = region_rows.on_day(ctx.session, code, today) or region_rows.latest(ctx.session, code)
    if region is not None and region.level < Level.MUNICIPAL:
        region = region_rows.on_day(ctx.session, region.parent_code, today) or region
    return region.name_zh if region else code
