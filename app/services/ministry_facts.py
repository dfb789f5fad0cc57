"""What the steps of a recommendation to the ministry need to know, gathered from its rows and the case's papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.db import case_papers, flow
from app.db import ministry as rows
from app.db.tables.materials import FormKind
from app.db.tables.ministry import MinistryRecommendation, MinistryVideo, MinistryWriteUp
from app.db.tables.nominations import Nomination
from app.domain.ministry import MinistryFacts, MinistryStage
from app.domain.receipt import ReceiptKind
from app.domain.segments import Segment, missing_criteria
from app.domain.veto import HOLDING, FindingStage
from app.packs import filling
from app.packs.schema import CampaignRules
from app.services import campaigns, receipts, seals
from app.services.context import Ctx

_ON_THE_WAY = (MinistryStage.MATERIALS,)
_COPIES = (ReceiptKind.MINISTRY_WRITEUP, ReceiptKind.DISC)


def facts_of(
    ctx: Ctx,
    recommendation: MinistryRecommendation,
    nomination: Nomination,
    **handed_in: Any,  # noqa: ANN401  (fields of MinistryFacts)
) -> MinistryFacts:
    """The facts at this moment; the material is gone through only when the report is next."""
    campaign = campaigns.campaign_of(ctx, recommendation.campaign_id)
    rules = campaigns.rules_of(ctx, campaign)
    notice = rows.notice(ctx.session, nomination.id)
    gathered: dict[str, Any] = {
        "stage": recommendation.stage,
        "nomination_stage": nomination.stage,
        "as_of": ctx.now.astimezone(ctx.zone).date(),
        "zone": ctx.zone,
        "campaign_suspended": bool(campaign.suspended_reason),
        "notice_ends_at": notice.ends_at if notice else None,
        "correction_letter_sent": bool(rows.letters(ctx.session, recommendation.id)),
        **_holds(ctx, nomination, rules),
    }
    if recommendation.stage in _ON_THE_WAY:
        gathered |= _material(ctx, recommendation, nomination, rules)
    return MinistryFacts(**(gathered | handed_in))


def segments(video: MinistryVideo | None) -> list[Segment]:
    """The declared segments as the rule measures them."""
    return [Segment(**one) for one in video.segments] if video else []


def _holds(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> dict[str, Any]:
    names = {item.code: item.text_zh for item in rules.vetoes.items}
    found = flow.findings(ctx.session, nomination.id)
    blocking = [one.code for one in flow.blocking_objections(ctx.session, nomination.id) if one.blocking]

    def at(stages: Sequence[FindingStage] | frozenset[FindingStage]) -> tuple[str, ...]:
        return tuple(names.get(one.veto_code, one.veto_code) for one in found if one.stage in stages)

    return {
        "open_objections": tuple(blocking),
        "vetoes_held": at(HOLDING),
        "vetoes_confirmed": at((FindingStage.CONFIRMED,)),
    }


def _material(
    ctx: Ctx, recommendation: MinistryRecommendation, nomination: Nomination, rules: CampaignRules
) -> dict[str, Any]:
    writeup = rows.paper(ctx.session, MinistryWriteUp, recommendation.id)
    video = rows.paper(ctx.session, MinistryVideo, recommendation.id)
    levels = seals.levels(ctx, nomination, FormKind.NATIONAL)
    sealed = case_papers.seals(ctx.session, nomination.id, FormKind.NATIONAL)
    return {
        "second_decision_stands": rows.decision(ctx.session, nomination.id) is not None,
        "seals_required": rules.seals.ministry,
        "seal_levels": levels,
        "seals": {one.level: one.sealed_on for one in sealed},
        "copies": tuple(_copies(ctx, nomination, rules)),
        **_form(ctx, nomination, rules),
        **_text(writeup, rules),
        **_video(video, rules),
    }


def _form(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> dict[str, Any]:
    form = rows.form(ctx.session, nomination.id)
    levels = seals.levels(ctx, nomination, FormKind.NATIONAL)
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


def _copies(ctx: Ctx, nomination: Nomination, rules: CampaignRules) -> list[tuple[int, int]]:
    found = [(kind, case_papers.receipt(ctx.session, nomination.id, kind)) for kind in _COPIES]
    return [(receipts.needed(rules, kind), row.copies if row else 0) for kind, row in found]
