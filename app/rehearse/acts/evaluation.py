"""October: the office checks what was filed; reviewers without conflict score it; a ranking is frozen (R-018, R-021, I-11, I-12)."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from app.domain.access import Role
from app.rehearse import desk
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import HOST, Case, Province
from app.rehearse.sheets import points
from app.rehearse.world import Json, Player

CHECK_DAY, SCORE_DAY, DUE = date(2026, 10, 12), date(2026, 10, 14), date(2026, 10, 23)
POINTS = ["FORM", "WRITE_UP", "STATEMENT", "SEALS", "NOTICE", "PAPER_COPIES"]
CORRECTED = "330700"
BENCH = ("330100", "330200", "330300", "330400", "330500", "330600", "330700", "330900")
TIED_CITY = "330600"  # its last two score alike, and there is one place for them
WORST = 50
ITEMS = {
    f"C{c}.{i}": Decimal("2.5") if c == 2 else Decimal(4)
    for c in range(1, 6)
    for i in range(1, 9 if c == 2 else 6)
}
"""The 28 items of the notice with the most points of each."""


def check(province: Province) -> None:
    """The formal check with its checklist; one filing comes back for correction, within a date of its own."""
    world, office = province.world, province.office
    world.at(max(CHECK_DAY, world.today + timedelta(days=1)))
    province.step("CLOSE_FILING")
    office.step_refused("R-029", "FORMAL_CHECKS_OPEN", province.refresh(), province.url, "START_EVALUATION")
    for index, case in enumerate(filed(province)):
        if index == 0:
            _copies(province, case)
            desk.refused(office, "R-034", "FORMAL_CHECK_INCOMPLETE", case, "ACCEPT", checked=POINTS[:3])
            desk.refused(
                province.approver(case.city), "R-029", "PERMISSION_MISSING", case, "ACCEPT", checked=POINTS
            )
        if case.city == CORRECTED and case.number == 0:
            _corrected(province, case)
        desk.take(office, case, "ACCEPT", checked=POINTS)
    province.step("START_EVALUATION")


def _copies(province: Province, case: Case) -> None:
    """Five copies on paper are five copies (R-035, R-043)."""
    counted = {"received_on": province.world.today.isoformat(), "received_by": "周敏", "complete": True}
    url = f"{case.url}/receipts/PAPER_WRITEUP"
    province.office.refused("R-035", "COPIES_MISSING", "PUT", url, counted | {"copies": 4}, '"0"')
    province.office.put(url, counted | {"copies": 5}, '"0"')


def _corrected(province: Province, case: Case) -> None:
    points = [{"text": "负责人职务填写不全。", "part": "FORM"}]
    due = (province.world.today + timedelta(days=5)).isoformat()
    desk.take(
        province.office, case, "RETURN_FOR_CORRECTION", reason="表格填写不全。", checklist=points, due_on=due
    )
    desk.fill(province, case)
    answers = [{"point": 1, "answer": "已补充。"}]
    desk.take(province.officer(case.city), case, "RESUBMIT", answers=answers)


def filed(province: Province) -> list[Case]:
    """The cases that came to the host."""
    return [case for case in province.cases if case.plays == "straight"]


def assign(province: Province) -> None:
    """Reviewers declare, cases are distributed among those free of conflict, three to each (I-12, E-21, E-22)."""
    world, office = province.world, province.office
    world.at(SCORE_DAY)
    reviewers = {home: _registered(province, home) for home in BENCH}
    _conflicts(province, reviewers)
    run = {"due_on": DUE.isoformat(), "seed": "rehearsal", "per_case": 3}
    too_few = run | {"per_case": 2}
    office.refused("E-22", "REVIEWERS_BELOW_MINIMUM", "POST", f"{province.url}/assignment-runs", too_few)
    made = office.post(f"{province.url}/assignment-runs", run)
    opened = office.post(f"{province.url}/evaluation-openings", {})["items"]
    if len(opened) != len(filed(province)) or any(not one["done"] for one in opened):
        raise RehearsalError(f"E-22: {len(opened)} cases opened; the run said {made}")


def score(province: Province) -> None:
    """Sheets are filled in and locked; nothing is determined before there is a ranking (I-11, R-021)."""
    world, office = province.world, province.office
    seen: Counter[str] = Counter()
    sheets = [_scores(province, home, seen) for home in BENCH]
    office.refused("I-11", "SCORES_NOT_LOCKED", "POST", f"{province.url}/transitions", *_determine(province))
    office.post(f"{province.url}/score-locks", {})
    _locked(province, sheets[0])
    office.step_refused("R-021", "RANKING_MISSING", province.refresh(), province.url, "START_DETERMINATION")
    office.post(f"{province.url}/rankings")
    _corrected_score(province)
    ranking = office.post(f"{province.url}/rankings")
    again = office.get(f"/rankings/{ranking['id']}/verification")
    if not again["verified"]:
        raise RehearsalError(f"V-14: the ranking cannot be computed again: {again}")
    world.ledger.fact("ranked", len(filed(province)))
    province.step("START_DETERMINATION")


def _determine(province: Province) -> tuple[Json, str]:
    return {"action": "START_DETERMINATION"}, str(province.refresh()["etag"])


def player(province: Province, home: str) -> Player:
    """The reviewer from there."""
    return province.world.person(Role.REVIEWER, HOST, f"reviewer-{home}")


def _registered(province: Province, home: str) -> Json:
    scorer = player(province, home)
    body = {
        "person_id": scorer.id,
        "home_organization_id": province.world.org(home),
        "case_limit": 40,
    }
    reviewer = province.office.post(f"{province.url}/reviewers", body)
    said = {"nothing_to_declare": True, "signed_by": scorer.name}
    scorer.put(f"/reviewers/{reviewer['id']}/recusal-declaration", said, '"0"')
    return reviewer


def _conflicts(province: Province, reviewers: dict[str, Json]) -> None:
    """Nobody is given a case of their own city, and finds it nowhere (I-12, E-21)."""
    case = province.of("330300")[0]
    give = {
        "nomination_id": case.id,
        "reviewer_id": reviewers["330300"]["id"],
        "due_on": DUE.isoformat(),
        "reason": "熟悉业务",
    }
    province.office.refused("E-21", "RECUSAL", "POST", f"{province.url}/assignments", give)
    player(province, "330300").refused("I-12", "NOT_FOUND", "GET", case.url)


def _scores(province: Province, home: str, seen: Counter[str]) -> str:
    """All sheets of one reviewer, submitted; the address of the last. `seen` counts the sheets of each case."""
    scorer = player(province, home)
    mine = scorer.get("/assignments", campaign_id=province.campaign["id"], limit="200")["items"]
    tied = {case.id for case in province.of(TIED_CITY)[-2:]}
    order = {case.id: index for index, case in enumerate(province.cases)}
    url = ""
    for number, one in enumerate(mine):
        url = f"/assignments/{one['id']}"
        sheet = scorer.get(f"{url}/sheet")
        if home == BENCH[0] and number == 0:
            wrong = {"entries": {"C1.1": {"points": "4.5", "comment": ""}}}
            scorer.refused("R-018", "SCORE_RANGE", "PUT", f"{url}/sheet", wrong, sheet["etag"])
            odd = {"entries": {"C1.1": {"points": "3.7", "comment": ""}}}
            scorer.refused("R-018", "SCORE_STEP", "PUT", f"{url}/sheet", odd, sheet["etag"])
            scorer.refused("R-022", "CRITERIA_INCOMPLETE", "POST", f"{url}/submissions", None, sheet["etag"])
            player(province, BENCH[1]).refused("I-12", "NOT_FOUND", "GET", f"{url}/sheet")
        key = one["nomination_id"]
        entries = points(ITEMS, WORST if key in tied else order[key] * 17 % 47 + seen[key])
        seen[key] += 1
        sheet = scorer.put(f"{url}/sheet", {"entries": entries}, sheet["etag"])
        scorer.post(f"{url}/submissions", version=sheet["etag"])
    return f"{url}/sheet"


def _corrected_score(province: Province) -> None:
    """A slip in a locked sheet is put right by two persons; the ranking that knew the old points no longer counts (E-20)."""
    office, url = province.office, f"{filed(province)[0].url}/score-sheets"
    sheet = office.get(url)["items"][0]
    at = f"/score-sheets/{sheet['id']}/corrections"
    slip = {"reason": "录入时串行。", "entries": {"C5.5": {"points": "3.5", "comment": ""}}}
    asked = office.post(at, slip)
    office.refused("E-20", "CORRECTION_WAITING", "POST", at, slip)
    at = f"/score-corrections/{asked['id']}"
    office.step_refused("E-20", "SAME_PERSON", asked, at, "APPROVE")
    province.second.step(asked, at, "APPROVE")
    office.step_refused("E-20", "RANKING_MISSING", province.refresh(), province.url, "START_DETERMINATION")


def _locked(province: Province, url: str) -> None:
    """A locked sheet is read and never written again (I-11)."""
    scorer = player(province, BENCH[0])
    sheet = scorer.get(url)
    scorer.refused("I-11", "SCORING_CLOSED", "PUT", url, {"entries": points(ITEMS, 0)}, sheet["etag"])
