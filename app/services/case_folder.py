"""The whole folder of a case: everything its levels added, and what the caller may add now. A constant number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.db import case_papers as rows
from app.db.tables.materials import FormKind, Material, MaterialReceipt, MaterialStatus, SealRecord
from app.db.tables.nominations import DepartmentConsultation, LevelReview, Nomination, PublicConsultation
from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.receipt import ReceiptKind
from app.packs.supervision import Department
from app.services import (
    case_papers,
    consultations,
    department_consultations,
    facts,
    level_reviews,
    nominations,
    receipts,
    seals,
)
from app.services.context import Ctx
from app.services.dossiers import Dossier


class Paper(StrEnum):
    """What can be added to a case by others than its unit."""

    CONSULTATION = "CONSULTATION"
    LEVEL_REVIEW = "LEVEL_REVIEW"
    DEPARTMENT_REPLY = "DEPARTMENT_REPLY"
    SEAL = "SEAL"
    RECEIPT = "RECEIPT"


@dataclass(frozen=True)
class Opening:
    """A paper the caller may add for this level; `reasons` say why not now (the button is then greyed)."""

    paper: Paper
    level: Level
    reasons: tuple[Reason, ...]

    @property
    def permitted(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class ReplyLine:
    """A department of the campaign's rules and what it said, if it was asked."""

    department: Department
    reply: DepartmentConsultation | None


@dataclass(frozen=True)
class ReceiptLine:
    """One kind of copies: how many are asked for and what came."""

    kind: ReceiptKind
    needed: int
    receipt: MaterialReceipt | None


@dataclass(frozen=True)
class CaseFolder:
    """Everything on record about a case beside what its unit wrote."""

    consultations: list[PublicConsultation]
    reviews: list[LevelReview]  # superseded ones too, oldest first
    replies: list[ReplyLine]
    seals: list[SealRecord]
    receipts: list[ReceiptLine]
    materials: list[Material]
    openings: list[Opening]

    def review(self, level: Level) -> LevelReview | None:
        """The level's opinion that counts."""
        return next((one for one in self.reviews if one.level == level and one.current), None)

    def seal(self, level: Level, form: FormKind = FormKind.PROVINCIAL) -> SealRecord | None:
        return next((one for one in self.seals if (one.level, one.form_kind) == (level, form)), None)

    @property
    def current_materials(self) -> list[Material]:
        return [one for one in self.materials if one.status is MaterialStatus.VERIFIED]


def shown(ctx: Ctx, nomination_id: UUID) -> CaseFolder:
    """The folder of a case. Needs `nomination:read`; refuses `NOT_FOUND` outside the caller's area."""
    return of(Dossier(ctx, nominations.readable(ctx, nomination_id)))


def of(dossier: Dossier) -> CaseFolder:
    """The folder of a case the caller may see already."""
    rules = dossier.rules
    asked = {one.department: one for one in dossier.replies}
    came = {one.kind: one for one in dossier.receipts}
    return CaseFolder(
        dossier.consultations,
        dossier.reviews,
        [ReplyLine(one, asked.get(one.code)) for one in rules.departments.departments],
        dossier.seals,
        [ReceiptLine(kind, receipts.needed(rules, kind), came.get(kind)) for kind in ReceiptKind],
        rows.listed(dossier.ctx.session, Material, dossier.nomination.id),
        list(_openings(dossier)),
    )


def _openings(dossier: Dossier) -> Iterator[Opening]:
    """The papers of the levels the caller acts for; nothing is said of other levels' papers."""
    ctx, nomination, rules = dossier.ctx, dossier.nomination, dossier.rules
    passed = facts.applicable(nomination, rules)
    own, organising = nomination.own_level, passed[-1]
    if _acts(ctx, nomination, own, "consultation:record"):
        yield Opening(Paper.CONSULTATION, own, tuple(consultations.closed(nomination)))
    for level in passed:
        if _acts(ctx, nomination, level, "nomination:endorse"):
            yield Opening(Paper.LEVEL_REVIEW, level, tuple(level_reviews.closed(dossier, level)))
    if rules.departments.departments and _acts(ctx, nomination, organising, "consultation:department"):
        yield Opening(Paper.DEPARTMENT_REPLY, organising, tuple(department_consultations.closed(nomination)))
    form = seals.form_now(nomination)
    for level in seals.levels(ctx, nomination, form):
        if _acts(ctx, nomination, level, "seal:record"):
            yield Opening(Paper.SEAL, level, tuple(seals.closed(nomination, level, form)))
    if receipts.counted_by(ctx, nomination):
        kind = ReceiptKind.DISC if form is FormKind.NATIONAL else ReceiptKind.PAPER_WRITEUP
        yield Opening(Paper.RECEIPT, rules.host_level, tuple(receipts.closed(nomination, kind)))


def _acts(ctx: Ctx, nomination: Nomination, level: Level, permission: str) -> bool:
    department = nomination.departments.get(level.value)
    return department is not None and case_papers.speaks_for(
        ctx, UUID(department), permission, nomination.campaign_id
    )
