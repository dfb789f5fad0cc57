"""July: a city's own system pushes what it holds; it writes for its city only and over nobody's work (R-048, E-25, E-26)."""

from uuid import UUID

from app.domain.access import Role
from app.rehearse import desk
from app.rehearse.acts.windows import described
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import HOST, Case, Province
from app.rehearse.texts import STATEMENT
from app.rehearse.world import Json, Player

CITY, COUNTY, FOREIGN, ABOLISHED = "330600", "330602", "330206", "330103"
SOURCE, EXTERNAL = "shaoxing-hrss", "SX-2026-001"


def play(province: Province) -> None:
    """Pushed, pushed again, edited by a person, pushed over: every repetition is safe and nothing is lost."""
    system = _connected(province)
    url = f"{province.url}/sources/{SOURCE}/nominations/{EXTERNAL}"
    first = system.put(url, _body(province))
    again = system.put(url, _body(province))
    if not first["changed"] or again["changed"] or first["id"] != again["id"]:
        raise RehearsalError("E-25: the same push twice is not one nomination")
    system.refused("E-25", "SOURCE_SEQ_STALE", "PUT", url, _body(province, 1, statement="另" + STATEMENT))
    for change, code in (
        ({"sponsor": FOREIGN, "region_code": FOREIGN}, "REGION_SCOPE"),
        ({"region_code": ABOLISHED}, "REGION_NOT_VALID"),
    ):
        wrong = _body(province, window=_window(province) | change)
        system.refused("E-26", code, "PUT", f"{url}-2", wrong)
    _edited_by_a_person(province, system, url, Case(CITY, COUNTY, 60, id=first["id"]))


def _edited_by_a_person(province: Province, system: Player, url: str, case: Case) -> None:
    """What people wrote since stays theirs unless their version is named; filing is not the system's (decisions 16)."""
    clerk = province.clerk(COUNTY)
    clerk.patch(case.url, {"statement": STATEMENT + "已经人工核实。"}, desk.shown(clerk, case)["etag"])
    later = _body(province, 3, statement="又" + STATEMENT)
    system.refused("E-25", "SOURCE_OVERWRITES_PEOPLE", "PUT", url, later)
    desk.refused(system, "R-024", "PERMISSION_MISSING", case, "FILE")
    desk.take(clerk, case, "WITHDRAW", reason="系统联调用例。")


def _connected(province: Province) -> Player:
    """Registered by the security administrator, with a secret of its own and a token for it."""
    world = province.world
    admin = world.person(Role.SECURITY_ADMIN, HOST)
    wanted = {"name": "绍兴市人社一体化平台", "organization_id": world.org(CITY), "source": SOURCE}
    province.officer(CITY).refused("R-048", "PERMISSION_MISSING", "POST", "/api-clients", wanted)
    made = admin.post("/api-clients", wanted)
    told = admin.post(f"/api-clients/{made['id']}/secrets", version=made["etag"])
    proof = {
        "grant_type": "client_credentials",
        "client_id": made["id"],
        "client_secret": told["client_secret"],
    }
    issued = world.anybody.post("/oauth/token", data=proof)
    return Player(world, "a city's system", str(issued["access_token"]), UUID(int=0))


def _window(province: Province) -> Json:
    case = Case(CITY, COUNTY, 60)
    told = described(province, case, "ADMIN_RECONSIDERATION")
    told.pop("sponsor_id")
    return told | {"sponsor": COUNTY, "external_id": "CK-001"}


def _body(province: Province, seq: int = 2, **changes: object) -> Json:
    same = {"source_seq": seq, "on_behalf_of": "王敏", "statement": STATEMENT}
    return {**same, "window": _window(province), **changes}
