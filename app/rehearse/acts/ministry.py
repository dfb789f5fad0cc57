"""Late October: ten of the determined go on to the ministry, two of Hangzhou, two of Ningbo, six by one ranking (R-013 to R-015, R-031 to R-033)."""

from datetime import date, timedelta

from app.rehearse.chamber import AGAINST, FOR, by_places, case_of, keys, party_group, steering_group, vote
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import Case, Province
from app.rehearse.world import Json

CHOICE_DAY, VISIT_DAY, NOTICE_DAY = date(2026, 10, 26), date(2026, 10, 27), date(2026, 10, 28)
RECOMMENDATION_DAY = date(2026, 11, 6)
POOL = "MINISTRY_POOL"
OWN_PLACES = {"330100": 2, "330200": 2}
POOL_PLACES = 6
WEAK_CITY = "330100"  # its second candidate fails the assessment (E-16)


def candidates(province: Province) -> None:
    """The fixed places go to the best of each city, the pool to the best of all others by one decision (E-15)."""
    world, office = province.world, province.office
    world.at(CHOICE_DAY)
    body = steering_group(province)
    groups = body.agenda("FIRST", "MINISTRY")
    pool = keys(groups, POOL)
    url = f"{province.url}/ministry-recommendations"
    _not_proposed(province, pool[0])
    seven = [vote(key) for key in pool[: POOL_PLACES + 1]]
    body.not_recorded("R-015", "QUOTA_EXHAUSTED", "MINISTRY_CANDIDATES", seven)
    body.not_recorded("R-021", "ORDER_REASON_MISSING", "MINISTRY_CANDIDATES", [vote(pool[1])])
    [of_pool] = [group for group in groups if group["group"] == POOL]
    items = by_places([of_pool], lambda group, place: FOR if place < group["places"] else AGAINST)
    body.decide("MINISTRY_CANDIDATES", items, 3)
    for city, places in OWN_PLACES.items():
        own = keys(groups, city)
        office.refused("R-021", "ORDER_REASON_MISSING", "POST", url, {"nomination_id": own[1]})
        for key in own[:places]:
            office.post(url, {"nomination_id": key})
        office.refused("R-014", "POOL_NOT_ELIGIBLE", "POST", url, {"nomination_id": own[places]})
        office.refused("R-014", "MINISTRY_ALREADY_PROPOSED", "POST", url, {"nomination_id": own[0]})
    _are_ten(province)


def _not_proposed(province: Province, best: str) -> None:
    """Nobody is proposed who is not commended, and nobody of the pool without the body's choice (R-013, R-015)."""
    url, office = f"{province.url}/ministry-recommendations", province.office
    refused = next(
        c for c in province.cases if c.plays == "straight" and _stage(province, c) == "NOT_SELECTED"
    )
    office.refused("R-013", "NOT_PROVINCIALLY_DETERMINED", "POST", url, {"nomination_id": refused.id})
    office.refused("R-015", "DECISION_MISSING", "POST", url, {"nomination_id": best})
    city = province.approver("330200")
    city.refused("R-031", "PERMISSION_MISSING", "POST", url, {"nomination_id": province.of("330200")[0].id})


def _stage(province: Province, case: Case) -> str:
    return str(province.office.get(case.url)["stage"])


def listed(province: Province) -> list[Json]:
    """The recommendations that are on their way or have arrived."""
    found: list[Json] = province.office.get(f"{province.url}/ministry-recommendations")["items"]
    return [one for one in found if one["stage"] not in ("WITHDRAWN", "NOT_RECOMMENDED")]


def by_group(province: Province, found: list[Json]) -> dict[str, int]:
    """How many of Hangzhou, of Ningbo, and of all others together."""
    counted = dict.fromkeys([*OWN_PLACES, POOL], 0)
    for one in found:
        city = case_of(province, one["nomination_id"]).city
        counted[city if city in OWN_PLACES else POOL] += 1
    return counted


def _are_ten(province: Province) -> None:
    counted = by_group(province, listed(province))
    if counted != {**OWN_PLACES, POOL: POOL_PLACES}:
        raise RehearsalError(f"R-014, R-015: {counted} on the way to the ministry")


def assess(province: Province) -> None:
    """A team goes to each of them; one is not strong enough, and its place is reopened by decision, never silently (E-16)."""
    province.world.at(VISIT_DAY)
    found = listed(province)
    _not_assessed(province, found[0])
    weak = [one for one in found if case_of(province, one["nomination_id"]).city == WEAK_CITY][-1]
    for one in found:
        visited(province, one, "FAILED" if one is weak else "PASSED")
    _replaced(province, weak)
    _are_ten(province)


def _visit(province: Province, unit: str, result: str = "PASSED", **changes: str) -> Json:
    today = province.world.today.isoformat()
    return {
        "team": [{"name": "王文", "organization_id": province.world.org(unit)}],
        "assessed_on": today,
        "method": "实地考核、查阅台账、随机访谈",
        "findings": "服务规范，群众满意率高。" if result == "PASSED" else "事迹典型性不足。",
        "result": result,
    } | changes


def visited(province: Province, recommendation: Json, result: str = "PASSED") -> None:
    """The team of the department was there and says what it found."""
    province.office.step(
        recommendation,
        f"/ministry-recommendations/{recommendation['id']}",
        "ASSESS",
        **_visit(province, "ZJ", result),
    )


def _not_assessed(province: Province, one: Json) -> None:
    """Nobody assesses a window of his own city, nothing is assessed ahead, and no step is left out (R-031 to R-033)."""
    at, office = f"/ministry-recommendations/{one['id']}", province.office
    home = case_of(province, one["nomination_id"])
    office.step_refused("R-031", "RECUSAL", one, at, "ASSESS", **_visit(province, home.city))
    ahead = (province.world.today + timedelta(days=2)).isoformat()
    office.step_refused(
        "R-031", "DATE_IN_FUTURE", one, at, "ASSESS", **_visit(province, "ZJ", assessed_on=ahead)
    )
    office.step_refused(
        "R-033", "TRANSITION_NOT_ALLOWED", one, at, "REPORT", document_no="浙劳社〔2026〕88号"
    )
    text = notice_text([home])
    office.refused("R-032", "NOTICE_ITEM_NOT_READY", "POST", f"{province.url}/notices", text)


def _replaced(province: Province, weak: Json) -> None:
    """The place of one that failed stays unused until the second body reopens it for the city's next."""
    office, url = province.office, f"{province.url}/ministry-recommendations"
    third = keys(steering_group(province).agenda("FIRST", "MINISTRY"), WEAK_CITY)
    follows = {"nomination_id": next(key for key in third if key != weak["nomination_id"])}
    office.refused("E-16", "POOL_NOT_ELIGIBLE", "POST", url, follows)
    body = party_group(province)
    place = {"from_bucket": WEAK_CITY, "from_kind": "MINISTRY_FIXED", "to_kind": "MINISTRY_FIXED"}
    away = {**place, "to_bucket": "330200", **FOR}
    body.recorder.refused(
        "R-014",
        "PLACE_MOVE_INVALID",
        "POST",
        f"{province.url}/meetings",
        body.body("PLACE_REALLOCATION", [away], 98),
    )
    body.decide("PLACE_REALLOCATION", [{**place, "to_bucket": WEAK_CITY, **FOR}], 5)
    made = office.post(url, {**follows, "reason": "递补考核未通过的窗口。"})
    visited(province, made, "PASSED")


def notice_text(cases: list[Case]) -> Json:
    """The department's notice over those it recommends."""
    return {
        "title": "拟推荐全国优质服务窗口公示",
        "basis": "浙劳社〔2026〕61号",
        "body": "经考核，拟推荐下列窗口，现予公示。反映情况应当客观真实。",
        "channels": [{"channel": "WEBSITE", "detail": "省厅门户网站"}],
        "contact_office": "省厅监察室",
        "contact_phone": "0571-87050000",
        "items": [{"nomination_id": case.id, "merits": "一窗受理，群众满意率高。"} for case in cases],
    }


def publish(province: Province) -> None:
    """All ten are made public by the department, and the second body waits until it has run (R-032, R-033, E-11)."""
    world, office = province.world, province.office
    world.at(NOTICE_DAY)
    cases = [case_of(province, one["nomination_id"]) for one in listed(province)]
    notice = office.post(f"{province.url}/notices", notice_text(cases))
    at = f"/notices/{notice['id']}"
    office.step_refused("I-13", "SAME_PERSON", notice, at, "REVIEW")
    notice = province.second.step(notice, at, "REVIEW")
    beyond = {"last_day": "2027-01-08"}
    province.second.step_refused("E-11", "CALENDAR_YEAR_MISSING", notice, at, "PUBLISH", **beyond)
    notice = province.second.step(notice, at, "PUBLISH")
    body = party_group(province)
    early = body.draft("MINISTRY_RECOMMENDATION", [vote(cases[0].id)], 98)
    early = body.step(early, "RECORD")
    body.refused("R-032", "NOTICE_STILL_RUNNING", early, "CONFIRM")
    body.step(early, "CANCEL", reason="公示尚未期满。")
    public = world.anybody.get(f"/public/notices/{notice['id']}")
    if len(public["items"]) != len(cases):
        raise RehearsalError("R-032: the public notice does not list all recommended")
    world.at(RECOMMENDATION_DAY)
    body.decide("MINISTRY_RECOMMENDATION", [vote(case.id) for case in cases], 6)
