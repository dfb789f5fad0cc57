"""A municipal system that pushes nominations in an open campaign."""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, func, select

from app.db.tables.nominations import Nomination
from app.db.tables.system import AuditEvent, Event
from app.domain.ids import parsed
from app.packs import loading
from tests.flow_cases import HANGZHOU, STATEMENT, XIHU, Flow, Json, flow
from tests.flow_steps import HEARD, Moving, good
from tests.plugins.service import Caller, Service

__all__ = ["TODAY", "Pushing", "pushing"]

TODAY = "2026-07-01"


@dataclass
class Pushing:
    """One city's client and its source."""

    flow: Flow
    caller: Caller
    source: str
    sponsor: str = XIHU
    numbers: dict[str, int] = field(default_factory=dict)

    def url(self, external_id: str = "TJ-1", source: str = "") -> str:
        return f"{self.flow.url}/sources/{source or self.source}/nominations/{external_id}"

    def window(self, **changes: Any) -> Json:
        return {
            "external_id": "CK-1",
            "sponsor": self.sponsor,
            "name": "社会保险服务大厅",
            "region_code": self.sponsor,
            "address": "文三路 1 号",
            "window_type": "SOCIAL_INSURANCE",
            "affiliation_level": self.flow.service.organization(self.sponsor).affiliation_level,
            "in_labor_system": True,
            "serves_public_directly": True,
        } | changes

    def body(self, seq: int = 1, **changes: Any) -> Json:
        """A push with the window and the statement."""
        return {
            "source_seq": seq,
            "on_behalf_of": "王敏",
            "window": self.window(),
            "statement": STATEMENT,
        } | changes

    def whole(self, seq: int = 1, **changes: Any) -> Json:
        """All that a city may hold of a case of a county."""
        graded = [
            {"criterion": f"C{n}", "grade": "MEETS_FULLY", "sentence": "执行到位。"} for n in range(1, 6)
        ]
        review = {
            "conclusion": "RECOMMEND",
            "opinion": "同意推荐。",
            "signer": "李强",
            "signed_on": TODAY,
            "assessments": graded,
        }
        hearing = {
            "methods": ["FORUM"],
            "held_from": TODAY,
            "held_to": TODAY,
            "participants": 126,
            "summary": HEARD,
            "signer": "王敏",
            "concluded": True,
        }
        said = {
            "declarations": self.declared(),
            "write_up": {"text": "优" * 4000},
            "form": {"data": {"unit_name": "西湖区社会保险服务大厅", "staff_count": 12}},
            "consultations": [hearing],
            "level_reviews": [{"level": "MUNICIPAL", **review}, {"level": "COUNTY", **review}],
            "department_replies": [
                {
                    "department": "DISCIPLINE_INSPECTION",
                    "sent_on": TODAY,
                    "result": "NO_OBJECTION",
                    "replied_on": TODAY,
                    "signer": "赵刚",
                }
            ],
        }
        return self.body(seq, **(said | changes))

    def declared(self) -> list[Json]:
        signed = {"has_occurred": False, "signed_by": "王敏", "signed_on": TODAY}
        codes = [one.code for one in loading.load("provincial-windows").vetoes.enabled]
        return [{"veto_code": one, **signed} for one in codes]

    def push(self, body: Json, external_id: str = "TJ-1", **kwargs: Any) -> Any:
        return self.caller("PUT", self.url(external_id), json=body, **kwargs)

    def shown(self, external_id: str = "TJ-1") -> Json:
        return good(self.caller("GET", self.url(external_id)))

    def moving(self, pushed: Json) -> Moving:
        """The same case in the hands of people."""
        return Moving(self.flow, pushed["id"], self.sponsor, {"COUNTY": self.sponsor, "MUNICIPAL": HANGZHOU})

    def row(self, pushed: Json) -> Nomination:
        with Session(self.flow.service.plant.engine, expire_on_commit=False) as session:
            return session.get_one(Nomination, parsed("nom", pushed["id"]))

    def count(self, table: type[Nomination | AuditEvent | Event]) -> int:
        with Session(self.flow.service.plant.engine) as session:
            return session.exec(select(func.count()).select_from(table)).one()


def pushing(service: Service, at: str = HANGZHOU, f: Flow | None = None, *scopes: str) -> Pushing:
    """The client of a city that may write nominations."""
    f = f or flow(service)
    caller = f.client(at, *(scopes or ("nominations:read", "nominations:write")))
    return Pushing(f, caller, str(good(caller("GET", "/me"))["source"]))
