"""Whether those a body chose are the first of the ranking, and where a tie is left open (R-021, E-23, G-08)."""

from collections.abc import Collection, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
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
        one.key for one in candidates if one.key in chosen and any(_better(other, one, chosen) for other in candidates)
    ]


def open_ties(
    candidates: Sequence[Candidate[Key]],
    chosen: Set[Key],
    places: Mapping[str, int],
    preferred: Collection[Key] = (),
) -> list[Key]:
    """Those of a tie across the last place of their group, unless a decision has `preferred` the chosen ones.

    While places are left a tie takes nobody's place: one of them was then turned down for another reason.
    """
    found = []
    for group, free in places.items():
        of_group = [one for one in candidates if one.group == group]
        taken = [one for one in of_group if one.key in chosen]
        if len(taken) >= free:
            found += [one.key for one in of_group if _is_open(one, of_group, chosen, preferred)]
    return found


def _better(other: Candidate[Key], one: Candidate[Key], chosen: Set[Key]) -> bool:
    if other.rank is None or one.rank is None or other.key in chosen:
        return False
    return other.group == one.group and other.rank < one.rank


def _is_open(
    one: Candidate[Key], of_group: Sequence[Candidate[Key]], chosen: Set[Key], preferred: Collection[Key]
) -> bool:
    tied = [other for other in of_group if one.rank is not None and other.rank == one.rank]
    inside = [other for other in tied if other.key in chosen]
    return 0 < len(inside) < len(tied) and not all(other.key in preferred for other in inside)
