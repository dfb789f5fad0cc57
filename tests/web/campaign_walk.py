"""The desk of a campaign's office at the pages."""

from app.domain.access import Role
from app.domain.ids import shown
from tests.campaign_cases import Desk
from tests.plugins.service import Caller, Service
from tests.web.page_walk import done, field


def office(service: Service) -> Caller:
    return service.person(Role.STEERING_OFFICE, "ZJ")


def created(service: Service) -> str:
    """A draft made on the page; gives its address."""
    host = shown("org", service.organization("ZJ").id)
    form = {"pack_code": "provincial-windows", "code": "windows-2026", "host_organization_id": host}
    return done(office(service), "/campaigns/create", **form)


def version(page: str) -> dict[str, str]:
    """The version that a page was drawn from, as its form sends it."""
    return {"_version": field(page, "_version")}


def addresses(desk: Desk) -> tuple[str, ...]:
    """Every page about campaigns, places, working days and organisations that shows something of this campaign."""
    at = f"/campaigns/{desk.campaign_id}"
    county = f"/organizations/{shown('org', desk.service.organization('330106').id)}"
    plan = f"/quota-plans/{desk.got('GET', '/quota-plans')['items'][0]['id']}"
    below = (
        *(
            "",
            "/board",
            "/edit",
            "/clone",
            "/participants",
            "/documents/record",
            "/steps/suspend",
            "/steps/close-filing",
        ),
        *(
            "/local-bodies",
            "/local-bodies/record",
            "/late-acceptances",
            "/late-acceptances/grant",
            "/rules",
            "/rules/edit",
        ),
        *("/quota", "/quota-plans/draft", "/quota-plans/import", "/quota-plans/sample"),
    )
    return (
        *("/campaigns", "/campaigns/create", "/campaigns/import", *(f"{at}{one}" for one in below)),
        *(plan, f"{plan}/edit", f"{plan}/confirm"),
        *(
            "/calendar-years",
            "/calendar-years/2026",
            "/calendar-years/import",
            "/calendar-years/2026/correct",
        ),
        *("/organizations", county, f"{county}/add", f"{county}/rename", f"{county}/close"),
    )
