"""Who judges and who decides: reviewers, recusal, votes, former holders (I-12, R-029, R-030, G-08, G-14)."""

from collections.abc import Iterator

from pydantic import Field

from app.domain.eligibility import PriorAwardRule
from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.ranking import Method
from app.domain.scoring import SheetRule
from app.domain.voting import Ballot, Turn, VoteBase, VotingRule, votes_needed
from app.packs.parts import Chinese, Code, English, Part, Points, Section, repeated


class Reviewers(Section):
    """Score sheets of the evaluation: how many, in which steps, when a comment is owed, how they combine (E-24)."""

    min_reviewers: int = Field(ge=1, le=50)
    step: Points
    comment_at_percent: int = Field(ge=0, le=100)
    method: Method

    @property
    def rule(self) -> SheetRule:
        """The rule by which a sheet is judged."""
        return SheetRule(self.step, self.comment_at_percent)

    def faults(self) -> Iterator[Reason]:
        if not self.step:
            yield Reason("NUMBER_RANGE", "/step")
        if self.method is Method.TRIMMED_MEAN and self.min_reviewers < _LEFT_OUT + 1:
            yield Reason("NUMBER_RANGE", "/min_reviewers")


class Recusal(Section):
    """Who may not judge. Regions are compared at `region_level`; provincial units compare organisations."""

    region_level: Level
    sponsor_chain: bool
    relatives: bool
    handled_before: bool


_LEFT_OUT = 2  # sheets that the trimmed mean leaves out


class VotingBody(Part):
    """Quorum and majority of one body as fractions; `strict` means more than the fraction, quorum 0/1 none known."""

    turn: Turn
    code: Code
    name_zh: Chinese
    name_en: English
    quorum_numerator: int = Field(ge=0, le=100)
    quorum_denominator: int = Field(ge=1, le=100)
    quorum_base: VoteBase
    pass_numerator: int = Field(ge=1, le=100)
    pass_denominator: int = Field(ge=1, le=100)
    base: VoteBase
    strict: bool
    secret: bool

    @property
    def rule(self) -> VotingRule:
        """The rule by which a vote is recomputed; it is kept with the decision (I-16)."""
        quorum = (self.quorum_numerator, self.quorum_denominator, self.quorum_base)
        return VotingRule(*quorum, self.pass_numerator, self.pass_denominator, self.base, self.strict)


class Voting(Section):
    """The two bodies that decide; their meetings are recorded here, never held here (D-10)."""

    bodies: tuple[VotingBody, ...] = Field(min_length=2, max_length=2)

    def of(self, turn: Turn) -> VotingBody:
        return next(body for body in self.bodies if body.turn is turn)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((body.turn for body in self.bodies), "/bodies/{}/turn")
        yield from repeated((body.code for body in self.bodies), "/bodies/{}/code")
        for index, body in enumerate(self.bodies):
            if body.quorum_numerator > body.quorum_denominator:
                yield Reason("PACK_VOTING_RULE", f"/bodies/{index}/quorum_numerator", {"body": body.code})
            if votes_needed(body.rule, _EVERYBODY) > _EVERYBODY.votes_for:
                yield Reason("PACK_VOTING_RULE", f"/bodies/{index}/pass_numerator", {"body": body.code})


_EVERYBODY = Ballot(should_attend=9, attended=9, votes_for=9)


class PriorAwards(Section):
    """What a former holder may do (E-29); `new_merits_within_years` counts for NEW_MERITS only."""

    rule: PriorAwardRule
    new_merits_within_years: int = Field(ge=1, le=20)
