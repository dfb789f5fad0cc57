"""June to August: windows are registered and put forward by their own units, as drafts (R-006 to R-010, R-018, R-019)."""

from datetime import date
from itertools import cycle

from app.rehearse import desk
from app.rehearse.province import HOST, UNIT_BUCKET, Case, Province
from app.rehearse.texts import STATEMENT
from app.rehearse.world import Json

TYPES = (
    "SOCIAL_INSURANCE",
    "EMPLOYMENT_SERVICE",
    "LABOR_ARBITRATION",
    "PETITION",
    "ADMIN_APPROVAL",
    "LABOR_SUPERVISION",
)
NAMES = {
    "SOCIAL_INSURANCE": "社会保险服务大厅",
    "EMPLOYMENT_SERVICE": "公共就业服务窗口",
    "LABOR_ARBITRATION": "劳动人事争议仲裁立案窗口",
    "PETITION": "劳动保障信访接待窗口",
    "ADMIN_APPROVAL": "行政审批服务窗口",
    "LABOR_SUPERVISION": "劳动保障监察举报投诉窗口",
    "ADMIN_RECONSIDERATION": "行政复议接待窗口",
}
OVER_THE_LIMIT = "330100"
THIN_CITY = "330400"  # its last candidate says little of itself and is withdrawn in the end
DISTRICT, STRANGER = "330106", "330203"
CODES = {"R-006": "WINDOW_OTHER_SYSTEM", "R-007": "WINDOW_NOT_PUBLIC", "R-009": "OTHER_TYPE_NOT_ACCEPTED"}


def play(province: Province) -> None:
    """One nomination more than places everywhere, two more in Hangzhou, of which the last has no claim."""
    province.world.at(date(2026, 7, 1))
    _cast(province)
    _refusals(province)
    for case in province.cases:
        _put_forward(province, case)


def _cast(province: Province) -> None:
    """One more than places everywhere; by turns a county's window, and in each city one of the city's own halls (E-39)."""
    cast(province, surplus=1)
    province.of(THIN_CITY)[-1].plays = "thin"


def cast(province: Province, surplus: int, first: int = 0) -> None:
    """A case for each place and `surplus` more in every bucket, one more still for the city that goes over its limit."""
    kinds = cycle((*TYPES[first:], *TYPES[:first]))
    for city in province.cities():
        counties = cycle(o.code for o in province.world.places_below(city))
        more = surplus + 1 if surplus and city == OVER_THE_LIMIT else surplus
        for number in range(province.places[city] + more):
            sponsor = city if number == 1 else next(counties)
            case = Case(city, sponsor, number)
            case.window = described(province, case, next(kinds))
            province.cases.append(case)
    for number in range(province.places[UNIT_BUCKET] + surplus):
        case = Case(HOST, "ZJ-SI", number)
        case.window = described(province, case, TYPES[first + number])
        province.cases.append(case)


def described(province: Province, case: Case, kind: str) -> Json:
    """The window of a case, as its unit registers it."""
    place = province.world.place(case.sponsor)
    region = place.name.removesuffix("劳动和社会保障局").removesuffix("劳动和社会保障厅")
    return {
        "sponsor_id": province.world.org(case.sponsor),
        "name": f"{region}{NAMES[kind]}{'' if case.number < len(TYPES) else '（第二）'}",
        "region_code": place.region_code,
        "address": f"{region}政务服务中心 {case.number + 1} 号楼",
        "window_type": kind,
        "affiliation_level": place.affiliation_level,
        "in_labor_system": True,
        "serves_public_directly": True,
        "staff_count": 12 + case.number,
    }


def register(province: Province, case: Case) -> None:
    """The window of the case, as it is described or as it is known already: one window, however often put forward."""
    if "id" in case.window:
        return
    key = (str(case.window["sponsor_id"]), str(case.window["name"]))
    known = province.world.windows
    if key not in known:
        known[key] = province.clerk(case.sponsor).post("/windows", case.window)
    case.window = known[key]


def _put_forward(province: Province, case: Case) -> None:
    clerk = province.clerk(case.sponsor)
    register(province, case)
    draft = {"window_id": case.window["id"], "statement": STATEMENT if case.plays != "thin" else ""}
    case.id = clerk.post(f"{province.url}/nominations", draft)["id"]
    if case.number == 0:
        clerk.refused("I-06", "DUPLICATE_NOMINATION", "POST", f"{province.url}/nominations", draft)


def _refusals(province: Province) -> None:
    """What is not in the scope does not get in, and nobody files for another region."""
    case = Case("330100", DISTRICT, 90)
    clerk, stranger = province.clerk(DISTRICT), province.clerk(STRANGER)
    good = described(province, case, "ADMIN_RECONSIDERATION")
    stranger.refused("R-048", "NOT_FOUND", "POST", "/windows", good)
    odd = clerk.post("/windows", good | {"name": "内设机构办公室", "serves_public_directly": False})
    other = clerk.post(
        "/windows",
        good
        | {"name": "综合服务点", "window_type": "OTHER_WINDOW", "other_justification": "直接办理群众业务"},
    )
    foreign = clerk.post("/windows", good | {"name": "市场监管窗口", "in_labor_system": False})
    wrong = {"R-007": odd, "R-009": other, "R-006": foreign}
    for rule, window in wrong.items():
        _out_of_scope(province, rule, window)
    stranger.refused("R-048", "NOT_FOUND", "POST", f"{province.url}/nominations", {"window_id": odd["id"]})


def _out_of_scope(province: Province, rule: str, window: Json) -> None:
    """Declared and written, it still may not be handed in; the unit takes the draft back."""
    clerk = province.clerk(DISTRICT)
    draft = clerk.post(f"{province.url}/nominations", {"window_id": window["id"], "statement": STATEMENT})
    case = Case("330100", DISTRICT, 90, window, draft["id"])
    desk.refused(clerk, "R-019", "DECLARATION_MISSING", case, "SUBMIT")
    desk.declare(province, case)
    desk.refused(clerk, rule, CODES[rule], case, "SUBMIT")
    desk.take(clerk, case, "WITHDRAW", reason="不属评选范围。")
