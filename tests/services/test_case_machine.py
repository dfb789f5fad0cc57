"""Cases walked at random through the API: what a button says is what the act does, and every invariant holds after it.

A rule-based machine takes steps with the people whose steps they are, in any order the generator likes. The button
(`actions` of the case, for that person) is the prediction: a step that is offered must be accepted, one that is not
must be refused with the first reason that was shown. How often each row of the stage table was taken is printed.
"""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlmodel import select

from app.db.tables.nominations import NominationStep
from app.domain.nomination import Action, Stage
from app.services import invariants
from tests.flow_cases import NINGBO, UNIT, XIHU, Flow, flow
from tests.flow_steps import POINTS, Moving
from tests.plugins.service import Caller, give_back, make

SPONSORS = (XIHU, NINGBO, UNIT)
TAKEN: Counter[tuple[Stage, Action, Stage]] = Counter()
REFUSED: Counter[str] = Counter()
BY_PEOPLE = (
    Action.SUBMIT,
    Action.ENDORSE,
    Action.CLEAR,
    Action.RETURN,
    Action.RESUBMIT,
    Action.REJECT,
    Action.RECOMMEND,
    Action.FILE,
    Action.ACCEPT,
    Action.RETURN_FOR_CORRECTION,
    Action.WITHDRAW,
    Action.UNDO,
)
# What is handed in with the act; a button cannot know it, so it is always whole here.
CHECKLIST = [{"text": "请写明办件量。", "part": "WRITE_UP"}]
template: Path


class Cases(RuleBasedStateMachine):
    """Three sponsors' cases, moved by anybody who might."""

    cases = Bundle("cases")

    @initialize(target=cases, sponsor=st.sampled_from(SPONSORS))
    def open(self, sponsor: str) -> Moving:
        self.folder = Path(tempfile.mkdtemp())
        database = shutil.copyfile(template, self.folder / "machine.db")
        self.service = make(f"sqlite:///{database}", self.folder, installed=True)
        self.flow: Flow = flow(self.service, claims=2)
        return self.a_new_one(sponsor, "CLEARED")

    def teardown(self) -> None:
        if hasattr(self, "service"):
            with self.service.system() as ctx:
                for step in ctx.session.exec(select(NominationStep)).all():
                    TAKEN[step.from_stage, step.action, step.to_stage] += 1
                assert invariants.broken(ctx, invariants.ALL) == []
            give_back(self.service)
            shutil.rmtree(self.folder, ignore_errors=True)

    @rule(
        target=cases,
        sponsor=st.sampled_from(SPONSORS),
        stage=st.sampled_from(["DRAFT", "SUBMITTED", "CLEARED"]),
    )
    def a_case(self, sponsor: str, stage: str) -> Moving:
        """A new case, some way up already so that short walks reach the later stages too."""
        return self.a_new_one(sponsor, stage)

    def a_new_one(self, sponsor: str, stage: str) -> Moving:
        one = self.flow.nomination(sponsor)
        one.declare()
        one.write()
        if stage != "DRAFT" and _may(one, one.filer, Action.SUBMIT):
            one.step(one.filer, "SUBMIT")
        if stage == "CLEARED":
            self._prepare(one)
            for level in list(one.departments)[:-1]:
                if _may(one, one.officer(level), Action.ENDORSE):
                    one.step(one.officer(level), "ENDORSE")
                    one.review(list(one.departments)[-1])
            if _may(one, one.approver, Action.CLEAR):
                one.step(one.approver, "CLEAR")
        return one

    @rule(
        one=cases,
        action=st.sampled_from(BY_PEOPLE),
        who=st.sampled_from(["filer", "level", "approver", "office"]),
    )
    def somebody_acts(self, one: Moving, action: Action, who: str) -> None:
        """A step by one of those who have to do with the case; the button is the prediction."""
        person = self._person(one, who)
        seen = person("GET", one.url)
        assume(seen.status_code == 200)
        shown = seen.json()
        offered = next((each for each in shown["actions"] if each["action"] == action), None)
        answer = one.act(person, action, **self._body(action, shown))
        if offered is not None and not offered["blockers"] and offered["permitted"]:
            assert answer.status_code == 200, (action, who, answer.json()["code"], shown["stage"])
        else:
            assert answer.status_code in (403, 409, 422), answer.text
            REFUSED[answer.json()["code"]] += 1
            if offered is not None:
                assert answer.json()["code"] in [each["code"] for each in offered["blockers"]]

    @rule(one=cases, who=st.sampled_from(["filer", "level", "approver", "office"]))
    def the_last_step_is_taken_back(self, one: Moving, who: str) -> None:
        self.somebody_acts(one, Action.UNDO, who)

    @rule(one=cases)
    def the_papers_are_added(self, one: Moving) -> None:
        self._prepare(one)

    @rule(one=cases)
    def a_notice_is_published(self, one: Moving) -> None:
        shown = one.shown()
        assume(shown["stage"] == Stage.CLEARED and not shown["holds"])
        self.flow.publish([one])

    @rule(one=cases)
    def a_veto_is_alleged(self, one: Moving) -> None:
        assume(Stage(one.stage) not in (Stage.DRAFT, Stage.RETURNED) and not Stage(one.stage).final)
        self.flow.alleged(one)

    @rule(days=st.sampled_from([1, 9]))
    def time_passes(self, days: int) -> None:
        self.service.clock.advance(days=days)

    def _prepare(self, one: Moving) -> None:
        """Whatever papers are still missing and may be added now; what is refused is left out."""
        if one.stage == Stage.DRAFT:
            one.declare()
        levels = list(one.departments)
        known = one.shown()["level"]
        heard = one.officer(levels[0])("GET", f"{one.url}/consultations").json()["items"]
        if not heard and one.stage == Stage.SUBMITTED:
            one.hear()
        if known in levels:
            given = one.officer(known)("GET", f"{one.url}/level-reviews/{known}")
            version = given.headers.get("etag", '"0"') if given.status_code == 200 else '"0"'
            one.review(known, version=version)
        one.fill(one.officer(levels[-1]))
        for level in levels:
            one.seal(level)

    def _person(self, one: Moving, who: str) -> Caller:
        known = one.shown()["level"]
        people = {"filer": one.filer, "approver": one.approver, "office": self.flow.office}
        return people.get(who) or one.officer(
            known if known in one.departments else next(iter(one.departments))
        )

    def _body(self, action: Action, shown: dict[str, Any]) -> dict[str, Any]:
        due = self.service.clock.now(None).date().replace(year=2027).isoformat()  # type: ignore[arg-type]  # it stands still
        bodies: dict[Action, dict[str, Any]] = {
            Action.RETURN: {"reason": "材料不完整。", "checklist": CHECKLIST},
            Action.RETURN_FOR_CORRECTION: {"reason": "用印不全。", "checklist": CHECKLIST, "due_on": due},
            Action.RESUBMIT: {
                "answers": [{"point": each["point"], "answer": "已补充。"} for each in shown["points"]]
            },
            Action.REJECT: {"reason": "示范作用不足。"},
            Action.WITHDRAW: {"reason": "窗口已撤销。", "request_document": "杭人社函〔2026〕12号"},
            Action.UNDO: {"reason": "误操作。"},
            Action.ACCEPT: {"checked": POINTS},
        }
        return bodies.get(action, {})


def _may(one: Moving, person: Caller, action: Action) -> bool:
    offered = [each for each in one.shown(person)["actions"] if each["action"] == action]
    return any(each["permitted"] and not each["blockers"] for each in offered)


@pytest.fixture
def walked(installed_sqlite: str) -> Iterator[None]:
    global template  # noqa: PLW0603  (Hypothesis makes the machine itself, without arguments)
    template = Path(installed_sqlite.removeprefix("sqlite:///"))
    yield
    lines = [
        f"  {source:<12} {action:<24} {target:<12} {count:>4}"
        for (source, action, target), count in sorted(TAKEN.items())
    ]
    sys.stdout.write("\n".join(["", "steps taken:", *lines, f"refused: {dict(REFUSED)}", ""]))


@pytest.mark.rule("I-01", "I-03", "I-06", "I-07", "I-09", "I-10", "I-13", "I-14", "I-18")
def test_what_a_button_says_is_what_the_act_does_and_every_invariant_holds(walked: None) -> None:
    run_state_machine_as_test(
        Cases,
        settings=settings(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    actions = {action for _, action, _ in TAKEN}
    assert {"SUBMIT", "ENDORSE", "CLEAR", "PUBLISH_NOTICE", "UNDO"} <= {one.value for one in actions}
    assert len(TAKEN) >= 8
    assert sum(TAKEN.values()) > 50
