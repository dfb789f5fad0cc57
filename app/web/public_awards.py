"""The honour roll for everybody: permanent, by campaign and city, a revoked award among it as revoked."""

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed, shown
from app.http import Read
from app.services import public_awards
from app.services.public_awards import Filter
from app.web.face import router
from app.web.pages import render

routes = router()


@routes.get("/public/awards")
def show_roll(ctx: Read, request: Request, campaign: str = "", city: str = "", year: str = "") -> Response:
    """The roll; an address with its choices stays."""
    wanted = Filter(
        campaign_id=parsed("cmp", campaign) if campaign else None,
        city=city[:40],
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == len("2026") else 0,
    )
    roll = public_awards.roll(ctx, wanted)
    choices = [(shown("cmp", key), title) for key, title in roll.campaigns]
    return render(request, "public/roll.html", roll=roll, wanted=wanted, campaign=campaign, campaigns=choices)


@routes.get("/public/awards/{award_id}")
def show_award(ctx: Read, request: Request, award_id: str) -> Response:
    """One award at the address that stays."""
    award = public_awards.shown(ctx, parsed("awd", award_id))
    return render(request, "public/award.html", award=award)
