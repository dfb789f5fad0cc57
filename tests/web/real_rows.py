"""Something real behind each door: the addresses of the list, filled with rows that belong together."""

import re
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from app.db.tables.awards import Award, ResultNotification
from app.db.tables.base import Row
from app.db.tables.campaigns import Campaign, CampaignDocument, LocalBody, QuotaPlan
from app.db.tables.decisions import Meeting
from app.db.tables.evaluation import (
    AssignmentRun,
    RankingSnapshot,
    ReviewAssignment,
    Reviewer,
    ScoreCorrection,
    ScoreSheet,
)
from app.db.tables.materials import Material, MaterialReceipt, SealRecord, SourceFile
from app.db.tables.ministry import MinistryRecommendation
from app.db.tables.nominations import (
    DepartmentConsultation,
    LevelReview,
    Nomination,
    PublicConsultation,
    ServiceWindow,
)
from app.db.tables.people import ApiClient, ApiClientSecret, LoginSession, Person, RoleGrant
from app.db.tables.places import Organization
from app.db.tables.supervision import Objection, PublicNotice, VetoFinding
from app.db.tables.system import AuditEvent
from app.domain.ids import shown

Kind = type[Any]
ROWS: dict[str, tuple[str, Kind]] = {
    "assignment_id": ("asg", ReviewAssignment),
    "award_id": ("awd", Award),
    "body_id": ("lbd", LocalBody),
    "campaign_id": ("cmp", Campaign),
    "client_id": ("cli", ApiClient),
    "consultation_id": ("con", PublicConsultation),
    "correction_id": ("cor", ScoreCorrection),
    "document_id": ("doc", CampaignDocument),
    "finding_id": ("vet", VetoFinding),
    "grant_id": ("grt", RoleGrant),
    "material_id": ("mat", Material),
    "meeting_id": ("mtg", Meeting),
    "nomination_id": ("nom", Nomination),
    "notice_id": ("ntc", PublicNotice),
    "notification_id": ("rsn", ResultNotification),
    "objection_id": ("obj", Objection),
    "organization_id": ("org", Organization),
    "person_id": ("per", Person),
    "plan_id": ("qpl", QuotaPlan),
    "ranking_id": ("rnk", RankingSnapshot),
    "recommendation_id": ("mrc", MinistryRecommendation),
    "record_id": ("aud", AuditEvent),
    "reviewer_id": ("rvw", Reviewer),
    "run_id": ("run", AssignmentRun),
    "secret_id": ("sec", ApiClientSecret),
    "session_id": ("ses", LoginSession),
    "sheet_id": ("sht", ScoreSheet),
    "window_id": ("win", ServiceWindow),
}
"""The name of a row in addresses, its prefix and its table."""

PARTS: dict[str, tuple[str, Kind]] = {
    "{department}": ("department", DepartmentConsultation),
    "level-reviews/{level}": ("level", LevelReview),
    "seals/{level}": ("level", SealRecord),
    "receipts/{kind}": ("kind", MaterialReceipt),
    "{external_id}": ("external_id", Nomination),
    "{sha256}": ("sha256", SourceFile),
    "{bucket_code}": ("bucket_code", Nomination),
    "{bucket}": ("bucket_code", Nomination),
}
"""What names a row beside its parent: the column and the table, by the end of the address."""

FIXED = {"year": "2026", "tag": "people", "code": "330100", "name": "windows"}
SLUGS: dict[str, tuple[str, ...]] = {
    "campaigns": ("suspend", "close-filing"),
    "meetings": ("record", "confirm", "announce"),
    "ministry-recommendations": ("assess", "report", "reject", "withdraw", "record-result"),
    "nominations": ("submit", "withdraw", "return"),
    "notices": ("publish", "extend", "conclude"),
    "objections": ("assign", "accept"),
    "problems": ("not-found",),
    "veto-findings": ("verify", "confirm"),
}
"""Steps that have a page of their own, by what they are steps of."""

ASKED = {"/api/v1/campaigns/{campaign_id}/agenda": "?turn=FIRST"}
EACH = 8  # rows that are tried at a door


def addresses(session: Session, path: str) -> Iterator[str]:
    """This path with each of some rows that belong together; the path itself where it names none."""
    kind = next((one for one in SLUGS if f"/{one}/" in path), "")
    names = re.findall(r"\{(\w+)\}", path)
    for row, values in _deepest(session, path, names):
        for slug in SLUGS.get(kind, ()) if "slug" in names else ("",):
            filled = _filled(session, path, names, row, {**values, "slug": slug})
            yield filled + ASKED.get(path, "")


def _deepest(session: Session, path: str, names: list[str]) -> Iterator[tuple[Any, dict[str, str]]]:
    """The row that the last part of the path is about."""
    last = next((name for name in reversed(names) if name != "slug"), "")
    part = next((found for end, found in PARTS.items() if end in path), None)
    if part is not None and last not in ROWS:
        column, table = part
        wanted = select(table).where(col(getattr(table, column)).is_not(None))
        for row in session.exec(wanted.limit(EACH)):
            yield row, {last: str(getattr(row, column))}
        return
    if last in ROWS:
        for row in session.exec(select(ROWS[last][1]).order_by(col(ROWS[last][1].id).desc()).limit(EACH)):
            yield row, {last: _name(last, row)}
        return
    yield None, {}


def _filled(session: Session, path: str, names: list[str], row: Any, values: dict[str, str]) -> str:
    for name in reversed(names):
        if name in values:
            continue
        if name in FIXED:
            values[name] = "provincial-windows" if "/packs/" in path else FIXED[name]
        elif name == "source":
            values[name] = str(getattr(row, "source", "x"))
        elif name in ROWS:
            parent = getattr(row, name, None)
            found = session.get(ROWS[name][1], parent) if parent else None
            row = found or row
            values[name] = _name(name, found) if found else "x"
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], "x"), path)


def _name(kind: str, row: Row) -> str:
    return shown(ROWS[kind][0], row.id)
