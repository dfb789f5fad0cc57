"""Awards as pages: the event, conferring, the list with its certificates, what follows a revocation, what units are told."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed, shown
from app.http import Read, Write
from app.services import award_desk, awards, campaigns, quota_facts, result_notifications
from app.services.inputs.awards import AwardEventIn, Conferral, RevocationDetails
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
PAGE = 50


@routes.get("/campaigns/{campaign_id}/awards")
def list_awards(ctx: Read, request: Request, campaign_id: str) -> Response:
    """The event, who waits to be conferred, and every award by its certificate number."""
    desk = award_desk.shown(ctx, parsed("cmp", campaign_id))
    return render(request, "awards/list.html", desk=desk, names=quota_facts.bucket_names(ctx, desk.campaign))


@routes.get("/campaigns/{campaign_id}/award-event")
def event_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    return render(request, "awards/event.html", desk=award_desk.shown(ctx, parsed("cmp", campaign_id)))


@routes.post("/campaigns/{campaign_id}/award-event")
def set_event(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    awards.set_event(ctx, parsed("cmp", campaign_id), fields.whole(AwardEventIn), fields.version)
    return go(request, f"/campaigns/{campaign_id}/awards", "表彰会已确定。")


@routes.get("/campaigns/{campaign_id}/confer")
def confer_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    """Who gets an award now, with the numbers that follow."""
    return render(request, "awards/confer.html", desk=award_desk.shown(ctx, parsed("cmp", campaign_id)))


@routes.post("/campaigns/{campaign_id}/confer")
def confer(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    awards.confer(ctx, parsed("cmp", campaign_id), fields.to(Conferral))
    return go(request, f"/campaigns/{campaign_id}/awards", "表彰已授予，证书编号已编定。")


@routes.get("/awards/{award_id}")
def show_award(ctx: Read, request: Request, award_id: str) -> Response:
    """One award, and what came of it if it was revoked."""
    row = awards.shown(ctx, parsed("awd", award_id))
    view = campaigns.shown(ctx, row.award.campaign_id)
    return render(request, "awards/show.html", row=row, view=view, id=award_id)


@routes.get("/awards/{award_id}/revocation")
def revocation_form(ctx: Read, request: Request, award_id: str) -> Response:
    row = awards.shown(ctx, parsed("awd", award_id))
    return render(request, "awards/revocation.html", row=row, id=award_id)


@routes.post("/awards/{award_id}/revocation")
def follow_up(ctx: Write, request: Request, award_id: str, fields: Posted) -> Response:
    awards.follow_up(ctx, parsed("awd", award_id), fields.to(RevocationDetails), fields.version)
    return go(request, f"/awards/{award_id}", "撤销后续已登记。")


@routes.get("/campaigns/{campaign_id}/results")
def list_results(ctx: Read, request: Request, campaign_id: str, cursor: str = "") -> Response:
    """What the units of the reader's area were told, and who took note."""
    found = parsed("cmp", campaign_id)
    after = parsed("rsn", cursor).hex if cursor else ""
    rows = result_notifications.told(ctx, found, after=after, limit=PAGE)
    more = shown("rsn", rows[PAGE - 1].row.id) if len(rows) > PAGE else ""
    campaign = campaigns.campaign_of(ctx, found)
    return render(request, "awards/results.html", rows=rows[:PAGE], more=more, campaign=campaign)


@routes.get("/result-notifications/{notification_id}/acknowledge")
def acknowledge_form(ctx: Read, request: Request, notification_id: str) -> Response:
    """The results on one's own cases."""
    told = result_notifications.shown(ctx, parsed("rsn", notification_id))
    return render(request, "awards/acknowledge.html", told=told)


@routes.post("/result-notifications/{notification_id}/acknowledge")
def acknowledge(ctx: Write, request: Request, notification_id: str, fields: Posted) -> Response:
    row = result_notifications.acknowledge(ctx, parsed("rsn", notification_id), fields.version)
    return go(request, f"/campaigns/{shown('cmp', row.campaign_id)}/results", "已确认收到结果。")
