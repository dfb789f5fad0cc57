"""The way to the ministry as pages: the campaign's track, one recommendation with everything that belongs to it, its steps."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.domain.ministry import AssessmentResult, MinistryAction, MinistryResult
from app.http import Read, Write
from app.services import (
    campaign_setup,
    campaigns,
    ministry,
    ministry_acts,
    ministry_file,
    ministry_track,
)
from app.services.context import Ctx
from app.services.inputs import ministry as inputs
from app.services.ministry_file import MinistryFile
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
INPUTS: dict[MinistryAction, Any] = {
    MinistryAction.ASSESS: inputs.MinistryAssess,
    MinistryAction.REPORT: inputs.MinistryReport,
    MinistryAction.RECORD_RESULT: inputs.MinistryResultRecord,
    MinistryAction.REJECT: inputs.MinistryReject,
    MinistryAction.WITHDRAW: inputs.MinistryWithdraw,
    MinistryAction.UNDO: inputs.MinistryUndo,
}
BY_HAND = frozenset(INPUTS)
"""The steps people take here; the notice and the second body's meeting take the two between by themselves."""

_MENDED_ON = {
    "FORM_INCOMPLETE": "form",
    "WRITEUP_LENGTH": "write-up",
    "QUALITY_UNCHECKED": "quality-check",
    "VIDEO_DURATION": "video",
    "VIDEO_ASPECT_MISSING": "video",
    "SEAL_MISSING": "seals",
    "SEAL_ORDER": "seals",
    "COPIES_MISSING": "receipts",
    "CORRECTION_LETTER_MISSING": "correction-letter",
}


@routes.get("/campaigns/{campaign_id}/ministry")
def show_track(ctx: Read, request: Request, campaign_id: str) -> Response:
    """Whose places, who is on them, what is next and what is in its way."""
    track = ministry_track.shown(ctx, parsed("cmp", campaign_id))
    return render(request, "ministry/track.html", track=track, stages=ministry_track.STAGES, by_hand=BY_HAND)


@routes.get("/campaigns/{campaign_id}/ministry/propose")
def propose_form(ctx: Read, request: Request, campaign_id: str, nomination: str = "") -> Response:
    """The windows of cities with places of their own left, in the order of their ranking."""
    view = campaigns.shown(ctx, parsed("cmp", campaign_id))
    found = ministry_track.candidates(ctx, view.campaign)
    groups = [one for one in found if one.group.isdigit() and one.places]
    return render(request, "ministry/propose.html", view=view, groups=groups, chosen=nomination)


@routes.post("/campaigns/{campaign_id}/ministry/propose")
def propose(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    row = ministry.propose(ctx, parsed("cmp", campaign_id), fields.to(inputs.MinistryProposal))
    return go(request, f"/ministry-recommendations/{shown('mrc', row.id)}", "已列为拟报部对象。")


@routes.get("/ministry-recommendations/{recommendation_id}")
def show_recommendation(ctx: Read, request: Request, recommendation_id: str) -> Response:
    return paper(request, "show", file_of(ctx, recommendation_id))


def file_of(ctx: Ctx, recommendation_id: str) -> MinistryFile:
    return ministry_file.shown(ctx, parsed("mrc", recommendation_id))


def paper(request: Request, name: str, file: MinistryFile, **more: Any) -> Response:  # noqa: ANN401  (template values)
    """A page of one recommendation, with the addresses of its screens and where each fault is mended."""
    at = addresses(file)
    mends = {code: at[screen] for code, screen in _MENDED_ON.items() if screen in file.screens}
    if file.view.folder.notice:
        mends |= dict.fromkeys(("NOTICE_STILL_RUNNING", "UNDO_BY_NOTICE"), at["published"])
    return render(request, f"ministry/{name}.html", file=file, view=file.view, at=at, mends=mends, **more)


def addresses(file: MinistryFile) -> dict[str, str]:
    """The address of each screen."""
    here = f"/ministry-recommendations/{shown('mrc', file.view.row.recommendation.id)}"
    case = f"/nominations/{shown('nom', file.view.row.nomination.id)}"
    campaign = f"/campaigns/{shown('cmp', file.view.campaign.id)}"
    notice = file.view.folder.notice
    own = ("form", "write-up", "quality-check", "video", "correction-letter")
    return {name: f"{here}/{name}" for name in own} | {
        "here": here,
        "case": case,
        "campaign": campaign,
        "track": f"{campaign}/ministry",
        "seals": f"{case}/seals",
        "receipts": f"{case}/receipts",
        "notice": f"{campaign}/draft-notice",
        "published": f"/notices/{shown('ntc', notice.id)}" if notice else "",
    }


@routes.get("/ministry-recommendations/{recommendation_id}/{slug}")
def act_form(ctx: Read, request: Request, recommendation_id: str, slug: str) -> Response:
    """The step and everything that still speaks against it."""
    action, file = _action(slug), file_of(ctx, recommendation_id)
    state = next((one for one in file.view.actions if one.action is action), None)
    choices = {"assessments": list(AssessmentResult), "results": list(MinistryResult)}
    units = _units(ctx, file) if action is MinistryAction.ASSESS else []
    return paper(request, "act", file, action=action, state=state, units=units, **choices)


@routes.post("/ministry-recommendations/{recommendation_id}/{slug}")
def act(ctx: Write, request: Request, recommendation_id: str, slug: str, fields: Posted) -> Response:
    action = _action(slug)
    body = fields.to(INPUTS[action], action=action.value)
    ministry_acts.act(ctx, parsed("mrc", recommendation_id), body, fields.version)
    return go(
        request, f"/ministry-recommendations/{recommendation_id}", "已办理。", act=("ministry_action", action)
    )


def _units(ctx: Ctx, file: MinistryFile) -> list[tuple[str, str]]:
    """From where a team may come: the host and who takes part in the campaign."""
    host = campaigns.shown(ctx, file.view.campaign.id).host
    others = [
        unit for _, unit in campaign_setup.taking_part(ctx, file.view.campaign.id) if unit.id != host.id
    ]
    return [(shown("org", one.id), one.name) for one in (host, *others)]


def _action(slug: str) -> MinistryAction:
    action = next((one for one in INPUTS if one.value.lower().replace("_", "-") == slug), None)
    if action is None:
        raise Refusal("NOT_FOUND")
    return action
