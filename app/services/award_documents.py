"""The certificate of an award as a paper, with room for the seal; a revoked award has no clean one (R-016, E-42)."""

from uuid import UUID

from app.db.awards import AwardRow
from app.db.tables.campaigns import Campaign
from app.db.tables.places import Organization
from app.documents import typeset
from app.documents.data import Certificate
from app.services import awards, campaigns
from app.services.context import Ctx
from app.services.documents import Finished, finished, written_day


def certificate(ctx: Ctx, award_id: UUID) -> Finished:
    """The certificate. Needs `campaign:read`: awards are public, and what it says stands on the honour roll."""
    row = awards.shown(ctx, award_id)
    changed = max(one.updated_at for one in (row.award, row.revocation) if one)
    data = typeset.certificate(gathered(ctx, row), changed)
    return finished("荣誉证书", row.award.certificate_no, "pdf", data)


def gathered(ctx: Ctx, row: AwardRow) -> Certificate:
    """What the certificate says, by the names of the day of the award (I-17)."""
    award = row.award
    campaign = campaigns.campaign_of(ctx, award.campaign_id)
    return Certificate(
        award=award.title_zh,
        window=str(award.snapshot.get("window_name", "")),
        sponsor=str(award.snapshot.get("sponsor", "")),
        number=award.certificate_no,
        sentence=_sentence(campaign),
        host=ctx.session.get_one(Organization, campaign.host_organization_id).name,
        on=written_day(award.conferred_on),
        revoked="表彰已撤销" if row.revocation else "",
        sample=not campaign.livemode,
    )


def _sentence(campaign: Campaign) -> str:
    first, last = campaign.award_period_start_year, campaign.award_period_end_year
    span = f"{first}—{last}年度" if first and last and first != last else f"{last or first or ''}年度"
    return f"在{span}评选表彰活动中成绩突出，特授予"
