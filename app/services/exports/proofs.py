"""What lets somebody with nothing but the archive verify it: rankings as the texts that were digested, the chain of the record."""

import json
import tempfile
from typing import Any, BinaryIO, cast
from uuid import UUID

from app.domain.errors import Refusal
from app.services import audit_records, ranking_documents, score_rankings
from app.services.audit_records import Link
from app.services.context import Ctx
from app.services.exports.packing import Packing
from app.services.exports.shapes import paged
from app.services.sequencer import content

_RANKINGS = ("评审排序及其冻结的输入", "Rankings with their frozen inputs")
_RECORD = ("审计记录的链", "The chain of the audit record")
_STANDS_ASIDE = (
    "其中有您须回避的推荐，排序不能拆开提供",
    "you stand aside from one of its cases, and a ranking cannot be given in part",
)


def rankings(ctx: Ctx, packing: Packing, campaign_id: UUID) -> list[dict[str, Any]]:
    """Every ranking's inputs and result, byte for byte what its digests were taken of; what the manifest says of them."""
    told: list[dict[str, Any]] = []
    try:
        found = list(
            paged(
                lambda after, n: score_rankings.listed(ctx, campaign_id, after=after, limit=n),
                lambda row: row.id.hex,
            )
        )
    except Refusal as refusal:
        packing.leave_out("rankings", _RANKINGS, refusal.reason.sentence(packing.language))
        return told
    for one in reversed(found):
        try:
            inputs, result = ranking_documents.frozen(ctx, one)
        except Refusal:
            packing.leave_out("rankings", _RANKINGS, packing.said(_STANDS_ASIDE), number=one.number)
            continue
        folder = f"rankings/{one.number}"
        packing.put_text(f"{folder}/inputs.json", inputs)
        packing.put_text(f"{folder}/result.json", result)
        hashes = {"input_hash": one.input_hash, "result_hash": one.result_hash}
        told.append({"number": one.number, "id": one.id.hex, "folder": folder, **hashes})
    return told


def record(ctx: Ctx, packing: Packing, campaign_id: UUID) -> dict[str, Any]:
    """The campaign's entries with the link each follows from; what the manifest says of the record."""
    position, chain = audit_records.head(ctx)
    told: dict[str, Any] = {"head": {"position": position, "chain": chain}}
    try:
        audit_records.linked(ctx, campaign_id, limit=1)
    except Refusal as refusal:
        packing.leave_out("record", _RECORD, refusal.reason.sentence(packing.language))
        return told
    with tempfile.TemporaryFile() as lines:
        count = 0
        for link in paged(
            lambda after, n: audit_records.linked(ctx, campaign_id, after=int(after or 0), limit=n),
            lambda link: str(link.entry.position),
        ):
            lines.write(_line(link))
            count += 1
        lines.seek(0)
        packing.put("record/entries.jsonl", cast(BinaryIO, lines), entries=count)
    return told | {"entries": count}


def _line(link: Link) -> bytes:
    """`content` is the very text the link was taken over, after the link before it and a line break."""
    entry = link.entry
    said = {
        "position": entry.position,
        "previous": link.previous,
        "chain": entry.chain,
        "content": content(entry),
    }
    return (json.dumps(said, ensure_ascii=False) + "\n").encode()
