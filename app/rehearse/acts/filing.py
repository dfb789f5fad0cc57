"""By the end of September: forms, seals, ranks, recommendation and filing; late only by exception (R-021, R-028, R-034 to R-036, E-18)."""

from datetime import date, timedelta

from app.rehearse import desk
from app.rehearse.acts import objections
from app.rehearse.acts.opening import plan
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import HOST, MATERIALS_DUE, UNIT_BUCKET, Case, Province

LATE_FILER = "331100"
AFTER_NOTICES = date(2026, 9, 28)


def play(province: Province) -> None:
    """All but the held case are filed in time, one city by a recorded exception, the held case after its release."""
    world = province.world
    world.at(max(AFTER_NOTICES, world.today))
    [thin] = [case for case in province.cases if case.plays == "thin"]
    _withdrawn(province, thin)
    objections.too_late(province, province.of("330700")[0])
    _amended(province)
    for city in [*province.cities(), HOST]:
        _ranked(province, city)
        for case in _live(province, city):
            _recommended(province, case)
    for case in [c for c in _all(province) if c.city != LATE_FILER]:
        _filed(province, case)
    _at_the_deadline(province)
    _checked(province)


def _all(province: Province) -> list[Case]:
    return [
        case for city in [*province.cities(), HOST] for case in _live(province, city) if case.plays != "held"
    ]


def _live(province: Province, city: str) -> list[Case]:
    return [case for case in province.of(city) if case.plays in ("straight", "held")]


def _withdrawn(province: Province, case: Case) -> None:
    """Too short, and silent on what makes it exemplary: it does not go on, and its unit takes it out (R-023, R-035)."""
    clerk, approver = province.clerk(case.sponsor), province.approver(case.city)
    for rule, code in (("R-023", "STATEMENT_MISSING"), ("R-035", "WRITEUP_LENGTH")):
        desk.refused(approver, rule, code, case, "RECOMMEND")
    desk.refused(clerk, "R-024", "NOT_YOUR_LEVEL", case, "WITHDRAW", reason="窗口调整。")
    desk.take(approver, case, "WITHDRAW", reason="窗口机构调整。")
    case.plays = "withdrawn"


def _amended(province: Province) -> None:
    """An allocation is amended by a decision only, and never below what a city has used (E-44)."""
    url, places = f"{province.url}/quota-plans", province.places
    less = plan(province, places | {"330100": places["330100"] - 3, "330200": places["330200"] + 3})
    for changes, code in (
        ({}, "DECISION_MISSING"),
        ({"decision_ref": "厅党组纪要〔2026〕7号"}, "QUOTA_BELOW_USED"),
    ):
        made = province.office.post(url, less | changes)
        province.second.step_refused("E-44", code, made, f"/quota-plans/{made['id']}", "CONFIRM")


def _ranked(province: Province, city: str) -> None:
    """The city puts its candidates in order; without an order nothing is recommended where they compete (R-021)."""
    approver, cases = province.approver(city), _live(province, city)
    bucket = UNIT_BUCKET if city == HOST else city
    url = f"{province.url}/buckets/{bucket}/ranking"
    order = {"nominations": [case.id for case in cases]}
    if city == "330100":
        first = next(case for case in cases if case.plays == "straight")
        desk.fill(province, first)
        desk.seal(province, first)
        desk.refused(approver, "R-021", "RANK_MISSING", first, "RECOMMEND")
        twice = {"nominations": [cases[0].id, cases[0].id]}
        approver.refused("R-021", "RANKING_INCOMPLETE", "PUT", url, twice, approver.get(url)["etag"])
    approver.put(url, order, approver.get(url)["etag"])
    province.forget()  # a rank is written on the case


def _recommended(province: Province, case: Case) -> None:
    if case.plays == "held":
        return
    approver = province.approver(case.city)
    if case.city != "330100" or case.number != 0:
        if case.number == 0:
            desk.refused(approver, "R-034", "FORM_INCOMPLETE", case, "RECOMMEND")
        desk.fill(province, case)
        if case.number == 0:
            desk.refused(approver, "R-040", "SEAL_MISSING", case, "RECOMMEND")
            _misnamed(province, case)
        desk.seal(province, case)
    desk.take(approver, case, "RECOMMEND")


def _misnamed(province: Province, case: Case) -> None:
    """A seal bears the name that the department has on that day (E-02, R-040)."""
    level, code = next(iter(desk.departments(province, case).items()))
    wrong = desk.stamp(province, code) | {"name_on_seal": "人事劳动局"}
    url = f"{case.url}/seals/{level.value}"
    province.officer(code).refused("E-02", "SEAL_NAME_MISMATCH", "PUT", url, wrong, '"0"')


def _filed(province: Province, case: Case) -> None:
    desk.take(province.approver(case.city), case, "FILE")


def _at_the_deadline(province: Province) -> None:
    """30 September 24:00 is the end; then only what the office has recorded as an exception, or released a hold of."""
    world, office = province.world, province.office
    world.at(MATERIALS_DUE, hour=23)
    late = _live(province, LATE_FILER)
    _filed(province, late[0])
    world.at(MATERIALS_DUE + timedelta(days=8))
    for case in late[1:]:
        desk.refused(province.approver(LATE_FILER), "R-036", "DEADLINE_PASSED", case, "FILE")
    grant = {
        "organization_id": world.org(LATE_FILER),
        "until_on": (MATERIALS_DUE + timedelta(days=10)).isoformat(),
        "reason": "台风致办公系统停运。",
        "document_no": "浙劳社办〔2026〕9号",
    }
    city = province.approver(LATE_FILER)
    city.refused("E-18", "PERMISSION_MISSING", "POST", f"{province.url}/late-acceptances", grant)
    office.post(f"{province.url}/late-acceptances", grant)
    for case in late[1:]:
        _filed(province, case)
    _released(province)


def _released(province: Province) -> None:
    """What an objection held at the deadline may follow within the days after its release (decisions 4)."""
    [case] = [c for c in province.cases if c.plays == "held"]
    approver = province.approver(case.city)
    desk.refused(approver, "I-09", "OBJECTION_OPEN", case, "RECOMMEND")
    objections.release(province, case)
    case.plays = "straight"
    _recommended(province, case)
    _filed(province, case)


def _checked(province: Province) -> None:
    """What the answers say: who is filed, who is late, how many claims are used."""
    listed = [desk.shown(province.office, case) for case in province.cases]
    stages = {
        stage: [one["stage"] for one in listed].count(stage) for stage in {one["stage"] for one in listed}
    }
    expected = {"FILED": len(province.cases) - 3, "REJECTED": 1, "VETOED": 1, "WITHDRAWN": 1}
    if stages != expected:
        raise RehearsalError(f"filing: {stages}, {expected} was expected")
    codes = [one["code"] for one in listed if one["stage"] == "FILED"]
    if "" in codes or len(set(codes)) != len(codes):
        raise RehearsalError("a filed case has no code of its own")
    ledger = province.world.ledger
    ledger.fact("filed", stages["FILED"])
    ledger.fact("filed late, by exception or release", sum(one["filed_late"] for one in listed))
