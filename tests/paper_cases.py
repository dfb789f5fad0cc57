"""One case of Hangzhou's Xihu county on its way up, and the people of its levels and of a county beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.db.tables.nominations import Nomination
from app.domain.access import Role
from app.domain.ids import shown
from app.domain.levels import Level
from app.domain.nomination import Stage
from tests.plugins.service import Caller, Service
from tests.supervision_cases import case as open_campaign

HANGZHOU, XIHU, YUHANG = "330100", "330106", "330110"
TODAY, TOMORROW = "2026-07-01", "2026-07-02"  # the test clock's day
CRITERIA = ("C1", "C2", "C3", "C4", "C5")


@dataclass
class Paper:
    """A case and the way to it."""

    service: Service
    nomination_id: UUID
    campaign_id: UUID

    @property
    def url(self) -> str:
        return f"/nominations/{shown('nom', self.nomination_id)}"

    @property
    def filer(self) -> Caller:
        return self.service.person(Role.WINDOW_FILER, XIHU)

    @property
    def county(self) -> Caller:
        return self.service.person(Role.REVIEWING_OFFICER, XIHU)

    @property
    def city(self) -> Caller:
        return self.service.person(Role.REVIEWING_OFFICER, HANGZHOU)

    @property
    def approver(self) -> Caller:
        return self.service.person(Role.APPROVING_OFFICER, HANGZHOU)

    @property
    def office(self) -> Caller:
        return self.service.person(Role.STEERING_OFFICE, "ZJ")

    @property
    def sibling(self) -> Caller:
        """The reviewing officer of the county beside it."""
        return self.service.person(Role.REVIEWING_OFFICER, YUHANG)

    def put(self, **changes: Any) -> None:
        """Place the case: `stage`, `level`, `prepared_by` …"""
        with self.service.system() as ctx:
            row = ctx.session.get_one(Nomination, self.nomination_id)
            for name, value in changes.items():
                setattr(row, name, value)
            row.live_window_id = None if row.stage.final else row.window_id
            ctx.noted += 1

    def row(self) -> Nomination:
        with Session(self.service.plant.engine, expire_on_commit=False) as session:
            return session.get_one(Nomination, self.nomination_id)


def paper(service: Service, own_level: Level = Level.COUNTY, stage: Stage = Stage.SUBMITTED) -> Paper:
    """A case that stands at its own level, prepared by the window's filer."""
    opened = open_campaign(service, 1)
    made = Paper(service, opened.nominations[0], opened.campaign_id)
    codes = {Level.COUNTY: XIHU, Level.MUNICIPAL: HANGZHOU, Level.PROVINCIAL: "ZJ"}
    made.put(
        stage=stage,
        level=own_level,
        own_level=own_level,
        departments={
            level.value: str(service.organization(code).id)
            for level, code in codes.items()
            if level >= own_level
        },
        prepared_by=f"person:{made.filer.person_id.hex}",
    )
    return made


def hearing(**changes: Any) -> dict[str, Any]:
    """A hearing at which nothing was said against the window."""
    return {
        "methods": ["FORUM", "QUESTIONNAIRE"],
        "held_from": "2026-06-20",
        "held_to": "2026-06-28",
        "participants": 126,
        "summary": "群众普遍反映窗口人员态度热情，一次性告知清楚。" * 3,
        "adverse_points": [],
        "signer": "王敏",
    } | changes


def opinion(**changes: Any) -> dict[str, Any]:
    """An opinion that finds every criterion met."""
    return {
        "conclusion": "RECOMMEND",
        "opinion": "同意推荐。",
        "signer": "李强",
        "signed_on": str(date.fromisoformat(TODAY)),
        "assessments": [
            {"criterion": code, "grade": "MEETS_FULLY", "sentence": "符合要求。"} for code in CRITERIA
        ],
    } | changes


def refused(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


def pointers(answer: Any) -> list[tuple[str, str]]:
    """Every reason of a refusal with the field it names."""
    return [(error["code"], error["pointer"]) for error in answer.json()["errors"]]


def reply(**changes: Any) -> dict[str, Any]:
    """A department that has nothing against it."""
    return {
        "sent_on": "2026-06-20",
        "result": "NO_OBJECTION",
        "replied_on": "2026-06-28",
        "signer": "赵刚",
        "remarks": "",
    } | changes


def seal(name: str, **changes: Any) -> dict[str, Any]:
    """A seal on paper under this name."""
    return {
        "kind": "PHYSICAL_SCAN",
        "name_on_seal": name,
        "sealed_on": TODAY,
        "approved_by": "陈立",
        "signer": "李强",
    } | changes


def receipt(**changes: Any) -> dict[str, Any]:
    """Five copies, all that is asked for."""
    return {"copies": 5, "received_on": TODAY, "received_by": "周敏", "complete": True} | changes
