"""The record itself: positions without a gap, an unbroken chain, files as they were handed in, sealed names (I-20, I-22)."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import col, select

from app.db.tables.materials import Material, MaterialStatus
from app.db.tables.nominations import Nomination
from app.db.tables.people import AccessToken, AccountStatus, ApiClient, LoginSession, Person
from app.db.tables.places import Organization
from app.db.tables.supervision import Objection, ObjectorIdentity
from app.db.tables.system import AuditEvent, Event, IdempotencyKey
from app.domain.errors import Refusal
from app.domain.objection import IdentityKind
from app.services.context import Ctx
from app.services.invariants.checks import invariant
from app.services.sequencer import chained


@invariant("V-11")
def the_feed_has_no_gap(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Positions of the feed are 1, 2, 3 … without a gap."""
    numbered = select(func.count(), func.max(Event.position)).where(col(Event.position).is_not(None))
    count, last = ctx.session.exec(numbered).one()
    if count != (last or 0):
        yield "events", f"{count} numbered entries, the last position is {last}"


@invariant("V-15")
def the_chain_of_the_audit_log_holds(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """Each entry's link follows from the entry before it and from its own content."""
    previous, expected = "", 1
    entries = select(AuditEvent).where(col(AuditEvent.position).is_not(None))
    for entry in ctx.session.exec(entries.order_by(col(AuditEvent.position))):
        if entry.position != expected:
            yield entry.id, f"position {entry.position}, {expected} was due"
        if entry.chain != chained(previous, entry):
            yield entry.id, f"position {entry.position} does not follow from the entry before it"
        previous, expected = entry.chain or "", expected + 1


@invariant("I-20")
def a_source_speaks_for_its_own_organisation(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A nomination that a city's system pushed belongs to that city's part of the tree."""
    statement = (
        select(Nomination, Organization.path)
        .join(ApiClient, col(ApiClient.source) == col(Nomination.source))
        .join(Organization, col(ApiClient.organization_id) == col(Organization.id))
    )
    for nomination, path in ctx.session.exec(statement).all():
        if not nomination.sponsor_path.startswith(path):
            yield nomination.id, f"pushed by {nomination.source}, which speaks for another region"


@invariant("I-22", "V-09")
def every_file_is_as_it_was_handed_in(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """The stored object of every file in force has the size and the SHA-256 of its row."""
    kept = select(Material).where(col(Material.status) != MaterialStatus.REMOVED)
    for material in ctx.session.exec(kept).all():
        running, size = hashlib.sha256(), 0
        try:
            for chunk in ctx.store.open_read(material.object_key):
                running.update(chunk)
                size += len(chunk)
        except Refusal as refusal:
            yield material.id, f"its object cannot be read: {refusal.code}"
            continue
        if (running.hexdigest(), size) != (material.sha256, material.size_bytes):
            yield material.id, "its object is not what was handed in"


@invariant("V-19")
def a_disabled_account_has_no_way_in(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """No session or token of a disabled person lives on."""
    disabled = select(Person.id).where(col(Person.status) == AccountStatus.DISABLED)
    for table in (LoginSession, AccessToken):
        alive = select(table.id).where(
            col(table.person_id).in_(disabled),
            col(table.revoked_at).is_(None),
            col(table.expires_at) > ctx.now,
        )
        for identifier in ctx.session.exec(alive).all():
            yield identifier, f"{table.__tablename__} of a disabled account"


@invariant("V-17")
def who_objects_is_sealed_or_not_there(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """An objection by name has its sealed identity, an anonymous one has none at all."""
    sealed = select(ObjectorIdentity.objection_id)
    statement = select(Objection.code, Objection.identity_kind, col(Objection.id).in_(sealed))
    for code, kind, has_one in ctx.session.exec(statement).all():
        if has_one is (kind is IdentityKind.ANONYMOUS):
            yield code, f"is {kind}, and its identity says otherwise"


@invariant("V-12", "V-20")
def every_kept_answer_is_whole(ctx: Ctx) -> Iterator[tuple[object, str]]:
    """A key that was used has the answer it gave; none is left in progress by a call that is over."""
    statement = select(IdempotencyKey.id).where(col(IdempotencyKey.status).is_(None))
    for identifier in ctx.session.exec(statement).all():
        yield identifier, "a key is taken, and no answer is kept with it"
