"""A whole campaign as one ZIP: its lists twice (for people and for programs), its rules, its notices as posted, the files
of its cases, rankings with their frozen inputs, the audit range with its chain, the data dictionary, and a manifest with the
digest of every file.

Nothing is held in memory but one page of rows and one notice: members are written as they are made.
"""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from app.db.tables.campaigns import Campaign
from app.db.tables.places import Organization
from app.documents import tables
from app.documents.data import Cell, Table
from app.domain.errors import Refusal
from app.domain.notice import NoticeStage
from app.packs import loading
from app.services import campaign_setup, campaigns, exporting, notice_documents, notices
from app.services.context import Ctx
from app.services.exports import enclosures, making, proofs, registry
from app.services.exports.making import Export
from app.services.exports.packing import Packing
from app.services.exports.shapes import ListTable, Narrowed, paged

MEDIA = "application/zip"
_POSTED = (NoticeStage.PUBLISHED, NoticeStage.CONCLUDED, NoticeStage.SUPERSEDED, NoticeStage.WITHDRAWN)
_GUIDE = Path(__file__).parent / "guide"


def permitted(ctx: Ctx, campaign: Campaign) -> bool:
    """Whether the caller may take the whole campaign away: at its host or above."""
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    return ctx.actor.may("campaign:export", host.path, campaign.id)


def made(ctx: Ctx, campaign_id: UUID, language: str = "zh", *, files: bool = True) -> Export:
    """The campaign as one ZIP, an entry in the audit record for it; what the caller may not read is left out and named.

    Needs `campaign:export` at the host: refuses `PERMISSION_MISSING`, `NOT_FOUND`; with the cases' files also
    `STORAGE_UNAVAILABLE`.
    """
    campaign = campaigns.readable(ctx, campaign_id)
    host = ctx.session.get_one(Organization, campaign.host_organization_id)
    ctx.actor.require("campaign:export", host.path, campaign.id)
    with making.kept_open() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packing = Packing(packed, language)
            _fill(ctx, packing, campaign, files=files)
        day = ctx.now.astimezone(ctx.zone).strftime("%Y%m%d")
        rows = sum(int(str(one["rows"])) for one in packing.files if "rows" in one) // 2
        export = making.finished(out, f"{campaign.title}-{campaign.code}-{day}.zip", MEDIA, rows)
        said = {"files": len(packing.files), "rows": rows, "sha256": export.sha256}
        exporting.keep(ctx, "campaign.exported", campaign.id, said)
        return export


def _fill(ctx: Ctx, packing: Packing, campaign: Campaign, *, files: bool) -> None:
    for guide in sorted(_GUIDE.glob("*.txt")):
        packing.put(guide.name, io.BytesIO(guide.read_bytes()))
    for table in registry.of_campaign():
        _list(ctx, packing, table, campaign.id)
    for row in campaign_setup.rules_versions(ctx, campaign.id):
        packing.put_text(f"rules/v{row.version}.toml", loading.as_toml(loading.from_row(row.rules)))
    for notice_id, code in _notices(ctx, campaign.id):
        paper = notice_documents.notice(ctx, notice_id)
        packing.put(f"notices/{code}.pdf", io.BytesIO(paper.data))
    enclosures.enclose(ctx, packing, campaign.id, wanted=files)
    proven = {
        "rankings": proofs.rankings(ctx, packing, campaign.id),
        "record": proofs.record(ctx, packing, campaign.id),
    }
    packing.put_json("dictionary.json", _dictionary())
    packing.put_json("manifest.json", _manifest(ctx, packing, campaign, proven))
    sums = "".join(f"{one['sha256']}  {one['path']}\n" for one in packing.files)
    packing.put_text("SHA256SUMS", sums)


def _list(ctx: Ctx, packing: Packing, table: ListTable, campaign_id: UUID) -> None:
    """One list for people and for programs, read once; where the caller may not read it, the reason."""
    by, language = Narrowed(campaign_id), packing.language
    title = (table.zh, table.en)
    with tempfile.TemporaryFile() as plain, tempfile.TemporaryFile() as spoken:
        try:
            count = _both(ctx, table, by, language, (cast(BinaryIO, plain), cast(BinaryIO, spoken)))
        except Refusal as refusal:
            packing.leave_out(table.name, title, refusal.reason.sentence(language))
            return
        for made_of, form in ((plain, "jsonl"), (spoken, "csv")):
            made_of.seek(0)
            packing.put(f"tables/{table.name}.{form}", cast(BinaryIO, made_of), list=table.name, rows=count)
    for note in making.withheld(ctx, table, by, language):
        packing.leave_out(table.name, title, note)


def _both(ctx: Ctx, table: ListTable, by: Narrowed, language: str, outs: tuple[BinaryIO, BinaryIO]) -> int:
    """JSON lines and CSV of the same rows."""
    if table.permission:
        ctx.actor.require_anywhere(table.permission, by.campaign_id)
    lines = making.as_table(ctx, table, by, "jsonl", language)
    beside = tables.CommaSeparated(outs[1], lines)
    try:
        return tables.write_json_lines(outs[0], _doubled(ctx, table, lines, beside, language))
    finally:
        beside.close()


def _doubled(ctx: Ctx, table: ListTable, lines: Table, beside: tables.CommaSeparated, language: str) -> Table:
    def rows() -> Iterator[Sequence[Cell]]:
        for row in lines.rows:
            beside.write(making.spoken(ctx, table, row, language))
            yield row

    return Table(lines.name, lines.title, lines.columns, rows(), lines.about, lines.withheld)


def _notices(ctx: Ctx, campaign_id: UUID) -> Iterator[tuple[UUID, str]]:
    """The notices that were posted and the caller may read."""
    if not ctx.actor.holds("notice:read", campaign_id):
        return
    found = paged(
        lambda after, n: notices.listed(ctx, campaign_id=campaign_id, after=after, limit=n),
        lambda row: row.id.hex,
    )
    yield from ((row.id, f"{row.code or row.id.hex}-{row.round}") for row in found if row.stage in _POSTED)


def _dictionary() -> dict[str, object]:
    return {
        table.name: {
            "title_zh": table.zh,
            "title_en": table.en,
            "columns": [{"key": one.key, "title_zh": one.zh, "title_en": one.en} for one in table.columns],
            "withheld": [{"zh": zh, "en": en} for zh, en in table.held_back],
        }
        for table in registry.of_campaign()
    }


def _manifest(ctx: Ctx, packing: Packing, campaign: Campaign, proven: dict[str, Any]) -> dict[str, object]:
    return {
        "campaign": {"code": campaign.code, "title": campaign.title, "stage": campaign.stage},
        "sample": not campaign.livemode,
        "taken_by": ctx.actor.name or ctx.actor.key,
        "taken_at": ctx.now.astimezone(ctx.zone).isoformat(),
        "files": packing.files,
        "withheld": packing.left_out,
        **proven,
    }
