"""One invariant and what breaks it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.services.context import Ctx


@dataclass(frozen=True)
class Found:
    """One thing that breaks an invariant: which thing, and what is wrong with it."""

    invariant: str
    subject: str
    text: str


Check = Callable[[Ctx], Iterable[tuple[object, str]]]


@dataclass(frozen=True)
class Invariant:
    """An invariant by its number; `check` yields the subject and what is wrong, nothing when all is well."""

    number: str
    sentence: str
    check: Check

    def found(self, ctx: Ctx) -> Iterator[Found]:
        for subject, text in self.check(ctx):
            yield Found(self.number, str(subject), text)


def invariant(number: str, *more: str) -> Callable[[Check], tuple[Invariant, ...]]:
    """Makes a check an invariant; its docstring's first line is the sentence. One check may answer for several."""

    def made(check: Check) -> tuple[Invariant, ...]:
        sentence = (check.__doc__ or "").strip().split("\n", maxsplit=1)[0]
        return tuple(Invariant(each, sentence, check) for each in (number, *more))

    return made


def broken(ctx: Ctx, invariants: Iterable[Invariant]) -> list[Found]:
    """Everything that breaks one of them."""
    return [found for one in invariants for found in one.found(ctx)]
