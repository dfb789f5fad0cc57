"""Rules through the API: read with clauses and our proposals marked, edited as TOML, versioned once in use."""

from typing import Any

import pytest
from sqlmodel import Session

from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.ids import parsed, shown
from tests.campaign_cases import Desk, desk, drafted
from tests.plugins.service import Service
from tests.supervision_cases import case


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def changed(at: Desk, before: str, after: str, **more: Any) -> Any:
    """The rules as they are read, with one line changed, sent back."""
    rules = at.got("GET", "/rules")
    assert before in rules["toml"]
    body = {"toml": rules["toml"].replace(before, after, 1), **more}
    return at("PUT", "/rules", json=body, version=rules["etag"])


def section(rules: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in rules["sections"] if one["name"] == name)


def test_packs_are_shown_with_their_clauses_and_what_is_only_our_proposal(sqlite_service: Service) -> None:
    reader = sqlite_service.person(Role.REVIEWING_OFFICER, "330100")
    packs = {one["code"]: one for one in reader("GET", "/packs").json()["items"]}
    pack = reader("GET", "/packs/provincial-windows").json()

    assert {name: one["host_level"] for name, one in packs.items()} == {
        "municipal-windows": "MUNICIPAL",
        "provincial-windows": "PROVINCIAL",
    }
    assert (
        packs["provincial-windows"]["provincial_total"],
        packs["municipal-windows"]["ministry_total"],
    ) == (
        34,
        0,
    )
    quota = section(pack, "quota")
    assert "R-011" in quota["clause"]
    assert "/quota/freed_after_deadline" in quota["platform_defaults"]
    assert "/quota/provincial_total" not in quota["platform_defaults"]
    assert quota["values"]["ministry_fixed"] == {"330100": 2, "330200": 2}
    assert code(reader("GET", "/packs/no-such-pack")) == (404, "NOT_FOUND")
    assert code(reader("GET", "/packs/..")) == (404, "NOT_FOUND")


@pytest.mark.rule("R-018", "D-01")
def test_the_office_edits_the_rules_of_a_draft_in_place(service: Service) -> None:
    at = drafted(service)
    answer = changed(at, "min_days = 5", "min_days = 7")
    rules = at.got("GET", "/rules")

    assert answer.status_code == 200, answer.text
    assert (rules["version"], rules["frozen_at"]) == (1, "")
    assert section(rules, "notice")["values"]["min_days"] == 7
    assert len(at.got("GET", "/rules/versions")["items"]) == 1


@pytest.mark.rule("I-16", "R-018")
def test_once_opened_rules_change_by_a_version_with_its_reason_and_the_cases_it_concerns(
    service: Service,
) -> None:
    at = desk(service)
    held = case(service, 1)
    with service.system() as ctx:
        ctx.session.get_one(Nomination, held.nominations[0]).campaign_id = parsed("cmp", at.campaign_id)
        ctx.noted += 1

    silent = changed(at, "min_days = 5", "min_days = 7")
    given = changed(at, "min_days = 5", "min_days = 7", reason="领导小组会议决定。")

    assert code(silent) == (422, "REASON_MISSING")
    assert given.json()["rules_version"] == 2
    newest, first = at.got("GET", "/rules/versions")["items"]
    assert (newest["version"], newest["reason"]) == (2, "领导小组会议决定。")
    assert newest["affected"] == [shown("nom", held.nominations[0])]
    assert first["frozen_at"] != ""
    before = at.got("GET", "/rules?version=1")
    assert section(before, "notice")["values"]["min_days"] == 5
    assert code(at("GET", "/rules?version=3")) == (404, "NOT_FOUND")
    with Session(service.plant.engine) as session:
        assert session.get_one(Nomination, held.nominations[0]).stage == "CLEARED"


@pytest.mark.rule("R-018", "D-01")
@pytest.mark.parametrize(
    ("before", "after", "refusal"),
    [
        ("min_days = 5", "min_days = ", "PACK_UNREADABLE"),
        ("min_days = 5", "min_days = 0", "PACK_INVALID"),
        ('host_level = "PROVINCIAL"', 'host_level = "MUNICIPAL"', "PACK_INVALID"),
        ("provincial_total = 34", "provincial_total = 35", "PACK_INVALID"),
    ],
)
def test_rules_that_contradict_themselves_are_not_kept(
    sqlite_service: Service, before: str, after: str, refusal: str
) -> None:
    at = drafted(sqlite_service)
    kept = at.got("GET", "/rules")

    assert code(changed(at, before, after)) == (422, refusal)
    assert at.got("GET", "/rules") == kept


@pytest.mark.rule("R-044")
def test_the_rules_of_a_city_do_not_become_those_of_the_province(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    municipal = at.office("GET", "/packs/municipal-windows").json()["toml"]

    answer = at("PUT", "/rules", json={"toml": municipal}, version=at.etag)

    assert code(answer) == (422, "HOST_LEVEL_MISMATCH")
    assert section(at.got("GET", "/rules"), "routing")["values"]["host_level"] == "PROVINCIAL"


@pytest.mark.rule("R-001", "R-024")
def test_rules_do_not_leave_a_participant_without_its_route(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    refused = changed(at, 'code = "CITY"', 'code = "TOWN"')
    at.got("PUT", "/participants", json={"participants": []}, version=at.etag)
    taken = changed(at, 'code = "CITY"', 'code = "TOWN"')
    city = {
        "organization_id": shown("org", sqlite_service.organization("330100").id),
        "route": "TOWN",
        "bucket_code": "330100",
    }

    assert code(refused) == (422, "BUCKET_UNKNOWN")
    assert taken.status_code == 200, taken.text
    assert at("PUT", "/participants", json={"participants": [city]}, version=at.etag).status_code == 200


@pytest.mark.rule("E-45", "R-018")
def test_another_departments_rules_make_a_campaign_without_a_pack(sqlite_service: Service) -> None:
    at = drafted(sqlite_service)
    toml = at.got("GET", "/rules")["toml"].replace("min_days = 5", "min_days = 7")
    body = {
        "code": "own-2026",
        "toml": toml.replace('code = "provincial-windows"', 'code = "own-windows"'),
        "host_organization_id": shown("org", sqlite_service.organization("ZJ").id),
    }
    made = at.office("POST", "/campaigns/imports", json=body)
    broken = at.office("POST", "/campaigns/imports", json=body | {"code": "b-1", "toml": "[identity"})
    city = sqlite_service.person(Role.STEERING_OFFICE, "330100")
    foreign = city("POST", "/campaigns/imports", json=body | {"code": "c-1"})

    assert (made.status_code, made.json()["pack_code"]) == (201, "own-windows")
    own = Desk(sqlite_service, at.office, at.second, made.json()["id"])
    assert section(own.got("GET", "/rules"), "notice")["values"]["min_days"] == 7
    assert code(broken) == (422, "PACK_UNREADABLE")
    assert code(foreign) == (403, "PERMISSION_MISSING")
    assert len(at.office("GET", "/campaigns").json()["items"]) == 2
