"""Uploads that were cut off or never placed: cleared away after a day, so that nothing half done stays for good."""

from contextlib import suppress
from datetime import datetime, timedelta

from app.domain.errors import Refusal
from app.storage.store import MediaStore, incoming_key

KEPT = timedelta(days=1)


def sweep(store: MediaStore, now: datetime) -> int:
    """Clear what waits since before `now` minus a day; how many. `now` is real time: the store knows no other.

    A store that is down is asked again next time.
    """
    cleared = 0
    with suppress(Refusal):
        for upload in list(store.list_incoming()):
            if upload.modified_at < now - KEPT:
                store.delete(incoming_key(upload.upload_id))
                cleared += 1
    return cleared
