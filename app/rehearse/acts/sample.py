"""What a sample installation shows beside a campaign in full swing: what is unfinished, at every stage."""

from app.domain.levels import Level
from app.rehearse import desk
from app.rehearse.acts import evaluation, municipal
from app.rehearse.acts.windows import NAMES
from app.rehearse.chamber import steering_group, vote
from app.rehearse.province import Case, Province
from app.rehearse.sheets import points
from app.rehearse.texts import STATEMENT
from app.rehearse.world import Json, Player

STAGES = ("DRAFT", "SUBMITTED", "RETURNED", "WITH_THE_CITY")
CITIES = ("330400", "330900")
SCORED = ("330200", "331000")
ITEMS_IN_ALL, ITEMS_BEGUN = len(evaluation.ITEMS), 12


def leftovers(province: Province) -> None:
    """A draft, a case at its county, one returned, one at the city's desk, in two cities."""
    kind = "ADMIN_RECONSIDERATION"
    for city in CITIES:
        counties = [o.code for o in province.world.places_below(city)]
        for number, stage in enumerate(STAGES):
            sponsor = counties[number % len(counties)]
            place = province.world.place(sponsor)
            region = place.name.removesuffix("劳动和社会保障局")
            window = {
                "sponsor_id": province.world.org(sponsor),
                "name": f"{region}{NAMES[kind]}（{number + 1}号）",
                "region_code": place.region_code,
                "address": f"{region}行政中心 1 号楼",
                "window_type": kind,
                "affiliation_level": place.affiliation_level,
                "in_labor_system": True,
                "serves_public_directly": True,
            }
            case = Case(city, sponsor, 80 + number, province.clerk(sponsor).post("/windows", window))
            _put_at(province, case, stage)


def sheets(province: Province) -> None:
    """Two cities are scored and locked; of the rest some sheets are in and some begun. The first agenda is drafted."""
    done = {case.id for code in SCORED for case in province.of(code)}
    for index, home in enumerate(evaluation.BENCH):
        scorer = evaluation.player(province, home)
        mine = scorer.get("/assignments", campaign_id=province.campaign["id"], limit="200")["items"]
        others = [one for one in mine if one["nomination_id"] not in done]
        for one in mine:
            if one["nomination_id"] in done or one in others[: index * 2]:
                _scored(province, scorer, one, ITEMS_IN_ALL)
            elif one in others[: index * 2 + 2]:
                _scored(province, scorer, one, ITEMS_BEGUN)
    province.office.post(f"{province.url}/score-locks", {"nomination_ids": sorted(done & _filed(province))})
    agenda = [vote(key, {}) for key in sorted(done & _filed(province))]
    steering_group(province).draft("REVIEW", agenda, 1)


def _filed(province: Province) -> set[str]:
    return {case.id for case in evaluation.filed(province)}


def _scored(province: Province, scorer: Player, assignment: Json, items: int) -> None:
    """A sheet with so many items filled in; a whole one is submitted."""
    url = f"/assignments/{assignment['id']}"
    order = [case.id for case in province.cases].index(assignment["nomination_id"])
    entries = dict(list(points(evaluation.ITEMS, order * 17 % 47).items())[:items])
    sheet = scorer.put(f"{url}/sheet", {"entries": entries}, scorer.get(f"{url}/sheet")["etag"])
    if len(entries) == ITEMS_IN_ALL:
        scorer.post(f"{url}/submissions", version=sheet["etag"])


def city(province: Province) -> None:
    """Wenzhou holds an award of its own; its districts' notices are running."""
    course = municipal.opened(province)
    municipal.put_forward(province, course)
    for code in municipal.UNITS:
        course.noticed(code)


def _put_at(province: Province, case: Case, stage: str) -> None:
    clerk, officer = province.clerk(case.sponsor), province.officer(case.sponsor)
    draft = {"window_id": case.window["id"], "statement": STATEMENT}
    case.id = clerk.post(f"{province.url}/nominations", draft)["id"]
    if stage == "DRAFT":
        return
    desk.declare(province, case)
    desk.write(province, case)
    desk.take(clerk, case, "SUBMIT")
    if stage == "RETURNED":
        points = [{"text": "请补充 2026 年上半年的办件数据。", "part": "WRITE_UP"}]
        desk.take(officer, case, "RETURN", reason="事迹材料数据不全。", checklist=points)
    if stage == "WITH_THE_CITY":
        desk.hear(province, case)
        desk.review(province, case, Level.COUNTY)
        desk.take(officer, case, "ENDORSE")
