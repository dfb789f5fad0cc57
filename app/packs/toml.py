"""Rules written as TOML, the form people edit; the standard library reads it but does not write it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def dumps(data: Mapping[str, Any]) -> str:
    """A document of strings, whole numbers, booleans, lists and tables, in the given order.

    Raises `TypeError` for anything else: rules hold no floats, dates or nulls.
    """
    return "\n".join(_table(data, ())).strip() + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """A table's own values first, then its tables: after a sub-table's header its values would be the sub-table's."""
    inner = [(key, value) for key, value in table.items() if isinstance(value, Mapping) or _is_tables(value)]
    inner_keys = {key for key, _ in inner}
    for key, value in table.items():
        if key not in inner_keys:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in inner:
        where = (*path, key)
        if isinstance(value, Mapping):
            yield from ("", f"[{_path(where)}]", *_table(value, where))
        else:
            for element in value:
                yield from ("", f"[[{_path(where)}]]", *_table(element, where))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(element, Mapping) for element in value)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # JSON's escapes are TOML's too, but for DEL, which TOML wants escaped and JSON does not.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list) and not _is_tables(value):
        return f"[{', '.join(_value(element) for element in value)}]"
    raise TypeError(f"rules hold no {type(value).__name__}")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _path(keys: tuple[str, ...]) -> str:
    return ".".join(_key(key) for key in keys)
