"""Campaign, notice, objection, veto finding, meeting, recommendation: arrows typed by hand, every pair known or refused, every guard shown."""

from typing import Any

import pytest

from app.domain import nomination
from app.domain.access import PERMISSIONS
from app.domain.diagrams import transitions
from app.domain.errors import CATALOGUE
from tests.domain.cases import NOW
from tests.domain.machine_cases import PROOFS
from tests.domain.machine_proofs import Proof

ARROWS = {
    "campaign": """
        DRAFT RECORD_DECISION DECIDED
        DECIDED CONFIGURE CONFIGURED
        CONFIGURED OPEN OPEN
        OPEN CLOSE_FILING FILING_CLOSED
        FILING_CLOSED START_EVALUATION EVALUATING
        EVALUATING START_DETERMINATION DETERMINING
        DETERMINING FINISH AWARDED
        AWARDED ARCHIVE ARCHIVED
        OPEN SUSPEND OPEN
        FILING_CLOSED SUSPEND FILING_CLOSED
        EVALUATING SUSPEND EVALUATING
        DETERMINING SUSPEND DETERMINING
        OPEN RESUME OPEN
        FILING_CLOSED RESUME FILING_CLOSED
        EVALUATING RESUME EVALUATING
        DETERMINING RESUME DETERMINING
    """,
    "notice": """
        DRAFT REVIEW REVIEWED
        REVIEWED REVISE DRAFT
        REVIEWED PUBLISH PUBLISHED
        PUBLISHED EXTEND PUBLISHED
        PUBLISHED CORRECT SUPERSEDED
        PUBLISHED ERRATUM PUBLISHED
        PUBLISHED REMOVE_ITEM PUBLISHED
        PUBLISHED WITHDRAW WITHDRAWN
        DRAFT CANCEL CANCELLED
        REVIEWED CANCEL CANCELLED
        PUBLISHED CANCEL CANCELLED
        PUBLISHED CONCLUDE CONCLUDED
    """,
    "objection": """
        RECEIVED ASSIGN RECEIVED
        ACCEPTED ASSIGN ACCEPTED
        INVESTIGATING ASSIGN INVESTIGATING
        RECEIVED ACCEPT ACCEPTED
        RECEIVED DECLINE NOT_ACCEPTED
        ACCEPTED INVESTIGATE INVESTIGATING
        INVESTIGATING EXTEND INVESTIGATING
        INVESTIGATING CONCLUDE CONCLUDED
        CONCLUDED ACT ACTED
        NOT_ACCEPTED REPLY REPLIED
        CONCLUDED REPLY REPLIED
        ACTED REPLY REPLIED
        NOT_ACCEPTED CLOSE CLOSED
        CONCLUDED CLOSE CLOSED
        ACTED CLOSE CLOSED
        REPLIED CLOSE CLOSED
        CLOSED REOPEN RECEIVED
        CLOSED REOPEN INVESTIGATING
    """,
    "veto": """
        ALLEGED VERIFY UNDER_VERIFICATION
        UNDER_VERIFICATION CONFIRM CONFIRMED
        UNDER_VERIFICATION DISMISS DISMISSED
    """,
    "meeting": """
        DRAFT RECORD RECORDED
        RECORDED REVISE DRAFT
        RECORDED CONFIRM CONFIRMED
        CONFIRMED ANNOUNCE ANNOUNCED
        DRAFT CANCEL CANCELLED
        RECORDED CANCEL CANCELLED
    """,
    "ministry": """
        PROPOSED ASSESS ASSESSED
        PROPOSED ASSESS NOT_RECOMMENDED
        ASSESSED PUBLISH_NOTICE AT_NOTICE
        AT_NOTICE RECORD_DECISION MATERIALS
        AT_NOTICE RECORD_DECISION NOT_RECOMMENDED
        AT_NOTICE RECORD_DECISION AT_NOTICE
        MATERIALS REPORT REPORTED
        REPORTED RECORD_RESULT COMMENDED
        REPORTED RECORD_RESULT NOT_COMMENDED
        PROPOSED REJECT NOT_RECOMMENDED
        ASSESSED REJECT NOT_RECOMMENDED
        AT_NOTICE REJECT NOT_RECOMMENDED
        MATERIALS REJECT NOT_RECOMMENDED
        PROPOSED WITHDRAW WITHDRAWN
        ASSESSED WITHDRAW WITHDRAWN
        AT_NOTICE WITHDRAW WITHDRAWN
        MATERIALS WITHDRAW WITHDRAWN
        REPORTED WITHDRAW WITHDRAWN
        ASSESSED UNDO PROPOSED
        AT_NOTICE UNDO ASSESSED
        MATERIALS UNDO AT_NOTICE
    """,
}


def pairs(proof: Proof) -> list[tuple[Any, Any]]:
    return [(source, step.action) for step in proof.machine.steps for source in step.sources]


def codes_of(proof: Proof, stage: Any, action: Any) -> list[str]:
    step = proof.machine.find(stage, action)
    assert step is not None
    return sorted({code for guard in (*step.guards, *step.asks) for code in guard.codes})


KNOWN = [(proof, *pair) for proof in PROOFS for pair in pairs(proof)]
ALL = [
    (proof, stage, action)
    for proof in PROOFS
    for stage in proof.machine.stages
    for action in proof.machine.actions
]


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.machine.name)
def test_the_arrows_are_those_typed_by_hand(proof: Proof) -> None:
    typed = {tuple(line.split()) for line in ARROWS[proof.machine.name].strip().splitlines()}
    coded = {
        (source.value, step.action.value, target.value)
        for step in proof.machine.steps
        for source, target in transitions(step)
    }
    assert coded == typed
    assert len({(stage, action) for stage, action in pairs(proof)}) == len(pairs(proof))


@pytest.mark.parametrize(("proof", "stage", "action"), [one for one in ALL if one not in KNOWN])
def test_a_pair_that_is_not_in_the_table_is_refused(proof: Proof, stage: Any, action: Any) -> None:
    [reason] = proof.machine.verdict(proof.ready(stage, action), action, NOW)
    assert reason.code == "TRANSITION_NOT_ALLOWED"
    assert reason.params["allowed"] == tuple(step.action.value for step in proof.machine.steps_from(stage))
    assert "{" not in reason.sentence("zh") + reason.sentence("en")


@pytest.mark.parametrize(("proof", "stage", "action"), KNOWN)
def test_when_everything_holds_the_step_goes(proof: Proof, stage: Any, action: Any) -> None:
    facts = proof.ready(stage, action)
    assert proof.machine.verdict(facts, action, proof.clock(action)) == []
    step = proof.machine.find(stage, action)
    assert step is not None
    assert (stage, step.target(facts)) in set(transitions(step))


@pytest.mark.rule(
    "R-002",
    "R-003",
    "R-004",
    "R-012",
    "R-017",
    "R-031",
    "R-032",
    "R-033",
    "R-037",
    "R-039",
    "R-040",
    "R-041",
    "R-043",
    "R-046",
    "E-05",
    "E-06",
    "E-34",
    "I-08",
    "I-13",
    "D7",
)
@pytest.mark.parametrize(
    ("proof", "stage", "action", "code"),
    [
        (proof, stage, action, code)
        for proof, stage, action in KNOWN
        for code in codes_of(proof, stage, action)
        if (stage.value, action.value, code) not in proof.cannot
    ],
)
def test_each_guard_alone_refuses_with_its_code(proof: Proof, stage: Any, action: Any, code: str) -> None:
    broken = proof.broken[code](proof.ready(stage, action))
    [reason] = proof.machine.verdict(broken, action, proof.clock(action))
    assert reason.code == code
    for sentence in (reason.sentence("zh"), reason.sentence("en")):
        assert "—" not in sentence
        assert "{" not in sentence


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.machine.name)
def test_every_code_is_in_the_catalogue_and_provoked(proof: Proof) -> None:
    named = {code for stage, action in pairs(proof) for code in codes_of(proof, stage, action)}
    assert named - set(CATALOGUE) == set()
    assert named == set(proof.broken)


def test_every_permission_asked_for_is_granted_to_somebody() -> None:
    granted = frozenset().union(*PERMISSIONS.values())
    asked = {*nomination.PERMISSIONS, *(p for proof in PROOFS for p in proof.machine.permissions)}
    assert asked - granted == set()


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.machine.name)
def test_available_lists_the_stages_actions_with_their_reasons(proof: Proof) -> None:
    stage = proof.machine.initial
    facts = proof.ready(stage, None)
    everything = frozenset(proof.machine.permissions)
    actions = [step.action for step in proof.machine.steps_from(stage)]
    assert [state.action for state in proof.machine.available(facts, everything, NOW)] == actions
    barred = proof.machine.available(facts, frozenset(), NOW)
    assert [(s.permitted, [r.code for r in s.reasons]) for s in barred] == [
        (False, ["PERMISSION_MISSING"]) for _ in actions
    ]
