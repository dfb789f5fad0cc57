"""The transaction belongs to the request: what commits, what rolls back, what is replayed."""

import threading

import pytest
from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select
from starlette.exceptions import HTTPException

from app.api.face import router
from app.api.problems import translate
from app.db.tables.places import Region
from app.db.tables.system import AuditEvent, Event, IdempotencyKey
from app.domain.access import Actor, Role
from app.domain.errors import Refusal
from app.domain.ids import new_id
from app.http import Write
from app.services import regions
from app.services.inputs.base import Input
from app.services.inputs.faults import checked
from app.services.inputs.regions import RegionRename
from tests.plugins.service import Service

RENAME = {"name_zh": "杭州", "name_en": "Hangzhou City"}


def name_of(service: Service, code: str = "330100") -> str:
    with Session(service.plant.engine) as session:
        return session.exec(select(Region.name_zh).where(col(Region.code) == code)).one()


def count(service: Service, table: type[AuditEvent] | type[Event] | type[IdempotencyKey]) -> int:
    with Session(service.plant.engine) as session:
        return len(session.exec(select(table)).all())


@pytest.mark.rule("I-18")
def test_a_change_leaves_one_audit_row_and_one_event_without_position(service: Service) -> None:
    office = service.person(Role.STEERING_OFFICE)
    before = count(service, AuditEvent), count(service, Event)
    answer = office("PATCH", "/regions/330100", json=RENAME, version=1)
    assert answer.status_code == 200
    assert answer.json()["etag"] == '"2"'
    assert (count(service, AuditEvent), count(service, Event)) == (before[0] + 1, before[1] + 1)
    with Session(service.plant.engine) as session:
        event = session.exec(select(Event).where(col(Event.type) == "region.renamed")).one()
    assert event.position is None
    assert event.entity_version == 2


@pytest.mark.rule("I-18")
def test_a_change_without_its_entry_is_never_committed_even_by_a_core_update(service: Service) -> None:
    routes: APIRouter = router("regions")

    @routes.post("/silent-changes")
    def silent(ctx: Write) -> None:
        ctx.session.exec(update(Region).where(col(Region.code) == "330100").values(name_zh="悄悄"))

    service.app.include_router(routes)
    answer = service.person(Role.STEERING_OFFICE)("POST", "/silent-changes")
    assert answer.status_code == 500
    assert answer.json()["code"] == "INTERNAL"
    assert name_of(service) == "杭州市"


def test_a_refusal_raised_after_a_change_rolls_it_back(service: Service) -> None:
    routes: APIRouter = router("regions")

    @routes.post("/half-changes")
    def half(ctx: Write) -> None:
        regions.rename(ctx, "330100", RegionRename.model_validate(RENAME), None)
        raise Refusal("SAME_PERSON")

    service.app.include_router(routes)
    assert service.person(Role.STEERING_OFFICE)("POST", "/half-changes").status_code == 403
    assert name_of(service) == "杭州市"


def test_a_dry_run_answers_like_the_call_and_keeps_nothing(service: Service) -> None:
    office = service.person(Role.STEERING_OFFICE)
    before = count(service, AuditEvent), count(service, IdempotencyKey)
    answer = office("PATCH", "/regions/330100?dry_run=true", json=RENAME, version=1)
    assert (answer.status_code, answer.json()["name_zh"]) == (200, "杭州")
    assert answer.headers["dry-run"] == "true"
    assert name_of(service) == "杭州市"
    assert (count(service, AuditEvent), count(service, IdempotencyKey)) == before


@pytest.mark.rule("E-25")
def test_the_same_key_gives_the_first_answer_again_and_acts_once(service: Service) -> None:
    office = service.person(Role.STEERING_OFFICE)
    first = office("PATCH", "/regions/330100", json=RENAME, version=1, key="once-only-1")
    again = office(
        "PATCH", "/regions/330100", json=dict(reversed(RENAME.items())), version=1, key="once-only-1"
    )
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    other = office("PATCH", "/regions/330100", json=RENAME | {"name_en": "X"}, version=1, key="once-only-1")
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_a_refused_call_leaves_its_key_free(service: Service) -> None:
    office = service.person(Role.STEERING_OFFICE)
    assert office("PATCH", "/regions/330100", json=RENAME, version=9, key="try-again-1").status_code == 412
    assert office("PATCH", "/regions/330100", json=RENAME, version=1, key="try-again-1").status_code == 200


def test_copies_of_one_call_at_the_same_moment_act_once(service: Service) -> None:
    office = service.person(Role.STEERING_OFFICE)
    barrier = threading.Barrier(5)
    answers: list[tuple[int, bytes]] = []

    def send() -> None:
        barrier.wait()
        answer = office("PATCH", "/regions/330100", json=RENAME, version=1, key="storm-12345")
        answers.append((answer.status_code, answer.content))

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _ in answers} == {200}
    assert len({body for _, body in answers}) == 1
    with Session(service.plant.engine) as session:
        assert len(session.exec(select(Event).where(col(Event.type) == "region.renamed")).all()) == 1


def test_a_version_that_moved_on_is_refused_and_a_missing_one_too(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    assert office("PATCH", "/regions/330100", json=RENAME, version=1).status_code == 200
    stale = office("PATCH", "/regions/330100", json=RENAME | {"name_en": "X"}, version=1)
    assert (stale.status_code, stale.json()["code"]) == (412, "VERSION_CONFLICT")
    bare = office("PATCH", "/regions/330100", json=RENAME)
    assert (bare.status_code, bare.json()["code"]) == (428, "PRECONDITION_REQUIRED")


def test_an_unchanged_thing_is_not_sent_twice(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    tag = office("GET", "/regions/330100").headers["etag"]
    held = office("GET", "/regions/330100", headers={"If-None-Match": tag})
    assert (held.status_code, held.content) == (304, b"")


def test_a_post_without_key_a_foreign_key_and_a_body_too_large_are_refused_at_the_edge(
    sqlite_service: Service,
) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    client = sqlite_service.client
    bare = client.post("/api/v1/nothing", headers={"Authorization": f"Bearer {office.token}"})
    assert bare.status_code == 404
    large = client.patch("/api/v1/regions/330100", content=b"x" * 3_000_000)
    assert (large.status_code, large.json()["code"]) == (413, "BODY_TOO_LARGE")
    unknown = client.get("/api/v1/regions", headers={"Authorization": "Bearer wrong"})
    assert (unknown.status_code, unknown.json()["code"]) == (401, "UNAUTHENTICATED")


def test_every_refusal_names_its_request_and_speaks_both_languages(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    answer = office(
        "PATCH",
        "/regions/330100",
        json={"name_zh": "", "extra": 1},
        version=1,
        headers={"Accept-Language": "en"},
    )
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["code"], problem["title"], problem["title_zh"]) == (
        "VALIDATION_FAILED",
        "Validation failed",
        "内容校验未通过",
    )
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert {e["pointer"]: e["code"] for e in problem["errors"]} == {
        "": "VALIDATION_FAILED",
        "/name_zh": "TEXT_TOO_SHORT",
        "/name_en": "FIELD_MISSING",
        "/extra": "FIELD_UNKNOWN",
    }


def test_outside_ones_scope_a_thing_is_not_there_inside_it_a_missing_permission_is_named(
    sqlite_service: Service,
) -> None:
    clerk = sqlite_service.person(Role.WINDOW_FILER, "330106")
    answer = clerk("PATCH", "/regions/330100", json=RENAME, version=1)
    assert (answer.status_code, answer.json()["code"]) == (403, "PERMISSION_MISSING")


def test_a_page_form_keeps_what_was_typed_and_names_each_reason(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    form = {"name_zh": "", "name_en": "Typed before", "_version": "1", "_key": "page-key-1"}
    refused = office.page("/regions/330100/rename", form)
    assert refused.status_code == 422
    assert "Typed before" in refused.text
    assert "此项必填" in refused.text
    taken = office.page("/regions/330100/rename", {**form, "name_zh": "杭州"})
    assert (taken.status_code, taken.headers["location"]) == (303, "/regions?parent=330000")
    twice = office.page("/regions/330100/rename", {**form, "name_zh": "杭州"})
    assert twice.headers["idempotency-replayed"] == "true"
    other_tab = office.page("/regions/330100/rename", {**form, "name_zh": "另一页", "_key": "page-key-2"})
    assert other_tab.status_code == 412
    assert name_of(sqlite_service) == "杭州"


def test_a_form_from_another_site_is_refused(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    form = {"name_zh": "杭州", "name_en": "X", "_version": "1"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert office.page("/regions/330100/rename", form, headers=headers).status_code == 403
    assert name_of(sqlite_service) == "杭州市"


def test_nobody_signed_in_is_sent_to_the_sign_in_page(sqlite_service: Service) -> None:
    answer = sqlite_service.client.get("/regions", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/regions")


def test_htmx_gets_the_main_block_alone_and_a_restored_history_the_whole_page(
    sqlite_service: Service,
) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    block = office.page("/regions", headers={"HX-Request": "true", "HX-Target": "main"}).text
    assert block.startswith("<title>")
    assert "<html" not in block
    restored = {"HX-Request": "true", "HX-Target": "main", "HX-History-Restore-Request": "true"}
    assert "<html" in office.page("/regions", headers=restored).text


def test_a_method_a_door_does_not_know_is_refused_as_a_problem(sqlite_service: Service) -> None:
    answer = sqlite_service.person(Role.STEERING_OFFICE)("DELETE", "/regions/330100")
    assert (answer.status_code, answer.json()["code"]) == (405, "METHOD_NOT_ALLOWED")


def test_too_many_items_of_a_list_are_refused_by_field() -> None:
    class Many(Input):
        names: list[str] = Field(max_length=1)

    with pytest.raises(Refusal) as refused:
        checked(Many, {"names": ["a", "b"]})
    assert [(r.code, r.pointer) for r in refused.value.reasons[1:]] == [("LIST_TOO_LONG", "/names")]


def test_a_lost_database_and_a_foreign_media_type_become_refusals_of_their_own() -> None:
    lost = OperationalError("SELECT 1", {}, Exception("gone"), connection_invalidated=True)
    assert translate(lost).code == "DATABASE_UNAVAILABLE"
    assert translate(HTTPException(415)).code == "MEDIA_TYPE_NOT_SUPPORTED"
    assert translate(ValueError("secret detail")).code == "INTERNAL"


def test_where_a_person_must_answer_for_an_act_a_client_is_refused(sqlite_service: Service) -> None:
    with sqlite_service.system() as ctx:
        ctx.actor = Actor(client_id=new_id(), name="某市系统")
        with pytest.raises(Refusal) as refused:
            _ = ctx.person
    assert refused.value.code == "PERSON_NEEDED"
