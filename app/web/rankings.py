"""The order of a bucket's candidates as a page: a number beside each, no dragging."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed
from app.http import Read, Write
from app.services import campaigns, rankings
from app.services.inputs.nomination_papers import BucketRanking
from app.web.face import router
from app.web.fields import Fields, Posted
from app.web.pages import go, render

routes = router()


@routes.get("/campaigns/{campaign_id}/ranking/{bucket}")
def ranking_form(ctx: Read, request: Request, campaign_id: str, bucket: str) -> Response:
    campaign = campaigns.readable(ctx, parsed("cmp", campaign_id))
    view = rankings.shown(ctx, campaign.id, bucket)
    may = any(
        ctx.actor.may_as("nomination:rank", row.nomination.organizing_org_id, campaign.id)
        for row in view.candidates
    )
    return render(request, "nominations/ranking.html", view=view, campaign=campaign, may=may)


@routes.post("/campaigns/{campaign_id}/ranking/{bucket}")
def rank(ctx: Write, request: Request, campaign_id: str, bucket: str, fields: Posted) -> Response:
    """The candidates in the order of their numbers."""
    body = fields.to(BucketRanking, nominations=_ordered(fields))
    rankings.put(ctx, parsed("cmp", campaign_id), bucket, body, fields.version)
    return go(request, f"/campaigns/{campaign_id}/ranking/{bucket}", "排名已保存。")


def _ordered(fields: Fields) -> list[str]:
    """Equal or missing numbers keep the order of the page; the service says what is wrong with the whole."""
    given = [
        (name.removeprefix("_rank_"), value) for name, value in fields.pairs if name.startswith("_rank_nom_")
    ]
    numbers = {case: int(value) if value.isascii() and value.isdecimal() else 9999 for case, value in given}
    return sorted(numbers, key=lambda case: numbers[case])
