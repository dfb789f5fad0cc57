"""The record itself: audit rows, event rows, replayable answers, the instance's own clock (decisions 15, 19)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db.tables.base import text
from app.domain.ids import new_id

UNRECORDED = frozenset(
    {
        "audit_events",
        "events",
        "idempotency_keys",
        "sequences",
        "login_sessions",
        "throttles",
        "access_tokens",
        "security_events",
        "instances",
        "calendar_days",
    }
)
"""Tables whose rows are themselves the record or the edge's own; writing them needs no audit entry."""


class AuditEvent(SQLModel, table=True):
    """One act on one thing. Digests of restricted fields, never their values; `position` comes from the sequencer."""

    __tablename__ = "audit_events"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    position: int | None = Field(default=None, unique=True)
    at: datetime
    action: str = text(80)
    entity: str = text(40)
    entity_id: UUID = Field(index=True)
    campaign_id: UUID | None = Field(default=None, index=True)
    actor: str = text(80)
    on_behalf_of: str = text(80, default="")
    organization_path: str = text(400, default="")
    request_id: str = text(64, default="")
    before_digest: str = text(80, default="")
    after_digest: str = text(80, default="")
    summary: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    chain: str | None = text(80, default=None)


class Event(SQLModel, table=True):
    """What other systems are told: thin, no personal data; `position` orders the feed without gaps."""

    __tablename__ = "events"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    position: int | None = Field(default=None, unique=True)
    at: datetime
    effective_at: datetime
    type: str = text(80)
    entity: str = text(40)
    entity_id: UUID
    entity_version: int = 0
    campaign_id: UUID | None = Field(default=None, index=True)
    organization_path: str = text(400, default="")
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Sequence(SQLModel, table=True):
    """The last position given, one row per log; updated only by the sequencer."""

    __tablename__ = "sequences"

    name: str = text(20, primary_key=True)
    last: int = 0
    chain: str = text(80, default="")


class IdempotencyKey(SQLModel, table=True):
    """A committed effect and the answer it gave; refusals are never stored (decisions 15)."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("caller", "route", "key"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    caller: str = text(80)
    route: str = text(200)
    key: str = text(128)
    fingerprint: str = text(64)
    created_at: datetime
    request_id: str = text(64, default="")
    status: int | None = None
    headers: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    body: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class SecurityEvent(SQLModel, table=True):
    """Denied calls and failed sign-ins, written in a transaction of their own (decisions 20)."""

    __tablename__ = "security_events"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime = Field(index=True)
    kind: str = text(40)
    actor: str = text(80)
    detail: str = text(200, default="")
    address_digest: str = text(64, default="")


class Throttle(SQLModel, table=True):
    """Failures per account, address or function, shared by all replicas; locked until `locked_until`."""

    __tablename__ = "throttles"

    key: str = text(120, primary_key=True)
    failures: int = 0
    first_at: datetime
    locked_until: datetime | None = None


class Instance(SQLModel, table=True):
    """This installation: how far its sample clock is shifted, and whether it is a sample at all."""

    __tablename__ = "instances"

    id: int = Field(default=1, primary_key=True)
    sample: bool = False
    clock_shift_seconds: int = 0
