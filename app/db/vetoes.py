"""Queries about veto findings."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import false, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.supervision import VetoFinding
from app.domain.veto import FindingStage

FindingRow = tuple[VetoFinding, Nomination, ServiceWindow]


def locked(session: Session, finding_id: UUID) -> FindingRow | None:
    """The finding for changing it, with its nomination and window."""
    statement = select(VetoFinding).where(col(VetoFinding.id) == finding_id).with_for_update()
    session.exec(statement.execution_options(populate_existing=True)).first()
    return one(session, finding_id)


def one(session: Session, finding_id: UUID) -> FindingRow | None:
    row = session.exec(_joined().where(col(VetoFinding.id) == finding_id)).first()
    return (row[0], row[1], row[2]) if row else None


def listed(
    session: Session,
    paths: Sequence[str],
    *,
    stage: FindingStage | None,
    nomination_id: UUID | None,
    without: Collection[UUID],
    after: UUID | None,
    limit: int,
) -> list[FindingRow]:
    """Findings about nominations below these paths, newest first, one more than `limit`."""
    within = [col(Nomination.sponsor_path).startswith(path, autoescape=True) for path in paths]
    statement = _joined().where(or_(false(), *within))
    if stage:
        statement = statement.where(col(VetoFinding.stage) == stage)
    if nomination_id:
        statement = statement.where(col(VetoFinding.nomination_id) == nomination_id)
    if without:
        statement = statement.where(col(VetoFinding.nomination_id).not_in(without))
    if after:
        statement = statement.where(col(VetoFinding.id) < after)
    rows = session.exec(statement.order_by(col(VetoFinding.id).desc()).limit(limit + 1)).all()
    return [(row[0], row[1], row[2]) for row in rows]


def _joined() -> Select[VetoFinding, Nomination, ServiceWindow]:
    return (
        select(VetoFinding, Nomination, ServiceWindow)
        .join(Nomination, col(Nomination.id) == col(VetoFinding.nomination_id))
        .join(ServiceWindow, col(ServiceWindow.id) == col(Nomination.window_id))
    )
