"""Where the fault that a blocker names can be mended: the very screen, when the reader may write on it."""

from collections.abc import Mapping

from app.domain.eligibility import CODES as ELIGIBILITY
from app.domain.ids import shown
from app.services.case_file import CaseFile
from app.services.nomination_views import NominationView

_SCREENS: Mapping[str, str] = {
    "DECLARATION_MISSING": "declarations",
    "STATEMENT_MISSING": "statement",
    "WRITEUP_LENGTH": "write-up",
    "FORM_INCOMPLETE": "form",
    "CONSULTATION_MISSING": "consultation",
    "LEVEL_REVIEW_MISSING": "review",
    "CRITERIA_INCOMPLETE": "review",
    "DEPARTMENT_REPLY_MISSING": "departments",
    "DEPARTMENT_OBJECTS": "departments",
    "RANK_MISSING": "ranking",
    "RANK_TAKEN": "ranking",
    "SEAL_MISSING": "seals",
    "SEAL_ORDER": "seals",
    "NOTICE_NOT_PUBLISHED": "notice",
    "LOCAL_BODIES_MISSING": "local-bodies",
    "OBJECTION_OPEN": "objections",
} | dict.fromkeys(ELIGIBILITY, "window")


def mends(case: CaseFile) -> dict[str, str]:
    """Code of a refusal → the address at which it is mended, for this reader."""
    places = addresses(case.view)
    found = {code: places[screen] for code, screen in _SCREENS.items() if screen in case.screens}
    if case.notices:
        newest = f"/notices/{shown('ntc', case.notices[0][1].id)}"
        found |= {"NOTICE_STILL_RUNNING": newest, "UNDO_BY_NOTICE": newest}
    campaign = shown("cmp", case.view.campaign.id)
    found["REVIEWERS_TOO_FEW"] = f"/campaigns/{campaign}/reviewers"  # told to the office alone
    if case.decisions:  # who reads the records finds there what to annul
        found["UNDO_BY_DECISION"] = f"/campaigns/{campaign}/meetings/draft?purpose=ANNULMENT"
    return found


def addresses(view: NominationView) -> dict[str, str]:
    """The address of each screen of the case."""
    case, campaign = shown("nom", view.nomination.id), f"/campaigns/{shown('cmp', view.campaign.id)}"
    here = {screen: f"/nominations/{case}/{screen}" for screen in _SCREENS.values()}
    return here | {
        "files": f"/nominations/{case}/files",
        "receipts": f"/nominations/{case}/receipts",
        "window": f"/windows/{shown('win', view.nomination.window_id)}/edit",
        "ranking": f"{campaign}/ranking/{view.nomination.bucket_code}",
        "notice": f"{campaign}/draft-notice",
        "local-bodies": f"{campaign}/local-bodies",
        "objections": "/objections",
    }
