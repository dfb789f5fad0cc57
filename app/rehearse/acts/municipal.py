"""Beside the province: a city commends its own windows by rules of its own, and leaves a place unused (R-044, D-12, E-04, E-45)."""

from datetime import date
from decimal import Decimal

from app.rehearse import desk
from app.rehearse.acts import award, ministry
from app.rehearse.acts.course import Course
from app.rehearse.acts.opening import PAPERS
from app.rehearse.acts.windows import TYPES, described
from app.rehearse.chamber import AGAINST, FOR, LATER, by_places, case_of, party_group, steering_group, vote
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import Case, Province
from app.rehearse.world import Json

CITY, DISTRICT, SECOND_DISTRICT = "330300", "330302", "330303"
OWN_UNITS = "MUNICIPAL_UNITS"
UNITS = (DISTRICT, SECOND_DISTRICT, CITY)
HOMES = (
    "330200",
    "330400",
    "331100",
)  # from other cities: within its own, everybody is near to the city's own hall
ITEMS = {"M1.1": 20, "M1.2": 15, "M2.1": 15, "M2.2": 10, "M3.1": 12, "M3.2": 8, "M4.1": 20}
OPENS, NOTICED, FILED = date(2026, 11, 11), date(2026, 11, 13), date(2026, 11, 24)
CLOSES, REVIEWED, HOST_NOTICE = date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 3)
DETERMINED, CONFERRED = date(2026, 12, 15), date(2026, 12, 17)
CODE = "windows-wenzhou-2026"
DATES = {
    "award_period_start_year": 2024,
    "award_period_end_year": 2026,
    "planned_award_on": CONFERRED.isoformat(),
    "contacts_due_on": "2026-11-16",
    "materials_due_on": "2026-11-27",
}
PLACES = {DISTRICT: 2, SECOND_DISTRICT: 1, OWN_UNITS: 1}
REFERENCE = "温劳社〔2026〕9号"


def play(province: Province) -> None:
    """From its own approval to its own roll, with the windows the province knows already."""
    province.world.at(OPENS)
    course = opened(province)
    city = course.province
    _up_to_the_evaluation(province, course)
    course.assigned(REVIEWED)
    city.world.at(REVIEWED)
    course.scored()
    _reviewed(city)
    _at_the_host_notice(city)
    _determined(city)
    _conferred(city)


def opened(province: Province) -> Course:
    """Beside a higher campaign, by the city itself, on an approval; the host's notice is switched on in its rules."""
    city = Province(province.world, CITY, places=dict(PLACES), criteria=("M1", "M2", "M3", "M4"))
    course = Course(city, 2000, {code: Decimal(most) for code, most in ITEMS.items()}, HOMES)
    office = city.office
    body = {"code": CODE, "pack_code": "municipal-windows", "host_organization_id": city.world.org(CITY)}
    office.refused("R-044", "PARENT_CAMPAIGN_MISSING", "POST", "/campaigns", body)
    body["parent_campaign_id"] = province.campaign["id"]
    province.office.refused("R-044", "PERMISSION_MISSING", "POST", "/campaigns", body)
    course.created(body)
    rules = office.get(f"{city.url}/rules")["toml"]
    switched = {"toml": rules.replace("host_notice_for_all = false", "host_notice_for_all = true")}
    office.put(f"{city.url}/rules", switched, city.refresh()["etag"])
    basis, approval, decision = (
        dict(zip(("kind", "title", "document_no", "issuer"), paper, strict=True))
        | {"issued_on": "2026-10-20"}
        for paper in PAPERS
    )
    for paper in (basis, decision):
        office.post(f"{city.url}/documents", paper)
    office.patch(city.url, DATES, city.refresh()["etag"])
    office.step_refused("D-12", "APPROVAL_BASIS_MISSING", city.refresh(), city.url, "RECORD_DECISION")
    course.configured([approval], DATES, _plan(city))
    return course


def _plan(city: Province) -> Json:
    """Four places; the first district may put forward one more than it has."""
    named = {OWN_UNITS: "市级窗口单位"}
    return {
        "provincial_total": sum(PLACES.values()),
        "ministry_total": 0,
        "ministry_pool": 0,
        "source_note": "市领导小组办公室通知（排演用数字）",
        "buckets": [
            {
                "code": code,
                "name": named.get(code) or city.world.place(code).name,
                "provincial_places": places,
                "nomination_limit": places + 1,
                "ministry_fixed": 0,
            }
            for code, places in PLACES.items()
        ],
    }


def put_forward(province: Province, course: Course) -> None:
    """The windows are those registered for the province; a district adds two that were never put forward."""
    city = course.province
    known = {case.sponsor: case.window for case in reversed(province.of(CITY))}
    for number, sponsor in enumerate((DISTRICT, DISTRICT, DISTRICT, SECOND_DISTRICT, CITY)):
        case = Case(sponsor, sponsor, 30 + number)
        case.window = known.pop(sponsor, {}) or described(city, case, TYPES[number])
        city.cases.append(case)
        course.put_forward(case)
        course.cleared(case)


def _up_to_the_evaluation(province: Province, course: Course) -> None:
    """Noticed by each unit, filed, accepted."""
    city = course.province
    put_forward(province, course)
    city.world.at(NOTICED)
    for code in UNITS:
        course.noticed(code)
    city.world.at(FILED)
    for code in UNITS:
        course.filed(code, code if code != CITY else OWN_UNITS)
    city.world.at(CLOSES)
    course.accepted()


def _reviewed(city: Province) -> None:
    """All are reviewed; the province's office does not keep the city's record (R-044, R-048)."""
    body = steering_group(city)
    everybody = [vote(item["nomination_id"]) for group in body.agenda("FIRST") for item in group["items"]]
    meeting = body.step(body.draft("REVIEW", everybody, 1), "RECORD")
    province = Province(city.world).office
    province.step_refused("R-044", "PERMISSION_MISSING", meeting, f"/meetings/{meeting['id']}", "CONFIRM")
    body.step(meeting, "CONFIRM")


def _at_the_host_notice(city: Province) -> None:
    """Where the rules ask for it, the second body waits for the host's own notice (R-032, D-05, G-07)."""
    body, office = party_group(city), city.office
    city.world.at(HOST_NOTICE)
    first = [vote(body.agenda("SECOND")[0]["items"][0]["nomination_id"])]
    _not_confirmed(city, "NOTICE_NOT_PUBLISHED", first)
    notice = office.post(f"{city.url}/notices", ministry.notice_text(city.cases))
    for action in ("REVIEW", "PUBLISH"):
        notice = city.second.step(notice, f"/notices/{notice['id']}", action)
    _not_confirmed(city, "NOTICE_STILL_RUNNING", first)


def _not_confirmed(city: Province, code: str, items: list[Json]) -> None:
    body = party_group(city)
    meeting = body.step(body.draft("DETERMINATION", items, 98), "RECORD")
    body.refused("R-032", code, meeting, "CONFIRM")
    body.step(meeting, "CANCEL", reason="公示尚未期满。")


def _determined(city: Province) -> None:
    """One withdraws after its approval: its place is gone, and the next in rank does not move up by itself (E-04, R-021)."""
    city.world.at(DETERMINED)
    body = party_group(city)
    groups = body.agenda("SECOND")
    items = by_places(groups, lambda group, place: FOR if place < group["places"] else LATER)
    body.decide("DETERMINATION", items, 1)
    best, waiting = (_of_district(groups, place) for place in (0, 2))
    withdrawn = case_of(city, best)
    withdrawn.version = ""
    desk.refused(
        city.office, "E-04", "WITHDRAWAL_REQUEST_MISSING", withdrawn, "WITHDRAW", reason="机构撤并。"
    )
    desk.take(
        city.office, withdrawn, "WITHDRAW", reason="机构撤并。", request_document="温鹿劳社函〔2026〕3号"
    )
    body.not_recorded("E-04", "QUOTA_EXHAUSTED", "DETERMINATION", [vote(waiting, reason="递补。")])
    body.decide("DETERMINATION", [vote(waiting, AGAINST)], 2)
    url = f"{city.url}/ministry-recommendations"
    city.office.refused("E-45", "MINISTRY_TRACK_OFF", "POST", url, {"nomination_id": _of_district(groups, 1)})


def _of_district(groups: list[Json], place: int) -> str:
    [group] = [one for one in groups if one["group"] == DISTRICT]
    return str(group["items"][place]["nomination_id"])


def _conferred(city: Province) -> None:
    """Three certificates by a numbered document; the fourth place stays what it became (E-13)."""
    city.world.at(CONFERRED)
    city.step("FINISH")
    city.office.post(f"{city.url}/conferrals", {"document_no": REFERENCE})
    city.step("ARCHIVE")
    names = [one["certificate_no"] for one in award.roll(city)]
    usage = city.office.get(f"{city.url}/quota-usage")["buckets"]
    kinds = [kind for bucket in usage for kind in bucket["kinds"] if kind["kind"] == "PROVINCIAL"]
    used, unused = (sum(kind[name] for kind in kinds) for name in ("used", "forfeited"))
    if (len(names), used, unused) != (3, 3, 1):
        raise RehearsalError(f"R-044: {len(names)} on the city's roll, {used} places used, {unused} unused")
    city.world.ledger.fact("the city's own roll", f"{len(names)}, one place left unused")
