"""One nomination at work: each move through the API by the person whose move it is, up to any stage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.db.tables.nominations import Nomination, ServiceWindow
from app.domain.campaign import CampaignStage
from app.domain.ids import parsed
from app.domain.nomination import Action, DecisionResult, Stage
from app.services import transitions
from tests.plugins.service import Caller

if TYPE_CHECKING:
    from tests.flow_cases import Flow

Json = dict[str, Any]

ZONE = ZoneInfo("Asia/Shanghai")
NOTICE_DAYS = 8  # five working days from any day of the week, with the day after
HEARD = "走访服务对象一百二十六人，发放问卷三百份，群众普遍反映窗口人员态度热情、办事效率高、政策解释清楚，未提出不同意见。"
POINTS = ["FORM", "WRITE_UP", "STATEMENT", "SEALS", "NOTICE", "PAPER_COPIES"]
UP = (
    Stage.SUBMITTED,
    Stage.CLEARED,
    Stage.AT_NOTICE,
    Stage.RECOMMENDED,
    Stage.FILED,
    Stage.ACCEPTED,
    Stage.UNDER_EVALUATION,
    Stage.EVALUATED,
    Stage.REVIEWED,
    Stage.DETERMINED,
    Stage.AWARDED,
)
"""The straight way from a draft to an award."""


@dataclass
class Moving:
    """A nomination and whose it is: `departments` are the levels it passes, lowest first, with their offices."""

    flow: "Flow"
    id: str
    sponsor: str
    departments: dict[str, str]

    @property
    def url(self) -> str:
        return f"/nominations/{self.id}"

    @property
    def key(self) -> UUID:
        return parsed("nom", self.id)

    @property
    def filer(self) -> Caller:
        return self.flow.filer(self.sponsor)

    @property
    def organising(self) -> str:
        return list(self.departments.values())[-1]

    @property
    def approver(self) -> Caller:
        return self.flow.approver(self.organising)

    def officer(self, level: str) -> Caller:
        return self.flow.officer(self.departments[level])

    def shown(self, who: Caller | None = None) -> Json:
        return good((who or self.filer)("GET", self.url))

    @property
    def stage(self) -> str:
        return str(self.shown()["stage"])

    def etag(self) -> str:
        return str(self.shown()["etag"])

    def act(self, who: Caller, action: str, **body: Any) -> Any:
        """Try a step on the case as it is now."""
        sent = {"action": action, **body}
        return who("POST", f"{self.url}/transitions", json=sent, version=self.etag())

    def step(self, who: Caller, action: str, **body: Any) -> Json:
        """Take a step that must go."""
        return good(self.act(who, action, **body))

    def put(self, who: Caller, part: str, **body: Any) -> Any:
        """Write one of its parts."""
        return who("PUT", f"{self.url}/{part}", json=body, version=self.etag())

    def snapshot(self) -> Json:
        """The window as filing kept it."""
        with Session(self.flow.service.plant.engine) as session:
            return dict(session.get_one(Nomination, self.key).window_snapshot or {})

    def rename(self, name: str) -> None:
        """The window gets another name."""
        with self.flow.service.system() as ctx:
            window = ctx.session.get_one(Nomination, self.key).window_id
            ctx.session.get_one(ServiceWindow, window).name = name
            ctx.noted += 1

    # the papers

    def declare(self, **changes: Any) -> Any:
        vetoes = good(self.filer("GET", f"{self.url}/declarations"))["declarations"]
        said = [{"veto_code": one["veto_code"], "has_occurred": False, **self.signed()} for one in vetoes]
        return self.put(self.filer, "declarations", **({"declarations": said} | changes))

    def write(self, characters: int = 4000) -> Any:
        return self.put(self.filer, "write-up", text="优" * characters)

    def fill(self, who: Caller | None = None, **changes: Any) -> Any:
        """Fill in every field the form owes."""
        form = good((who or self.filer)("GET", f"{self.url}/form"))
        data = {field["key"]: self.value(field) for field in form["fields"] if field["owed"]}
        return self.put(who or self.filer, "form", data=data | changes)

    def value(self, field: Json) -> Any:
        """A value that fits the field."""
        opinion = {"text": "同意推荐。", "signer": "李强", "signed_on": self.today}
        kinds: Mapping[str, Any] = {
            "INTEGER": 12,
            "DATE": self.today,
            "CHOICE": field["choices"][0]["code"] if field["choices"] else "",
            "DECLARATION": {"has_occurred": False},
            "OPINION": opinion,
            "HONOURS": [],
        }
        return kinds.get(field["type"], "社会保险服务大厅"[: field["max_length"]])

    def hear(self) -> Json:
        """The own-level department hears the public and concludes it."""
        level = next(iter(self.departments))
        body = {"methods": ["FORUM"], "held_from": self.today, "held_to": self.today, "participants": 126}
        hearing = good(
            self.officer(level)(
                "POST", f"{self.url}/consultations", json={**body, "summary": HEARD, "signer": "王敏"}
            )
        )
        url = f"/consultations/{hearing['id']}/conclusions"
        return good(self.officer(level)("POST", url, version=hearing["etag"]))

    def review(self, level: str, who: Caller | None = None, version: int | str = 0, **changes: Any) -> Any:
        """The level gives its opinion on every criterion."""
        graded = [
            {"criterion": f"C{n}", "grade": "MEETS_FULLY", "sentence": "执行到位。"} for n in range(1, 6)
        ]
        body = {
            "conclusion": "RECOMMEND",
            "opinion": "同意推荐。",
            "signer": "李强",
            "signed_on": self.today,
            "assessments": graded,
        } | changes
        who = who or self.officer(level)
        return who("PUT", f"{self.url}/level-reviews/{level}", json=body, version=version)

    def seal(self, level: str, **changes: Any) -> Any:
        name = self.flow.service.organization(self.departments[level]).name
        body = {
            "kind": "PHYSICAL_SCAN",
            "name_on_seal": name,
            "sealed_on": self.today,
            "approved_by": "陈立",
            "signer": "李强",
        } | changes
        return self.officer(level)("PUT", f"{self.url}/seals/{level}", json=body, version=0)

    def signed(self) -> Json:
        return {"signed_by": "王敏", "signed_on": self.today}

    @property
    def today(self) -> str:
        return self.flow.service.clock.now(Session()).astimezone(ZONE).date().isoformat()

    # the way up

    def to(self, stage: Stage, level: str = "") -> "Moving":
        """Up the straight way to this stage (and level, while it is with the levels)."""
        for one in UP[: UP.index(stage) + 1] if stage is not Stage.DRAFT else ():
            _MOVES[one](self)
            if one is stage is Stage.SUBMITTED and level:
                self.endorsed_to(level)
        return self

    def endorsed_to(self, level: str) -> None:
        """Heard and endorsed by every level below this one."""
        for lower in self.departments:
            if lower == level:
                return
            if lower == next(iter(self.departments)):
                self.hear()
            good(self.review(lower))
            self.step(self.officer(lower), "ENDORSE")

    def take(self, action: Action, **handed_in: Any) -> None:
        """A step that another act would have brought about (an evaluation, a decision)."""
        with self.flow.service.system() as ctx:
            nomination = ctx.session.get_one(Nomination, self.key)
            transitions.take(ctx, nomination, action, **handed_in)


def good(answer: Any) -> Json:
    """The body of an answer that must have gone well."""
    assert answer.status_code in (200, 201), answer.text
    found: Json = answer.json()
    return found


def _submit(one: Moving) -> None:
    good(one.declare())
    good(one.write())
    one.step(one.filer, "SUBMIT")


def _clear(one: Moving) -> None:
    last = list(one.departments)[-1]
    one.endorsed_to(last)
    if len(one.departments) == 1:
        one.hear()
    good(one.review(last))
    one.step(one.approver, "CLEAR")


def _publish(one: Moving) -> None:
    one.flow.publish([one])


def _recommend(one: Moving) -> None:
    one.flow.service.clock.advance(days=NOTICE_DAYS)
    good(one.fill(one.officer(list(one.departments)[-1])))
    for level in one.departments:
        good(one.seal(level))
    one.step(one.approver, "RECOMMEND")


def _file(one: Moving) -> None:
    one.step(one.approver, "FILE")


def _accept(one: Moving) -> None:
    one.step(one.flow.office, "ACCEPT", checked=POINTS)


def _by_the_office(phase: CampaignStage, action: Action, **handed_in: Any) -> Callable[[Moving], None]:
    def move(one: Moving) -> None:
        one.flow.change(stage=phase)
        one.take(action, **handed_in)

    return move


_DECIDED = {"decision_recorded": True, "decision_result": DecisionResult.APPROVED}
_MOVES: Mapping[Stage, Callable[[Moving], None]] = {
    Stage.SUBMITTED: _submit,
    Stage.CLEARED: _clear,
    Stage.AT_NOTICE: _publish,
    Stage.RECOMMENDED: _recommend,
    Stage.FILED: _file,
    Stage.ACCEPTED: _accept,
    Stage.UNDER_EVALUATION: _by_the_office(
        CampaignStage.EVALUATING, Action.OPEN_EVALUATION, reviewers_free=3, reviewers_needed=3
    ),
    Stage.EVALUATED: _by_the_office(
        CampaignStage.EVALUATING, Action.LOCK_SCORES, sheets_needed=3, sheets_submitted=3
    ),
    Stage.REVIEWED: _by_the_office(CampaignStage.DETERMINING, Action.RECORD_FIRST_DECISION, **_DECIDED),
    Stage.DETERMINED: _by_the_office(
        CampaignStage.DETERMINING, Action.RECORD_SECOND_DECISION, award_place_free=True, **_DECIDED
    ),
    Stage.AWARDED: _by_the_office(
        CampaignStage.DETERMINING, Action.CONFER, award_reference="浙劳社发〔2026〕200号"
    ),
}
