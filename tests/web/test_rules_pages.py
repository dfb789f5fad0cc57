"""The rules of a campaign as people read and change them: clauses, platform defaults, versions with their cases."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from app.domain.access import Role
from app.packs import loading
from app.packs.schema import CampaignRules
from app.web import wording
from app.web.rules_shown import OWN_PLACE, Reader
from tests import campaign_cases, supervision_cases
from tests.plugins.service import Service
from tests.web.campaign_walk import created, office, version
from tests.web.page_walk import done


def members(model: type[BaseModel]) -> Iterator[str]:
    """Every member of the rules, however deep."""
    for name, field in model.model_fields.items():
        yield name
        for part in parts(field.annotation):
            yield from members(part)


def parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from parts(inner)


def test_every_section_and_every_member_of_the_rules_has_a_name() -> None:
    sections = CampaignRules.model_fields
    inside = [
        name
        for section, field in sections.items()
        if section not in OWN_PLACE
        for part in parts(field.annotation)
        for name in members(part)
    ]
    said = {name.removesuffix("_zh").removesuffix("_en") for name in inside}

    assert set(sections) - set(wording.LABELS["rules_section"]) == set()
    assert said - {"clause", "platform_defaults"} - set(wording.LABELS["rules_field"]) == set()


def test_the_reader_marks_what_is_the_platforms_and_nothing_that_is_the_notices() -> None:
    rules = loading.load("provincial-windows")
    shown = {one.name: one for one in Reader(rules, "zh").sections()}

    assert list(shown) == [section for section, _ in rules.sections()]
    assert {one.name: one.ours for one in shown["notice"].facts}["min_days"] is True
    assert {one.name: one.ours for one in shown["copies"].facts}["filing_writeup"] is False
    assert all(one.ours for one in shown["reviewers"].facts)  # `*`: the whole section


@pytest.mark.rule("R-018", "R-019")
def test_the_five_criteria_with_their_28_items_and_the_vetoes_are_read_with_their_clauses(
    sqlite_service: Service,
) -> None:
    page = office(sqlite_service).page(f"{created(sqlite_service)}/rules").text

    assert "5 项标准、28 个要点" in page
    assert "R-018, D-08, G-08" in page
    assert "积极探索新的监督形式和方法，拓宽监督渠道" in page
    assert "发生损害群众利益的不正之风问题" in page
    assert "平台默认" in page
    assert "街道、镇、乡" in page  # words, not the standard's numbers
    assert "隶属层级代码" not in page


@pytest.mark.rule("I-16")
def test_frozen_rules_change_by_a_new_version_that_names_its_reason_and_its_cases(
    sqlite_service: Service,
) -> None:
    campaign_id = campaign_cases.opened(sqlite_service)
    case = supervision_cases.within(sqlite_service, campaign_id, 2)
    who, where = office(sqlite_service), f"/campaigns/{campaign_id}/rules"
    text = (
        who("GET", f"/campaigns/{campaign_id}/rules").json()["toml"].replace("min_days = 5", "min_days = 7")
    )

    silent = who.page(f"{where}/edit", version(who.page(f"{where}/edit").text) | {"toml": text})
    assert (silent.status_code, "REASON_MISSING" in silent.text) == (422, True)
    done(who, f"{where}/edit", toml=text, reason="领导小组会议决定延长公示。")
    page = who.page(where).text

    assert "领导小组会议决定延长公示。" in page
    assert all(f"/nominations/nom_{one.hex}" in page for one in case.nominations)
    assert "这是第 1 版，不是现行规则" in who.page(f"{where}?version=1").text
    assert who.page(f"{where}?version=9").status_code == 404


def test_faulty_rules_are_refused_with_the_place_and_what_was_typed_stays(sqlite_service: Service) -> None:
    who, where = office(sqlite_service), f"{created(sqlite_service)}/rules"
    twin = who.page(f"{where}/edit").text
    text = who("GET", where).json()["toml"].replace("min_days = 5", "min_days = 700")

    refused = who.page(f"{where}/edit", version(twin) | {"toml": text})

    assert refused.status_code == 422
    assert "<code>notice.min_days</code>" in refused.text
    assert "min_days = 700" in refused.text
    assert "<dd>5 " in who.page(where).text


def test_a_city_reads_the_rules_and_may_not_change_them(sqlite_service: Service) -> None:
    where = f"/campaigns/{campaign_cases.opened(sqlite_service)}/rules"
    city = sqlite_service.person(Role.APPROVING_OFFICER, "330100")
    page = city.page(where)

    assert (page.status_code, "修改规则" in page.text) == (200, False)
    refused = city.page(f"{where}/edit", version(city.page(f"{where}/edit").text) | {"toml": "x = 1"})
    assert (refused.status_code, "PERMISSION_MISSING" in refused.text) == (403, True)
