"""What a reviewer enters: a whole sheet of points."""

from collections.abc import Mapping
from decimal import Decimal

from app.rehearse.world import Json


def points(items: Mapping[str, Decimal], lost: int) -> Json:
    """A sheet with so many half points taken off, a point at most from each item.

    By case they are a number of its own, so that only those meant to be alike are.
    """
    found: Json = {}
    for code, most in items.items():
        taken = min(Decimal(lost) / 2, Decimal(1))
        lost -= int(taken * 2)
        found[code] = {"points": str(most - taken), "comment": ""}
    return found
