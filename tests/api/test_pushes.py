"""A city's system pushes nominations: idempotent by nature, in its own area, never over what people wrote."""

import random
from typing import Any

import pytest

from app.db.tables.nominations import Nomination
from app.db.tables.system import AuditEvent, Event
from app.domain.access import Role
from tests.flow_cases import HANGZHOU, NINGBO, STATEMENT, YUHANG, code, codes, flow
from tests.flow_steps import good
from tests.plugins.service import Service
from tests.push_cases import Pushing, pushing

OTHER = "该窗口实行周末不打烊和全程帮办，老年人办事有专席，群众来信表扬逐年增加，其做法已由市局发文在全市各窗口推广。"


@pytest.mark.rule("E-25")
def test_the_same_push_twice_is_one_nomination_and_no_second_event(service: Service) -> None:
    city = pushing(service)

    first = city.push(city.whole())
    told = city.count(Event)
    again = [city.push(city.whole()) for _ in range(3)]

    assert (first.status_code, first.json()["changed"]) == (201, True)
    assert {one.status_code for one in again} == {200}
    assert len({one.content for one in again}) == 1
    assert (again[0].json()["changed"], again[0].json()["parts"]) == (False, [])
    assert again[0].json()["etag"] == first.json()["etag"] == '"1"'
    assert (city.count(Event), city.count(Nomination)) == (told, 1)


def test_the_same_push_with_one_idempotency_key_is_answered_as_the_first_time(
    sqlite_service: Service,
) -> None:
    city = pushing(sqlite_service)

    first, replayed = (city.push(city.body(), key="one-and-the-same") for _ in range(2))

    assert (replayed.status_code, replayed.content) == (201, first.content)


def test_no_idempotency_key_is_needed(sqlite_service: Service) -> None:
    city = pushing(sqlite_service)
    held = {"Authorization": f"Bearer {city.caller.token}"}

    answer = sqlite_service.client.put(f"/api/v1{city.url()}", json=city.body(), headers=held)

    assert answer.status_code == 201


@pytest.mark.rule("E-25")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pushes_in_any_order_and_number_end_in_the_highest(service: Service, seed: int) -> None:
    city = pushing(service)
    sent = [city.body(seq, write_up={"text": f"第{seq}稿"}) for seq in range(1, 6)] * 2
    random.Random(seed).shuffle(sent)

    real, highest = 0, 0
    for body in sent:
        answer = city.push(body)
        if body["source_seq"] < highest:
            assert code(answer) == "SOURCE_SEQ_STALE"
            assert answer.json()["current_seq"] == highest
        else:
            assert answer.json()["changed"] is (body["source_seq"] > highest)
            real += body["source_seq"] > highest
            highest = body["source_seq"]

    shown = city.shown()
    assert (shown["source_seq"], shown["etag"]) == (5, f'"{real}"')
    assert good(city.caller("GET", f"/nominations/{shown['id']}/write-up"))["text"] == "第5稿"


@pytest.mark.rule("E-25")
def test_the_same_content_under_a_higher_number_counts_on_without_a_version_or_an_event(
    service: Service,
) -> None:
    city = pushing(service)
    city.push(city.body(1))
    told, kept = city.count(Event), city.count(AuditEvent)

    again = city.push(city.body(3)).json()

    assert (again["changed"], again["etag"], again["source_seq"]) == (False, '"1"', 3)
    assert (city.count(Event), city.count(AuditEvent)) == (told, kept + 1)
    assert code(city.push(city.body(2, statement=OTHER))) == "SOURCE_SEQ_STALE"


def test_all_that_the_city_holds_comes_along_and_nobody_retypes_it(service: Service) -> None:
    city = pushing(service)

    pushed = city.push(city.whole(submit=True)).json()

    case = city.moving(pushed)
    assert (pushed["stage"], pushed["level"], pushed["etag"]) == ("SUBMITTED", "COUNTY", '"1"')
    for papers, count in (("level-reviews", 2), ("consultations", 1), ("department-consultations", 1)):
        found = good(city.caller("GET", f"{case.url}/{papers}"))["items"]
        assert [one["recorded_via"] for one in found] == ["PUSH"] * count
    case.step(case.officer("COUNTY"), "ENDORSE")
    assert case.step(case.approver, "CLEAR")["stage"] == "CLEARED"
    submitted = good(city.caller("GET", f"{case.url}/transitions"))["items"][0]
    assert (submitted["action"], submitted["on_behalf_of"]) == ("SUBMIT", "王敏")


def test_a_submission_that_is_refused_takes_the_push_back(service: Service) -> None:
    city = pushing(service)

    refused = city.push(city.body(submit=True))

    assert "DECLARATION_MISSING" in codes(refused)
    assert code(city.caller("GET", city.url())) == "NOT_FOUND"
    assert city.count(Nomination) == 0


def test_one_fault_anywhere_keeps_nothing_and_points_into_the_push(service: Service) -> None:
    city = pushing(service)
    city.push(city.body(1))
    wrong = city.whole(2, statement=OTHER)
    wrong["level_reviews"][0]["signed_on"] = "2026-07-02"

    refused = city.push(wrong)

    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [
        ("/level_reviews/0/signed_on", "DATE_IN_FUTURE")
    ]
    assert city.shown()["source_seq"] == 1
    assert good(city.caller("GET", f"/nominations/{city.shown()['id']}"))["statement"] == STATEMENT


def test_a_dry_run_keeps_nothing(service: Service) -> None:
    city = pushing(service)

    tried = city.caller("PUT", f"{city.url()}?dry_run=true", json=city.whole())

    assert (tried.status_code, tried.headers["Dry-Run"]) == (201, "true")
    assert (city.count(Nomination), code(city.caller("GET", city.url()))) == (0, "NOT_FOUND")


@pytest.mark.rule("E-25")
def test_what_people_wrote_since_is_not_written_over_unless_their_version_is_named(service: Service) -> None:
    city = pushing(service)
    case = city.moving(city.push(city.whole(1)).json())
    good(case.filer("PATCH", case.url, json={"statement": OTHER}, version=case.etag()))
    good(case.put(case.filer, "write-up", text="人工修改"))

    refused = city.push(city.whole(2))
    edited = city.shown()

    assert code(refused) == "SOURCE_OVERWRITES_PEOPLE"
    said = refused.json()["errors"][0]["message_en"]
    assert ("Write-up" in said or "write-up" in said, "eclaration" in said) == (True, False)
    assert (edited["people_edited"], case.shown()["statement"]) == (True, OTHER)
    assert code(city.push(city.whole(2), version='"1"')) == "VERSION_CONFLICT"
    prevailed = city.push(city.whole(2), version=edited["etag"]).json()
    assert (prevailed["parts"], prevailed["people_edited"]) == (["STATEMENT", "WRITE_UP"], False)
    assert case.shown()["statement"] == STATEMENT
    assert city.push(city.whole(3)).json()["changed"] is False


@pytest.mark.rule("E-25")
@pytest.mark.parametrize("seq", [1, 2])
def test_a_part_that_the_push_does_not_carry_stays_peoples(service: Service, seq: int) -> None:
    city = pushing(service)
    case = city.moving(city.push(city.body(1)).json())
    good(case.put(case.filer, "write-up", text="人工撰写"))

    answer = city.push(city.body(seq, statement=OTHER))

    assert answer.json()["parts"] == ["STATEMENT"]
    assert good(case.filer("GET", f"{case.url}/write-up"))["text"] == "人工撰写"


@pytest.mark.rule("E-25")
def test_a_window_that_people_corrected_is_named_among_what_would_be_lost(sqlite_service: Service) -> None:
    city = pushing(sqlite_service)
    pushed = city.push(city.body(1)).json()
    window = {name: value for name, value in city.window().items() if name not in ("external_id", "sponsor")}
    filer = sqlite_service.person(Role.WINDOW_FILER, city.sponsor)
    good(filer("PUT", f"/windows/{pushed['window_id']}", json=window | {"address": "文三路 9 号"}, version=1))

    assert code(city.push(city.body(2))) == "SOURCE_OVERWRITES_PEOPLE"
    assert good(filer("GET", f"/windows/{pushed['window_id']}"))["address"] == "文三路 9 号"


def test_only_a_draft_or_what_was_returned_takes_a_push(service: Service) -> None:
    city = pushing(service)
    case = city.moving(city.push(city.whole(1, submit=True)).json())

    late = city.push(city.whole(2, statement=OTHER))
    again = city.push(city.whole(2, submit=True))

    assert code(late) == "NOT_EDITABLE_IN_STATE"
    assert (again.status_code, again.json()["changed"]) == (200, False)
    asked = [{"text": "请补充。", "part": "WRITE_UP"}]
    case.step(case.officer("COUNTY"), "RETURN", reason="材料不完整。", checklist=asked)
    assert code(city.push(city.whole(3, statement=OTHER))) == "PART_NOT_OPEN"
    mended = city.push(city.whole(3, write_up={"text": "已补充"}))
    assert mended.json()["parts"] == ["WRITE_UP"]


def test_only_if_it_is_new(sqlite_service: Service) -> None:
    city = pushing(sqlite_service)
    only_new: dict[str, Any] = {"headers": {"If-None-Match": "*"}}

    assert city.push(city.body(), **only_new).status_code == 201
    assert code(city.push(city.body(2, statement=OTHER), **only_new)) == "VERSION_CONFLICT"
    assert code(city.push(city.body(), "TJ-2", version=1)) == "VERSION_CONFLICT"


def test_a_nomination_keeps_its_window(sqlite_service: Service) -> None:
    city = pushing(sqlite_service)
    city.push(city.body(1))

    other = city.push(city.body(2, window=city.window(external_id="CK-2", name="劳动保障窗口")))
    moved = city.push(city.body(2, window=city.window(sponsor=YUHANG, region_code=YUHANG)))
    twice = city.push(city.body(1), "TJ-2")
    renamed = city.push(city.body(1, window=city.window(name="劳动保障窗口")), "TJ-2")

    assert [code(one) for one in (other, moved)] == ["SOURCE_WINDOW_FIXED"] * 2
    assert [code(one) for one in (twice, renamed)] == ["DUPLICATE_NOMINATION"] * 2


def test_withdrawal_is_a_step_and_never_a_deletion(sqlite_service: Service) -> None:
    city = pushing(sqlite_service)
    case = city.moving(city.push(city.body()).json())

    assert city.caller("DELETE", city.url()).status_code == 405
    assert case.step(city.caller, "WITHDRAW", reason="窗口已撤销。")["stage"] == "WITHDRAWN"
    assert city.shown()["stage"] == "WITHDRAWN"


@pytest.mark.rule("I-20", "R-048", "R-024")
def test_another_citys_client_sees_and_changes_nothing(service: Service) -> None:
    f = flow(service)
    ours, theirs = pushing(service, HANGZHOU, f), pushing(service, NINGBO, f)
    pushed = ours.push(ours.body()).json()
    before = ours.row(pushed)

    for method, body in (("GET", None), ("PUT", ours.body(9, statement=OTHER))):
        answer = theirs.caller(method, ours.url(), json=body)
        assert (answer.status_code, code(answer)) == (404, "NOT_FOUND")
    assert code(theirs.caller("GET", f"/nominations/{pushed['id']}")) == "NOT_FOUND"
    assert code(theirs.caller("GET", theirs.url())) == "NOT_FOUND"
    assert ours.row(pushed) == before


@pytest.mark.rule("E-26", "I-20", "R-048")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sponsor": "330206", "region_code": "330106"}, "REGION_SCOPE"),
        ({"sponsor": "NOBODY"}, "REGION_SCOPE"),
        ({"region_code": "330206"}, "REGION_SCOPE"),
        ({"region_code": "330103"}, "REGION_NOT_VALID"),
    ],
)
def test_a_body_may_name_no_other_city_and_no_abolished_county(
    service: Service, changes: dict[str, Any], expected: str
) -> None:
    city = pushing(service)

    refused = city.push(city.body(window=city.window(**changes)))

    assert code(refused) == expected
    assert city.count(Nomination) == 0


@pytest.mark.rule("I-20")
def test_who_has_not_the_scope_pushes_nothing(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    reader = pushing(sqlite_service, HANGZHOU, f, "nominations:read")
    person = f.filer()

    assert code(reader.push(reader.body())) == "PERMISSION_MISSING"
    assert code(person("PUT", reader.url(), json=reader.body())) == "PERMISSION_MISSING"


@pytest.mark.rule("E-25")
def test_a_repeat_asks_as_much_of_the_database_for_a_whole_case_as_for_a_bare_one(service: Service) -> None:
    f = flow(service)
    city = pushing(service, HANGZHOU, f)
    bare, whole = city.body(), city.whole(window=city.window(external_id="CK-2", name="劳动保障窗口"))
    city.push(bare)
    city.push(whole, "TJ-2")

    assert _asked(service, city, bare, "TJ-1") == _asked(service, city, whole, "TJ-2")


def _asked(service: Service, city: Pushing, body: dict[str, Any], external_id: str) -> int:
    with service.statements() as sent:
        assert city.push(body, external_id).json()["changed"] is False
    return len(sent)
