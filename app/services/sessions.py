"""Page sessions: opened at sign-in, seen at most once a minute, over when idle or old, ended from anywhere (C5, decisions 28)."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from app.db import people as rows
from app.db.tables.people import LoginSession, Person
from app.domain.errors import Refusal
from app.services import identity
from app.services.context import Ctx

SEEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=30)


def open_for(ctx: Ctx, person: Person, address: str, replaces: str = "") -> str:
    """A new session in place of the one the browser had; its cookie is told once."""
    end(ctx, replaces)
    rows.forget_sessions(ctx.session, person.id, ctx.now - KEPT)
    if ctx.settings.classified_protection:  # one session at a time
        end_all(ctx, person.id)
    token = secrets.token_urlsafe(32)
    row = LoginSession(
        token_hash=identity.secret_hash(token),
        person_id=person.id,
        created_at=ctx.now,
        last_seen_at=ctx.now,
        expires_at=ctx.now + timedelta(hours=ctx.settings.session_absolute_hours),
        address_digest=address,
    )
    ctx.session.add(row)
    ctx.session.flush()
    return token


def end(ctx: Ctx, cookie: str) -> None:
    """End the session of this cookie, if there is one."""
    row = rows.login_session(ctx.session, identity.secret_hash(cookie)) if cookie else None
    if row and row.revoked_at is None:
        row.revoked_at = ctx.now


def end_all(ctx: Ctx, person_id: UUID, but: Collection[UUID] = ()) -> None:
    """End every open session of a person."""
    for row in rows.open_sessions(ctx.session, person_id, ctx.now):
        if row.id not in but:
            row.revoked_at = ctx.now


def mine(ctx: Ctx, session_id: UUID) -> LoginSession:
    """One of one's own open sessions. Refuses `NOT_FOUND` for anybody else's."""
    for row in rows.open_sessions(ctx.session, ctx.person, ctx.now):
        if row.id == session_id:
            return row
    raise Refusal("NOT_FOUND")


def end_mine(ctx: Ctx, session_id: UUID) -> None:
    """End one of one's own sessions; a browser left open elsewhere is signed out with its next request."""
    mine(ctx, session_id).revoked_at = ctx.now


def seen(ctx: Ctx, session_id: UUID, last_seen_at: datetime) -> None:
    """Have it written after the answer that the session was used, unless that was said within the minute."""
    if ctx.now - last_seen_at >= SEEN_EVERY:
        ctx.afterwards.append(lambda later: _saw(later, session_id))


def _saw(ctx: Ctx, session_id: UUID) -> None:
    """Of two replicas that both mean to write it, one does."""
    due = col(LoginSession.last_seen_at) <= ctx.now - SEEN_EVERY
    ctx.session.execute(
        update(LoginSession).where(col(LoginSession.id) == session_id, due).values(last_seen_at=ctx.now)
    )
