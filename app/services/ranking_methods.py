"""What the other methods would have made of the same sheets: told beside a ranking, never acted upon (R-021)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from app.domain.errors import Refusal
from app.domain.ranking import Method
from app.domain.ranking import shown as rounded
from app.domain.standings import standings
from app.services import ranking_inputs
from app.services.score_rankings import RankingView


@dataclass(frozen=True)
class Alternative:
    """A case's value and rank in its bucket under another method."""

    value: Decimal
    rank: int


def compared(view: RankingView) -> dict[Method, dict[UUID, Alternative]]:
    """Every method that the frozen sheets allow, by case; the trimmed mean needs three sheets of each."""
    found = {}
    for method in Method:
        try:
            found[method] = _by(view, method)
        except Refusal:  # too few sheets for this method
            continue
    return found


def _by(view: RankingView, method: Method) -> dict[UUID, Alternative]:
    inputs = view.snapshot.inputs
    rules = replace(ranking_inputs.rules_in(inputs), method=method)
    lines = standings(ranking_inputs.cases_in(inputs), rules)
    return {UUID(line.case): Alternative(rounded(line.value), line.in_bucket.rank) for line in lines}
