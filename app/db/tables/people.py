"""Accounts, appointments, sessions, API clients (decisions 21, 23; domain.md 4.2)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db.tables.base import Row, choice, text
from app.domain.access import Role
from app.domain.ids import new_id


class AccountStatus(StrEnum):
    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


class Person(Row, table=True):
    """A named person with an account at one organisation. `identity` links two accounts of one person (C14)."""

    __tablename__ = "people"

    username: str = text(60, unique=True)
    name: str = text(60)
    identity: str = text(80, default="", index=True)
    phone: str = text(30, default="")
    status: AccountStatus = choice(AccountStatus, default=AccountStatus.ACTIVE)
    password_hash: str = text(200, default="")
    password_changed_at: datetime | None = None
    must_change_password: bool = False
    former_passwords: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    expires_on: date | None = None
    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)


class RoleGrant(Row, table=True):
    """An appointment: role at an organisation, for all campaigns or one."""

    __tablename__ = "role_grants"
    __table_args__ = (UniqueConstraint("person_id", "role", "organization_id", "campaign_key"),)

    person_id: UUID = Field(foreign_key="people.id", index=True)
    role: Role = choice(Role)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    campaign_id: UUID | None = Field(default=None, foreign_key="campaigns.id")
    campaign_key: str = text(
        40, default="*"
    )  # "*" or the campaign's hex: NULL in a unique key lets duplicates in
    revoked_at: datetime | None = None


class LoginSession(SQLModel, table=True):
    """A page session; only the SHA-256 of its random id is stored."""

    __tablename__ = "login_sessions"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    token_hash: str = text(64, unique=True)
    person_id: UUID = Field(foreign_key="people.id", index=True)
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    address_digest: str = text(64, default="")


class AccessToken(SQLModel, table=True):
    """A short-lived bearer token of a person or a client; only its SHA-256 is stored."""

    __tablename__ = "access_tokens"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    token_hash: str = text(64, unique=True)
    person_id: UUID | None = Field(default=None, foreign_key="people.id", index=True)
    client_id: UUID | None = Field(default=None, foreign_key="api_clients.id", index=True)
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    scope: str = text(200, default="")  # what the client asked for, apart by spaces; empty is all it has


class ApiClient(Row, table=True):
    """A municipal system: bound to one organisation and one source, with the least scopes it needs."""

    __tablename__ = "api_clients"

    name: str = text(100)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    source: str = text(40, unique=True)
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    status: AccountStatus = choice(AccountStatus, default=AccountStatus.ACTIVE)
    expires_on: date | None = None


class ApiClientSecret(Row, table=True):
    """A secret of a client, 256 random bits stored as SHA-256; two may live at once for rotation."""

    __tablename__ = "api_client_secrets"

    client_id: UUID = Field(foreign_key="api_clients.id", index=True)
    secret_hash: str = text(64, unique=True)
    hint: str = text(12)
    revoked_at: datetime | None = None
