"""What the guards of a nomination need to know, as plain values at one moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from app.domain.campaign_facts import CampaignStage
from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.nomination_stage import AFTER_FILING, Action, DecisionResult, Stage
from app.domain.steps import CHINA


@dataclass(frozen=True)
class Facts:
    """One nomination at one moment. What has to be there and is not said counts as missing, so that a gap refuses.

    Lists of codes (`veto_items`, `departments_needed`, `form_missing` …) are called by their `names`, in Chinese and
    English, or by themselves. Lists of faults (`eligibility_reasons`, `unanswered`) start empty.
    """

    # where it stands
    stage: Stage
    level: Level
    own_level: Level
    applicable_levels: tuple[Level, ...]  # from the own level up to the organising one; E-39: may be one
    organising_level: Level
    host_level: Level
    campaign_stage: CampaignStage
    campaign_suspended: bool = False
    zone: tzinfo = CHINA
    names: Mapping[str, tuple[str, str]] = field(
        default_factory=dict
    )  # of the codes below, in both languages

    # who acts: the level the actor speaks for (a client: the level whose act it transmits), and as whom
    actor_level: Level | None = None
    actor: str = ""
    preparers: frozenset[str] = frozenset()

    # what holds it (derived, decisions 2)
    open_objections: tuple[str, ...] = ()
    vetoes_held: tuple[str, ...] = ()
    vetoes_confirmed: tuple[str, ...] = ()

    # before it is submitted
    veto_items: tuple[str, ...] = ()
    declared: frozenset[str] = frozenset()
    eligibility_reasons: tuple[Reason, ...] = ()
    other_nomination: str = ""  # the live nomination of the same window, as people call it

    # what the levels did
    consultation_required: bool = True  # a pack switch on the route of provincial-level units (G-05)
    consultation_concluded: bool = False
    level_reviewed: bool = False  # the current level's opinion, signer and date are there
    criteria: tuple[str, ...] = ()
    assessed_criteria: frozenset[str] = frozenset()  # by the current level
    endorsed_levels: frozenset[Level] = frozenset()
    departments_needed: tuple[str, ...] = ()
    departments_consenting: frozenset[str] = frozenset()  # silence is not consent
    departments_objecting: frozenset[str] = frozenset()
    bucket: str = ""
    claim_available: bool = False
    claim_limit: int = 0

    # the organising level's notice that lists it; None: none is in effect
    notice_ends_at: datetime | None = None

    # what is recommended and filed
    form_complete: bool = False
    form_missing: tuple[str, ...] = ()
    writeup_chars: int = 0
    writeup_hard_min: int = 0
    writeup_hard_max: int = 0
    statement_present: bool = False
    rank: int | None = None
    rank_needed: bool = True  # more candidates than places in the bucket
    rank_unique: bool = True
    seals_required: bool = True  # a platform default on the provincial filing (decisions 32)
    seals: Mapping[Level, date] | None = None
    deadline_ends_at: datetime | None = None
    late_ends_at: datetime | None = None  # a recorded late acceptance (E-18)
    release_ends_at: datetime | None = None  # the days after a hold that stood at the deadline (decisions 4)
    local_bodies_required: bool = True
    local_bodies: frozenset[str] = frozenset()  # LEADING, WORKING

    # a case that was returned
    returned_from: Stage | None = None
    returned_level: Level | None = None
    unanswered: tuple[str, ...] = ()
    correction_ends_at: datetime | None = None

    # the later half
    reviewers_free: int = 0  # without conflict of interest
    reviewers_needed: int = 1
    sheets_needed: int = 1
    sheets_submitted: int = 0
    host_notice_required: bool = False  # pack switch (D5, R-032)
    host_notice_ends_at: datetime | None = None
    objection_upheld: str = (
        ""  # against the award at the host's notice: only the second body may end the case now
    )
    award_place_free: bool = False

    # the last step that still counts, for undoing it
    last_action: Action | None = None
    last_step_level: Level | None = None
    previous_stage: Stage | None = None
    previous_level: Level | None = None
    next_level_acted: bool = False
    decision_annulled: bool = False  # a later decision of the same or a higher body (domain.md 4.3)

    # handed in with the act
    reason: str = ""
    checklist: tuple[str, ...] = ()
    correction_due: datetime | None = None
    written_request: bool = False
    formal_check_done: bool = False
    formal_check_failed: tuple[str, ...] = ()
    decision_recorded: bool = False
    decision_result: DecisionResult | None = None
    ballot_reasons: tuple[Reason, ...] = ()  # what `voting.ballot_reasons` says of its numbers
    award_reference: str = ""  # award event or document number
    revocation_ground: str = ""

    def named(self, key: str, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The parameters of a sentence that lists codes: as they are, and what they are called in both languages."""
        listed = tuple(codes)
        pairs = [self.names.get(code, (code, code)) for code in listed]
        return {
            key: listed,
            f"{key}_zh": tuple(zh for zh, _ in pairs),
            f"{key}_en": tuple(en for _, en in pairs),
        }

    @property
    def next_level(self) -> Level | None:
        """The applicable level above the present one; none at the organising level."""
        return next((level for level in self.applicable_levels if level > self.level), None)

    @property
    def asked_level(self) -> Level:
        """Who has to correct a returned case: one level down, at the own level the unit itself."""
        lower = [level for level in self.applicable_levels if level < self.level]
        return lower[-1] if lower else self.own_level

    @property
    def was_filed(self) -> bool:
        """Whether the office has it in hands, also while it is out for correction."""
        return self.stage in AFTER_FILING or (
            self.stage is Stage.RETURNED and self.returned_from is Stage.FILED
        )

    def level_of(self, action: Action) -> Level:
        """The level whose step it is (R-024, R-025)."""
        if action is Action.UNDO:
            return self.last_step_level or self.level
        if action is not Action.WITHDRAW:
            return self.level
        if self.was_filed:
            return self.host_level
        return self.own_level if self.stage is Stage.DRAFT else self.organising_level

    def in_extra_time(self, now: datetime) -> bool:
        """A late acceptance, or the days after a hold that stood at the deadline, run now (decisions 4)."""
        ends = (self.late_ends_at, self.release_ends_at)
        return any(end is not None and now < end for end in ends)
