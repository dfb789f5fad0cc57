"""Where a body may stand in the tree: below a higher one, in its region, at the level its affiliation says."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.errors import Reason
from app.domain.levels import Level


@dataclass(frozen=True)
class Place:
    """A body and the one it is to stand below."""

    level: Level | None  # none: the affiliation code names no level
    parent_level: Level
    parent_closed: bool
    station: bool  # the sponsor of a township or community station
    region_valid: bool
    region_below_parents: bool
    region_code: str
    parent_in_own_subtree: bool = False


def place_reasons(place: Place) -> Iterator[Reason]:
    """What speaks against standing there (R-001, R-010, E-26)."""
    if place.parent_closed or place.parent_in_own_subtree or not _fits(place):
        yield Reason("ORGANIZATION_PLACE", "/parent_id")
    if not place.region_valid:
        yield Reason("REGION_NOT_VALID", "/region_code", {"region": place.region_code})
    elif not place.region_below_parents:
        yield Reason("REGION_SCOPE", "/region_code", {"region": place.region_code})


def _fits(place: Place) -> bool:
    if place.level is None or place.level > place.parent_level:
        return False
    # A station's sponsor is a sub-district, town or village body: never directly below the province.
    wanted = place.level is Level.TOWNSHIP and place.parent_level in (Level.COUNTY, Level.MUNICIPAL)
    return wanted if place.station else place.level is not Level.TOWNSHIP
