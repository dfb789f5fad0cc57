"""A campaign with cleared nominations of Hangzhou, notices over them, and the people who handle both."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from app.db.tables.campaigns import Campaign, CampaignDocument, CampaignRules, DocumentKind
from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.places import Organization
from app.domain.access import Role
from app.domain.campaign import CampaignStage
from app.domain.ids import parsed, shown
from app.domain.levels import Level
from app.domain.nomination import Stage
from app.packs import loading
from app.packs.schema import CampaignRules as Rules
from app.services import audit
from app.services.context import Ctx
from tests.plugins.service import Caller, Service

HANGZHOU, XIHU = "330100", "330106"


@dataclass
class Case:
    """One campaign at work."""

    service: Service
    campaign_id: UUID
    nominations: list[UUID]

    @property
    def drafter(self) -> Caller:
        return self.service.person(Role.REVIEWING_OFFICER, HANGZHOU)

    @property
    def approver(self) -> Caller:
        return self.service.person(Role.APPROVING_OFFICER, HANGZHOU)

    @property
    def discipline(self) -> Caller:
        return self.service.person(Role.DISCIPLINE_OFFICER, "ZJ")

    @property
    def public(self) -> Caller:
        """Anybody: the same client without a token."""
        return Caller(self.service.client, UUID(int=0), "", "")

    def stage(self, index: int = 0) -> Stage:
        with Session(self.service.plant.engine) as session:
            found = session.get(Nomination, self.nominations[index])
            assert found
            return found.stage

    def draft(self, **changes: Any) -> dict[str, Any]:
        url = f"/campaigns/{shown('cmp', self.campaign_id)}/notices"
        answer = self.drafter("POST", url, json=self.text(**changes))
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def text(self, **changes: Any) -> dict[str, Any]:
        items = [{"nomination_id": shown("nom", one), "merits": "群众满意率高。"} for one in self.nominations]
        return {
            "title": "优质服务窗口推荐对象公示",
            "basis": "浙劳社〔2026〕1号",
            "channels": [{"channel": "WEBSITE", "detail": "市局网站"}],
            "contact_office": "市局监察室",
            "contact_phone": "0571-85110000",
            "items": items,
        } | changes

    def move(self, who: Caller, notice: dict[str, Any], **body: Any) -> Any:
        return who("POST", f"/notices/{notice['id']}/transitions", json=body, version=notice["etag"])

    def published(self, **changes: Any) -> dict[str, Any]:
        notice = self.draft(**changes)
        for action in ("REVIEW", "PUBLISH"):
            answer = self.move(self.approver, notice, action=action)
            assert answer.status_code == 200, answer.text
            notice = answer.json()
        return notice

    def objection(self, notice: dict[str, Any], index: int = 0, /, **changes: Any) -> Any:
        body = {
            "item_id": notice["items"][index]["id"],
            "identity_kind": "ANONYMOUS",
            "has_leads": True,
            "content": "该窗口申报的群众满意率与实际不符。",
        } | changes
        return self.anybody("POST", f"/public/notices/{notice['id']}/objections", json=body)

    def anybody(self, method: str, url: str, **kwargs: Any) -> Any:
        headers = kwargs.pop("headers", {})
        if method == "POST":
            headers = {
                "Idempotency-Key": UUID(int=len(self.service.people) << 64 | next(_KEYS)).hex
            } | headers
        return self.service.client.request(method, f"/api/v1{url}", headers=headers, **kwargs)

    def recorded(self, notice: dict[str, Any], index: int = 0, /, **changes: Any) -> dict[str, Any]:
        body = {
            "item_id": notice["items"][index]["id"],
            "identity_kind": "NAMED_INDIVIDUAL",
            "objector_name": "秦香莲",
            "objector_contact": "0571-85119999",
            "has_leads": True,
            "channel": "PHONE",
            "content": "该窗口申报的群众满意率与实际不符。",
        } | changes
        answer = self.discipline("POST", "/objections", json=body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def handle(self, who: Caller, objection: dict[str, Any], **body: Any) -> Any:
        return who("POST", f"/objections/{objection['id']}/transitions", json=body, version=objection["etag"])

    def through(self, objection: dict[str, Any], *bodies: dict[str, Any]) -> dict[str, Any]:
        for body in bodies:
            answer = self.handle(self.discipline, objection, **body)
            assert answer.status_code == 200, answer.text
            objection = answer.json()
        return objection

    def concluded(self, objection: dict[str, Any], result: str) -> dict[str, Any]:
        return self.through(
            objection,
            {"action": "ASSIGN", "handler_id": shown("per", self.discipline.person_id)},
            {"action": "ACCEPT"},
            {"action": "INVESTIGATE"},
            {"action": "CONCLUDE", "result": result, "finding": "已核查。"},
        )


_KEYS = iter(range(1, 1_000_000))


def case(service: Service, count: int = 2) -> Case:
    """An open campaign on the provincial pack with `count` nominations of Hangzhou, cleared for notice."""
    rules = loading.load("provincial-windows")
    city, county, host = (service.organization(code) for code in (HANGZHOU, XIHU, "ZJ"))
    with service.system() as ctx:
        campaign = Campaign(
            **audit.stamp(ctx),
            code="c1",
            title="优质服务窗口评选",
            host_organization_id=host.id,
            pack_code="provincial-windows",
            stage=CampaignStage.OPEN,
            ministry_due_on=date(2026, 11, 20),
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
                title="厅党组会议纪要",
                document_no="1",
                issuer="厅党组",
                issued_on=date(2026, 6, 1),
            )
        )
        made = [_cleared(ctx, campaign, rules, number, city, county) for number in range(count)]
        ctx.noted += 1
        return Case(service, campaign.id, made)


def within(service: Service, campaign_id: str, count: int = 1) -> Case:
    """`count` more cleared nominations of Hangzhou in a campaign that is there already."""
    rules = loading.load("provincial-windows")
    city, county = (service.organization(code) for code in (HANGZHOU, XIHU))
    with service.system() as ctx:
        campaign = ctx.session.get_one(Campaign, parsed("cmp", campaign_id))
        first = len(ctx.session.exec(select(ServiceWindow.id)).all())
        made = [_cleared(ctx, campaign, rules, first + n, city, county) for n in range(count)]
        ctx.noted += 1
        return Case(service, campaign.id, made)


def _cleared(
    ctx: Ctx, campaign: Campaign, rules: Rules, number: int, city: Organization, county: Organization
) -> UUID:
    window = ServiceWindow(
        **audit.stamp(ctx),
        name=f"社会保险服务窗口{number}",
        sponsor_org_id=county.id,
        region_code=XIHU,
        address="文三路1号",
        window_type=rules.scope.types[0].code,
        affiliation_level="50",
        in_labor_system=True,
        serves_public_directly=True,
    )
    ctx.session.add(window)
    ctx.session.flush()
    nomination = Nomination(
        **audit.stamp(ctx),
        campaign_id=campaign.id,
        window_id=window.id,
        live_window_id=window.id,
        route=rules.routing.routes[0].code,
        bucket_code=HANGZHOU,
        sponsor_org_id=county.id,
        sponsor_path=county.path,
        organizing_org_id=city.id,
        own_level=Level.COUNTY,
        level=Level.MUNICIPAL,
        departments={
            "COUNTY": str(county.id),
            "MUNICIPAL": str(city.id),
            "PROVINCIAL": str(campaign.host_organization_id),
        },
        stage=Stage.CLEARED,
        stage_since=ctx.now,
        holder_org_id=city.id,
        prepared_by="person:0",
        statement="服务规范，示范作用明显。",
    )
    ctx.session.add(nomination)
    ctx.session.flush()
    return nomination.id
