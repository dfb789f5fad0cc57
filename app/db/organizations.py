"""Queries about organisations and the tree they form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import false, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.db.tables.nominations import Nomination
from app.db.tables.places import NameHistory, Organization, OrganizationKind
from app.domain.levels import Level


@dataclass(frozen=True)
class Wanted:
    """Filters of a list; what is left out does not narrow it."""

    parent_id: UUID | None = None
    below: str = ""  # a path
    level: Level | None = None
    kind: OrganizationKind | None = None
    region: str = ""
    words: str = ""
    closed: bool = False


def listed(
    session: Session, paths: Sequence[str], wanted: Wanted, after: str, limit: int
) -> list[Organization]:
    """The organisations below these paths in the order of the tree, one more than `limit`."""
    within = [col(Organization.path).startswith(path, autoescape=True) for path in paths]
    statement = select(Organization).where(or_(false(), *within), col(Organization.path) > after)
    narrowed = (
        (wanted.parent_id, col(Organization.parent_id) == wanted.parent_id),
        (wanted.below, col(Organization.path).startswith(wanted.below, autoescape=True)),
        (wanted.level, col(Organization.level) == wanted.level),
        (wanted.kind, col(Organization.org_kind) == wanted.kind),
        (wanted.region, col(Organization.region_code) == wanted.region),
        (wanted.words, col(Organization.name).contains(wanted.words, autoescape=True)),
        (not wanted.closed, col(Organization.closed_on).is_(None)),
    )
    for asked, condition in narrowed:
        if asked:
            statement = statement.where(condition)
    return list(session.exec(statement.order_by(col(Organization.path)).limit(limit + 1)).all())


def near(session: Session, paths: Sequence[str]) -> list[Organization]:
    """The open organisations at these places of the tree and directly below them, in its order."""
    above = aliased(Organization)
    statement = (
        select(Organization)
        .outerjoin(above, col(Organization.parent_id) == col(above.id))
        .where(
            or_(col(Organization.path).in_(paths), col(above.path).in_(paths)),
            col(Organization.closed_on).is_(None),
        )
    )
    return list(session.exec(statement.order_by(col(Organization.path))).all())


def topmost(session: Session) -> list[Organization]:
    """Those with nobody above them: normally the one department the installation belongs to."""
    return list(session.exec(select(Organization).where(col(Organization.parent_id).is_(None))).all())


def locked(session: Session, organization_id: UUID) -> Organization | None:
    """The organisation for changing it: a second writer waits, who only refers to it does not."""
    statement = (
        select(Organization).where(col(Organization.id) == organization_id).with_for_update(key_share=True)
    )
    return session.exec(statement.execution_options(populate_existing=True)).first()


def subtree(session: Session, path: str) -> list[Organization]:
    """The organisation and everything below it, for moving it."""
    statement = select(Organization).where(col(Organization.path).startswith(path, autoescape=True))
    return list(
        session.exec(statement.order_by(col(Organization.path)).with_for_update(key_share=True)).all()
    )


def open_below(session: Session, path: str) -> int:
    """How many open organisations stand below this one."""
    statement = select(func.count()).where(
        col(Organization.path).startswith(path, autoescape=True),
        col(Organization.path) != path,
        col(Organization.closed_on).is_(None),
    )
    return session.exec(statement).one()


def live_cases(session: Session, path: str) -> int:
    """How many nominations below it have not come to their end."""
    statement = select(func.count()).where(
        col(Nomination.sponsor_path).startswith(path, autoescape=True),
        col(Nomination.live_window_id).is_not(None),
    )
    return session.exec(statement).one()


def by_code(session: Session, code: str) -> Organization | None:
    return session.exec(select(Organization).where(col(Organization.code) == code)).first()


def by_uscc(session: Session, uscc: str) -> Organization | None:
    return session.exec(select(Organization).where(col(Organization.uscc) == uscc)).first()


def of_name(session: Session, parent_id: UUID, name: str) -> Organization | None:
    """An open organisation of this name directly below another one."""
    statement = select(Organization).where(
        col(Organization.parent_id) == parent_id,
        col(Organization.name) == name,
        col(Organization.closed_on).is_(None),
    )
    return session.exec(statement).first()


def names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """What these organisations are called now."""
    statement = select(Organization.id, Organization.name).where(col(Organization.id).in_(set(ids)))
    return dict(session.exec(statement).all())


def names(session: Session, subject_id: UUID) -> list[NameHistory]:
    """Former names, oldest first."""
    statement = select(NameHistory).where(col(NameHistory.subject_id) == subject_id)
    return list(session.exec(statement.order_by(col(NameHistory.valid_from))).all())
