"""While notices run: objections by the public and by telephone, one veto, one case that stays held (R-019, I-09, E-08, E-09)."""

from datetime import date, timedelta

from app.rehearse import desk
from app.rehearse.acts import notices
from app.rehearse.ledger import RehearsalError
from app.rehearse.province import Case, Province
from app.rehearse.world import Json

UNFOUNDED, VETOED = "330200", "330300"
WHEN = date(2026, 9, 9)


def play(province: Province) -> None:
    """One is unfounded, one ends its case, one holds it beyond the deadline; nobody else is touched."""
    world = province.world
    world.at(WHEN)
    _unfounded(province, province.of(UNFOUNDED)[0])
    _vetoed(province, province.of(VETOED)[1])
    notices.late(province)
    _held(province, province.of(notices.LATE_CITY)[0])


def _unfounded(province: Province, case: Case) -> None:
    """Anybody may object over the public page, with a receipt; it is looked into by somebody else, and replied to."""
    public, discipline = province.world.anybody, province.discipline
    url = f"/public/notices/{case.notice}/objections"
    said: Json = {
        "item_id": case.item,
        "identity_kind": "ANONYMOUS",
        "has_leads": True,
        "content": "该窗口申报的满意率与实际不符，八月十日上午大厅无人值守。",
    }
    nameless = said | {"identity_kind": "NAMED_INDIVIDUAL"}
    public.refused("R-028", "OBJECTOR_MISSING", "POST", url, nameless)
    public.refused("R-028", "VALIDATION_FAILED", "POST", url, said | {"content": "假"})
    receipt = public.post(url, said)
    own = f"/public/notices/{case.notice}"
    if any("content" in item for item in public.get(own)["items"]):
        raise RehearsalError("I-19: the public page shows what an objection says")
    mine = next(o for o in discipline.get("/objections")["items"] if o["item_id"] == case.item)
    desk.refused(province.approver(case.city), "I-09", "OBJECTION_OPEN", case, "RECOMMEND")
    _by_whom(province, mine, case)
    _concluded(province, mine, "NOT_UPHELD")  # anonymous: there is nobody to reply to
    if not receipt["receipt"]:
        raise RehearsalError("an objection gave no receipt")


def _by_whom(province: Province, objection: Json, case: Case) -> None:
    """Whoever prepared the case or may not handle anything does not look into it, and its unit never reads it (E-34, R-046)."""
    discipline, at = province.discipline, f"/objections/{objection['id']}"
    clerk, stranger = province.clerk(case.sponsor), province.officer("330400")
    clerk.refused("R-046", "NOT_FOUND", "GET", at)
    discipline.step_refused("E-34", "HANDLER_PREPARED_IT", objection, at, "ASSIGN", handler_id=clerk.id)
    discipline.step_refused("E-34", "HANDLER_NOT_ABLE", objection, at, "ASSIGN", handler_id=stranger.id)


def _vetoed(province: Province, case: Case) -> None:
    """A named objection by telephone is upheld: the discipline officer opens a finding, which ends the case."""
    discipline = province.discipline
    objection = _recorded(province, case)
    objection = _concluded(province, objection, "UPHELD", stop=True)
    at = f"/objections/{objection['id']}"
    discipline.step(
        objection,
        at,
        "ACT",
        act="VETO",
        reason="情况属实。",
        veto_code="VETO_HARM_PUBLIC_INTEREST",
        fact_on="2025-11-03",
    )
    finding = next(f for f in discipline.get("/veto-findings")["items"] if f["nomination_id"] == case.id)
    desk.refused(province.approver(case.city), "R-019", "VETO_HELD", case, "RECOMMEND")
    url = f"/veto-findings/{finding['id']}"
    finding = discipline.step(finding, url, "VERIFY", evidence="现场调查笔录三份。")
    discipline.step(finding, url, "CONFIRM", evidence="现场调查笔录三份。", conclusion="情况属实。")
    if desk.shown(province.office, case)["stage"] != "VETOED":
        raise RehearsalError("D-09: a confirmed finding did not end the case")
    case.plays = "vetoed"


def _held(province: Province, case: Case) -> None:
    """An objection of the last days holds the case; it is concluded only after the deadline (decisions 4)."""
    province.world.at(date(2026, 9, 24))
    case.objection = _recorded(province, case)["id"]
    case.plays = "held"


def _recorded(province: Province, case: Case) -> Json:
    return province.discipline.post("/objections", _told(case))


def _told(case: Case, **changes: object) -> Json:
    """What somebody said on the telephone."""
    return {
        "item_id": case.item,
        "identity_kind": "NAMED_INDIVIDUAL",
        "objector_name": "秦香莲",
        "objector_contact": "0571-85119999",
        "has_leads": True,
        "channel": "PHONE",
        "content": "该窗口工作人员去年十一月吃拿卡要，有收据为证。",
        **changes,
    }


def _concluded(
    province: Province, objection: Json, result: str, reply: str = "", *, stop: bool = False
) -> Json:
    discipline, at = province.discipline, f"/objections/{objection['id']}"
    thing = discipline.get(at)
    for action, body in (
        ("ASSIGN", {"handler_id": discipline.id}),
        ("ACCEPT", {}),
        ("INVESTIGATE", {}),
        ("CONCLUDE", {"result": result, "finding": "调阅记录、走访群众后认定。"}),
    ):
        thing = discipline.step(thing, at, action, **body)
    if stop:
        return thing
    if reply:
        thing = discipline.step(thing, at, "REPLY", reply=reply)
    return discipline.step(thing, at, "CLOSE")


def too_late(province: Province, case: Case) -> None:
    """What comes after the notice is kept and holds nothing; a letter counts from its postmark (E-08, E-36)."""
    discipline, today = province.discipline, province.world.today
    ahead = (today + timedelta(days=1)).isoformat()
    discipline.refused(
        "E-36", "POSTMARK_IMPOSSIBLE", "POST", "/objections", _told(case, channel="LETTER", sent_on=ahead)
    )
    late = discipline.post("/objections", _told(case))
    at = f"/objections/{late['id']}"
    late = discipline.step(late, at, "ASSIGN", handler_id=discipline.id)
    discipline.step_refused("E-08", "OBJECTION_LATE", late, at, "ACCEPT")
    discipline.step(late, at, "DECLINE", reason="逾期，已作为线索移送。")


def release(province: Province, case: Case) -> None:
    """The held case is released after the deadline."""
    _concluded(province, {"id": case.objection}, "NOT_UPHELD", reply="经核查，反映情况不属实。")
    province.world.at(province.world.today + timedelta(days=1))
