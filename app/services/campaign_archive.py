"""Everything of a campaign in order, to be read when it is over: papers, plans, rankings, meetings, notices, awards, record."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import audit_records as record_rows
from app.db import awards as award_rows
from app.db import campaigns as rows
from app.db import meetings as meeting_rows
from app.db import ministry as ministry_rows
from app.db import notices as notice_rows
from app.db import quota as quota_rows
from app.db import score_rankings as ranking_rows
from app.db.audit_records import Span
from app.db.awards import AwardRow
from app.db.ministry import MinistryRow
from app.db.tables.campaigns import Campaign, CampaignDocument, QuotaPlan
from app.db.tables.decisions import Meeting
from app.db.tables.evaluation import RankingSnapshot
from app.db.tables.places import Organization
from app.db.tables.supervision import PublicNotice
from app.domain.campaign import CampaignStage
from app.domain.nomination import Stage
from app.services import campaign_steps, campaigns
from app.services.campaign_steps import StepView
from app.services.context import Ctx

FINISHED = (CampaignStage.AWARDED, CampaignStage.ARCHIVED)
_MOST = 1000


@dataclass(frozen=True)
class Archive:
    """A campaign from its papers to its record. What the reader may not see at the host is left out."""

    campaign: Campaign
    host: Organization
    papers: Sequence[CampaignDocument]
    steps: Sequence[StepView]
    below: Sequence[Campaign]  # the cities' own awards that rest on it
    notices: Sequence[PublicNotice]
    awards: Sequence[AwardRow]
    plans: Sequence[QuotaPlan]
    cases: dict[Stage, int]
    rankings: Sequence[RankingSnapshot]
    meetings: Sequence[Meeting]
    ministry: Sequence[MinistryRow]
    record: Span
    sees: frozenset[str]

    @property
    def finished(self) -> bool:
        return self.campaign.stage in FINISHED


def shown(ctx: Ctx, campaign_id: UUID) -> Archive:
    """The archive; nothing in it can be changed here. Needs `campaign:read`; each part its own permission at the host."""
    campaign = campaigns.readable(ctx, campaign_id)
    session, key = ctx.session, campaign.id
    host = session.get_one(Organization, campaign.host_organization_id)
    sees = frozenset(one for one in _PARTS if ctx.actor.may(one, host.path, key))
    return Archive(
        campaign,
        host,
        rows.documents(session, key),
        campaign_steps.history(ctx, key),
        rows.below(session, key),
        notice_rows.public(session, ctx.now, key, None, _MOST),
        award_rows.listed(session, key, "", _MOST),
        quota_rows.plans(session, key) if "quota:read" in sees else [],
        _cases(ctx, key) if "nomination:read" in sees else {},
        ranking_rows.listed(session, key, None, _MOST) if "ranking:read" in sees else [],
        meeting_rows.listed(session, key, None, None, _MOST) if "meeting:read" in sees else [],
        ministry_rows.listed(session, key, [host.path], None, None, _MOST) if "ministry:read" in sees else [],
        record_rows.span(session, key),
        sees,
    )


_PARTS = ("quota:read", "nomination:read", "ranking:read", "meeting:read", "ministry:read", "audit:read")


def _cases(ctx: Ctx, campaign_id: UUID) -> dict[Stage, int]:
    """How many cases ended at each stage, in the stages' order."""
    found: dict[Stage, int] = {}
    for (stage, _), count in rows.case_counts(ctx.session, campaign_id).items():
        found[stage] = found.get(stage, 0) + count
    return {stage: found[stage] for stage in Stage if stage in found}
