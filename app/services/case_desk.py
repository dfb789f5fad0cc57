"""Which papers of a case the caller may write now: the screens that a page leads to, and no others."""

from collections.abc import Iterator

from app.domain.nomination import Stage
from app.domain.nomination_parts import NominationPart
from app.services.case_folder import CaseFolder, Paper
from app.services.context import Ctx
from app.services.nomination_views import NominationView

SCREENS = {
    NominationPart.DECLARATIONS: "declarations",
    NominationPart.STATEMENT: "statement",
    NominationPart.WRITE_UP: "write-up",
    NominationPart.FORM: "form",
    NominationPart.MATERIALS: "files",
    NominationPart.CONSULTATION: "consultation",
    NominationPart.LEVEL_REVIEW: "review",
    NominationPart.SEALS: "seals",
}
"""The parts of a case by the screen each is written on."""

_OF_THE_UNIT = frozenset(
    {
        NominationPart.DECLARATIONS,
        NominationPart.STATEMENT,
        NominationPart.WRITE_UP,
        NominationPart.FORM,
        NominationPart.MATERIALS,
    }
)
_OF_OTHERS = {
    Paper.CONSULTATION: "consultation",
    Paper.LEVEL_REVIEW: "review",
    Paper.DEPARTMENT_REPLY: "departments",
    Paper.SEAL: "seals",
    Paper.RECEIPT: "receipts",
}
_RANKED = (Stage.CLEARED, Stage.AT_NOTICE, Stage.RECOMMENDED)
_SCANNED = (Stage.SUBMITTED, Stage.CLEARED, Stage.AT_NOTICE, Stage.RECOMMENDED)


def screens(ctx: Ctx, view: NominationView, folder: CaseFolder) -> frozenset[str]:
    """The names of the screens on which the caller may write something of this case now."""
    return frozenset(_written(ctx, view)) | {
        _OF_OTHERS[one.paper] for one in folder.openings if one.permitted
    }


def _written(ctx: Ctx, view: NominationView) -> Iterator[str]:
    case = view.nomination
    yield from (SCREENS[part] for part in view.open_parts if part in _OF_THE_UNIT)
    if ctx.actor.may("window:edit", view.row.sponsor.path):
        yield "window"
    if case.stage in _SCANNED and ctx.actor.may("material:write", case.sponsor_path, case.campaign_id):
        yield "files"
    if case.stage in _RANKED and ctx.actor.may_as(
        "nomination:rank", case.organizing_org_id, case.campaign_id
    ):
        yield "ranking"
