"""What a form sent, as the operation's own input type: dotted names nest, repeated names are lists."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, get_origin

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from app.domain.errors import Refusal
from app.services.inputs.faults import checked

M = TypeVar("M", bound=BaseModel)


class Fields:
    """The fields of a posted form. Names starting with `_` are the form's own (`_key`, `_version`)."""

    def __init__(self, pairs: list[tuple[str, str]], files: Mapping[str, UploadFile]) -> None:
        self.pairs = pairs
        self.files = files

    def get(self, name: str, default: str = "") -> str:
        return next((v for k, v in self.pairs if k == name), default)

    @property
    def version(self) -> int:
        """The row version the page was drawn from; a page never overwrites what it has not seen (decisions 15)."""
        text = self.get("_version")
        if not text.isdigit():
            raise Refusal("PRECONDITION_REQUIRED")
        return int(text)

    def to(self, model: type[M], **more: Any) -> M:  # noqa: ANN401  (values the route adds)
        """The operation's input. Empty optional fields are left out; refuses `VALIDATION_FAILED` by field."""
        data: dict[str, Any] = {}
        lists = {n for n, f in model.model_fields.items() if get_origin(f.annotation) in (list, tuple)}
        for name, value in self.pairs:
            if name.startswith("_"):
                continue
            _put(data, name.split("."), value, lists)
        return checked(model, {**_tidy(data, model), **more})


def _put(data: dict[str, Any], parts: list[str], value: str, lists: set[str]) -> None:
    head, rest = parts[0], parts[1:]
    if rest:
        _put(data.setdefault(head, {}), rest, value, set())
    elif head in lists:
        data.setdefault(head, []).append(value)
    else:
        data[head] = value


def _tidy(data: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """`{"0": …, "1": …}` becomes a list; an empty text of a field that has a default is not said at all."""
    tidy: dict[str, Any] = {}
    for name, value in data.items():
        field = model.model_fields.get(name)
        optional = field is not None and not field.is_required()
        if value == "" and optional:
            continue
        tidy[name] = _listed(value)
    return tidy


def _listed(value: Any) -> Any:  # noqa: ANN401  (a JSON-like value)
    if isinstance(value, dict):
        if value and all(k.isdigit() for k in value):
            return [_listed(value[k]) for k in sorted(value, key=int)]
        return {k: _listed(v) for k, v in value.items() if v != ""}
    if isinstance(value, list):
        return [v for v in value if v != ""]
    return value


async def _fields(request: Request) -> Fields:
    form = await request.form()
    pairs = [(k, v) for k, v in form.multi_items() if isinstance(v, str)]
    files = {k: v for k, v in form.multi_items() if isinstance(v, UploadFile) and v.filename}
    return Fields(pairs, files)


Posted = Annotated[Fields, Depends(_fields)]
