"""July: units declare, write and submit; the own-level department hears the public, counties review (R-018 to R-027)."""

from datetime import date

from app.domain.levels import Level
from app.rehearse import desk
from app.rehearse.province import Case, Province

RETURNED_CITY = "330500"


def play(province: Province) -> None:
    """From drafts to the city's desk; one case goes back for correction on the way."""
    world = province.world
    world.at(date(2026, 7, 6))
    for case in province.cases:
        desk.declare(province, case)
        desk.write(province, case, 4000 if case.plays != "thin" else 1000)
        desk.take(province.clerk(case.sponsor), case, "SUBMIT")
    world.at(date(2026, 7, 27))
    for case in [c for c in province.cases if Level.COUNTY in desk.departments(province, c)]:
        _through_the_county(province, case)


def _through_the_county(province: Province, case: Case) -> None:
    officer = province.officer(case.sponsor)
    first = case.number == 0
    if first:
        clerk = province.clerk(case.sponsor)
        desk.refused(clerk, "R-024", "PERMISSION_MISSING", case, "FILE")
        desk.refused(officer, "R-026", "CONSULTATION_MISSING", case, "ENDORSE")
    desk.hear(province, case)
    if first:
        desk.refused(officer, "R-027", "LEVEL_REVIEW_MISSING", case, "ENDORSE")
        _not_before_the_county(province, case)
    desk.review(province, case, Level.COUNTY)
    if first and case.city == RETURNED_CITY:
        _returned(province, case)
    desk.take(officer, case, "ENDORSE")


def _not_before_the_county(province: Province, case: Case) -> None:
    """A city cannot take what its county has not passed on, and a sibling county sees nothing of it (R-025, R-048)."""
    desk.refused(province.approver(case.city), "R-025", "NOT_YOUR_LEVEL", case, "CLEAR")
    siblings = [o.code for o in province.world.places_below(case.city) if o.code != case.sponsor]
    province.officer(siblings[0]).refused("R-048", "NOT_FOUND", "GET", case.url)


def _returned(province: Province, case: Case) -> None:
    """Back to the unit with a checklist; only what it opens can be changed, every point is answered (domain.md 4.3)."""
    officer, clerk = province.officer(case.sponsor), province.clerk(case.sponsor)
    points = [{"text": "请写明 2025 年的办件量。", "part": "WRITE_UP"}]
    desk.refused(officer, "R-025", "CHECKLIST_MISSING", case, "RETURN", reason="材料不完整。", checklist=[])
    desk.take(officer, case, "RETURN", reason="材料不完整。", checklist=points)
    closed = {"statement": "该窗口" + "服务规范，群众满意。" * 6}
    clerk.refused("E-19", "PART_NOT_OPEN", "PATCH", case.url, closed, desk.shown(clerk, case)["etag"])
    desk.refused(clerk, "R-025", "CHECKLIST_UNANSWERED", case, "RESUBMIT", answers=[])
    desk.write(province, case, 4100)
    desk.take(clerk, case, "RESUBMIT", answers=[{"point": 1, "answer": "已补充。"}])
    desk.review(province, case, Level.COUNTY, version=1)
