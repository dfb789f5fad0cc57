"""Votes are recomputed: half of whom, more than half or at least half, and was there a quorum."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.voting import Ballot, Verdict, VoteBase, VotingRule, ballot_reasons, verdict, votes_needed

PARTY_GROUP = VotingRule(0, 1, VoteBase.SHOULD_ATTEND, 1, 2, VoteBase.SHOULD_ATTEND, strict=True)
EXPERTS = VotingRule(2, 3, VoteBase.SHOULD_ATTEND, 1, 2, VoteBase.ATTENDED, strict=False)


@pytest.mark.rule("E-33", "G-14")
@pytest.mark.parametrize(
    ("should_attend", "attended", "votes_for", "expected"),
    [
        (9, 8, 4, Verdict.NOT_PASSED),  # half of those attending, but 4 is not above 4.5
        (9, 8, 5, Verdict.PASSED),
        (8, 8, 4, Verdict.NOT_PASSED),  # half is not more than half
        (8, 8, 5, Verdict.PASSED),
        (1, 1, 1, Verdict.PASSED),
        (7, 7, 0, Verdict.NOT_PASSED),
    ],
)
def test_a_party_group_needs_more_than_half_of_all_its_members(
    should_attend: int, attended: int, votes_for: int, expected: Verdict
) -> None:
    assert verdict(PARTY_GROUP, Ballot(should_attend, attended, votes_for)) is expected


@pytest.mark.rule("E-33")
def test_the_same_ballot_passes_when_half_of_those_attending_is_enough() -> None:
    ballot = Ballot(9, 8, 4)
    assert verdict(EXPERTS, ballot) is Verdict.PASSED
    assert verdict(replace(EXPERTS, strict=True), ballot) is Verdict.NOT_PASSED
    assert verdict(replace(EXPERTS, base=VoteBase.SHOULD_ATTEND), ballot) is Verdict.NOT_PASSED


@pytest.mark.rule("E-33")
def test_a_claimed_result_that_the_votes_do_not_give_is_refused_with_the_arithmetic() -> None:
    ballot = Ballot(9, 8, 4, 3, 1)
    (reason,) = ballot_reasons(PARTY_GROUP, ballot, Verdict.PASSED)
    assert (reason.code, reason.pointer) == ("VOTE_ARITHMETIC", "/result")
    assert reason.sentence("zh") == "通过须有 5 票赞成，实得 4 票。请核对会议记录。"
    assert reason.sentence("en") == "5 votes in favour are needed and there are 4. Check the minutes."
    assert ballot_reasons(PARTY_GROUP, ballot, Verdict.NOT_PASSED) == []
    assert ballot_reasons(PARTY_GROUP, ballot) == []


@pytest.mark.rule("E-33")
@pytest.mark.parametrize(
    ("ballot", "pointers"),
    [
        (Ballot(9, 10, 5), ["/attended"]),
        (Ballot(9, 8, 5, 3, 1), ["/votes_for"]),
        (Ballot(0, 0, 0), ["/should_attend"]),
        (Ballot(9, 8, 5, -1), [""]),
        (Ballot(3, 4, 5), ["/attended", "/votes_for"]),
    ],
)
def test_numbers_that_no_meeting_can_have_are_refused(ballot: Ballot, pointers: list[str]) -> None:
    reasons = ballot_reasons(PARTY_GROUP, ballot)
    assert [(r.code, r.pointer) for r in reasons] == [("VOTE_ARITHMETIC", pointer) for pointer in pointers]


def test_without_a_quorum_the_vote_has_no_effect() -> None:
    (reason,) = ballot_reasons(EXPERTS, Ballot(10, 6, 6))
    assert (reason.code, reason.params) == ("QUORUM_NOT_MET", {"needed": 7, "attended": 6})
    assert ballot_reasons(EXPERTS, Ballot(10, 7, 7)) == []
    assert ballot_reasons(EXPERTS, Ballot(9, 6, 6)) == []  # two thirds of nine are six, exactly


RULES = st.builds(
    VotingRule,
    quorum_numerator=st.integers(0, 3),
    quorum_denominator=st.integers(3, 4),
    pass_numerator=st.integers(1, 3),
    pass_denominator=st.integers(3, 5),
    quorum_base=st.sampled_from(VoteBase),
    base=st.sampled_from(VoteBase),
    strict=st.booleans(),
)
BALLOTS = st.builds(Ballot, *[st.integers(0, 30)] * 5)


@given(RULES, BALLOTS)
def test_the_verdict_is_that_of_exact_fractions(rule: VotingRule, ballot: Ballot) -> None:
    bar = Fraction(rule.pass_numerator, rule.pass_denominator) * ballot.counted(rule.base)
    passes = ballot.votes_for > bar if rule.strict else ballot.votes_for >= bar
    assert (verdict(rule, ballot) is Verdict.PASSED) == passes


@given(RULES, BALLOTS)
def test_one_vote_less_than_needed_never_passes(rule: VotingRule, ballot: Ballot) -> None:
    needed = votes_needed(rule, ballot)
    assert verdict(rule, replace(ballot, votes_for=needed)) is Verdict.PASSED
    assert verdict(rule, replace(ballot, votes_for=needed - 1)) is Verdict.NOT_PASSED


@st.composite
def meetings(draw: st.DrawFn) -> Ballot:
    votes = [draw(st.integers(0, 10)) for _ in range(3)]
    attended = sum(votes) + draw(st.integers(0, 5))
    return Ballot(max(1, attended + draw(st.integers(0, 10))), attended, *votes)


@given(RULES, meetings(), st.sampled_from(Verdict))
def test_sound_numbers_with_a_quorum_are_refused_only_for_a_wrong_result(
    rule: VotingRule, ballot: Ballot, claimed: Verdict
) -> None:
    codes = [reason.code for reason in ballot_reasons(rule, ballot, claimed)]
    attends = Fraction(rule.quorum_numerator, rule.quorum_denominator) * ballot.counted(rule.quorum_base)
    assert ("QUORUM_NOT_MET" in codes) == (ballot.attended < attends)
    assert ("VOTE_ARITHMETIC" in codes) == (claimed is not verdict(rule, ballot))
