"""Passwords: argon2id as the settings say, hashed again at sign-in when they have changed (trust.md C2, C3)."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import col, select

from app.db import people as rows
from app.db.callers import Account
from app.db.tables.people import Person
from app.db.tables.places import Organization, Region
from app.domain import passwords as rules
from app.domain.errors import Reason, Refusal, refuse
from app.services.context import Ctx
from app.settings import Settings

HISTORY = 5
"""Former passwords that may not come back, under classified protection."""
LASTS = timedelta(days=90)
"""How long a password serves, under classified protection."""
ONE_TIME_LASTS = timedelta(hours=24)
_TURNS = BoundedSemaphore(4)
"""Each verification takes `password_memory_kib`; more at once wait, so that a rush of sign-ins keeps its memory."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_BUREAU = ("劳动和社会保障局", "劳动和社会保障厅")


def one_time() -> str:
    """A password to be handed over and changed at once: 79 random bits, no letter mistaken for another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def give(ctx: Ctx, person: Person, password: str, *, one_time: bool) -> None:
    """Set a password unexamined: a one-time password, or a sample installation's. The caller signs the change."""
    if ctx.settings.classified_protection and person.password_hash:
        person.former_passwords = [person.password_hash, *person.former_passwords][:HISTORY]
    person.password_hash = hashed(ctx.settings, password)
    person.password_changed_at = ctx.now
    person.must_change_password = one_time


def check(ctx: Ctx, person: Person, password: str, pointer: str) -> None:
    """Refuses a new password that is short, common, named after something known, or one that served before."""
    policy = rules.Policy(
        ctx.settings.password_shortest,
        ctx.settings.password_longest,
        3 if ctx.settings.classified_protection else 0,
    )
    refuse(rules.faults(password, _context(ctx, person), policy, pointer))
    served = [person.password_hash, *person.former_passwords]
    if any(matches(ctx.settings, old, password) for old in served if old):
        raise Refusal.of([Reason("PASSWORD_SERVED", pointer)])


def has_run_out(settings: Settings, person: Person | Account, now: datetime) -> bool:
    """Whether the person has to choose another one before anything else."""
    if person.must_change_password:
        return True
    since = person.password_changed_at
    return settings.classified_protection and since is not None and now - since > LASTS


def one_time_is_over(person: Person, now: datetime) -> bool:
    """A one-time password that nobody used serves a day."""
    since = person.password_changed_at
    return person.must_change_password and since is not None and now - since > ONE_TIME_LASTS


def hashed(settings: Settings, password: str) -> str:
    with _TURNS:
        return _hasher(settings).hash(_composed(password))


def matches(settings: Settings, stored: str, password: str) -> bool:
    """Whether it is the password. Without one to compare, the same work is done for nothing (trust.md C3)."""
    with _TURNS:
        try:
            _hasher(settings).verify(stored or _nobodys(settings), _composed(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(stored)


def is_outdated(settings: Settings, stored: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return _hasher(settings).check_needs_rehash(stored)


def _context(ctx: Ctx, person: Person) -> list[str]:
    """What is known of the person: account, name, organisations and their places, in Chinese and in letters."""
    bodies = [organization for _, organization in rows.grants(ctx.session, person.id)]
    home = ctx.session.get(Organization, person.organization_id) if person.organization_id else None
    bodies += [home] if home else []
    codes = {code[:n].ljust(6, "0") for code in (b.region_code for b in bodies) for n in (2, 4, 6)}
    places = ctx.session.exec(select(Region).where(col(Region.code).in_(codes))).all()
    names = [body.name.removesuffix(_BUREAU[0]).removesuffix(_BUREAU[1]) for body in bodies]
    names += [place.name_zh[:-1] for place in places]
    names += [place.name_en.replace("'", "").split()[0] for place in places]
    return [person.username, person.name, *names]


@cache
def _nobodys(settings: Settings) -> str:
    return _hasher(settings).hash(secrets.token_urlsafe(16))


def _hasher(settings: Settings) -> PasswordHasher:
    return PasswordHasher(settings.password_passes, settings.password_memory_kib, settings.password_lanes)


def _composed(password: str) -> str:
    """One code for what looks alike, however the keyboard sent it; nothing else is changed."""
    return unicodedata.normalize("NFC", password)
