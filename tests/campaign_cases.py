"""A campaign set up and opened as an office does it: over the API, by two persons, from the pack to the opening."""

from dataclasses import dataclass
from typing import Any

from app.domain.access import Role
from app.domain.ids import shown
from tests.plugins.service import Caller, Service

PAPERS = (
    ("BASIS", "关于开展优质服务窗口评选表彰活动的通知", "劳社部函〔2026〕153号", "劳动和社会保障部"),
    (
        "APPROVAL_BASIS",
        "关于同意开展评比表彰项目的批复",
        "国评组函〔2026〕12号",
        "全国评比达标表彰工作协调小组",
    ),
    ("OPENING_DECISION", "厅党组会议纪要", "浙劳社党纪〔2026〕5号", "厅党组"),
)
DATES = {
    "award_period_start_year": 2024,
    "award_period_end_year": 2026,
    "planned_award_on": "2026-12-28",
    "contacts_due_on": "2026-07-10",
    "materials_due_on": "2026-09-30",
    "ministry_due_on": "2026-11-20",
}


@dataclass
class Desk:
    """The office of one campaign: who prepares, who confirms, and the calls both make."""

    service: Service
    office: Caller
    second: Caller
    campaign_id: str

    def __call__(self, method: str, path: str = "", **kwargs: Any) -> Any:
        return self.office(method, f"/campaigns/{self.campaign_id}{path}", **kwargs)

    def got(self, method: str, path: str = "", **kwargs: Any) -> dict[str, Any]:
        """The answer of a call that must succeed."""
        answer = self(method, path, **kwargs)
        assert answer.status_code < 300, answer.text
        made: dict[str, Any] = answer.json()
        return made

    @property
    def etag(self) -> str:
        return str(self.got("GET")["etag"])

    def edit(self, **changes: Any) -> Any:
        return self("PATCH", json=changes, version=self.etag)

    def paper(self, kind: str, title: str, number: str, issuer: str) -> dict[str, Any]:
        body = {
            "kind": kind,
            "title": title,
            "document_no": number,
            "issuer": issuer,
            "issued_on": "2026-05-20",
        }
        return self.got("POST", "/documents", json=body)

    def act(self, action: str, **body: Any) -> Any:
        return self("POST", "/transitions", json={"action": action, **body}, version=self.etag)

    def confirm(self, plan: dict[str, Any], who: Caller | None = None) -> Any:
        url = f"/quota-plans/{plan['id']}/transitions"
        return (who or self.second)("POST", url, json={"action": "CONFIRM"}, version=plan["etag"])


def drafted(service: Service, **changes: Any) -> Desk:
    """A fresh campaign of the department from the provincial pack: nothing but a draft."""
    office = service.person(Role.STEERING_OFFICE, "ZJ")
    second = service.person(Role.STEERING_OFFICE, "ZJ", "second-office")
    body = {
        "code": "windows-2026",
        "pack_code": "provincial-windows",
        "host_organization_id": shown("org", service.organization("ZJ").id),
    } | changes
    answer = office("POST", "/campaigns", json=body)
    assert answer.status_code == 201, answer.text
    return Desk(service, office, second, answer.json()["id"])


def ready(service: Service, **changes: Any) -> Desk:
    """Papers, dates and a confirmed sample allocation are there; no step has been taken."""
    desk = drafted(service, **changes)
    for paper in PAPERS:
        desk.paper(*paper)
    assert desk.edit(**DATES).status_code == 200
    plan = desk.got("POST", "/quota-plans/samples", json={})
    assert desk.confirm(plan).status_code == 200
    return desk


def desk(service: Service, **changes: Any) -> Desk:
    """A campaign that has been opened for nominations."""
    opening = ready(service, **changes)
    for action in ("RECORD_DECISION", "CONFIGURE", "OPEN"):
        answer = opening.act(action)
        assert answer.status_code == 200, answer.text
    return opening


def opened(service: Service, **changes: Any) -> str:
    """The public identifier (`cmp_…`) of a campaign open for nominations, all cities taking part."""
    return desk(service, **changes).campaign_id
