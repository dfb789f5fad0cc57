"""Writes tests/architecture/doors.txt: run it when you mean to add or remove a door, and look at the difference.

.venv/bin/python -m tools.doors
"""

import tempfile
from pathlib import Path

from app.main import create_app
from app.settings import Settings
from tests.architecture.test_doors import DOORS, doors

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url="sqlite://", data_dir=Path(folder)))
        DOORS.write_text("".join(f"{method} {path}\n" for method, path, _ in doors(app)), encoding="utf-8")
