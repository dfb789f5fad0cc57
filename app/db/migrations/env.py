"""Runs a migration on the connection it is handed; batch mode always, so one revision serves both databases."""

from alembic import context
from sqlalchemy import text

from app.db.tables import metadata

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    # One migration job at a time. A SET before Alembic's own transaction would lose the migration (trap 6),
    # so the lock and its timeouts live inside the same transaction.
    connection.execute(text("SELECT pg_advisory_xact_lock(7331)"))
    connection.execute(text("SET LOCAL lock_timeout = '4s'"))
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
