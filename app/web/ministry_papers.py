"""What goes to the ministry, as pages: the national form, the write-up and its quality, the video, letters of correction."""

import re

from fastapi import Request
from fastapi.responses import Response

from app.domain.ids import parsed
from app.http import Read, Write
from app.packs.materials import FormField
from app.services import ministry_material, national_forms
from app.services.context import Ctx
from app.services.inputs import ministry as inputs
from app.services.inputs.nomination_papers import FormData
from app.services.ministry_file import MinistryFile
from app.web.face import router
from app.web.fields import Fields, Posted
from app.web.ministry import file_of, paper
from app.web.pages import go
from app.web.unit_papers import converted

routes = router()
_CLOCK = re.compile(r"([0-9]{1,3})[:：]([0-5][0-9])")


@routes.get("/ministry-recommendations/{recommendation_id}/form")
def form_form(ctx: Read, request: Request, recommendation_id: str) -> Response:
    """The fields the caller may write: of levels only his own; the first time with what the filing said."""
    file = file_of(ctx, recommendation_id)
    data = file.form.data or national_forms.suggested(ctx, file.view.row.nomination)
    return paper(request, "form", file, data=data, fields=_own(ctx, file))


@routes.post("/ministry-recommendations/{recommendation_id}/form")
def fill_in(ctx: Write, request: Request, recommendation_id: str, fields: Posted) -> Response:
    """What the page does not show (other levels' opinions) stays as it is."""
    file = file_of(ctx, recommendation_id)
    here = {field.key: field for field in _own(ctx, file)}
    kept = {key: value for key, value in file.form.data.items() if key not in here}
    data = {key: converted(here.get(key), value) for key, value in fields.to(FormData).data.items()}
    national_forms.put(ctx, file.view.row.nomination.id, FormData(data=kept | data), fields.version)
    return go(request, f"/ministry-recommendations/{recommendation_id}", "全国呈报审批表已保存。")


@routes.get("/ministry-recommendations/{recommendation_id}/write-up")
def write_up_form(ctx: Read, request: Request, recommendation_id: str) -> Response:
    return paper(request, "write_up", file_of(ctx, recommendation_id))


@routes.post("/ministry-recommendations/{recommendation_id}/write-up")
def write_up(ctx: Write, request: Request, recommendation_id: str, fields: Posted) -> Response:
    body = fields.to(inputs.MinistryWriteUpIn)
    ministry_material.write(ctx, parsed("mrc", recommendation_id), body, fields.version)
    return go(request, f"/ministry-recommendations/{recommendation_id}", "报部书面材料已保存，请另一人核实。")


@routes.get("/ministry-recommendations/{recommendation_id}/quality-check")
def check_form(ctx: Read, request: Request, recommendation_id: str) -> Response:
    """The text, and what a named person who did not write it confirms of it."""
    return paper(request, "check", file_of(ctx, recommendation_id))


@routes.post("/ministry-recommendations/{recommendation_id}/quality-check")
def check(ctx: Write, request: Request, recommendation_id: str, fields: Posted) -> Response:
    body = fields.to(inputs.QualityCheckIn)
    ministry_material.check(ctx, parsed("mrc", recommendation_id), body, fields.version)
    return go(request, f"/ministry-recommendations/{recommendation_id}", "书面材料质量已核实。")


@routes.get("/ministry-recommendations/{recommendation_id}/video")
def video_form(ctx: Read, request: Request, recommendation_id: str) -> Response:
    """Its length, and from when to when each criterion is shown."""
    return paper(request, "video", file_of(ctx, recommendation_id))


@routes.post("/ministry-recommendations/{recommendation_id}/video")
def declare_video(ctx: Write, request: Request, recommendation_id: str, fields: Posted) -> Response:
    """Times may be typed as seconds or as minutes and seconds; a criterion without times is not declared."""
    body = _timed(fields).to(inputs.MinistryVideoIn)
    ministry_material.declare_video(ctx, parsed("mrc", recommendation_id), body, fields.version)
    return go(request, f"/ministry-recommendations/{recommendation_id}", "影像资料已登记。")


@routes.get("/ministry-recommendations/{recommendation_id}/correction-letter")
def letter_form(ctx: Read, request: Request, recommendation_id: str) -> Response:
    return paper(request, "letter", file_of(ctx, recommendation_id))


@routes.post("/ministry-recommendations/{recommendation_id}/correction-letter")
def send_letter(ctx: Write, request: Request, recommendation_id: str, fields: Posted) -> Response:
    body = fields.to(inputs.CorrectionLetterIn)
    ministry_material.send_letter(ctx, parsed("mrc", recommendation_id), body, fields.version)
    return go(request, f"/ministry-recommendations/{recommendation_id}", "更正函已登记。")


def _own(ctx: Ctx, file: MinistryFile) -> list[FormField]:
    """The fields of no level, and those of the levels the caller answers for."""
    mine = national_forms.answered_by(ctx, file.view.row.nomination)
    return [field for field in file.form.template.fields if field.level is None or field.level in mine]


def _timed(fields: Fields) -> Fields:
    """The same fields in seconds, without the criteria that were left without times."""
    rows = {
        name.rsplit(".", 1)[0]
        for name, value in fields.pairs
        if name.startswith("segments.") and name.endswith("_s") and value.strip()
    }
    kept = [
        (name, _seconds(name, value))
        for name, value in fields.pairs
        if not name.startswith("segments.") or name.rsplit(".", 1)[0] in rows
    ]
    places = {row: f"segments.{number}" for number, row in enumerate(sorted(rows, key=_number))}
    moved = [
        (name if "." not in name else f"{places[row]}.{part}", value)
        for name, value in kept
        for row, _, part in [name.rpartition(".")]
    ]
    return Fields(moved, fields.files)


def _number(row: str) -> int:
    return int(row.rpartition(".")[2])


def _seconds(name: str, value: str) -> str:
    """`2:05` is 125 seconds; anything else is what it is."""
    clock = _CLOCK.fullmatch(value.strip()) if name.endswith("_s") else None
    return str(int(clock[1]) * 60 + int(clock[2])) if clock else value
