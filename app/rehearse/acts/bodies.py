"""October: the first body reviews, the second determines 34 and not one more (R-011, R-029, R-030, E-23, E-31 to E-33)."""

from datetime import date, timedelta

from app.rehearse import desk
from app.rehearse.acts.evaluation import TIED_CITY
from app.rehearse.chamber import (
    AGAINST,
    FOR,
    LATER,
    Chamber,
    by_places,
    case_of,
    keys,
    party_group,
    steering_group,
    vote,
)
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import Province
from app.rehearse.world import Json

REVIEW_DAY, DETERMINATION_DAY = date(2026, 10, 20), date(2026, 10, 22)
OVER = "330100"  # the first body passes one more of this city than it has places
DEFERRED_FIRST, DEFERRED_SECOND = "330200", "330500"
ANNULLED = "330700"
REASON = "集体研究，结合日常考核决定。"


def review(province: Province) -> None:
    """The first body goes through the ranked list; a tie is put in order, one case deferred and taken up later."""
    province.world.at(REVIEW_DAY)
    body = steering_group(province)
    _not_reviewed(province, body)
    _tie(body)
    groups = body.agenda("FIRST")
    later = keys(groups, DEFERRED_FIRST)[province.places[DEFERRED_FIRST] - 1]
    items = by_places(groups, lambda group, place: FOR if _passes(group, place) else AGAINST)
    meeting = body.draft(
        "REVIEW", [one | LATER if one["nomination_id"] == later else one for one in items], 1
    )
    meeting = body.step(meeting, "RECORD")
    province.office.step_refused("I-13", "SAME_PERSON", meeting, f"/meetings/{meeting['id']}", "CONFIRM")
    body.step(meeting, "CONFIRM")
    if desk.shown(province.office, case_of(province, later))["stage"] != "EVALUATED":
        raise RehearsalError("E-31: a deferred case does not stay where it was")
    province.office.step_refused("E-31", "ITEMS_UNDECIDED", province.refresh(), province.url, "FINISH")
    province.world.at(REVIEW_DAY + timedelta(days=1))
    body.decide("REVIEW", [vote(later)], 2)


def _passes(group: Json, place: int) -> bool:
    return bool(place < group["places"] + (group["group"] == OVER))


def _not_reviewed(province: Province, body: Chamber) -> None:
    """What a first body's record may not say (domain.md 6.4, R-021, R-029, E-33)."""
    first, second = keys(body.agenda("FIRST"), OVER)[:2]
    party = party_group(province)
    url = f"{province.url}/meetings"
    own = body.body("REVIEW", [vote(first)], 98)
    party.recorder.refused("R-029", "PERMISSION_MISSING", "POST", url, own)
    unreviewed = party.body("DETERMINATION", [vote(first)], 98)
    party.recorder.refused("R-030", "MEETING_ITEM_NOT_READY", "POST", url, unreviewed)
    twice = body.body("REVIEW", [vote(first), vote(first)], 98)
    province.office.refused("E-32", "MEETING_ITEM_TWICE", "POST", url, twice)
    half = {"votes_for": 4, "votes_against": 4, "result": "APPROVED"}
    body.not_recorded("E-33", "VOTE_ARITHMETIC", "REVIEW", [vote(first, half)], attended=8)
    body.not_recorded("E-33", "VOTE_ARITHMETIC", "REVIEW", [vote(first, half)], should_attend=8, attended=8)
    five = {"votes_for": 5, "votes_against": 3, "result": "REJECTED"}
    body.not_recorded("E-33", "VOTE_ARITHMETIC", "REVIEW", [vote(first, five)], attended=8)
    body.not_recorded("E-33", "VOTE_ARITHMETIC", "REVIEW", [vote(first)], attended=8)
    body.not_recorded(
        "G-14", "QUORUM_NOT_MET", "REVIEW", [vote(first, {"votes_for": 5, "result": "APPROVED"})], attended=5
    )
    body.not_recorded("R-021", "ORDER_REASON_MISSING", "REVIEW", [vote(second)])
    body.not_recorded("D-10", "MINUTES_MISSING", "REVIEW", [vote(first)], minutes_no="")
    ahead = (province.world.today + timedelta(days=1)).isoformat()
    body.not_recorded("D-10", "MEETING_IN_FUTURE", "REVIEW", [vote(first)], held_on=ahead)
    body.not_recorded("R-030", "DECISION_MISSING", "REVIEW", [vote(first, {})])


def _tie(body: Chamber) -> None:
    """Two share the last place: the ranking says so and decides nothing; the body puts them in order (E-23, G-08)."""
    [group] = [one for one in body.agenda("FIRST") if one["group"] == TIED_CITY]
    tied = [one["nomination_id"] for one in group["items"] if one["cut"] == "TIED_AT_CUT"]
    if len(tied) != 2 or any(one["proposed"] for one in group["items"] if one["tied"]):
        raise RehearsalError(f"E-23: {len(tied)} cases share the last place of {TIED_CITY}")
    split = by_places([group], lambda group, place: FOR if place < group["places"] else AGAINST)
    body.not_recorded("E-23", "TIE_UNDECIDED", "REVIEW", split)
    body.decide("TIE", [vote(tied[1]), vote(tied[0], AGAINST, reason=REASON)], 0)
    [group] = [one for one in body.agenda("FIRST") if one["group"] == TIED_CITY]
    if [one["nomination_id"] for one in group["items"]][-2:] != [tied[1], tied[0]]:
        raise RehearsalError("G-08: the order that the body gave is not the order of the agenda")


def determine(province: Province) -> None:
    """The second body approves 34; the 35th is refused and nothing is half recorded (domain.md 6.3)."""
    world, body = province.world, party_group(province)
    world.at(DETERMINATION_DAY)
    groups = body.agenda("SECOND")
    over, later = keys(groups, OVER)[-1], keys(groups, DEFERRED_SECOND)[-1]
    everybody = [vote(item["nomination_id"]) for group in groups for item in group["items"]]
    if len(everybody) != sum(province.places.values()) + 1:
        raise RehearsalError(f"{len(everybody)} cases came to the second body")
    body.not_recorded("E-32", "QUOTA_EXHAUSTED", "DETERMINATION", everybody)
    items = [one | LATER if one["nomination_id"] == later else one for one in everybody]
    first = body.draft("DETERMINATION", [one for one in items if one["nomination_id"] != over], 1)
    rest = body.draft("DETERMINATION", [vote(key, reason=REASON) for key in (later, over)], 2)
    first, rest = body.step(first, "RECORD"), body.step(rest, "RECORD")
    first = body.step(first, "CONFIRM")
    _the_thirty_fifth(province, body, rest, later, over)
    province.world.at(DETERMINATION_DAY + timedelta(days=1))
    _annulled(province, body, first)
    _announced(province, body)
    _adds_up(province)


def _the_thirty_fifth(province: Province, body: Chamber, rest: Json, later: str, over: str) -> None:
    """Two approvals and one place: neither is carried out, the record goes back and is put right (R-011, E-32)."""
    body.refused("R-011", "QUOTA_EXHAUSTED", rest, "CONFIRM")
    for key in (later, over):
        if desk.shown(province.office, case_of(province, key))["stage"] != "REVIEWED":
            raise RehearsalError("E-32: a refused record was half carried out")
    rest = body.step(rest, "REVISE", reason="杭州市名额已满。")
    right = body.body("DETERMINATION", [vote(later, reason=REASON), vote(over, AGAINST)], 2)
    rest = body.recorder.put(f"/meetings/{rest['id']}", right, rest["etag"])
    body.step(body.step(rest, "RECORD"), "CONFIRM")


def _annulled(province: Province, body: Chamber, first: Json) -> None:
    """A confirmed record is never edited: a later decision takes back one item, and another determines it again (4.3)."""
    key = keys_of(first, province, ANNULLED)[0]
    [item] = [one for one in first["items"] if one["nomination_id"] == key]
    at = f"/meetings/{first['id']}"
    edited = body.body("DETERMINATION", [vote(key, AGAINST)], 1)
    body.recorder.refused("I-15", "MEETING_NOT_EDITABLE", "PUT", at, edited, first["etag"])
    taken_back = {"item_id": item["id"], **FOR, "reason": "补充核实后重新研究。"}
    lower = steering_group(province)
    wrong = lower.body("ANNULMENT", [taken_back], 98, turn="FIRST")
    province.office.refused("E-07", "MEETING_TURN", "POST", f"{province.url}/meetings", wrong)
    body.decide("ANNULMENT", [taken_back], 3, turn="SECOND")
    body.not_recorded("E-07", "MEETING_ITEM_NOT_READY", "ANNULMENT", [taken_back], turn="SECOND")
    if desk.shown(province.office, case_of(province, key))["stage"] != "REVIEWED":
        raise RehearsalError("domain.md 4.3: an annulled decision left its case where it was")
    body.decide("DETERMINATION", [vote(key, reason=REASON)], 4)


def keys_of(meeting: Json, province: Province, city: str) -> list[str]:
    """The nominations of one city in a record, in its order."""
    own = {case.id for case in province.of(city)}
    return [item["nomination_id"] for item in meeting["items"] if item["nomination_id"] in own]


def _announced(province: Province, body: Chamber) -> None:
    """Every unit is told of its own cases and takes note; nobody takes note for another (R-030, R-048)."""
    office = province.office
    for head in office.get(f"{province.url}/meetings")["items"]:
        if head["purpose"] == "DETERMINATION" and head["stage"] == "CONFIRMED":
            body.step(head, "ANNOUNCE")
    told = province.officer("330100").get(f"{province.url}/result-notifications")["items"]
    url = f"/result-notifications/{told[0]['id']}/acknowledgements"
    stranger = province.officer("330200")
    stranger.refused("R-048", "NOT_FOUND", "POST", url, None, told[0]["etag"])
    for one in told:
        url = f"/result-notifications/{one['id']}/acknowledgements"
        if not province.approver("330100").post(url, version=one["etag"])["acknowledged_at"]:
            raise RehearsalError("a unit took note and nothing says so")


def _adds_up(province: Province) -> None:
    """As many determined in every bucket as it has places; no place is left and none invented (R-011, R-012)."""
    usage = province.office.get(f"{province.url}/quota-usage")["buckets"]
    for bucket in usage:
        used = [kind["used"] for kind in bucket["kinds"] if kind["kind"] == "PROVINCIAL"]
        if sum(used) != province.places.get(bucket["code"], 0):
            raise RehearsalError(f"R-012: {bucket['code']}: {used} places used")
    province.world.ledger.fact("determined", sum(province.places.values()))
