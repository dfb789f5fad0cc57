"""The state of what a case is judged on, without reading it: versions and digests."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from app.db.tables.materials import ApprovalForm, FormKind, Material, MaterialKind, MaterialStatus
from app.db.tables.nominations import NominationText

NOT_JUDGED = (
    MaterialKind.MINISTRY_WRITEUP,
    MaterialKind.MINISTRY_VIDEO,
)  # made for the ministry, after the award


def texts(session: Session, nomination_ids: Collection[UUID]) -> dict[UUID, str]:
    """The version of each write-up."""
    statement = select(NominationText.nomination_id, NominationText.id, NominationText.row_version).where(
        col(NominationText.nomination_id).in_(nomination_ids)
    )
    return {case: f"{one.hex}:{version}" for case, one, version in session.exec(statement).all()}


def forms(session: Session, nomination_ids: Collection[UUID]) -> dict[UUID, str]:
    """The version of each submission-and-approval form."""
    statement = select(ApprovalForm.nomination_id, ApprovalForm.id, ApprovalForm.row_version).where(
        col(ApprovalForm.nomination_id).in_(nomination_ids), col(ApprovalForm.kind) == FormKind.PROVINCIAL
    )
    return {case: f"{one.hex}:{version}" for case, one, version in session.exec(statement).all()}


def files(session: Session, nomination_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """The digest of each file in force, by its id."""
    statement = select(Material.nomination_id, Material.id, Material.sha256).where(
        col(Material.nomination_id).in_(nomination_ids),
        col(Material.status) == MaterialStatus.VERIFIED,
        col(Material.kind).not_in(NOT_JUDGED),
    )
    found: dict[UUID, dict[str, str]] = {}
    for case, one, sha256 in session.exec(statement.order_by(col(Material.id))).all():
        found.setdefault(case, {})[one.hex] = sha256
    return found


def material(session: Session, nomination_id: UUID) -> list[Material]:
    """The files in force that a case is judged on."""
    statement = select(Material).where(
        col(Material.nomination_id) == nomination_id,
        col(Material.status) == MaterialStatus.VERIFIED,
        col(Material.kind).not_in(NOT_JUDGED),
    )
    return list(session.exec(statement.order_by(col(Material.kind), col(Material.id))).all())
