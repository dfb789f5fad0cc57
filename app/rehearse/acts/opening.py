"""Before mid-June: the campaign is decided, configured and opened; nothing of it may be skipped (R-001 to R-017)."""

from app.domain.access import Role
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import (
    AWARD_DAY,
    CONTACTS_DUE,
    HOST,
    MATERIALS_DUE,
    MINISTRY_DUE,
    OPENS,
    UNIT_BUCKET,
    Province,
)
from app.rehearse.world import Json, World

PAPERS = (
    (
        "BASIS",
        "关于表彰全国劳动保障系统优质服务窗口的通知",
        "劳社厅函〔2026〕153号",
        "劳动和社会保障部办公厅",
    ),
    (
        "APPROVAL_BASIS",
        "关于同意开展评选表彰项目的批复",
        "浙评组函〔2026〕12号",
        "省评比达标表彰工作协调小组",
    ),
    ("OPENING_DECISION", "厅党组会议纪要", "浙劳社党纪〔2026〕5号", "厅党组"),
)

# Annex 2 of the rehearsal: invented numbers that add up to 34, as an office would import its own.
PLACES = {
    "330100": 5,
    "330200": 5,
    "330300": 3,
    "330400": 3,
    "330500": 2,
    "330600": 3,
    "330700": 3,
    "330800": 2,
    "330900": 2,
    "331000": 3,
    "331100": 2,
    UNIT_BUCKET: 1,
}


def play(world: World, code: str = "windows-2026") -> Province:
    """From nothing to an open campaign."""
    province = Province(world)
    world.at(OPENS)
    _create(province, code)
    _papers(province)
    _dates(province)
    _quota(province)
    province.step("CONFIGURE")
    _open(province)
    return province


def _create(province: Province, code: str) -> None:
    world = province.world
    body = {
        "code": code,
        "pack_code": "provincial-windows",
        "host_organization_id": world.org(HOST),
    }
    city = world.person(Role.APPROVING_OFFICER, "330300")
    city.refused("R-045", "PERMISSION_MISSING", "POST", "/campaigns", body)
    province.campaign = province.office.post("/campaigns", body)
    province.office.refused("R-020", "CAMPAIGN_CODE_TAKEN", "POST", "/campaigns", body)


def _papers(province: Province) -> None:
    office, url = province.office, province.url
    office.step_refused("R-002", "BASIS_DOCUMENT_MISSING", province.refresh(), url, "RECORD_DECISION")
    for kind, title, number, issuer in PAPERS:
        if kind == "OPENING_DECISION":
            office.step_refused("R-003", "DECISION_MISSING", province.refresh(), url, "RECORD_DECISION")
        paper = {
            "kind": kind,
            "title": title,
            "document_no": number,
            "issuer": issuer,
            "issued_on": "2026-05-20",
        }
        office.post(f"{url}/documents", paper)
    office.step_refused("R-017", "AWARD_PERIOD_INVALID", province.refresh(), url, "RECORD_DECISION")


def _dates(province: Province) -> None:
    office, url = province.office, province.url
    dates: Json = {
        "award_period_start_year": 2024,
        "award_period_end_year": 2026,
        "planned_award_on": AWARD_DAY.isoformat(),
        "contacts_due_on": CONTACTS_DUE.isoformat(),
        "materials_due_on": MATERIALS_DUE.isoformat(),
        "ministry_due_on": MINISTRY_DUE.isoformat(),
    }
    office.patch(url, dates, province.refresh()["etag"])
    province.step("RECORD_DECISION")
    early = dates | {"planned_award_on": "2026-08-01"}
    office.patch(url, early, province.refresh()["etag"])
    office.step_refused("R-004", "DEADLINE_ORDER", province.refresh(), url, "CONFIGURE")
    office.patch(url, dates, province.refresh()["etag"])


def _quota(province: Province) -> None:
    """Annex 2 comes as a file; what does not add up is refused, and nobody confirms what they prepared."""
    office, url = province.office, province.url
    office.step_refused("R-012", "QUOTA_NOT_CONFIRMED", province.refresh(), url, "CONFIGURE")
    province.places = dict(PLACES)
    short = plan(province, places={**province.places, "330300": province.places["330300"] - 1})
    made = office.post(f"{url}/quota-plans", short)
    at = f"/quota-plans/{made['id']}"
    province.second.step_refused("R-012", "QUOTA_SUM_MISMATCH", made, at, "CONFIRM")
    made = office.put(at, plan(province, places=province.places), made["etag"])
    office.step_refused("I-13", "SAME_PERSON", made, at, "CONFIRM")
    province.second.step(made, at, "CONFIRM")
    usage = office.get(f"{url}/quota-usage")
    places = _places(usage, "PROVINCIAL")
    if places != sum(PLACES.values()):
        raise RehearsalError(f"R-011: {places} places came of a plan of {sum(PLACES.values())}")


def _places(usage: Json, kind: str) -> int:
    uses = [use for bucket in usage["buckets"] for use in bucket["kinds"]]
    return sum(use["places"] for use in uses if use["kind"] == kind)


def plan(province: Province, places: dict[str, int]) -> Json:
    """The allocation as a form; two nominations more than places where nominations compete (G-12)."""
    fixed = {"330100": 2, "330200": 2}
    names = {code: province.world.place(code).name for code in places if code.isdigit()}
    return {
        "provincial_total": 34,
        "ministry_total": 10,
        "ministry_pool": 6,
        "source_note": "通知附件2（排演用数字）",
        "buckets": [
            {
                "code": code,
                "name": names.get(code, "省级窗口单位"),
                "provincial_places": count,
                "nomination_limit": count + 1,
                "ministry_fixed": fixed.get(code, 0),
            }
            for code, count in sorted(places.items())
        ],
    }


def _open(province: Province) -> None:
    clerk, url = province.clerk("330106"), province.url
    clerk.step_refused("R-045", "PERMISSION_MISSING", province.refresh(), url, "OPEN")
    province.step("OPEN")
    shown = province.world.anybody.get(f"/public{url}")
    if shown["purpose"] != province.campaign["purpose"]:
        raise RehearsalError("R-005: the public campaign page does not say the purpose")
