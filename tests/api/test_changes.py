"""The change feed: one order, nothing left out, one's own area, and only what one may read anyway."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from app.db.tables.campaigns import Campaign
from app.db.tables.people import Person, RoleGrant
from app.db.tables.supervision import VetoFinding
from app.db.tables.system import Event
from app.domain.access import Role
from app.domain.ids import new_id, shown
from app.domain.veto import FindingStage
from app.services import audit
from app.services.context import Ctx
from tests.feed_cases import client_of, happened, numbered, read, told
from tests.paper_cases import HANGZHOU, XIHU, opinion, paper, refused
from tests.plugins.service import Service

NINGBO = "330200"


def drained(service: Service) -> None:
    """Number what the making of the service left behind."""
    while numbered(service):
        pass


def test_changes_come_in_order_once_and_the_cursor_always_leads_on(service: Service) -> None:
    reader = client_of(service, HANGZHOU, "nominations:read")
    drained(service)
    begun = read(reader, start="LATEST").json()["next_cursor"]
    for code in (XIHU, HANGZHOU, XIHU):
        happened(service, code)
    numbered(service)

    first = read(reader, begun, limit=2)
    second = read(reader, first.json()["next_cursor"])
    third = read(reader, second.json()["next_cursor"])

    assert (told(first), first.json()["has_more"]) == ([XIHU, HANGZHOU], True)
    assert (told(second), second.json()["has_more"]) == ([XIHU], False)
    assert (told(third), bool(third.json()["next_cursor"])) == ([], True)
    again = read(reader, begun)
    assert told(again) == [XIHU, HANGZHOU, XIHU]


def test_a_change_is_told_with_its_thing_its_version_and_nothing_personal(sqlite_service: Service) -> None:
    reader = client_of(sqlite_service, HANGZHOU, "nominations:read")
    drained(sqlite_service)
    begun = read(reader, start="LATEST").json()["next_cursor"]
    happened(sqlite_service, XIHU)
    numbered(sqlite_service)

    (item,) = read(reader, begun).json()["items"]

    assert {key: item[key] for key in ("type", "entity", "entity_id", "entity_etag", "data")} == {
        "type": "organization.edited",
        "entity": "Organization",
        "entity_id": shown("org", sqlite_service.organization(XIHU).id),
        "entity_etag": '"2"',
        "data": {"code": XIHU},
    }
    assert "actor" not in item


def test_what_has_no_position_yet_is_not_told_and_not_skipped(sqlite_service: Service) -> None:
    reader = client_of(sqlite_service, HANGZHOU, "nominations:read")
    drained(sqlite_service)
    begun = read(reader, start="LATEST").json()["next_cursor"]
    happened(sqlite_service, XIHU)

    before = read(reader, begun)
    numbered(sqlite_service)

    assert told(before) == []
    assert told(read(reader, before.json()["next_cursor"])) == [XIHU]


@pytest.mark.rule("R-048", "I-20")
def test_everybody_hears_of_his_own_units_and_campaigns_are_told_to_all(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    hangzhou = client_of(sqlite_service, HANGZHOU, "nominations:read")
    ningbo = client_of(sqlite_service, NINGBO, "nominations:read")
    drained(sqlite_service)
    marks = [read(who, start="LATEST").json()["next_cursor"] for who in (hangzhou, ningbo)]
    for code in (XIHU, NINGBO, "ZJ"):
        happened(sqlite_service, code)
    host = sqlite_service.organization("ZJ")
    with sqlite_service.system() as ctx:
        campaign = ctx.session.get_one(Campaign, made.campaign_id)
        audit.note(ctx, "campaign.opened", campaign, campaign_id=campaign.id, path=host.path)
    numbered(sqlite_service)

    assert told(read(hangzhou, marks[0])) == [XIHU, "campaign.opened"]
    assert told(read(ningbo, marks[1])) == [NINGBO, "campaign.opened"]


def test_a_thing_one_may_not_read_is_not_told_of_either(sqlite_service: Service) -> None:
    system = client_of(sqlite_service, HANGZHOU, "nominations:read")
    auditor = sqlite_service.person(Role.AUDITOR, HANGZHOU)
    drained(sqlite_service)
    marks = [read(who, start="LATEST").json()["next_cursor"] for who in (system, auditor)]
    path = sqlite_service.organization(XIHU).path
    with sqlite_service.system() as ctx:
        person = Person(**audit.stamp(ctx), username="x", name="x")
        ctx.session.add(person)
        audit.note(ctx, "person.created", person, path=path)
        audit.note(ctx, "veto.recorded", _finding(ctx), path=path)
    happened(sqlite_service, XIHU)
    numbered(sqlite_service)

    assert told(read(system, marks[0])) == [XIHU]
    assert sorted(told(read(auditor, marks[1]))) == [XIHU, "person.created", "veto.recorded"]


def test_an_appointment_for_one_campaign_hears_of_that_campaign_alone(sqlite_service: Service) -> None:
    made = paper(sqlite_service)
    auditor = sqlite_service.person(Role.AUDITOR, HANGZHOU)
    with sqlite_service.system() as ctx:
        grant = ctx.session.exec(select(RoleGrant).where(col(RoleGrant.person_id) == auditor.person_id)).one()
        grant.campaign_id, grant.campaign_key = made.campaign_id, made.campaign_id.hex
        ctx.noted += 1
    drained(sqlite_service)
    begun = read(auditor, start="LATEST").json()["next_cursor"]
    answer = made.county("PUT", f"{made.url}/level-reviews/COUNTY", json=opinion(), version=0)
    assert answer.status_code == 200, answer.text
    happened(sqlite_service, XIHU)
    numbered(sqlite_service)

    assert told(read(auditor, begun)) == ["level_review.recorded"]


def test_types_and_campaign_narrow_the_feed_and_a_cursor_belongs_to_its_filters(
    sqlite_service: Service,
) -> None:
    reader = client_of(sqlite_service, HANGZHOU, "nominations:read")
    drained(sqlite_service)

    def begun(**params: Any) -> str:
        mark: str = read(reader, start="LATEST", **params).json()["next_cursor"]
        return mark

    exact, family = {"types": "organization.edited"}, {"types": ["organization.*", "window.*"]}
    other = {"campaign_id": shown("cmp", new_id())}
    marks = [begun(**params) for params in (exact, family, other)]
    happened(sqlite_service, XIHU)
    happened(sqlite_service, HANGZHOU, "organization.renamed")
    happened(sqlite_service, HANGZHOU, "organizations.merged")
    numbered(sqlite_service)

    assert told(read(reader, marks[0], **exact)) == [XIHU]
    assert told(read(reader, marks[1], **family)) == [XIHU, HANGZHOU]
    assert told(read(reader, marks[2], **other)) == []
    assert refused(read(reader, marks[0])) == (400, "CURSOR_INVALID")
    assert told(read(reader, marks[0], wait=1, **exact)) == [XIHU]
    assert refused(read(reader, types="everything")) == (422, "VALIDATION_FAILED")


def test_a_cursor_whose_changes_are_gone_or_never_were_has_expired(service: Service) -> None:
    reader = client_of(service, HANGZHOU, "nominations:read")
    drained(service)
    old = read(reader, start="LATEST").json()["next_cursor"]
    for _ in range(3):
        happened(service, XIHU)
    numbered(service)
    head = read(reader, old).json()["next_cursor"]
    with service.system() as ctx:
        newest = ctx.session.exec(select(Event.position).order_by(col(Event.position).desc())).first()
        assert newest is not None
        ctx.session.connection().execute(delete(Event).where(col(Event.position) < newest))
        ctx.noted += 1

    assert refused(read(reader, old)) == (410, "CURSOR_EXPIRED")
    assert told(read(reader, head)) == []
    assert told(read(reader)) == [XIHU]

    with service.system() as ctx:
        ctx.session.connection().exec_driver_sql("UPDATE sequences SET last = 1 WHERE name = 'events'")
        ctx.noted += 1
    assert refused(read(reader, head)) == (410, "CURSOR_EXPIRED")


def test_the_feed_is_for_systems_and_auditors(sqlite_service: Service) -> None:
    officer = sqlite_service.person(Role.REVIEWING_OFFICER, HANGZHOU)
    narrow = client_of(sqlite_service, HANGZHOU, "nominations:file")

    assert refused(read(officer)) == (403, "PERMISSION_MISSING")
    assert refused(read(narrow)) == (403, "PERMISSION_MISSING")
    assert read(sqlite_service.person(Role.AUDITOR, "ZJ")).status_code == 200


def test_three_changes_cost_as_many_statements_as_one(sqlite_service: Service) -> None:
    reader = client_of(sqlite_service, HANGZHOU, "nominations:read")
    drained(sqlite_service)
    costs = []
    for count in (1, 3):
        begun = read(reader, start="LATEST").json()["next_cursor"]
        for _ in range(count):
            happened(sqlite_service, XIHU)
        numbered(sqlite_service)
        with sqlite_service.statements() as counted:
            assert len(told(read(reader, begun))) == count
        costs.append(len(counted))
    assert len(set(costs)) == 1


def _finding(ctx: Ctx) -> VetoFinding:
    """A finding as the feed would name it; only its kind and its identifier are told."""
    return VetoFinding(
        **audit.stamp(ctx),
        nomination_id=new_id(),
        campaign_id=new_id(),
        veto_code="V1",
        source="通报",
        fact_on=date(2026, 1, 1),
        stage=FindingStage.ALLEGED,
    )
