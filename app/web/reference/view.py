"""The API's description as a reader meets it: operations by tag, fields as rows, values as text.

Reads the finished document (`app.openapi()`), nothing of the JSON face's code.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
VISIBLE = r"^[\x20-\x7e]*$"  # of a header: says nothing to a reader
Document = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One row of a table: a parameter, or a member of a body."""

    name: str
    place: str
    kind: str
    target: str  # the schema a reader may go on to, or nothing
    required: bool
    description: str
    limits: str
    example: str


@dataclass(frozen=True)
class Answer:
    """One status and what comes with it."""

    status: str
    description: str
    codes: tuple[str, ...]
    headers: tuple[str, ...]
    target: str
    media: str
    example: str


@dataclass(frozen=True)
class Operation:
    """One door of the API."""

    name: str
    method: str
    path: str
    summary_zh: str
    summary_en: str
    description: str
    permission: str
    scopes: tuple[str, ...]
    anonymous: bool
    parameters: tuple[Field, ...]
    body_media: str
    body_target: str
    body_example: str
    answers: tuple[Answer, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """What a tag holds."""

    name: str
    description_zh: str
    description_en: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Shape:
    """A named schema: its members, or the values it allows."""

    name: str
    description: str
    fields: tuple[Field, ...]
    values: tuple[str, ...]


def introduction(doc: Document, *, english: bool) -> str:
    """The half of the API's own description in the reader's language; Chinese stands first."""
    chinese, _, other = str(doc["info"]["description"]).partition("\n---\n")
    return other if english else chinese


def chapters(doc: Document) -> tuple[Chapter, ...]:
    """The operations by tag, in the order of the tags."""
    listed = list(_operations(doc))
    return tuple(
        Chapter(
            tag["name"],
            tag["x-description-zh"],
            tag["x-description-en"],
            tuple(o for name, o in listed if name == tag["name"]),
        )
        for tag in doc["tags"]
    )


def shapes(doc: Document) -> tuple[Shape, ...]:
    """The named schemas, by name."""
    return tuple(_shape(doc, name, schema) for name, schema in sorted(doc["components"]["schemas"].items()))


def _operations(doc: Document) -> Iterator[tuple[str, Operation]]:
    for path, item in doc["paths"].items():
        for method in METHODS:
            if method in item:
                yield item[method]["tags"][0], _operation(doc, path, method, item[method])


def _operation(doc: Document, path: str, method: str, given: Document) -> Operation:
    media, body = _first(given.get("requestBody", {}))
    answers = tuple(_answer(doc, status, response) for status, response in given["responses"].items())
    links = (name for response in given["responses"].values() for name in response.get("links", {}))
    return Operation(
        name=given["operationId"],
        method=method.upper(),
        path=path,
        summary_zh=str(given.get("x-summary-zh") or given["summary"]),
        summary_en=given["summary"],
        description=given.get("description", ""),
        permission=str(given.get("x-permission", "")),
        scopes=tuple(scope for asked in given["security"] for scopes in asked.values() for scope in scopes),
        anonymous={} in given["security"],
        parameters=tuple(_parameter(doc, p) for p in given.get("parameters", [])),
        body_media=media,
        body_target=_target(body.get("schema", {})),
        body_example=_pretty(body["example"]) if "example" in body else "",
        answers=answers,
        links=tuple(sorted(set(links))),
    )


def _parameter(doc: Document, given: Document) -> Field:
    parameter = _resolved(doc, given)
    schema = parameter.get("schema", {})
    return Field(
        name=parameter["name"],
        place=parameter["in"],
        kind=_kind(schema),
        target=_target(schema),
        required=parameter.get("required", False),
        description=parameter.get("description", ""),
        limits=_limits(_resolved(doc, schema)),
        example=_plain(parameter.get("example", "")),
    )


def _answer(doc: Document, status: str, given: Document) -> Answer:
    response = _resolved(doc, given)
    media, body = _first(response)
    named = body.get("examples", {})
    values = [body["example"]] if "example" in body else [_resolved(doc, e)["value"] for e in named.values()]
    return Answer(
        status=status,
        description=response["description"],
        codes=tuple(named),
        headers=tuple(response.get("headers", {})),
        target="Problem" if named else _target(body.get("schema", {})),
        media=media,
        example=_pretty(values[0]) if values else "",
    )


def _shape(doc: Document, name: str, schema: Document) -> Shape:
    required = set(schema.get("required", []))
    fields = (
        _member(doc, key, value, key in required) for key, value in schema.get("properties", {}).items()
    )
    return Shape(
        name, schema.get("description", ""), tuple(fields), tuple(str(v) for v in schema.get("enum", []))
    )


def _member(doc: Document, name: str, schema: Document, required: bool) -> Field:
    examples = schema.get("examples") or _resolved(doc, schema).get("examples") or [""]
    return Field(
        name=name,
        place="",
        kind=_kind(schema),
        target=_target(schema),
        required=required,
        description=schema.get("description", ""),
        limits=_limits(schema),
        example=_plain(examples[0]),
    )


def _kind(schema: Document) -> str:
    """`text`, `date`, `integer`, `list of …`, a named schema, or the alternatives."""
    if target := _target(schema):
        return f"list of {target}" if schema.get("type") == "array" else target
    if alternatives := schema.get("oneOf") or schema.get("anyOf"):
        return " | ".join(_kind(a) for a in alternatives)
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if schema.get("type") == "string":
        return str(schema.get("format") or ("identifier" if _identifier(schema) else "text"))
    return str(schema.get("type", ""))


def _identifier(schema: Document) -> bool:
    return str(schema.get("pattern", "")).endswith("_[0-9a-f]{32}$")


def _target(schema: Document) -> str:
    """The named schema inside, if it is one (or a list of one)."""
    inner = schema.get("items", {}) if schema.get("type") == "array" else schema
    return str(inner.get("$ref", "")).rpartition("/")[2]


def _limits(schema: Document) -> str:
    """Bounds in one line; the pattern of plain text says nothing to a reader."""
    parts = [
        _span(schema, "minLength", "maxLength"),
        _span(schema, "minimum", "maximum"),
        _span(schema, "minItems", "maxItems"),
    ]
    pattern = str(schema.get("pattern", ""))
    if pattern and r"\u0000" not in pattern and pattern != VISIBLE and not _identifier(schema):
        parts.append(pattern)
    parts += [" ".join(str(v) for v in schema.get("enum", []))]
    return "  ".join(part for part in parts if part)


def _span(schema: Document, low: str, high: str) -> str:
    if low not in schema and high not in schema:
        return ""
    return f"{schema.get(low, 0)}–{schema.get(high, '')}"


def _resolved(doc: Document, node: Document) -> Document:
    while "$ref" in node:
        kind, _, name = node["$ref"].removeprefix("#/components/").partition("/")
        node = doc["components"][kind][name]
    return node


def _first(part: Document) -> tuple[str, Document]:
    """The media type of a body and what is said about it; the API offers one each."""
    content: dict[str, Document] = part.get("content", {})
    for media, body in content.items():
        return media, body
    return "", {}


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
