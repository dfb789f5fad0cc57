"""A new name keeps the old one with its period and the paper that renames; periods do not overlap (E-02, I-17)."""

from datetime import date, timedelta

from app.db import organizations as rows
from app.db.tables.nominations import ServiceWindow
from app.db.tables.places import NameHistory, Organization
from app.services import audit
from app.services.context import Ctx

_A_DAY = timedelta(days=1)


def rename(
    ctx: Ctx, subject: Organization | ServiceWindow, name: str, first: date | None, document_no: str
) -> None:
    """Give it a name from a day on (today unless said); the name before ends the day before."""
    begins = first or ctx.now.astimezone(ctx.zone).date()
    earlier = rows.names(ctx.session, subject.id)
    ended = earlier[-1].valid_to if earlier else None
    begun = ended + _A_DAY if ended else subject.created_at.astimezone(ctx.zone).date()
    history = NameHistory(
        **audit.stamp(ctx),
        subject_id=subject.id,
        name=subject.name,
        valid_from=min(begun, begins - _A_DAY),
        valid_to=begins - _A_DAY,
        document_no=document_no,
    )
    ctx.session.add(history)
    subject.name = name
