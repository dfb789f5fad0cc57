"""Whether those a body chose are the first of the ranking, and where a tie is left open (R-021, E-23, G-08)."""

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Candidate(Generic[Key]):
    """One who might be chosen. `group` shares the places: a bucket, or the pool. Equal ranks are a tie."""

    key: Key
    group: str
    rank: int | None = None


def passed_over(candidates: Sequence[Candidate[Key]], chosen: Set[Key]) -> list[Key]:
    """Those chosen although a better ranked one of their group was not, tabled or not."""
    return [
        one.key
        for one in candidates
        if one.key in chosen and any(_better(other, one, chosen) for other in candidates)
    ]


def open_ties(candidates: Sequence[Candidate[Key]], chosen: Set[Key], places: Mapping[str, int]) -> list[Key]:
    """Those of a tie across the last place of their group; a recorded decision on a tie gives each its own rank.

    While places are left a tie takes nobody's place: one of them was then turned down for another reason.
    """
    found = []
    for group, free in places.items():
        of_group = [one for one in candidates if one.group == group]
        if sum(one.key in chosen for one in of_group) >= free:
            found += [one.key for one in of_group if _is_split(one, of_group, chosen)]
    return found


def resolved(
    candidates: Sequence[Candidate[Key]], ordered: Mapping[str, Sequence[Key]]
) -> list[Candidate[Key]]:
    """The candidates with the ties of a group put in the order that a decision gave (G-08)."""
    return [_resolved(one, candidates, ordered.get(one.group, ())) for one in candidates]


def _better(other: Candidate[Key], one: Candidate[Key], chosen: Set[Key]) -> bool:
    if other.rank is None or one.rank is None or other.key in chosen:
        return False
    return other.group == one.group and other.rank < one.rank


def _is_split(one: Candidate[Key], of_group: Sequence[Candidate[Key]], chosen: Set[Key]) -> bool:
    tied = [other for other in of_group if one.rank is not None and other.rank == one.rank]
    return 0 < sum(other.key in chosen for other in tied) < len(tied)


def _resolved(
    one: Candidate[Key], candidates: Sequence[Candidate[Key]], order: Sequence[Key]
) -> Candidate[Key]:
    tied = [other.key for other in candidates if other.group == one.group and other.rank == one.rank]
    if one.rank is None or one.key not in order or len(tied) == 1:
        return one
    before = [key for key in order[: order.index(one.key)] if key in tied]
    return replace(one, rank=one.rank + len(before))
