"""The folder of a case: all papers at a constant price, and the doors of one's own level alone."""

from typing import Any

import pytest

from app.domain.errors import Refusal
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.services import case_folder
from app.services.case_folder import CaseFolder
from tests.paper_cases import XIHU, Paper, hearing, opinion, paper, receipt, reply, seal
from tests.plugins.service import Caller, Service
from tests.storage import files


def folder(made: Paper, caller: Caller) -> CaseFolder:
    with made.service.acting(caller) as ctx:
        return case_folder.shown(ctx, made.nomination_id)


def openings(made: Paper, caller: Caller) -> list[tuple[str, str, list[str]]]:
    found = folder(made, caller).openings
    return [(one.paper.value, one.level.value, [r.code for r in one.reasons]) for one in found]


def filled(made: Paper) -> None:
    """One paper of every kind."""
    name = made.service.organization(XIHU).name
    calls: list[tuple[Caller, str, str, dict[str, Any]]] = [
        (made.county, "POST", "consultations", hearing()),
        (made.county, "PUT", "level-reviews/COUNTY", opinion()),
        (made.city, "PUT", "department-consultations/PERSONNEL", reply()),
        (made.county, "PUT", "seals/COUNTY", seal(name)),
        (made.office, "PUT", "receipts/PAPER_WRITEUP", receipt()),
    ]
    for caller, method, path, body in calls:
        answer = caller(method, f"{made.url}/{path}", json=body, version=0)
        assert answer.status_code in (200, 201), answer.text
    scan = {"file": ("盖章页.pdf", files.PDF)}
    sent = made.county("POST", f"{made.url}/materials", files=scan, data={"kind": "SCAN"})
    assert sent.status_code == 201, sent.text


def test_it_holds_every_paper_at_the_price_of_an_empty_one(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    for caller in (made.county, made.city, made.office):
        folder(made, caller)
    with sqlite_service.statements() as before:
        folder(made, made.county)
    filled(made)
    with sqlite_service.statements() as after:
        found = folder(made, made.county)

    assert len(after) == len(before)
    review, sealed = found.review(Level.COUNTY), found.seal(Level.COUNTY)
    assert (len(found.consultations), review and review.signer, sealed and sealed.signer) == (
        1,
        "李强",
        "李强",
    )
    assert [(one.department.code, one.reply is not None) for one in found.replies] == [
        ("DISCIPLINE_INSPECTION", False),
        ("PERSONNEL", True),
        ("PETITIONS_OFFICE", False),
        ("PUBLIC_SECURITY", False),
    ]
    assert [(one.kind.value, one.needed, one.receipt is not None) for one in found.receipts] == [
        ("PAPER_WRITEUP", 5, True),
        ("PAPER_FORM", 1, False),
        ("MINISTRY_WRITEUP", 5, False),
        ("DISC", 2, False),
    ]
    assert [one.file_name for one in found.current_materials] == ["盖章页.pdf"]


@pytest.mark.rule("R-025")
def test_everybody_is_shown_the_doors_of_his_own_level_and_why_one_is_closed(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    assert openings(made, made.county) == [
        ("CONSULTATION", "COUNTY", []),
        ("LEVEL_REVIEW", "COUNTY", []),
        ("SEAL", "COUNTY", []),
    ]
    assert openings(made, made.city) == [
        ("LEVEL_REVIEW", "MUNICIPAL", ["CASE_ELSEWHERE"]),
        ("DEPARTMENT_REPLY", "MUNICIPAL", []),
        ("SEAL", "MUNICIPAL", ["CASE_ELSEWHERE"]),
    ]
    assert openings(made, made.office) == [("RECEIPT", "PROVINCIAL", [])]
    made.put(stage=Stage.DETERMINED, level=Level.PROVINCIAL)
    assert [one for one in openings(made, made.office) if not one[2]] == [
        ("SEAL", "PROVINCIAL", []),
        ("RECEIPT", "PROVINCIAL", []),
    ]


@pytest.mark.rule("R-048")
def test_the_county_beside_has_no_folder_to_open(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    filled(made)

    with pytest.raises(Refusal) as refusal:
        folder(made, made.sibling)

    assert refusal.value.code == "NOT_FOUND"
    assert len(folder(made, made.county).consultations) == 1
