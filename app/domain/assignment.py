"""Who is given which case: balanced, within hard limits, never across a conflict, and the same again from one seed.

Places are first filled along alternating paths, so that a case stays short only when no distribution at all
could fill it; then loads are levelled the same way until nobody has two cases more than somebody who could
take one of them. Chance enters only between equals, as a digest of seed, case and reviewer: no generator whose
sequence another version of the language might change.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class AssignmentStatus(StrEnum):
    """How far an assignment has come; VOID ones are kept with their reason."""

    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    SUBMITTED = "SUBMITTED"
    LOCKED = "LOCKED"
    VOID = "VOID"

    @property
    def given(self) -> bool:
        """The reviewer's sheet is in."""
        return self in (AssignmentStatus.SUBMITTED, AssignmentStatus.LOCKED)


class Origin(StrEnum):
    """How an assignment was made."""

    HAND = "HAND"
    RUN = "RUN"


class VoidKind(StrEnum):
    """Why an assignment no longer counts."""

    RELEASED = "RELEASED"
    CONFLICT = "CONFLICT"
    OWN_RECUSAL = "OWN_RECUSAL"


@dataclass(frozen=True)
class Demand:
    """One case: who may judge it (nobody in conflict, nobody who has it already), and how many are still wanted."""

    case: str
    wanted: int
    free: tuple[str, ...]


@dataclass(frozen=True)
class Capacity:
    """One reviewer: cases they hold already, and the most they may hold."""

    reviewer: str
    held: int
    limit: int


@dataclass(frozen=True)
class Given:
    """One case given to one reviewer; how many could have taken it, and how many cases the reviewer then holds."""

    case: str
    reviewer: str
    free: int
    load: int


@dataclass(frozen=True)
class Short:
    """A case that stays below what is wanted; the minimum is not lowered (E-22)."""

    case: str
    wanted: int
    given: int
    free: int


@dataclass(frozen=True)
class Distribution:
    """What one run gives and what it cannot give."""

    given: tuple[Given, ...]
    short: tuple[Short, ...]


def distribute(demands: Sequence[Demand], capacities: Sequence[Capacity], seed: str) -> Distribution:
    """Give every case its reviewers. The order of what is handed in means nothing; the seed and the facts decide."""
    work = _Work({d.case: d for d in demands}, {c.reviewer: c for c in capacities}, seed)
    for case in sorted(work.demands, key=work.hardest_first):
        for _ in range(work.demands[case].wanted):
            work.give_one(case)
    while work.level_once():
        pass
    return work.result()


@dataclass
class _Work:
    demands: Mapping[str, Demand]
    capacities: Mapping[str, Capacity]
    seed: str
    holds: dict[str, set[str]] = field(init=False)  # case → reviewers given by this run
    loads: dict[str, int] = field(init=False)
    order: dict[str, list[str]] = field(init=False)  # case → who may judge it, as the seed has them

    def __post_init__(self) -> None:
        self.holds = {case: set() for case in self.demands}
        self.loads = {one.reviewer: one.held for one in self.capacities.values()}
        self.order = {
            case: sorted(demand.free, key=lambda one: self._chance(case, one))
            for case, demand in self.demands.items()
        }

    def hardest_first(self, case: str) -> tuple[int, str]:
        demand = self.demands[case]
        return len(demand.free) - demand.wanted, self._chance(case)

    def give_one(self, case: str) -> None:
        """One more reviewer for the case: the least loaded one that can be freed for it along a path."""
        reached = self._reach(case)
        able = [one for one in reached if self.loads[one] < self.capacities[one].limit]
        if able:
            self._take(reached, min(able, key=lambda one: (self.loads[one], self._chance(case, one))))

    def level_once(self) -> bool:
        """Move work from the most loaded reviewer that can give some away; nothing left to move ends it."""
        for giver in sorted(self.capacities, key=lambda one: (-self.loads[one], self._chance(one))):
            reached = self._reach_from(giver)
            most = self.loads[giver] - 2
            able = [
                one
                for one in reached
                if self.loads[one] <= most and self.loads[one] < self.capacities[one].limit
            ]
            if able:
                self._take(reached, min(able, key=lambda one: (self.loads[one], self._chance(giver, one))))
                return True
        return False

    def result(self) -> Distribution:
        given = [
            Given(case, one, len(self.demands[case].free), self.loads[one])
            for case in sorted(self.holds)
            for one in sorted(self.holds[case])
        ]
        short = [
            Short(case, demand.wanted, len(self.holds[case]), len(demand.free))
            for case, demand in sorted(self.demands.items())
            if len(self.holds[case]) < demand.wanted
        ]
        return Distribution(tuple(given), tuple(short))

    def _reach(self, case: str) -> dict[str, tuple[str, str]]:
        """Every reviewer the case can be given to, perhaps by passing on others' cases: reviewer → (case, whose)."""
        reached = dict.fromkeys(self._open(case), (case, ""))
        self._spread(reached)
        return reached

    def _reach_from(self, giver: str) -> dict[str, tuple[str, str]]:
        """Every reviewer that can take over a case of the giver, perhaps by passing on another."""
        reached = {giver: ("", "")}
        self._spread(reached)
        del reached[giver]
        return reached

    def _spread(self, reached: dict[str, tuple[str, str]]) -> None:
        queue = list(reached)
        for whose in queue:
            for case in self._cases(whose):
                for one in self._open(case):
                    if one not in reached:
                        reached[one] = (case, whose)
                        queue.append(one)

    def _take(self, reached: Mapping[str, tuple[str, str]], one: str) -> None:
        """Walk the path back: each takes a case over from the one before."""
        while one in reached:
            case, whose = reached[one]
            self.holds[case].add(one)
            self.loads[one] += 1
            if whose:
                self.holds[case].remove(whose)
                self.loads[whose] -= 1
            one = whose

    def _open(self, case: str) -> Iterator[str]:
        """Who may judge the case and was not given it, in the seed's order."""
        yield from (one for one in self.order[case] if one not in self.holds[case])

    def _cases(self, reviewer: str) -> list[str]:
        return sorted(case for case, reviewers in self.holds.items() if reviewer in reviewers)

    def _chance(self, *parts: str) -> str:
        return hashlib.sha256("|".join((self.seed, *parts)).encode()).hexdigest()
