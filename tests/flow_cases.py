"""An open campaign on the provincial pack, and nominations driven through the API by the right people.

f = flow(service)                            # open until 30 September 2026
one = f.at(Stage.RECOMMENDED)                # of Xihu county, Hangzhou; f.at(stage, NINGBO), f.at(stage, UNIT) …
one.act(one.approver, "FILE")                # the answer; one.step(…) insists that it goes
two = f.at(Stage.SUBMITTED, level="MUNICIPAL")
"""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col

from app.db.tables.campaigns import BodyKind, Campaign, CampaignRules, LocalBody, Participant, QuotaSeat
from app.db.tables.people import AccessToken, ApiClient
from app.domain.access import Role
from app.domain.calendar import ends_at
from app.domain.campaign import CampaignStage
from app.domain.ids import shown
from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.packs import loading
from app.services import audit, campaign_setup, campaigns, identity
from app.services.context import Ctx
from app.services.inputs.campaigns import CampaignCreate
from tests.flow_steps import Json, Moving, good
from tests.plugins.service import Caller, Service

__all__ = [
    "HANGZHOU",
    "HOST",
    "NINGBO",
    "STATEMENT",
    "UNIT",
    "XIHU",
    "YUHANG",
    "Flow",
    "Json",
    "code",
    "codes",
    "flow",
    "made",
    "record_bodies",
]

HOST, HANGZHOU, XIHU, YUHANG, NINGBO, UNIT = "ZJ", "330100", "330106", "330110", "330200", "ZJ-SI"
UNITS = "PROVINCIAL_UNITS"
DUE = date(2026, 9, 30)
STATEMENT = "该窗口推行一窗受理、即时办结，首问负责、延时服务和上门代办的做法已在全市推广，群众满意率居全市首位，示范作用明显。"


@dataclass
class Flow:
    """One open campaign of the department, with claims for three nominations in each bucket it fills."""

    service: Service
    campaign_id: UUID

    @property
    def url(self) -> str:
        return f"/campaigns/{shown('cmp', self.campaign_id)}"

    def filer(self, sponsor: str = XIHU) -> Caller:
        return self.service.person(Role.WINDOW_FILER, sponsor)

    def officer(self, at: str = XIHU) -> Caller:
        return self.service.person(Role.REVIEWING_OFFICER, at)

    def approver(self, at: str = HANGZHOU) -> Caller:
        return self.service.person(Role.APPROVING_OFFICER, at)

    @property
    def office(self) -> Caller:
        return self.service.person(Role.STEERING_OFFICE, HOST)

    def window(self, sponsor: str = XIHU, **changes: Any) -> Json:
        """A window registered by its sponsor's filer; of a kind that fits the sponsor's level."""
        place = self.service.organization(sponsor)
        body = {
            "sponsor_id": shown("org", place.id),
            "name": f"社会保险服务大厅{os.getpid()}-{next(_NUMBERS)}",
            "region_code": place.region_code,
            "address": "文三路 1 号",
            "window_type": "SOCIAL_INSURANCE",
            "affiliation_level": place.affiliation_level,
            "in_labor_system": True,
            "serves_public_directly": True,
        } | changes
        return made(self.filer(sponsor)("POST", "/windows", json=body))

    def draft(self, sponsor: str = XIHU, window: Json | None = None, **changes: Any) -> Json:
        """A draft by the sponsor's filer."""
        window = window or self.window(sponsor)
        body = {"window_id": window["id"], "statement": STATEMENT} | changes
        return made(self.filer(sponsor)("POST", f"{self.url}/nominations", json=body))

    def nomination(self, sponsor: str = XIHU, **changes: Any) -> Moving:
        """A draft, ready to be moved."""
        return self.moving(self.draft(sponsor, **changes), sponsor)

    def moving(self, draft: Json, sponsor: str = XIHU) -> Moving:
        """The same for a draft that was made otherwise."""
        return Moving(self, draft["id"], sponsor, _departments(sponsor))

    def at(self, stage: Stage, sponsor: str = XIHU, level: str = "") -> Moving:
        """A nomination of this sponsor, driven up the straight way to the stage."""
        return self.nomination(sponsor).to(stage, level)

    def publish(self, cases: Sequence[Moving]) -> Json:
        """One notice of their organising unit over all of them, published by the approver."""
        first = cases[0]
        text = {
            "title": "优质服务窗口推荐对象公示",
            "basis": "浙劳社〔2026〕1号",
            "channels": [{"channel": "WEBSITE", "detail": "市局网站"}],
            "contact_office": "市局监察室",
            "contact_phone": "0571-85110000",
            "items": [{"nomination_id": one.id, "merits": "群众满意率高。"} for one in cases],
        }
        notice = good(self.officer(first.organising)("POST", f"{self.url}/notices", json=text))
        for action in ("REVIEW", "PUBLISH"):
            url = f"/notices/{notice['id']}/transitions"
            notice = good(first.approver("POST", url, json={"action": action}, version=notice["etag"]))
        return notice

    def change(self, **values: Any) -> None:
        """Set columns of the campaign, as its own operations would have done."""
        with self.service.system() as ctx:
            campaign = ctx.session.get_one(Campaign, self.campaign_id)
            for name, value in values.items():
                setattr(campaign, name, value)
            ctx.noted += 1

    def rules(self, **sections: Json) -> None:
        """Change fields of sections of the rules, as a new version of them would."""
        with self.service.system() as ctx:
            campaign = ctx.session.get_one(Campaign, self.campaign_id)
            now = loading.as_json(campaigns.rules_of(ctx, campaign))
            changed = now | {name: now[name] | values for name, values in sections.items()}
            campaign.rules_version += 1
            of: Json = {"campaign_id": campaign.id, "version": campaign.rules_version, **audit.stamp(ctx)}
            ctx.session.add(CampaignRules(**of, rules=changed, frozen_at=ctx.now))
            ctx.noted += 1

    def client(self, at: str, *scopes: str) -> Caller:
        """A municipal system of this organisation, with a token of these scopes."""
        unit, token = self.service.organization(at), secrets.token_urlsafe(24)
        with self.service.system() as ctx:
            client = ApiClient(
                **audit.stamp(ctx),
                name=at,
                organization_id=unit.id,
                source=f"s-{secrets.token_hex(4)}",
                scopes=list(scopes),
            )
            ctx.session.add(client)
            ctx.session.flush()
            far = ctx.now + timedelta(days=3650)
            ctx.session.add(
                AccessToken(
                    token_hash=identity.secret_hash(token),
                    created_at=ctx.now,
                    expires_at=far,
                    client_id=client.id,
                )
            )
            ctx.noted += 1
        return Caller(self.service.client, UUID(int=0), token, "")

    def alleged(self, one: Moving) -> Json:
        """An allegation that holds the case."""
        body = {"veto_code": self.veto, "source": "纪检监察部门通报", "fact_on": "2026-05-01"}
        discipline = self.service.person(Role.DISCIPLINE_OFFICER, HOST)
        return made(discipline("POST", f"{one.url}/veto-findings", json=body))

    @property
    def veto(self) -> str:
        """The first veto item in force."""
        return loading.load("provincial-windows").vetoes.enabled[0].code

    def without_participant(self, code: str) -> None:
        """Take an organisation off the list of participants."""
        self._without(Participant, code)

    def without_bodies(self, code: str) -> None:
        """As if the locality had not reported its leading body and working office."""
        self._without(LocalBody, code)

    def late(self, code: str, until: date = date(2026, 10, 15)) -> None:
        """The office accepts late filings of this unit (E-18)."""
        body = {
            "organization_id": shown("org", self.service.organization(code).id),
            "until_on": until.isoformat(),
            "reason": "台风影响。",
            "document_no": "浙劳社函〔2026〕9号",
        }
        made(self.office("POST", f"{self.url}/late-acceptances", json=body))

    def _without(self, table: type[Participant | LocalBody], code: str) -> None:
        unit = self.service.organization(code)
        with self.service.system() as ctx:
            ctx.session.connection().execute(delete(table).where(col(table.organization_id) == unit.id))
            ctx.noted += 1


_NUMBERS = iter(range(1, 1_000_000))
"""Beside the process's own number: a database that another worker began is gone on with here (`tests/plugins/whole.py`)."""


def flow(service: Service, claims: int = 3, places: int = 3, code: str = "youzhi-2026") -> Flow:
    """The campaign is open until 30 September 2026; Hangzhou, Ningbo and the provincial units have claims and bodies."""
    host, *cities = (service.organization(code) for code in (HOST, HANGZHOU, NINGBO))
    with service.system() as ctx:
        campaign = campaigns.create(
            ctx,
            CampaignCreate(pack_code="provincial-windows", code=code, host_organization_id=host.id),
        )
        campaign.stage = CampaignStage.OPEN
        campaign_setup.freeze(ctx, campaign)
        campaign.award_period_start_year, campaign.award_period_end_year = 2024, 2026
        campaign.materials_due_on, campaign.materials_end_at = DUE, ends_at(DUE, ctx.zone)
        for bucket in (HANGZHOU, NINGBO, UNITS):
            _seats(ctx, campaign, bucket, {SeatKind.NOMINATION: claims, SeatKind.PROVINCIAL: places})
        for unit in (host, *cities):
            _bodies(ctx, campaign, unit.id)
        return Flow(service, campaign.id)


def record_bodies(f: Flow, *units: str) -> None:
    """The leading body and the working office of these localities, as they would have reported them."""
    places = [f.service.organization(code) for code in units]
    with f.service.system() as ctx:
        campaign = ctx.session.get_one(Campaign, f.campaign_id)
        for place in places:
            _bodies(ctx, campaign, place.id)
        ctx.noted += 1


def made(answer: Any) -> Json:
    """The body of an answer that must have gone well."""
    return good(answer)


def code(answer: Any) -> str:
    """The code a call was refused with."""
    assert answer.status_code >= 400, answer.text
    return str(answer.json()["code"])


def codes(answer: Any) -> list[str]:
    """Every reason a call was refused for."""
    assert answer.status_code >= 400, answer.text
    return [one["code"] for one in answer.json()["errors"]]


def _departments(sponsor: str) -> dict[str, str]:
    """The levels a nomination of this sponsor passes, with the code of each department."""
    if not sponsor.isdigit():
        return {"PROVINCIAL": HOST}
    city = f"{sponsor[:4]}00"
    return {"MUNICIPAL": city} if sponsor == city else {"COUNTY": sponsor, "MUNICIPAL": city}


def _seats(ctx: Ctx, campaign: Campaign, bucket: str, counts: dict[SeatKind, int]) -> None:
    of = {"campaign_id": campaign.id, "bucket_code": bucket, **audit.stamp(ctx)}
    for kind, count in counts.items():
        ctx.session.add_all(QuotaSeat(**of, kind=kind, track=kind.track, seq=n + 1) for n in range(count))


def _bodies(ctx: Ctx, campaign: Campaign, organization_id: UUID) -> None:
    for kind in BodyKind:
        ctx.session.add(
            LocalBody(
                **audit.stamp(ctx),
                campaign_id=campaign.id,
                organization_id=organization_id,
                kind=kind,
                name="评选表彰工作组",
                head_name="王珏",
                head_post="副局长",
                phone="0571-85110000",
                reported_at=ctx.now,
            )
        )
