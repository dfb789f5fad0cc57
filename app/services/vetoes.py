"""Veto findings: alleged they hold a case, confirmed they end it (R-019, D-09, E-08)."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol
from uuid import UUID

from app.db import vetoes as rows
from app.db.tables.nominations import Nomination
from app.db.tables.supervision import VetoFinding
from app.db.vetoes import FindingRow
from app.domain.access import Actor
from app.domain.errors import Refusal, refuse
from app.domain.steps import ActionState
from app.domain.veto import MACHINE, FindingAction, FindingFacts, FindingStage, available, verdict
from app.packs import loading
from app.packs.rubric import Veto
from app.services import audit, campaigns, listed_cases, recusals, veto_records
from app.services.context import Ctx, check_version
from app.services.inputs.vetoes import FindingRecord

_PAST = {
    FindingAction.VERIFY: "verified",
    FindingAction.CONFIRM: "confirmed",
    FindingAction.DISMISS: "dismissed",
}


class FindingBody(Protocol):
    @property
    def action(self) -> str: ...


@dataclass(frozen=True)
class FindingView:
    """A finding as the discipline officer sees it."""

    row: FindingRow
    actions: list[ActionState[FindingAction]]

    @property
    def finding(self) -> VetoFinding:
        return self.row[0]


def listed(
    ctx: Ctx,
    *,
    stage: FindingStage | None = None,
    nomination_id: UUID | None = None,
    after: str = "",
    limit: int = 50,
) -> list[FindingRow]:
    """Findings of one's own units. Needs `veto:read`."""
    ctx.actor.require_anywhere("veto:read")
    found = UUID(after) if after else None
    paths = ctx.actor.paths("veto:read")
    return rows.listed(
        ctx.session,
        paths,
        stage=stage,
        nomination_id=nomination_id,
        without=recusals.hidden_everywhere(ctx),
        after=found,
        limit=limit,
    )


def shown(ctx: Ctx, finding_id: UUID) -> FindingView:
    """One finding. Refuses `NOT_FOUND` to everybody who may not read findings there."""
    row = rows.one(ctx.session, finding_id)
    if row is None or not _reads(ctx, row[1]):
        raise Refusal("NOT_FOUND")
    return FindingView(row, available(_facts(ctx, row[0], None), _permissions(ctx.actor, row[1]), ctx.now))


@cache
def names() -> dict[str, tuple[str, str]]:
    """What the veto items of the shipped packs are called, in Chinese and English."""
    known = (veto for pack in loading.names() for veto in loading.load(pack).vetoes.items)
    return {veto.code: (veto.text_zh, veto.text_en) for veto in known}


def record(ctx: Ctx, nomination_id: UUID, body: FindingRecord) -> VetoFinding:
    """Record an allegation; it holds the case at once. Needs `veto:record`; refuses `VETO_UNKNOWN`."""
    nomination = ctx.session.get(Nomination, nomination_id)
    if nomination is None:
        raise Refusal("NOT_FOUND")
    return allege(ctx, nomination, **dict(body))


def allege(
    ctx: Ctx,
    nomination: Nomination,
    *,
    veto_code: str,
    fact_on: date | None,
    source: str,
    evidence: str,
    objection_id: UUID | None,
) -> VetoFinding:
    """The same out of an upheld objection. Refuses `FACT_DATE_MISSING`, `VETO_UNKNOWN`."""
    ctx.actor.require("veto:record", nomination.sponsor_path, nomination.campaign_id)
    _item(ctx, nomination.campaign_id, veto_code)
    if fact_on is None:
        raise Refusal("FACT_DATE_MISSING", "/fact_on")
    known = {"fact_on": fact_on, "source": source[:200], "objection_id": objection_id, "evidence": evidence}
    return veto_records.record(ctx, nomination, veto_code, **known)


def act(ctx: Ctx, finding_id: UUID, body: FindingBody, version: int | None) -> VetoFinding:
    """Verify, confirm or dismiss. A confirmed finding ends the nomination in the same transaction."""
    row = rows.locked(ctx.session, finding_id)
    if row is None or not _reads(ctx, row[1]):
        raise Refusal("NOT_FOUND")
    finding, nomination, _ = row
    action = FindingAction(body.action)
    ctx.actor.require("veto:decide", nomination.sponsor_path, nomination.campaign_id)
    check_version(finding.row_version, version)
    before = finding.model_dump(mode="json")
    facts = _facts(ctx, finding, body)
    refuse(verdict(facts, action, ctx.now))
    step = MACHINE.find(finding.stage, action)
    finding.stage = step.target(facts) if step else finding.stage
    finding.evidence, finding.conclusion = facts.evidence, facts.conclusion
    if action is not FindingAction.VERIFY:
        finding.decided_at, finding.decided_by = ctx.now, ctx.actor.key
    audit.touch(ctx, finding)
    veto_records.note(ctx, f"veto.{_PAST[action]}", finding, nomination, before)
    if action is FindingAction.CONFIRM:
        listed_cases.veto(ctx, nomination)
    return finding


def _reads(ctx: Ctx, nomination: Nomination) -> bool:
    """May read findings there, and stands in no conflict with the case."""
    may = ctx.actor.may("veto:read", nomination.sponsor_path, nomination.campaign_id)
    return may and not recusals.hides(ctx, nomination)


def _item(ctx: Ctx, campaign_id: UUID, code: str) -> Veto:
    rules = campaigns.rules_of(ctx, campaigns.campaign_of(ctx, campaign_id))
    found = next((veto for veto in rules.vetoes.enabled if veto.code == code), None)
    if found is None:
        raise Refusal(
            "VETO_UNKNOWN", "/veto_code", expected=tuple(veto.code for veto in rules.vetoes.enabled)
        )
    return found


def _facts(ctx: Ctx, finding: VetoFinding, body: FindingBody | None) -> FindingFacts:
    counts_from, counts_to = _span(ctx, finding)
    facts = FindingFacts(finding.stage, finding.fact_on, counts_from, counts_to, finding.evidence)
    evidence = str(getattr(body, "evidence", "")) or finding.evidence
    return replace(facts, evidence=evidence, conclusion=str(getattr(body, "conclusion", "")))


def _span(ctx: Ctx, finding: VetoFinding) -> tuple[date | None, date | None]:
    """The award period, or further back for an item with a look-back of its own (R-017)."""
    campaign = campaigns.campaign_of(ctx, finding.campaign_id)
    first, last = campaign.award_period_start_year, campaign.award_period_end_year
    starts, ends = date(first, 1, 1) if first else None, date(last, 12, 31) if last else None
    veto = _item(ctx, finding.campaign_id, finding.veto_code)
    if not veto.lookback_years:
        return starts, ends
    today = ctx.now.astimezone(ctx.zone).date()
    back = today.replace(year=today.year - veto.lookback_years, day=min(today.day, 28))
    return min(starts, back) if starts else back, today


def _permissions(actor: Actor, nomination: Nomination) -> frozenset[str]:
    return frozenset(
        p for p in MACHINE.permissions if actor.may(p, nomination.sponsor_path, nomination.campaign_id)
    )
