"""What a unit writes about its window, as pages: declarations, write-up, form."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed
from app.http import Read, Write
from app.packs.materials import FieldType, FormField
from app.services import declarations, forms, nomination_views, write_ups
from app.services.forms import FormView
from app.services.inputs.nomination_papers import DeclarationSet, FormData, WriteUpText
from app.web.face import router
from app.web.fields import Fields, Posted
from app.web.pages import go, render

routes = router()


@routes.get("/nominations/{nomination_id}/declarations")
def declarations_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    view = nomination_views.shown(ctx, parsed("nom", nomination_id))
    said = declarations.view(ctx, view.nomination)
    return render(request, "nominations/declarations.html", view=view, said=said, id=nomination_id)


@routes.post("/nominations/{nomination_id}/declarations")
def declare(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    """One signature stands under all items."""
    declarations.put(ctx, parsed("nom", nomination_id), _signed(fields).to(DeclarationSet), fields.version)
    return go(request, f"/nominations/{nomination_id}", "声明已保存。")


@routes.get("/nominations/{nomination_id}/write-up")
def write_up_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    view = nomination_views.shown(ctx, parsed("nom", nomination_id))
    text = write_ups.view(ctx, view.nomination)
    return render(request, "nominations/write_up.html", view=view, text=text, id=nomination_id)


@routes.post("/nominations/{nomination_id}/write-up")
def write_up(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    write_ups.put(ctx, parsed("nom", nomination_id), fields.to(WriteUpText), fields.version)
    return go(request, f"/nominations/{nomination_id}", "事迹材料已保存。")


@routes.get("/nominations/{nomination_id}/form")
def form_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    """The fields of the levels the case has come to; the first time with what is known of the window."""
    view = nomination_views.shown(ctx, parsed("nom", nomination_id))
    form = forms.view(ctx, view.nomination)
    data = form.data or forms.suggested(ctx, view.nomination)
    return render(
        request,
        "nominations/form.html",
        view=view,
        form=form,
        data=data,
        fields=_reached(form),
        id=nomination_id,
    )


@routes.post("/nominations/{nomination_id}/form")
def fill_in(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    """What the page does not show (later levels' fields) stays as it is."""
    form = forms.shown(ctx, parsed("nom", nomination_id))
    here = {field.key: field for field in _reached(form)}
    kept = {key: value for key, value in form.data.items() if key not in here}
    body = fields.to(FormData)
    data = {key: converted(here.get(key), value) for key, value in body.data.items()}
    forms.put(ctx, parsed("nom", nomination_id), FormData(data=kept | data), fields.version)
    return go(request, f"/nominations/{nomination_id}", "呈报审批表已保存。")


def _reached(form: FormView) -> list[FormField]:
    case = form.nomination
    return [field for field in form.template.fields if field.level is None or field.level <= case.level]


def _signed(fields: Fields) -> Fields:
    """The fields with the signature of the first item under all others."""
    pairs = list(fields.pairs)
    count = sum(name.endswith(".veto_code") for name, _ in pairs)
    for name in ("signed_by", "signed_on"):
        value = fields.get(f"declarations.0.{name}")
        pairs += [(f"declarations.{number}.{name}", value) for number in range(1, count)]
    return Fields(pairs, fields.files)


def converted(field: FormField | None, value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    """A form sends texts only: numbers and yes or no become what the field holds."""
    if field is None:
        return value
    if field.type is FieldType.INTEGER and isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value)
    if field.type is FieldType.DECLARATION and isinstance(value, Mapping) and "has_occurred" in value:
        return {**value, "has_occurred": value["has_occurred"] == "true"}
    return value
