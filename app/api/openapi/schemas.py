"""Schemas as clients should see them: plain names, no generated titles, formats with their natural bounds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

# Control characters, bidirectional overrides and lone surrogates are refused in every text (api.md A.2).
_BARRED = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069"
TEXT = f"^[^{_BARRED}]*$"
_DATA = ("example", "default", "const", "enum")  # hold values of the API, not parts of its description

_BY_FORMAT: dict[str, dict[str, Any]] = {
    "date": {"maxLength": 10, "examples": ["2026-09-30"]},
    "date-time": {"maxLength": 40, "examples": ["2026-09-29T16:00:00.000000Z"]},
    "uuid": {"maxLength": 36, "examples": ["0198c5a0-7e7b-7c3e-9f2a-4d5b6c7d8e9f"]},
    "email": {"maxLength": 254, "examples": ["li@example.org"]},
    "binary": {"maxLength": 67_108_864},
}
_INT32 = 2**31


def tidy(doc: dict[str, Any]) -> None:
    """Rename, drop FastAPI's own error shapes, and settle each schema."""
    found = doc["components"]["schemas"]
    for own in ("HTTPValidationError", "ValidationError"):
        found.pop(own, None)
    names = _names(list(found))
    _walk(doc, lambda node: _rename(node, names))
    doc["components"]["schemas"] = {names[name]: schema for name, schema in found.items()}
    _walk(doc, _settle)


def _names(internal: list[str]) -> dict[str, str]:
    """Public names by internal ones; where an answer and an enum or input would share one, the answer keeps its suffix."""
    wanted = {name: public_name(name) for name in internal}
    counted = Counter(wanted.values())
    return {
        name: public if counted[public] == 1 else re.sub(r"\W", "", name) for name, public in wanted.items()
    }


def public_name(name: str) -> str:
    """`Page_RegionOut_` → `RegionPage`, `RegionOut` → `Region`, `Body_putPhoto` → `PutPhotoForm`."""
    if form := re.fullmatch(r"Body_(\w)(\w*)", name):
        return f"{form[1].upper()}{form[2]}Form"
    if generic := re.fullmatch(r"Page_(\w+?)_", name):
        return public_name(generic[1]) + "Page"
    return re.sub(r"(?<=[a-z])Out(?=$|-)", "", name).replace("-Input", "Input").replace("-Output", "")


def prune(doc: dict[str, Any]) -> None:
    """Drop components that nothing refers to, until none is left."""
    while True:
        used = {node["$ref"] for node in nodes(doc) if isinstance(node.get("$ref"), str)}
        unused = [
            (kind, name)
            for kind, named in doc["components"].items()
            if kind != "securitySchemes"
            for name in named
            if f"#/components/{kind}/{name}" not in used
        ]
        if not unused:
            return
        for kind, name in unused:
            del doc["components"][kind][name]


def nodes(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  (any JSON value)
    """Every object of the description, the outer ones first; example values are not looked into."""
    if isinstance(value, dict):
        yield value
        for key, inner in list(value.items()):
            if key == "properties" and isinstance(inner, dict):
                yield from nodes(list(inner.values()))
            elif key not in _DATA and not (key == "examples" and isinstance(inner, list)):
                yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def resolved(doc: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The object a reference leads to, or the object itself."""
    while "$ref" in node:
        kind, name = node["$ref"].removeprefix("#/components/").split("/", 1)
        node = doc["components"][kind][name]
    return node


def _walk(doc: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> None:
    for node in list(nodes(doc)):
        change(node)


def _rename(node: dict[str, Any], names: dict[str, str]) -> None:
    reference = node.get("$ref")
    prefix = "#/components/schemas/"
    if isinstance(reference, str) and reference.startswith(prefix):
        name = reference.removeprefix(prefix)
        node["$ref"] = prefix + names.get(name, name)


def _settle(node: dict[str, Any]) -> None:
    """One schema: no generated title, no null for what is left out, a known format's length and example, a text's pattern, an integer's width."""
    if isinstance(node.get("title"), str) and node.keys() & {"type", "$ref", "allOf", "anyOf", "oneOf"}:
        del node["title"]
    if node.get("type") != "null" and "default" in node and node["default"] is None:
        del node["default"]  # what is left out is not there; nothing offers null
    match node.get("type"):
        case "string":
            _settle_string(node)
        case "boolean" if "const" not in node:
            node.setdefault("examples", [False])
        case "integer":
            top = max(abs(node.get("maximum", 0)), abs(node.get("minimum", 0)))
            node.setdefault("format", "int32" if top < _INT32 else "int64")


def _settle_string(node: dict[str, Any]) -> None:
    if "contentMediaType" in node:
        node["format"] = "binary"
    if values := node.get("enum"):
        node.setdefault("examples", [values[0]])
    elif "const" in node:
        node.setdefault("examples", [node["const"]])
    elif "format" in node:
        for key, value in _BY_FORMAT.get(node["format"], {}).items():
            node.setdefault(key, value)
    elif "pattern" not in node:
        node["pattern"] = _text_of(node.get("minLength", 0))


def _text_of(minimum: int) -> str:
    """Text without control characters that still has `minimum` characters after trimming, as inputs count them."""
    if minimum == 0:
        return TEXT
    any_, solid = f"[^{_BARRED}]", rf"[^\s{_BARRED}]"
    tail = f"{any_}{{{minimum - 2},}}{solid}" if minimum > 1 else ""
    return f"^{any_}*{solid}{tail}{any_}*$"
