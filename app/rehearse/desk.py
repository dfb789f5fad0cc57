"""What the people of one case do again and again: declare, write, hear, review, fill in, seal."""

from datetime import timedelta
from typing import Any

from app.domain.levels import Level
from app.rehearse.province import Case, Province
from app.rehearse.texts import SUMMARY, write_up
from app.rehearse.world import Json, Player

GRADE = {"grade": "MEETS_FULLY", "sentence": "对照条件逐项核实，执行到位。"}


def departments(province: Province, case: Case) -> dict[Level, str]:
    """The levels a case passes, lowest first, with their departments' codes."""
    below = {case.sponsor} if case.sponsor.isdigit() else set()
    return {province.level(code): code for code in [*(below - {case.city}), case.city]}


def shown(who: Player, case: Case) -> Json:
    """The case as this person sees it now."""
    return who.get(case.url)


def take(who: Player, case: Case, action: str, **body: Any) -> Json:  # noqa: ANN401  (the act's own fields)
    """Take a step on the case as it stands."""
    return _answered(case, who.step({"etag": _version(who, case)}, case.url, action, **body))


def refused(who: Player, rule: str, code: str, case: Case, action: str, **body: Any) -> None:  # noqa: ANN401  (as above)
    """A step on the case that must not go."""
    who.step_refused(rule, code, shown(who, case), case.url, action, **body)


def put(who: Player, case: Case, part: str, body: Json) -> Json:
    """Write one part of the case."""
    return _answered(case, who.put(f"{case.url}/{part}", body, _version(who, case)))


def declare(province: Province, case: Case) -> None:
    """The unit says of each veto item that it has not occurred."""
    clerk = province.clerk(case.sponsor)
    items = clerk.get(f"{case.url}/declarations")["declarations"]
    signed = {"signed_by": "王敏", "signed_on": province.world.today.isoformat()}
    said = [{"veto_code": one["veto_code"], "has_occurred": False, **signed} for one in items]
    put(clerk, case, "declarations", {"declarations": said})


def write(province: Province, case: Case, characters: int = 4000) -> None:
    """The unit writes up its merits."""
    put(province.clerk(case.sponsor), case, "write-up", {"text": write_up(characters)})


def hear(province: Province, case: Case) -> None:
    """The own-level department hears the public and concludes it."""
    own = next(iter(departments(province, case).values()))
    officer, today = province.officer(own), province.world.today
    heard = {
        "methods": ["FORUM", "QUESTIONNAIRE"],
        "held_from": (today - timedelta(days=6)).isoformat(),
        "held_to": (today - timedelta(days=1)).isoformat(),
        "participants": 126,
        "summary": SUMMARY,
        "adverse_points": [{"point": "午间无人值班。", "handling": "已增设午间值班。"}],
        "signer": "李强",
    }
    hearing = officer.post(f"{case.url}/consultations", heard)
    officer.post(f"/consultations/{hearing['id']}/conclusions", version=hearing["etag"])


def review(province: Province, case: Case, level: Level, version: int = 0) -> None:
    """A level's opinion on all five criteria; a second one takes the place of the first."""
    officer = province.officer(departments(province, case)[level])
    body = {
        "conclusion": "RECOMMEND",
        "opinion": "经审核，同意推荐。",
        "signer": "李强",
        "signed_on": province.world.today.isoformat(),
        "assessments": [{"criterion": code, **GRADE} for code in province.criteria],
    }
    officer.put(f"{case.url}/level-reviews/{level.value}", body, f'"{version}"')


def fill(province: Province, case: Case) -> None:
    """The organising unit fills in what the form owes."""
    officer = province.officer(case.city)
    put(officer, case, "form", {"data": values(province, case, officer.get(f"{case.url}/form"))})


def values(province: Province, case: Case, form: Json) -> Json:
    """A value for every field that the form owes."""
    return {field["key"]: _value(province, case, field) for field in form["fields"] if field["owed"]}


def seal(province: Province, case: Case) -> None:
    """Every level seals in its turn."""
    for level, code in departments(province, case).items():
        province.officer(code).put(f"{case.url}/seals/{level.value}", stamp(province, code), '"0"')


def stamp(province: Province, code: str) -> Json:
    """The seal of a department, today and under its name."""
    return {
        "kind": "PHYSICAL_SCAN",
        "name_on_seal": province.world.place(code).name,
        "sealed_on": province.world.today.isoformat(),
        "approved_by": "陈立",
        "signer": "李强",
    }


def _version(who: Player, case: Case) -> str:
    """The version that the last answer had, or that is asked for now."""
    return case.version or str(shown(who, case)["etag"])


def _answered(case: Case, answer: Json) -> Json:
    case.version = answer["etag"]
    return answer


def _value(province: Province, case: Case, field: Json) -> Any:  # noqa: ANN401  (by the field's type)
    today = province.world.today.isoformat()
    kinds: Json = {
        "INTEGER": 12 + case.number,
        "DATE": today,
        "CHOICE": field["choices"][0]["code"] if field["choices"] else "",
        "DECLARATION": {"has_occurred": False},
        "OPINION": {"text": "同意推荐。", "signer": "李强", "signed_on": today},
        "HONOURS": [],
    }
    return kinds.get(field["type"], str(case.window["name"])[: field["max_length"]])
