"""Who may not judge a case, and why: by rule and by the reviewer's own word (I-12, E-21, decisions 21).

The law asks those who handle awards to stand aside for interest, near relatives and whatever else may affect
fairness (regulations on public institutions 2014, Art. 39; on science and technology awards 2024, Art. 18).
Standing aside for the whole of one's own city is stricter than the law and a platform default.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.levels import Level

_DIGITS = {Level.PROVINCIAL: 2, Level.MUNICIPAL: 4}


class Ground(StrEnum):
    """Why a reviewer stands aside."""

    SAME_REGION = "SAME_REGION"
    SPONSOR_CHAIN = "SPONSOR_CHAIN"
    HANDLED_BEFORE = "HANDLED_BEFORE"
    DECLARED_ORGANIZATION = "DECLARED_ORGANIZATION"
    DECLARED_REGION = "DECLARED_REGION"
    RELATIVE = "RELATIVE"
    OWN_RECUSAL = "OWN_RECUSAL"


class Rules(Protocol):
    """What a pack says about recusal; regions are compared at `region_level`."""

    @property
    def region_level(self) -> Level: ...
    @property
    def sponsor_chain(self) -> bool: ...
    @property
    def relatives(self) -> bool: ...
    @property
    def handled_before(self) -> bool: ...


@dataclass(frozen=True)
class Judge:
    """A reviewer as the rules see them. Paths are those of organisations; `keys` name all accounts of the person."""

    keys: frozenset[str]
    home_path: str
    region_code: str
    declared_paths: frozenset[str] = frozenset()
    declared_regions: frozenset[str] = frozenset()
    relatives_paths: frozenset[str] = frozenset()
    stood_aside: frozenset[str] = frozenset()  # keys of cases the reviewer gave back as not theirs to judge


@dataclass(frozen=True)
class Case:
    """A nomination as the rules see it. `below_host` is false for units right under the host: they have no region of their own."""

    key: str
    region_code: str
    below_host: bool
    sponsor_path: str
    host_path: str
    handled_by: frozenset[str] = frozenset()

    @property
    def chain(self) -> frozenset[str]:
        """The sponsor and everybody above it, up to but without the host itself."""
        codes = self.sponsor_path.strip("/").split("/")
        above = ("/" + "/".join(codes[:count]) + "/" for count in range(1, len(codes)))
        return frozenset({self.sponsor_path, *(path for path in above if len(path) > len(self.host_path))})

    def touches(self, path: str) -> bool:
        """Whether an organisation is in the sponsor's chain, or a part of the sponsor."""
        return path in self.chain or path.startswith(self.sponsor_path)


def grounds(judge: Judge, case: Case, rules: Rules) -> tuple[Ground, ...]:
    """Every ground on which this reviewer stands aside from this case; empty means they may judge it."""
    found = {
        Ground.SAME_REGION: _same_region(judge, case, rules.region_level),
        Ground.SPONSOR_CHAIN: _in_chain(judge, case, rules),
        Ground.HANDLED_BEFORE: rules.handled_before and bool(judge.keys & case.handled_by),
        Ground.DECLARED_ORGANIZATION: any(map(case.touches, judge.declared_paths)),
        Ground.DECLARED_REGION: any(covers(code, case.region_code) for code in judge.declared_regions),
        Ground.RELATIVE: rules.relatives and any(map(case.touches, judge.relatives_paths)),
        Ground.OWN_RECUSAL: case.key in judge.stood_aside,
    }
    return tuple(ground for ground, holds in found.items() if holds)


def covers(declared: str, region_code: str) -> bool:
    """Whether a declared division contains the other; a county's code stands for itself alone (E-26: no stripped zeros)."""
    return region_code[: _width(declared)] == declared[: _width(declared)]


def _same_region(judge: Judge, case: Case, level: Level) -> bool:
    width = _DIGITS.get(level, 6)
    return case.below_host and judge.region_code[:width] == case.region_code[:width]


def _in_chain(judge: Judge, case: Case, rules: Rules) -> bool:
    """Units right under the host are compared by organisation, whatever the pack says of the chain."""
    return (rules.sponsor_chain or not case.below_host) and case.touches(judge.home_path)


def _width(code: str) -> int:
    if code.endswith("0000"):
        return 2
    return 4 if code.endswith("00") else 6
