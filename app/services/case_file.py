"""One case whole, as a page shows it: where it stands, its way, what was handed in, what each level did, who said what."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.tables.decisions import DecisionItem, Meeting
from app.db.tables.supervision import NoticeItem, Objection, PublicNotice
from app.domain import case_way
from app.domain.case_way import Stop
from app.domain.nomination import Action, Stage
from app.domain.steps import ActionState
from app.domain.waiting import next_step
from app.services import (
    case_desk,
    case_folder,
    case_history,
    declarations,
    forms,
    meetings,
    nomination_steps,
    nomination_views,
    write_ups,
)
from app.services.case_folder import CaseFolder
from app.services.context import Ctx
from app.services.declarations import DeclarationsView
from app.services.dossiers import Dossier
from app.services.forms import FormView
from app.services.nomination_steps import HistoryLine
from app.services.nomination_views import NominationView
from app.services.write_ups import WriteUpView


@dataclass(frozen=True)
class HandedIn:
    """What the unit handed in."""

    declarations: DeclarationsView
    write_up: WriteUpView
    form: FormView


@dataclass(frozen=True)
class CaseFile:
    """A case with everything its officers look at."""

    view: NominationView
    way: Sequence[Stop]
    passed: int
    next: ActionState[Action] | None  # the step it waits for, as the caller may or may not take it
    steps: Sequence[HistoryLine]
    handed_in: HandedIn
    folder: CaseFolder
    screens: frozenset[str]  # on which the caller may write now
    notices: Sequence[tuple[NoticeItem, PublicNotice]]
    objections: Sequence[Objection]
    decisions: Sequence[tuple[DecisionItem, Meeting]]

    @property
    def points(self) -> list[dict[str, str]]:
        """What the last return asked for, and which part each point opened."""
        standing = [line.step for line in self.steps if line.step.undone_at is None]
        return case_history.points(case_history.returned_by(standing))


def shown(ctx: Ctx, nomination_id: UUID) -> CaseFile:
    """The whole case. Needs `nomination:read`; refuses `NOT_FOUND` outside the caller's area."""
    view = nomination_views.shown(ctx, nomination_id)
    case, dossier, levels = view.nomination, view.dossier, view.facts.applicable_levels
    folder = case_folder.of(dossier)
    return CaseFile(
        view,
        case_way.stops(levels),
        case_way.passed(case.stage, case.level, levels),
        _next(view),
        nomination_steps.history_of(dossier),
        HandedIn(declarations.of(dossier), _write_up(dossier), forms.of(dossier)),
        folder,
        case_desk.screens(ctx, view, folder),
        dossier.notices,
        dossier.objections,
        meetings.of_case(ctx, case) if _came_to_the_bodies(dossier) else [],
    )


def _write_up(dossier: Dossier) -> WriteUpView:
    text = dossier.papers.text
    return write_ups.measured(dossier.ctx, dossier.nomination, text.body if text else "")


def _came_to_the_bodies(dossier: Dossier) -> bool:
    """A body decides on what was evaluated, whatever became of it since."""
    return any(Stage.EVALUATED in (step.from_stage, step.to_stage) for step in dossier.steps)


def _next(view: NominationView) -> ActionState[Action] | None:
    step = next_step(view.nomination.stage, at_the_top=view.facts.next_level is None)
    return next((one for one in view.actions if one.action is step), None)
