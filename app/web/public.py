"""Pages for everybody: campaigns, notices, objecting, asking how an objection stands."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed, shown
from app.domain.objection import IdentityKind
from app.http import Read, Write, source
from app.services import public
from app.services.inputs.objections import ObjectionSubmit, ReceiptQuestion
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import render

routes = router()


@routes.get("/public")
def front(ctx: Read, request: Request) -> Response:
    """Opened campaigns and the newest notices."""
    notices = [(shown("ntc", one.id), one) for one in public.notices(ctx, limit=20)][:20]
    campaigns = [(shown("cmp", one.id), one) for one in public.campaigns(ctx, limit=20)][:20]
    return render(request, "public/front.html", notices=notices, campaigns=campaigns)


@routes.get("/public/campaigns/{campaign_id}")
def show_campaign(ctx: Read, request: Request, campaign_id: str) -> Response:
    """One campaign, its papers and its notices."""
    found = parsed("cmp", campaign_id)
    campaign, papers = public.campaign(ctx, found)
    notices = [(shown("ntc", one.id), one) for one in public.notices(ctx, campaign_id=found, limit=100)][:100]
    return render(request, "public/campaign.html", campaign=campaign, papers=papers, notices=notices)


@routes.get("/public/notices/{notice_id}")
def show_notice(ctx: Read, request: Request, notice_id: str) -> Response:
    """Who is proposed, until when one may object, and how."""
    notice = public.notice(ctx, parsed("ntc", notice_id))
    following = shown("ntc", notice.superseded_by) if notice.superseded_by else ""
    return render(request, "public/notice.html", notice=notice, id=notice_id, following=following)


@routes.get("/public/notices/{notice_id}/object")
def objection_form(ctx: Read, request: Request, notice_id: str) -> Response:
    return _form(ctx, request, notice_id, "")


@routes.post("/public/notices/{notice_id}/object")
def objection(ctx: Write, request: Request, notice_id: str, fields: Posted) -> Response:
    """The receipt is on this answer only."""
    _, code = public.object_to(ctx, parsed("ntc", notice_id), fields.to(ObjectionSubmit), source(request))
    answer = _form(ctx, request, notice_id, code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.get("/public/objection-status")
def receipt_form(ctx: Read, request: Request) -> Response:  # noqa: ARG001  (a route needs its transaction)
    return render(request, "public/receipt.html", asked=False, status_of_objection=None)


@routes.post("/public/objection-status")
def receipt(ctx: Write, request: Request, fields: Posted) -> Response:
    """The code travels in the form's body, never in an address."""
    found = public.receipt(ctx, fields.to(ReceiptQuestion).receipt, source(request))
    answer = render(request, "public/receipt.html", asked=True, status_of_objection=found)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _form(ctx: Read, request: Request, notice_id: str, code: str) -> Response:
    notice = public.notice(ctx, parsed("ntc", notice_id))
    items = [
        (shown("nti", one.id), f"{one.window_name}（{one.sponsor}，{one.city}）") for one in notice.items
    ]
    kinds = [kind.value for kind in IdentityKind]
    return render(
        request, "public/object.html", notice=notice, id=notice_id, items=items, kinds=kinds, code=code
    )
