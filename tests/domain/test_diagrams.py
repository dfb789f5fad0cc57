"""The committed states.md is what the tables say, and every stage and action has a name in both languages."""

import re
from pathlib import Path

import pytest

from app.domain import campaign, meeting, ministry, nomination, notice, objection, veto
from app.domain.diagrams import AnyMachine, states_markdown
from app.domain.notice import Content, ItemOutcome, NoticeState
from app.domain.objection import ObjectionAct, ObjectionResult
from app.domain.words import WORDS, both, name_of

MACHINES: tuple[AnyMachine, ...] = (
    nomination.MACHINE,
    campaign.MACHINE,
    notice.MACHINE,
    objection.MACHINE,
    veto.MACHINE,
    meeting.MACHINE,
    ministry.MACHINE,
)
COMMITTED = Path(__file__).resolve().parents[2] / "openapi" / "states.md"


def test_the_committed_document_is_the_generated_one() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == states_markdown()


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_stage_and_action_has_a_name_in_both_languages(machine: AnyMachine) -> None:
    assert set(WORDS[f"{machine.name}_stage"]) == {stage.value for stage in machine.stages}
    assert set(WORDS[f"{machine.name}_action"]) == {action.value for action in machine.actions}


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        ("notice_state", NoticeState),
        ("notice_outcome", ItemOutcome),
        ("notice_content", Content),
        ("objection_result", ObjectionResult),
        ("objection_act", ObjectionAct),
    ],
)
def test_the_derived_words_have_names_too(kind: str, members: type[NoticeState]) -> None:
    assert set(WORDS[kind]) == {member.value for member in members}


def test_names_are_chinese_in_chinese_and_english_in_english() -> None:
    for kind, rows in WORDS.items():
        for code, (zh, en) in rows.items():
            assert re.search(r"[\u4e00-\u9fff]", zh), (kind, code)
            assert not re.search(r"[\u4e00-\u9fff]", en), (kind, code)


def test_a_name_is_told_in_the_language_asked_for() -> None:
    assert name_of("notice_state", NoticeState.RUNNING, "zh") == "公示中"
    assert name_of("notice_state", NoticeState.RUNNING, "en") == "Running"
    assert both("needed", "notice_state") == {"needed_zh": "—", "needed_en": "—"}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_arrow_is_drawn_once_or_told_in_words(machine: AnyMachine) -> None:
    section = states_markdown().split("## ")[1 + MACHINES.index(machine)]
    drawn = re.findall(r"^    (\w+) --> (\w+): (\w+)$", section, re.MULTILINE)
    assert len(drawn) == len(set(drawn))
    told = set(re.findall(r"Not drawn: `(\w+)` from", section))
    pairs = {(source.value, step.action.value) for step in machine.steps for source in step.sources}
    assert {(s, a) for s, _, a in drawn} | {(s, a) for s, a in pairs if a in told} == pairs
    assert told == ({"WITHDRAW", "VETO", "UNDO"} if machine is nomination.MACHINE else set())


def test_the_document_names_no_working_paper() -> None:
    text = states_markdown()
    assert "decisions" not in text
    assert "domain.md" not in text
    assert "R-028" in text
