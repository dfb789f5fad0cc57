"""The code's stage table against the one typed by hand from the decisions, in both directions."""

import tomllib
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from app.domain import nomination
from app.domain.eligibility import CODES as ELIGIBILITY
from app.domain.errors import CATALOGUE, Reason
from app.domain.levels import Level
from app.domain.nomination import Action, DecisionResult, Facts, Place, Stage
from tests.domain.cases import BROKEN, NOW, case, ready, returned_by_the_office

TABLE: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "stage_table.toml").read_text(encoding="utf-8")
)["step"]
HOLD = ("CAMPAIGN_SUSPENDED", "OBJECTION_OPEN", "VETO_HELD", "VETO_CONFIRMED")
WRITTEN = {(source, row["action"]): row for row in TABLE for source in row["from"]}
PAIRS = [(Stage(source), Action(action)) for source, action in WRITTEN]
OF_A_FILED_CASE = {"WITHDRAWAL_REQUEST_MISSING"}


def refusals(row: dict[str, Any]) -> set[str]:
    return {*row["refuses"], row["campaign"], *(HOLD if row["hold"] else ())} - {""}


def codes(facts: Facts, action: Action) -> list[str]:
    return [reason.code for reason in nomination.verdict(facts, action, NOW)]


def test_the_table_and_the_code_know_the_same_steps() -> None:
    coded = {(stage, step.action) for stage in Stage for step in nomination.steps_from(stage)}
    assert coded == set(PAIRS)
    assert len(nomination.STEPS) == len(TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["action"])
def test_each_row_is_the_one_typed_by_hand(row: dict[str, Any]) -> None:
    step = nomination.find(Stage(row["from"][0]), Action(row["action"]))
    assert step is not None
    assert [s.value for s in step.sources] == row["from"]
    assert [s.value for s in step.targets] == row["to"]
    assert step.permission == row["permission"]
    assert {code for guard in (*step.guards, *step.asks) for code in guard.codes} == refusals(row)


@pytest.mark.rule("R-025")
@pytest.mark.parametrize(("stage", "action"), list(product(Stage, Action)))
def test_every_pair_is_in_the_table_or_refused(stage: Stage, action: Action) -> None:
    if (stage, action) in PAIRS:
        assert nomination.find(stage, action) is not None
        return
    assert nomination.find(stage, action) is None
    [reason] = nomination.verdict(case(stage), action, NOW)
    assert reason.code == "TRANSITION_NOT_ALLOWED"
    assert reason.params["allowed"] == tuple(a.value for s, a in PAIRS if s is stage)
    with pytest.raises(LookupError):
        nomination.landing(case(stage), action)


def test_a_refusal_names_stage_action_and_what_is_possible_in_both_languages() -> None:
    [reason] = nomination.verdict(case(Stage.AT_NOTICE), Action.FILE, NOW)
    assert reason.sentence("zh") == (
        "当前状态为“公示中”，不能“报送”。此时可以：正式推荐、撤回推荐、一票否决、撤销上一步。"
    )
    assert reason.sentence("en") == (
        "In the state “At notice” the action “File” is not known. Possible here: Recommend, Withdraw, Veto, Undo."
    )
    [final] = nomination.verdict(case(Stage.VETOED), Action.UNDO, NOW)
    assert final.sentence("zh") == "当前状态为“一票否决”，不能“撤销上一步”。此时可以：—。"


@pytest.mark.parametrize(("stage", "action"), PAIRS)
def test_when_everything_holds_the_step_goes(stage: Stage, action: Action) -> None:
    facts = ready(stage, action)
    assert nomination.verdict(facts, action, NOW) == []
    row = WRITTEN[stage, action]
    assert nomination.landing(facts, action).stage.value in row["to"]
    assert nomination.landing(facts, action).level == _level(row["level"], facts)


@pytest.mark.rule("R-019", "R-022", "R-023", "R-027", "R-034", "R-040", "R-047", "I-09", "I-13", "I-14", "D9")
@pytest.mark.parametrize(
    ("stage", "action", "code"),
    [
        (stage, action, code)
        for stage, action in PAIRS
        for code in sorted(refusals(WRITTEN[stage, action]) - set(ELIGIBILITY))
        if code not in OF_A_FILED_CASE or case(stage).was_filed
    ],
)
def test_each_guard_alone_refuses_with_its_code(stage: Stage, action: Action, code: str) -> None:
    broken = BROKEN[code](ready(stage, action))
    [reason] = nomination.verdict(broken, action, NOW)
    assert reason.code == code
    for sentence in (reason.sentence("zh"), reason.sentence("en")):
        assert "—" not in sentence
        assert "{" not in sentence


@pytest.mark.parametrize("code", ELIGIBILITY)
def test_an_ineligible_window_is_not_submitted(code: str) -> None:
    facts = replace(case(Stage.DRAFT), eligibility_reasons=(Reason(code, "/window_type"),))
    assert nomination.verdict(facts, Action.SUBMIT, NOW) == [Reason(code, "/window_type")]


def test_all_reasons_are_given_at_once() -> None:
    facts = replace(
        case(Stage.AT_NOTICE),
        open_objections=("YY-0007", "YY-0008"),
        form_complete=False,
        writeup_chars=0,
        statement_present=False,
        rank=None,
        seals=None,
        notice_ends_at=None,
    )
    assert codes(facts, Action.RECOMMEND) == [
        "OBJECTION_OPEN",
        "NOTICE_NOT_PUBLISHED",
        "FORM_INCOMPLETE",
        "WRITEUP_LENGTH",
        "STATEMENT_MISSING",
        "RANK_MISSING",
        "SEAL_MISSING",
    ]


@pytest.mark.rule("R-019", "I-09")
@pytest.mark.parametrize(("stage", "action"), PAIRS)
def test_a_hold_stops_every_forward_step_and_no_step_back(stage: Stage, action: Action) -> None:
    held = replace(ready(stage, action), campaign_suspended=True, open_objections=("YY-0007",))
    back = {
        Action.RETURN,
        Action.RETURN_FOR_CORRECTION,
        Action.REJECT,
        Action.WITHDRAW,
        Action.VETO,
        Action.UNDO,
        Action.REVOKE,
    }
    expected = [] if action in back else ["CAMPAIGN_SUSPENDED", "OBJECTION_OPEN"]
    assert codes(held, action) == expected


@pytest.mark.parametrize(
    ("stage", "action", "result", "target"),
    [
        (Stage.EVALUATED, Action.RECORD_FIRST_DECISION, DecisionResult.APPROVED, Stage.REVIEWED),
        (Stage.EVALUATED, Action.RECORD_FIRST_DECISION, DecisionResult.REJECTED, Stage.NOT_SELECTED),
        (Stage.EVALUATED, Action.RECORD_FIRST_DECISION, DecisionResult.DEFERRED, Stage.EVALUATED),
        (Stage.REVIEWED, Action.RECORD_SECOND_DECISION, DecisionResult.APPROVED, Stage.DETERMINED),
        (Stage.REVIEWED, Action.RECORD_SECOND_DECISION, DecisionResult.REJECTED, Stage.NOT_SELECTED),
        (Stage.REVIEWED, Action.RECORD_SECOND_DECISION, DecisionResult.DEFERRED, Stage.REVIEWED),
        (Stage.AT_HOST_NOTICE, Action.RECORD_SECOND_DECISION, DecisionResult.APPROVED, Stage.DETERMINED),
        (Stage.AT_HOST_NOTICE, Action.RECORD_SECOND_DECISION, DecisionResult.DEFERRED, Stage.AT_HOST_NOTICE),
    ],
)
@pytest.mark.rule("E-31")
def test_a_decision_leads_on_out_or_nowhere(
    stage: Stage, action: Action, result: DecisionResult, target: Stage
) -> None:
    facts = replace(case(stage), decision_result=result)
    assert nomination.landing(facts, action) == Place(target, Level.PROVINCIAL)


def test_a_correction_goes_back_to_the_office_and_a_return_to_the_level_that_returned_it() -> None:
    assert nomination.landing(returned_by_the_office(), Action.RESUBMIT) == Place(
        Stage.FILED, Level.PROVINCIAL
    )
    returned = case(Stage.RETURNED)
    assert nomination.landing(returned, Action.RESUBMIT) == Place(Stage.SUBMITTED, Level.MUNICIPAL)


@pytest.mark.parametrize("previous", [stage for stage in Stage if not stage.final])
def test_an_undone_step_leads_to_the_stage_and_level_before(previous: Stage) -> None:
    facts = replace(case(Stage.SUBMITTED), previous_stage=previous, previous_level=Level.COUNTY)
    assert nomination.landing(facts, Action.UNDO) == Place(previous, Level.COUNTY)


def test_every_code_of_a_guard_is_in_the_catalogue() -> None:
    known = {
        code for step in nomination.STEPS for guard in (*step.guards, *step.asks) for code in guard.codes
    }
    assert known - set(CATALOGUE) == set()
    assert set(BROKEN) <= known


def test_the_permissions_are_listed() -> None:
    assert set(nomination.PERMISSIONS) == {row["permission"] for row in TABLE}


@pytest.mark.rule("E-07")
def test_the_final_stages_lead_nowhere_but_a_decision_not_to_select_may_be_annulled() -> None:
    ways = {stage: [step.action for step in nomination.steps_from(stage)] for stage in Stage if stage.final}
    assert ways.pop(Stage.NOT_SELECTED) == [Action.UNDO]
    assert {action for actions in ways.values() for action in actions} == set()
    assert all(nomination.steps_from(stage) for stage in Stage if not stage.final)


def _level(word: str, facts: Facts) -> Level | None:
    return {
        "own": facts.own_level,
        "next": Level.MUNICIPAL,
        "same": facts.level,
        "asked": Level.COUNTY,
        "returned": facts.returned_level,
        "organising": facts.organising_level,
        "host": facts.host_level,
        "previous": facts.previous_level,
    }[word]
