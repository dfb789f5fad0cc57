"""What each level, other departments and the office put on record about a case, as pages: one screen for each paper."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.db.tables.materials import FormKind
from app.db.tables.nominations import RecordedVia
from app.domain.consultation import HearingMethod
from app.domain.department_reply import ReplyResult
from app.domain.errors import Refusal
from app.domain.ids import parsed, shown
from app.domain.level_review import Conclusion, Grade
from app.domain.levels import Level
from app.domain.receipt import ReceiptKind
from app.domain.seal import SealKind
from app.http import Read, Write
from app.services import (
    case_file,
    consultations,
    department_consultations,
    level_reviews,
    receipts,
    seals,
)
from app.services.case_file import CaseFile
from app.services.inputs.consultations import ConsultationRecord, DepartmentReply
from app.services.inputs.level_reviews import LevelReviewRecord
from app.services.inputs.receipts import ReceiptRecording
from app.services.inputs.seals import SealRecording
from app.web.face import router
from app.web.fields import Posted
from app.web.pages import go, render

routes = router()


@routes.get("/nominations/{nomination_id}/consultation")
def consultation_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    """A new record of a hearing."""
    case = _case(ctx, nomination_id)
    return _paper(request, "consultation", case, row=None, methods=list(HearingMethod))


@routes.post("/nominations/{nomination_id}/consultation")
def record_consultation(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    body = fields.to(ConsultationRecord)
    row = consultations.record(ctx, parsed("nom", nomination_id), body, RecordedVia.PAGE)
    return go(
        request, f"/nominations/{nomination_id}/consultations/{shown('con', row.id)}", "听取群众意见已记录。"
    )


@routes.get("/nominations/{nomination_id}/consultations/{consultation_id}")
def show_consultation(ctx: Read, request: Request, nomination_id: str, consultation_id: str) -> Response:
    row = consultations.shown(ctx, parsed("con", consultation_id))
    return _paper(request, "consultation_show", _case(ctx, nomination_id), row=row)


@routes.get("/nominations/{nomination_id}/consultations/{consultation_id}/edit")
def consultation_edit_form(ctx: Read, request: Request, nomination_id: str, consultation_id: str) -> Response:
    row = consultations.shown(ctx, parsed("con", consultation_id))
    return _paper(request, "consultation", _case(ctx, nomination_id), row=row, methods=list(HearingMethod))


@routes.post("/nominations/{nomination_id}/consultations/{consultation_id}/edit")
def edit_consultation(
    ctx: Write, request: Request, nomination_id: str, consultation_id: str, fields: Posted
) -> Response:
    body = fields.to(ConsultationRecord)
    consultations.edit(ctx, parsed("con", consultation_id), body, fields.version)
    return go(request, f"/nominations/{nomination_id}/consultations/{consultation_id}", "记录已修改。")


@routes.get("/nominations/{nomination_id}/consultations/{consultation_id}/conclude")
def consultation_end_form(ctx: Read, request: Request, nomination_id: str, consultation_id: str) -> Response:
    row = consultations.shown(ctx, parsed("con", consultation_id))
    return _paper(request, "consultation_conclude", _case(ctx, nomination_id), row=row)


@routes.post("/nominations/{nomination_id}/consultations/{consultation_id}/conclude")
def conclude_consultation(
    ctx: Write, request: Request, nomination_id: str, consultation_id: str, fields: Posted
) -> Response:
    consultations.conclude(ctx, parsed("con", consultation_id), fields.version)
    return go(request, f"/nominations/{nomination_id}", "听取群众意见已形成结论。")


@routes.get("/nominations/{nomination_id}/review")
def review_form(ctx: Read, request: Request, nomination_id: str) -> Response:
    """The opinion of the level that has the case."""
    case = _case(ctx, nomination_id)
    row = case.folder.review(case.view.nomination.level)
    return _paper(request, "review", case, row=row, grades=list(Grade), conclusions=list(Conclusion))


@routes.post("/nominations/{nomination_id}/review")
def review(ctx: Write, request: Request, nomination_id: str, fields: Posted) -> Response:
    body = fields.to(LevelReviewRecord)
    level = _level(fields.get("_level"))
    level_reviews.record(ctx, parsed("nom", nomination_id), level, body, fields.version, RecordedVia.PAGE)
    return go(request, f"/nominations/{nomination_id}", "审核意见已保存。")


@routes.get("/nominations/{nomination_id}/departments")
def list_departments(ctx: Read, request: Request, nomination_id: str) -> Response:
    return _paper(request, "departments", _case(ctx, nomination_id))


@routes.get("/nominations/{nomination_id}/departments/{department}")
def department_form(ctx: Read, request: Request, nomination_id: str, department: str) -> Response:
    case = _case(ctx, nomination_id)
    line = next((one for one in case.folder.replies if one.department.code == department), None)
    if line is None:
        raise Refusal("NOT_FOUND")
    return _paper(request, "department", case, line=line, results=list(ReplyResult))


@routes.post("/nominations/{nomination_id}/departments/{department}")
def record_department(
    ctx: Write, request: Request, nomination_id: str, department: str, fields: Posted
) -> Response:
    body = fields.to(DepartmentReply)
    department_consultations.record(
        ctx, parsed("nom", nomination_id), department, body, fields.version, RecordedVia.PAGE
    )
    return go(request, f"/nominations/{nomination_id}/departments", "部门意见已记录。")


@routes.get("/nominations/{nomination_id}/seals")
def list_seals(ctx: Read, request: Request, nomination_id: str) -> Response:
    case = _case(ctx, nomination_id)
    form = seals.form_now(case.view.nomination)
    levels = seals.levels(ctx, case.view.nomination, form)
    return _paper(request, "seals", case, levels=levels, form=form)


@routes.get("/nominations/{nomination_id}/seals/{level}")
def seal_form(ctx: Read, request: Request, nomination_id: str, level: str) -> Response:
    case = _case(ctx, nomination_id)
    found = _level(level)
    form = seals.form_now(case.view.nomination)
    row = case.folder.seal(found, form)
    unit_name = seals.name_today(ctx, case.view.nomination, found)
    return _paper(
        request, "seal", case, row=row, level=found, form=form, unit_name=unit_name, kinds=list(SealKind)
    )


@routes.post("/nominations/{nomination_id}/seals/{level}")
def record_seal(ctx: Write, request: Request, nomination_id: str, level: str, fields: Posted) -> Response:
    body = fields.to(SealRecording)
    form = FormKind.NATIONAL if fields.get("_form") == FormKind.NATIONAL else FormKind.PROVINCIAL
    seals.record(ctx, parsed("nom", nomination_id), _level(level), body, fields.version, form)
    return go(request, f"/nominations/{nomination_id}/seals", "用印已登记。")


@routes.get("/nominations/{nomination_id}/receipts")
def list_receipts(ctx: Read, request: Request, nomination_id: str) -> Response:
    case = _case(ctx, nomination_id)
    open_now = {kind for kind in ReceiptKind if not receipts.closed(case.view.nomination, kind)}
    return _paper(request, "receipts", case, open_now=open_now if "receipts" in case.screens else set())


@routes.get("/nominations/{nomination_id}/receipts/{kind}")
def receipt_form(ctx: Read, request: Request, nomination_id: str, kind: str) -> Response:
    case = _case(ctx, nomination_id)
    line = next(one for one in case.folder.receipts if one.kind is _kind(kind))
    return _paper(request, "receipt", case, line=line)


@routes.post("/nominations/{nomination_id}/receipts/{kind}")
def record_receipt(ctx: Write, request: Request, nomination_id: str, kind: str, fields: Posted) -> Response:
    body = fields.to(ReceiptRecording)
    receipts.record(ctx, parsed("nom", nomination_id), _kind(kind), body, fields.version)
    return go(request, f"/nominations/{nomination_id}/receipts", "签收已登记。")


def _case(ctx: Read, nomination_id: str) -> CaseFile:
    return case_file.shown(ctx, parsed("nom", nomination_id))


def _paper(request: Request, name: str, case: CaseFile, **more: Any) -> Response:  # noqa: ANN401  (template values)
    here = f"/nominations/{shown('nom', case.view.nomination.id)}"
    return render(request, f"papers/{name}.html", case=case, view=case.view, here=here, **more)


def _level(text: str) -> Level:
    try:
        return Level(text.upper())
    except ValueError:
        raise Refusal("NOT_FOUND") from None


def _kind(text: str) -> ReceiptKind:
    try:
        return ReceiptKind(text.replace("-", "_").upper())
    except ValueError:
        raise Refusal("NOT_FOUND") from None
