"""Rankings as pages: taken, read by bucket and over the pool, doubted and computed again (R-021, E-23, E-24)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.db.tables.evaluation import RankingSnapshot
from app.domain.ids import parsed, shown
from app.domain.quota import MINISTRY_POOL
from app.domain.ranking import shown as rounded
from app.http import Read, Write
from app.services import evaluation, quota_facts, score_rankings
from app.services.score_rankings import EntryRow, Lines
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
PAGE = 50
LONGEST = 9
"""Digits of a position in an address."""


@routes.get("/campaigns/{campaign_id}/rankings")
def list_rankings(ctx: Read, request: Request, campaign_id: str, cursor: str = "") -> Response:
    """The newest ranking, and every earlier one."""
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
def show_ranking(ctx: Read, request: Request, ranking_id: str, scope: str = "", cursor: str = "") -> Response:
    """Fifty lines, of all or of one bucket or of the pool: ties and lines at the cut, how sheets and reviewers spread."""
    key = parsed("rnk", ranking_id)
    view = score_rankings.shown(ctx, key)
    campaign = evaluation.readable(ctx, view.snapshot.campaign_id, "ranking:read")
    pool = scope == MINISTRY_POOL
    if pool:
        lines = score_rankings.pool_entries(ctx, key, after=_pool_cursor(cursor), limit=PAGE)
    else:
        lines = score_rankings.entries(ctx, key, after=_cursor(cursor), limit=PAGE, bucket=scope)
    rows = lines.entries[:PAGE]
    return render(
        request,
        "rankings/show.html",
        view=view,
        campaign=campaign,
        id=ranking_id,
        scope=scope,
        rows=rows,
        more=_after(rows[-1], pool=pool) if len(lines.entries) > PAGE else "",
        tables=_tables(view.snapshot, rows, scope, whole=not scope and view.snapshot.case_count <= PAGE),
        scopes=view.snapshot.scopes if view.snapshot.case_count > PAGE else (),
        given={row.nomination.id: _given(lines, row) for row in rows},
        names=quota_facts.bucket_names(ctx, campaign),
        top=int(Fraction(view.snapshot.inputs["total_points"])),
    )


@routes.get("/rankings/{ranking_id}/verification")
def verify(ctx: Read, request: Request, ranking_id: str) -> Response:
    """The ranking computed again, now."""
    key = parsed("rnk", ranking_id)
    verified, snapshot = score_rankings.verified(ctx, key), score_rankings.head(ctx, key)
    return render(request, "rankings/verification.html", snapshot=snapshot, verified=verified, id=ranking_id)


def _tables(
    snapshot: RankingSnapshot, rows: Sequence[EntryRow], scope: str, *, whole: bool
) -> list[tuple[dict[str, Any], list[EntryRow]]]:
    """The lines under the bucket they are in; a ranking that is whole on its page shows its pool as well."""
    scopes = {one["scope"]: one for one in snapshot.scopes}
    if scope == MINISTRY_POOL:
        return [(scopes[scope], list(rows))] if rows else []
    tables = [
        (scopes[code], list(mine)) for code, mine in groupby(rows, key=lambda row: row.entry.bucket_code)
    ]
    pool = sorted((row for row in rows if row.entry.pool_rank), key=lambda row: row.entry.pool_rank)
    return [*tables, (scopes[MINISTRY_POOL], pool)] if whole and pool else tables


def _given(lines: Lines, row: EntryRow) -> dict[str, Decimal]:
    """What each reviewer gave, as people read it, by the hex of the reviewer."""
    return {one["reviewer"]: rounded(Fraction(one["total"])) for one in lines.sheets(row)}


def _after(row: EntryRow, *, pool: bool) -> str:
    entry = row.entry
    return f"{entry.pool_rank}.{entry.position}" if pool else str(entry.position)


def _cursor(said: str) -> str:
    """A position out of an address; anything else begins at the top."""
    return said if said.isdecimal() and len(said) <= LONGEST else ""


def _pool_cursor(said: str) -> str:
    rank, _, position = said.partition(".")
    return f"{rank}.{position or 0}" if _cursor(rank) and _cursor(position or "0") else ""
