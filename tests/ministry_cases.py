"""Awarded windows on their way to the ministry, step by step through the API."""

from datetime import date
from typing import Any

from app.db.tables.campaigns import Campaign, Participant
from app.domain.access import Role
from app.domain.ids import shown
from app.packs import loading
from app.packs.materials import FieldType, FormField
from app.services import audit
from tests.decision_cases import HANGZHOU, NINGBO, WENZHOU, YES, Decisions, decisions
from tests.paper_cases import receipt, seal
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
    """Hangzhou with fixed places, the others in the pool, which is part of the award places; every case scored."""
    asked = cases or {HANGZHOU: 1, WENZHOU: 1}
    allotted = places or dict(asked)
    own = {HANGZHOU: min(2, allotted[HANGZHOU])} if fixed is None else fixed
    left = sum(allotted.values()) - sum(own.values())
    return decisions(service, allotted, asked, fixed=own, pool=min(pool, left))


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
    """Write-up, quality, video, form, seals and copies, each by who has it to do."""
    written = put(filer(d), recommendation, "write-up", body="优" * 4000).json()
    checked = put(checker(d), written, "quality-check", checks=CHECKS).json()
    shot = put(filer(d), checked, "video", duration_s=600, segments=SEGMENTS)
    assert shot.status_code == 200, shot.text
    sealed_and_counted(d)
    return again(d, recommendation)


def form(
    d: Decisions, who: Caller, version: int | str = 0, data: dict[str, object] | None = None, index: int = 0
) -> Any:
    """The national form as this person fills it in."""
    url = f"/nominations/{d.nom(index)}/form?form=NATIONAL"
    return who("PUT", url, json={"data": filled() if data is None else data}, version=version)


def filled(**changes: object) -> dict[str, object]:
    """What the unit itself fills in: everything but the opinions of the levels."""
    fields = loading.load("provincial-windows").form.fields
    return {field.key: _value(field) for field in fields if field.level is None} | changes


OPINION = {"text": "同意报部。", "signed_on": "2026-07-12", "signer": "张强"}


def officer(d: Decisions, unit: str = HANGZHOU) -> Caller:
    """Who writes the level's opinion."""
    return d.service.person(Role.REVIEWING_OFFICER, unit)


def sealed_and_counted(d: Decisions, index: int = 0, *, copies: int = 5) -> None:
    """Form with the city's opinion, seals from the city up, copies counted by the office."""
    unit = form(d, filer(d), index=index)
    assert unit.status_code == 200, unit.text
    whole = filled(city_opinion=OPINION)
    assert form(d, officer(d), unit.json()["etag"], whole, index).status_code == 200
    for level, who, code in (("MUNICIPAL", officer(d), HANGZHOU), ("PROVINCIAL", d.office, "ZJ")):
        assert sealed(d, who, level, code, index).status_code == 200
    for kind, count in (("MINISTRY_WRITEUP", copies), ("DISC", 2)):
        assert counted(d, kind, count, index=index).status_code == 200


def sealed(d: Decisions, who: Caller, level: str, code: str, index: int = 0, **changes: Any) -> Any:
    body = seal(d.service.organization(code).name, sealed_on=today(d), **changes)
    return who("PUT", f"/nominations/{d.nom(index)}/seals/{level}?form=NATIONAL", json=body, version=0)


def counted(d: Decisions, kind: str, copies: int, *, index: int = 0, **changes: Any) -> Any:
    body = receipt(copies=copies, **{"received_on": today(d)} | changes)
    return d.office("PUT", f"/nominations/{d.nom(index)}/receipts/{kind}", json=body, version=0)


def today(d: Decisions) -> str:
    with d.service.system() as ctx:
        return ctx.now.astimezone(ctx.zone).date().isoformat()


def due(d: Decisions, **days: date | None) -> None:
    """The campaign's dates as the office has set them, and Hangzhou as a participant of it."""
    city = d.service.organization(HANGZHOU).id
    with d.service.system() as ctx:
        campaign = ctx.session.get_one(Campaign, d.campaign_id)
        for name, value in days.items():
            setattr(campaign, name, value)
        of: dict[str, Any] = {"campaign_id": campaign.id, "organization_id": city}
        ctx.session.add(Participant(**audit.stamp(ctx), **of, bucket_code=HANGZHOU, route="CITY"))
        ctx.noted += 1


def reported(d: Decisions, index: int = 0) -> dict[str, Any]:
    recommendation = documented(d, through(d, index))
    answer = move(d.office, recommendation, "REPORT", document_no="浙劳社〔2026〕88号")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _value(field: FormField) -> object:
    filled: dict[FieldType, object] = {
        FieldType.INTEGER: 12,
        FieldType.DATE: "2026-07-01",
        FieldType.OPINION: OPINION,
        FieldType.DECLARATION: {"has_occurred": False},
        FieldType.HONOURS: [],
    }
    chosen = {"award_level": "NATIONAL", "unit_nature": "PUBLIC_INSTITUTION"}
    return filled.get(field.type, chosen.get(field.key, "2"))


__all__ = ["HANGZHOU", "NINGBO", "WENZHOU"]
