"""Migrations on both databases: up, at head, and equal to the models."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from app.db.engine import make_engine
from app.db.tables import metadata
from app.settings import Settings


def upgrade(settings: Settings) -> None:
    """Bring the schema to head; on PostgreSQL one migration job at a time (advisory lock in env.py)."""
    if settings.sqlite:
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings)
    try:
        run(engine, "upgrade", "head")
    finally:
        engine.dispose()


def run(engine: Engine, name: str, revision: str) -> None:
    """`upgrade` or `downgrade` to a revision on an open engine."""
    config = configuration()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        {"upgrade": command.upgrade, "downgrade": command.downgrade}[name](config, revision)
        connection.commit()


def at_head(engine: Engine) -> bool:
    """Whether the database is at the revision this build was written for."""
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except Exception:  # noqa: BLE001  (an unreachable database is not at head)
        return False
    return current == ScriptDirectory.from_config(configuration()).get_current_head()


def differences(engine: Engine) -> list[str]:
    """How the migrated schema differs from the models; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": False}
        )
        return [str(d) for d in compare_metadata(context, metadata)]


def configuration() -> Config:
    """Alembic's settings; the connection is handed over in `attributes`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
