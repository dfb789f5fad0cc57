"""Two rubrics for the tests: the notice's 28 items with the platform's default points, and a small weighted one."""

from dataclasses import dataclass
from decimal import Decimal

D = Decimal


@dataclass(frozen=True)
class Item:
    code: str
    max_points: Decimal


@dataclass(frozen=True)
class Criterion:
    code: str
    items: tuple[Item, ...]
    max_points: Decimal | None = None
    weight: Decimal | None = None


@dataclass(frozen=True)
class Rubric:
    total_points: Decimal
    criteria: tuple[Criterion, ...]


def criterion(
    code: str, items: int, each: str, points: str | None = None, weight: str | None = None
) -> Criterion:
    return Criterion(
        code,
        tuple(Item(f"{code}.{n}", D(each)) for n in range(1, items + 1)),
        None if points is None else D(points),
        None if weight is None else D(weight),
    )


NOTICE = Rubric(
    D(100),
    (
        criterion("C1", 5, "4", "20"),
        criterion("C2", 8, "2.5", "20"),
        criterion("C3", 5, "4", "20"),
        criterion("C4", 5, "4", "20"),
        criterion("C5", 5, "4", "20"),
    ),
)
WEIGHTED = Rubric(
    D(100),
    (
        criterion("A", 3, "5", weight="40"),
        criterion("B", 1, "7", weight="35"),
        criterion("C", 2, "10", weight="25"),
    ),
)
