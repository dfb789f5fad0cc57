"""Identifiers: UUIDv7 in the database, `nom_0198…` outside (decisions 12); never sequential numbers."""

import os
import time
from uuid import UUID

from app.domain.errors import Refusal


def new_id() -> UUID:
    """A fresh UUIDv7: ordered by creation time to the millisecond, 74 random bits (RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10), "big")
    value = milliseconds << 80 | 0x7 << 76 | (tail >> 68 & 0xFFF) << 64 | 0b10 << 62 | tail & (1 << 62) - 1
    return UUID(int=value)


def shown(prefix: str, identifier: UUID) -> str:
    """The public form of an identifier: `nom_` and 32 hexadecimal digits."""
    return f"{prefix}_{identifier.hex}"


def parsed(prefix: str, text: str) -> UUID:
    """Read the public form back. Refuses `NOT_FOUND`: an identifier that cannot exist names nothing."""
    head, _, digits = text.partition("_")
    if head != prefix or len(digits) != 32 or not all(c in "0123456789abcdef" for c in digits):
        raise Refusal("NOT_FOUND")
    return UUID(hex=digits)
