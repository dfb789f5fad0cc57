"""The API's description: complete, bounded, exemplified, and the very bytes that are committed."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from starlette.testclient import TestClient

from app.api.openapi import TEXTS, document, serialised
from app.api.openapi.operations import each
from app.api.openapi.schemas import nodes, resolved
from app.domain.access import SCOPES, Role
from app.domain.errors import CATALOGUE, Refusal
from app.http import status_of
from app.main import create_app
from app.settings import Settings
from tests.plugins.service import Service

COMMITTED = Path(__file__).resolve().parents[2] / "openapi" / "openapi.json"
APP = create_app(Settings(database_url="sqlite://"))
DOC: dict[str, Any] = APP.openapi()
OPERATIONS = list(each(DOC))


def test_what_is_served_is_what_is_committed_byte_for_byte() -> None:
    served = TestClient(APP).get("/openapi.json")

    assert served.status_code == 200
    assert served.headers["content-type"] == "application/json"
    assert served.content == COMMITTED.read_bytes()


def test_a_caller_who_holds_the_description_is_told_that_it_did_not_change() -> None:
    client = TestClient(APP)
    tag = client.get("/openapi.json").headers["etag"]

    again = client.get("/openapi.json", headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/openapi.json", headers={"If-None-Match": '"other"'}).status_code == 200


def test_generation_is_deterministic() -> None:
    other = create_app(Settings(database_url="sqlite://"))

    assert serialised(document(other)) == serialised(DOC)


def test_every_door_below_api_is_described_and_nothing_else() -> None:
    assert OPERATIONS
    assert all(path.startswith("/api/v1/") or path == "/api/v1" for path in DOC["paths"])


def test_every_operation_has_a_unique_verb_noun_name() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]

    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)+", name)] == []


def test_every_operation_has_summaries_in_both_languages_and_a_description() -> None:
    for path, method, operation in OPERATIONS:
        where = f"{method} {path}"
        assert re.search(r"[\u4e00-\u9fff]", operation.get("x-summary-zh", "")), where
        assert operation["summary"], where
        assert not operation["summary"].endswith("."), where
        assert operation.get("description"), where


def test_every_operation_has_one_tag_that_is_explained_in_both_languages() -> None:
    tags = {tag["name"]: tag["description"] for tag in DOC["tags"]}

    assert [f"{m} {p}" for p, m, operation in OPERATIONS if len(operation["tags"]) != 1] == []
    assert {operation["tags"][0] for _, _, operation in OPERATIONS} == set(tags)
    assert [name for name in tags if name not in TEXTS["tags"]] == []


def test_every_scope_is_explained_in_both_languages() -> None:
    scopes = DOC["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]["scopes"]

    assert set(scopes) == set(SCOPES)
    assert all(re.search(r"[\u4e00-\u9fff].*[A-Za-z]", text) for text in scopes.values())


def test_security_follows_the_permission_and_only_public_operations_have_none() -> None:
    for path, method, operation in OPERATIONS:
        anonymous = operation["tags"][0] in ("public", "oauth")
        permission = operation.get("x-permission", "")
        holding = [{"oauth2": [scope]} for scope in SCOPES if permission in SCOPES[scope]]
        expected = [{}] if anonymous else holding or [{"oauth2": []}]
        assert operation["security"] == expected, f"{method} {path}"


def test_no_schema_offers_null() -> None:
    offered = [
        n
        for n in nodes(DOC)
        if n.get("type") == "null" or (isinstance(n.get("type"), list) and "null" in n["type"])
    ]

    assert offered == []
    assert [node for node in nodes(DOC) if "type" in node and node.get("default", "") is None] == []


def test_every_string_list_and_integer_is_bounded() -> None:
    assert [node for node in nodes(DOC) if _unbounded(node)] == []


def test_every_pattern_is_anchored_and_means_the_same_in_python_and_in_browsers() -> None:
    for node in nodes(DOC):
        if isinstance(pattern := node.get("pattern"), str):
            re.compile(pattern)
            assert pattern.startswith("^"), pattern
            assert pattern.endswith("$"), pattern
            assert not re.search(r"\(\?[a-zA-Z<]|\\[AZz'\"]", pattern), pattern


def test_every_request_answer_and_problem_has_an_example_that_its_schema_accepts() -> None:
    counted = 0
    for where, media, schema in _bodies():
        if "json" not in media["kind"]:
            continue
        values = _examples(media)
        assert values, f"{where}: no example"
        for value in values:
            faults = [f"{where}: {e.json_path} {e.message}" for e in _validator(schema).iter_errors(value)]
            assert faults == []
            counted += 1
    assert counted > len(OPERATIONS) * 5


def test_every_parameter_has_an_example() -> None:
    missing = [
        f"{method} {path}: {parameter['name']}"
        for path, method, operation in OPERATIONS
        for parameter in (resolved(DOC, p) for p in operation["parameters"])
        if "example" not in parameter and "examples" not in parameter
    ]

    assert missing == []


def test_every_scalar_field_has_an_example() -> None:
    missing = [
        f"{name}.{field}"
        for name, schema in DOC["components"]["schemas"].items()
        for field, inner in schema.get("properties", {}).items()
        if _scalar(inner) and "examples" not in inner and "examples" not in resolved(DOC, inner)
    ]

    assert missing == []


def test_every_refusal_is_a_problem_document_that_names_its_codes() -> None:
    for path, method, operation in OPERATIONS:
        for status, response in operation["responses"].items():
            if status[0] not in "45":
                continue
            where = f"{method} {path} {status}"
            answer = resolved(DOC, response)
            if operation["tags"] == ["oauth"] and status in ("400", "401"):
                assert list(answer["content"]) == ["application/json"], where  # RFC 6749 shapes these
                continue
            assert list(answer["content"]) == ["application/problem+json"], where
            codes = answer["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"][
                "enum"
            ]
            assert {str(status_of(Refusal(code))) for code in codes} == {status}, where


def test_every_documented_code_is_in_the_catalogue_and_shown_once() -> None:
    shown = DOC["components"]["examples"]

    assert [code for code in shown if code not in CATALOGUE] == []
    assert all(
        "—" not in example["value"]["detail"]
        for example in shown.values()
        if example["value"]["status"] < 404
    )


def test_every_answer_names_the_headers_that_all_answers_carry() -> None:
    always = {"X-Request-Id", "RateLimit", "RateLimit-Policy", "Access-Control-Allow-Origin", "Cache-Control"}
    for path, method, operation in OPERATIONS:
        for status, response in operation["responses"].items():
            missing = always - resolved(DOC, response)["headers"].keys()
            assert missing == set(), f"{method} {path} {status}"


def test_writes_take_a_key_and_a_dry_run() -> None:
    for path, method, operation in OPERATIONS:
        if method == "get" or operation["tags"] == ["oauth"]:
            continue
        parameters = {p["name"]: p for p in (resolved(DOC, p) for p in operation["parameters"])}
        assert parameters["Idempotency-Key"]["required"] is (method == "post"), path
        assert "dry_run" in parameters, path


def test_every_creation_that_returns_an_id_links_to_what_can_be_done_with_it() -> None:
    for path, _, operation in OPERATIONS:
        created = operation["responses"].get("201", {})
        schema = resolved(DOC, created.get("content", {}).get("application/json", {}).get("schema", {}))
        identifier = schema.get("properties", {}).get("id", {}).get("pattern")
        if identifier and identifier in _path_patterns():
            assert created.get("links"), path


@pytest.mark.parametrize("name", sorted(DOC["components"]["schemas"]))
def test_schema_names_are_plain_words(name: str) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)


def _bodies() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every media type of every request and answer, with its schema."""
    for path, method, operation in OPERATIONS:
        parts = {"request": operation.get("requestBody", {})} | operation["responses"]
        for part, body in parts.items():
            for kind, media in resolved(DOC, body).get("content", {}).items():
                yield f"{method} {path} {part}", media | {"kind": kind}, media["schema"]


def _examples(media: dict[str, Any]) -> list[Any]:
    named = [resolved(DOC, example)["value"] for example in media.get("examples", {}).values()]
    return [media["example"], *named] if "example" in media else named


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    whole = {
        "$id": "urn:doc",
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": DOC["components"],
    }
    registry = Registry().with_resource("urn:doc", Resource.from_contents(whole))
    local = json.loads(json.dumps(schema).replace('"#/components/', '"urn:doc#/components/'))
    return Draft202012Validator(local, registry=registry)


def _unbounded(node: dict[str, Any]) -> bool:
    match node.get("type"):
        case "string":
            return not node.keys() & {"maxLength", "enum", "const"}
        case "array":
            return "maxItems" not in node
        case "integer":
            low, high = {"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}
            return not (node.keys() & low and node.keys() & high) and "const" not in node
        case "object":
            return "properties" not in node and "maxProperties" not in node
    return False


def _scalar(schema: dict[str, Any]) -> bool:
    return resolved(DOC, schema).get("type") in ("string", "integer", "number", "boolean")


def _path_patterns() -> set[str]:
    return {
        parameter["schema"].get("pattern", "")
        for path, method, operation in OPERATIONS
        if method == "get" and path.count("{") == 1
        for parameter in operation["parameters"]
        if parameter.get("in") == "path"
    }


@pytest.mark.parametrize("given", ["1", "yes", "True", ""])
def test_a_dry_run_is_asked_for_in_one_way_only(sqlite_service: Service, given: str) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    body = {"name_zh": "杭州", "name_en": "Hangzhou"}

    answer = office("PATCH", f"/regions/330100?dry_run={given}", json=body, version=1)

    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_FAILED")
    assert answer.json()["errors"][-1]["pointer"] == "/dry_run"
    assert office("GET", "/regions/330100").json()["etag"] == '"1"'


def test_a_dry_run_answers_as_the_call_would_and_keeps_nothing(sqlite_service: Service) -> None:
    office = sqlite_service.person(Role.STEERING_OFFICE)
    body = {"name_zh": "杭州", "name_en": "Hangzhou"}

    answer = office("PATCH", "/regions/330100?dry_run=true", json=body, version=1)

    assert (answer.status_code, answer.headers["dry-run"], answer.json()["name_zh"]) == (200, "true", "杭州")
    assert office("GET", "/regions/330100").json()["name_zh"] == "杭州市"
