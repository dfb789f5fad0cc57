"""Seals: one a level, from the lowest up, under the statutory name of the day, each with its own signer."""

from datetime import date
from typing import Any

import pytest

from app.db.tables.places import NameHistory, Organization
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.services import audit
from tests.paper_cases import HANGZHOU, TOMORROW, XIHU, Paper, paper, pointers, refused, seal
from tests.plugins.service import Caller, Service


def sealed(
    made: Paper, caller: Caller, level: str = "COUNTY", version: int | str = 0, form: str = "", **changes: Any
) -> Any:
    code = {"COUNTY": XIHU, "MUNICIPAL": HANGZHOU, "PROVINCIAL": "ZJ"}[level]
    body = seal(made.service.organization(code).name, **changes)
    query = f"?form={form}" if form else ""
    return caller("PUT", f"{made.url}/seals/{level}{query}", json=body, version=version)


def at_the_city(service: Service) -> Paper:
    made = paper(service)
    made.put(level=Level.MUNICIPAL)
    return made


@pytest.mark.rule("R-040", "E-40")
def test_each_level_seals_in_its_turn_with_a_signer_of_its_own(service: Service) -> None:
    made = at_the_city(service)

    county = sealed(made, made.county, signer="李强")
    city = sealed(made, made.approver, "MUNICIPAL", signer="新任局长")

    assert (county.status_code, city.status_code) == (200, 200)
    listed = made.city("GET", f"{made.url}/seals").json()["items"]
    assert [(one["level"], one["signer"], one["form_kind"], one["kind"]) for one in listed] == [
        ("COUNTY", "李强", "PROVINCIAL", "PHYSICAL_SCAN"),
        ("MUNICIPAL", "新任局长", "PROVINCIAL", "PHYSICAL_SCAN"),
    ]
    assert made.city("GET", f"{made.url}/seals/COUNTY").json() == county.json()


@pytest.mark.rule("R-040")
def test_a_level_below_is_neither_left_out_nor_sealed_later(sqlite_service: Service) -> None:
    made = at_the_city(sqlite_service)

    first = sealed(made, made.city, "MUNICIPAL")
    assert refused(first) == (409, "SEAL_MISSING")
    assert "县级" in first.json()["detail"]

    county = sealed(made, made.county, sealed_on="2026-06-30").json()
    early = sealed(made, made.city, "MUNICIPAL", sealed_on="2026-06-29")
    assert (early.status_code, pointers(early)) == (409, [("SEAL_ORDER", "/sealed_on")])
    assert sealed(made, made.city, "MUNICIPAL", sealed_on="2026-06-30").status_code == 200

    again = sealed(made, made.county, version=county["etag"], sealed_on="2026-07-01")
    assert (again.status_code, pointers(again)) == (409, [("SEAL_ORDER", "/sealed_on")])


@pytest.mark.rule("E-02")
def test_the_seal_bears_the_name_that_was_valid_on_its_day(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    county = sqlite_service.organization(XIHU)
    with sqlite_service.system() as ctx:
        ctx.session.add(
            NameHistory(
                **audit.stamp(ctx),
                subject_id=county.id,
                name=county.name,
                valid_from=date(2010, 1, 1),
                valid_to=date(2026, 6, 30),
            )
        )
        ctx.session.get_one(Organization, county.id).name = "西湖区人力资源和社会保障局"
        ctx.noted += 1

    def under(name: str, day: str) -> Any:
        return made.county("PUT", f"{made.url}/seals/COUNTY", json=seal(name, sealed_on=day), version=0)

    old_after = under(county.name, "2026-07-01")
    new_before = under("西湖区人力资源和社会保障局", "2026-06-30")

    assert (old_after.status_code, pointers(old_after)) == (422, [("SEAL_NAME_MISMATCH", "/name_on_seal")])
    assert "西湖区人力资源和社会保障局" in old_after.json()["detail"]
    assert pointers(new_before) == [("SEAL_NAME_MISMATCH", "/name_on_seal")]
    assert under(county.name, "2026-06-30").status_code == 200


@pytest.mark.rule("R-025", "R-040")
def test_nobody_seals_for_another_level_before_the_case_is_there_or_ahead_of_time(
    sqlite_service: Service,
) -> None:
    made = paper(sqlite_service)

    assert refused(sealed(made, made.city)) == (403, "NOT_YOUR_LEVEL")
    assert refused(sealed(made, made.office, "PROVINCIAL")) == (409, "LEVEL_NOT_APPLICABLE")
    assert pointers(sealed(made, made.county, sealed_on=TOMORROW)) == [("DATE_IN_FUTURE", "/sealed_on")]
    assert sealed(made, made.county).status_code == 200
    assert refused(sealed(made, made.city, "MUNICIPAL")) == (409, "CASE_ELSEWHERE")


@pytest.mark.rule("R-037", "R-040")
def test_the_ministrys_form_bears_the_hosts_seal_too_once_the_award_is_determined(
    sqlite_service: Service,
) -> None:
    made = at_the_city(sqlite_service)
    assert refused(sealed(made, made.county, form="NATIONAL")) == (409, "CASE_ELSEWHERE")

    made.put(stage=Stage.DETERMINED, level=Level.PROVINCIAL)
    assert refused(sealed(made, made.county)) == (409, "CASE_ELSEWHERE")
    statuses = [
        sealed(made, who, level, form="NATIONAL").status_code
        for who, level in ((made.county, "COUNTY"), (made.city, "MUNICIPAL"), (made.office, "PROVINCIAL"))
    ]
    assert statuses == [200, 200, 200]
    one = made.city("GET", f"{made.url}/seals/COUNTY?form=NATIONAL").json()
    assert one["form_kind"] == "NATIONAL"
    assert refused(made.city("GET", f"{made.url}/seals/COUNTY")) == (404, "NOT_FOUND")


@pytest.mark.rule("R-040")
def test_an_electronic_seal_is_named_by_its_number_and_one_on_paper_has_none(sqlite_service: Service) -> None:
    made = paper(sqlite_service)

    scan = sealed(made, made.county, material_id=f"mat_{'0' * 32}")
    unnamed = sealed(made, made.county, kind="E_SEAL")
    numbered = sealed(made, made.county, e_seal_id="ES-330106-1")
    fine = sealed(made, made.county, kind="E_SEAL", e_seal_id="ES-330106-1")

    assert pointers(scan) == [("SEAL_SCAN_UNKNOWN", "/material_id")]
    assert pointers(unnamed) == [("SEAL_NUMBER", "/e_seal_id")]
    assert pointers(numbered) == [("SEAL_NUMBER", "/e_seal_id")]
    assert (fine.status_code, fine.json()["e_seal_id"]) == (200, "ES-330106-1")


@pytest.mark.rule("R-048")
def test_the_county_beside_sees_no_seal_and_puts_none(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    sealed(made, made.county)

    assert refused(made.sibling("GET", f"{made.url}/seals")) == (404, "NOT_FOUND")
    assert refused(made.sibling("GET", f"{made.url}/seals/COUNTY")) == (404, "NOT_FOUND")
    assert refused(sealed(made, made.sibling)) == (404, "NOT_FOUND")
    assert refused(sealed(made, made.county, signer="他人")) == (412, "VERSION_CONFLICT")


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    made.put(stage=Stage.DETERMINED, level=Level.PROVINCIAL)
    costs = []
    for who, level in ((made.county, "COUNTY"), (made.city, "MUNICIPAL"), (made.office, "PROVINCIAL")):
        sealed(made, who, level, form="NATIONAL")
        with sqlite_service.statements() as counted:
            assert made.city("GET", f"{made.url}/seals").status_code == 200
        costs.append(len(counted))
    assert len(set(costs)) == 1
