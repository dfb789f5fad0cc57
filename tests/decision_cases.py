"""A campaign whose cases the two bodies decide: scored windows of several cities, places, ranks, two recorders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.db.tables.campaigns import (
    Campaign,
    CampaignDocument,
    CampaignRules,
    DocumentKind,
    PlanStatus,
    QuotaBucket,
    QuotaPlan,
)
from app.db.tables.nominations import Nomination, ServiceWindow
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.ids import shown
from app.domain.nomination import Stage
from app.domain.quota import Bucket, Plan, SeatKind
from app.packs import loading
from app.services import audit, quota_seats, seats
from app.services.context import Ctx
from tests.plugins.service import Caller, Service

HANGZHOU, NINGBO, WENZHOU = "330100", "330200", "330300"
FIRST = {"should_attend": 9, "attended": 9}
YES = {"votes_for": 8, "votes_against": 1, "abstained": 0, "result": "APPROVED"}
NO = {"votes_for": 3, "votes_against": 6, "abstained": 0, "result": "REJECTED"}
LATER = {"votes_for": 0, "votes_against": 0, "abstained": 0, "result": "DEFERRED"}


@dataclass
class Decisions:
    """One campaign before its bodies."""

    service: Service
    campaign_id: UUID
    nominations: list[UUID]
    host: str = "ZJ"
    names: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def office(self) -> Caller:
        return self.service.person(Role.STEERING_OFFICE, self.host)

    @property
    def second(self) -> Caller:
        """Another officer of the same office."""
        return self.service.person(Role.STEERING_OFFICE, self.host, f"second-{self.host}")

    @property
    def recorder(self) -> Caller:
        return self.service.person(Role.PARTY_GROUP_RECORDER, self.host)

    def url(self, tail: str = "meetings") -> str:
        return f"/campaigns/{shown('cmp', self.campaign_id)}/{tail}"

    def nom(self, index: int) -> str:
        return shown("nom", self.nominations[index])

    def stage(self, index: int) -> Stage:
        with Session(self.service.plant.engine) as session:
            return session.get_one(Nomination, self.nominations[index]).stage

    def stages(self) -> list[Stage]:
        return [self.stage(index) for index in range(len(self.nominations))]

    def usage(self) -> dict[str, dict[SeatKind, seats.Usage]]:
        with self.service.system() as ctx:
            return seats.usage(ctx, self.campaign_id)

    def votes(self, votes: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{"nomination_id": self.nom(index), **vote} for index, vote in votes.items()]

    def drafted(self, purpose: str, items: Sequence[Mapping[str, Any]], **changes: Any) -> Any:
        body = {
            "purpose": purpose,
            "held_on": "2026-06-30",
            "minutes_no": "纪要〔2026〕7号",
            **FIRST,
            "items": list(items),
        } | changes
        return self.office("POST", self.url(), json=body)

    def move(self, who: Caller, meeting: Mapping[str, Any], action: str, **body: Any) -> Any:
        url = f"/meetings/{meeting['id']}/transitions"
        return who("POST", url, json={"action": action, **body}, version=meeting["etag"])

    def recorded(self, purpose: str, items: Sequence[Mapping[str, Any]], **changes: Any) -> dict[str, Any]:
        meeting = self.drafted(purpose, items, **changes)
        assert meeting.status_code == 201, meeting.text
        answer = self.move(self.office, meeting.json(), "RECORD")
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def confirmed(self, purpose: str, items: Sequence[Mapping[str, Any]], **changes: Any) -> dict[str, Any]:
        answer = self.move(self.second, self.recorded(purpose, items, **changes), "CONFIRM")
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def decide(self, purpose: str, votes: Mapping[int, Mapping[str, Any]], **changes: Any) -> dict[str, Any]:
        return self.confirmed(purpose, self.votes(votes), **changes)

    def determined(self, *indexes: int) -> None:
        """These cases passed by both bodies."""
        wanted = indexes or tuple(range(len(self.nominations)))
        for purpose in ("REVIEW", "DETERMINATION"):
            self.decide(purpose, {index: {**YES, "reason": "集体研究决定。"} for index in wanted})


def with_rules(service: Service, campaign_id: UUID, change: Callable[[dict[str, Any]], None]) -> None:
    """The next version of the campaign's rules, changed."""
    with service.system() as ctx:
        campaign = ctx.session.get_one(Campaign, campaign_id)
        rules = loading.as_json(loading.load(campaign.pack_code))
        change(rules)
        campaign.rules_version += 1
        version = campaign.rules_version
        ctx.session.add(
            CampaignRules(**audit.stamp(ctx), campaign_id=campaign_id, version=version, rules=rules)
        )
        ctx.noted += 1


def decisions(
    service: Service,
    places: Mapping[str, int] | None = None,
    cases: Mapping[str, int] | None = None,
    **more: Any,
) -> Decisions:
    """A determining campaign: `places` of each bucket, `cases` of each bucket scored, in the order of their rank."""
    allotted = places or {HANGZHOU: 2, WENZHOU: 1}
    campaign_id = _campaign(service, allotted, **more)
    host = more.get("host", "ZJ")
    made = [
        _case(service, campaign_id, bucket, number + 1, host, more.get("pack", "provincial-windows"))
        for bucket, count in (cases or {HANGZHOU: 2, WENZHOU: 2}).items()
        for number in range(count)
    ]
    return Decisions(service, campaign_id, made, host)


def _campaign(
    service: Service,
    places: Mapping[str, int],
    *,
    pack: str = "provincial-windows",
    host: str = "ZJ",
    fixed: Mapping[str, int] | None = None,
    pool: int = 0,
    stage: CampaignStage = CampaignStage.DETERMINING,
    code: str = "zj2026",
    parent: UUID | None = None,
) -> UUID:
    rules, own = loading.load(pack), fixed or {}
    with service.system() as ctx:
        campaign = Campaign(
            **audit.stamp(ctx),
            code=code,
            title=rules.identity.title_zh,
            host_organization_id=service.organization(host).id,
            pack_code=pack,
            parent_campaign_id=parent,
            stage=stage,
            ministry_due_on=date(2026, 7, 31),
            award_period_start_year=2024,
            award_period_end_year=2026,
        )
        ctx.session.add(campaign)
        ctx.session.flush()
        of = {"campaign_id": campaign.id, **audit.stamp(ctx)}
        ctx.session.add(CampaignRules(**of, version=1, rules=loading.as_json(rules)))
        ctx.session.add(
            CampaignDocument(
                **of,
                kind=DocumentKind.OPENING_DECISION,
                title="会议纪要",
                document_no="1",
                issuer="厅党组",
                issued_on=ctx.now.date(),
            )
        )
        _plan(ctx, campaign.id, places, own, pool)
        ctx.noted += 1
        return campaign.id


def _plan(
    ctx: Ctx, campaign_id: UUID, places: Mapping[str, int], fixed: Mapping[str, int], pool: int
) -> None:
    """The confirmed allocation and its seats; who has fixed places stays outside the pool."""
    buckets = [
        Bucket(code, count, count + 5, fixed.get(code, 0), pool > 0 and code not in fixed)
        for code, count in places.items()
    ]
    total = sum(places.values())
    plan = QuotaPlan(
        **audit.stamp(ctx),
        campaign_id=campaign_id,
        status=PlanStatus.CONFIRMED,
        provincial_total=total,
        ministry_total=sum(fixed.values()) + pool,
        ministry_pool=pool,
    )
    ctx.session.add(plan)
    ctx.session.flush()
    ctx.session.add_all(
        QuotaBucket(**audit.stamp(ctx), plan_id=plan.id, name=one.code, **vars(one)) for one in buckets
    )
    quota_seats.materialise(ctx, campaign_id, Plan(total, plan.ministry_total, pool, tuple(buckets)))


def _case(service: Service, campaign_id: UUID, bucket: str, rank: int, host: str, pack: str) -> UUID:
    """A scored window of the city, or of the county in a city's own campaign."""
    unit = service.organization(bucket if bucket.isdigit() else "ZJ-SI")
    top = service.organization(host)
    route = next(r for r in loading.load(pack).routing.routes if r.organising_level == unit.level)
    with service.system() as ctx:
        window = ServiceWindow(
            **audit.stamp(ctx),
            name=f"{unit.name}窗口{rank}-{campaign_id.hex[-4:]}",
            sponsor_org_id=unit.id,
            region_code=unit.region_code,
            address="文三路1号",
            window_type="SOCIAL_INSURANCE",
            affiliation_level=unit.affiliation_level,
            in_labor_system=True,
            serves_public_directly=True,
        )
        ctx.session.add(window)
        ctx.session.flush()
        nomination = Nomination(
            **audit.stamp(ctx),
            campaign_id=campaign_id,
            window_id=window.id,
            live_window_id=window.id,
            route=route.code,
            bucket_code=bucket,
            sponsor_org_id=unit.id,
            sponsor_path=unit.path,
            organizing_org_id=unit.id,
            own_level=unit.level,
            level=top.level,
            departments={unit.level.value: str(unit.id), top.level.value: str(top.id)},
            stage=Stage.EVALUATED,
            stage_since=ctx.now,
            holder_org_id=top.id,
            prepared_by="person:0",
            rank_in_bucket=rank,
            statement="服务规范，示范作用明显。",
        )
        ctx.session.add(nomination)
        ctx.noted += 1
        ctx.session.flush()
        return nomination.id
