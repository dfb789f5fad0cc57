"""Examples of whole bodies, put together from the examples that the fields name."""

from typing import Any

from app.api.openapi import operations, schemas


def fill(doc: dict[str, Any]) -> None:
    """Give each request and each successful answer an example, unless it has one."""
    for _, _, operation in operations.each(doc):
        answers = (r for status, r in operation["responses"].items() if status.startswith("2"))
        for part in (operation.get("requestBody", {}), *answers):
            for media in part.get("content", {}).values():
                if "example" not in media and "examples" not in media and "schema" in media:
                    media["example"] = of(doc, media["schema"])


def of(doc: dict[str, Any], schema: dict[str, Any]) -> Any:  # noqa: ANN401  (any JSON value)
    """A value of the schema. A scalar without an example has none; the tests name the field."""
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if "$ref" in schema:
        return of(doc, schemas.resolved(doc, schema))
    return _composed(doc, schema)


def _composed(doc: dict[str, Any], schema: dict[str, Any]) -> Any:  # noqa: ANN401  (any JSON value)
    if parts := schema.get("allOf"):
        return _merged([of(doc, part) for part in parts])
    if choices := schema.get("oneOf") or schema.get("anyOf"):
        return of(doc, choices[0])
    return _by_type(doc, schema)


def _by_type(doc: dict[str, Any], schema: dict[str, Any]) -> Any:  # noqa: ANN401  (any JSON value)
    kind = schema.get("type")
    if kind == "object":
        return {name: of(doc, inner) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        one = [of(doc, schema["items"])] if "items" in schema else []
        return one * max(1, schema.get("minItems", 1))
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    return False if kind == "boolean" else ""


def _merged(values: list[Any]) -> Any:  # noqa: ANN401  (any JSON value)
    if all(isinstance(value, dict) for value in values):
        return {name: inner for value in values for name, inner in value.items()}
    return values[0]
