"""The four levels of a route, the own level of a window, and whether its type fits its affiliation (R-010, R-026).

Affiliation codes are those of GB/T 12404-1997: 10 central, 20 province, 40 city, 50 county, 60 sub-district,
town and township, 70 residents' and villagers' committees, 90 other.
"""

from collections.abc import Collection
from enum import StrEnum

from app.domain.errors import Reason, Refusal


class Level(StrEnum):
    """Levels from the ground up. Comparison is by height, not by spelling."""

    TOWNSHIP = "TOWNSHIP"
    COUNTY = "COUNTY"
    MUNICIPAL = "MUNICIPAL"
    PROVINCIAL = "PROVINCIAL"

    @property
    def height(self) -> int:
        """0 on the ground, 3 at the province."""
        return tuple(Level).index(self)

    @property
    def name_zh(self) -> str:
        return _NAMES[self][0]

    @property
    def name_en(self) -> str:
        return _NAMES[self][1]

    # A StrEnum would compare as text, where "TOWNSHIP" stands above "PROVINCIAL".
    def __lt__(self, other: str) -> bool:
        return self.height < Level(other).height

    def __le__(self, other: str) -> bool:
        return self.height <= Level(other).height

    def __gt__(self, other: str) -> bool:
        return self.height > Level(other).height

    def __ge__(self, other: str) -> bool:
        return self.height >= Level(other).height


_NAMES = {
    Level.TOWNSHIP: ("乡镇（街道）", "Township (sub-district)"),
    Level.COUNTY: ("县级", "County"),
    Level.MUNICIPAL: ("市级", "Municipal"),
    Level.PROVINCIAL: ("省级", "Provincial"),
}

_BY_TENS = {
    "1": Level.PROVINCIAL,  # central units in the province are looked after by the provincial department
    "2": Level.PROVINCIAL,
    "4": Level.MUNICIPAL,
    "5": Level.COUNTY,
    "6": Level.TOWNSHIP,
    "7": Level.TOWNSHIP,
}

OFFICE_CODES = frozenset({"10", "20", "40", "41", "50", "51", "52"})
STATION_CODES = {
    "TOWNSHIP_STATION": frozenset({"60", "62", "63"}),
    "SUBDISTRICT_STATION": frozenset({"60", "61"}),
    "COMMUNITY_STATION": frozenset({"70", "71", "72"}),
}
AFFILIATION_CODES = OFFICE_CODES.union(*STATION_CODES.values(), {"90"})


def level_of(affiliation_level: str) -> Level | None:
    """The level an affiliation code stands for; none for a code that names no level (90) or is unknown."""
    return _BY_TENS.get(affiliation_level[:1]) if affiliation_level in AFFILIATION_CODES else None


def own_level(affiliation_level: str, route_levels: Collection[Level]) -> Level:
    """The level whose department is the window's own: its affiliation's, or the next above on the route (D4, E-39).

    A station of a township or community belongs to the county department unless the route has townships.
    Refuses `OUT_OF_SCOPE_WINDOW` when the code names no level (90) or the route ends below the window.
    """
    natural = level_of(affiliation_level)
    above = [level for level in _ascending(route_levels) if natural is not None and level >= natural]
    if not above:
        raise Refusal("OUT_OF_SCOPE_WINDOW", "/affiliation_level", affiliation_level=affiliation_level)
    return above[0]


def applicable_levels(route_levels: Collection[Level], own: Level) -> tuple[Level, ...]:
    """The levels that have to act for a window, lowest first (R-025, E-14)."""
    return tuple(level for level in _ascending(route_levels) if level >= own)


def not_applicable_levels(route_levels: Collection[Level], own: Level) -> tuple[Level, ...]:
    """The levels of the route that the window does not have; shown as not applicable, never skipped silently."""
    return tuple(level for level in _ascending(route_levels) if level < own)


def window_type_reasons(
    window_type: str, affiliation_level: str, fitting: Collection[str] | None = None
) -> list[Reason]:
    """Why a window's type does not fit its affiliation: stations sit at 60-72, all others at 10-52 (R-010).

    A pack that names the `fitting` codes of its types is asked instead.
    """
    expected = STATION_CODES.get(window_type, OFFICE_CODES) if fitting is None else fitting
    if affiliation_level in expected:
        return []
    params = {"affiliation_level": affiliation_level, "window_type": window_type}
    return [
        Reason("WINDOW_TYPE_LEVEL", "/affiliation_level", {**params, "expected": tuple(sorted(expected))})
    ]


def _ascending(levels: Collection[Level]) -> list[Level]:
    return [level for level in Level if level in levels]
