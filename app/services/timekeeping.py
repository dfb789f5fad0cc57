"""What a tick records: that a notice's period has ended (decisions 3). Nothing waits for it."""

from sqlalchemy import Engine

from app.clock import Clock
from app.db import notices as rows
from app.services import audit
from app.services.running import acting_as_system
from app.settings import Settings
from app.storage.store import MediaStore


def record(engine: Engine, clock: Clock, settings: Settings, store: MediaStore) -> int:
    """Write `notice.ended`, effective at the computed end, for every notice that ran out since the last tick."""
    with acting_as_system(engine, clock, settings, store) as ctx:
        ended = rows.ended_unrecorded(ctx.session, ctx.now)
        for notice in ended:
            notice.ended_event_at = ctx.now
            audit.touch(ctx, notice)
            audit.note(
                ctx,
                "notice.ended",
                notice,
                campaign_id=notice.campaign_id,
                path=notice.issuer_path,
                effective_at=notice.ends_at,
            )
        return len(ended)
