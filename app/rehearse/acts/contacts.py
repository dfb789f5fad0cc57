"""By mid-June: every city reports its leading body and its working office, with whom to call (R-047 to R-049)."""

from datetime import timedelta

from app.rehearse.ledger import RehearsalError
from app.rehearse.province import CONTACTS_DUE, HOST, Province
from app.rehearse.world import Json

LATE_CITY = "331100"
KINDS = {"LEADING": "优质服务窗口创建活动领导小组", "WORKING": "优质服务窗口创建活动领导小组办公室"}


def play(province: Province) -> None:
    """All report in time but one, which is taken and flagged."""
    world = province.world
    world.at(CONTACTS_DUE - timedelta(days=4))
    for city in [c for c in province.cities() if c != LATE_CITY]:
        report(province, city)
    officer = province.officer("330400")
    foreign = _body(province, "330500", "LEADING")
    officer.refused("R-048", "NOT_FOUND", "POST", f"{province.url}/local-bodies", foreign)
    twice = _body(province, "330400", "LEADING")
    officer.refused("R-047", "LOCAL_BODY_EXISTS", "POST", f"{province.url}/local-bodies", twice)
    world.at(CONTACTS_DUE + timedelta(days=2))
    report(province, LATE_CITY)
    late = [one for one in _listed(province) if one["late"]]
    if len(late) != len(KINDS) or len(_listed(province)) != len(KINDS) * len(province.cities()):
        raise RehearsalError(f"R-049: {len(late)} of {len(_listed(province))} reports are flagged late")


def report(province: Province, city: str) -> None:
    """The two bodies of one city, with whom to call."""
    for kind in KINDS:
        province.officer(city).post(f"{province.url}/local-bodies", _body(province, city, kind))


def _listed(province: Province) -> list[Json]:
    found: list[Json] = province.office.get(f"{province.url}/local-bodies")["items"]
    return [one for one in found if one["organization_id"] != province.world.org(HOST)]


def _body(province: Province, city: str, kind: str) -> Json:
    return {
        "organization_id": province.world.org(city),
        "kind": kind,
        "name": KINDS[kind],
        "head_name": "陈立",
        "head_post": "副局长",
        "phone": "0571-85110000",
    }
