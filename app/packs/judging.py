"""Who judges and who decides: reviewers, recusal, votes, former holders (I-12, R-029, R-030, G-08, G-14)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.domain.errors import Reason
from app.domain.levels import Level
from app.packs.parts import Chinese, Code, English, Part, Points, Section, repeated


class Reviewers(Section):
    """Score sheets of the evaluation: how many at least, in which steps, and when a comment is owed."""

    min_reviewers: int = Field(ge=1, le=50)
    step: Points
    comment_at_percent: int = Field(ge=0, le=100)

    def faults(self) -> Iterator[Reason]:
        if not self.step:
            yield Reason("NUMBER_RANGE", "/step")


class Recusal(Section):
    """Who may not judge. Regions are compared at `region_level`; provincial units compare organisations."""

    region_level: Level
    sponsor_chain: bool
    relatives: bool
    handled_before: bool


class VoteBase(StrEnum):
    SHOULD_ATTEND = "SHOULD_ATTEND"
    ATTENDED = "ATTENDED"


class Turn(StrEnum):
    """The first body reviews, the second determines (R-029, R-030)."""

    FIRST = "FIRST"
    SECOND = "SECOND"


Share = Annotated[int, Field(ge=1, le=100)]


class VotingRule(Part):
    """Quorum and majority of one body, each as a fraction of its base; `more_than` excludes the very fraction."""

    turn: Turn
    code: Code
    name_zh: Chinese
    name_en: English
    quorum_numerator: Share
    quorum_denominator: Share
    pass_numerator: Share
    pass_denominator: Share
    pass_base: VoteBase
    more_than: bool
    secret: bool


class Voting(Section):
    """The two bodies that decide; their meetings are recorded here, never held here (D10)."""

    bodies: tuple[VotingRule, ...] = Field(min_length=2, max_length=2)

    def of(self, turn: Turn) -> VotingRule:
        return next(body for body in self.bodies if body.turn is turn)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((body.turn for body in self.bodies), "/bodies/{}/turn")
        yield from repeated((body.code for body in self.bodies), "/bodies/{}/code")
        for index, body in enumerate(self.bodies):
            if body.quorum_numerator > body.quorum_denominator:
                yield Reason("PACK_VOTING_RULE", f"/bodies/{index}/quorum_numerator", {"body": body.code})
            if body.pass_numerator > body.pass_denominator - body.more_than:
                yield Reason("PACK_VOTING_RULE", f"/bodies/{index}/pass_numerator", {"body": body.code})


class PriorAwardRule(StrEnum):
    """What a former holder of the award may do: take part, take part with new merits, or not take part (E-29)."""

    SHOWN = "SHOWN"
    NEW_MERITS = "NEW_MERITS"
    BARRED = "BARRED"


class PriorAwards(Section):
    """`new_merits_within_years` counts for NEW_MERITS only."""

    rule: PriorAwardRule
    new_merits_within_years: int = Field(ge=1, le=20)
