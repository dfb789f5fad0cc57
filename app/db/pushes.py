"""Queries of the push: a nomination and a window by the key their source gave them, and who wrote the parts last."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal, union_all
from sqlalchemy import select as select_many
from sqlmodel import Session, col, select

from app.db.campaigns import IN_FORCE
from app.db.regions import UPWARDS
from app.db.tables.base import core
from app.db.tables.campaigns import Campaign, CampaignRules, Participant
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


class PushedWindow(NamedTuple):
    """What a push says of the place of its window, and on which day; the sponsor by its code or its identifier."""

    external_id: str
    sponsor: str | UUID
    region_code: str
    on: date


@dataclass(frozen=True)
class Standing:
    """All that a push is judged by, from one statement. The chain leads from the top of the tree down to the sponsor."""

    campaign: Campaign
    rules_id: UUID
    chain: list[Organization]
    entries: dict[UUID, Participant]
    region_valid: bool
    around: set[UUID]  # whose region the window's region is, or lies in
    pushed: bool  # there is a nomination under this key
    window_known: bool  # there is a window under its key


def source_locked(session: Session, client_id: UUID) -> None:
    """Let what else the same source sends of this kind wait: what does not exist yet cannot be locked."""
    session.exec(_CLIENT_LOCKED, params={"id": client_id})


def window(session: Session, source: str, external_id: str, *, locked: bool = False) -> ServiceWindow | None:
    """The window under the source's own key; `locked` lets whoever else puts it forward wait until this one is through."""
    key = {"source": source, "external_id": external_id}
    return session.exec(_WINDOW_LOCKED if locked else _WINDOW, params=key).first()


def standing(
    session: Session, campaign_id: UUID, source: str, external_id: str, window: PushedWindow
) -> Standing | None:
    """What a push stands on; nothing when there is no such campaign or no such sponsor."""
    asked = {
        "campaign_id": campaign_id,
        "source": source,
        "external_id": external_id,
        "window_external_id": window.external_id,
        "sponsor": window.sponsor,
        "code": window.region_code,
        "as_of": window.on,
    }
    found = session.execute(_STANDING[isinstance(window.sponsor, UUID)], asked).all()
    if not found:
        return None
    _, _, campaign, rules_id, region_valid, _, pushed, window_known = found[0]
    return Standing(
        campaign,
        rules_id,
        chain=[row[0] for row in found],
        entries={row[0].id: row[1] for row in found if row[1]},
        region_valid=region_valid,
        around={row[0].id for row in found if row[5]},
        pushed=pushed,
        window_known=window_known,
    )


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
_WINDOW_LOCKED = _WINDOW.with_for_update(key_share=True).execution_options(populate_existing=True)


def _standing(sponsor: ColumnElement[bool]) -> Any:  # noqa: ANN401  (a Select of eight columns)
    unit, above = core(Organization).c, core(Organization).alias("above").c
    lowest = select_many(unit.id, unit.parent_id).where(sponsor).cte("chain", recursive=True)
    chain = lowest.union_all(select_many(above.id, above.parent_id).where(above.id == lowest.c.parent_id))
    around = col(Organization.region_code).in_(
        union_all(select_many(UPWARDS.c.code), select_many(UPWARDS.c.parent_code))
    )
    of_window = [core(ServiceWindow).c.source == bindparam("source")]
    of_window.append(core(ServiceWindow).c.external_id == bindparam("window_external_id"))
    return (
        select_many(
            Organization,
            Participant,
            Campaign,
            col(CampaignRules.id),
            exists(select_many(UPWARDS.c.code)),
            around,
            exists(_PUSHED),
            exists().where(*of_window),
        )
        .join(chain, chain.c.id == col(Organization.id))
        .join(Campaign, col(Campaign.id) == bindparam("campaign_id"))
        .join(CampaignRules, IN_FORCE)
        .outerjoin(
            Participant,
            and_(
                col(Participant.campaign_id) == col(Campaign.id),
                col(Participant.organization_id) == col(Organization.id),
            ),
        )
        .order_by(func.length(col(Organization.path)))
    )


_STANDING = {
    True: _standing(col(Organization.id) == bindparam("sponsor")),
    False: _standing(col(Organization.code) == bindparam("sponsor")),
}
