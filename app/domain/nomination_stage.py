"""The stages a nomination stands at and the actions that move it (decisions 1)."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a nomination stands. No stage carries a level in its name: the level is a column."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    CLEARED = "CLEARED"
    AT_NOTICE = "AT_NOTICE"
    RECOMMENDED = "RECOMMENDED"
    FILED = "FILED"
    ACCEPTED = "ACCEPTED"
    UNDER_EVALUATION = "UNDER_EVALUATION"
    EVALUATED = "EVALUATED"
    REVIEWED = "REVIEWED"
    AT_HOST_NOTICE = "AT_HOST_NOTICE"
    DETERMINED = "DETERMINED"
    AWARDED = "AWARDED"
    REJECTED = "REJECTED"
    NOT_SELECTED = "NOT_SELECTED"
    WITHDRAWN = "WITHDRAWN"
    VETOED = "VETOED"
    REVOKED = "REVOKED"

    @property
    def final(self) -> bool:
        """Nothing leads on from here; the window may be nominated again (I-06).

        A decision not to select is annulled by a later one, and only so does a case come back (E-07).
        """
        return self in _FINAL


class Action(StrEnum):
    """What may be done with a nomination. Creating a draft and editing it are not steps."""

    SUBMIT = "SUBMIT"
    ENDORSE = "ENDORSE"
    CLEAR = "CLEAR"
    RETURN = "RETURN"
    RESUBMIT = "RESUBMIT"
    REJECT = "REJECT"
    PUBLISH_NOTICE = "PUBLISH_NOTICE"
    RECOMMEND = "RECOMMEND"
    FILE = "FILE"
    ACCEPT = "ACCEPT"
    RETURN_FOR_CORRECTION = "RETURN_FOR_CORRECTION"
    OPEN_EVALUATION = "OPEN_EVALUATION"
    LOCK_SCORES = "LOCK_SCORES"
    RECORD_FIRST_DECISION = "RECORD_FIRST_DECISION"
    PUBLISH_HOST_NOTICE = "PUBLISH_HOST_NOTICE"
    RECORD_SECOND_DECISION = "RECORD_SECOND_DECISION"
    CONFER = "CONFER"
    REVOKE = "REVOKE"
    WITHDRAW = "WITHDRAW"
    VETO = "VETO"
    UNDO = "UNDO"


class DecisionResult(StrEnum):
    """What a body decided about one item; a deferred item stays where it is (E-31)."""

    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    DEFERRED = "DEFERRED"


_FINAL = frozenset({Stage.REJECTED, Stage.NOT_SELECTED, Stage.WITHDRAWN, Stage.VETOED, Stage.REVOKED})

LIVE = tuple(stage for stage in Stage if not stage.final)
BEFORE_AWARD = tuple(stage for stage in LIVE if stage is not Stage.AWARDED)
AFTER_FILING = frozenset(LIVE[LIVE.index(Stage.FILED) :])
