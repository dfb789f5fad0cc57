"""The arithmetic of an allocation: what a plan must add up to, and the places that follow from it (R-011 to R-015)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Reason

RESERVE = "RESERVE"
MINISTRY_POOL = "MINISTRY_POOL"  # the pool is a real bucket, so that no key needs a NULL (decisions 11)


class SeatKind(StrEnum):
    """A nomination claim, an award place, or a ministry place of the city's own or of the pool."""

    NOMINATION = "NOMINATION"
    PROVINCIAL = "PROVINCIAL"
    MINISTRY_FIXED = "MINISTRY_FIXED"
    MINISTRY_POOL = "MINISTRY_POOL"

    @property
    def track(self) -> str:
        """A nomination holds at most one seat of each track."""
        return "MINISTRY" if self in (SeatKind.MINISTRY_FIXED, SeatKind.MINISTRY_POOL) else self.value


@dataclass(frozen=True)
class Bucket:
    """What one city, the provincial-level units or the reserve may hold. Counts are places."""

    code: str
    provincial_places: int
    nomination_limit: int
    ministry_fixed: int = 0
    pool_eligible: bool = False


@dataclass(frozen=True)
class Plan:
    """An allocation: the totals and the buckets that share them. Without a ministry track its totals are 0 (E-45)."""

    provincial_total: int
    ministry_total: int
    ministry_pool: int
    buckets: tuple[Bucket, ...]

    def bucket(self, code: str) -> Bucket | None:
        return next((bucket for bucket in self.buckets if bucket.code == code), None)


@dataclass(frozen=True)
class Seat:
    """One place or one nomination claim; taken by one conditional UPDATE on its row (decisions 10)."""

    bucket_code: str
    kind: SeatKind
    seq: int


def plan_reasons(plan: Plan) -> list[Reason]:
    """Everything that speaks against confirming a plan (I-01, I-02, D3); pointers name the field."""
    return [*_sum_reasons(plan), *_pool_reasons(plan), *_bucket_reasons(plan)]


def draft_reasons(plan: Plan) -> list[Reason]:
    """What speaks against even keeping a plan as a draft; a sum that is still wrong does not."""
    return list(_bucket_reasons(plan))


def amendment_reasons(plan: Plan, used: Mapping[tuple[str, SeatKind], int]) -> list[Reason]:
    """Everything that speaks against a plan as an amendment: it may not go below what is used (E-44)."""
    places = {key: len(seats) for key, seats in _by_bucket_and_kind(plan).items()}
    below = [
        Reason(
            "QUOTA_BELOW_USED", "/buckets", {"bucket": code, "kind": kind.value, "used": held, "places": left}
        )
        for (code, kind), held in used.items()
        if held > (left := places.get((code, kind), 0))
    ]
    return [*plan_reasons(plan), *below]


def seats(plan: Plan) -> list[Seat]:
    """Every seat of a plan: claims and places of each bucket, then the pool's, numbered from 1."""
    return [
        *(seat for bucket in plan.buckets for seat in bucket_seats(bucket)),
        *_numbered(MINISTRY_POOL, SeatKind.MINISTRY_POOL, plan.ministry_pool),
    ]


def bucket_seats(bucket: Bucket) -> list[Seat]:
    """The seats of one bucket: nomination claims up to the limit, award places, own ministry places."""
    return [
        *_numbered(bucket.code, SeatKind.NOMINATION, bucket.nomination_limit),
        *_numbered(bucket.code, SeatKind.PROVINCIAL, bucket.provincial_places),
        *_numbered(bucket.code, SeatKind.MINISTRY_FIXED, bucket.ministry_fixed),
    ]


def pool_claim_reasons(bucket: Bucket) -> list[Reason]:
    """Why a bucket's nomination may not take a place of the pool (R-015, I-05)."""
    return [] if bucket.pool_eligible else [Reason("POOL_NOT_ELIGIBLE", "", {"bucket": bucket.code})]


def _sum_reasons(plan: Plan) -> Iterator[Reason]:
    places = sum(bucket.provincial_places for bucket in plan.buckets)
    ministry = sum(bucket.ministry_fixed for bucket in plan.buckets) + plan.ministry_pool
    yield from _mismatch(plan.provincial_total, places, "/provincial_total")
    yield from _mismatch(plan.ministry_total, ministry, "/ministry_total")
    if (
        plan.ministry_total > plan.provincial_total
    ):  # the ministry's places are a subset of the awards, never extra
        yield from _mismatch(plan.provincial_total, plan.ministry_total, "/ministry_total")


def _pool_reasons(plan: Plan) -> Iterator[Reason]:
    if plan.ministry_pool < 0:
        yield _invalid("/ministry_pool", MINISTRY_POOL, "名额不能为负数", "places cannot be negative")
    if plan.ministry_pool > 0 and not any(bucket.pool_eligible for bucket in plan.buckets):
        yield _invalid(
            "/ministry_pool", MINISTRY_POOL, "没有可参加竞争的名额单位", "no bucket may compete for it"
        )


def _bucket_reasons(plan: Plan) -> Iterator[Reason]:
    seen: set[str] = set()
    for index, bucket in enumerate(plan.buckets):
        at = f"/buckets/{index}"
        if bucket.code in seen or bucket.code == MINISTRY_POOL:
            yield _invalid(
                f"{at}/code", bucket.code, "名额单位重复或为保留代码", "listed twice or a reserved code"
            )
        seen.add(bucket.code)
        if min(bucket.provincial_places, bucket.ministry_fixed, bucket.nomination_limit) < 0:
            yield _invalid(at, bucket.code, "名额不能为负数", "places cannot be negative")
        if bucket.ministry_fixed > bucket.provincial_places:
            yield _invalid(
                f"{at}/ministry_fixed", bucket.code, "报部固定名额多于省级名额", "more fixed than places"
            )
        if bucket.nomination_limit < bucket.provincial_places:
            yield _invalid(
                f"{at}/nomination_limit", bucket.code, "推荐上限少于名额", "the limit is below its places"
            )
        if bucket.pool_eligible and (bucket.ministry_fixed or bucket.code == RESERVE):
            yield _invalid(f"{at}/pool_eligible", bucket.code, *_NOT_IN_POOL)


_NOT_IN_POOL = (
    "有固定名额的单位和机动名额不参加竞争名额",
    "a bucket with fixed places, and the reserve, stay outside the pool",
)


def _mismatch(expected: int, actual: int, pointer: str) -> Iterator[Reason]:
    if expected != actual:
        yield Reason("QUOTA_SUM_MISMATCH", pointer, {"expected": expected, "actual": actual})


def _invalid(pointer: str, bucket: str, why_zh: str, why_en: str) -> Reason:
    return Reason("QUOTA_BUCKET_INVALID", pointer, {"bucket": bucket, "why_zh": why_zh, "why_en": why_en})


def _numbered(code: str, kind: SeatKind, places: int) -> list[Seat]:
    return [Seat(code, kind, seq) for seq in range(1, places + 1)]


def _by_bucket_and_kind(plan: Plan) -> dict[tuple[str, SeatKind], list[Seat]]:
    grouped: dict[tuple[str, SeatKind], list[Seat]] = {}
    for seat in seats(plan):
        grouped.setdefault((seat.bucket_code, seat.kind), []).append(seat)
    return grouped
