"""Nominations as pages: the list, putting a window forward, one case whole, its statement."""

from collections.abc import Mapping, Sequence

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed, shown
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.http import Read, Write
from app.services import case_desk, case_file, nomination_lists, nomination_views, nominations, windows
from app.services.inputs.nominations import NominationDraft, NominationEdit
from app.services.nomination_lists import Place
from app.services.nominations import Filter
from app.web import mending
from app.web.face import router
from app.web.fields import Posted
from app.web.nomination_steps import BY_HAND
from app.web.pages import go, language_of, render
from app.web.wording import Language

routes = router()
PAGE = 50


@routes.get("/nominations")
def list_nominations(ctx: Read, request: Request, cursor: str = "") -> Response:
    """The nominations of one's own area, newest first, with how many stand at each stage."""
    wanted = _wanted(request.query_params)
    after = parsed("nom", cursor).hex if cursor else ""
    found = nomination_lists.overview(ctx, wanted, after=after, limit=PAGE)
    more = found.rows[-1].id if found.more else ""
    return render(
        request,
        "nominations/list.html",
        found=found,
        wanted=wanted,
        more=more,
        places=_places(found.regions, language_of(request)),
    )


@routes.get("/nominations/create")
def create_form(ctx: Read, request: Request, window: str = "", campaign: str = "", q: str = "") -> Response:
    """A window is chosen first, by its own page or by its name."""
    found = parsed("win", window) if window else None
    chosen = windows.shown(ctx, found) if found else None
    rows = [] if chosen else windows.listed(ctx, q=q.strip()[:80], limit=20)[:20]
    open_now = nomination_lists.open_campaigns(ctx)
    alone = open_now[0].id if len(open_now) == 1 else None
    taken = nomination_lists.standing(ctx, alone, [one.window.id for one in rows]) if alone and rows else {}
    return render(
        request,
        "nominations/create.html",
        chosen=chosen,
        rows=rows,
        taken=taken,
        campaigns=open_now,
        campaign=campaign,
        q=q,
    )


@routes.post("/nominations/create")
def create(ctx: Write, request: Request, fields: Posted) -> Response:
    campaign_id = parsed("cmp", fields.get("_campaign"))
    case = nominations.draft(ctx, campaign_id, fields.to(NominationDraft))
    return go(request, f"/nominations/{shown('nom', case.id)}", "已建立推荐草稿，请补全材料后提交。")


@routes.get("/nominations/{nomination_id}")
def show_nomination(ctx: Read, request: Request, nomination_id: str) -> Response:
    """One case whole: what is next on top, then what was handed in and what each level did."""
    case = case_file.shown(ctx, parsed("nom", nomination_id))
    return render(
        request,
        "nominations/show.html",
        case=case,
        view=case.view,
        id=nomination_id,
        mends=mending.mends(case),
        at=mending.addresses(case.view),
        by_hand=BY_HAND,
        part_screens=case_desk.SCREENS,
    )


@routes.get("/nominations/{nomination_id}/statement")
def statement_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    view = nomination_views.shown(ctx, parsed("nom", nomination_id))
    return render(request, "nominations/statement.html", view=view, id=nomination_id)


@routes.post("/nominations/{nomination_id}/statement")
def statement(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    nominations.edit(ctx, parsed("nom", nomination_id), fields.whole(NominationEdit), fields.version)
    return go(request, f"/nominations/{nomination_id}", "典型示范说明已保存。")


def _places(regions: Sequence[Place], language: Language) -> list[tuple[str, str]]:
    """The divisions below the province, a city by the digits that its counties share."""
    return [
        (
            one.code[:4] if one.level is Level.MUNICIPAL else one.code,
            one.name_en if language == "en" else one.name_zh,
        )
        for one in regions
        if one.level is not Level.PROVINCIAL
    ]


def _wanted(asked: Mapping[str, str]) -> Filter:
    """The filters in the address; what makes no sense there is left out."""
    campaign, holder, stage = asked.get("campaign"), asked.get("holder"), asked.get("stage", "")
    region = asked.get("region", "")
    return Filter(
        campaign_id=parsed("cmp", campaign) if campaign else None,
        stage=Stage(stage) if stage in set(Stage) else None,
        holder_id=parsed("org", holder) if holder else None,
        region=region if region.isdecimal() else "",
        q=asked.get("q", "").strip()[:80],
    )
