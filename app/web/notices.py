"""Notices as pages: the editor with its nominees, one screen for each act."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.db.tables.supervision import PublicNotice
from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.domain.notice import NoticeAction
from app.http import Read, Write
from app.packs.supervision import NoticeChannel
from app.services import notice_acts, notices
from app.services.inputs import notices as inputs
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()
INPUTS: dict[NoticeAction, Any] = {
    NoticeAction.REVIEW: inputs.NoticeReview,
    NoticeAction.REVISE: inputs.NoticeRevise,
    NoticeAction.PUBLISH: inputs.NoticePublish,
    NoticeAction.EXTEND: inputs.NoticeExtend,
    NoticeAction.ERRATUM: inputs.NoticeErratum,
    NoticeAction.CORRECT: inputs.NoticeCorrect,
    NoticeAction.REMOVE_ITEM: inputs.NoticeRemoveItem,
    NoticeAction.WITHDRAW: inputs.NoticeWithdraw,
    NoticeAction.CANCEL: inputs.NoticeCancel,
    NoticeAction.CONCLUDE: inputs.NoticeConclude,
}


@routes.get("/notices")
def list_notices(ctx: Read, request: Request, cursor: str = "") -> Response:
    """Notices of one's own units, newest first."""
    found = notices.listed(ctx, after=parsed("ntc", cursor).hex if cursor else "", limit=50)
    more = shown("ntc", found[49].id) if len(found) > 50 else ""
    rows = [(shown("ntc", one.id), one, notices.state_of(ctx, one)) for one in found[:50]]
    return render(request, "notices/list.html", rows=rows, more=more)


@routes.get("/campaigns/{campaign_id}/draft-notice")
def draft_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    """The nominees of one's own unit that are cleared now, below what its notices say every time."""
    found = notices.candidates(ctx, parsed("cmp", campaign_id))
    listed = [(shown("nom", n.id), w.name, n.statement, True) for n, w in found]
    said = notices.suggested(ctx, parsed("cmp", campaign_id))
    return _editor(request, None, listed, f"/campaigns/{campaign_id}", said)


@routes.post("/campaigns/{campaign_id}/draft-notice")
def draft(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    row = notices.draft(ctx, parsed("cmp", campaign_id), _body(fields))
    return go(request, f"/notices/{shown('ntc', row.id)}", "公示已拟稿。")


@routes.get("/notices/{notice_id}")
def show_notice(ctx: Read, request: Request, notice_id: str) -> Response:
    view = notices.shown(ctx, parsed("ntc", notice_id))
    following = shown("ntc", view.superseded_by) if view.superseded_by else ""
    return render(request, "notices/show.html", view=view, id=notice_id, following=following)


@routes.get("/notices/{notice_id}/edit")
def edit_form(ctx: Read, request: Request, notice_id: str) -> Response:
    view = notices.shown(ctx, parsed("ntc", notice_id))
    listed = [
        (
            shown("nom", one.item.nomination_id),
            one.item.snapshot["window_name"],
            one.item.snapshot["merits"],
            True,
        )
        for one in view.items
    ]
    return _editor(request, view.notice, listed, f"/notices/{notice_id}")


@routes.post("/notices/{notice_id}/edit")
def edit(ctx: Write, request: Request, notice_id: str, fields: Posted) -> Response:
    notices.edit(ctx, parsed("ntc", notice_id), _body(fields), fields.version)
    return go(request, f"/notices/{notice_id}", "公示稿已修改。")


@routes.get("/notices/{notice_id}/{slug}")
def act_form(ctx: Read, request: Request, notice_id: str, slug: str) -> Response:
    view = notices.shown(ctx, parsed("ntc", notice_id))
    items = [(shown("nti", one.item.id), one.item.snapshot["window_name"]) for one in view.items]
    return render(
        request, "notices/act.html", view=view, id=notice_id, action=_action(slug).value, items=items
    )


@routes.post("/notices/{notice_id}/{slug}")
def act(ctx: Write, request: Request, notice_id: str, slug: str, fields: Posted) -> Response:
    action = _action(slug)
    body = fields.to(INPUTS[action], action=action.value)
    notice_acts.act(ctx, parsed("ntc", notice_id), body, fields.version)
    return go(request, f"/notices/{notice_id}", "已办理。", act=("notice_action", action))


def _action(slug: str) -> NoticeAction:
    try:
        return NoticeAction(slug.replace("-", "_").upper())
    except ValueError:
        raise Refusal("NOT_FOUND") from None


def _editor(
    request: Request,
    notice: PublicNotice | None,
    items: list[tuple[str, str, str, bool]],
    back: str,
    suggested: Mapping[str, str] | None = None,
) -> Response:
    channels = [channel.value for channel in NoticeChannel]
    text = notice.model_dump() if notice else suggested or {}
    return render(
        request, "notices/edit.html", notice=notice, text=text, items=items, back=back, channels=channels
    )


def _body(fields: Posted) -> inputs.NoticeDraft:
    """Ticked nominees and channels; `merits_<id>` beside each nominee."""
    chosen = [value for name, value in fields.pairs if name == "_item"]
    items = [{"nomination_id": one, "merits": fields.get(f"_merits_{one}")} for one in chosen]
    channels = [{"channel": value} for name, value in fields.pairs if name == "_channel"]
    return fields.to(inputs.NoticeDraft, items=items, channels=channels)
