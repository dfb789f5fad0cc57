"""Which cases of an agenda are held or still at notice: a constant number of statements for any number of cases."""

from collections.abc import Sequence
from uuid import UUID

from app.db import agenda_holds as rows
from app.db.meetings import CaseRow
from app.db.tables.campaigns import Campaign
from app.domain.agenda import Standing, blockers
from app.domain.errors import Reason
from app.domain.meeting import MeetingPurpose
from app.domain.nomination import Stage
from app.domain.notice import NoticeMatter
from app.domain.veto import HOLDING, FindingStage
from app.services import campaigns
from app.services.context import Ctx

_NOTICE = {
    MeetingPurpose.DETERMINATION: NoticeMatter.AWARD,
    MeetingPurpose.MINISTRY_RECOMMENDATION: NoticeMatter.MINISTRY,
}
"""The host's notice that has to have run before a body decides on this (R-032)."""


def of(
    ctx: Ctx, campaign: Campaign, purpose: MeetingPurpose, found: Sequence[CaseRow]
) -> dict[UUID, tuple[Reason, ...]]:
    """Why each of the cases cannot be decided on now; an empty tuple where nothing stands in the way."""
    keys = [row.nomination.id for row in found]
    objections = rows.objections(ctx.session, keys)
    findings = rows.findings(ctx.session, keys)
    matter = _NOTICE.get(purpose)
    ends = rows.notice_ends(ctx.session, keys, matter) if matter else {}
    asked = matter is NoticeMatter.MINISTRY or _asked(ctx, campaign)

    def standing(row: CaseRow) -> Standing:
        key = row.nomination.id
        return Standing(
            campaign_suspended=bool(campaign.suspended_reason),
            open_objections=tuple(code for case, code in objections if case == key),
            vetoes_held=tuple(code for case, code, stage in findings if case == key and stage in HOLDING),
            vetoes_confirmed=tuple(
                code for case, code, stage in findings if case == key and stage is FindingStage.CONFIRMED
            ),
            notice_needed=matter is not None and (asked or row.nomination.stage is Stage.AT_HOST_NOTICE),
            notice_ends_at=ends.get(key),
            zone=ctx.zone,
        )

    return {row.nomination.id: blockers(standing(row), ctx.now) for row in found}


def _asked(ctx: Ctx, campaign: Campaign) -> bool:
    return campaigns.rules_of(ctx, campaign).notice.host_notice_for_all
