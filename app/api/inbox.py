"""What waits for the caller, over JSON: the same as the start page, as one list."""

from collections.abc import Iterator

from pydantic import Field

from app.api.face import router
from app.api.openapi import about
from app.api.schemas import Shape
from app.domain.ids import shown
from app.domain.waiting import WaitingKind
from app.http import Read
from app.services import inbox
from app.services.inbox import Inbox, WaitingCase

routes = router("service")


class WaitingOut(Shape):
    """One thing that waits; `id` names it by the prefix of its kind."""

    kind: WaitingKind = Field(examples=["NOMINATION"])
    id: str = Field(
        max_length=40,
        description="Of the case, notice, objection or finding; of the campaign for plans and bodies.",
        examples=["nom_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"],
    )
    title: str = Field(max_length=200, examples=["社会保险服务大厅"])
    next: str = Field(
        max_length=40, description="The step a nomination waits for; empty for others.", examples=["ENDORSE"]
    )
    since: str = Field(
        max_length=40, description="Since when; empty if unknown.", examples=["2026-07-01T02:00:00+00:00"]
    )
    due_on: str = Field(
        max_length=40, description="A day, or an instant of a case; empty if none.", examples=["2026-09-30"]
    )


class InboxOut(Shape):
    """Everything that waits, by kind, the most pressing first in each."""

    items: list[WaitingOut] = Field(max_length=1400)
    overdue_objections: int = Field(ge=0, le=200, examples=[0])


@routes.get(
    "/inbox",
    operation_id="getInbox",
    summary="Show what waits for the caller",
    openapi_extra=about("查看待办"),
)
def get_inbox(ctx: Read) -> InboxOut:
    """Cases the caller's unit has, what was returned to it, notices, objections, findings, plans and reports owed."""
    found = inbox.shown(ctx)
    return InboxOut(items=list(_items(found)), overdue_objections=found.overdue)


def _items(found: Inbox) -> Iterator[WaitingOut]:
    yield from (_case(WaitingKind.RETURNED, one) for one in found.returned)
    yield from (_case(WaitingKind.NOMINATION, one) for one in found.running)
    for waiting in found.notices:
        notice = waiting.notice
        end = notice.ends_at.isoformat() if notice.ends_at else ""
        yield _plain(WaitingKind.NOTICE, shown("ntc", notice.id), notice.title, end)
    for objection, item in found.objections:
        title = f"{objection.code} {item.snapshot['window_name']}"
        yield _plain(WaitingKind.OBJECTION, shown("obj", objection.id), title, str(objection.due_on or ""))
    for finding, window in found.findings:
        yield _plain(WaitingKind.VETO_FINDING, shown("vet", finding.id), window, "")
    for _, campaign in found.plans:
        yield _plain(WaitingKind.QUOTA_PLAN, shown("cmp", campaign.id), campaign.title, "")
    for campaign, unit in found.bodies:
        due = str(campaign.contacts_due_on or "")
        yield _plain(WaitingKind.LOCAL_BODIES, shown("cmp", campaign.id), f"{unit} {campaign.title}", due)


def _case(kind: WaitingKind, one: WaitingCase) -> WaitingOut:
    case, end = one.row.nomination, one.notice_ends_at or one.due_at
    return WaitingOut(
        kind=kind,
        id=shown("nom", case.id),
        title=one.row.window,
        next=one.step.value if one.step else "",
        since=case.stage_since.isoformat(),
        due_on=end.isoformat() if end else "",
    )


def _plain(kind: WaitingKind, identifier: str, title: str, due_on: str) -> WaitingOut:
    return WaitingOut(kind=kind, id=identifier, title=title[:200], next="", since="", due_on=due_on)
