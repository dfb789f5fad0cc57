"""The agenda as the office reads it: who would be decided on, in which order, for which places, and what stops whom."""

from dataclasses import dataclass
from uuid import UUID

from app.db import agendas as rankings
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import RankingSnapshot
from app.domain.agenda import phase_reasons
from app.domain.errors import Reason
from app.domain.meeting import MeetingPurpose
from app.packs.judging import VotingBody
from app.services import agendas, campaigns, meetings, ranking_inputs
from app.services.agendas import AgendaGroup
from app.services.context import Ctx


@dataclass(frozen=True)
class Agenda:
    """What one body may take up now for one purpose."""

    campaign: Campaign
    purpose: MeetingPurpose
    body: VotingBody
    groups: list[AgendaGroup]
    against: list[Reason]  # the whole meeting, whatever the case
    host_notice: bool  # the rules ask for the host's notice before the second body
    recordable: bool  # by the caller
    ranking: RankingSnapshot | None
    outdated: bool  # something it was computed from has changed since (E-20)

    @property
    def cases(self) -> int:
        return sum(len(group.items) for group in self.groups)

    @property
    def stopped(self) -> int:
        """Cases that cannot be decided on now."""
        return sum(1 for group in self.groups for one in group.items if one.blockers)


def shown(ctx: Ctx, campaign_id: UUID, purpose: MeetingPurpose) -> Agenda:
    """The agenda for this purpose; it decides nothing. Needs `meeting:read` at the host."""
    campaign = meetings.readable(ctx, campaign_id)
    rules = campaigns.rules_of(ctx, campaign)
    ranked = rankings.latest(ctx.session, campaign.id)
    return Agenda(
        campaign,
        purpose,
        rules.voting.of(purpose.turns[0]),
        agendas.groups(ctx, campaign, purpose),
        phase_reasons(campaign.stage) if purpose in _OF_THE_AWARD else [],
        rules.notice.host_notice_for_all,
        purpose in meetings.recordable(ctx, campaign),
        ranked.snapshot if ranked else None,
        ranked is not None and not ranking_inputs.is_current(ctx, campaign, rules, ranked.snapshot),
    )


_OF_THE_AWARD = (MeetingPurpose.REVIEW, MeetingPurpose.DETERMINATION)
