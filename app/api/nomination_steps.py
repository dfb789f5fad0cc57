"""The steps of a nomination over JSON, and the history they make."""

from typing import Annotated

from fastapi import Path, Response
from pydantic import Field

from app.api.face import IfMatch, router, tagged
from app.api.nominations import NominationOut
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import Moment, NominationId, Shape
from app.domain.eligibility import CODES as ELIGIBILITY
from app.domain.levels import Level
from app.domain.nomination import Action, Stage
from app.http import Read, Write
from app.services import nomination_steps, nomination_views
from app.services.inputs.nomination_steps import NominationAct
from app.services.nomination_steps import HistoryLine

routes = router("nominations")

Nomination = Annotated[NominationId, Path(description="The nomination.")]


class HistoryPointOut(Shape):
    """One point of a return, and what was answered to it."""

    text: str = Field(max_length=1000, examples=["请写明 2025 年的办件量。"])
    part: str = Field(max_length=40, examples=["WRITE_UP"])
    answer: str = Field(max_length=1000, description="Empty in the return itself.", examples=["已补充。"])


class HistoryOut(Shape):
    """One step that was taken."""

    seq: int = Field(ge=1, le=100_000, examples=[1])
    action: Action = Field(examples=["SUBMIT"])
    from_stage: Stage = Field(examples=["DRAFT"])
    to_stage: Stage = Field(examples=["SUBMITTED"])
    from_level: Level = Field(examples=["COUNTY"])
    to_level: Level = Field(examples=["COUNTY"])
    at: Moment
    unit: str = Field(
        max_length=100,
        description="For whom it was taken; empty if for nobody's level.",
        examples=["西湖区劳动和社会保障局"],
    )
    actor_name: str = Field(max_length=60, examples=["王珏"])
    on_behalf_of: str = Field(max_length=80, description="Of a client's act.", examples=[""])
    reason: str = Field(max_length=1000, examples=[""])
    points: list[HistoryPointOut] = Field(max_length=50)
    undone_at: str = Field(
        max_length=40, description="When it was taken back; empty if it counts.", examples=[""]
    )

    @classmethod
    def of(cls, line: HistoryLine) -> "HistoryOut":
        step = line.step
        same = ("seq", "action", "from_stage", "to_stage", "from_level", "to_level", "at")
        asked = step.detail.get("answers") or step.detail.get("points") or []
        return cls(
            **{name: getattr(step, name) for name in same},
            unit=line.unit.name if line.unit else "",
            actor_name=step.actor_name,
            on_behalf_of=step.on_behalf_of,
            reason=step.reason,
            points=[HistoryPointOut.model_validate({"answer": ""} | point) for point in asked],
            undone_at=step.undone_at.isoformat() if step.undone_at else "",
        )


class HistoryListOut(Shape):
    """All steps of a nomination, in the order taken."""

    items: list[HistoryOut] = Field(max_length=1000)


@routes.get(
    "/nominations/{nomination_id}/transitions",
    operation_id="listNominationSteps",
    summary="Show a nomination's history",
    openapi_extra=about("查看办理过程", "nomination:read"),
)
def list_steps(ctx: Read, nomination_id: Nomination) -> HistoryListOut:
    """Every step in the order taken; one that was taken back says when."""
    return HistoryListOut(items=[HistoryOut.of(one) for one in nomination_steps.history(ctx, nomination_id)])


@routes.post(
    "/nominations/{nomination_id}/transitions",
    operation_id="transitionNomination",
    summary="Take a nomination's next step",
    responses=declared(
        "TRANSITION_NOT_ALLOWED",
        "NOT_YOUR_LEVEL",
        "SAME_PERSON",
        "CAMPAIGN_NOT_OPEN",
        "CAMPAIGN_PHASE",
        "CAMPAIGN_SUSPENDED",
        "OBJECTION_OPEN",
        "VETO_HELD",
        "VETO_CONFIRMED",
        "DECLARATION_MISSING",
        "DUPLICATE_NOMINATION",
        *ELIGIBILITY,
        "NO_HIGHER_LEVEL",
        "LEVEL_ORDER",
        "CONSULTATION_MISSING",
        "LEVEL_REVIEW_MISSING",
        "CRITERIA_INCOMPLETE",
        "DEPARTMENT_REPLY_MISSING",
        "DEPARTMENT_OBJECTS",
        "NOMINATION_LIMIT_REACHED",
        "NOTICE_NOT_PUBLISHED",
        "NOTICE_STILL_RUNNING",
        "FORM_INCOMPLETE",
        "WRITEUP_LENGTH",
        "STATEMENT_MISSING",
        "RANK_MISSING",
        "SEAL_MISSING",
        "SEAL_ORDER",
        "DEADLINES_INCOMPLETE",
        "DEADLINE_PASSED",
        "LOCAL_BODIES_MISSING",
        "CHECKLIST_MISSING",
        "CHECKLIST_UNANSWERED",
        "CORRECTION_DUE_INVALID",
        "FORMAL_CHECK_INCOMPLETE",
        "WITHDRAWAL_REQUEST_MISSING",
        "NOTHING_TO_UNDO",
        "UNDO_TOO_LATE",
        "UNDO_BY_NOTICE",
        "UNDO_BY_DECISION",
        "UNDO_BY_REVOCATION",
    ),
    openapi_extra=about("办理推荐"),
)
def transition_nomination(
    ctx: Write, response: Response, nomination_id: Nomination, body: NominationAct, version: IfMatch
) -> NominationOut:
    """Each step is taken for the level whose department the caller is; what stands in the way is told in full."""
    row = nomination_steps.act(ctx, nomination_id, body, version)
    return tagged(response, NominationOut.whole(nomination_views.view(ctx, row)))
