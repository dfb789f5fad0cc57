"""Days that a search is narrowed to, as they stand in an address."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def first(text: str, zone: ZoneInfo) -> datetime | None:
    """The instant at which this day begins; nothing for what is no day."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), zone) if text else None
    except ValueError:
        return None


def after(text: str, zone: ZoneInfo) -> datetime | None:
    """The instant at which this day is over."""
    begun = first(text, zone)
    return begun + timedelta(days=1) if begun else None
