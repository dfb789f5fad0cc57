"""Reviewers of a campaign: registered with where they come from, transferred, released; what they declare (I-12, E-21)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import flow, regions
from app.db import reviewers as rows
from app.db.reviewers import ReviewerRow
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import RecusalDeclaration, Reviewer, ReviewerStatus
from app.db.tables.people import Person
from app.db.tables.places import Organization
from app.domain.errors import Refusal
from app.domain.recusal import Ground
from app.services import assignments, audit, campaigns, evaluation, own_seats, recusals
from app.services.context import Ctx, check_version
from app.services.inputs.reviewers import RecusalDeclare, ReviewerEdit, ReviewerHome, ReviewerRegister


@dataclass(frozen=True)
class ReviewerView:
    """A reviewer as the office sees them."""

    row: ReviewerRow
    declaration: RecusalDeclaration | None
    load: int


@dataclass(frozen=True)
class Candidate:
    """A reviewer beside one case: free for it, or why not."""

    view: ReviewerView
    grounds: tuple[Ground, ...]
    assigned: bool
    able: bool

    @property
    def free(self) -> bool:
        """May be given the case now."""
        room = self.view.load < self.view.row.reviewer.case_limit
        return self.able and not self.grounds and not self.assigned and room


@dataclass(frozen=True)
class DeclarationView:
    """What a reviewer declared last; version 0 while nothing is."""

    reviewer: Reviewer
    declaration: RecusalDeclaration | None

    @property
    def version(self) -> int:
        return self.declaration.version if self.declaration else 0


def listed(ctx: Ctx, campaign_id: UUID) -> list[ReviewerView]:
    """All reviewers of a campaign. Needs `reviewer:read` at the host."""
    evaluation.readable(ctx, campaign_id, "reviewer:read")
    return _views(ctx, campaign_id)


def appointees(ctx: Ctx, campaign_id: UUID) -> list[Person]:
    """Who could be taken onto the bench. Needs `reviewer:edit` at the host."""
    campaign = evaluation.readable(ctx, campaign_id, "reviewer:edit")
    return rows.appointees(ctx.session, campaign.host_organization_id, campaign.id)


def candidates(ctx: Ctx, nomination_id: UUID) -> list[Candidate]:
    """All reviewers beside one case, with the grounds of those who stand aside. Needs `reviewer:read` at the host."""
    nomination = evaluation.readable_case(ctx, nomination_id, "reviewer:read")
    campaign = campaigns.campaign_of(ctx, nomination.campaign_id)
    bench = recusals.bench(ctx, campaign.id)
    found = recusals.conflicts(ctx, campaign, [nomination], bench)
    holding = {one.assignment.reviewer_id for one in assignments.live(ctx, nomination)}
    loads = rows.loads(ctx.session, campaign.id)
    return [
        Candidate(
            ReviewerView(seat.row, seat.declaration, loads.get(seat.id, 0)),
            found.get((nomination.id, seat.id), ()),
            seat.id in holding,
            seat.able,
        )
        for seat in bench
    ]


def own(ctx: Ctx) -> list[tuple[Reviewer, Campaign, RecusalDeclaration | None]]:
    """Where the caller is asked to score, and whether their word on recusal is given. Needs `assignment:score`."""
    ctx.actor.require_anywhere("assignment:score")
    return [(one.reviewer, one.campaign, one.declaration) for one in own_seats.mine(ctx)]


def shown(ctx: Ctx, reviewer_id: UUID) -> ReviewerView:
    """One reviewer. Needs `reviewer:read` at the host."""
    row = _one(ctx, reviewer_id)
    evaluation.readable(ctx, row.reviewer.campaign_id, "reviewer:read")
    return next(view for view in _views(ctx, row.reviewer.campaign_id) if view.row.reviewer.id == reviewer_id)


def register(ctx: Ctx, campaign_id: UUID, body: ReviewerRegister) -> Reviewer:
    """Take a person onto the campaign's bench. Needs `reviewer:edit` at the host.

    Refuses `REVIEWER_NOT_APPOINTED`, `REVIEWER_TWICE` (under any of the person's accounts), `HOME_REGION_UNKNOWN`.
    """
    campaign = campaigns.for_host(ctx, campaign_id, "reviewer:edit")
    person = ctx.session.get(Person, body.person_id)
    if person is None or not rows.appointed(
        ctx.session, person.id, campaign.host_organization_id, campaign.id
    ):
        raise Refusal("REVIEWER_NOT_APPOINTED", "/person_id")
    if rows.registered(ctx.session, campaign.id, flow.same_person(ctx.session, person.id)):
        raise Refusal("REVIEWER_TWICE", "/person_id")
    reviewer = Reviewer(**audit.stamp(ctx), campaign_id=campaign.id, person_id=person.id, **_home(ctx, body))
    ctx.session.add(reviewer)
    evaluation.noted(ctx, "reviewer.registered", reviewer, campaign.id, case_limit=reviewer.case_limit)
    return reviewer


def edit(ctx: Ctx, reviewer_id: UUID, body: ReviewerEdit, version: int | None) -> Reviewer:
    """Say where a reviewer works now. Cases this puts them in conflict with are taken back at once, their sheets superseded.

    Needs `reviewer:edit` at the host; refuses `HOME_REGION_UNKNOWN`, `VERSION_CONFLICT`.
    """
    reviewer = _locked(ctx, reviewer_id).reviewer
    campaigns.for_host(ctx, reviewer.campaign_id, "reviewer:edit")
    check_version(reviewer.row_version, version)
    before = reviewer.model_dump(mode="json")
    for name, value in {**_home(ctx, body), "status": body.status}.items():
        setattr(reviewer, name, value)
    audit.touch(ctx, reviewer)
    summary = {"status": reviewer.status.value, "case_limit": reviewer.case_limit}
    evaluation.noted(ctx, "reviewer.edited", reviewer, reviewer.campaign_id, before, **summary)
    ctx.session.flush()
    assignments.set_aside(ctx, _one(ctx, reviewer_id))
    if reviewer.status is ReviewerStatus.RELEASED:
        assignments.hand_back(ctx, reviewer)
    return reviewer


def declaration(ctx: Ctx, reviewer_id: UUID) -> DeclarationView:
    """What a reviewer declared, for themselves and for who assigns. Refuses `NOT_FOUND` to everybody else."""
    reviewer = _one(ctx, reviewer_id).reviewer
    if not is_own(ctx, reviewer):
        evaluation.readable(ctx, reviewer.campaign_id, "reviewer:read")
    return DeclarationView(reviewer, rows.declarations(ctx.session, [reviewer.id]).get(reviewer.id))


def declare(ctx: Ctx, reviewer_id: UUID, body: RecusalDeclare, version: int | None) -> DeclarationView:
    """Give one's signed word. Earlier words stay on record; cases it touches are taken back at once (E-21).

    Only the reviewer signs; refuses `RECUSAL_DECLARATION_UNCLEAR`, `VERSION_CONFLICT`, `NOT_FOUND`.
    """
    reviewer = _locked(ctx, reviewer_id).reviewer
    if not is_own(ctx, reviewer):
        evaluation.readable(ctx, reviewer.campaign_id, "reviewer:read")
        raise Refusal("PERMISSION_MISSING", permission="assignment:score")
    last = declaration(ctx, reviewer_id)
    check_version(last.version, version)
    word = RecusalDeclaration(
        **audit.stamp(ctx), reviewer_id=reviewer.id, version=last.version + 1, **_word(ctx, body)
    )
    ctx.session.add(word)
    evaluation.noted(ctx, "reviewer.declared", word, reviewer.campaign_id, version=word.version)
    ctx.session.flush()
    assignments.set_aside(ctx, _one(ctx, reviewer_id))
    return DeclarationView(reviewer, word)


def is_own(ctx: Ctx, reviewer: Reviewer) -> bool:
    """Whether the caller is this reviewer, under any of their accounts."""
    mine = ctx.actor.person_id
    return mine is not None and reviewer.person_id in flow.same_person(ctx.session, mine)


def _views(ctx: Ctx, campaign_id: UUID) -> list[ReviewerView]:
    found = rows.of_campaign(ctx.session, campaign_id)
    declared = rows.declarations(ctx.session, [row.reviewer.id for row in found])
    loads = rows.loads(ctx.session, campaign_id)
    return [ReviewerView(row, declared.get(row.reviewer.id), loads.get(row.reviewer.id, 0)) for row in found]


def _one(ctx: Ctx, reviewer_id: UUID) -> ReviewerRow:
    found = rows.one(ctx.session, reviewer_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def _locked(ctx: Ctx, reviewer_id: UUID) -> ReviewerRow:
    found = rows.locked(ctx.session, reviewer_id)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def _home(ctx: Ctx, body: ReviewerHome) -> dict[str, Any]:
    home = ctx.session.get(Organization, body.home_organization_id)
    if home is None:
        raise Refusal("NOT_FOUND", "/home_organization_id")
    code = body.home_region_code or home.region_code
    if regions.on_day(ctx.session, code, ctx.now.astimezone(ctx.zone).date()) is None:
        raise Refusal("HOME_REGION_UNKNOWN", "/home_region_code", region=code)
    return {
        "home_org_id": home.id,
        "home_region_code": code,
        "case_limit": body.case_limit,
        "note": body.note,
    }


def _word(ctx: Ctx, body: RecusalDeclare) -> dict[str, Any]:
    said = bool(body.organization_ids or body.region_codes or body.relatives)
    if said is body.nothing_to_declare:
        raise Refusal("RECUSAL_DECLARATION_UNCLEAR", "/nothing_to_declare")
    named = [*body.organization_ids, *(one.organization_id for one in body.relatives)]
    if any(ctx.session.get(Organization, one) is None for one in named):
        raise Refusal("NOT_FOUND", "/organization_ids")
    return {
        "nothing_to_declare": body.nothing_to_declare,
        "organization_ids": [one.hex for one in body.organization_ids],
        "region_codes": list(body.region_codes),
        "relatives": [
            {"relation": one.relation, "organization_id": one.organization_id.hex} for one in body.relatives
        ],
        "signed_by": body.signed_by,
        "signed_on": ctx.now.astimezone(ctx.zone).date(),
    }
