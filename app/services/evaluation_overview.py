"""The evaluation as the office sees it: cases beside reviewers, what is given, what is in, what is missing (I-12, E-22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.db import assignments as rows
from app.db import reviewers as reviewer_rows
from app.db import score_sheets as sheet_rows
from app.db.assignments import AssignmentRow, CaseRow, Wanted
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import ReviewAssignment
from app.domain.errors import Refusal
from app.domain.nomination_stage import Stage
from app.domain.recusal import Ground
from app.services import campaigns, evaluation, evaluation_facts, recusals
from app.services.context import Ctx
from app.services.recusals import Seat

__all__ = ["CaseLine", "Cell", "Overview", "SeatLine"]

STAGES = (Stage.ACCEPTED, Stage.UNDER_EVALUATION, Stage.EVALUATED)


@dataclass(frozen=True)
class Cell:
    """One case beside one reviewer: given or not, in conflict or free; `outdated` after the material was replaced."""

    assignment: ReviewAssignment | None
    filled: int
    outdated: bool
    grounds: Sequence[Ground]

    @property
    def in_hand(self) -> bool:
        """The reviewer's word is given and stands."""
        return self.assignment is not None and self.assignment.status.given and not self.outdated


@dataclass(frozen=True)
class CaseLine:
    """One case with a cell for each reviewer, by the reviewer's id."""

    row: CaseRow
    cells: Mapping[UUID, Cell]
    needed: int
    able: frozenset[UUID]

    @property
    def given(self) -> int:
        return sum(cell.assignment is not None for cell in self.cells.values())

    @property
    def submitted(self) -> int:
        return sum(cell.in_hand for cell in self.cells.values())

    @property
    def missing(self) -> int:
        """Reviewers that are still to be found."""
        return max(0, self.needed - self.given)

    @property
    def owed(self) -> int:
        """Sheets that are still out."""
        return max(self.needed, self.given) - self.submitted

    @property
    def free(self) -> int:
        """Who could be given the case: able, without conflict, not holding it."""
        return sum(
            one in self.able and not cell.grounds and cell.assignment is None
            for one, cell in self.cells.items()
        )


@dataclass(frozen=True)
class SeatLine:
    """One reviewer with how much they hold and how much of it is in."""

    seat: Seat
    load: int
    given: int
    submitted: int

    @property
    def room(self) -> int:
        return max(0, self.seat.row.reviewer.case_limit - self.load)


@dataclass(frozen=True)
class Overview:
    """All cases that are to be scored or were, all reviewers, and what stands between."""

    campaign: Campaign
    needed: int
    cases: Sequence[CaseLine]
    seats: Sequence[SeatLine]

    def at(self, stage: Stage) -> list[CaseLine]:
        """The cases at one stage."""
        return [line for line in self.cases if line.row.nomination.stage is stage]

    @property
    def openable(self) -> list[CaseLine]:
        """Accepted cases that enough reviewers may judge."""
        return [line for line in self.at(Stage.ACCEPTED) if line.given + line.free >= self.needed]

    @property
    def lockable(self) -> list[CaseLine]:
        """Cases whose sheets are all in."""
        return [line for line in self.at(Stage.UNDER_EVALUATION) if not line.owed]


def shown(ctx: Ctx, campaign_id: UUID) -> Overview:
    """The whole campaign, cases in conflict with the caller left out. Needs `assignment:read` at the host.

    The number of statements grows neither with the cases nor with the reviewers.
    """
    campaign = evaluation.readable(ctx, campaign_id, "assignment:read")
    return _overview(ctx, campaign, rows.case_rows(ctx.session, campaign.id, STAGES))


def of_case(ctx: Ctx, nomination_id: UUID) -> Overview:
    """One case beside all reviewers. Needs `assignment:read` at the host; refuses `NOT_FOUND` in conflict."""
    nomination = evaluation.readable_case(ctx, nomination_id, "assignment:read")
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    found = rows.case_rows(ctx.session, campaign.id, list(Stage), nomination.id)
    if not found:
        raise Refusal("NOT_FOUND")
    return _overview(ctx, campaign, found)


def _overview(ctx: Ctx, campaign: Campaign, found: Sequence[CaseRow]) -> Overview:
    needed = campaigns.rules_of(ctx, campaign).reviewers.min_reviewers
    hidden = recusals.hidden(ctx, [row.nomination for row in found])
    seen = [row for row in found if row.nomination.id not in hidden]
    bench = recusals.bench(ctx, campaign.id)
    live = rows.listed(ctx.session, Wanted(campaign.id, live=True, without=hidden))
    able = frozenset(seat.id for seat in bench if seat.able)
    cells = _cells(ctx, campaign, seen, bench, live)
    cases = [CaseLine(row, cells[row.nomination.id], needed, able) for row in seen]
    loads = reviewer_rows.loads(ctx.session, campaign.id)
    return Overview(campaign, needed, cases, [_seat(seat, loads, live) for seat in bench])


def _cells(
    ctx: Ctx,
    campaign: Campaign,
    seen: Sequence[CaseRow],
    bench: Sequence[Seat],
    live: Sequence[AssignmentRow],
) -> dict[UUID, dict[UUID, Cell]]:
    nominations = [row.nomination for row in seen]
    conflicts = recusals.conflicts(ctx, campaign, nominations, bench)
    ids = {one.id for one in nominations}
    here = [row.assignment for row in live if row.nomination.id in ids]
    held = {(one.nomination_id, one.reviewer_id): one for one in here}
    filled = rows.filled(ctx.session, [one.id for one in here])
    sheets = sheet_rows.current(ctx.session, [one.id for one in here])
    stale = evaluation_facts.outdated(ctx, nominations, list(sheets.values()))
    late = {key for key, sheet in sheets.items() if sheet.id in stale}
    blank = Cell(None, 0, False, ())

    def cell(case: UUID, seat: UUID) -> Cell:
        one, why = held.get((case, seat)), conflicts.get((case, seat), ())
        if one is None:
            return replace(blank, grounds=why)
        return Cell(one, filled.get(one.id, 0), one.id in late, why)

    return {case.id: {seat.id: cell(case.id, seat.id) for seat in bench} for case in nominations}


def _seat(seat: Seat, loads: Mapping[UUID, int], live: Sequence[AssignmentRow]) -> SeatLine:
    mine = [row.assignment for row in live if row.reviewer.id == seat.id]
    return SeatLine(seat, loads.get(seat.id, 0), len(mine), sum(one.status.given for one in mine))
