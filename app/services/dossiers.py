"""All that hangs on one case: each kind of row is read when something asks for it, and once.

Facts, views and the case's page take what they need from one dossier, so that what several of them need is not asked
again. A dossier is opened for one look at a case and never kept across a change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from app.db import case_file as rows
from app.db import case_papers as paper_rows
from app.db import flow
from app.db.case_file import Papers, Scope
from app.db.tables.campaigns import Campaign, LocalBody, SeatStatus
from app.db.tables.materials import MaterialReceipt, SealRecord
from app.db.tables.nominations import (
    DepartmentConsultation,
    LevelReview,
    Nomination,
    NominationStep,
    PublicConsultation,
    SelfDeclaration,
    ServiceWindow,
)
from app.db.tables.places import Organization
from app.db.tables.supervision import NoticeItem, Objection, PublicNotice, VetoFinding
from app.domain.nomination import Action
from app.domain.quota import SeatKind
from app.packs.schema import CampaignRules
from app.services import campaigns, nomination_routes
from app.services.context import Ctx


@dataclass
class Dossier:
    """One case with its rows, for a caller who may see it."""

    ctx: Ctx
    nomination: Nomination

    @cached_property
    def campaign(self) -> Campaign:
        return campaigns.campaign_of(self.ctx, self.nomination.campaign_id)

    @cached_property
    def rules(self) -> CampaignRules:
        return campaigns.rules_of(self.ctx, self.campaign)

    @cached_property
    def window(self) -> ServiceWindow:
        return self.ctx.session.get_one(ServiceWindow, self.nomination.window_id)

    @cached_property
    def units(self) -> Mapping[UUID, Organization]:
        """Every unit that has to do with it: above its sponsor, of its levels, whoever took a step."""
        case = self.nomination
        named = {case.sponsor_org_id, case.organizing_org_id, self.campaign.host_organization_id}
        named |= {UUID(one) for one in case.departments.values()}
        named |= {step.acting_org_id for step in self.steps if step.acting_org_id}
        return rows.units(self.ctx.session, case.sponsor_path, named)

    @property
    def chain(self) -> list[Organization]:
        """The units from the top of the tree down to the sponsor's place."""
        path = self.nomination.sponsor_path
        above = [one for one in self.units.values() if path.startswith(one.path)]
        return sorted(above, key=lambda one: len(one.path))

    @cached_property
    def scope(self) -> Scope:
        """What the clauses of the campaign's scope ask besides the window and its sponsor."""
        able = nomination_routes.able(self.campaign, self.chain)
        day = self.nomination.created_at.astimezone(self.ctx.zone).date()
        return rows.scope(self.ctx.session, self.campaign, able, self.window, day)

    @cached_property
    def accounts(self) -> Sequence[UUID]:
        """All accounts of the person who asks (C14)."""
        person = self.ctx.actor.person_id
        return flow.same_person(self.ctx.session, person) if person else ()

    @cached_property
    def steps(self) -> list[NominationStep]:
        """Every step in the order taken, undone ones included."""
        return flow.steps(self.ctx.session, self.nomination.id)

    @property
    def standing(self) -> list[NominationStep]:
        """The steps that still count: none that was taken back, and no taking back itself."""
        return [step for step in self.steps if step.undone_at is None and step.action is not Action.UNDO]

    @cached_property
    def papers(self) -> Papers:
        return rows.papers(self.ctx.session, self.nomination.id)

    @cached_property
    def declarations(self) -> list[SelfDeclaration]:
        return flow.declarations(self.ctx.session, self.nomination.id)

    @cached_property
    def consultations(self) -> list[PublicConsultation]:
        return flow.consultations(self.ctx.session, self.nomination.id)

    @cached_property
    def reviews(self) -> list[LevelReview]:
        """Every opinion, superseded ones too, oldest first."""
        return paper_rows.listed(self.ctx.session, LevelReview, self.nomination.id)

    @cached_property
    def replies(self) -> list[DepartmentConsultation]:
        return flow.replies(self.ctx.session, self.nomination.id)

    @cached_property
    def seals(self) -> list[SealRecord]:
        """Of both forms."""
        return paper_rows.listed(self.ctx.session, SealRecord, self.nomination.id)

    @cached_property
    def receipts(self) -> list[MaterialReceipt]:
        return flow.receipts(self.ctx.session, self.nomination.id)

    @cached_property
    def seats(self) -> dict[tuple[SeatKind, SeatStatus], int]:
        """Of its bucket."""
        return flow.seats(self.ctx.session, self.campaign.id, self.nomination.bucket_code)

    @cached_property
    def local_bodies(self) -> list[LocalBody]:
        return flow.local_bodies(self.ctx.session, self.campaign.id, self.nomination.organizing_org_id)

    @cached_property
    def notices(self) -> list[tuple[NoticeItem, PublicNotice]]:
        """Every notice that lists or listed it, newest first."""
        return rows.notices(self.ctx.session, self.nomination.id)

    @cached_property
    def objections(self) -> list[Objection]:
        return flow.blocking_objections(self.ctx.session, self.nomination.id)

    @cached_property
    def findings(self) -> list[VetoFinding]:
        return flow.findings(self.ctx.session, self.nomination.id)
