"""September: each city publishes those it cleared; the public reads and objects (R-028, I-07 to I-10, E-05, E-06, E-09)."""

from datetime import date, timedelta

from app.rehearse import desk
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import HOST, Case, Province
from app.rehearse.world import Json

EARLY, LATE = date(2026, 9, 7), date(2026, 9, 18)
LATE_CITY = (
    "330800"  # its notice runs to the edge of the deadline, and an objection holds one of its cases beyond it
)
CORRECTED_CITY, EXTENDED_CITY = "330600", "330900"


def play(province: Province) -> None:
    """One notice for each city and one of the department for its own units."""
    world = province.world
    world.at(EARLY)
    for city in [c for c in [*province.cities(), HOST] if c != LATE_CITY]:
        _published(province, city)
    world.at(EARLY + timedelta(days=1))
    _corrected(province)
    _extended(province)
    for case in province.cases:
        if case.number == 0 and case.city != LATE_CITY:
            approver = province.approver(case.city)
            desk.refused(approver, "R-028", "NOTICE_STILL_RUNNING", case, "RECOMMEND")


def late(province: Province) -> None:
    """One city publishes so late that its notice ends on the eve of the deadline."""
    province.world.at(LATE)
    _published(province, LATE_CITY)


def _published(province: Province, city: str) -> None:
    officer, approver = province.officer(city), province.approver(city)
    cases = [c for c in province.of(city) if c.plays != "rejected"]
    said = text(province, city, cases)
    url = f"{province.url}/notices"
    if city == "330300":
        foreign = said | {"items": [{"nomination_id": province.of("330400")[0].id, "merits": ""}]}
        officer.refused("R-024", "NOTICE_ITEM_FOREIGN", "POST", url, foreign)
        leaking = officer.post(url, said | {"body": "联系人张三，手机 13812345678。"})
        at = f"/notices/{leaking['id']}"
        approver.step_refused("D-13", "PII_IN_NOTICE", leaking, at, "REVIEW")
        officer.step(leaking, at, "CANCEL", reason="误写个人信息。")
    notice = officer.post(url, said)
    at = f"/notices/{notice['id']}"
    officer.step_refused("I-13", "PERMISSION_MISSING", notice, at, "REVIEW")
    notice = approver.step(notice, at, "REVIEW")
    if city == "330300":
        short = {"last_day": (province.world.today + timedelta(days=3)).isoformat()}
        approver.step_refused("I-08", "NOTICE_PERIOD_TOO_SHORT", notice, at, "PUBLISH", **short)
    notice = approver.step(notice, at, "PUBLISH")
    for case, item in zip(cases, notice["items"], strict=True):
        case.notice, case.item = notice["id"], item["id"]


def text(province: Province, city: str, cases: list[Case]) -> Json:
    name = province.world.place(city).name
    return {
        "title": f"{name}优质服务窗口推荐对象公示",
        "basis": f"{name}〔2026〕18号，经民主推荐、逐级审核",
        "body": "拟推荐下列窗口，现予公示。反映情况应当客观真实。",
        "channels": [
            {"channel": "WEBSITE", "detail": f"{name}门户网站"},
            {"channel": "NOTICE_BOARD", "detail": ""},
        ],
        "contact_office": f"{name}监察室",
        "contact_phone": "0571-85110000",
        "items": [{"nomination_id": case.id, "merits": "一窗受理，群众满意率高。"} for case in cases],
    }


def _corrected(province: Province) -> None:
    """An error of content restarts the whole period for everybody in the notice (E-06)."""
    approver = province.approver(CORRECTED_CITY)
    first = province.of(CORRECTED_CITY)[0]
    notice = approver.get(f"/notices/{first.notice}")
    approver.step(notice, f"/notices/{first.notice}", "CORRECT", reason="主管单位名称有误。")
    old = approver.get(f"/notices/{first.notice}")
    at = f"/notices/{old['superseded_by']}"
    fresh = approver.get(at)
    approver.step_refused("I-13", "SAME_PERSON", fresh, at, "REVIEW")
    said = text(province, CORRECTED_CITY, province.of(CORRECTED_CITY))
    fresh = province.officer(CORRECTED_CITY).patch(at, said, fresh["etag"])
    for action in ("REVIEW", "PUBLISH"):
        fresh = approver.step(fresh, at, action)
    if fresh["last_day"] <= old["last_day"]:
        raise RehearsalError("E-06: a corrected notice does not run its whole period anew")
    by_case = {item["nomination_id"]: item["id"] for item in fresh["items"]}
    for case in province.of(CORRECTED_CITY):
        case.notice, case.item = fresh["id"], by_case[case.id]


def _extended(province: Province) -> None:
    """It may run longer, never shorter (E-05)."""
    approver, first = province.approver(EXTENDED_CITY), province.of(EXTENDED_CITY)[0]
    at = f"/notices/{first.notice}"
    notice = approver.get(at)
    last = date.fromisoformat(notice["last_day"])
    shorter, longer = last - timedelta(days=1), last + timedelta(days=1)
    approver.step_refused(
        "E-05", "EXTENSION_NOT_LATER", notice, at, "EXTEND", last_day=shorter.isoformat(), reason="缩短。"
    )
    approver.step(notice, at, "EXTEND", last_day=longer.isoformat(), reason="网站维护。")
