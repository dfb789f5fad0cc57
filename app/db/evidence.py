"""The state of what a case is judged on, without reading it: versions and digests."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import String, cast, literal, union_all
from sqlalchemy import select as select_many
from sqlmodel import Session, col, select

from app.db.tables.base import core
from app.db.tables.materials import ApprovalForm, FormKind, Material, MaterialKind, MaterialStatus
from app.db.tables.nominations import NominationText

NOT_JUDGED = (
    MaterialKind.MINISTRY_WRITEUP,
    MaterialKind.MINISTRY_VIDEO,
)  # made for the ministry, after the award


def marks(session: Session, nomination_ids: Collection[UUID]) -> list[tuple[UUID, str, UUID, str]]:
    """Case, part, row and mark of write-ups, forms (their versions) and files in force (their digests), in one statement."""
    text, form, file = core(NominationText).c, core(ApprovalForm).c, core(Material).c
    versions = (
        select_many(case.nomination_id, literal(part), case.id, cast(case.row_version, String))
        for part, case in (("write_up", text), ("form", form))
    )
    texts, forms = (
        one.where(key.in_(nomination_ids))
        for one, key in zip(versions, (text.nomination_id, form.nomination_id), strict=True)
    )
    files = select_many(file.nomination_id, literal("files"), file.id, file.sha256).where(
        file.nomination_id.in_(nomination_ids),
        file.status == MaterialStatus.VERIFIED,
        file.kind.not_in(NOT_JUDGED),
    )
    asked = union_all(texts, forms.where(form.kind == FormKind.PROVINCIAL), files)
    return [(case, part, row, mark) for case, part, row, mark in session.execute(asked).all()]


def material(session: Session, nomination_id: UUID) -> list[Material]:
    """The files in force that a case is judged on."""
    statement = select(Material).where(
        col(Material.nomination_id) == nomination_id,
        col(Material.status) == MaterialStatus.VERIFIED,
        col(Material.kind).not_in(NOT_JUDGED),
    )
    return list(session.exec(statement.order_by(col(Material.kind), col(Material.id))).all())
