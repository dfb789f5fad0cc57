"""The file an allocation was read from, as it was sent: the annex stays beside its numbers (R-012)."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.errors import Refusal
from app.services import quota_files, quotas
from app.services.context import Ctx
from app.storage.content import TYPES
from app.storage.store import Content

CSV = "text/csv"
XLSX = TYPES["xlsx"].media_type


@dataclass(frozen=True)
class Source:
    """An imported file, to be saved; `sha256` is that of its bytes."""

    name: str
    media_type: str
    sha256: str
    content: Content


def opened(ctx: Ctx, plan_id: UUID) -> Source:
    """The file of a version the caller may see. Refuses `NOT_FOUND` when there was none, `STORAGE_UNAVAILABLE`."""
    plan = quotas.shown(ctx, plan_id).plan
    if not plan.source_file:
        raise Refusal("NOT_FOUND")
    try:
        beginning = ctx.store.open_read(plan.source_file, 0, len(quota_files.PACKED)).read()
        content = ctx.store.open_read(plan.source_file)
    except Refusal as refusal:  # a row whose object is missing is a fault of the store, not of the caller
        raise Refusal("STORAGE_UNAVAILABLE") from refusal
    ending, kind = ("xlsx", XLSX) if beginning == quota_files.PACKED else ("csv", CSV)
    return Source(f"名额方案-{plan.version}.{ending}", kind, sha256(plan.source_file), content)


def sha256(key: str) -> str:
    """The hash in an address by content; empty for a plan that came from no file."""
    return key.removeprefix("sha256/").replace("/", "")
