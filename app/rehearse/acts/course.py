"""A campaign on its plain way, from the first day to the honour roll: what is the same wherever nothing goes wrong on it.

A city's own award and the sample's finished campaign are played with it; the province's own has acts with incidents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.domain.access import Role
from app.rehearse import desk
from app.rehearse.acts.notices import text
from app.rehearse.acts.windows import register
from app.rehearse.province import HOST, Case, Province
from app.rehearse.sheets import points
from app.rehearse.texts import STATEMENT
from app.rehearse.world import Json, Player

CHECKED = ["FORM", "WRITE_UP", "STATEMENT", "SEALS", "NOTICE", "PAPER_COPIES"]


@dataclass
class Course:
    """One campaign, the length of its write-ups, and who scores it with which points for which item."""

    province: Province
    characters: int
    items: Mapping[str, Decimal]
    homes: tuple[str, ...]
    reviewers: dict[str, Json] = field(default_factory=dict)

    def opened(self, body: Json, papers: Iterable[Json], dates: Json, plan: Json) -> None:
        """From nothing to an open campaign."""
        self.created(body)
        self.configured(papers, dates, plan)

    def created(self, body: Json) -> None:
        """A draft made from its pack."""
        self.province.campaign = self.province.office.post("/campaigns", body)

    def configured(self, papers: Iterable[Json], dates: Json, plan: Json) -> None:
        """Papers, dates and allocation; then it is opened."""
        province, office = self.province, self.province.office
        for paper in papers:
            office.post(f"{province.url}/documents", paper)
        office.patch(province.url, dates, province.refresh()["etag"])
        made = office.post(f"{province.url}/quota-plans", plan)
        province.second.step(made, f"/quota-plans/{made['id']}", "CONFIRM")
        for action in ("RECORD_DECISION", "CONFIGURE", "OPEN"):
            province.step(action)

    def put_forward(self, case: Case) -> None:
        """Registered where it is new, drafted, declared, written up and submitted by its unit."""
        province, clerk = self.province, self.province.clerk(case.sponsor)
        register(province, case)
        draft = {"window_id": case.window["id"], "statement": STATEMENT}
        case.id = clerk.post(f"{province.url}/nominations", draft)["id"]
        desk.declare(province, case)
        desk.write(province, case, self.characters)
        desk.take(clerk, case, "SUBMIT")

    def cleared(self, case: Case) -> None:
        """Heard by its own level, reviewed by each, endorsed below and cleared by the organising unit."""
        province = self.province
        levels = list(desk.departments(province, case))
        desk.hear(province, case)
        for level in levels[:-1]:
            desk.review(province, case, level)
            desk.take(province.officer(desk.departments(province, case)[level]), case, "ENDORSE")
        desk.review(province, case, levels[-1])
        desk.take(province.approver(case.city), case, "CLEAR")

    def noticed(self, city: str) -> None:
        """One notice of the organising unit over all it cleared."""
        province, officer, approver = self.province, self.province.officer(city), self.province.approver(city)
        cases = province.of(city)
        notice = officer.post(f"{province.url}/notices", text(province, city, cases))
        for action in ("REVIEW", "PUBLISH"):
            notice = approver.step(notice, f"/notices/{notice['id']}", action)
        for case, item in zip(cases, notice["items"], strict=True):
            case.notice, case.item = notice["id"], item["id"]

    def filed(self, city: str, bucket: str) -> None:
        """Put in order, filled in, sealed, recommended and filed."""
        province, approver, cases = self.province, self.province.approver(city), self.province.of(city)
        url = f"{province.url}/buckets/{bucket}/ranking"
        approver.put(url, {"nominations": [case.id for case in cases]}, approver.get(url)["etag"])
        province.forget()
        for case in cases:
            desk.fill(province, case)
            desk.seal(province, case)
            for action in ("RECOMMEND", "FILE"):
                desk.take(approver, case, action)

    def accepted(self) -> None:
        """Filing is closed, everything is checked, the evaluation begins."""
        province = self.province
        province.forget()
        province.step("CLOSE_FILING")
        for case in province.cases:
            desk.take(province.office, case, "ACCEPT", checked=CHECKED)
        province.step("START_EVALUATION")

    def assigned(self, due: date) -> None:
        """Reviewers declare, cases are distributed among those free of conflict, three to each."""
        province = self.province
        self.reviewers = {home: self._registered(home) for home in self.homes}
        run = {"due_on": due.isoformat(), "seed": province.campaign["code"], "per_case": 3}
        province.office.post(f"{province.url}/assignment-runs", run)
        province.office.post(f"{province.url}/evaluation-openings", {})

    def reviewer(self, home: str) -> Player:
        """Who scores and comes from there."""
        host = self.province.host
        name = f"reviewer-{home}" if host == HOST else f"reviewer-{host}-{home}"
        return self.province.world.person(Role.REVIEWER, host, name)

    def scored(self) -> None:
        """Every sheet filled in and locked, the ranking on record."""
        province = self.province
        for home in self.homes:
            mine = self.reviewer(home).get("/assignments", campaign_id=province.campaign["id"], limit="200")
            for one in mine["items"]:
                self.sheet(home, one)
        province.office.post(f"{province.url}/score-locks", {})
        province.office.post(f"{province.url}/rankings")
        province.step("START_DETERMINATION")

    def sheet(self, home: str, assignment: Json) -> None:
        """One sheet, submitted; by case a number of half points of its own is taken off."""
        player, url = self.reviewer(home), f"/assignments/{assignment['id']}"
        sheet = player.get(f"{url}/sheet")
        order = [case.id for case in self.province.cases].index(assignment["nomination_id"])
        sheet = player.put(f"{url}/sheet", {"entries": points(self.items, order)}, sheet["etag"])
        player.post(f"{url}/submissions", version=sheet["etag"])

    def _registered(self, home: str) -> Json:
        province, player = self.province, self.reviewer(home)
        body = {"person_id": player.id, "home_organization_id": province.world.org(home), "case_limit": 40}
        reviewer = province.office.post(f"{province.url}/reviewers", body)
        said = {"nothing_to_declare": True, "signed_by": player.name}
        player.put(f"/reviewers/{reviewer['id']}/recusal-declaration", said, '"0"')
        return reviewer
