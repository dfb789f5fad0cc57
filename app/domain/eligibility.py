"""Whether a window may be put forward at all: the scope of the notice, one check for each clause (R-001, R-006 to R-010)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Reason
from app.domain.levels import window_type_reasons

OTHER = "OTHER_WINDOW"
"""The open end of the list of types (R-009)."""

CODES = (
    "NOT_PARTICIPANT",
    "WINDOW_OTHER_SYSTEM",
    "WINDOW_OUTSIDE_REGION",
    "REGION_NOT_VALID",
    "WINDOW_NOT_PUBLIC",
    "WINDOW_TYPE_UNKNOWN",
    "OTHER_TYPE_NOT_JUSTIFIED",
    "OTHER_TYPE_NOT_ACCEPTED",
    "WINDOW_TYPE_LEVEL",
    "PRIOR_AWARD",
    "ORGANIZATION_BARRED",
)
"""All that `reasons` may answer with."""


class PriorAwardRule(StrEnum):
    """Whether a window commended in an earlier edition may come again (E-29)."""

    ALLOWED = "ALLOWED"
    NEW_MERITS = "NEW_MERITS"
    BARRED = "BARRED"


@dataclass(frozen=True)
class Candidate:
    """A window on the day it is nominated, and whom it belongs to."""

    organization_participates: bool
    in_system: bool
    in_host_region: bool
    region_code: str
    region_valid: bool  # on the day of nomination
    serves_public_directly: bool
    window_type: str
    other_types: tuple[str, ...]
    known_types: frozenset[str]
    justification: str
    accepted_by_office: bool
    affiliation_level: str
    fitting_levels: frozenset[str] | None = None  # the affiliation codes the rules allow for its type
    edition_no: int = 1
    prior_editions: tuple[int, ...] = ()  # none in a first edition (R-020, E-43)
    prior_award_rule: PriorAwardRule = PriorAwardRule.ALLOWED
    new_merits: str = ""
    barred_until_edition: int | None = None  # its recommender broke the rules (domain.md 3.7)


@dataclass(frozen=True)
class EligibilityCheck:
    """One clause, whether the window meets it, and if not, why."""

    rule: str
    satisfied: bool
    reason: Reason | None


def checks(candidate: Candidate) -> list[EligibilityCheck]:
    """Every clause of the scope in the notice's order, met or not."""
    return [EligibilityCheck(rule, reason is None, reason) for rule, reason in _verdicts(candidate)]


def reasons(candidate: Candidate) -> list[Reason]:
    """Only what speaks against the window."""
    return [check.reason for check in checks(candidate) if check.reason is not None]


def _verdicts(c: Candidate) -> Iterator[tuple[str, Reason | None]]:
    unknown = tuple(kind for kind in (c.window_type, *c.other_types) if kind not in c.known_types)
    other = OTHER in (c.window_type, *c.other_types)
    yield "R-001", _unless(c.organization_participates, "NOT_PARTICIPANT", "/organization")
    yield "R-006", _unless(c.in_system, "WINDOW_OTHER_SYSTEM", "/in_labor_system")
    yield "R-006", _unless(c.in_host_region, "WINDOW_OUTSIDE_REGION", "/region_code", region=c.region_code)
    yield "E-26", _unless(c.region_valid, "REGION_NOT_VALID", "/region_code", region=c.region_code)
    yield "R-007", _unless(c.serves_public_directly, "WINDOW_NOT_PUBLIC", "/serves_public_directly")
    yield "R-008", _unless(not unknown, "WINDOW_TYPE_UNKNOWN", "/window_type", types=unknown)
    justified = bool(c.justification.strip()) or not other
    yield "R-009", _unless(justified, "OTHER_TYPE_NOT_JUSTIFIED", "/other_justification")
    yield "R-009", _unless(c.accepted_by_office or not other, "OTHER_TYPE_NOT_ACCEPTED", "/window_type")
    misfit = window_type_reasons(c.window_type, c.affiliation_level, c.fitting_levels)
    yield "R-010", misfit[0] if misfit else None
    yield "E-29", _prior_award(c)
    barred = c.barred_until_edition is not None and c.edition_no <= c.barred_until_edition
    yield "3.7", _unless(not barred, "ORGANIZATION_BARRED", "/organization", until=c.barred_until_edition)


def _prior_award(c: Candidate) -> Reason | None:
    allowed = {
        PriorAwardRule.ALLOWED: True,
        PriorAwardRule.NEW_MERITS: bool(c.new_merits.strip()),
        PriorAwardRule.BARRED: False,
    }
    earlier = tuple(edition for edition in c.prior_editions if edition < c.edition_no)
    fine = not earlier or allowed[c.prior_award_rule]
    return _unless(fine, "PRIOR_AWARD", "/new_merits", editions=earlier)


def _unless(holds: bool, code: str, pointer: str, **params: object) -> Reason | None:
    return None if holds else Reason(code, pointer, params)
