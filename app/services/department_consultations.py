"""Other departments asked about a case before the organising level clears it (domain.md 3.5, G-13)."""

from uuid import UUID

from app.db import case_papers as rows
from app.db.tables.nominations import DepartmentConsultation, Nomination, RecordedVia
from app.domain.department_reply import reply_reasons
from app.domain.errors import Reason, Refusal, refuse
from app.domain.nomination import Stage
from app.packs.supervision import Department
from app.services import case_papers, facts, nominations
from app.services.context import Ctx, check_version
from app.services.inputs.consultations import DepartmentReply

OPEN = (Stage.SUBMITTED, Stage.RETURNED, Stage.CLEARED, Stage.AT_NOTICE)


def listed(
    ctx: Ctx, nomination_id: UUID, *, after: str = "", limit: int = 50
) -> list[DepartmentConsultation]:
    """The departments that were asked, in that order. Needs `consultation:read`."""
    nominations.readable(ctx, nomination_id, "consultation:read")
    found = UUID(after) if after else None
    return rows.listed(ctx.session, DepartmentConsultation, nomination_id, found, limit)


def shown(ctx: Ctx, nomination_id: UUID, department: str) -> DepartmentConsultation:
    """What this department was asked and said. Refuses `NOT_FOUND` when it was not asked."""
    nominations.readable(ctx, nomination_id, "consultation:read")
    found = rows.department_reply(ctx.session, nomination_id, department)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def departments(ctx: Ctx, nomination: Nomination) -> tuple[Department, ...]:
    """The departments of the campaign's rules that may be asked."""
    return case_papers.rules_of(ctx, nomination).departments.departments


def closed(nomination: Nomination) -> list[Reason]:
    """Why no reply can be recorded now: nobody is asked about a draft, nor after the recommendation."""
    return case_papers.elsewhere(nomination, OPEN)


def record(
    ctx: Ctx,
    nomination_id: UUID,
    department: str,
    body: DepartmentReply,
    version: int | None,
    via: RecordedVia,
) -> DepartmentConsultation:
    """Put on record that a department was asked, or what it replied; `version` is 0 when it was not asked yet.

    Needs `consultation:department` at the organising level: a county's letter is not the city's.
    Refuses `DEPARTMENT_UNKNOWN`, `REPLY_INCOMPLETE`, `DATES_REVERSED`, `DATE_IN_FUTURE`.
    """
    nomination = nominations.for_change(ctx, nomination_id, "consultation:department")
    organising = facts.applicable(nomination, case_papers.rules_of(ctx, nomination))[-1]
    case_papers.acting_for(ctx, nomination, organising, "consultation:department")
    _known(ctx, nomination, department)
    found = rows.department_reply(ctx.session, nomination_id, department)
    check_version(case_papers.tag_of(found), version)
    # A reply that the city's own system holds comes with the draft: nobody retypes it (decisions 16).
    comes_along = via is RecordedVia.PUSH and nomination.stage is Stage.DRAFT
    refuse([*([] if comes_along else closed(nomination)), *_faults(ctx, body)])
    before = found.model_dump(mode="json") if found else None
    values = {"nomination_id": nomination.id, "department": department, "recorded_via": via}
    row = case_papers.written(ctx, found, DepartmentConsultation, **values, **body.model_dump())
    said = {"department": department, "result": row.result.value}
    case_papers.noted(ctx, "department_consultation.recorded", row, nomination, before, **said)
    return row


def _known(ctx: Ctx, nomination: Nomination, department: str) -> None:
    codes = tuple(one.code for one in departments(ctx, nomination))
    if department not in codes:
        raise Refusal("DEPARTMENT_UNKNOWN", "/department", department=department, expected=codes)


def _faults(ctx: Ctx, body: DepartmentReply) -> list[Reason]:
    said = (body.result, body.sent_on, body.replied_on, body.signer, body.remarks)
    return reply_reasons(*said, case_papers.today(ctx))
