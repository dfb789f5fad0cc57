"""Seals an objector's name with a key of its own (AES-256-GCM, key by HKDF from the secret key; C39, decisions 22)."""

import json
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.settings import Settings

INFO = b"pingyou objector identity v1"
_NONCE = 12


@dataclass(frozen=True)
class Objector:
    """Who objects; lives in memory only while it is sealed or opened."""

    name: str
    contact: str


def key_id(settings: Settings) -> str:
    """Names the key without telling it, so that a changed secret is noticed and not taken for damage."""
    return derived(settings, INFO + b" id")[:8].hex()


def seal(settings: Settings, objection_id: UUID, objector: Objector) -> bytes:
    """Bound to its objection: a sealed name moved to another row does not open."""
    nonce = os.urandom(_NONCE)
    plain = json.dumps([objector.name, objector.contact], ensure_ascii=False).encode()
    # Padded, so that the length of a name is not told by the length of the seal.
    padded = plain.ljust(1024 * (len(plain) // 1024 + 1))
    return nonce + AESGCM(derived(settings, INFO)).encrypt(nonce, padded, objection_id.bytes)


def unseal(settings: Settings, objection_id: UUID, sealed: bytes) -> Objector:
    """The name again; raises `cryptography.exceptions.InvalidTag` for anything that was not sealed so."""
    plain = AESGCM(derived(settings, INFO)).decrypt(sealed[:_NONCE], sealed[_NONCE:], objection_id.bytes)
    name, contact = json.loads(plain)
    return Objector(name, contact)


def derived(settings: Settings, info: bytes) -> bytes:
    """A key for one purpose; `embedded` stands in only where production's check let no secret pass unset."""
    secret = settings.secret_key.get_secret_value() or "embedded"
    return HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode())
