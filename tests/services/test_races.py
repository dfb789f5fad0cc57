"""Two at the same instant, on both databases: one is carried out, the other is told, and nothing is there twice.

The last claim, the last award place and the naive claim that oversells have files of their own (test_last_claim.py,
test_decision_race.py, test_claim_race.py).
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from app.db.tables.decisions import Meeting
from app.db.tables.evaluation import ScoreSheet
from app.db.tables.nominations import Nomination, NominationStep, ServiceWindow
from app.db.tables.supervision import NoticeItem, PublicNotice
from app.db.tables.system import AuditEvent
from app.domain.nomination import Action, Stage
from app.domain.score_sheet import SheetStage
from app.services import invariants
from tests.decision_cases import YES, decisions
from tests.evaluation_cases import under_evaluation
from tests.plugins.service import Service
from tests.push_cases import pushing
from tests.supervision_cases import case

Call = Callable[[], Any]


def together(*calls: Call) -> list[tuple[int, str]]:
    """Let them all start at once; status and code of each answer, in their order."""
    start = threading.Barrier(len(calls))

    def made(call: Call) -> tuple[int, str]:
        start.wait(30)
        answer = call()
        return answer.status_code, str(answer.json().get("code", "")) if answer.status_code >= 400 else ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(made, calls))


def counted(service: Service, table: type[Any], *conditions: Any) -> int:
    with Session(service.plant.engine) as session:
        return session.exec(select(func.count()).select_from(table).where(*conditions)).one()


def holds(service: Service, *numbers: str) -> None:
    with service.system() as ctx:
        assert invariants.broken(ctx, [one for one in invariants.ALL if one.number in numbers]) == []


@pytest.mark.rule("E-25", "I-06", "I-18")
def test_two_first_pushes_of_one_external_id_make_one_case(service: Service) -> None:
    """The first one creates; the second says the same, and finds it there."""
    p = pushing(service)
    body = p.whole()

    answers = together(*[lambda: p.push(body)] * 2)

    assert sorted(answers) == [(200, ""), (201, "")]
    assert counted(service, Nomination) == counted(service, ServiceWindow) == 1
    assert counted(service, AuditEvent, col(AuditEvent.action) == "nomination.drafted") == 1
    holds(service, "I-06", "I-18", "V-04", "V-12")
    again = p.push(body)
    assert (again.status_code, again.json()["id"]) == (200, p.shown()["id"])


@pytest.mark.rule("E-25", "I-06")
def test_many_pushes_of_one_case_at_once_wait_for_one_another_and_never_in_a_circle(service: Service) -> None:
    """Some make it, some find it made under their hands; the highest number of the source wins."""
    p = pushing(service)
    bodies = [p.body(seq, write_up={"text": f"第{seq}稿"}) for seq in range(1, 13)]

    answers = together(*[lambda body=body: p.push(body) for body in bodies])

    assert {(status, code) for status, code in answers} <= {(200, ""), (201, ""), (409, "SOURCE_SEQ_STALE")}
    assert answers.count((201, "")) == 1
    assert p.shown()["source_seq"] == 12
    assert counted(service, Nomination) == counted(service, ServiceWindow) == 1
    holds(service, "I-06", "I-18", "V-04", "V-12")


def test_two_first_pushes_of_one_window_under_two_keys_make_one_case(service: Service) -> None:
    p = pushing(service)

    answers = together(*[lambda key=key: p.push(p.body(), key) for key in ("TJ-1", "TJ-2")])

    assert sorted(answers) == [(201, ""), (409, "DUPLICATE_NOMINATION")]
    assert counted(service, Nomination) == counted(service, ServiceWindow) == 1


def test_one_key_pushed_for_two_windows_at_once_keeps_the_first_and_no_other_window(service: Service) -> None:
    p = pushing(service)
    windows = [p.window(external_id=f"CK-{n}", name=f"劳动保障窗口{n}") for n in range(2)]

    answers = together(*[lambda window=window: p.push(p.body(window=window)) for window in windows])

    assert sorted(status for status, _ in answers) == [201, 409]
    assert {code for _, code in answers} - {""} <= {"SOURCE_WINDOW_FIXED", "DUPLICATE_NOMINATION"}
    assert counted(service, Nomination) == counted(service, ServiceWindow) == 1


@pytest.mark.rule("R-028", "I-07")
def test_two_publications_of_one_notice_put_its_cases_at_notice_once(service: Service) -> None:
    c = case(service)
    reviewed = c.move(c.approver, c.draft(), action="REVIEW").json()

    answers = together(*[lambda: c.move(c.approver, reviewed, action="PUBLISH")] * 2)

    assert sorted(status for status, _ in answers) in ([200, 409], [200, 412]), answers
    assert {code for _, code in answers} - {""} <= {"VERSION_CONFLICT", "TRANSITION_NOT_ALLOWED"}
    assert [c.stage(index) for index in range(2)] == [Stage.AT_NOTICE] * 2
    assert counted(service, PublicNotice) == 1
    assert counted(service, NoticeItem, col(NoticeItem.effective_nomination_id).is_not(None)) == 2
    assert counted(service, NominationStep, col(NominationStep.action) == Action.PUBLISH_NOTICE) == 2
    holds(service, "I-07", "I-18")


@pytest.mark.rule("I-13", "E-32", "D-10")
def test_two_confirmations_of_one_meeting_carry_it_out_once(service: Service) -> None:
    d = decisions(service)
    meeting = d.recorded("REVIEW", d.votes({0: YES, 1: YES}))
    confirming = d.second

    answers = together(*[lambda: d.move(confirming, meeting, "CONFIRM")] * 2)

    assert sorted(status for status, _ in answers) in ([200, 409], [200, 412]), answers
    assert {code for _, code in answers} - {""} <= {"VERSION_CONFLICT", "TRANSITION_NOT_ALLOWED"}
    assert d.stages()[:2] == [Stage.REVIEWED] * 2
    steps = col(NominationStep.action) == Action.RECORD_FIRST_DECISION
    assert counted(service, NominationStep, steps) == 2
    assert counted(service, Meeting, col(Meeting.confirmed_at).is_not(None)) == 1
    holds(service, "D-10", "E-33", "V-06")


@pytest.mark.rule("I-11", "E-25")
def test_a_sheet_submitted_twice_is_given_once(service: Service) -> None:
    """Two keys, two tabs: the second finds the scores given already."""
    ev, nomination = under_evaluation(service)
    assert ev.save(nomination, "一").status_code == 200
    sheet = ev.sheet(nomination, "一")
    url = f"/assignments/{sheet['assignment_id']}/submissions"
    reviewer = ev.person("一")

    answers = together(*[lambda: reviewer("POST", url, version=sheet["etag"])] * 2)

    assert {code for _, code in answers} - {""} <= {"SCORES_LOCKED", "VERSION_CONFLICT"}
    assert len([status for status, _ in answers if status < 300]) == 1
    given = (col(ScoreSheet.submitted_at).is_not(None), col(ScoreSheet.stage) == SheetStage.SUBMITTED)
    assert counted(service, ScoreSheet, *given) == 1
    assert counted(service, AuditEvent, col(AuditEvent.action) == "score_sheet.submitted") == 1
    holds(service, "I-11", "V-13")


@pytest.mark.rule("E-25")
def test_a_double_click_is_one_submission_and_both_see_its_answer(service: Service) -> None:
    """The same key: the second copy waits for the first one and gets the same answer (decisions 15)."""
    ev, nomination = under_evaluation(service)
    assert ev.save(nomination, "一").status_code == 200
    sheet = ev.sheet(nomination, "一")
    url = f"/assignments/{sheet['assignment_id']}/submissions"
    reviewer = ev.person("一")

    answers = together(*[lambda: reviewer("POST", url, version=sheet["etag"], key="double-click-1")] * 2)

    assert all(status < 300 or code == "IDEMPOTENCY_IN_PROGRESS" for status, code in answers), answers
    assert counted(service, AuditEvent, col(AuditEvent.action) == "score_sheet.submitted") == 1
