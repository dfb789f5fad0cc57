"""Who was chosen against the order, and which ties a choice leaves open."""

import pytest

from app.domain.selection import Candidate, open_ties, passed_over, resolved


def ranked(*ranks: int | None, group: str = "温州市") -> list[Candidate[str]]:
    return [Candidate(chr(ord("a") + index), group, rank) for index, rank in enumerate(ranks)]


@pytest.mark.rule("R-021")
def test_the_first_of_the_ranking_pass_over_nobody() -> None:
    assert passed_over(ranked(1, 2, 3), {"a", "b"}) == []


@pytest.mark.rule("R-021")
def test_those_chosen_before_a_better_one_are_named_even_when_that_one_was_not_tabled() -> None:
    assert passed_over(ranked(1, 2, 3), {"a", "c"}) == ["c"]
    assert passed_over(ranked(1, 2, 3), {"b", "c"}) == ["b", "c"]


def test_another_group_and_a_missing_rank_put_nobody_out_of_order() -> None:
    others = [*ranked(1, 2), Candidate("z", "宁波市", 1)]
    assert passed_over(others, {"a", "b"}) == []
    assert passed_over(ranked(None, 2), {"b"}) == []


@pytest.mark.rule("E-23", "G-08")
def test_a_tie_across_the_last_place_stays_open_until_a_decision_orders_it() -> None:
    tied = ranked(1, 2, 2, 4)
    assert open_ties(tied, {"a", "b"}, {"温州市": 2}) == ["b", "c"]

    ordered = resolved(tied, {"温州市": ["c", "b"]})

    assert [one.rank for one in ordered] == [1, 3, 2, 4]
    assert open_ties(ordered, {"a", "c"}, {"温州市": 2}) == []
    assert passed_over(ordered, {"a", "b"}) == ["b"]


def test_a_tie_costs_nobody_a_place_while_places_are_left_or_all_of_it_are_chosen() -> None:
    tied = ranked(1, 2, 2)
    assert open_ties(tied, {"a", "b"}, {"温州市": 3}) == []
    assert open_ties(tied, {"a", "b", "c"}, {"温州市": 3}) == []
    assert open_ties(tied, {"a"}, {"温州市": 1}) == []


def test_an_order_for_others_changes_nothing() -> None:
    tied = ranked(1, 1)
    assert resolved(tied, {"宁波市": ["b", "a"]}) == tied
    assert resolved(ranked(1, 2, None), {"温州市": ["c", "b", "a"]}) == ranked(1, 2, None)
