"""Which papers of a case the caller may write now: the screens that a page leads to, and no others."""

from collections.abc import Iterator
from uuid import UUID

from app.db.tables.materials import FormKind
from app.db.tables.nominations import Nomination
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.services import case_papers, consultations, department_consultations, level_reviews, seals
from app.services.context import Ctx
from app.services.nomination_views import NominationView

SCREENS = {
    NominationPart.DECLARATIONS: "declarations",
    NominationPart.STATEMENT: "statement",
    NominationPart.WRITE_UP: "write-up",
    NominationPart.FORM: "form",
    NominationPart.MATERIALS: "files",
}
"""The parts that the unit writes, by the screen each is written on."""

_RANKED = (Stage.SUBMITTED, Stage.CLEARED, Stage.AT_NOTICE)


def screens(ctx: Ctx, view: NominationView) -> frozenset[str]:
    """The names of the screens on which the caller may write something of this case now."""
    return frozenset(_written(ctx, view)) | frozenset(_recorded(ctx, view))


def sealable(ctx: Ctx, case: Nomination) -> list[Level]:
    """The levels whose seal the caller may record on the filing's form now."""
    levels = seals.levels(ctx, case, FormKind.PROVINCIAL)
    return [
        level for level in levels if not seals.closed(case, level) and _for(ctx, case, level, "seal:record")
    ]


def _written(ctx: Ctx, view: NominationView) -> Iterator[str]:
    yield from (SCREENS[part] for part in view.open_parts if part in SCREENS)
    if ctx.actor.may("window:edit", view.row.sponsor.path):
        yield "window"


def _recorded(ctx: Ctx, view: NominationView) -> Iterator[str]:
    case, organising = view.nomination, view.facts.organising_level
    if not consultations.closed(case) and _for(ctx, case, case.own_level, "consultation:record"):
        yield "consultation"
    if not level_reviews.closed(ctx, case, case.level) and _for(ctx, case, case.level, "nomination:endorse"):
        yield "review"
    if not department_consultations.closed(case) and _for(ctx, case, organising, "consultation:department"):
        yield "departments"
    if case.stage in _RANKED and _for(ctx, case, organising, "nomination:rank"):
        yield "ranking"
    if sealable(ctx, case):
        yield "seals"
    host = view.campaign.host_organization_id
    if case.stage is not Stage.DRAFT and case_papers.speaks_for(
        ctx, host, "receipt:record", case.campaign_id
    ):
        yield "receipts"


def _for(ctx: Ctx, case: Nomination, level: Level, permission: str) -> bool:
    """Whether the caller acts for this level's department."""
    department = case.departments.get(level.value)
    return department is not None and case_papers.speaks_for(
        ctx, UUID(department), permission, case.campaign_id
    )
