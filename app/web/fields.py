"""What a form sent, as the operation's own input type: dotted names nest, repeated names are lists."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

from fastapi import Depends, Request
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from starlette.datastructures import UploadFile

from app.domain.errors import Reason, Refusal
from app.services.inputs.faults import checked

M = TypeVar("M", bound=BaseModel)
_ROW = re.compile(r"(.+?)\.([0-9]{1,4})\.(.+)")  # a field of a numbered row
DEEPEST = 6  # levels of dotted names; no input nests as deep


class Fields:
    """The fields of a posted form. Names starting with `_` are the form's own (`_key`, `_version`)."""

    def __init__(self, pairs: list[tuple[str, str]], files: Mapping[str, UploadFile]) -> None:
        self.pairs = pairs
        self.files = files

    def get(self, name: str, default: str = "") -> str:
        return next((v for k, v in self.pairs if k == name), default)

    def file(self, name: str) -> UploadFile:
        """The file sent under this name. Refuses `VALIDATION_FAILED` beside its field when none was chosen."""
        found = self.files.get(name)
        if found is None:
            raise Refusal.of([Reason("VALIDATION_FAILED"), Reason("FIELD_MISSING", f"/{name}")])
        return found

    @property
    def version(self) -> int:
        """The row version the page was drawn from; a page never overwrites what it has not seen (decisions 15)."""
        text = self.get("_version")
        if not _whole(text):
            raise Refusal("PRECONDITION_REQUIRED")
        return int(text)

    def to(self, model: type[M], **more: Any) -> M:  # noqa: ANN401  (values the route adds)
        """The operation's input. Empty fields are left out; refuses `VALIDATION_FAILED` by field."""
        data: dict[str, Any] = {}
        lists = {name for name, field in model.model_fields.items() if _is_list(field.annotation)}
        for name, value in without_empty_rows(self.pairs):
            if not name.startswith("_") and not _put(data, name.split(".", DEEPEST), value, lists):
                data[name] = value  # no input has a field of that name, so it is refused as unknown
        return checked(model, {**_tidy(data, model), **more})

    def whole(self, model: type[M], **more: Any) -> M:  # noqa: ANN401  (values the route adds)
        """The same of a form that shows a thing as it is: a field that was emptied is empty now, not left as it was."""
        emptied = {name: "" for name, value in self.pairs if not value and name in model.model_fields}
        return self.to(model, **{**emptied, **more})


def without_empty_rows(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same fields without the numbered rows (`points.3.text`) that were left empty; the others move up.

    A form that offers some empty rows, so that it can be filled in without a script, names the list in a hidden
    `_rows`. Drawn again it is given the same fields, so that a reason stands at the row it is about.
    """
    lists = {value for name, value in pairs if name == "_rows"}
    rows = [(pair, _ROW.fullmatch(pair[0])) for pair in pairs]
    rows = [(pair, hit if hit and hit[1] in lists else None) for pair, hit in rows]
    place = _places({(hit[1], int(hit[2])) for (_, value), hit in rows if hit and value.strip()})
    kept: list[tuple[str, str]] = []
    for pair, hit in rows:
        row = (hit[1], int(hit[2])) if hit else None
        if hit is None or row is None:
            kept.append(pair)
        elif row in place:
            kept.append((f"{hit[1]}.{place[row]}.{hit[3]}", pair[1]))
    return kept


def _places(filled: set[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The new number of each row that holds something, counted in each list by itself."""
    counted = Counter[str]()
    place: dict[tuple[str, int], int] = {}
    for name, number in sorted(filled):
        place[name, number] = counted[name]
        counted[name] += 1
    return place


async def _fields(request: Request) -> Fields:
    form = await request.form()
    pairs = [(k, v.replace("\r\n", "\n")) for k, v in form.multi_items() if isinstance(v, str)]
    files = {k: v for k, v in form.multi_items() if isinstance(v, UploadFile) and v.filename}
    return Fields(pairs, files)


Posted = Annotated[Fields, Depends(_fields)]


def _put(data: Any, parts: list[str], value: str, lists: Collection[str]) -> bool:  # noqa: ANN401  (a JSON-like value)
    """Put a value at its place; false when another field of the form stands in the way."""
    head, rest = parts[0], parts[1:]
    if not isinstance(data, dict):
        return False
    if rest:
        return _put(data.setdefault(head, {}), rest, value, ())
    if head not in lists:
        data[head] = value
        return True
    held = data.setdefault(head, [])
    if isinstance(held, list):
        held.append(value)
    return isinstance(held, list)


def _tidy(data: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """`{"0": …, "1": …}` becomes a list; a field left empty is not said at all, unless empty is an answer."""
    fields = model.model_fields
    return {
        name: _listed(value) for name, value in data.items() if value != "" or _may_be_empty(fields.get(name))
    }


def _listed(value: Any) -> Any:  # noqa: ANN401  (a JSON-like value)
    if isinstance(value, dict):
        if value and all(_whole(k) for k in value):
            return [_listed(value[k]) for k in sorted(value, key=int)]
        return {k: _listed(v) for k, v in value.items() if v != ""}
    if isinstance(value, list):
        return [v for v in value if v != ""]
    return value


def _may_be_empty(field: FieldInfo | None) -> bool:
    """Whether the empty text is a value of this field: a required text without a least length."""
    if field is None or not field.is_required() or field.annotation is not str:
        return False
    return not any(getattr(rule, "min_length", None) for rule in field.metadata)


def _is_list(annotation: object) -> bool:
    found = (annotation, *get_args(annotation))
    return any(get_origin(one) in (list, tuple, set, frozenset) for one in found)


def _whole(text: str) -> bool:
    """Plain digits only: `"²".isdigit()` is true, too, and `int` would fail on it."""
    return text.isascii() and text.isdecimal() and len(text) <= 9
