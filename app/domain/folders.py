"""Data that grows with the features: a folder of TOML files, one a feature, read as one table."""

import tomllib
from pathlib import Path
from typing import Any


def merged(folder: Path) -> dict[str, Any]:
    """All tables of the folder's files; the same name in two files is a defect and stops the start."""
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        twice = found.keys() & tables.keys()
        if twice:
            raise ValueError(f"{path}: {', '.join(sorted(twice))} stand in another file too")
        found |= tables
    return found
