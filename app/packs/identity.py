"""Whose campaign it is, who may take part, and through which levels a nomination climbs (R-001 to R-010, R-025)."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints

from app.domain.errors import Reason
from app.domain.levels import AFFILIATION_CODES, Level
from app.packs.parts import Chinese, Code, English, Part, Section, repeated

Affiliation = Annotated[str, StringConstraints(pattern=f"^({'|'.join(sorted(AFFILIATION_CODES))})$")]


class Identity(Section):
    """What the campaign is called, what it is for and which paper it stands on."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{2,39}$")]
    title_zh: Chinese
    title_en: English
    award_title_zh: Chinese
    award_title_en: English
    purpose_zh: Chinese
    purpose_en: English
    edition_no: int = Field(ge=1, le=99)
    source_zh: Chinese
    source_en: English
    award_event_zh: Chinese
    award_event_en: English
    approval_basis_required: bool
    parent_campaign_required: bool

    def faults(self) -> Iterator[Reason]:
        # Award programmes are approved at central or provincial level: a city's own needs the paper (D-12).
        if self.parent_campaign_required and not self.approval_basis_required:
            yield Reason("PACK_APPROVAL_BASIS_NEEDED", "/approval_basis_required")


class Route(Part):
    """The levels a nomination passes, lowest first; the last one organises the selection (R-024)."""

    code: Code
    name_zh: Chinese
    name_en: English
    levels: tuple[Level, ...] = Field(min_length=1, max_length=4)
    bucket_code: Code | None = None  # the bucket all share; otherwise the organising region's code
    hears_public: bool = True  # the own-level department owes a hearing of the public (R-026, G-05)

    @property
    def organising_level(self) -> Level:
        return self.levels[-1]


class Routing(Section):
    """The host's level and every route up to it; the number of levels is data (decisions 1)."""

    host_level: Level
    local_bodies_required: bool
    routes: tuple[Route, ...] = Field(min_length=1, max_length=10)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((route.code for route in self.routes), "/routes/{}/code")
        for index, route in enumerate(self.routes):
            if list(route.levels) != sorted(set(route.levels)) or route.organising_level > self.host_level:
                yield Reason("PACK_ROUTE_INVALID", f"/routes/{index}/levels", {"route": route.code})


class WindowType(Part):
    """A kind of window; `needs_acceptance` marks the open end of the list (R-009)."""

    code: Code
    name_zh: Chinese
    name_en: English
    affiliation_levels: tuple[Affiliation, ...] = Field(min_length=1)
    needs_acceptance: bool = False


class Scope(Section):
    """Which windows are in the selection's scope."""

    region_code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    system_zh: Chinese
    system_en: English
    serves_public_directly: bool
    types: tuple[WindowType, ...] = Field(min_length=1, max_length=50)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((kind.code for kind in self.types), "/types/{}/code")
