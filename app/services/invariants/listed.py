"""The list of invariants; a new one is put here, or it is not checked (a test compares with domain.md's numbers)."""

from app.services.invariants import decided, evaluated, flow, places, public, record
from app.services.invariants.checks import Invariant

ALL: tuple[Invariant, ...] = tuple(
    one
    for module in (places, public, flow, evaluated, decided, record)
    for group in vars(module).values()
    if isinstance(group, tuple)
    for one in group
    if isinstance(one, Invariant)
)
