"""Veto findings over JSON."""

from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import ActionOut, BlockerOut, NominationId, Page, Tagged, VetoFindingId
from app.db.tables.supervision import VetoFinding
from app.domain.veto import FindingStage
from app.http import Read, Write
from app.services import vetoes
from app.services.inputs.vetoes import FindingRecord, FindingStep

routes = router("vetoes")

Finding = Annotated[VetoFindingId, Path(description="The finding.")]


class FindingHeadOut(Tagged):
    """A finding in a list."""

    id: VetoFindingId
    nomination_id: NominationId
    veto_code: str = Field(max_length=40, examples=["VETO_INACTION"])
    source: str = Field(max_length=200, examples=["纪检监察部门通报"])
    fact_on: date
    stage: FindingStage = Field(examples=["ALLEGED"])
    objection_id: str = Field(max_length=40, description="The objection it came from, if any.", examples=[""])

    @classmethod
    def of(cls, row: VetoFinding) -> "FindingHeadOut":
        return cls(**_head(row))


class FindingOut(FindingHeadOut):
    """A finding as the discipline officer sees it."""

    evidence: str = Field(max_length=5000, examples=["通报第 3 号。"])
    conclusion: str = Field(max_length=2000, examples=[""])
    actions: list[ActionOut] = Field(max_length=10)

    @classmethod
    def whole(cls, view: vetoes.FindingView) -> "FindingOut":
        row = view.finding
        actions = [
            ActionOut(action=a.action, permitted=a.permitted, blockers=[BlockerOut.of(r) for r in a.reasons])
            for a in view.actions
        ]
        return cls(**_head(row), evidence=row.evidence, conclusion=row.conclusion, actions=actions)


def _head(row: VetoFinding) -> dict[str, Any]:
    same = ("id", "nomination_id", "veto_code", "source", "fact_on", "stage")
    origin = f"obj_{row.objection_id.hex}" if row.objection_id else ""
    return {name: getattr(row, name) for name in same} | {
        "etag": etag(row.row_version),
        "objection_id": origin,
    }


@routes.get(
    "/veto-findings",
    operation_id="listVetoFindings",
    summary="List veto findings",
    openapi_extra=about("列出否决情形", "veto:read"),
)
def list_findings(
    ctx: Read,
    paging: Listing,
    nomination_id: Annotated[
        NominationId | SkipJsonSchema[None], Query(description="Only about this one.")
    ] = None,
    stage: Annotated[FindingStage | SkipJsonSchema[None], Query(description="Only at this stage.")] = None,
) -> Page[FindingHeadOut]:
    """Findings about nominations of one's own units, newest first."""
    found = vetoes.listed(
        ctx, stage=stage, nomination_id=nomination_id, after=paging.after, limit=paging.limit
    )
    return listing.page(paging, found, lambda row: FindingHeadOut.of(row[0]), lambda row: row[0].id.hex)


@routes.post(
    "/nominations/{nomination_id}/veto-findings",
    operation_id="recordVetoFinding",
    summary="Record a veto finding",
    status_code=201,
    responses=declared("VETO_UNKNOWN"),
    openapi_extra=about("登记否决情形", "veto:record"),
)
def record_finding(
    ctx: Write, response: Response, nomination_id: NominationId, body: FindingRecord
) -> FindingOut:
    """An alleged fact that would end the case; it holds it from now on."""
    row = vetoes.record(ctx, nomination_id, body)
    return tagged(
        response, FindingOut.whole(vetoes.shown(ctx, row.id)), f"/api/v1/veto-findings/vet_{row.id.hex}"
    )


@routes.get(
    "/veto-findings/{finding_id}",
    operation_id="getVetoFinding",
    summary="Show a veto finding",
    openapi_extra=about("查看否决情形", "veto:read"),
)
def get_finding(ctx: Read, response: Response, finding_id: Finding) -> FindingOut:
    """A finding and what may be done with it."""
    return tagged(response, FindingOut.whole(vetoes.shown(ctx, finding_id)))


@routes.post(
    "/veto-findings/{finding_id}/transitions",
    operation_id="transitionVetoFinding",
    summary="Verify, confirm or dismiss a finding",
    responses=declared("TRANSITION_NOT_ALLOWED", "FACT_OUTSIDE_PERIOD", "EVIDENCE_MISSING"),
    openapi_extra=about("核实否决情形", "veto:decide"),
)
def transition_finding(
    ctx: Write, response: Response, finding_id: Finding, body: FindingStep, version: IfMatch
) -> FindingOut:
    """Confirmed it ends the nomination in the same transaction; dismissed it releases it."""
    row = vetoes.act(ctx, finding_id, body, version)
    return tagged(response, FindingOut.whole(vetoes.shown(ctx, row.id)))
