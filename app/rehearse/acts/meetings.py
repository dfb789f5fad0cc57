"""November: both bodies meet; their records are confirmed by a second person, and the thirty-fifth place is not there (R-011, R-029, R-030)."""

from datetime import date
from typing import Any

from app.rehearse import desk
from app.rehearse.acts.opening import PLACES
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import Case, Province
from app.rehearse.world import Json

FIRST, SECOND = date(2026, 11, 6), date(2026, 11, 10)
MEMBERS = {"should_attend": 9, "attended": 8}
YES = {"votes_for": 7, "votes_against": 1, "abstained": 0, "result": "APPROVED"}
NO = {"votes_for": 2, "votes_against": 6, "abstained": 0, "result": "REJECTED"}
WHY = "集体研究认为更具典型性和示范作用。"


def review(province: Province) -> None:
    """The steering group reviews: those within the places by score, and one more who will find no place."""
    world, office = province.world, province.office
    world.at(FIRST)
    agenda = office.get(f"{province.url}/agenda", turn="FIRST")["groups"]
    proposed = {item["nomination_id"]: item["proposed"] for group in agenda for item in group["items"]}
    extra = next(case for case in province.of("330100") if proposed.get(case.id) is False)
    items = [_item(one, yes=yes or one == extra.id, reason=WHY) for one, yes in proposed.items()]
    meeting = _drafted(province, "REVIEW", items, "指导小组纪要〔2026〕3号")
    at = f"/meetings/{meeting['id']}"
    wrong = _body("REVIEW", [items[0] | {"votes_for": 4, "votes_against": 4}], "纪要〔2026〕3号", FIRST)
    office.refused("E-33", "VOTE_ARITHMETIC", "POST", f"{province.url}/meetings", wrong)
    meeting = office.step(meeting, at, "RECORD")
    office.step_refused("D-10", "SAME_PERSON", meeting, at, "CONFIRM")
    province.second.step(meeting, at, "CONFIRM")
    extra.plays = "extra"


def determine(province: Province) -> None:
    """The party group determines thirty-four; a thirty-fifth is refused whole, and nothing of it is recorded."""
    world, recorder = province.world, province.office
    world.at(SECOND)
    reviewed = [case for case in province.cases if _stage(province, case) == "REVIEWED"]
    if len(reviewed) != sum(PLACES.values()) + 1:
        raise RehearsalError(f"R-029: {len(reviewed)} passed the first body")
    every = [_item(case.id, yes=True, reason=WHY) for case in reviewed]
    meeting = _drafted(province, "DETERMINATION", every, "厅党组纪要〔2026〕21号")
    at = f"/meetings/{meeting['id']}"
    meeting = recorder.step(meeting, at, "RECORD")
    province.second.step_refused("R-011", "QUOTA_EXHAUSTED", meeting, at, "CONFIRM")
    if any(_stage(province, case) != "REVIEWED" for case in reviewed):
        raise RehearsalError("E-32: a refused determination left something behind")
    meeting = recorder.step(recorder.get(at), at, "REVISE", reason="超出名额。")
    right = [_item(case.id, yes=case.plays != "extra", reason=WHY) for case in reviewed]
    body = _body("DETERMINATION", right, "厅党组纪要〔2026〕21号", SECOND)
    meeting = recorder.put(at, body, meeting["etag"])
    meeting = recorder.step(meeting, at, "RECORD")
    province.second.step(meeting, at, "CONFIRM")
    determined = [case for case in province.cases if _stage(province, case) == "DETERMINED"]
    if len(determined) != sum(PLACES.values()):
        raise RehearsalError(f"R-011: {len(determined)} were determined")
    world.ledger.fact("determined", len(determined))


def _stage(province: Province, case: Case) -> str:
    return str(desk.shown(province.office, case)["stage"])


def _item(nomination_id: str, *, yes: bool, reason: str) -> Json:
    return {"nomination_id": nomination_id, **(YES if yes else NO), "reason": reason}


def _drafted(province: Province, purpose: str, items: list[Json], minutes: str) -> Json:
    body = _body(purpose, items, minutes, province.world.today)
    return province.office.post(f"{province.url}/meetings", body)


def _body(purpose: str, items: list[Json], minutes: str, on: date) -> dict[str, Any]:
    return {"purpose": purpose, "held_on": on.isoformat(), "minutes_no": minutes, **MEMBERS, "items": items}
