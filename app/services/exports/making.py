"""A list made into a file, with what a reader of it has to know: by whom, when, narrowed to what, without what, and why."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, BinaryIO, cast
from uuid import UUID

from app.db import exports as rows
from app.db.tables.campaigns import Campaign
from app.documents import tables
from app.documents.data import Cell, Column, Labelled, Table
from app.domain.access import Role
from app.domain.errors import Reason, Refusal
from app.domain.words import WORDS
from app.services import exporting
from app.services.context import Ctx
from app.services.documents import MEDIA
from app.services.exports import registry
from app.services.exports.shapes import Col, ListTable, Narrowed, plain

MEDIA_TYPES = {"xlsx": MEDIA["xlsx"], "csv": "text/csv", "jsonl": "application/x-ndjson"}
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Export:
    """A file on its way out: read once, gone when it is closed."""

    name: str
    media_type: str
    file: IO[bytes]
    size: int
    sha256: str
    rows: int


def made(ctx: Ctx, name: str, by: Narrowed, form: str, language: str = "zh") -> Export:
    """The list as a file in the format asked for, an entry in the audit record for it.

    Needs what the list itself needs, and gives what the list would give the caller. Refuses `NOT_FOUND` for a list that
    is none, `EXPORT_FILTER_UNKNOWN` for a filter it does not have, `FIELD_MISSING` without its campaign.
    """
    table = registry.named(name)
    _fits(table, by)
    if table.permission:
        ctx.actor.require_anywhere(table.permission, by.campaign_id)
    with kept_open() as out:
        count = tables.WRITERS[form](cast(BinaryIO, out), as_table(ctx, table, by, form, language))
        day = ctx.now.astimezone(ctx.zone).strftime("%Y%m%d")
        export = finished(out, f"{table.title(language)}-{day}.{form}", MEDIA_TYPES[form], count)
        filters = by.named | ({"q": "…"} if by.q else {})  # words that were looked for may be somebody's name
        said = {"list": name, "format": form, "filters": filters, "rows": count, "sha256": export.sha256}
        exporting.keep(ctx, "list.exported", by.campaign_id, said)
        return export


@contextmanager
def kept_open() -> Iterator[IO[bytes]]:
    """A file for whoever sends it to close; gone at once when what goes into it or the entry for it fails."""
    with ExitStack() as failing:
        yield failing.enter_context(tempfile.TemporaryFile())
        failing.pop_all()


def finished(out: IO[bytes], name: str, media_type: str, count: int) -> Export:
    """A written file, measured, and rewound for whoever sends it."""
    out.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := out.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    out.seek(0)
    return Export(name, media_type, out, size, digest.hexdigest(), count)


def as_table(ctx: Ctx, table: ListTable, by: Narrowed, form: str, language: str) -> Table:
    """The list with its notes; its rows are asked for as they are written."""
    return Table(
        table.name,
        table.title(language),
        [Column(one.key, one.title(language), one.width) for one in table.columns],
        _cells(ctx, table, by, form, language),
        list(_about(ctx, by, language)),
        withheld(ctx, table, by, language),
    )


def withheld(ctx: Ctx, table: ListTable, by: Narrowed, language: str) -> list[str]:
    """What the reader does not see in it, and why."""
    english = language == "en"
    notes = [note[english] for note in table.held_back]
    if table.by_case and any(grant.role is Role.REVIEWER for grant in ctx.actor.grants):
        own = (
            "与您存在回避关系的推荐（如有）不在其中",
            "cases you have to stand aside from, if any, are not in it",
        )
        notes.append(own[english])
    units = _area(ctx, table, by)
    if units:
        listed = "、".join(units) if not english else ", ".join(units)
        scope = (
            f"权限范围以外的单位；范围为{listed}及其下属",
            f"units outside your scope, which is {listed} and below",
        )
        notes.append(scope[english])
    return notes


def _area(ctx: Ctx, table: ListTable, by: Narrowed) -> list[str]:
    """The units the caller's permission covers; none where it covers everything."""
    paths = ctx.actor.paths(table.permission, by.campaign_id) if table.permission else []
    lower = [path for path in paths if path.count("/") > 2]
    return rows.named_by_path(ctx.session, lower) if len(lower) == len(paths) else []


def _about(ctx: Ctx, by: Narrowed, language: str) -> Iterator[Labelled]:
    english = language == "en"
    yield Labelled(("导出人", "Taken by")[english], ctx.actor.name or ctx.actor.key)
    at = ctx.now.astimezone(ctx.zone)
    yield Labelled(("导出时间", "Taken at")[english], f"{at:%Y-%m-%d %H:%M} ({ctx.settings.zone})")
    if by.campaign_id:
        yield from _of(ctx, by.campaign_id, english=english)
    given = "；".join(f"{name}={value}" for name, value in by.named.items())
    yield Labelled(("筛选条件", "Filters")[english], given or ("无", "none")[english])


def _of(ctx: Ctx, campaign_id: UUID, *, english: bool) -> Iterator[Labelled]:
    campaign = ctx.session.get(Campaign, campaign_id)
    if campaign is None:
        raise Refusal("NOT_FOUND")
    sample = "" if campaign.livemode else ("（样例数据）", " (sample data)")[english]
    yield Labelled(("活动", "Campaign")[english], f"{campaign.title} {campaign.code}{sample}")


def _cells(ctx: Ctx, table: ListTable, by: Narrowed, form: str, language: str) -> Iterator[Sequence[Cell]]:
    for row in table.rows(ctx, by):
        cells = [plain(one.read(row)) for one in table.columns]
        yield cells if form == "jsonl" else spoken(ctx, table, cells, language)


def spoken(ctx: Ctx, table: ListTable, cells: Sequence[Cell], language: str) -> list[Cell]:
    """A row for people: instants where the campaign is, stages and actions by name."""
    return [_said(ctx, *pair, language) for pair in zip(table.columns, cells, strict=True)]


def _said(ctx: Ctx, column: Col, cell: Cell, language: str) -> Cell:
    if isinstance(cell, datetime):
        return cell.astimezone(ctx.zone)
    if column.words and isinstance(cell, str) and cell:
        return WORDS[column.words][cell][language == "en"]
    return cell


def _fits(table: ListTable, by: Narrowed) -> None:
    unknown = sorted(set(by.named) - table.takes)
    if unknown:
        known = ", ".join(sorted(table.takes)) or "—"
        raise Refusal.of([Reason("EXPORT_FILTER_UNKNOWN", f"/{one}", {"filters": known}) for one in unknown])
    if table.of_campaign:
        by.campaign  # noqa: B018  (refuses where it is missing)
