"""Queries of the push: a nomination and a window by the key their source gave them, and who wrote the parts last."""

from typing import Any
from uuid import UUID

from sqlalchemy import literal, union_all
from sqlmodel import Session, col, select

from app.db.tables.materials import ApprovalForm
from app.db.tables.nominations import (
    DepartmentConsultation,
    LevelReview,
    Nomination,
    NominationText,
    PublicConsultation,
    SelfDeclaration,
    ServiceWindow,
)
from app.db.tables.people import ApiClient
from app.db.tables.places import Organization
from app.domain.nomination_parts import NominationPart

_KEPT_IN = (
    (NominationPart.DECLARATIONS, SelfDeclaration),
    (NominationPart.WRITE_UP, NominationText),
    (NominationPart.FORM, ApprovalForm),
    (NominationPart.CONSULTATION, PublicConsultation),
    (NominationPart.CONSULTATION, DepartmentConsultation),
    (NominationPart.LEVEL_REVIEW, LevelReview),
)


def pushed(
    session: Session, campaign_id: UUID, source: str, external_id: str, *, locked: bool = False
) -> Nomination | None:
    """The nomination under the source's own key; `locked` for changing it: a second push waits until this one is through."""
    statement = select(Nomination).where(
        col(Nomination.source) == source,
        col(Nomination.external_id) == external_id,
        col(Nomination.campaign_id) == campaign_id,
    )
    if locked:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).first()


def source_locked(session: Session, client_id: UUID) -> None:
    """Let other first pushes of the same source wait: what does not exist yet cannot be locked."""
    statement = select(ApiClient.id).where(col(ApiClient.id) == client_id)
    session.exec(statement.with_for_update(key_share=True))


def window(session: Session, source: str, external_id: str) -> ServiceWindow | None:
    """The window under the source's own key."""
    statement = select(ServiceWindow).where(
        col(ServiceWindow.source) == source, col(ServiceWindow.external_id) == external_id
    )
    return session.exec(statement).first()


def organization(session: Session, code: str) -> Organization | None:
    return session.exec(select(Organization).where(col(Organization.code) == code)).first()


def signed_by_people(session: Session, nomination_id: UUID) -> set[NominationPart]:
    """The parts with a row of their own that a person wrote last; one statement."""
    parts: list[Any] = [
        select(literal(part.value)).where(
            col(table.nomination_id) == nomination_id,
            col(table.updated_by).startswith("person:"),
            *([col(LevelReview.current).is_(True)] if table is LevelReview else []),
        )
        for part, table in _KEPT_IN
    ]
    return {NominationPart(part) for (part,) in session.execute(union_all(*parts)).all()}
