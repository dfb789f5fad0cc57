"""One case whole, as a page shows it: where it stands, its way, what was handed in, what each level did, who said what."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import case_file as rows
from app.db import flow
from app.db.tables.materials import ApprovalForm, MaterialReceipt, SealRecord
from app.db.tables.nominations import (
    DepartmentConsultation,
    LevelReview,
    NominationText,
    PublicConsultation,
    SelfDeclaration,
)
from app.db.tables.supervision import NoticeItem, Objection, PublicNotice
from app.domain import case_way
from app.domain.case_way import Stop
from app.domain.nomination import Action
from app.domain.steps import ActionState
from app.domain.text import BandVerdict
from app.domain.waiting import next_step
from app.services import (
    case_history,
    consultations,
    department_consultations,
    level_reviews,
    nomination_steps,
    nomination_views,
    receipts,
    seals,
)
from app.services.context import Ctx
from app.services.nomination_steps import HistoryLine
from app.services.nomination_views import NominationView


@dataclass(frozen=True)
class HandedIn:
    """What the unit handed in."""

    declarations: Sequence[SelfDeclaration]
    write_up: NominationText | None
    band: BandVerdict
    form: ApprovalForm | None


@dataclass(frozen=True)
class Papers:
    """What the levels, other departments and the office put on record."""

    reviews: Sequence[LevelReview]
    consultations: Sequence[PublicConsultation]
    replies: Sequence[DepartmentConsultation]
    seals: Sequence[SealRecord]
    receipts: Sequence[MaterialReceipt]


@dataclass(frozen=True)
class CaseFile:
    """A case with everything its officers look at."""

    view: NominationView
    way: Sequence[Stop]
    passed: int
    next: ActionState[Action] | None  # the step it waits for, as the caller may or may not take it
    steps: Sequence[HistoryLine]
    handed_in: HandedIn
    papers: Papers
    notices: Sequence[tuple[NoticeItem, PublicNotice]]
    objections: Sequence[Objection]

    @property
    def points(self) -> list[dict[str, str]]:
        """What the last return asked for, and which part each point opened."""
        standing = [line.step for line in self.steps if line.step.undone_at is None]
        return case_history.points(case_history.returned_by(standing))


def shown(ctx: Ctx, nomination_id: UUID) -> CaseFile:
    """The whole case. Needs `nomination:read`; refuses `NOT_FOUND` outside the caller's area."""
    view = nomination_views.shown(ctx, nomination_id)
    case, levels = view.nomination, view.facts.applicable_levels
    return CaseFile(
        view,
        case_way.stops(levels),
        case_way.passed(case.stage, case.level, levels),
        _next(view),
        nomination_steps.history(ctx, nomination_id),
        _handed_in(ctx, view),
        _papers(ctx, nomination_id),
        rows.notices(ctx.session, nomination_id),
        flow.blocking_objections(ctx.session, nomination_id),
    )


def _next(view: NominationView) -> ActionState[Action] | None:
    step = next_step(view.nomination.stage, at_the_top=view.facts.next_level is None)
    return next((one for one in view.actions if one.action is step), None)


def _handed_in(ctx: Ctx, view: NominationView) -> HandedIn:
    case_id = view.nomination.id
    return HandedIn(
        flow.declarations(ctx.session, case_id),
        flow.write_up(ctx.session, case_id),
        view.rules.writeup.band.verdict(view.facts.writeup_chars),
        flow.form(ctx.session, case_id),
    )


def _papers(ctx: Ctx, nomination_id: UUID) -> Papers:
    return Papers(
        level_reviews.listed(ctx, nomination_id),
        consultations.listed(ctx, nomination_id),
        department_consultations.listed(ctx, nomination_id),
        seals.listed(ctx, nomination_id),
        receipts.listed(ctx, nomination_id),
    )
