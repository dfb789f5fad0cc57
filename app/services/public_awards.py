"""The honour roll: public and permanent, a revoked award among them as revoked (G-15, E-42, D-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db import awards as rows
from app.db import public as public_rows
from app.db.awards import AwardRow, RollFilter
from app.db.tables.awards import AwardStatus
from app.domain.errors import Refusal
from app.domain.meeting import RevocationGround
from app.services.context import Ctx

Filter = RollFilter
"""What the roll may be narrowed to; doors import no query."""

WHOLE = 1000  # a page shows a roll whole; a campaign of collectives commends fifty at most


@dataclass(frozen=True)
class PublicAward:
    """One award by the names of its day; nothing personal, no scores, no votes."""

    id: UUID
    campaign_id: UUID
    campaign: str
    window_name: str
    formerly: str
    sponsor: str
    city: str
    window_type: str
    window_type_en: str
    title_zh: str
    title_en: str
    certificate_no: str
    conferred_on: date
    document_no: str
    status: AwardStatus
    revoked_on: date | None
    ground: RevocationGround | None

    @property
    def revoked(self) -> bool:
        return self.status is AwardStatus.REVOKED


@dataclass(frozen=True)
class City:
    """The awards of one city, or of the host's own units."""

    name: str
    awards: Sequence[PublicAward]


@dataclass(frozen=True)
class Edition:
    """One campaign's part of the roll."""

    campaign_id: UUID
    campaign: str
    title_zh: str
    title_en: str
    conferred_on: date
    cities: Sequence[City]

    @property
    def awards(self) -> list[PublicAward]:
        return [one for city in self.cities for one in city.awards]

    @property
    def standing(self) -> int:
        """How many have not been revoked."""
        return sum(not one.revoked for one in self.awards)


@dataclass(frozen=True)
class Roll:
    """The roll as a page shows it, and what it may be narrowed to."""

    editions: Sequence[Edition]
    campaigns: Sequence[tuple[UUID, str]]
    cities: Sequence[str]
    years: Sequence[int]


def listed(ctx: Ctx, wanted: Filter, *, after: str = "", limit: int = 50) -> list[PublicAward]:
    """Every award of opened campaigns, newest first. Refuses `NOT_FOUND` for a campaign the public does not see."""
    if wanted.campaign_id and public_rows.campaign(ctx.session, wanted.campaign_id) is None:
        raise Refusal("NOT_FOUND")
    found = rows.public(ctx.session, wanted, UUID(after) if after else None, limit)
    return [_public(row, title) for row, title in found]


def roll(ctx: Ctx, wanted: Filter) -> Roll:
    """The roll by campaign and city, newest campaign first, each city in the order of its certificate numbers."""
    found = listed(ctx, wanted, limit=WHOLE)
    every = rows.roll_choices(ctx.session)
    by_campaign: dict[UUID, list[PublicAward]] = {}
    for one in found:
        by_campaign.setdefault(one.campaign_id, []).append(one)
    return Roll(
        [_edition(of_one) for of_one in by_campaign.values()],
        list(dict.fromkeys((one.campaign_id, one.campaign) for one in every)),
        sorted({one.city for one in every if one.city}),
        sorted({one.conferred_on.year for one in every}, reverse=True),
    )


def shown(ctx: Ctx, award_id: UUID) -> PublicAward:
    """One award at the address that stays. Refuses `NOT_FOUND`."""
    found = rows.public_one(ctx.session, award_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return _public(*found)


def _edition(found: Sequence[PublicAward]) -> Edition:
    first, cities = found[0], dict[str, list[PublicAward]]()
    for one in sorted(found, key=lambda one: one.certificate_no):
        cities.setdefault(one.city, []).append(one)
    return Edition(
        first.campaign_id,
        first.campaign,
        first.title_zh,
        first.title_en,
        min(one.conferred_on for one in found),
        [City(name, awards) for name, awards in cities.items()],
    )


def _public(row: AwardRow, campaign: str) -> PublicAward:
    award, revoked = row.award, row.revocation
    names = ("window_name", "formerly", "sponsor", "city", "window_type", "window_type_en")
    same = (
        "id",
        "campaign_id",
        "title_zh",
        "title_en",
        "certificate_no",
        "conferred_on",
        "document_no",
        "status",
    )
    said: dict[str, Any] = {name: str(award.snapshot.get(name, "")) for name in names}
    return PublicAward(
        campaign=campaign,
        revoked_on=(revoked.announced_on or revoked.decided_on) if revoked else None,
        ground=revoked.ground if revoked else None,
        **said,
        **{name: getattr(award, name) for name in same},
    )
