"""What a case waits for: the one step that leads on from its stage, and whoever works on it there."""

from collections.abc import Mapping

from app.domain.nomination_stage import Action, Stage

LEADS_ON: Mapping[Stage, Action] = {
    Stage.DRAFT: Action.SUBMIT,
    Stage.SUBMITTED: Action.ENDORSE,
    Stage.RETURNED: Action.RESUBMIT,
    Stage.CLEARED: Action.PUBLISH_NOTICE,
    Stage.AT_NOTICE: Action.RECOMMEND,
    Stage.RECOMMENDED: Action.FILE,
    Stage.FILED: Action.ACCEPT,
    Stage.ACCEPTED: Action.OPEN_EVALUATION,
    Stage.UNDER_EVALUATION: Action.LOCK_SCORES,
    Stage.EVALUATED: Action.RECORD_FIRST_DECISION,
    Stage.REVIEWED: Action.RECORD_SECOND_DECISION,
    Stage.AT_HOST_NOTICE: Action.RECORD_SECOND_DECISION,
    Stage.DETERMINED: Action.CONFER,
}
"""The step after which a case is further than before; an award and an ended case wait for nothing."""

WORKED_ON_WITH: Mapping[Stage, tuple[str, ...]] = {
    Stage.DRAFT: ("nomination:submit",),
    Stage.SUBMITTED: ("nomination:endorse", "nomination:clear"),
    Stage.RETURNED: ("nomination:resubmit",),
    Stage.CLEARED: ("notice:draft", "notice:publish"),
    Stage.AT_NOTICE: ("form:edit", "nomination:recommend"),
    Stage.RECOMMENDED: ("nomination:file",),
    Stage.FILED: ("nomination:accept",),
    Stage.ACCEPTED: ("nomination:open_evaluation",),
    Stage.UNDER_EVALUATION: ("nomination:lock_scores",),
    Stage.EVALUATED: ("nomination:record_decision",),
    Stage.REVIEWED: ("nomination:record_decision",),
    Stage.AT_HOST_NOTICE: ("nomination:record_decision",),
    Stage.DETERMINED: ("nomination:confer",),
}
"""Any of these permissions at the unit that has the case: preparing a step is work on it too."""


TOGETHER = (
    Stage.ACCEPTED,
    Stage.UNDER_EVALUATION,
    Stage.EVALUATED,
    Stage.REVIEWED,
    Stage.AT_HOST_NOTICE,
    Stage.DETERMINED,
)
"""Opened, locked, decided and conferred together, so that they wait as one matter, not one by one."""


def next_step(stage: Stage, *, at_the_top: bool) -> Action | None:
    """The step the case waits for; the organising level clears what lower levels endorse."""
    action = LEADS_ON.get(stage)
    return Action.CLEAR if action is Action.ENDORSE and at_the_top else action
