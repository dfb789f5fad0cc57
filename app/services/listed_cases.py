"""The nominations that notices, objections and findings move; the moves themselves are `transitions.take`.

A notice lists its windows for one matter: as the organising unit's nominees, for the host's award, or for the
ministry, whose recommendations walk a table of their own (R-028, R-032, decisions 6).
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.db import ministry as ministry_rows
from app.db.tables.nominations import Nomination
from app.domain.ministry import MinistryAction, MinistryStage
from app.domain.ministry_guards import DETERMINED
from app.domain.nomination import Action, Stage
from app.domain.notice import NoticeMatter
from app.services import campaigns, ministry_steps, transitions
from app.services.context import Ctx

_LISTED_BY = {
    NoticeMatter.RECOMMENDATION: Action.PUBLISH_NOTICE,
    NoticeMatter.AWARD: Action.PUBLISH_HOST_NOTICE,
}
_READY = {Stage.CLEARED: NoticeMatter.RECOMMENDATION, Stage.REVIEWED: NoticeMatter.AWARD}
_AT_NOTICE = {Stage.AT_NOTICE: NoticeMatter.RECOMMENDATION, Stage.AT_HOST_NOTICE: NoticeMatter.AWARD}


def matters(ctx: Ctx, nominations: Iterable[Nomination]) -> Mapping[UUID, NoticeMatter]:
    """For what each nomination may be listed now: cleared, reviewed, or assessed for the ministry; others are left out."""
    listed = list(nominations)
    ready = {one.id: _READY[one.stage] for one in listed if one.stage in _READY}
    determined = [one.id for one in listed if one.stage in DETERMINED]
    assessed = ministry_rows.at_stage(ctx.session, determined, MinistryStage.ASSESSED) if determined else []
    return ready | dict.fromkeys(assessed, NoticeMatter.MINISTRY)


def issuer_of(ctx: Ctx, nomination: Nomination, matter: NoticeMatter) -> UUID:
    """Who gives the notice: the organising unit for its nominees, the host for all others."""
    if matter is NoticeMatter.RECOMMENDATION:
        return nomination.organizing_org_id
    return campaigns.campaign_of(ctx, nomination.campaign_id).host_organization_id


def stands_at_notice(ctx: Ctx, nomination: Nomination, matter: NoticeMatter) -> bool:
    """Whether it stands at the notice of this matter."""
    if matter is NoticeMatter.MINISTRY:
        live = ministry_rows.live(ctx.session, nomination.id)
        return live is not None and live.stage is MinistryStage.AT_NOTICE
    return _AT_NOTICE.get(nomination.stage) is matter


def moved_on(ctx: Ctx, nomination: Nomination, matter: NoticeMatter) -> bool:
    """Past the notice of this matter and still alive: the step after it has to be undone first."""
    if matter is NoticeMatter.MINISTRY:
        live = ministry_rows.live(ctx.session, nomination.id)
        return live is not None and live.stage not in (MinistryStage.ASSESSED, MinistryStage.AT_NOTICE)
    ready = _READY.get(nomination.stage) is matter
    return not (nomination.stage.final or ready or stands_at_notice(ctx, nomination, matter))


def put_at_notice(ctx: Ctx, nomination: Nomination, matter: NoticeMatter) -> None:
    """The published notice lists it."""
    if matter is NoticeMatter.MINISTRY:
        _ministry(ctx, nomination, MinistryAction.PUBLISH_NOTICE)
    else:
        _take(ctx, nomination, _LISTED_BY[matter])


def take_back(ctx: Ctx, nomination: Nomination, matter: NoticeMatter, reason: str) -> None:
    """The notice no longer lists it: where it stood before. Ended cases stay ended."""
    if not stands_at_notice(ctx, nomination, matter):
        return
    if matter is NoticeMatter.MINISTRY:
        _ministry(ctx, nomination, MinistryAction.UNDO, reason)
    else:
        _take(ctx, nomination, Action.UNDO, reason=reason)


def reject(ctx: Ctx, nomination: Nomination, matter: NoticeMatter, reason: str) -> None:
    """Not recommended any more; not being recommended to the ministry leaves the host's award alone (E-17, G-16).

    An award that both bodies decide is no officer's to refuse: the case leaves the host's notice, is put on none
    again and waits for the second body, which can only decide against it (decisions 1, R-028).
    """
    if matter is NoticeMatter.MINISTRY:
        _ministry(ctx, nomination, MinistryAction.REJECT, reason)
    elif matter is NoticeMatter.RECOMMENDATION:
        _take(ctx, nomination, Action.REJECT, reason=reason)


def veto(ctx: Ctx, nomination: Nomination) -> None:
    """A confirmed finding ends the case; an award is taken away by a revocation instead (E-07)."""
    if not nomination.stage.final and nomination.stage is not Stage.AWARDED:
        _take(ctx, nomination, Action.VETO)


def _take(ctx: Ctx, nomination: Nomination, action: Action, reason: str = "") -> None:
    transitions.take(ctx, nomination, action, reason=reason)


def _ministry(ctx: Ctx, nomination: Nomination, action: MinistryAction, reason: str = "") -> None:
    ministry_steps.take(ctx, nomination, action, reason=reason)
