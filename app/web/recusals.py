"""A reviewer's word on what binds them, given before the first case is seen; the office reads it here too."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed
from app.http import Read, Write
from app.services import campaigns, recusal_choices, reviewers
from app.services.inputs.reviewers import RecusalDeclare
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
BLANK = 3
"""Empty lines for organisations, and as many for relatives, below what is there."""


@routes.get("/reviewers/{reviewer_id}/recusal-declaration")
def declaration_form(ctx: Read, request: Request, reviewer_id: str) -> Response:
    """What was declared last; the form for whoever's word it is."""
    view = reviewers.declaration(ctx, parsed("rvw", reviewer_id))
    campaign = campaigns.campaign_of(ctx, view.reviewer.campaign_id)
    word = view.declaration
    return render(
        request,
        "reviews/declaration.html",
        view=view,
        word=word,
        said=recusal_choices.said(ctx, word) if word else None,
        choices=recusal_choices.choices(ctx, word),
        campaign=campaign,
        rules=campaigns.rules_of(ctx, campaign).recusal,
        own=reviewers.is_own(ctx, view.reviewer),
        blank=BLANK,
    )


@routes.post("/reviewers/{reviewer_id}/recusal-declaration")
def declare(ctx: Write, request: Request, reviewer_id: str, fields: Posted) -> Response:
    reviewers.declare(ctx, parsed("rvw", reviewer_id), fields.to(RecusalDeclare), fields.version)
    return go(request, "/reviews", "回避声明已签署。")
