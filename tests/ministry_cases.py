"""Awarded windows on their way to the ministry, step by step through the API."""

from typing import Any
from uuid import UUID

from app.db.tables.materials import ApprovalForm, FormKind, MaterialReceipt, SealRecord
from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.ids import shown
from app.domain.levels import Level
from app.domain.receipt import ReceiptKind
from app.domain.seal import SealKind
from app.packs import loading
from app.packs.materials import FieldType
from app.services import audit
from app.services.context import Ctx
from tests.decision_cases import HANGZHOU, NINGBO, WENZHOU, YES, Decisions, decisions
from tests.plugins.service import Caller, Service

CHECKS = ["TRUTHFUL", "ACCURATE", "CONCISE"]
SEGMENTS = [{"criterion": f"C{n + 1}", "start_s": n * 120, "end_s": (n + 1) * 120} for n in range(5)]


def with_ministry(
    service: Service,
    cases: dict[str, int] | None = None,
    *,
    places: dict[str, int] | None = None,
    fixed: dict[str, int] | None = None,
    pool: int = 2,
) -> Decisions:
    """Hangzhou with fixed places, the others in the pool; every case scored."""
    asked = cases or {HANGZHOU: 1, WENZHOU: 1}
    allotted = places or dict(asked)
    own = {HANGZHOU: min(2, allotted[HANGZHOU])} if fixed is None else fixed
    return decisions(service, allotted, asked, fixed=own, pool=pool)


def proposed(d: Decisions, index: int = 0, **more: Any) -> Any:
    return d.office("POST", d.url("ministry-recommendations"), json={"nomination_id": d.nom(index), **more})


def made(d: Decisions, index: int = 0, **more: Any) -> dict[str, Any]:
    answer = proposed(d, index, **more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def move(who: Caller, recommendation: dict[str, Any], action: str, **body: Any) -> Any:
    url = f"/ministry-recommendations/{recommendation['id']}/transitions"
    return who("POST", url, json={"action": action, **body}, version=recommendation["etag"])


def again(d: Decisions, recommendation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = d.office("GET", f"/ministry-recommendations/{recommendation['id']}").json()
    return found


def assessment(d: Decisions, unit: str = "ZJ", **changes: Any) -> dict[str, Any]:
    return {
        "team": [{"name": "王文", "organization_id": shown("org", d.service.organization(unit).id)}],
        "assessed_on": "2026-06-30",
        "method": "实地考核、查阅台账",
        "findings": "服务规范，群众满意率高。",
        "result": "PASSED",
    } | changes


def assessed(d: Decisions, recommendation: dict[str, Any]) -> dict[str, Any]:
    answer = move(d.office, recommendation, "ASSESS", **assessment(d))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def notice(d: Decisions, *indexes: int) -> dict[str, Any]:
    """The host's notice over these cases, drafted by one officer, reviewed and published by another."""
    text = {
        "title": "拟报部优质服务窗口公示",
        "basis": "浙劳社〔2026〕1号",
        "channels": [{"channel": "WEBSITE", "detail": "省厅网站"}],
        "contact_office": "省厅监察室",
        "contact_phone": "0571-87050000",
        "items": [{"nomination_id": d.nom(index), "merits": "群众满意率高。"} for index in indexes],
    }
    drafted = d.office("POST", d.url("notices"), json=text)
    assert drafted.status_code == 201, drafted.text
    found: dict[str, Any] = drafted.json()
    for action in ("REVIEW", "PUBLISH"):
        url = f"/notices/{found['id']}/transitions"
        answer = d.second("POST", url, json={"action": action}, version=found["etag"])
        assert answer.status_code == 200, answer.text
        found = answer.json()
    return found


def run_out(d: Decisions) -> None:
    d.service.clock.advance(days=12)


def decided(d: Decisions, index: int = 0) -> dict[str, Any]:
    return d.decide("MINISTRY_RECOMMENDATION", {index: YES}, held_on="2026-07-10")


def through(d: Decisions, index: int = 0) -> dict[str, Any]:
    """Proposed, assessed, at notice, decided: the material is next."""
    recommendation = assessed(d, made(d, index))
    notice(d, index)
    run_out(d)
    decided(d, index)
    return again(d, recommendation)


def put(who: Caller, recommendation: dict[str, Any], part: str, **body: Any) -> Any:
    url = f"/ministry-recommendations/{recommendation['id']}/{part}"
    return who("PUT", url, json=body, version=recommendation["etag"])


def filer(d: Decisions, unit: str = HANGZHOU) -> Caller:
    return d.service.person(Role.WINDOW_FILER, unit)


def checker(d: Decisions, unit: str = HANGZHOU) -> Caller:
    return d.service.person(Role.APPROVING_OFFICER, unit)


def documented(d: Decisions, recommendation: dict[str, Any]) -> dict[str, Any]:
    """Write-up, quality and video through the API; form, seals and copies as the offices have recorded them."""
    written = put(filer(d), recommendation, "write-up", body="优" * 4000).json()
    checked = put(checker(d), written, "quality-check", checks=CHECKS).json()
    shot = put(filer(d), checked, "video", duration_s=600, segments=SEGMENTS)
    assert shot.status_code == 200, shot.text
    with d.service.system() as ctx:
        _papers(ctx, d)
    return again(d, recommendation)


def reported(d: Decisions, index: int = 0) -> dict[str, Any]:
    recommendation = documented(d, through(d, index))
    answer = move(d.office, recommendation, "REPORT", document_no="浙劳社〔2026〕88号")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _papers(ctx: Ctx, d: Decisions) -> None:
    nomination = ctx.session.get_one(Nomination, d.nominations[0])
    of: dict[str, Any] = {**audit.stamp(ctx), "nomination_id": nomination.id}
    values = {field.key: _value(field.type) for field in loading.load("provincial-windows").form.fields}
    ctx.session.add(
        ApprovalForm(**of, kind=FormKind.NATIONAL, template_version="1", complete=True, data=values)
    )
    for kind, copies in ((ReceiptKind.MINISTRY_WRITEUP, 5), (ReceiptKind.DISC, 2)):
        day = ctx.now.date()
        ctx.session.add(
            MaterialReceipt(
                **of, kind=kind, copies=copies, complete=True, received_on=day, received_by="李军"
            )
        )
    for level, unit in nomination.departments.items():
        ctx.session.add(_seal(ctx, of, Level(level), unit))
    ctx.noted += 1


def _seal(ctx: Ctx, of: dict[str, Any], level: Level, unit: str) -> SealRecord:
    return SealRecord(
        **of,
        form_kind=FormKind.NATIONAL,
        level=level,
        organization_id=UUID(unit),
        name_on_seal="印章",
        sealed_on=ctx.now.date(),
        kind=SealKind.PHYSICAL_SCAN,
        approved_by="张强",
        signer="张强",
    )


def _value(kind: FieldType) -> object:
    filled: dict[FieldType, object] = {
        FieldType.INTEGER: 12,
        FieldType.DATE: "2026-06-01",
        FieldType.OPINION: {"text": "同意。", "signed_on": "2026-06-01", "signer": "张强"},
        FieldType.DECLARATION: {"occurred": False},
        FieldType.HONOURS: [],
    }
    return filled.get(kind, "PROVINCIAL")


__all__ = ["HANGZHOU", "NINGBO", "WENZHOU"]
