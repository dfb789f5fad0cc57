"""Every door of a case, for everybody who might knock: one's own area, and nothing of anybody else's (R-048, I-20)."""

import pytest

from app.domain.access import Role
from app.domain.nomination import Stage
from tests.flow_cases import HANGZHOU, HOST, NINGBO, XIHU, YUHANG, code, flow, made
from tests.flow_steps import Moving
from tests.plugins.service import Caller, Service

READ = (
    "",
    "/transitions",
    "/declarations",
    "/write-up",
    "/form",
    "/consultations",
    "/level-reviews",
    "/seals",
)
WRITTEN: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("PATCH", "", {"statement": ""}),
    ("PUT", "/declarations", {"declarations": []}),
    ("PUT", "/write-up", {"text": "优"}),
    ("PUT", "/form", {"data": {}}),
    ("POST", "/transitions", {"action": "SUBMIT"}),
    ("POST", "/validations", {}),
)


def tried(one: Moving, who: Caller) -> dict[str, int]:
    """Every door once, and its status; nothing is kept."""
    read = {path: who("GET", one.url + path).status_code for path in READ}
    version = one.etag()
    wrote = {
        f"{method} {path}": who(
            method, f"{one.url}{path}?dry_run=true", json=body, version=version
        ).status_code
        for method, path, body in WRITTEN
    }
    return read | wrote


@pytest.mark.rule("R-048", "R-024", "I-20")
@pytest.mark.parametrize("at", [YUHANG, NINGBO, "330281"])
def test_a_case_does_not_exist_for_other_areas(sqlite_service: Service, at: str) -> None:
    one = flow(sqlite_service).nomination(XIHU)
    for role in (Role.WINDOW_FILER, Role.REVIEWING_OFFICER, Role.APPROVING_OFFICER, Role.AUDITOR):
        assert set(tried(one, sqlite_service.person(role, at)).values()) == {404}
    assert set(tried(one, one.flow.client(at, "nominations:read", "nominations:write")).values()) == {404}


@pytest.mark.rule("R-048")
@pytest.mark.parametrize("at", [XIHU, HANGZHOU, HOST])
def test_ones_own_area_reads_it_and_who_only_reads_writes_nothing(sqlite_service: Service, at: str) -> None:
    one = flow(sqlite_service).nomination(XIHU)

    auditor = tried(one, sqlite_service.person(Role.AUDITOR, at))

    assert {auditor[path] for path in READ} == {200}
    assert {auditor[f"{method} {path}"] for method, path, _ in WRITTEN[:-1]} == {403}
    assert auditor["POST /validations"] == 200


@pytest.mark.rule("R-048", "R-024")
def test_a_list_and_an_order_hold_ones_own_area_alone(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    xihu, ningbo = f.at(Stage.CLEARED, XIHU), f.at(Stage.CLEARED, NINGBO)
    seen = {}
    for at in (XIHU, YUHANG, HANGZHOU, NINGBO, HOST):
        listed = made(f.officer(at)("GET", "/nominations"))["items"]
        order = made(f.officer(at)("GET", f"{f.url}/buckets/{HANGZHOU}/ranking"))["items"]
        seen[at] = ({one["id"] for one in listed}, {one["id"] for one in order})

    assert seen == {
        XIHU: ({xihu.id}, {xihu.id}),
        YUHANG: (set(), set()),
        HANGZHOU: ({xihu.id}, {xihu.id}),
        NINGBO: ({ningbo.id}, set()),
        HOST: ({xihu.id, ningbo.id}, {xihu.id}),
    }


def test_history_and_order_cost_the_same_whatever_their_length(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    one = f.at(Stage.CLEARED)
    urls = (f"{one.url}/transitions", f"{f.url}/buckets/{HANGZHOU}/ranking")

    def costs() -> list[int]:
        counted = []
        for url in urls:
            with sqlite_service.statements() as sent:
                made(f.approver()("GET", url))
            counted.append(len(sent))
        return counted

    before = costs()
    one.step(one.approver, "UNDO", reason="误操作。")
    one.step(one.approver, "CLEAR")
    f.at(Stage.CLEARED, YUHANG)
    f.at(Stage.CLEARED, HANGZHOU)

    assert costs() == before


def test_nobody_without_a_token_reads_anything(sqlite_service: Service) -> None:
    one = flow(sqlite_service).nomination()

    answer = sqlite_service.client.get(f"/api/v1{one.url}")

    assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")
