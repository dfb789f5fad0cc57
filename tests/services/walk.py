"""Cases walked at random through a whole campaign: what the model predicts, what a button says, and what the act does.

Each walk starts on a copy of a campaign with a case at every stage. A row of the stage table is drawn among those
that start where some case stands, then a case, somebody who tries it, and whether what stands against it is put
right first; between the steps time passes, objections come, vetoes are alleged, the campaign changes its phase.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlmodel import Session, col, select

from app.db.tables.nominations import Nomination, NominationStep
from app.db.tables.supervision import NoticeItem, Objection, PublicNotice, VetoFinding
from app.domain.campaign import CampaignStage as Phase
from app.domain.nomination import Action, Stage
from app.domain.notice import NoticeMatter
from app.domain.veto import HOLDING, FindingStage
from app.services import invariants
from app.services.context import Ctx
from tests.services.walk_desk import Walked, levels
from tests.services.walk_model import FINAL, ROWS, TICK, Attempt, Case, Taken, World, follow
from tests.services.walk_refusals import MAY, WHO, refused, spoken
from tests.services.walk_remedies import AHEAD, PAST, Desk
from tests.whole_campaign import LIANDU, LIMITS, PLACES, UNIT, XIHU, copied

BY_PEOPLE = frozenset(
    {
        *(Action.SUBMIT, Action.ENDORSE, Action.CLEAR, Action.RETURN, Action.RESUBMIT, Action.REJECT),
        *(
            Action.RECOMMEND,
            Action.FILE,
            Action.ACCEPT,
            Action.RETURN_FOR_CORRECTION,
            Action.WITHDRAW,
            Action.UNDO,
        ),
    }
)
SLOW = {"E-33", "I-22", "V-09", "V-11", "V-13", "V-14", "V-15", "I-12", "V-07"}
"""Looked at once, when a walk ends; no step of a walk touches what they look at without one of the others."""
QUICK = [one for one in invariants.ALL if one.number not in SLOW]
IMPOSSIBLE = {(Stage.DRAFT, Action.UNDO), (Stage.AWARDED, Action.UNDO)}
"""A draft has no step behind it, an award is revoked: the table refuses both, always."""
EVENTS = ("time", "objection", "veto", "suspended", "draft", "late", "phase", "switch", "deadline")
ONLY_BY_MEETING = {"MEETING_ITEM_NOT_READY", "TIE_UNDECIDED"}
ONLY_BY_NOTICE = {"NOTICE_ITEM_NOT_READY"}


class DifferenceError(AssertionError):
    """What a case did is not what the model says of it."""


class Walk(RuleBasedStateMachine):
    """One walk; what was taken and refused is counted over all of them."""

    folder: ClassVar[Path]
    taken: ClassVar[Counter[tuple[Stage, Action, Stage]]] = Counter()
    said: ClassVar[Counter[str]] = Counter()
    focus: ClassVar[frozenset[Action]] = frozenset(Action)  # only these are tried

    @initialize()
    def begin(self) -> None:
        self.own, self.whole, self.count = Path(tempfile.mkdtemp()), True, 0
        self.here: Counter[tuple[Stage, Action, Stage]] = Counter()
        self.heard: Counter[str] = Counter()
        self.desk = Desk(copied(self.folder, self.own), _world(self.folder))
        self.desk.world.now = self.desk.found.service.clock.now(Session())
        self.walked = [
            Walked(one, Case(levels(one), _bucket(one), level=levels(one)[0]))
            for group in self.desk.found.at.values()
            for one in group
        ]
        self.desk.deadline(AHEAD)
        self._catch_up(Attempt(Action.SUBMIT, "filer"), replay=True)
        for stage, group in self.desk.found.at.items():
            for one in group:
                _papers(next(w for w in self.walked if w.moving is one).case, Stage(stage))

    def teardown(self) -> None:
        """A walk that failed is not counted, so that it is walked in the same way when it is looked at again."""
        if not hasattr(self, "desk"):
            return
        try:
            if self.whole:
                self._holds(invariants.ALL)
                self.taken.update(self.here)
                self.said.update(self.heard)
        finally:
            self.desk.found.service.plant.engine.dispose()
            shutil.rmtree(self.own, ignore_errors=True)

    @rule(die=st.integers(0, 2**32 - 1))
    def something_happens(self, die: int) -> None:
        """Two times in three a step is tried, otherwise the world goes on.

        One number says all that is chosen: which rows are rare depends on the walks before, and Hypothesis insists
        that what it draws does not.
        """
        self.count += 1
        dice = Random(die + self.count)
        self._tick()
        self.whole = False
        if dice.randint(0, 2):
            self._a_step_is_tried(dice)
        else:
            event = dice.choice(EVENTS)
            getattr(self, f"_{event}")(_one_of(dice, self.walked), dice)
            self._catch_up(Attempt(Action.UNDO))
        self.whole = True

    def _a_step_is_tried(self, dice: Random) -> None:
        """Any action that some case's stage knows, by anybody; three times in four prepared, by who may."""
        rows = self._rarest()
        if not rows:  # all of them have come to an end
            self._draft(self.walked[0], dice)
            return
        row = dice.choice(rows)
        action = row[1]
        walked = _one_of(dice, [one for one in self.walked if one.case.stage is row[0]])
        prepared = dice.randint(0, 3) > 0
        approved = action is Action.REVOKE or dice.randint(0, 3) > 0
        attempt = Attempt(action, whole=prepared, approved=approved)
        self._button(walked, replace(attempt, who=dice.choice(WHO)))
        if action not in BY_PEOPLE:
            self._prepare(walked, attempt, prepared=prepared)
            self._brought_about(walked, attempt)
            return
        who = self._fit(walked, attempt) if prepared else dice.choice(WHO)
        self._prepare(walked, replace(attempt, who=who), prepared=prepared)
        self._tried(walked, replace(attempt, who=who))

    def _rarest(self) -> list[tuple[Stage, Action]]:
        """The rows that start where some case stands and were taken least by the walks before this one and by it."""
        stages = {one.case.stage for one in self.walked}
        counted = Counter((source, action) for source, action, _ in (self.taken + self.here).elements())
        known = [key for key in ROWS if key[0] in stages and key not in IMPOSSIBLE]
        rows = [key for key in known if key[1] in self.focus] or known
        return sorted(rows, key=lambda key: counted[key])[:10]

    # one step

    def _fit(self, walked: Walked, attempt: Attempt) -> str:
        """Somebody whose step it is, whoever has had a turn longest ago; anybody where it is nobody's."""
        nobody = {"NOT_YOUR_LEVEL", "PERMISSION_MISSING", "SAME_PERSON"}
        fits = [
            who
            for who in MAY
            if not refused(self.desk.world, walked.case, replace(attempt, who=who)) & nobody
        ]
        return fits[len(walked.case.steps) % len(fits)] if fits else "approver"

    def _prepare(self, walked: Walked, attempt: Attempt, *, prepared: bool) -> None:
        """Put right what stands against it, and what that brings to light; holds and phases first."""
        for _ in range(3 if prepared else 0):
            against = refused(self.desk.world, walked.case, attempt)
            if not against:
                return
            self.desk.remedy(walked, attempt, against)
            self._catch_up(Attempt(Action.UNDO))

    def _tried(self, walked: Walked, attempt: Attempt) -> None:
        expected = refused(self.desk.world, walked.case, attempt)
        self._button(walked, attempt)
        if _claims_again(walked.case, attempt) and self.desk.world.claims[walked.case.bucket] <= 0:
            expected = expected or {"NOMINATION_LIMIT_REACHED"}  # the row that is claimed has the last word
        self._same("act", walked, attempt, expected, self.desk.tried(walked, attempt))
        self._done(attempt, expected)

    def _button(self, walked: Walked, attempt: Attempt) -> None:
        """A button asks what stands against the case, not what would be handed in."""
        if attempt.action not in BY_PEOPLE:
            return
        offered = self.desk.buttons(walked.moving, attempt.who)
        if offered is not None and attempt.action in offered:
            whole = refused(self.desk.world, walked.case, replace(attempt, whole=True))
            self._same("button", walked, attempt, whole, offered[attempt.action])

    def _brought_about(self, walked: Walked, attempt: Attempt) -> None:
        expected = self._expected(walked, attempt)
        if attempt.action is Action.VETO and walked.case.stage in FINAL:
            return
        happened = self.desk.brought_about(walked, attempt)
        if happened <= ONLY_BY_MEETING | ONLY_BY_NOTICE and expected:
            happened = expected
        if bool(expected) != bool(happened) or not happened <= expected:
            raise DifferenceError(f"{attempt} on {walked.case}: the model says {expected}, it was {happened}")
        self._done(attempt, expected)

    def _expected(self, walked: Walked, attempt: Attempt) -> set[str]:
        case = replace(walked.case, vetoes_confirmed=1) if attempt.action is Action.VETO else walked.case
        return refused(self.desk.world, case, attempt)

    def _done(self, attempt: Attempt, expected: set[str]) -> None:
        self.heard.update(expected)
        moved = self._catch_up(attempt)
        if bool(moved) == bool(expected):
            raise DifferenceError(
                f"{attempt} was {'refused' if expected else 'accepted'}, and {moved or 'nothing'} moved"
            )
        if moved:
            self._holds()

    def _same(self, what: str, walked: Walked, attempt: Attempt, expected: set[str], found: set[str]) -> None:
        if expected != found:
            raise DifferenceError(
                f"{what} of {attempt} on {walked.case}: the model says {expected}, it was {found}"
            )

    def _holds(self, checks: Sequence[invariants.Invariant] = QUICK) -> None:
        with self.desk.found.service.system() as ctx:
            broken = invariants.broken(ctx, checks)
        if broken:
            raise DifferenceError(f"broken: {broken}")

    # what was done, followed by the model

    def _catch_up(self, attempt: Attempt, *, replay: bool = False) -> list[str]:
        """Follow every step that was taken since: each must lead where the table says."""
        moved = []
        with self.desk.found.service.system() as ctx:
            known = {one.moving.key: one for one in self.walked}
            for step in ctx.session.exec(
                select(NominationStep).order_by(col(NominationStep.at), col(NominationStep.seq))
            ).all():
                walked = known[step.nomination_id]
                if step.seq > walked.seen:
                    walked.seen = step.seq
                    self._followed(walked, step, attempt)
                    moved.append(f"{step.action} {step.from_stage} → {step.to_stage}")
                    if not replay:
                        self.here[step.from_stage, step.action, step.to_stage] += 1
            self._observe(ctx)
        return moved

    def _followed(self, walked: Walked, step: NominationStep, attempt: Attempt) -> None:
        case = walked.case
        who = attempt.who if step.action is attempt.action else ""
        by_people = replace(attempt, action=step.action, who=who)
        by = spoken(case, by_people) if who else None
        if by is None:
            by = case.last.by if step.action is Action.UNDO and case.last else case.level
        due = self.desk.due() if step.action is Action.RETURN_FOR_CORRECTION and who else AHEAD
        taken = Taken(step.action, case.stage, case.level, step.to_level, by, case.person(who), step.at, due)
        leads = follow(self.desk.world, case, taken, step.to_stage)
        if leads != (step.to_stage, step.to_level):
            raise DifferenceError(
                f"{step.action} on {case} leads to {leads}, it led to {step.to_stage} {step.to_level}"
            )

    def _observe(self, ctx: Ctx) -> None:
        """What the neighbouring machines say of the cases: notices in effect, objections and findings that hold, ranks."""
        cases = {one.moving.key: one.case for one in self.walked}
        for case in cases.values():
            case.objections = case.vetoes_held = case.vetoes_confirmed = 0
            case.notice_end = case.host_notice_end = None
        for key in ctx.session.exec(
            select(Objection.nomination_id).where(col(Objection.blocking).is_(True))
        ).all():
            cases[key].objections += 1
        for finding in ctx.session.exec(select(VetoFinding)).all():
            cases[finding.nomination_id].vetoes_held += finding.stage in HOLDING
            cases[finding.nomination_id].vetoes_confirmed += finding.stage is FindingStage.CONFIRMED
        listed = select(NoticeItem, PublicNotice.ends_at).join(
            PublicNotice, col(NoticeItem.notice_id) == col(PublicNotice.id)
        )
        for item, ends_at in ctx.session.exec(
            listed.where(col(NoticeItem.effective_nomination_id).is_not(None))
        ).all():
            if item.matter is NoticeMatter.RECOMMENDATION:
                cases[item.nomination_id].notice_end = ends_at
            elif item.matter is NoticeMatter.AWARD:
                cases[item.nomination_id].host_notice_end = ends_at
        for walked in self.walked:
            walked.case.ranked = ctx.session.get_one(Nomination, walked.moving.key).rank_in_bucket is not None

    # what else happens

    def _tick(self) -> None:
        self.desk.found.service.clock.advance(seconds=1)
        self.desk.world.now += TICK

    def _time(self, _: Walked, dice: Random) -> None:
        self.desk.pass_time(dice.choice([1, 9]))

    def _objection(self, one: Walked, _: st.DataObject) -> None:
        end = one.case.notice_end
        if one.case.stage is Stage.AT_NOTICE and end and self.desk.world.now < end:
            self.desk.objected(one)

    def _veto(self, one: Walked, _: st.DataObject) -> None:
        if one.case.stage not in FINAL:
            self.desk.found.flow.alleged(one.moving)

    def _suspended(self, _: Walked, dice: Random) -> None:
        self.desk.suspend(dice.choice(["", "评选暂停。"]))

    def _draft(self, _: Walked, dice: Random) -> None:
        if self.desk.world.phase is not Phase.OPEN or self.desk.world.suspended:
            return
        one = self.desk.draft(dice.choice([XIHU, LIANDU, UNIT]))
        self.walked.append(Walked(one, Case(levels(one), _bucket(one), level=levels(one)[0])))

    def _late(self, one: Walked, _: st.DataObject) -> None:
        self.desk.accept_late(one)

    def _phase(self, _: Walked, dice: Random) -> None:
        self.desk.world.phase = dice.choice([Phase.OPEN, Phase.EVALUATING, Phase.DETERMINING, Phase.ARCHIVED])
        self.desk.found.flow.change(stage=self.desk.world.phase)

    def _switch(self, _: Walked, dice: Random) -> None:
        self.desk.switch(on=dice.choice([True, False]))

    def _deadline(self, _: Walked, dice: Random) -> None:
        self.desk.deadline(dice.choice([PAST, AHEAD]))


def _one_of(dice: Random, cases: list[Walked]) -> Walked:
    """One of them by its place, which says more in a report than all that is known of it."""
    return dice.choice(cases)


def _world(_: Path) -> World:
    limits = {code: LIMITS.get(code, places) for code, places in PLACES.items()}
    start = datetime.fromisoformat("2026-07-01T00:00:00+00:00")
    return World(start, AHEAD, Counter(limits), PLACES, Counter(PLACES))


def _bucket(one: Any) -> str:
    return one.organising if one.organising.isdigit() else "PROVINCIAL_UNITS"


def _papers(case: Case, stage: Stage) -> None:
    """What the played campaign has left in the file of a case at this stage."""
    order = list(Stage)
    began = case.steps[0].at if case.steps else datetime.fromisoformat("2026-07-01T00:00:00+00:00")
    case.declared = case.written = stage is not Stage.DRAFT
    judged = case.levels if stage is not Stage.SUBMITTED else case.levels[: case.levels.index(case.level)]
    if stage is not Stage.DRAFT:
        case.reviews = dict.fromkeys(judged, began)
        case.heard = bool(judged)
    if stage is Stage.RETURNED or order.index(stage) >= order.index(Stage.RECOMMENDED):
        case.form_by, case.seals = "city", set(case.levels)
    scored = order.index(stage) >= order.index(Stage.UNDER_EVALUATION) and stage not in FINAL
    case.sheets = 3 if scored else 0


def _claims_again(case: Case, attempt: Attempt) -> bool:
    last = case.last
    undone = attempt.action is Action.UNDO and last is not None and last.action is Action.RETURN
    return undone and last is not None and last.source is Stage.CLEARED
