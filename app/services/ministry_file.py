"""One recommendation whole, as a page shows it: its way, what is owed, every paper, and what the caller may write now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.tables.materials import FormKind, MaterialReceipt, SealRecord
from app.db.tables.nominations import Nomination
from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.ministry import LIVE, MinistryAction, MinistryStage
from app.domain.receipt import ReceiptKind
from app.domain.steps import ActionState
from app.packs.schema import CampaignRules
from app.services import (
    case_papers,
    ministry,
    ministry_deadline,
    ministry_facts,
    national_forms,
    receipts,
    seals,
)
from app.services.context import Ctx
from app.services.forms import FormView
from app.services.ministry import MinistryView
from app.services.ministry_deadline import Due
from app.services.ministry_track import NEXT, STAGES


@dataclass(frozen=True)
class CopyLine:
    """One kind of copies: how many the ministry is to get, and what came."""

    kind: ReceiptKind
    needed: int
    receipt: MaterialReceipt | None


@dataclass(frozen=True)
class MinistryFile:
    """A recommendation with everything its officers look at."""

    view: MinistryView
    next: ActionState[MinistryAction] | None  # the step it waits for, as the caller may or may not take it
    owed: Sequence[Reason]  # what the report still needs, whatever stands before it
    form: FormView
    levels: Sequence[Level]
    copies: Sequence[CopyLine]
    due: Due
    screens: frozenset[str]  # on which the caller may write now
    late: Sequence[Reason]  # why nothing more is taken

    @property
    def passed(self) -> int:
        """How many stations of the straight way are behind it."""
        stage = self.view.row.recommendation.stage
        answered = stage in (MinistryStage.COMMENDED, MinistryStage.NOT_COMMENDED)
        return len(STAGES) if answered else STAGES.index(stage) + 1 if stage in STAGES else 0

    def seal(self, level: Level) -> SealRecord | None:
        return next((one for one in self.view.folder.seals if one.level == level), None)


def shown(ctx: Ctx, recommendation_id: UUID) -> MinistryFile:
    """The whole file. Needs `ministry:read`; refuses `NOT_FOUND` outside the caller's area."""
    view = ministry.shown(ctx, recommendation_id)
    case, rules = view.row.nomination, view.rules
    came = {row.kind: row for row in view.folder.receipts}
    late = ministry_deadline.reasons(ctx, case) if view.row.recommendation.stage in LIVE else []
    return MinistryFile(
        view,
        next((one for one in view.actions if one.action is NEXT.get(view.facts.stage)), None),
        ministry_facts.owed(view.facts, ctx.now),
        national_forms.view(ctx, case),
        seals.levels_of(case, rules, FormKind.NATIONAL),
        [CopyLine(kind, receipts.needed(rules, kind), came.get(kind)) for kind in ministry_facts.COPIES],
        ministry_deadline.of(ctx, case, view.campaign),
        frozenset(_screens(ctx, view, closed=bool(late))),
        late,
    )


def _screens(ctx: Ctx, view: MinistryView, *, closed: bool) -> Iterator[str]:
    """The names of the screens on which the caller may write something of it now."""
    case, one = view.row.nomination, view.row.recommendation
    live = one.stage in LIVE

    def may(permission: str) -> bool:
        return ctx.actor.may(permission, case.sponsor_path, case.campaign_id)

    if live and not closed:
        yield from ("write-up", "video") if may("ministry:write") else ()
        yield from ("quality-check",) if may("ministry:check") and view.writeup else ()
        yield from ("form",) if may("form:edit") else ()
    if live and _seals(ctx, case, view.rules):
        yield "seals"
    if live and receipts.counted_by(ctx, case):
        yield "receipts"
    if one.document_no and ctx.actor.may_as(
        "ministry:report", view.campaign.host_organization_id, case.campaign_id
    ):
        yield "correction-letter"


def _seals(ctx: Ctx, case: Nomination, rules: CampaignRules) -> bool:
    """Whether the caller speaks for one of the levels that seal."""
    held = (case.departments.get(level.value) for level in seals.levels_of(case, rules, FormKind.NATIONAL))
    return any(
        unit and case_papers.speaks_for(ctx, UUID(unit), "seal:record", case.campaign_id) for unit in held
    )
