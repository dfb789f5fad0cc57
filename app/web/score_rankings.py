"""Rankings as pages: taken, read by bucket and over the pool, doubted and computed again (R-021, E-23, E-24)."""

from decimal import Decimal
from fractions import Fraction

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed, shown
from app.domain.ranking import shown as rounded
from app.http import Read, Write
from app.services import evaluation, quota_facts, ranking_methods, score_rankings
from app.services.score_rankings import RankingView
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
PAGE = 50


@routes.get("/campaigns/{campaign_id}/rankings")
def list_rankings(ctx: Read, request: Request, campaign_id: str, cursor: str = "") -> Response:
    """The newest ranking whole, and every earlier one."""
    found = parsed("cmp", campaign_id)
    campaign = evaluation.readable(ctx, found, "ranking:read")
    after = parsed("rnk", cursor).hex if cursor else ""
    rows = score_rankings.listed(ctx, found, after=after, limit=PAGE)
    more = shown("rnk", rows[PAGE - 1].id) if len(rows) > PAGE else ""
    latest = score_rankings.latest(ctx, found)
    return render(
        request,
        "rankings/list.html",
        campaign=campaign,
        id=campaign_id,
        rows=rows[:PAGE],
        more=more,
        latest=latest,
    )


@routes.get("/campaigns/{campaign_id}/rankings/take")
def take_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    campaign = evaluation.readable(ctx, parsed("cmp", campaign_id), "ranking:read")
    return render(request, "rankings/take.html", campaign=campaign, id=campaign_id)


@routes.post("/campaigns/{campaign_id}/rankings/take")
def take(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:  # noqa: ARG001  (the form's key)
    snapshot = score_rankings.take(ctx, parsed("cmp", campaign_id))
    return go(request, f"/rankings/{shown('rnk', snapshot.id)}", "排名已生成并存档。")


@routes.get("/rankings/{ranking_id}")
def show_ranking(ctx: Read, request: Request, ranking_id: str) -> Response:
    """Bucket by bucket and over the pool, ties at the cut, the spread of each case and of each reviewer."""
    view = score_rankings.shown(ctx, parsed("rnk", ranking_id))
    return _ranking(ctx, request, view, "rankings/show.html")


@routes.get("/rankings/{ranking_id}/verification")
def verify(ctx: Read, request: Request, ranking_id: str) -> Response:
    """The ranking computed again, now."""
    view = score_rankings.shown(ctx, parsed("rnk", ranking_id))
    verified = score_rankings.verified(ctx, view.snapshot.id)
    return render(request, "rankings/verification.html", view=view, verified=verified, id=ranking_id)


def _ranking(ctx: Read, request: Request, view: RankingView, template: str) -> Response:
    campaign = evaluation.readable(ctx, view.snapshot.campaign_id, "ranking:read")
    buckets: dict[str, list[score_rankings.EntryRow]] = {}
    for row in view.entries:
        buckets.setdefault(row.entry.bucket_code, []).append(row)
    pool = sorted((row for row in view.entries if row.entry.pool_rank), key=lambda row: row.entry.pool_rank)
    return render(
        request,
        template,
        view=view,
        campaign=campaign,
        id=shown("rnk", view.snapshot.id),
        buckets=buckets,
        pool=pool,
        methods=ranking_methods.compared(view),
        given=_given(view),
        places={one["code"]: one["places"] for one in view.snapshot.inputs["buckets"]},
        names=quota_facts.bucket_names(ctx, campaign),
        top=int(Fraction(view.snapshot.inputs["total_points"])),
    )


def _given(view: RankingView) -> dict[str, dict[str, Decimal]]:
    """What each reviewer gave, as people read it: by the hex of the case, by the hex of the reviewer."""
    return {
        case: {one["reviewer"]: rounded(Fraction(one["total"])) for one in sheets}
        for case, sheets in view.sheets.items()
    }
