"""A tiny model of a nomination, typed by hand from decisions 1 and the stage table: where it stands, what it has.

It knows nothing of the product but the words of its stages, actions and levels. `follow` moves the model, and says
where the case must stand afterwards; `walk_refusals.refused` predicts every code that somebody's step is refused with.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.campaign import CampaignStage as Phase
from app.domain.levels import Level
from app.domain.nomination import Action, Stage

TABLE = Path(__file__).parents[1] / "domain" / "stage_table.toml"
HOST = Level.PROVINCIAL
FINAL = (Stage.REJECTED, Stage.NOT_SELECTED, Stage.WITHDRAWN, Stage.VETOED, Stage.REVOKED)
HOLDS = ("CAMPAIGN_SUSPENDED", "OBJECTION_OPEN", "VETO_HELD", "VETO_CONFIRMED")
FILING = (Phase.OPEN, Phase.FILING_CLOSED, Phase.EVALUATING)
UNDER_WAY = (*FILING, Phase.DETERMINING, Phase.AWARDED)
OF_THE_UNIT = (Action.SUBMIT, Action.RESUBMIT)
RETURNS = (Action.RETURN, Action.RETURN_FOR_CORRECTION)
DECISIONS = (Action.RECORD_FIRST_DECISION, Action.RECORD_SECOND_DECISION)
ENDING = (Action.REJECT, Action.WITHDRAW, Action.VETO)


@dataclass(frozen=True)
class Row:
    """One row of the table for one of its sources."""

    to: tuple[Stage, ...]
    level: str
    permission: str
    codes: tuple[str, ...]


def _rows() -> dict[tuple[Stage, Action], Row]:
    found: dict[tuple[Stage, Action], Row] = {}
    for step in tomllib.loads(TABLE.read_text(encoding="utf-8"))["step"]:
        codes = (step["campaign"], *(HOLDS if step["hold"] else ()), *step["refuses"])
        row = Row(tuple(map(Stage, step["to"])), step["level"], step["permission"], codes)
        found |= {(Stage(source), Action(step["action"])): row for source in step["from"]}
    return found


ROWS = _rows()


@dataclass
class World:
    """What the cases share: the phase, the deadline, claims and places that are free, by bucket."""

    now: datetime
    deadline: datetime
    claims: Counter[str]
    places: Mapping[str, int]
    free_places: Counter[str]
    phase: Phase = Phase.OPEN
    suspended: bool = False
    host_notice: bool = True
    late: set[str] = field(default_factory=set)
    candidates: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Taken:
    """A step that still counts."""

    action: Action
    source: Stage
    source_level: Level
    to_level: Level
    by: Level | None
    who: str
    at: datetime
    due: datetime | None = None


@dataclass
class Case:
    """What the guards of one case look at."""

    levels: tuple[Level, ...]
    bucket: str
    stage: Stage = Stage.DRAFT
    level: Level = Level.COUNTY
    prepared_by: str = "filer"
    form_by: str = ""
    declared: bool = False
    heard: bool = False
    written: bool = False
    ranked: bool = False
    claim: bool = False
    place: bool = False
    reviews: dict[Level, datetime] = field(default_factory=dict)
    papers: list[tuple[Level, datetime]] = field(default_factory=list)
    seals: set[Level] = field(default_factory=set)
    steps: list[Taken] = field(default_factory=list, repr=False)
    notice_end: datetime | None = None
    host_notice_end: datetime | None = None
    objections: int = 0
    vetoes_held: int = 0
    vetoes_confirmed: int = 0
    sheets: int = 0
    due: datetime | None = None
    annulled: bool = False

    @property
    def organising(self) -> Level:
        return self.levels[-1]

    @property
    def unit(self) -> bool:
        """One of the department's own units: nothing lies between it and the host."""
        return self.organising is HOST

    @property
    def last(self) -> Taken | None:
        return self.steps[-1] if self.steps else None

    @property
    def returned(self) -> Taken | None:
        return next((one for one in reversed(self.steps) if one.action in RETURNS), None)

    @property
    def filed(self) -> bool:
        """The office has it in hands, also while it is out for correction."""
        order = list(Stage)
        back = self.returned
        out = self.stage is Stage.RETURNED and back is not None and back.source is Stage.FILED
        return out or order.index(Stage.FILED) <= order.index(self.stage) <= order.index(Stage.AWARDED)

    def person(self, who: str) -> str:
        """Two names of one person: a unit's own level is the host, whose officer reviews it."""
        return "city" if who == "own" and len(self.levels) == 1 else who


@dataclass(frozen=True)
class Attempt:
    """A step that somebody tries, or that another act brings about (`who` is empty), with what comes with it."""

    action: Action
    who: str = ""
    whole: bool = True
    approved: bool = True


def follow(world: World, case: Case, taken: Taken, to: Stage) -> tuple[Stage, Level]:
    """Move the model by a step that was taken, and say where it must lead."""
    row = ROWS[case.stage, taken.action]
    last = case.last
    stage = _target(case, taken.action, row, to)
    level = _level(case, taken.action, row)
    _seats(world, case, taken.action, last, stage)
    if taken.action is Action.UNDO:
        case.steps.pop()
        case.annulled = False
        if last and last.action is Action.PUBLISH_NOTICE:
            case.notice_end = None
        if last and last.action is Action.PUBLISH_HOST_NOTICE:
            case.host_notice_end = None
    else:
        case.steps.append(taken)
    if taken.action in OF_THE_UNIT:
        case.prepared_by = taken.who
    case.stage, case.level = stage, level
    if stage in FINAL:
        case.ranked = False
    return stage, level


def _target(case: Case, action: Action, row: Row, to: Stage) -> Stage:
    if action is Action.UNDO:
        assert case.last
        return case.last.source
    if action is Action.RESUBMIT:
        assert case.returned
        return Stage.FILED if case.returned.source is Stage.FILED else Stage.SUBMITTED
    if action in DECISIONS:
        assert to in row.to
        return to
    return row.to[0]


def _level(case: Case, action: Action, row: Row) -> Level:
    below = [one for one in case.levels if one < case.level]
    above = [one for one in case.levels if one > case.level]
    last, back = case.last, case.returned
    return {
        "own": case.levels[0],
        "next": above[0] if above else case.level,
        "same": case.level,
        "asked": below[-1] if below else case.levels[0],
        "returned": back.source_level if back else case.level,
        "organising": case.organising,
        "host": HOST,
        "previous": last.source_level if last else case.level,
    }[row.level]


def _seats(world: World, case: Case, action: Action, last: Taken | None, to: Stage) -> None:
    """What the step takes and frees: a claim at CLEAR, a place at the second body's approval (decisions 9)."""
    undone = last.action if action is Action.UNDO and last else None
    if action is Action.CLEAR or (undone is Action.RETURN and to is Stage.CLEARED):
        world.claims[case.bucket] -= 1
        world.candidates[case.bucket] += 1
        case.claim = True
    elif action is Action.RETURN or undone is Action.CLEAR:
        _release(world, case)
        case.ranked = False
    elif action in ENDING:
        _release(world, case, forfeited=world.now >= world.deadline)
    if to is Stage.DETERMINED and action is Action.RECORD_SECOND_DECISION:
        world.free_places[case.bucket] -= 1
        case.place = True
    elif undone is Action.RECORD_SECOND_DECISION and case.place:
        world.free_places[case.bucket] += 1
        case.place = False


def _release(world: World, case: Case, *, forfeited: bool = False) -> None:
    """After the deadline a freed place is not filled again (E-04)."""
    if case.claim:
        world.candidates[case.bucket] -= 1
        world.claims[case.bucket] += not forfeited
    if case.place:
        world.free_places[case.bucket] += not forfeited
    case.claim = case.place = False


TICK = timedelta(seconds=1)
