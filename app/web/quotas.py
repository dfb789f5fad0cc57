"""The allocation of places as pages: versions and use, the editor with its sums, the second person's confirmation."""

from fastapi import Request
from fastapi.responses import Response

from app.db.tables.campaigns import PlanStatus
from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.domain.quota import SeatKind
from app.http import Read, Write
from app.services import campaigns, quota_choices, quota_files, quota_usage, quotas
from app.services.inputs.quotas import PlanAct, PlanDraft, PlanFile, PlanSample
from app.services.quota_choices import Start, Tally
from app.web.face import router
from app.web.fields import Fields, Posted
from app.web.pages import go, render

routes = router()
SPARE = 2
"""Empty lines below the known buckets."""


@routes.get("/campaigns/{campaign_id}/quota")
def show_quota(ctx: Read, request: Request, campaign_id: str) -> Response:
    """The version that counts, how its places stand, and every other version."""
    found = parsed("cmp", campaign_id)
    view = campaigns.shown(ctx, found)
    plans = quotas.listed(ctx, found)
    held = next((one for one in plans if one.status is PlanStatus.CONFIRMED), None)
    usage = quota_usage.listed(ctx, found)
    return render(
        request, "quotas/list.html", view=view, plans=plans, held=held, usage=usage, kinds=list(SeatKind)
    )


@routes.get("/campaigns/{campaign_id}/quota-plans/draft")
def draft_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    """The editor; asked again with the typed numbers in the address, it says what they add up to."""
    start = quota_choices.start(ctx, parsed("cmp", campaign_id))
    return _editor(request, start, f"/campaigns/{campaign_id}/quota")


@routes.post("/campaigns/{campaign_id}/quota-plans/draft")
def draft(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    plan = quotas.draft(ctx, parsed("cmp", campaign_id), _typed(fields).to(PlanDraft))
    return go(request, f"/quota-plans/{shown('qpl', plan.id)}", "名额方案已保存，请另一人确认。")


@routes.get("/campaigns/{campaign_id}/quota-plans/import")
def import_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    start = quota_choices.start(ctx, parsed("cmp", campaign_id))
    return render(request, "quotas/import.html", start=start, id=campaign_id)


@routes.post("/campaigns/{campaign_id}/quota-plans/import")
def import_plan(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    data = fields.file("file").file.read(quota_files.MOST_BYTES + 1)
    plan = quotas.imported(ctx, parsed("cmp", campaign_id), data, fields.to(PlanFile))
    return go(request, f"/quota-plans/{shown('qpl', plan.id)}", "名额方案已导入，请核对后由另一人确认。")


@routes.get("/campaigns/{campaign_id}/quota-plans/sample")
def sample_form(ctx: Read, request: Request, campaign_id: str) -> Response:
    start = quota_choices.start(ctx, parsed("cmp", campaign_id))
    note = campaigns.rules_of(ctx, start.campaign).quota.sample_allocation
    return render(request, "quotas/sample.html", start=start, id=campaign_id, note=note)


@routes.post("/campaigns/{campaign_id}/quota-plans/sample")
def sample(ctx: Write, request: Request, campaign_id: str, fields: Posted) -> Response:
    plan = quotas.sample(ctx, parsed("cmp", campaign_id), fields.to(PlanSample))
    return go(request, f"/quota-plans/{shown('qpl', plan.id)}", "已载入样例方案。")


@routes.get("/quota-plans/{plan_id}")
def show_plan(ctx: Read, request: Request, plan_id: str) -> Response:
    return _plan(ctx, request, plan_id, "quotas/show.html")


@routes.get("/quota-plans/{plan_id}/edit")
def edit_form(ctx: Read, request: Request, plan_id: str) -> Response:
    return _editor(request, quota_choices.begun(ctx, parsed("qpl", plan_id)), f"/quota-plans/{plan_id}")


@routes.post("/quota-plans/{plan_id}/edit")
def edit(ctx: Write, request: Request, plan_id: str, fields: Posted) -> Response:
    quotas.edit(ctx, parsed("qpl", plan_id), _typed(fields).to(PlanDraft), fields.version)
    return go(request, f"/quota-plans/{plan_id}", "名额方案已保存，请另一人确认。")


@routes.get("/quota-plans/{plan_id}/confirm")
def confirm_form(ctx: Read, request: Request, plan_id: str) -> Response:
    return _plan(ctx, request, plan_id, "quotas/confirm.html")


@routes.post("/quota-plans/{plan_id}/confirm")
def confirm(ctx: Write, request: Request, plan_id: str, fields: Posted) -> Response:
    plan = quotas.act(ctx, parsed("qpl", plan_id), fields.to(PlanAct, action="CONFIRM"), fields.version)
    return go(request, f"/campaigns/{shown('cmp', plan.campaign_id)}/quota", "名额方案已确认，名额已生成。")


def _plan(ctx: Read, request: Request, plan_id: str, template: str) -> Response:
    """One version beside the one that counts now, so that a change can be read off."""
    view = quotas.shown(ctx, parsed("qpl", plan_id))
    campaign = campaigns.campaign_of(ctx, view.plan.campaign_id)
    held = next((one for one in quotas.listed(ctx, campaign.id) if one.status is PlanStatus.CONFIRMED), None)
    former = {one.code: one for one in quotas.shown(ctx, held.id).buckets} if held else {}
    changes = former if held and held.id != view.plan.id else {}
    return render(request, template, view=view, campaign=campaign, id=plan_id, former=changes, held=held)


def _editor(request: Request, start: Start, back: str) -> Response:
    """The table form with what its numbers add up to: as typed if something was, else as they are stored."""
    asked = Fields(request.query_params.multi_items(), {})
    if asked.pairs:
        request.state.typed = {name: [value] for name, value in asked.pairs}
    typed = getattr(request.state, "typed", None) or {}
    pairs = [(name, values[0]) for name, values in typed.items()]
    return render(
        request,
        "quotas/edit.html",
        start=start,
        lines=[*start.lines, *[None] * SPARE],
        back=back,
        tally=_tally(Fields(pairs, {})) if pairs else start.tally,
        # Asked again, the form keeps the version it was drawn from: what was saved meanwhile is not overwritten.
        version=asked.get("_version") or start.version,
    )


def _tally(fields: Fields) -> Tally | None:
    """What the typed numbers add up to; nothing while one of them is no number."""
    try:
        return quota_choices.tally(_typed(fields).to(PlanDraft))
    except Refusal:
        return None


def _typed(fields: Fields) -> Fields:
    """A bucket whose places were left empty has none."""
    named = {
        name.removesuffix("code") for name, value in fields.pairs if name.endswith(".code") and value.strip()
    }
    empty = {f"{line}provincial_places" for line in named}
    pairs = [(name, value or "0" if name in empty else value) for name, value in fields.pairs]
    return Fields(pairs, fields.files)
