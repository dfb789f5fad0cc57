"""A campaign that is evaluating, accepted cases of three buckets, and a bench of reviewers from all over the province."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.db.tables.campaigns import PlanStatus, QuotaBucket, QuotaPlan
from app.db.tables.evaluation import ReviewAssignment
from app.db.tables.nominations import Nomination, NominationText, ServiceWindow
from app.db.tables.places import Organization
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.ids import parsed, shown
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.services import audit, campaigns, nomination_routes
from app.services.context import Ctx
from tests.flow_cases import HANGZHOU, HOST, NINGBO, STATEMENT, UNITS, XIHU, Flow, Json, flow, made
from tests.plugins.service import Caller, Service

WENZHOU, SHAOXING, LISHUI = "330300", "330600", "331100"
YINZHOU = "330212"
DUE = "2026-10-30"
PLACES = {HANGZHOU: (2, False), NINGBO: (2, True), UNITS: (1, True)}
"""Award places of each bucket, and whether it competes for the ministry's pool."""
FULL = {
    f"C{c}.{i}": {"points": "2.5" if c == 2 else "4", "comment": ""}
    for c in range(1, 6)
    for i in range(1, 9 if c == 2 else 6)
}
"""The 28 items of the notice, all at their maximum."""


@dataclass
class Evaluation:
    """One campaign under evaluation."""

    flow: Flow
    reviewers: dict[str, Json] = field(default_factory=dict)

    @property
    def service(self) -> Service:
        return self.flow.service

    @property
    def url(self) -> str:
        return self.flow.url

    @property
    def office(self) -> Caller:
        return self.flow.office

    @property
    def second(self) -> Caller:
        """Another person of the office."""
        return self.service.person(Role.STEERING_OFFICE, HOST, "second-office")

    @property
    def member(self) -> Caller:
        return self.service.person(Role.STEERING_GROUP_MEMBER, HOST)

    def person(self, name: str, *more: Role) -> Caller:
        """Somebody appointed as reviewer at the host."""
        return self.service.person(Role.REVIEWER, HOST, name, *more)

    def registered(self, name: str, home: str, *more: Role, **changes: Any) -> Json:
        """A reviewer of the campaign who has not declared yet."""
        body = {
            "person_id": shown("per", self.person(name, *more).person_id),
            "home_organization_id": shown("org", self.service.organization(home).id),
        } | changes
        self.reviewers[name] = made(self.office("POST", f"{self.url}/reviewers", json=body))
        return self.reviewers[name]

    def declare(self, name: str, version: int = 0, **said: Any) -> Any:
        body = {"nothing_to_declare": not said, "signed_by": name} | said
        url = f"/reviewers/{self.reviewers[name]['id']}/recusal-declaration"
        return self.person(name)("PUT", url, json=body, version=version)

    def reviewer(self, name: str, home: str = WENZHOU, *more: Role, **changes: Any) -> Json:
        """A reviewer who has declared that nothing binds them."""
        found = self.registered(name, home, *more, **changes)
        made(self.declare(name))
        return found

    def bench(self, *names: str, home: str = WENZHOU) -> None:
        for name in names:
            self.reviewer(name, home)

    def case(self, sponsor: str = XIHU, stage: Stage = Stage.ACCEPTED, **changes: Any) -> str:
        """A case that has come to the host; `nom_…`."""
        place = self.service.organization(sponsor)
        host = self.service.organization(HOST)
        with self.service.system() as ctx:
            campaign = campaigns.campaign_of(ctx, self.flow.campaign_id)
            window = _window(ctx, place)
            ground = nomination_routes.ground(ctx, campaign, place.path)
            way = nomination_routes.way(campaigns.rules_of(ctx, campaign), window, ground)
            values: dict[str, Any] = {
                "route": way.route,
                "bucket_code": way.bucket_code,
                "own_level": way.own_level,
                "organizing_org_id": way.organising.id,
                "departments": way.stored,
                "level": Level.PROVINCIAL,
                "stage": stage,
                "holder_org_id": host.id,
                "prepared_by": "person:0",
                "statement": STATEMENT,
            } | changes
            nomination = Nomination(
                **audit.stamp(ctx),
                campaign_id=campaign.id,
                window_id=window.id,
                live_window_id=window.id,
                sponsor_org_id=place.id,
                sponsor_path=place.path,
                stage_since=ctx.now,
                **values,
            )
            ctx.session.add(nomination)
            ctx.session.flush()
            ctx.session.add(
                NominationText(
                    **audit.stamp(ctx), nomination_id=nomination.id, char_count=8, body="该窗口事迹材料。"
                )
            )
            ctx.noted += 1
            return shown("nom", nomination.id)

    def row(self, nomination: str) -> Nomination:
        with Session(self.service.plant.engine) as session:
            return session.get_one(Nomination, parsed("nom", nomination))

    def set(self, nomination: str, **values: Any) -> None:
        """Set columns of a case, as another act would have done."""
        with self.service.system() as ctx:
            row = ctx.session.get_one(Nomination, parsed("nom", nomination))
            for name, value in values.items():
                setattr(row, name, value)
            ctx.noted += 1

    def give(self, nomination: str, name: str) -> Any:
        body = {
            "nomination_id": nomination,
            "reviewer_id": self.reviewers[name]["id"],
            "due_on": DUE,
            "reason": "熟悉经办业务",
        }
        return self.office("POST", f"{self.url}/assignments", json=body)

    def given(self, nomination: str, name: str) -> Json:
        return made(self.give(nomination, name))

    def open(self, *nominations: str) -> list[Json]:
        body = {"nomination_ids": list(nominations)} if nominations else {}
        answer = self.office("POST", f"{self.url}/evaluation-openings", json=body)
        items: list[Json] = made(answer)["items"]
        return items

    def lock(self, *nominations: str) -> list[Json]:
        body = {"nomination_ids": list(nominations)} if nominations else {}
        items: list[Json] = made(self.office("POST", f"{self.url}/score-locks", json=body))["items"]
        return items

    def run(self, **changes: Any) -> Json:
        body = {"due_on": DUE, "seed": "2026"} | changes
        return made(self.office("POST", f"{self.url}/assignment-runs", json=body))

    def assignments(self, **query: str) -> list[Json]:
        items: list[Json] = self.office("GET", f"{self.url}/assignments", params=query).json()["items"]
        return items

    def assignment(self, nomination: str, name: str) -> Json:
        """The live assignment of this reviewer, as the reviewer sees it."""
        found = self.assignments(nomination_id=nomination, reviewer_id=self.reviewers[name]["id"])
        return next(one for one in found if one["status"] != "VOID")

    def sheet(self, nomination: str, name: str) -> Json:
        return made(self.person(name)("GET", f"/assignments/{self.assignment(nomination, name)['id']}/sheet"))

    def save(self, nomination: str, name: str, entries: Json | None = None, /, **points: str) -> Any:
        """Save the full sheet, some items at other points: `C1_1="3.5"`; low points get a comment."""
        sheet = self.sheet(nomination, name)
        typed = FULL | {code.replace("_", "."): _entry(value) for code, value in points.items()}
        url = f"/assignments/{sheet['assignment_id']}/sheet"
        body = {"entries": typed if entries is None else entries}
        return self.person(name)("PUT", url, json=body, version=sheet["etag"])

    def submit(self, nomination: str, name: str) -> Any:
        sheet = self.sheet(nomination, name)
        url = f"/assignments/{sheet['assignment_id']}/submissions"
        return self.person(name)("POST", url, version=sheet["etag"])

    def scored(self, nomination: str, name: str, **points: str) -> Json:
        """Saved and submitted."""
        made(self.save(nomination, name, None, **points))
        return made(self.submit(nomination, name))

    def evaluated(self, nomination: str, **lost: str) -> None:
        """Every reviewer named submits 100 less what is said (`一="0.5"`), and the scores are locked."""
        for name, less in lost.items():
            self.scored(nomination, name, **taking(less))
        assert [one["blockers"] for one in self.lock(nomination)] == [[]]

    def status(self, assignment: Json) -> ReviewAssignment:
        with Session(self.service.plant.engine) as session:
            return session.get_one(ReviewAssignment, parsed("asg", assignment["id"]))


def taking(less: str) -> dict[str, str]:
    """Points for a sheet that loses this much, item by item of the first and third criterion."""
    left, points = Decimal(less), {}
    for code in (f"C{c}_{i}" for c in (1, 3, 4, 5) for i in range(1, 6)):
        taken = min(left, Decimal(4))
        left -= taken
        points[code] = str(4 - taken)
    assert left == 0
    return points


def _entry(points: str) -> Json:
    return {"points": points, "comment": "材料不全" if Decimal(points) <= Decimal("1.6") else ""}


_NUMBERS = iter(range(1, 1_000_000))


def evaluation(service: Service) -> Evaluation:
    """The campaign is evaluating; its confirmed allocation has three buckets and two places in the ministry's pool."""
    found = Evaluation(flow(service))
    found.flow.change(stage=CampaignStage.EVALUATING)
    with service.system() as ctx:
        _plan(ctx, found.flow.campaign_id)
        ctx.noted += 1
    return found


def under_evaluation(
    service: Service, sponsor: str = XIHU, names: tuple[str, ...] = ("一", "二", "三")
) -> tuple[Evaluation, str]:
    """One case that three reviewers of Wenzhou score."""
    found = evaluation(service)
    found.bench(*names)
    nomination = found.case(sponsor)
    assert [one["done"] for one in found.open()] == [True]
    for name in names:
        found.given(nomination, name)
    return found, nomination


def _window(ctx: Ctx, place: Organization) -> ServiceWindow:
    window = ServiceWindow(
        **audit.stamp(ctx),
        name=f"服务大厅{next(_NUMBERS)}",
        sponsor_org_id=place.id,
        region_code=place.region_code,
        address="文三路 1 号",
        window_type="SOCIAL_INSURANCE",
        affiliation_level=place.affiliation_level,
        in_labor_system=True,
        serves_public_directly=True,
    )
    ctx.session.add(window)
    ctx.session.flush()
    return window


def _plan(ctx: Ctx, campaign_id: UUID) -> None:
    plan = QuotaPlan(
        **audit.stamp(ctx),
        campaign_id=campaign_id,
        status=PlanStatus.CONFIRMED,
        provincial_total=5,
        ministry_total=2,
        ministry_pool=2,
    )
    ctx.session.add(plan)
    ctx.session.flush()
    ctx.session.add_all(
        QuotaBucket(
            **audit.stamp(ctx),
            plan_id=plan.id,
            code=code,
            name=code,
            provincial_places=places,
            nomination_limit=places + 2,
            pool_eligible=eligible,
        )
        for code, (places, eligible) in PLACES.items()
    )
