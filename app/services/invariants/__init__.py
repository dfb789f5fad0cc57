"""What must hold of all rows at any moment, whatever happened before (domain.md 4.4, trust.md D.2).

Constraints of the database keep what a database can keep; these checks say again all of it, and the rest, over a
live database: `python -m app check`, after every fault, and nightly. Each check recomputes from the rows and never
trusts a stored conclusion.
"""

from app.services.invariants.checks import Found, Invariant, broken
from app.services.invariants.listed import ALL

__all__ = ["ALL", "Found", "Invariant", "broken"]
