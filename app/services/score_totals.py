"""What the points of every sheet add up to, worked out by the database: the check on the totals that are kept (V-13)."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from app.db import score_rankings as rows
from app.db.tables.campaigns import Campaign
from app.domain import scoring
from app.services import campaigns
from app.services.context import Ctx


class Added(NamedTuple):
    """The rules a sheet was given under and its exact total by them, as text."""

    rules_version: int
    total: str


NOTHING = "0"
"""The total of a sheet without points."""


def added_up(ctx: Ctx, campaign: Campaign) -> dict[str, Added]:
    """Every sheet of a campaign that has points, by its hex; one statement for each version of the rules."""
    found: dict[str, Added] = {}
    for version in rows.rules_versions(ctx.session, campaign.id):
        factors, parts = scoring.item_factors(campaigns.rules_of(ctx, campaign, version).rubric)
        worth = _worth(version, parts)
        found |= {
            sheet: worth(total) for sheet, total in rows.sums(ctx.session, campaign.id, version, factors)
        }
    return found


def _worth(version: int, parts: int) -> Callable[[int], Added]:
    """A sum as a total; thousands of sheets share a few."""
    return cache(lambda total: Added(version, str(Fraction(total, parts))))
