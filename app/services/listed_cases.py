"""The nominations that notices, objections and findings move; the moves themselves are `transitions.take`."""

from app.db.tables.nominations import Nomination
from app.domain.nomination import Action, Stage
from app.services.context import Ctx

_LISTED_BY = {Stage.CLEARED: Action.PUBLISH_NOTICE, Stage.REVIEWED: Action.PUBLISH_HOST_NOTICE}
_AT_NOTICE = frozenset({Stage.AT_NOTICE, Stage.AT_HOST_NOTICE})


def may_be_listed(nomination: Nomination) -> bool:
    """Cleared for its organising level's notice, or reviewed for the host's (R-028, R-032)."""
    return nomination.stage in _LISTED_BY


def stands_at_notice(nomination: Nomination) -> bool:
    return nomination.stage in _AT_NOTICE


def moved_on(nomination: Nomination) -> bool:
    """Past its notice and still alive: the step after the notice has to be undone first."""
    return not (nomination.stage.final or may_be_listed(nomination) or stands_at_notice(nomination))


def put_at_notice(ctx: Ctx, nomination: Nomination) -> None:
    """The published notice lists it."""
    _take(ctx, nomination, _LISTED_BY[nomination.stage])


def take_back(ctx: Ctx, nomination: Nomination, reason: str) -> None:
    """The notice no longer lists it: where it stood before. Ended cases stay ended."""
    if stands_at_notice(nomination):
        _take(ctx, nomination, Action.UNDO, reason=reason)


def reject(ctx: Ctx, nomination: Nomination, reason: str) -> None:
    """Not recommended any more. Refuses what the stage table refuses."""
    _take(ctx, nomination, Action.REJECT, reason=reason)


def veto(ctx: Ctx, nomination: Nomination) -> None:
    """A confirmed finding ends the case; an award is taken away by a revocation instead (E-07)."""
    if not nomination.stage.final and nomination.stage is not Stage.AWARDED:
        _take(ctx, nomination, Action.VETO)


def _take(ctx: Ctx, nomination: Nomination, action: Action, reason: str = "") -> None:
    from app.services import transitions  # noqa: PLC0415  (a transition may itself ask notices)

    transitions.take(ctx, nomination, action, reason=reason)
