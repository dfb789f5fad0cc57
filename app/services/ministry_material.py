"""What goes to the ministry with a recommendation: write-up, its quality, the video, letters (R-038 to R-042, E-07)."""

from typing import Any
from uuid import UUID

from app.db import flow
from app.db import ministry as rows
from app.db.tables.base import Row
from app.db.tables.materials import Material, MaterialKind, MaterialStatus
from app.db.tables.ministry import (
    CorrectionLetter,
    MinistryRecommendation,
    MinistryVideo,
    MinistryWriteUp,
)
from app.db.tables.nominations import Nomination
from app.domain.errors import Reason, Refusal, refuse
from app.domain.ministry import LIVE
from app.domain.segments import Segment, segment_reasons
from app.domain.text import count_characters
from app.domain.words import both
from app.packs.schema import CampaignRules
from app.services import audit, campaigns, ministry_acts, ministry_deadline
from app.services.context import Ctx, check_version
from app.services.inputs.ministry import (
    CorrectionLetterIn,
    MinistryVideoIn,
    MinistryWriteUpIn,
    QualityCheckIn,
)


def write(
    ctx: Ctx, recommendation_id: UUID, body: MinistryWriteUpIn, version: int | None
) -> MinistryRecommendation:
    """Write the text for the ministry; what was confirmed of the earlier one no longer counts.

    Needs `ministry:write` over the sponsor. Refuses `MINISTRY_CLOSED`, `DEADLINE_PASSED`.
    """
    recommendation, nomination = _open(ctx, recommendation_id, "ministry:write", version)
    row = rows.paper(ctx.session, MinistryWriteUp, recommendation.id) or MinistryWriteUp(
        **audit.stamp(ctx), recommendation_id=recommendation.id
    )
    row.body, row.char_count = body.body, count_characters(body.body)
    row.written_by = ctx.actor.key
    row.checks, row.checked_by, row.checked_person_id, row.checked_on = [], "", None, None
    return _kept(ctx, recommendation, nomination, row, "ministry_writeup.written", chars=row.char_count)


def check(
    ctx: Ctx, recommendation_id: UUID, body: QualityCheckIn, version: int | None
) -> MinistryRecommendation:
    """A named person who did not write it confirms its quality (R-039, I-13).

    Needs `ministry:check` over the sponsor. Refuses `MINISTRY_CLOSED`, `DEADLINE_PASSED`, `SAME_PERSON`, `FIELD_CHOICE`, `NOT_FOUND`.
    """
    recommendation, nomination = _open(ctx, recommendation_id, "ministry:check", version)
    row = rows.paper(ctx.session, MinistryWriteUp, recommendation.id)
    if row is None:
        raise Refusal("NOT_FOUND")
    if row.written_by in {f"person:{one.hex}" for one in flow.same_person(ctx.session, ctx.person)}:
        raise Refusal("SAME_PERSON")
    known = tuple(one.code for one in _rules(ctx, recommendation).ministry_track.quality_checks)
    refuse(
        Reason("FIELD_CHOICE", f"/checks/{index}", {"expected": known})
        for index, code in enumerate(body.checks)
        if code not in known
    )
    row.checks = sorted(set(body.checks), key=known.index)
    row.checked_by, row.checked_person_id = ctx.actor.name[:60], ctx.person
    row.checked_on = ctx.now.astimezone(ctx.zone).date()
    return _kept(ctx, recommendation, nomination, row, "ministry_writeup.checked", checks=row.checks)


def declare_video(
    ctx: Ctx, recommendation_id: UUID, body: MinistryVideoIn, version: int | None
) -> MinistryRecommendation:
    """Say how long the video is and what it shows when; the file is examined with its upload.

    Needs `ministry:write` over the sponsor. Refuses `MINISTRY_CLOSED`, `DEADLINE_PASSED`, `SEGMENT_RANGE`,
    `FIELD_CHOICE`, `NOT_FOUND`.
    """
    recommendation, nomination = _open(ctx, recommendation_id, "ministry:write", version)
    declared = [Segment(**dict(one)) for one in body.segments]
    asked = _rules(ctx, recommendation).video
    criteria = asked.segments if asked else ()
    found = segment_reasons(declared, body.duration_s, criteria)
    # A missing aspect is said beside the step that needs it: a first declaration may be half done.
    refuse(one for one in found if one.code != "VIDEO_ASPECT_MISSING")
    _is_a_video(ctx, nomination, body.material_id)
    row = rows.paper(ctx.session, MinistryVideo, recommendation.id) or MinistryVideo(
        **audit.stamp(ctx), recommendation_id=recommendation.id, duration_s=body.duration_s
    )
    row.duration_s, row.segments = body.duration_s, [vars(one) for one in declared]
    row.material_id, row.carrier = body.material_id, body.carrier
    return _kept(ctx, recommendation, nomination, row, "ministry_video.declared", seconds=row.duration_s)


def send_letter(
    ctx: Ctx, recommendation_id: UUID, body: CorrectionLetterIn, version: int | None
) -> MinistryRecommendation:
    """Record the letter that corrects what was reported (E-07). Needs `ministry:report` at the host.

    Refuses `MINISTRY_CLOSED` before anything was reported, `DATE_IN_FUTURE`.
    """
    recommendation, nomination = ministry_acts.loaded(ctx, recommendation_id)
    campaign = campaigns.campaign_of(ctx, recommendation.campaign_id)
    if not ctx.actor.may_as("ministry:report", campaign.host_organization_id, campaign.id):
        raise Refusal("PERMISSION_MISSING", permission="ministry:report")
    check_version(recommendation.row_version, version)
    if not recommendation.document_no:
        raise _closed(recommendation)
    if body.sent_on > ctx.now.astimezone(ctx.zone).date():
        raise Refusal("DATE_IN_FUTURE", "/sent_on")
    row = CorrectionLetter(**audit.stamp(ctx), recommendation_id=recommendation.id, **body.model_dump())
    return _kept(
        ctx, recommendation, nomination, row, "correction_letter.recorded", document_no=row.document_no
    )


def _open(
    ctx: Ctx, recommendation_id: UUID, permission: str, version: int | None
) -> tuple[MinistryRecommendation, Nomination]:
    """The recommendation while its material is taken: from the proposal to the report or the deadline (R-038, G-11)."""
    recommendation, nomination = ministry_acts.loaded(ctx, recommendation_id)
    ctx.actor.require(permission, nomination.sponsor_path, recommendation.campaign_id)
    check_version(recommendation.row_version, version)
    if recommendation.stage not in LIVE:
        raise _closed(recommendation)
    refuse(ministry_deadline.reasons(ctx, nomination))
    return recommendation, nomination


def _closed(recommendation: MinistryRecommendation) -> Refusal:
    return Refusal("MINISTRY_CLOSED", **both("stage", "ministry_stage", recommendation.stage))


def _is_a_video(ctx: Ctx, nomination: Nomination, material_id: UUID | None) -> None:
    found = ctx.session.get(Material, material_id) if material_id else None
    wanted = (nomination.id, MaterialKind.MINISTRY_VIDEO, MaterialStatus.VERIFIED)
    fits = found is not None and (found.nomination_id, found.kind, found.status) == wanted
    if material_id is not None and not fits:
        raise Refusal("NOT_FOUND", "/material_id")


def _rules(ctx: Ctx, recommendation: MinistryRecommendation) -> CampaignRules:
    return campaigns.rules_of(ctx, campaigns.campaign_of(ctx, recommendation.campaign_id))


def _kept(
    ctx: Ctx,
    recommendation: MinistryRecommendation,
    nomination: Nomination,
    row: Row,
    act: str,
    **said: Any,  # noqa: ANN401  (values of a summary)
) -> MinistryRecommendation:
    """The paper and the recommendation it belongs to are signed together: one version guards both."""
    ctx.session.add(row)
    audit.touch(ctx, row)
    audit.touch(ctx, recommendation)
    audit.note(ctx, act, row, campaign_id=nomination.campaign_id, path=nomination.sponsor_path, summary=said)
    return recommendation
