"""Who plays: the department, its cities and counties, and what each of them has in hands."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.access import Role
from app.domain.levels import Level
from app.rehearse.world import Json, Player, World

HOST = "ZJ"
UNIT_BUCKET = "PROVINCIAL_UNITS"
OPENS = date(2026, 6, 1)
CONTACTS_DUE, MATERIALS_DUE, MINISTRY_DUE = date(2026, 6, 22), date(2026, 9, 30), date(2026, 11, 30)
AWARD_DAY = date(2026, 12, 28)


@dataclass
class Case:
    """One window on its way: whose it is, and its nomination once there is one."""

    city: str  # the organising unit: a city's code, or the department for a provincial-level unit
    sponsor: str
    number: int
    window: Json = field(default_factory=dict)
    id: str = ""
    notice: str = ""
    item: str = ""
    objection: str = ""
    plays: str = "straight"  # what happens to it: straight, thin, withdrawn, …
    version: str = ""  # as the last answer had it; empty when it has to be asked for

    @property
    def url(self) -> str:
        return f"/nominations/{self.id}"


@dataclass
class Province:
    """One campaign of the department and everybody in it."""

    world: World
    host: str = HOST
    campaign: Json = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    criteria: tuple[str, ...] = ("C1", "C2", "C3", "C4", "C5")

    @property
    def url(self) -> str:
        return f"/campaigns/{self.campaign['id']}"

    @property
    def office(self) -> Player:
        return self.world.person(Role.STEERING_OFFICE, self.host)

    @property
    def second(self) -> Player:
        """The office's other officer, who confirms what the first prepared."""
        return self.world.person(Role.STEERING_OFFICE, self.host, f"steering-office-{self.host.lower()}-2")

    @property
    def discipline(self) -> Player:
        return self.world.person(Role.DISCIPLINE_OFFICER, self.host)

    def clerk(self, sponsor: str) -> Player:
        """Who files for a window."""
        return self.world.person(Role.WINDOW_FILER, sponsor)

    def officer(self, at: str) -> Player:
        """Who reviews at a level and prepares; a provincial-level unit is reviewed by the department itself."""
        return self.world.person(Role.REVIEWING_OFFICER, at)

    def approver(self, at: str) -> Player:
        """Who answers for the level: not the one who prepared."""
        return self.world.person(Role.APPROVING_OFFICER, at)

    def cities(self) -> list[str]:
        """The codes of the organising units with places, in order."""
        return sorted(code for code in self.places if code != UNIT_BUCKET)

    def of(self, city: str) -> list[Case]:
        return [case for case in self.cases if case.city == city]

    def forget(self) -> None:
        """Nobody relies on what was read of a case in an earlier act."""
        for case in self.cases:
            case.version = ""

    def refresh(self) -> Json:
        """The campaign as the office sees it now."""
        self.campaign = self.office.get(self.url)
        return self.campaign

    def step(self, action: str, **body: Any) -> None:  # noqa: ANN401  (the act's own fields)
        """The office takes a step of the campaign."""
        self.campaign = self.office.step(self.refresh(), self.url, action, **body)

    def level(self, code: str) -> Level:
        return self.world.place(code).level
