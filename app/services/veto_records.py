"""Veto findings put on record: an allegation from outside, or what the unit itself declared (R-017, R-019).

What becomes of one is `vetoes.act`.
"""

from typing import Any

from app.db import flow
from app.db.tables.nominations import Nomination
from app.db.tables.supervision import VetoFinding
from app.domain.veto import FindingStage
from app.services import audit
from app.services.context import Ctx


def record(ctx: Ctx, nomination: Nomination, veto_code: str, **known: Any) -> VetoFinding:  # noqa: ANN401  (columns)
    """A new finding, alleged; it holds the case from now on. The caller has asked who may."""
    finding = VetoFinding(
        **audit.stamp(ctx),
        nomination_id=nomination.id,
        campaign_id=nomination.campaign_id,
        veto_code=veto_code,
        stage=FindingStage.ALLEGED,
        **known,
    )
    ctx.session.add(finding)
    ctx.session.flush()
    note(ctx, "veto.recorded", finding, nomination)
    return finding


def take_up_declared(ctx: Ctx, nomination: Nomination) -> None:
    """What the unit itself declares to have occurred is handed in with the case and holds it until it is verified (R-019)."""
    known = {one.veto_code for one in flow.findings(ctx.session, nomination.id)}
    for said in flow.declarations(ctx.session, nomination.id):
        if said.has_occurred and said.veto_code not in known:
            record(
                ctx,
                nomination,
                said.veto_code,
                fact_on=said.signed_on,
                source="单位自查承诺",
                evidence=said.explanation,
            )


def note(
    ctx: Ctx,
    action: str,
    finding: VetoFinding,
    nomination: Nomination,
    before: dict[str, object] | None = None,
) -> None:
    """The entry of what happened to a finding, without a word of its evidence."""
    audit.note(
        ctx,
        action,
        finding,
        before=before,
        campaign_id=finding.campaign_id,
        path=nomination.sponsor_path,
        summary={"veto_code": finding.veto_code, "stage": finding.stage.value},
    )
