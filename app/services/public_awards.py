"""The honour roll: public and permanent, a revoked award among them as revoked (G-15, E-42, D-13)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db import awards as rows
from app.db import public as public_rows
from app.db.awards import AwardRow
from app.db.tables.awards import AwardStatus
from app.domain.errors import Refusal
from app.domain.meeting import RevocationGround
from app.services.context import Ctx


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


def listed(
    ctx: Ctx,
    *,
    campaign_id: UUID | None = None,
    status: AwardStatus | None = None,
    after: str = "",
    limit: int = 50,
) -> list[PublicAward]:
    """Every award of opened campaigns, newest first. Refuses `NOT_FOUND` for a campaign the public does not see."""
    if campaign_id and public_rows.campaign(ctx.session, campaign_id) is None:
        raise Refusal("NOT_FOUND")
    found = rows.public(ctx.session, campaign_id, status, UUID(after) if after else None, limit)
    return [_public(row, title) for row, title in found]


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
