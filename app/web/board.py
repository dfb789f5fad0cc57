"""The campaign board as a page: accessible tables first, small charts beside them."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed
from app.domain.nomination import Stage
from app.http import Read
from app.services import board
from app.services.board import BoardRow
from app.web.face import router
from app.web.nav import say
from app.web.pages import render

routes = router()

S = Stage
PHASES: tuple[tuple[str, frozenset[Stage]], ...] = (
    (say("起草和审核"), frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED})),
    (say("公示"), frozenset({S.CLEARED, S.AT_NOTICE})),
    (say("推荐和报送"), frozenset({S.RECOMMENDED, S.FILED, S.ACCEPTED})),
    (
        say("评审和审定"),
        frozenset({S.UNDER_EVALUATION, S.EVALUATED, S.REVIEWED, S.AT_HOST_NOTICE, S.DETERMINED, S.AWARDED}),
    ),
    (say("已终止"), frozenset(stage for stage in Stage if stage.final and stage is not S.AWARDED)),
)
"""The stages in five strokes, as the chart shows them; the table says each."""


@routes.get("/campaigns/{campaign_id}/board")
def show_board(ctx: Read, request: Request, campaign_id: str) -> Response:
    """City by stage; a city sees its own row, the host all of them."""
    found = board.shown(ctx, parsed("cmp", campaign_id))
    bars = [(row.organization.name, _by_phase(row)) for row in found.rows if row.cases]
    return render(
        request,
        "board/show.html",
        board=found,
        id=campaign_id,
        phases=[name for name, _ in PHASES],
        bars=bars,
        overdue=[row for row in found.rows if row.bodies_overdue],
    )


def _by_phase(row: BoardRow) -> list[int]:
    return [sum(one.count for stage, one in row.stages.items() if stage in stages) for _, stages in PHASES]
