"""A city's own award at the pages alone: made beside the provincial campaign, its windows reused, a place left unused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.ids import parsed, shown
from tests import campaign_cases
from tests.flow_cases import STATEMENT, Flow
from tests.flow_steps import NOTICE_DAYS, POINTS
from tests.plugins.service import Caller, Service
from tests.web.meeting_walk import HELD, IN_COMMON
from tests.web.page_walk import done, field, sent
from tests.web.test_case_path import declared, form_values, heard, opinion

WENZHOU, LUCHENG, LONGWAN, NINGBO = "330300", "330302", "330303", "330200"
PLACES = {LUCHENG: 2, LONGWAN: 1}
"""Each puts one window forward: a place of the first stays unused."""
WRITE_UP = 2000
"""Characters that the city asks for; the province asks for twice as many."""
BENCH = ("沈括", "苏颂", "宋慈")
DATES = {
    "award_period_start_year": "2024",
    "award_period_end_year": "2026",
    "planned_award_on": "2026-12-28",
    "contacts_due_on": "2026-07-10",
    "materials_due_on": "2026-07-20",
}


@dataclass
class City:
    """The city's office, its colleague, and the campaign once it is made."""

    service: Service
    url: str = ""

    @property
    def office(self) -> Caller:
        return self.service.person(Role.STEERING_OFFICE, WENZHOU)

    @property
    def second(self) -> Caller:
        return self.service.person(Role.STEERING_OFFICE, WENZHOU, "second-wenzhou")

    @property
    def flow(self) -> Flow:
        return Flow(self.service, parsed("cmp", self.url.rpartition("/")[2]))

    def unit(self, code: str) -> str:
        return shown("org", self.service.organization(code).id)

    def step(self, name: str) -> None:
        done(self.office, f"{self.url}/steps/{name}")

    def page(self, tail: str) -> str:
        return str(self.office.page(f"{self.url}{tail}").text)


def made(city: City, parent: str) -> None:
    """Through the create form, with the higher campaign that it asks for."""
    form = {"pack_code": "municipal-windows", "code": "wz2026", "host_organization_id": city.unit(WENZHOU)}
    offered = city.office.page("/campaigns/create").text
    alone = sent(city.office, "/campaigns/create", **form)
    city.url = done(city.office, "/campaigns/create", **form, parent_campaign_id=parent)
    assert f'<option value="{parent}">' in offered
    assert (alone.status_code, 'id="e-parent_campaign_id"' in alone.text) == (422, True)


def opened(city: City) -> None:
    """Papers, dates, units and places; the city's own approval is asked for by name."""
    for kind, title, number, issuer in (campaign_cases.PAPERS[0], campaign_cases.PAPERS[2]):
        recorded(city, kind, title, number, issuer)
    done(city.office, f"{city.url}/edit", **DATES)
    waiting = city.page("")
    recorded(
        city, "APPROVAL_BASIS", "关于同意开展市级评选的批复", "温评组函〔2026〕3号", "市评比达标表彰领导小组"
    )
    done(city.office, f"{city.url}/participants", _unit=[city.unit(code) for code in PLACES])
    plan = done(city.office, f"{city.url}/quota-plans/draft", **allotted(city))
    done(city.second, f"{plan}/confirm")
    for name in ("record-decision", "configure", "open"):
        city.step(name)
    assert f'href="{city.url}/documents/record?kind=APPROVAL_BASIS"' in waiting


def recorded(city: City, kind: str, title: str, number: str, issuer: str) -> None:
    paper = {"title": title, "document_no": number, "issuer": issuer, "issued_on": "2026-06-20"}
    done(city.office, f"{city.url}/documents/record", kind=kind, **paper)


def allotted(city: City) -> dict[str, str]:
    """The editor's lines with the places of each unit."""
    page = city.page("/quota-plans/draft")
    lines = dict(re.findall(r'name="buckets\.(\d+)\.code" value="(\w+)"', page))
    typed = {"provincial_total": str(sum(PLACES.values())), "ministry_total": "0", "ministry_pool": "0"}
    for line, code in lines.items():
        for name in ("provincial_places", "nomination_limit"):
            typed[f"buckets.{line}.{name}"] = str(PLACES.get(code, 0))
    return typed


def put_forward(city: City, code: str, window: str) -> str:
    """A window that the province knows already, written about by its clerk and cleared by its own county."""
    f, clerk = city.flow, city.flow.filer(code)
    case = done(clerk, f"/nominations/create?window={window}", _campaign=city.url.rpartition("/")[2])
    done(clerk, f"{case}/statement", statement=STATEMENT)
    done(clerk, f"{case}/declarations", **declared())
    done(clerk, f"{case}/write-up", text="优" * WRITE_UP)
    done(clerk, f"{case}/submit")
    heard(f.officer(code), case)
    done(f.officer(code), f"{case}/review", **graded())
    done(f.approver(code), f"{case}/clear")
    return case


def graded() -> dict[str, str]:
    """The opinion on the four criteria of the city's own rules."""
    return {name: value for name, value in opinion().items() if not name.startswith("assessments.4.")}


def published(city: City, code: str, case: str) -> None:
    f, key = city.flow, case.removeprefix("/nominations/")
    notice = done(
        f.officer(code),
        f"{city.url}/draft-notice",
        title="推荐对象公示",
        contact_phone="0577-88110000",
        basis=field_text(f.officer(code).page(f"{city.url}/draft-notice").text, "basis"),
        contact_office="区局监察室",
        _channel="WEBSITE",
        _item=key,
        **{f"_merits_{key}": "群众满意。"},
    )
    done(f.approver(code), f"{notice}/review")
    done(f.approver(code), f"{notice}/publish")


def field_text(page: str, name: str) -> str:
    """What a text area already says."""
    found: list[str] = re.findall(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)<', page)
    return found[0]


def filed(city: City, code: str, case: str, day: str) -> None:
    f = city.flow
    officer, approver = f.officer(code), f.approver(code)
    form = officer.page(f"{case}/form").text
    done(officer, f"{case}/form", **form_values(form, day))
    seal = officer.page(f"{case}/seals/county").text
    signed = {"sealed_on": day, "approved_by": "陈立", "signer": "李强", "kind": "PHYSICAL_SCAN"}
    done(officer, f"{case}/seals/county", name_on_seal=field(seal, "name_on_seal"), **signed)
    done(approver, f"{city.url}/ranking/{code}", **{f"_rank_{case.removeprefix('/nominations/')}": "1"})
    done(approver, f"{case}/recommend")
    done(approver, f"{case}/file")


def evaluated(city: City, cases: Iterable[str]) -> None:
    """Checked, given to three reviewers of other places, scored by the city's own items, locked and ranked."""
    city.step("close-filing")
    for case in cases:
        done(city.office, f"{case}/accept", checked=POINTS)
    city.step("start-evaluation")
    bench = [city.service.person(Role.REVIEWER, WENZHOU, name) for name in BENCH]
    for person in bench:
        appointed(city, person)
    nominations = [case.removeprefix("/nominations/") for case in cases]
    done(city.office, f"{city.url}/evaluation/open", nomination_ids=nominations)
    done(city.office, f"{city.url}/assignment-runs/start", due_on="2026-08-10", per_case="3", seed="2026")
    for person in bench:
        scored(person)
    done(city.office, f"{city.url}/evaluation/lock", nomination_ids=nominations)
    done(city.office, f"{city.url}/rankings/take")
    city.step("start-determination")


def appointed(city: City, person: Caller) -> None:
    who = {"person_id": shown("per", person.person_id), "home_organization_id": city.unit(NINGBO)}
    done(city.office, f"{city.url}/reviewers/register", **who, case_limit="20")
    at = re.findall(r'href="(/reviewers/[^"]+/recusal-declaration)"', person.page("/reviews").text)[0]
    done(person, at, nothing_to_declare="true", signed_by="本人")


def scored(person: Caller) -> None:
    """Every sheet of the queue at its maximum, as its fields say it."""
    queue = person.page("/reviews").text
    for at in dict.fromkeys(re.findall(r'href="(/reviews/asg_[0-9a-f]+)"', queue)):
        fields = re.findall(r'max="([\d.]+)"[^>]*? name="(entries\.[^"]+\.points)"', person.page(at).text)
        assert len(fields) == 7
        done(person, at, **{name: most for most, name in fields}, _act="submit")


def decided(city: City, purpose: str, minutes_no: str, held_on: str) -> None:
    """What the page proposes, with the votes in common; recorded by one and confirmed by another."""
    editor = f"{city.url}/meetings/draft?purpose={purpose}"
    ticked = re.findall(r'name="_item" value="([^"]+)"[^>]* checked', city.office.page(editor).text)
    record = {**HELD, **IN_COMMON, "minutes_no": minutes_no, "held_on": held_on}
    where = done(city.office, editor, _item=ticked, **record)
    done(city.office, f"{where}/record")
    done(city.second, f"{where}/confirm")


@pytest.mark.rule("R-044", "D-12", "E-13", "E-45")
def test_a_city_makes_its_own_award_from_the_create_form_to_a_roll_with_a_place_unused(
    sqlite_service: Service,
) -> None:
    parent = campaign_cases.opened(sqlite_service)
    province = Flow(sqlite_service, parsed("cmp", parent))
    windows = {code: province.window(code)["id"] for code in PLACES}
    city = City(sqlite_service)

    made(city, parent)
    opened(city)
    cases = {code: put_forward(city, code, window) for code, window in windows.items()}
    for code, case in cases.items():
        published(city, code, case)
    sqlite_service.clock.advance(days=NOTICE_DAYS)
    for code, case in cases.items():
        filed(city, code, case, "2026-07-09")
    sqlite_service.clock.advance(days=14)
    evaluated(city, list(cases.values()))
    decided(city, "REVIEW", "纪要〔2026〕7号", "2026-07-23")
    decided(city, "DETERMINATION", "局党组纪要〔2026〕21号", "2026-07-23")
    city.step("finish")
    done(city.office, f"{city.url}/confer", nomination_ids=awarded(cases), document_no="温劳社〔2026〕9号")

    roll = sqlite_service.client.get(f"/public/awards?campaign={city.url.rpartition('/')[2]}").text
    assert ("WZ2026-0001" in roll, "WZ2026-0002" in roll, "WZ2026-0003" in roll) == (True, True, False)
    assert unused(city.page("/places")) == {"鹿城区": 1, "龙湾区": 0}
    assert city.office.page(f"{city.url}/ministry/propose").text.count("<option") == 0


def awarded(cases: dict[str, str]) -> list[str]:
    return [case.removeprefix("/nominations/") for case in cases.values()]


def unused(page: str) -> dict[str, Any]:
    """Places of each unit that nobody holds, free or forfeited."""
    rows = re.findall(r'<th scope="row">([^<]+)<small>[^<]*</small></th>(.*?)</tr>', page, re.DOTALL)
    found = {}
    for name, cells in rows:
        counts = re.findall(r'<td class="num"[^>]*>(\d+)</td>', cells)
        if len(counts) == 4 and "num" in cells:
            found[name] = int(counts[2]) + int(counts[3])
    return found
