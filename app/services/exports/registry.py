"""Every list the faces show, by the name under which it is taken away."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.errors import Refusal
from app.services.context import Ctx
from app.services.exports import (
    bench_tables,
    campaign_tables,
    case_tables,
    decision_tables,
    evaluation_tables,
    paper_tables,
    place_tables,
    record_tables,
    supervision_tables,
)
from app.services.exports.shapes import ListTable

_ALL = (
    campaign_tables,
    case_tables,
    paper_tables,
    supervision_tables,
    evaluation_tables,
    bench_tables,
    decision_tables,
    record_tables,
    place_tables,
)
TABLES: Mapping[str, ListTable] = MappingProxyType({t.name: t for part in _ALL for t in part.TABLES})


def offered(ctx: Ctx) -> list[ListTable]:
    """The tables of which the caller may take something."""
    return [one for one in TABLES.values() if not one.permission or ctx.actor.holds(one.permission)]


def of_campaign() -> list[ListTable]:
    """What belongs to one campaign, in the order of the registry."""
    return [one for one in TABLES.values() if "campaign_id" in one.takes]


def named(name: str) -> ListTable:
    """The table. Refuses `NOT_FOUND`."""
    if name not in TABLES:
        raise Refusal("NOT_FOUND")
    return TABLES[name]
