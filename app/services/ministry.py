"""Awarded windows recommended on to the ministry: who is proposed, for which place, and how far it has come (R-013)."""

from dataclasses import dataclass
from uuid import UUID

from app.db import agendas as rankings
from app.db import meetings, quota
from app.db import ministry as rows
from app.db.ministry import MinistryRow
from app.db.ministry_folders import Folder, folders
from app.db.tables.campaigns import Campaign
from app.db.tables.ministry import (
    CorrectionLetter,
    MinistryAssessment,
    MinistryRecommendation,
    MinistryVideo,
    MinistryWriteUp,
)
from app.db.tables.nominations import Nomination
from app.domain import selection
from app.domain.errors import Reason, Refusal, refuse
from app.domain.meeting import MeetingPurpose
from app.domain.ministry import MACHINE, MinistryAction, MinistryFacts, MinistryStage, available
from app.domain.ministry_guards import DETERMINED
from app.domain.quota import MINISTRY_POOL, Bucket, SeatKind, pool_claim_reasons
from app.domain.steps import ActionState
from app.domain.text import BandVerdict
from app.packs.schema import CampaignRules
from app.services import agendas, audit, campaigns, ministry_facts, ministry_steps, seats
from app.services.context import Ctx
from app.services.inputs.ministry import MinistryProposal

Row = MinistryRow
"""What lists hand out; doors import no query."""


@dataclass(frozen=True)
class MinistryView:
    """A recommendation with what belongs to it, what is still owed, and what may be done now."""

    row: MinistryRow
    campaign: Campaign
    facts: MinistryFacts
    folder: Folder
    assessments: list[MinistryAssessment]
    rules: CampaignRules
    actions: list[ActionState[MinistryAction]]

    @property
    def writeup(self) -> MinistryWriteUp | None:
        return self.folder.writeup

    @property
    def video(self) -> MinistryVideo | None:
        return self.folder.video

    @property
    def letters(self) -> list[CorrectionLetter]:
        return self.folder.letters

    @property
    def writeup_band(self) -> BandVerdict:
        """Where the write-up's length stands to what “about 4000 characters” means (R-039)."""
        return self.rules.writeup.band.verdict(self.writeup.char_count if self.writeup else 0)

    @property
    def video_band(self) -> BandVerdict:
        """Where the video's length stands to what “about 10 minutes” means: twelve are a warning (R-041, E-37)."""
        asked = self.rules.video
        return asked.band.verdict(self.video.duration_s if self.video else 0) if asked else BandVerdict.OK

    @property
    def letter_owed(self) -> bool:
        """It was reported, the award is gone, and the ministry has not been told (E-07)."""
        gone = self.row.nomination.stage not in DETERMINED
        return gone and bool(self.row.recommendation.document_no) and not self.letters


def listed(
    ctx: Ctx, campaign_id: UUID, *, stage: MinistryStage | None = None, after: str = "", limit: int = 50
) -> list[MinistryRow]:
    """The recommendations in the caller's area, oldest first. Needs `ministry:read`."""
    ctx.actor.require_anywhere("ministry:read", campaign_id)
    campaigns.campaign_of(ctx, campaign_id)
    paths = ctx.actor.paths("ministry:read", campaign_id)
    return rows.listed(ctx.session, campaign_id, paths, stage, UUID(after) if after else None, limit)


def shown(ctx: Ctx, recommendation_id: UUID) -> MinistryView:
    """One recommendation. Refuses `NOT_FOUND` outside the caller's area."""
    row = rows.one(ctx.session, recommendation_id)
    if row is None:
        raise Refusal("NOT_FOUND")
    ctx.actor.require("ministry:read", row.nomination.sponsor_path, row.recommendation.campaign_id)
    campaign = campaigns.campaign_of(ctx, row.recommendation.campaign_id)
    folder = folders(ctx.session, [row.recommendation])[recommendation_id]
    facts = ministry_facts.from_folder(ctx, campaign, row.recommendation, row.nomination, folder)
    return MinistryView(
        row,
        campaign,
        facts,
        folder,
        rows.assessments(ctx.session, recommendation_id),
        campaigns.rules_of(ctx, campaign),
        available(facts, permissions(ctx, row.nomination), ctx.now),
    )


def permissions(ctx: Ctx, nomination: Nomination) -> frozenset[str]:
    """What the caller may do with recommendations, at the host itself."""
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    host = campaign.host_organization_id
    return frozenset(p for p in MACHINE.permissions if ctx.actor.may_as(p, host, campaign.id))


def propose(ctx: Ctx, campaign_id: UUID, body: MinistryProposal) -> MinistryRecommendation:
    """Propose a window of a city with fixed places, in the order of its bucket; the pool is filled by decision alone.

    Needs `ministry:propose` at the host. Refuses `MINISTRY_TRACK_OFF`, `NOT_PROVINCIALLY_DETERMINED`,
    `MINISTRY_ALREADY_PROPOSED`, `POOL_NOT_ELIGIBLE`, `DECISION_MISSING`, `ORDER_REASON_MISSING`, `TIE_UNDECIDED`.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "ministry:propose")
    found = meetings.cases(ctx.session, [body.nomination_id]).get(body.nomination_id)
    if found is None or found.nomination.campaign_id != campaign.id:
        raise Refusal("NOT_FOUND")
    meetings.lock_cases(ctx.session, [body.nomination_id])
    _is_on(ctx, campaign)
    _is_open_to(ctx, found.nomination)
    slot, _ = slot_of(ctx, campaign, found.nomination)
    if slot is SeatKind.MINISTRY_POOL:
        _was_chosen(ctx, campaign, found.nomination)
    else:
        _in_order(ctx, campaign, body)
    return put_forward(ctx, campaign, found.nomination, body.reason)


def put_forward(ctx: Ctx, campaign: Campaign, nomination: Nomination, reason: str) -> MinistryRecommendation:
    """Take a place for it and begin. Refuses `NOT_PROVINCIALLY_DETERMINED`, `POOL_NOT_ELIGIBLE`, `QUOTA_EXHAUSTED`."""
    _is_on(ctx, campaign)
    _is_open_to(ctx, nomination)
    slot, bucket = slot_of(ctx, campaign, nomination)
    seats.claim(ctx, nomination, slot, bucket)
    recommendation = MinistryRecommendation(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        nomination_id=nomination.id,
        live_nomination_id=nomination.id,
        slot=slot,
        stage_since=ctx.now,
        rank=_rank(ctx, nomination, slot),
        proposal_reason=reason,
    )
    ctx.session.add(recommendation)
    ministry_steps.noted(ctx, recommendation, nomination, "ministry.proposed")
    return recommendation


def slot_of(ctx: Ctx, campaign: Campaign, nomination: Nomination) -> tuple[SeatKind, str]:
    """Which kind of place it would take, and of which bucket. Refuses `POOL_NOT_ELIGIBLE` (I-05, R-015)."""
    own = nomination.bucket_code
    left = agendas.ministry_places(ctx, campaign)
    if left.get(own):
        return SeatKind.MINISTRY_FIXED, own
    plan = quota.confirmed(ctx.session, campaign.id)
    held = {one.code: one for one in quota.buckets(ctx.session, plan.id)} if plan else {}
    bucket = held.get(own)
    refuse(pool_claim_reasons(Bucket(own, 0, 0, pool_eligible=bool(bucket and bucket.pool_eligible))))
    return SeatKind.MINISTRY_POOL, MINISTRY_POOL


def _is_on(ctx: Ctx, campaign: Campaign) -> None:
    if not campaigns.rules_of(ctx, campaign).ministry_track.enabled:
        raise Refusal("MINISTRY_TRACK_OFF")


def _is_open_to(ctx: Ctx, nomination: Nomination) -> None:
    if nomination.stage not in DETERMINED:
        raise Refusal("NOT_PROVINCIALLY_DETERMINED")
    if rows.live(ctx.session, nomination.id) is not None:
        raise Refusal("MINISTRY_ALREADY_PROPOSED")


def _was_chosen(ctx: Ctx, campaign: Campaign, nomination: Nomination) -> None:
    """The pool is shared: one ranking over all its candidates, given by the first body's decision (R-015, E-15)."""
    chosen = meetings.approved(ctx.session, campaign.id, MeetingPurpose.MINISTRY_CANDIDATES)
    if nomination.id not in {item.nomination_id for item in chosen}:
        named = {
            "decision_zh": "审核机构确定竞争名额的决定",
            "decision_en": "the first body's choice for the pool",
        }
        raise Refusal("DECISION_MISSING", "/nomination_id", **named)


def _in_order(ctx: Ctx, campaign: Campaign, body: MinistryProposal) -> None:
    """A city's own places go to its best ranked; who comes before a better one comes with a reason (R-021, E-23)."""
    purpose = MeetingPurpose.MINISTRY_CANDIDATES
    found = agendas.cases(ctx, campaign, purpose)
    placed = agendas.candidates(ctx, campaign, purpose, found)
    chosen = {body.nomination_id}
    names = {row.nomination.id: row.window.name for row in found}
    over = () if body.reason.strip() else selection.passed_over(placed, chosen)
    ties = selection.open_ties(placed, chosen, agendas.ministry_places(ctx, campaign))
    refuse(
        [
            *(Reason("ORDER_REASON_MISSING", "/reason", {"items": (names[key],)}) for key in over),
            *([Reason("TIE_UNDECIDED", "", {"items": tuple(names[key] for key in ties)})] if ties else []),
        ]
    )


def _rank(ctx: Ctx, nomination: Nomination, slot: SeatKind) -> int | None:
    ranked = rankings.latest(ctx.session, nomination.campaign_id)
    if ranked is None:
        return nomination.rank_in_bucket if slot is SeatKind.MINISTRY_FIXED else None
    ranks = ranked.bucket_ranks if slot is SeatKind.MINISTRY_FIXED else ranked.pool_ranks
    return ranks.get(nomination.id)
