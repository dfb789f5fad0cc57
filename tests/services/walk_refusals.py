"""What each code of the stage table means for the model of a case, typed by hand: when it is said, and to whom."""

from collections.abc import Callable, Mapping

from app.domain.campaign import CampaignStage as Phase
from app.domain.levels import Level
from app.domain.nomination import Action, Stage
from tests.services.walk_model import (
    DECISIONS,
    ENDING,
    FILING,
    HOST,
    OF_THE_UNIT,
    RETURNS,
    ROWS,
    UNDER_WAY,
    Attempt,
    Case,
    World,
)

_FILER = {f"nomination:{one}" for one in ("submit", "resubmit", "withdraw", "undo")}
_APPROVES = {
    f"nomination:{one}" for one in ("clear", "recommend", "file", "return", "reject", "withdraw", "undo")
}
_OFFICE = "accept return_for_correction open_evaluation lock_scores record_decision confer endorse publish_host_notice"
MAY: Mapping[str, set[str]] = {
    "filer": _FILER,
    "own": _FILER | {"nomination:endorse", "nomination:return", "nomination:reject"},
    "city": _FILER | {"nomination:endorse", "nomination:return", "nomination:reject"},
    "approver": _APPROVES | {"notice:publish"},
    "office": _APPROVES | {f"nomination:{one}" for one in _OFFICE.split()} | {"notice:publish"},
}
"""Who may take which step (domain.md 4.2); `stranger` is the approver of another city."""
WHO = (*MAY, "stranger")

Told = Callable[[World, Case, Attempt], bool]


def refused(world: World, case: Case, attempt: Attempt) -> set[str]:
    """Every code the attempt is refused with; empty when it goes."""
    if attempt.who == "stranger":
        return {"NOT_FOUND"}
    row = ROWS.get((case.stage, attempt.action))
    if attempt.who and not _may(case, attempt):
        return {"PERMISSION_MISSING"}
    if row is None:
        return {"TRANSITION_NOT_ALLOWED"}
    by_people = {"NOT_YOUR_LEVEL", "SAME_PERSON"} if not attempt.who else set()
    return {
        code
        for code in row.codes
        if code in CODES and code not in by_people and CODES[code](world, case, attempt)
    }


def _may(case: Case, attempt: Attempt) -> bool:
    row = ROWS.get((case.stage, attempt.action))
    row = row or next(one for (_, action), one in ROWS.items() if action is attempt.action)
    needed = {row.permission}
    if attempt.action is Action.UNDO and row is ROWS.get((case.stage, Action.UNDO)) and case.last:
        needed.add(ROWS[case.last.source, case.last.action].permission)
    return needed <= MAY[attempt.who]


def spoken(case: Case, attempt: Attempt) -> Level | None:
    """The level somebody speaks for; a unit below the host only for its own draft, return, or handing in."""
    if attempt.who != "filer":
        return {"own": case.levels[0], "office": HOST}.get(attempt.who, case.organising)
    last = case.last
    hands_in = attempt.action is Action.UNDO and last is not None and last.action in OF_THE_UNIT
    with_it = case.stage in (Stage.DRAFT, Stage.RETURNED)
    return case.levels[0] if not case.unit or hands_in or with_it else None


def _not_its_level(_: World, case: Case, attempt: Attempt) -> bool:
    mine = spoken(case, attempt)
    if attempt.action is Action.UNDO:
        return case.last is not None and case.last.by is not None and mine is not case.last.by
    if attempt.action is not Action.WITHDRAW:
        return mine is not case.level
    if case.filed:
        return mine is not HOST
    return mine is not case.organising and not (case.stage is Stage.DRAFT and mine is case.levels[0])


def _preparers(case: Case) -> set[str]:
    """Who drafted, last wrote or handed in the case; at the organising level also who wrote the opinion and the form."""
    found = {"filer", case.prepared_by, *(one.who for one in case.steps if one.action in OF_THE_UNIT)}
    if case.level is case.organising:
        found |= ({"city"} if case.organising in case.reviews else set()) | {case.form_by}
    return found


def _reviewed(case: Case) -> bool:
    """The level's opinion is there, and given since the case last came back corrected to it."""
    back = [one.at for one in case.steps if one.action is Action.RESUBMIT and one.to_level is case.level]
    mine = case.reviews.get(case.level)
    return mine is not None and (not back or mine >= back[-1])


def _closed(world: World, case: Case, attempt: Attempt) -> bool:
    """Not open: rising steps need the open campaign or a late acceptance, the others one that is under way."""
    late = case.bucket in world.late and world.phase in FILING
    if attempt.action in (*RETURNS, *ENDING, Action.UNDO):
        return world.phase not in UNDER_WAY
    if attempt.action is Action.RESUBMIT and case.returned and case.returned.source is Stage.FILED:
        return world.phase not in FILING
    return world.phase is not Phase.OPEN and not late


def _wrong_phase(world: World, _: Case, attempt: Attempt) -> bool:
    allowed = {
        Action.ACCEPT: FILING,
        Action.RETURN_FOR_CORRECTION: FILING,
        Action.OPEN_EVALUATION: (Phase.EVALUATING,),
        Action.LOCK_SCORES: (Phase.EVALUATING,),
        Action.CONFER: (Phase.DETERMINING, Phase.AWARDED),
        Action.REVOKE: (Phase.DETERMINING, Phase.AWARDED, Phase.ARCHIVED),
    }
    return world.phase not in allowed.get(attempt.action, (Phase.DETERMINING,))


def _too_late(world: World, case: Case, attempt: Attempt) -> bool:
    if case.bucket in world.late:
        return False
    back = case.returned
    if attempt.action is Action.RESUBMIT:
        corrects = back is not None and back.source is Stage.FILED
        return corrects and back is not None and back.due is not None and world.now >= back.due
    return world.now >= world.deadline


def _unendorsed(_: World, case: Case, __: Attempt) -> bool:
    endorsed = {one.source_level for one in case.steps if one.action is Action.ENDORSE}
    return case.level is not case.organising or any(one not in endorsed for one in case.levels[:-1])


def _taken_up(_: World, case: Case, __: Attempt) -> bool:
    """The next level has worked on it since: an opinion, or a hearing."""
    last = case.last
    if last is None or (last.source_level is last.to_level and last.action not in OF_THE_UNIT):
        return False
    return any(level is last.to_level and at > last.at for level, at in case.papers)


def _no_notice(world: World, case: Case, attempt: Attempt) -> bool:
    if attempt.action is Action.RECOMMEND:
        return case.notice_end is None
    asked = world.host_notice or case.stage is Stage.AT_HOST_NOTICE
    return attempt.action is Action.RECORD_SECOND_DECISION and asked and case.host_notice_end is None


def _runs(world: World, case: Case, attempt: Attempt) -> bool:
    asked = attempt.action is Action.RECOMMEND or world.host_notice or case.stage is Stage.AT_HOST_NOTICE
    end = case.notice_end if attempt.action is Action.RECOMMEND else case.host_notice_end
    return asked and end is not None and world.now < end


def _still_listed(_: World, case: Case, __: Attempt) -> bool:
    ends = {Action.PUBLISH_NOTICE: case.notice_end, Action.PUBLISH_HOST_NOTICE: case.host_notice_end}
    return case.last is not None and ends.get(case.last.action) is not None


CODES: Mapping[str, Told] = {
    "CAMPAIGN_NOT_OPEN": _closed,
    "CAMPAIGN_PHASE": _wrong_phase,
    "CAMPAIGN_SUSPENDED": lambda w, c, a: w.suspended,
    "OBJECTION_OPEN": lambda w, c, a: c.objections > 0,
    "VETO_HELD": lambda w, c, a: c.vetoes_held > 0,
    "VETO_CONFIRMED": lambda w, c, a: c.vetoes_confirmed > 0,
    "NOT_YOUR_LEVEL": _not_its_level,
    "DECLARATION_MISSING": lambda w, c, a: not c.declared,
    "NO_HIGHER_LEVEL": lambda w, c, a: c.level is c.organising,
    "LEVEL_ORDER": _unendorsed,
    "SAME_PERSON": lambda w, c, a: c.person(a.who) in _preparers(c),
    "CONSULTATION_MISSING": lambda w, c, a: not c.heard,
    "LEVEL_REVIEW_MISSING": lambda w, c, a: not _reviewed(c),
    "CRITERIA_INCOMPLETE": lambda w, c, a: not _reviewed(c),
    "NOMINATION_LIMIT_REACHED": lambda w, c, a: w.claims[c.bucket] <= 0,
    "CHECKLIST_MISSING": lambda w, c, a: not a.whole,
    "CHECKLIST_UNANSWERED": lambda w, c, a: not a.whole,
    "CORRECTION_DUE_INVALID": lambda w, c, a: not a.whole,
    "FORMAL_CHECK_INCOMPLETE": lambda w, c, a: not a.whole,
    "NOTICE_NOT_PUBLISHED": _no_notice,
    "NOTICE_STILL_RUNNING": _runs,
    "FORM_INCOMPLETE": lambda w, c, a: not c.form_by,
    "WRITEUP_LENGTH": lambda w, c, a: not c.written,
    "RANK_MISSING": lambda w, c, a: not c.ranked and w.candidates[c.bucket] > w.places[c.bucket],
    "SEAL_MISSING": lambda w, c, a: not set(c.levels) <= c.seals,
    "DEADLINE_PASSED": _too_late,
    "SCORES_MISSING": lambda w, c, a: c.sheets < 3,
    "HOST_NOTICE_OFF": lambda w, c, a: not w.host_notice,
    "QUOTA_EXHAUSTED": lambda w, c, a: a.approved and w.free_places[c.bucket] <= 0,
    "WITHDRAWAL_REQUEST_MISSING": lambda w, c, a: c.filed and not a.whole,
    "VETO_NOT_CONFIRMED": lambda w, c, a: c.vetoes_confirmed == 0,
    "NOTHING_TO_UNDO": lambda w, c, a: not c.steps,
    "UNDO_TOO_LATE": _taken_up,
    "UNDO_BY_NOTICE": _still_listed,
    "UNDO_BY_REVOCATION": lambda w, c, a: c.last is not None and c.last.action is Action.CONFER,
    "UNDO_BY_DECISION": lambda w, c, a: c.last is not None and c.last.action in DECISIONS and not c.annulled,
}
"""When each code of the table is said."""

NEVER = {
    *(
        "DUPLICATE_NOMINATION",
        "NOT_PARTICIPANT",
        "WINDOW_OTHER_SYSTEM",
        "WINDOW_OUTSIDE_REGION",
        "REGION_NOT_VALID",
    ),
    *("WINDOW_NOT_PUBLIC", "WINDOW_TYPE_UNKNOWN", "OTHER_TYPE_NOT_JUSTIFIED", "OTHER_TYPE_NOT_ACCEPTED"),
    *(
        "WINDOW_TYPE_LEVEL",
        "PRIOR_AWARD",
        "ORGANIZATION_BARRED",
        "DEPARTMENT_REPLY_MISSING",
        "DEPARTMENT_OBJECTS",
    ),
    *(
        "OBJECTION_UPHELD",
        "REASON_MISSING",
        "STATEMENT_MISSING",
        "RANK_TAKEN",
        "SEAL_ORDER",
        "DEADLINES_INCOMPLETE",
    ),
    *("LOCAL_BODIES_MISSING", "REVIEWERS_TOO_FEW", "DECISION_MISSING", "QUORUM_NOT_MET", "VOTE_ARITHMETIC"),
    *("AWARD_REFERENCE_MISSING", "REVOCATION_GROUND_MISSING"),
}
"""What no walk of these cases meets: eligible windows, whole votes; other tests provoke each of them."""
