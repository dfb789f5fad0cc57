"""A vote recomputed from its numbers: quorum, base, threshold (E-33, R-030; Party group: more than half of all members)."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Reason


class Turn(StrEnum):
    """The first body reviews, the second determines (R-029, R-030)."""

    FIRST = "FIRST"
    SECOND = "SECOND"


class VoteBase(StrEnum):
    """Half of whom: of those who should attend, or of those who did."""

    SHOULD_ATTEND = "SHOULD_ATTEND"
    ATTENDED = "ATTENDED"


class Verdict(StrEnum):
    PASSED = "PASSED"
    NOT_PASSED = "NOT_PASSED"


@dataclass(frozen=True)
class VotingRule:
    """The rule of one body, stored with every decision (I-16). `strict`: the votes exceed the fraction.

    A quorum of 0/1 means that no quorum is known for the body.
    """

    quorum_numerator: int
    quorum_denominator: int
    quorum_base: VoteBase
    pass_numerator: int
    pass_denominator: int
    base: VoteBase
    strict: bool


@dataclass(frozen=True)
class Ballot:
    """One matter voted on: who should attend, who did, and their votes. Written opinions of absent members are none."""

    should_attend: int
    attended: int
    votes_for: int
    votes_against: int = 0
    abstained: int = 0

    def counted(self, base: VoteBase) -> int:
        return self.should_attend if base is VoteBase.SHOULD_ATTEND else self.attended


def verdict(rule: VotingRule, ballot: Ballot) -> Verdict:
    """What the numbers say, whatever was typed. Ask `ballot_reasons` first whether they are numbers of a meeting."""
    return Verdict.PASSED if ballot.votes_for >= votes_needed(rule, ballot) else Verdict.NOT_PASSED


def votes_needed(rule: VotingRule, ballot: Ballot) -> int:
    """The smallest number of votes in favour that carries the matter; whole numbers, never a rounded half."""
    part = ballot.counted(rule.base) * rule.pass_numerator
    return part // rule.pass_denominator + 1 if rule.strict else -(-part // rule.pass_denominator)


def quorum_needed(rule: VotingRule, should_attend: int, attended: int) -> int:
    """How many have to attend before anything is decided; 0 where no quorum is known."""
    counted = should_attend if rule.quorum_base is VoteBase.SHOULD_ATTEND else attended
    return -(-counted * rule.quorum_numerator // rule.quorum_denominator)


def ballot_reasons(rule: VotingRule, ballot: Ballot, claimed: Verdict | None = None) -> list[Reason]:
    """Why a recorded ballot cannot be: its numbers, its quorum, or a claimed result that they do not give (E-33)."""
    return _number_reasons(ballot) or [
        *_quorum_reasons(rule, ballot),
        *_result_reasons(rule, ballot, claimed),
    ]


def _number_reasons(ballot: Ballot) -> list[Reason]:
    votes = ballot.votes_for + ballot.votes_against + ballot.abstained
    reasons = []
    if min(ballot.attended, ballot.votes_for, ballot.votes_against, ballot.abstained) < 0:
        reasons.append(_wrong("", "人数和票数不能为负数", "numbers of people and votes cannot be negative"))
    if ballot.should_attend < 1:
        reasons.append(_wrong("/should_attend", "应到人数至少为 1", "at least one member should attend"))
    if ballot.attended > ballot.should_attend:
        pair = (ballot.attended, ballot.should_attend)
        reasons.append(
            _wrong("/attended", "实到 {} 人多于应到 {} 人", "{} attended, more than the {} who should", *pair)
        )
    if votes > ballot.attended:
        pair = (votes, ballot.attended)
        reasons.append(
            _wrong(
                "/votes_for", "票数合计 {} 多于实到 {} 人", "{} votes, more than the {} who attended", *pair
            )
        )
    return reasons


def _quorum_reasons(rule: VotingRule, ballot: Ballot) -> list[Reason]:
    needed = quorum_needed(rule, ballot.should_attend, ballot.attended)
    if ballot.attended >= needed:
        return []
    return [Reason("QUORUM_NOT_MET", "/attended", {"needed": needed, "attended": ballot.attended})]


def _result_reasons(rule: VotingRule, ballot: Ballot, claimed: Verdict | None) -> list[Reason]:
    if claimed in (None, verdict(rule, ballot)):
        return []
    pair = (votes_needed(rule, ballot), ballot.votes_for)
    zh, en = "通过须有 {} 票赞成，实得 {} 票", "{} votes in favour are needed and there are {}"
    return [_wrong("/result", zh, en, *pair)]


def _wrong(pointer: str, why_zh: str, why_en: str, *numbers: int) -> Reason:
    return Reason(
        "VOTE_ARITHMETIC", pointer, {"why_zh": why_zh.format(*numbers), "why_en": why_en.format(*numbers)}
    )
