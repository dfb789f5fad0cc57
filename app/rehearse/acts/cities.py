"""August: cities review strictly and clear, as many as they may put forward; the host does so for its own units (R-024, R-027)."""

from datetime import date

from app.domain.levels import Level
from app.rehearse import desk
from app.rehearse.acts.windows import OVER_THE_LIMIT
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import Case, Province


def play(province: Province) -> None:
    """Every case is cleared but Hangzhou's last, for which there is no claim."""
    province.world.at(date(2026, 8, 10))
    for city in [*province.cities(), "ZJ"]:
        for case in province.of(city):
            _clear(province, case)
    stages = [desk.shown(province.office, case)["stage"] for case in province.cases]
    if stages.count("CLEARED") != len(province.cases) - 1 or stages.count("REJECTED") != 1:
        raise RehearsalError(f"cities: {sorted(set(stages))}")


def _clear(province: Province, case: Case) -> None:
    officer, approver = province.officer(case.city), province.approver(case.city)
    level = list(desk.departments(province, case))[-1]
    if len(desk.departments(province, case)) == 1:
        desk.hear(province, case)
    if case.number == 0:
        desk.refused(approver, "R-027", "LEVEL_REVIEW_MISSING", case, "CLEAR")
    desk.review(province, case, level)
    if case.city == OVER_THE_LIMIT and case is province.of(case.city)[-1]:
        desk.refused(approver, "E-12", "NOMINATION_LIMIT_REACHED", case, "CLEAR")
        desk.take(approver, case, "REJECT", reason="名额已满，择优推荐后未予推荐。")
        case.plays = "rejected"
        return
    if case.number == 0:
        desk.refused(officer, "I-13", "PERMISSION_MISSING", case, "CLEAR")
        if level is Level.MUNICIPAL:
            foreign = province.approver("330200" if case.city != "330200" else "330300")
            foreign.refused("R-024", "NOT_FOUND", "GET", case.url)
    desk.take(approver, case, "CLEAR")
