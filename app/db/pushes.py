"""Queries of the push: a nomination and a window by the key their source gave them, and who wrote the parts last."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal, union_all
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
    key = {"source": source, "external_id": external_id, "campaign_id": campaign_id}
    return session.exec(_PUSHED_LOCKED if locked else _PUSHED, params=key).first()


def source_locked(session: Session, client_id: UUID) -> None:
    """Let other first pushes of the same source wait: what does not exist yet cannot be locked."""
    session.exec(_CLIENT_LOCKED, params={"id": client_id})


def window(session: Session, source: str, external_id: str) -> ServiceWindow | None:
    """The window under the source's own key."""
    return session.exec(_WINDOW, params={"source": source, "external_id": external_id}).first()


def organization(session: Session, code: str) -> Organization | None:
    return session.exec(_ORGANIZATION, params={"code": code}).first()


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


# Asked by every push: put together once.
_PUSHED = select(Nomination).where(
    col(Nomination.source) == bindparam("source"),
    col(Nomination.external_id) == bindparam("external_id"),
    col(Nomination.campaign_id) == bindparam("campaign_id"),
)
_PUSHED_LOCKED = _PUSHED.with_for_update().execution_options(populate_existing=True)
_CLIENT_LOCKED = (
    select(ApiClient.id).where(col(ApiClient.id) == bindparam("id")).with_for_update(key_share=True)
)
_WINDOW = select(ServiceWindow).where(
    col(ServiceWindow.source) == bindparam("source"),
    col(ServiceWindow.external_id) == bindparam("external_id"),
)
_ORGANIZATION = select(Organization).where(col(Organization.code) == bindparam("code"))
