"""What a sample installation shows beside a campaign in full swing: windows that only begin, at every early stage."""

from app.domain.levels import Level
from app.rehearse import desk
from app.rehearse.acts.windows import NAMES
from app.rehearse.province import Case, Province
from app.rehearse.texts import STATEMENT

STAGES = ("DRAFT", "SUBMITTED", "RETURNED", "WITH_THE_CITY")
CITIES = ("330400", "330900")


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
