"""The own-level department hears the public: recorded, completed, concluded (R-026, D-04)."""

from typing import Any
from uuid import UUID

from app.db import case_papers as rows
from app.db.tables.nominations import Nomination, PublicConsultation, RecordedVia
from app.domain import consultation
from app.domain.errors import Reason, Refusal, refuse
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.services import audit, case_papers, nominations
from app.services.context import Ctx, check_version
from app.services.inputs.consultations import ConsultationRecord

OPEN = (Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED)


def listed(ctx: Ctx, nomination_id: UUID, *, after: str = "", limit: int = 50) -> list[PublicConsultation]:
    """The hearings on record, oldest first. Needs `consultation:read`."""
    nominations.readable(ctx, nomination_id, "consultation:read")
    return rows.listed(ctx.session, PublicConsultation, nomination_id, UUID(after) if after else None, limit)


def shown(ctx: Ctx, consultation_id: UUID) -> PublicConsultation:
    """One hearing. Needs `consultation:read`."""
    found = ctx.session.get(PublicConsultation, consultation_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    nominations.readable(ctx, found.nomination_id, "consultation:read")
    return found


def closed(nomination: Nomination) -> list[Reason]:
    """Why no hearing can be recorded now: it is the own level's, before the case leaves it (E-39)."""
    return case_papers.elsewhere(nomination, OPEN, nomination.own_level, NominationPart.CONSULTATION)


def record(ctx: Ctx, nomination_id: UUID, body: ConsultationRecord, via: RecordedVia) -> PublicConsultation:
    """Put a hearing on record. Needs `consultation:record` at the own-level department.

    Refuses `NOT_YOUR_LEVEL`, `CASE_ELSEWHERE`, `DATE_IN_FUTURE`, `DATES_REVERSED`.
    """
    nomination = nominations.for_change(ctx, nomination_id, "consultation:record")
    department = _open_to(ctx, nomination)
    refuse(_period(ctx, body))
    row = PublicConsultation(
        **audit.stamp(ctx),
        nomination_id=nomination.id,
        level=nomination.own_level,
        organization_id=department,
        recorded_via=via,
        **body.model_dump(),
    )
    ctx.session.add(row)
    case_papers.noted(ctx, "consultation.recorded", row, nomination, **_summary(row))
    return row


def edit(
    ctx: Ctx, consultation_id: UUID, body: ConsultationRecord, version: int | None
) -> PublicConsultation:
    """Complete a hearing that is not concluded yet. Refuses `CONSULTATION_CONCLUDED` and what `record` refuses."""
    row, nomination = _for_change(ctx, consultation_id, version)
    refuse(_period(ctx, body))
    before = row.model_dump(mode="json")
    for name, value in body.model_dump().items():
        setattr(row, name, value)
    audit.touch(ctx, row)
    case_papers.noted(ctx, "consultation.edited", row, nomination, before, **_summary(row))
    return row


def conclude(ctx: Ctx, consultation_id: UUID, version: int | None) -> PublicConsultation:
    """The hearing is done; from now on it counts and does not change. Refuses `ADVERSE_POINT_UNHANDLED`."""
    row, nomination = _for_change(ctx, consultation_id, version)
    refuse(consultation.conclusion_reasons([one["handling"] for one in row.adverse_points]))
    before = row.model_dump(mode="json")
    row.concluded_at = ctx.now
    audit.touch(ctx, row)
    case_papers.noted(ctx, "consultation.concluded", row, nomination, before, **_summary(row))
    return row


def _for_change(
    ctx: Ctx, consultation_id: UUID, version: int | None
) -> tuple[PublicConsultation, Nomination]:
    row = ctx.session.get(PublicConsultation, consultation_id)
    if row is None:
        raise Refusal("NOT_FOUND")
    nomination = nominations.for_change(ctx, row.nomination_id, "consultation:record")
    ctx.session.refresh(row)  # it was read before its case was locked
    _open_to(ctx, nomination)
    check_version(row.row_version, version)
    if row.concluded_at is not None:
        raise Refusal("CONSULTATION_CONCLUDED")
    return row, nomination


def _open_to(ctx: Ctx, nomination: Nomination) -> UUID:
    """The own-level department, for which the caller acts while the case is there."""
    department = case_papers.acting_for(ctx, nomination, nomination.own_level, "consultation:record")
    refuse(closed(nomination))
    return department


def _period(ctx: Ctx, body: ConsultationRecord) -> list[Reason]:
    return consultation.period_reasons(body.held_from, body.held_to, case_papers.today(ctx))


def _summary(row: PublicConsultation) -> dict[str, Any]:
    return {
        "level": row.level.value,
        "participants": row.participants,
        "adverse_points": len(row.adverse_points),
        "concluded": row.concluded_at is not None,
    }
