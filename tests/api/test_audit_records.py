"""Reading the audit record: one's own area, newest first, digests instead of contents."""

from typing import Any

import pytest
from sqlmodel import col, select

from app.db.tables.people import Person, RoleGrant
from app.domain.access import Role
from app.domain.ids import shown
from app.services import audit
from tests.feed_cases import happened, numbered
from tests.paper_cases import HANGZHOU, XIHU, hearing, paper, refused
from tests.plugins.service import Caller, Service

NINGBO = "330200"


def records(caller: Caller, **params: Any) -> list[dict[str, Any]]:
    answer = caller("GET", "/audit-records", params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def personal(service: Service) -> None:
    """Something that belongs to no unit."""
    with service.system() as ctx:
        person = Person(**audit.stamp(ctx), username="x", name="张三")
        ctx.session.add(person)
        audit.note(ctx, "person.created", person)


@pytest.mark.rule("I-18")
def test_the_record_says_who_did_what_to_which_thing_and_not_what_was_written(service: Service) -> None:
    made, auditor = paper(service), service.person(Role.AUDITOR, HANGZHOU)
    answer = made.county("POST", f"{made.url}/consultations", json=hearing(signer="某某某"))

    (record,) = records(auditor, action="consultation.recorded")

    assert record["entity_id"] == answer.json()["id"]
    assert record["actor"] == f"person:{made.county.person_id.hex}"
    assert record["campaign_id"] == shown("cmp", made.campaign_id)
    assert (record["before_digest"], record["after_digest"][:7]) == ("", "sha256:")
    assert (record["position"], record["chain"]) == (0, "")
    assert "某某某" not in auditor("GET", f"/audit-records/{record['id']}").text

    while numbered(service):
        pass
    again = auditor("GET", f"/audit-records/{record['id']}").json()
    assert (again["position"] > 0, again["chain"][:7]) == (True, "sha256:")


@pytest.mark.rule("R-048")
def test_an_auditor_reads_of_his_own_units_and_the_top_of_everything(sqlite_service: Service) -> None:
    city, top = (sqlite_service.person(Role.AUDITOR, code) for code in (HANGZHOU, "ZJ"))
    for code in (XIHU, NINGBO):
        happened(sqlite_service, code)
    personal(sqlite_service)
    (foreign,) = [r for r in records(top, entity="Organization") if r["summary"] == {"code": NINGBO}]

    assert [r["summary"] for r in records(city)] == [{"code": XIHU}]
    assert [r["action"] for r in records(top)][:3] == [
        "person.created",
        "organization.edited",
        "organization.edited",
    ]
    assert refused(city("GET", f"/audit-records/{foreign['id']}")) == (404, "NOT_FOUND")
    assert top("GET", f"/audit-records/{foreign['id']}").json() == foreign


def test_an_auditor_of_one_campaign_reads_of_that_campaign_alone(sqlite_service: Service) -> None:
    made, auditor = paper(sqlite_service), sqlite_service.person(Role.AUDITOR, HANGZHOU)
    with sqlite_service.system() as ctx:
        of_person = select(RoleGrant).where(col(RoleGrant.person_id) == auditor.person_id)
        grant = ctx.session.exec(of_person).one()
        grant.campaign_id, grant.campaign_key = made.campaign_id, made.campaign_id.hex
        ctx.noted += 1
    made.county("POST", f"{made.url}/consultations", json=hearing())
    happened(sqlite_service, XIHU)

    assert [r["action"] for r in records(auditor)] == ["consultation.recorded"]


def test_the_record_is_narrowed_by_thing_act_person_and_time(sqlite_service: Service) -> None:
    made, auditor = paper(sqlite_service), sqlite_service.person(Role.AUDITOR, "ZJ")
    first = made.county("POST", f"{made.url}/consultations", json=hearing()).json()
    sqlite_service.clock.advance(days=1)
    made.county("POST", f"{made.url}/consultations", json=hearing())
    happened(sqlite_service, XIHU)
    who = f"person:{made.county.person_id.hex}"

    def count(**params: Any) -> int:
        return len(records(auditor, **params))

    assert count(entity_id=first["id"]) == 1
    assert count(entity="PublicConsultation") == 2
    assert count(actor=who) == 2
    assert count(actor=who, since="2026-07-02T00:00:00Z") == 1
    assert count(actor=who, until="2026-07-02T00:00:00+00:00") == 1
    assert count(campaign_id=shown("cmp", made.campaign_id), action="consultation.recorded") == 2
    answer = auditor("GET", "/audit-records", params={"since": "2026-07-02T00:00:00"})
    assert refused(answer) == (422, "VALIDATION_FAILED")


def test_the_record_is_read_by_auditors_alone(sqlite_service: Service) -> None:
    happened(sqlite_service, XIHU)
    for role in (Role.STEERING_OFFICE, Role.SYSTEM_ADMIN, Role.REVIEWING_OFFICER):
        answer = sqlite_service.person(role, "ZJ")("GET", "/audit-records")
        assert refused(answer) == (403, "PERMISSION_MISSING"), role
    assert records(sqlite_service.person(Role.AUDIT_ADMIN, "ZJ"), entity="Organization") != []


def test_the_pages_of_the_record_hang_together_at_a_constant_price(sqlite_service: Service) -> None:
    auditor = sqlite_service.person(Role.AUDITOR, HANGZHOU)
    costs = []
    for number in range(3):
        happened(sqlite_service, XIHU)
        with sqlite_service.statements() as counted:
            assert len(records(auditor)) == number + 1
        costs.append(len(counted))
    first = auditor("GET", "/audit-records", params={"limit": 2}).json()
    rest = auditor("GET", "/audit-records", params={"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(set(costs)) == 1
    assert (len(first["items"]), first["has_more"], len(rest["items"]), rest["has_more"]) == (
        2,
        True,
        1,
        False,
    )
