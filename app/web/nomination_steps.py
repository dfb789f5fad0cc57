"""The steps of a nomination as pages: one screen for each, which says what it does before it is done."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.errors import Refusal
from app.domain.formal_check import FormalPoint
from app.domain.ids import parsed
from app.domain.nomination import Action
from app.domain.nomination_parts import NominationPart
from app.http import Read, Write
from app.services import case_file, nomination_steps
from app.services.inputs import nomination_steps as inputs
from app.web import mending
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
INPUTS: dict[Action, Any] = {
    Action.SUBMIT: inputs.SubmitStep,
    Action.ENDORSE: inputs.EndorseStep,
    Action.CLEAR: inputs.ClearStep,
    Action.RETURN: inputs.ReturnStep,
    Action.RESUBMIT: inputs.ResubmitStep,
    Action.REJECT: inputs.RejectStep,
    Action.RECOMMEND: inputs.RecommendStep,
    Action.FILE: inputs.FileStep,
    Action.ACCEPT: inputs.AcceptStep,
    Action.RETURN_FOR_CORRECTION: inputs.CorrectionStep,
    Action.WITHDRAW: inputs.WithdrawStep,
    Action.UNDO: inputs.UndoStep,
}
BY_HAND = frozenset(INPUTS)
"""The steps people take on the case itself; the others come about by a notice, a finding or a decision."""


@routes.get("/nominations/{nomination_id}/{slug}")
def act_form(ctx: Read, request: Request, nomination_id: str, slug: str) -> Response:
    action = _action(slug)
    case = case_file.shown(ctx, parsed("nom", nomination_id))
    state = next((one for one in case.view.actions if one.action is action), None)
    return render(
        request,
        "nominations/act.html",
        case=case,
        view=case.view,
        id=nomination_id,
        action=action,
        state=state,
        parts=list(NominationPart),
        formal_points=list(FormalPoint),
        mends=mending.mends(case),
    )


@routes.post("/nominations/{nomination_id}/{slug}")
def act(ctx: Write, request: Request, nomination_id: str, slug: str, fields: Posted) -> Response:
    action = _action(slug)
    body = fields.to(INPUTS[action], action=action.value)
    nomination_steps.act(ctx, parsed("nom", nomination_id), body, fields.version)
    return go(request, f"/nominations/{nomination_id}", "已办理。", act=("nomination_action", action))


def _action(slug: str) -> Action:
    action = next((one for one in INPUTS if one.value.lower().replace("_", "-") == slug), None)
    if action is None:
        raise Refusal("NOT_FOUND")
    return action
