"""December: 34 are commended at the work conference, on a roll that nothing leaves (R-004, R-016, E-07, E-42)."""

from collections import Counter
from datetime import timedelta

from app.rehearse.acts import ministry
from app.rehearse.chamber import case_of, party_group, vote
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import AWARD_DAY, UNIT_BUCKET, Province
from app.rehearse.world import Json

EVENT = {
    "title": "优质服务窗口表彰会",
    "merged_with": "2026年全省劳动保障工作会议",
    "held_on": AWARD_DAY.isoformat(),
    "place": "杭州",
}


def confer(province: Province) -> None:
    """The event, the certificates, and the roll as anybody reads it: 34, by city as the plan has them."""
    world, office, url = province.world, province.office, province.url
    conferrals = f"{url}/conferrals"
    province.step("FINISH")
    office.step_refused("R-016", "AWARDS_NOT_CONFERRED", province.refresh(), url, "ARCHIVE")
    office.refused("R-016", "AWARD_REFERENCE_MISSING", "POST", conferrals, {})
    too_early = EVENT | {"held_on": "2026-10-01"}
    office.refused("R-004", "AWARD_DATE_TOO_EARLY", "PUT", f"{url}/award-event", too_early, '"0"')
    office.put(f"{url}/award-event", EVENT, '"0"')
    office.refused("R-016", "DATE_IN_FUTURE", "POST", conferrals, {})
    province.approver("330100").refused("R-045", "PERMISSION_MISSING", "POST", conferrals, {})
    world.at(AWARD_DAY, hour=15)
    office.post(conferrals, {})
    office.refused("I-03", "NOTHING_TO_CONFER", "POST", conferrals, {})
    on_the_roll(province)


def roll(province: Province) -> list[Json]:
    """The campaign's honour roll as the public reads it."""
    found: list[Json] = province.world.anybody.get(f"/public{province.url}/awards", limit="100")["items"]
    return found


def on_the_roll(province: Province) -> None:
    """What the public reads adds up to the plan, city by city, with a certificate number of its own for each."""
    found = roll(province)
    known = {one["id"]: one for one in province.office.get(f"{province.url}/awards", limit="100")["items"]}
    cities = Counter(case_of(province, known[one["id"]]["nomination_id"]).city for one in found)
    planned = {
        (code if code != UNIT_BUCKET else province.host): count for code, count in province.places.items()
    }
    if cities != {code: count for code, count in planned.items() if count}:
        raise RehearsalError(f"R-011, R-012: the roll says {dict(cities)}, the plan {planned}")
    if len({one["certificate_no"] for one in found}) != len(found):
        raise RehearsalError("R-016: two certificates with one number")
    names = Counter(one["city"] for one in found)
    province.world.ledger.fact("on the public roll", len(found))
    province.world.ledger.fact("by city", "、".join(f"{city}{count}" for city, count in names.items()))


def revoke(province: Province) -> None:
    """One award is taken away: it stays on the roll as revoked, and what was reported is taken back by a letter."""
    world = province.world
    world.at(AWARD_DAY + timedelta(days=2))
    body, office = party_group(province), province.office
    reported = ministry.listed(province)[-1]
    awards = office.get(f"{province.url}/awards", limit="100")["items"]
    award = next(one for one in awards if one["nomination_id"] == reported["nomination_id"])
    at, announced = f"/awards/{award['id']}/revocation", {"announced_on": world.today.isoformat()}
    office.refused("E-42", "AWARD_NOT_REVOKED", "PUT", at, announced, award["etag"])
    item = vote(award["nomination_id"], ground="FRAUD", reason="申报数据不实，经查属实。")
    body.decide("REVOCATION", [item], 7)
    office.put(at, announced, office.get(f"/awards/{award['id']}")["etag"])
    _still_on_the_roll(province, str(award["certificate_no"]))
    _taken_back(province, reported)


def _still_on_the_roll(province: Province, certificate_no: str) -> None:
    found = roll(province)
    gone = [one["certificate_no"] for one in found if one["status"] == "REVOKED"]
    if len(found) != sum(province.places.values()) or gone != [certificate_no]:
        raise RehearsalError(f"E-42: {gone} are revoked on a roll of {len(found)}")


def _taken_back(province: Province, reported: Json) -> None:
    at, office = f"/ministry-recommendations/{reported['id']}", province.office
    one = office.get(at)
    why = "该窗口省级表彰已撤销。"
    office.step_refused("E-07", "CORRECTION_LETTER_MISSING", one, at, "WITHDRAW", reason=why)
    letter = {
        "document_no": "浙劳社函〔2026〕5号",
        "sent_on": province.world.today.isoformat(),
        "reason": why,
    }
    one = office.post(f"{at}/correction-letters", letter, one["etag"])
    office.step(office.get(at), at, "WITHDRAW", reason=why)
