"""Copies on paper and discs handed over at the office, and whether all that is asked for is there (R-035, R-043)."""

from uuid import UUID

from app.db import case_papers as rows
from app.db.tables.materials import MaterialReceipt
from app.db.tables.nominations import Nomination
from app.domain.errors import Reason, Refusal, refuse
from app.domain.nomination_stage import LIVE, Stage
from app.domain.receipt import ReceiptKind, receipt_reasons
from app.packs.schema import CampaignRules
from app.services import campaigns, case_papers, ministry_deadline, nominations
from app.services.context import Ctx, check_version
from app.services.inputs.receipts import ReceiptRecording

_FOR_THE_MINISTRY = frozenset({ReceiptKind.MINISTRY_WRITEUP, ReceiptKind.DISC})
_FORMS = 1  # the notice asks for copies of the write-up and of the disc; of the form one has to be there


def listed(ctx: Ctx, nomination_id: UUID, *, after: str = "", limit: int = 50) -> list[MaterialReceipt]:
    """What was received on paper and on disc. Needs `material:read`."""
    nominations.readable(ctx, nomination_id, "material:read")
    return rows.listed(ctx.session, MaterialReceipt, nomination_id, UUID(after) if after else None, limit)


def shown(ctx: Ctx, nomination_id: UUID, kind: ReceiptKind) -> MaterialReceipt:
    """The receipt of one kind. Refuses `NOT_FOUND` when nothing was received yet."""
    nominations.readable(ctx, nomination_id, "material:read")
    found = rows.receipt(ctx.session, nomination_id, kind)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def needed(rules: CampaignRules, kind: ReceiptKind) -> int:
    """How many copies the campaign asks for."""
    asked = {
        ReceiptKind.PAPER_WRITEUP: rules.copies.filing_writeup,
        ReceiptKind.MINISTRY_WRITEUP: rules.copies.ministry_writeup,
        ReceiptKind.DISC: rules.copies.ministry_video,
    }
    return asked.get(kind, _FORMS)


def closed(nomination: Nomination, kind: ReceiptKind) -> list[Reason]:
    """Why nothing of this kind is received now: not of a draft, and for the ministry only after the award is determined."""
    ministry = (Stage.DETERMINED, Stage.AWARDED)
    filing = tuple(stage for stage in LIVE if stage is not Stage.DRAFT)
    return case_papers.elsewhere(nomination, ministry if kind in _FOR_THE_MINISTRY else filing)


def record(
    ctx: Ctx, nomination_id: UUID, kind: ReceiptKind, body: ReceiptRecording, version: int | None
) -> MaterialReceipt:
    """Count what was handed over; `version` is 0 where nothing was received yet.

    Needs `receipt:record` at the host's office. Refuses `NOT_YOUR_LEVEL`, `COPIES_MISSING`, `DATE_IN_FUTURE`,
    `DEADLINE_PASSED` for what came too late for the ministry.
    """
    nomination = nominations.for_change(ctx, nomination_id, "receipt:record")
    rules = _at_the_office(ctx, nomination)
    found = rows.receipt(ctx.session, nomination_id, kind)
    check_version(case_papers.tag_of(found), version)
    today = case_papers.today(ctx)
    counted = (body.copies, needed(rules, kind), body.received_on, today)
    late = ministry_deadline.reasons_on(ctx, nomination, body.received_on, "/received_on")
    refuse(
        [
            *closed(nomination, kind),
            *receipt_reasons(*counted, complete=body.complete),
            *(late if kind in _FOR_THE_MINISTRY else []),
        ]
    )
    before = found.model_dump(mode="json") if found else None
    key = {"nomination_id": nomination.id, "kind": kind}
    row = case_papers.written(ctx, found, MaterialReceipt, **key, **body.model_dump())
    said = {"kind": kind.value, "copies": row.copies, "complete": row.complete}
    case_papers.noted(ctx, "receipt.recorded", row, nomination, before, **said)
    return row


def counted_by(ctx: Ctx, nomination: Nomination) -> bool:
    """Whether the caller is the host's own office."""
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    return case_papers.speaks_for(ctx, campaign.host_organization_id, "receipt:record", campaign.id)


def _at_the_office(ctx: Ctx, nomination: Nomination) -> CampaignRules:
    """The rules, once it is clear that the host's own office counts."""
    rules = case_papers.rules_of(ctx, nomination)
    if not counted_by(ctx, nomination):
        raise Refusal("NOT_YOUR_LEVEL", **case_papers.level_names(rules.host_level))
    return rules
