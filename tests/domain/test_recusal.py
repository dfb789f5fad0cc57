"""Who stands aside from which case, and on which grounds; a unit under the host has no region of its own."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.levels import Level
from app.domain.recusal import Case, Ground, Judge, covers, grounds

pytestmark = pytest.mark.rule("I-12")


@dataclass(frozen=True)
class Rules:
    region_level: Level = Level.MUNICIPAL
    sponsor_chain: bool = True
    relatives: bool = True
    handled_before: bool = True


RULES = Rules()
XIHU = Case("nom1", "330106", below_host=True, sponsor_path="/ZJ/330100/330106/", host_path="/ZJ/")
CENTRE = Case("nom2", "330000", below_host=False, sponsor_path="/ZJ/ZJ-SI/", host_path="/ZJ/")
NINGBO = Judge(frozenset({"person:1"}), "/ZJ/330200/", "330200")
DEPARTMENT = Judge(frozenset({"person:2"}), "/ZJ/", "330000")


def test_a_reviewer_from_elsewhere_without_ties_may_judge() -> None:
    assert grounds(NINGBO, XIHU, RULES) == ()
    assert grounds(NINGBO, CENTRE, RULES) == ()
    assert grounds(DEPARTMENT, XIHU, RULES) == ()
    assert grounds(DEPARTMENT, CENTRE, RULES) == ()


@pytest.mark.rule("E-21")
@pytest.mark.parametrize(
    ("judge", "expected"),
    [
        (replace(NINGBO, region_code="330100"), Ground.SAME_REGION),
        (replace(NINGBO, region_code="330110"), Ground.SAME_REGION),  # another county of the same city
        (replace(NINGBO, home_path="/ZJ/330100/"), Ground.SPONSOR_CHAIN),  # the bureau above the sponsor
        (replace(NINGBO, home_path="/ZJ/330100/330106/"), Ground.SPONSOR_CHAIN),
        (replace(NINGBO, home_path="/ZJ/330100/330106/HALL/"), Ground.SPONSOR_CHAIN),  # a part of the sponsor
        (replace(NINGBO, declared_paths=frozenset({"/ZJ/330100/"})), Ground.DECLARED_ORGANIZATION),
        (replace(NINGBO, declared_regions=frozenset({"330100"})), Ground.DECLARED_REGION),
        (replace(NINGBO, relatives_paths=frozenset({"/ZJ/330100/330106/"})), Ground.RELATIVE),
        (replace(NINGBO, stood_aside=frozenset({"nom1"})), Ground.OWN_RECUSAL),
    ],
)
def test_each_tie_alone_is_a_ground(judge: Judge, expected: Ground) -> None:
    assert grounds(judge, XIHU, RULES) == (expected,)


def test_whoever_handled_the_case_under_any_of_their_accounts_does_not_judge_it() -> None:
    judge = replace(NINGBO, keys=frozenset({"person:1", "person:9"}))
    assert grounds(judge, replace(XIHU, handled_by=frozenset({"person:9"})), RULES) == (
        Ground.HANDLED_BEFORE,
    )
    assert grounds(judge, replace(XIHU, handled_by=frozenset({"person:8"})), RULES) == ()


def test_units_under_the_host_are_compared_by_organisation() -> None:
    """Everybody in the department sits in the province's region; that alone is no tie (decisions 21)."""
    colleague = Judge(frozenset(), "/ZJ/ZJ-JC/", "330000")
    same_unit = Judge(frozenset(), "/ZJ/ZJ-SI/", "330000")
    assert grounds(colleague, CENTRE, RULES) == ()
    assert grounds(same_unit, CENTRE, replace(RULES, sponsor_chain=False)) == (Ground.SPONSOR_CHAIN,)


def test_a_citys_own_award_compares_counties() -> None:
    case = Case("nom3", "330106", below_host=True, sponsor_path="/ZJ/330100/330106/", host_path="/ZJ/330100/")
    rules = replace(RULES, region_level=Level.COUNTY)
    neighbour = Judge(frozenset(), "/ZJ/330100/330110/", "330110")
    assert grounds(neighbour, case, rules) == ()
    assert grounds(replace(neighbour, region_code="330106"), case, rules) == (Ground.SAME_REGION,)
    host = Judge(frozenset(), "/ZJ/330100/", "330100")
    assert grounds(host, case, rules) == ()  # the host's own people are in no sponsor's chain


@pytest.mark.parametrize(
    ("switched_off", "judge"),
    [
        ("sponsor_chain", replace(NINGBO, home_path="/ZJ/330100/330106/")),
        ("relatives", replace(NINGBO, relatives_paths=frozenset({"/ZJ/330100/330106/"}))),
        ("handled_before", replace(NINGBO, keys=frozenset({"person:9"}))),
    ],
)
def test_a_pack_may_switch_a_ground_off(switched_off: str, judge: Judge) -> None:
    case = replace(XIHU, handled_by=frozenset({"person:9"}))
    assert len(grounds(judge, case, RULES)) == 1
    off: dict[str, Any] = {switched_off: False}
    assert grounds(judge, case, replace(RULES, **off)) == ()


@pytest.mark.parametrize(
    ("declared", "region", "expected"),
    [
        ("330100", "330106", True),
        ("330106", "330106", True),
        ("330106", "330100", False),
        ("331000", "331100", False),  # stripped zeros would have made 331 of both (decisions 21)
        ("330000", "331100", True),
    ],
)
def test_a_declared_division_covers_what_lies_in_it(declared: str, region: str, *, expected: bool) -> None:
    assert covers(declared, region) is expected


PATHS = st.lists(st.sampled_from(["330100", "330106", "330200", "A"]), max_size=3).map(
    lambda parts: "/" + "/".join(["ZJ", *parts]) + "/"
)
JUDGES = st.builds(
    Judge,
    st.frozensets(st.sampled_from(["person:1", "person:2"])),
    PATHS,
    st.sampled_from(["330000", "330100", "330106", "330200"]),
    st.frozensets(PATHS, max_size=2),
    st.frozensets(st.sampled_from(["330100", "330106", "330200"]), max_size=2),
    st.frozensets(PATHS, max_size=2),
)
CASES = st.builds(
    Case,
    st.just("nom1"),
    st.sampled_from(["330100", "330106", "330200"]),
    st.booleans(),
    PATHS.filter(lambda path: path != "/ZJ/"),
    st.just("/ZJ/"),
    st.frozensets(st.sampled_from(["person:1", "person:3"])),
)


@settings(deadline=None)
@given(JUDGES, CASES, PATHS)
def test_saying_more_never_frees_a_reviewer(judge: Judge, case: Case, path: str) -> None:
    before = set(grounds(judge, case, RULES))
    said_more = replace(
        judge, declared_paths=judge.declared_paths | {path}, stood_aside=frozenset({case.key})
    )
    assert before | {Ground.OWN_RECUSAL} <= set(grounds(said_more, case, RULES))


@settings(deadline=None)
@given(JUDGES, CASES)
def test_nobody_judges_their_own_city_their_own_house_or_their_own_work(judge: Judge, case: Case) -> None:
    """The invariant in its own words (I-12), against the rule as a whole."""
    tied = (
        (case.below_host and judge.region_code[:4] == case.region_code[:4])
        or case.sponsor_path.startswith(judge.home_path if judge.home_path != "/ZJ/" else "-")
        or judge.home_path.startswith(case.sponsor_path)
        or bool(judge.keys & case.handled_by)
    )
    assert not tied or grounds(judge, case, RULES)
