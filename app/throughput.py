"""How many calls a caller may make in a minute: a bucket for each token and each address, per process.

It protects the service from one caller's loop, not from guessing (those limits are shared in the database,
decisions 23). An address gets ten times a token's share, so that made-up tokens do not escape the count.
"""

import hashlib
from dataclasses import dataclass

WINDOW_SECONDS = 60
ADDRESS_SHARE = 10
KEPT = 10_000  # buckets remembered; a full one is forgotten without loss


@dataclass
class Bucket:
    """Calls that are left, and when that was true."""

    left: float
    at: float


@dataclass(frozen=True)
class Allowance:
    """What the caller has left after this call; `wait` seconds when there was nothing left."""

    limit: int
    left: int
    restored: int
    wait: int

    def headers(self) -> dict[str, str]:
        """The RateLimit fields of the IETF draft."""
        policy = f'"default";q={self.limit};w={WINDOW_SECONDS}'
        return {"RateLimit": f'"default";r={self.left};t={self.restored}', "RateLimit-Policy": policy}


class Throughput:
    """Token buckets that refill evenly; a limit of 0 is no limit."""

    def __init__(self, per_minute: int) -> None:
        self.limit = per_minute
        self._buckets: dict[str, Bucket] = {}

    def take(self, token: str, address: str, now: float) -> Allowance | None:
        """Count one call; nothing without a limit."""
        if not self.limit:
            return None
        own = self._refilled(_name(token, address), self.limit, now)
        shared = self._refilled(f"address:{address}", self.limit * ADDRESS_SHARE, now)
        lacking = max(1 - own.left, (1 - shared.left) / ADDRESS_SHARE, 0)
        if lacking == 0:
            own.left -= 1
            shared.left -= 1
        per_second = self.limit / WINDOW_SECONDS
        restored = round((self.limit - own.left) / per_second)
        return Allowance(self.limit, int(own.left), restored, int(lacking / per_second) + 1 if lacking else 0)

    def give_back(self, token: str, address: str) -> None:
        """An answer that cost nothing (304, a replay) is not counted."""
        for name in (_name(token, address), f"address:{address}"):
            if name in self._buckets:
                self._buckets[name].left += 1

    def _refilled(self, name: str, size: int, now: float) -> Bucket:
        if len(self._buckets) >= KEPT and name not in self._buckets:
            self._forget(now)
        bucket = self._buckets.setdefault(name, Bucket(size, now))
        bucket.left = min(size, bucket.left + (now - bucket.at) * size / WINDOW_SECONDS)
        bucket.at = now
        return bucket

    def _forget(self, now: float) -> None:
        """Buckets untouched for a window are full again; if that frees nothing, the oldest half goes."""
        kept = {name: b for name, b in self._buckets.items() if now - b.at < WINDOW_SECONDS}
        if len(kept) >= KEPT:
            kept = dict(sorted(kept.items(), key=lambda item: item[1].at)[KEPT // 2 :])
        self._buckets = kept


def _name(token: str, address: str) -> str:
    """A token is remembered by its digest, never as it is."""
    return f"token:{hashlib.sha256(token.encode()).hexdigest()}" if token else f"open:{address}"
