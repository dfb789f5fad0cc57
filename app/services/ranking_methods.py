"""What the other methods would have made of the same sheets: told beside a ranking, never acted upon (R-021)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.errors import Refusal
from app.domain.ranking import Method
from app.domain.ranking import shown as rounded
from app.domain.standings import Rules, ScoredCase, standings


def compared(scored: Sequence[ScoredCase], rules: Rules) -> Mapping[str, dict[str, dict[str, Any]]]:
    """Value and rank in the bucket of each case by every method that its sheets allow; kept with the line.

    The trimmed mean needs three sheets of each case.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {one.case: {} for one in scored}
    for method in Method:
        try:
            lines = standings(scored, replace(rules, method=method))
        except Refusal:  # too few sheets for this method
            continue
        for line in lines:
            kept = {"value": str(rounded(line.value)), "rank": line.in_bucket.rank}
            found[line.case][method.value] = kept
    return found
