"""What the steps of a recommendation to the ministry need to know, gathered from its rows and the case's papers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.db import ministry_folders as rows
from app.db.ministry_folders import Folder
from app.db.tables.campaigns import Campaign
from app.db.tables.materials import FormKind
from app.db.tables.ministry import MinistryRecommendation, MinistryVideo, MinistryWriteUp
from app.db.tables.nominations import Nomination
from app.domain.errors import Reason
from app.domain.ministry import LIVE, PERMISSIONS, MinistryAction, MinistryFacts, MinistryStage, available
from app.domain.receipt import ReceiptKind
from app.domain.segments import Segment, missing_criteria
from app.domain.veto import HOLDING, FindingStage
from app.packs import filling
from app.packs.schema import CampaignRules
from app.services import campaigns, receipts, seals
from app.services.context import Ctx

COPIES = (ReceiptKind.MINISTRY_WRITEUP, ReceiptKind.DISC)


def facts_of(
    ctx: Ctx,
    recommendation: MinistryRecommendation,
    nomination: Nomination,
    **handed_in: Any,  # noqa: ANN401  (fields of MinistryFacts)
) -> MinistryFacts:
    """The facts at this moment, with what is handed in."""
    campaign = campaigns.campaign_of(ctx, recommendation.campaign_id)
    folder = rows.folders(ctx.session, [recommendation])[recommendation.id]
    return from_folder(ctx, campaign, recommendation, nomination, folder, **handed_in)


def from_folder(
    ctx: Ctx,
    campaign: Campaign,
    recommendation: MinistryRecommendation,
    nomination: Nomination,
    folder: Folder,
    **handed_in: Any,  # noqa: ANN401  (fields of MinistryFacts)
) -> MinistryFacts:
    """The same from a folder that was read with others; the material is gone through until it is reported."""
    rules = campaigns.rules_of(ctx, campaign)
    gathered: dict[str, Any] = {
        "stage": recommendation.stage,
        "nomination_stage": nomination.stage,
        "as_of": ctx.now.astimezone(ctx.zone).date(),
        "zone": ctx.zone,
        "campaign_suspended": bool(campaign.suspended_reason),
        "notice_ends_at": folder.notice.ends_at if folder.notice else None,
        "correction_letter_sent": bool(folder.letters),
        **_holds(folder, rules),
    }
    if recommendation.stage in LIVE:
        gathered |= _material(nomination, folder, rules)
    return MinistryFacts(**(gathered | handed_in))


def owed(facts: MinistryFacts, now: datetime) -> Sequence[Reason]:
    """What of the material the report would miss, asked before its turn has come (R-037 to R-043)."""
    if facts.stage not in LIVE:
        return []
    as_if = replace(facts, stage=MinistryStage.MATERIALS, second_decision_stands=True)
    states = available(as_if, frozenset(PERMISSIONS), now)
    report = next(one for one in states if one.action is MinistryAction.REPORT)
    return [one for one in report.reasons if one.code not in _HOLDS]


_HOLDS = frozenset(
    {"CAMPAIGN_SUSPENDED", "OBJECTION_OPEN", "VETO_HELD", "VETO_CONFIRMED", "NOT_PROVINCIALLY_DETERMINED"}
)


def segments(video: MinistryVideo | None) -> list[Segment]:
    """The declared segments as the rule measures them."""
    return [Segment(**one) for one in video.segments] if video else []


def _holds(folder: Folder, rules: CampaignRules) -> dict[str, Any]:
    names = {item.code: item.text_zh for item in rules.vetoes.items}
    found = folder.findings
    blocking = sorted(one.code for one in folder.objections if one.blocking)

    def at(stages: Sequence[FindingStage] | frozenset[FindingStage]) -> tuple[str, ...]:
        return tuple(names.get(one.veto_code, one.veto_code) for one in found if one.stage in stages)

    return {
        "open_objections": tuple(blocking),
        "vetoes_held": at(HOLDING),
        "vetoes_confirmed": at((FindingStage.CONFIRMED,)),
    }


def _material(nomination: Nomination, folder: Folder, rules: CampaignRules) -> dict[str, Any]:
    return {
        "second_decision_stands": folder.decision is not None,
        "seals_required": rules.seals.ministry,
        "seal_levels": seals.levels_of(nomination, rules, FormKind.NATIONAL),
        "seals": {one.level: one.sealed_on for one in folder.seals},
        "copies": tuple(_copies(folder, rules)),
        **_form(nomination, folder, rules),
        **_text(folder.writeup, rules),
        **_video(folder.video, rules),
    }


def _form(nomination: Nomination, folder: Folder, rules: CampaignRules) -> dict[str, Any]:
    form, levels = folder.form, seals.levels_of(nomination, rules, FormKind.NATIONAL)
    owed = filling.missing(rules.form.fields, form.data if form else {}, levels)
    return {"form_complete": form is not None and not owed, "form_missing": tuple(one.zh for one in owed)}


def _text(writeup: MinistryWriteUp | None, rules: CampaignRules) -> dict[str, Any]:
    wanted = rules.ministry_track.quality_checks
    done = set(writeup.checks) if writeup else set()
    return {
        "writeup_chars": writeup.char_count if writeup else 0,
        "writeup_hard_min": rules.writeup.hard_min,
        "writeup_hard_max": rules.writeup.hard_max,
        "checks_needed": tuple(one.zh for one in wanted),
        "checks_open": tuple(one.zh for one in wanted if one.code not in done),
        "checked_by": writeup.checked_by if writeup else "",
    }


def _video(video: MinistryVideo | None, rules: CampaignRules) -> dict[str, Any]:
    if rules.video is None:  # rules without a ministry track ask for none
        return {}
    names: Mapping[str, str] = {one.code: one.name_zh for one in rules.rubric.criteria}
    missing = missing_criteria(segments(video), rules.video.segments)
    return {
        "video_seconds": video.duration_s if video else 0,
        "video_hard_min": rules.video.hard_min,
        "video_hard_max": rules.video.hard_max,
        "aspects_missing": tuple(names.get(code, code) for code in missing),
    }


def _copies(folder: Folder, rules: CampaignRules) -> list[tuple[int, int]]:
    came = {row.kind: row.copies for row in folder.receipts}
    return [(receipts.needed(rules, kind), came.get(kind, 0)) for kind in COPIES]
