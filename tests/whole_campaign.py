"""A whole campaign in one file: cases at every stage, driven there by their own acts, and the people who drove them.

It is played once for a run and copied for each walk, so that a test starts in the middle of everything:

    found = whole(service)                   # plays it: some seconds
    keep(found, folder); again = copied(folder, tmp_path)
    found.at["REVIEWED"]                     # the cases that stand there
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.domain.campaign import CampaignStage
from app.domain.ids import parsed
from app.domain.nomination import Stage
from tests import ministry_cases as ministry
from tests.campaign_cases import DATES, PAPERS, drafted
from tests.decision_cases import YES, Decisions
from tests.evaluation_cases import WENZHOU, Evaluation
from tests.flow_cases import HANGZHOU, HOST, UNIT, XIHU, Flow, record_bodies
from tests.flow_steps import NOTICE_DAYS, POINTS, Moving, good
from tests.plugins.service import Caller, Service, make

__all__ = ["LIANDU", "LISHUI", "UNIT", "XIHU", "Whole", "copied", "filed", "keep", "whole"]

LISHUI, LIANDU = "331100", "331102"
BENCH = ("王评", "李评", "张评", "赵评")
PLACES = {
    **dict(
        zip("330300 330400 330500 330600 330700 330800".split(), (3, 3, 2, 3, 3, 2), strict=True),
    ),
    "330200": 5,
    "330900": 2,
    "331000": 3,
    HANGZHOU: 5,
    LISHUI: 2,
    "PROVINCIAL_UNITS": 1,
}
LIMITS = {HANGZHOU: 9, LISHUI: 4, "PROVINCIAL_UNITS": 2}
"""How many may be put forward: few more than there are places, so that walks meet both limits."""
FIXED = {HANGZHOU: 2, "330200": 2}
_REASON = {"reason": "集体研究决定。"}


@dataclass
class Whole:
    """The campaign, the bench that scores it, and its cases by the stage they were left at."""

    flow: Flow
    evaluation: Evaluation
    at: dict[str, list[Moving]] = field(default_factory=dict)

    @property
    def service(self) -> Service:
        return self.flow.service

    @property
    def decisions(self) -> Decisions:
        """The same cases as the helpers of the bodies know them."""
        return self.before_the_bodies([one for group in self.at.values() for one in group])

    def before_the_bodies(self, cases: Sequence[Moving]) -> Decisions:
        """Some cases as the helpers of the bodies and of the ministry's track know them."""
        return Decisions(self.service, self.flow.campaign_id, [one.key for one in cases])

    def decide(self, purpose: str, cases: Sequence[Moving], vote: Mapping[str, Any] = YES) -> None:
        """A confirmed meeting over these cases, held today."""
        items = [{"nomination_id": one.id, **vote, **_REASON} for one in cases]
        self.decisions.confirmed(purpose, items, held_on=cases[0].today)


def filed(service: Service, *sponsors: str) -> Whole:
    """Opened, and a case of each of these sponsors filed: nobody has checked them, and there is no bench yet."""
    found = _opened(service)
    found.at["FILED"] = _recommended(found, sponsors)
    for one in found.at["FILED"]:
        one.step(one.approver, "FILE")
    return found


def whole(service: Service) -> Whole:
    """Played from the opening on: eleven cases that go all the way to where they are left, then six younger ones."""
    found = filed(service, *[XIHU] * 4, LIANDU, LIANDU, XIHU, XIHU, XIHU, LIANDU, UNIT)
    found.evaluation.bench(*BENCH, home=WENZHOU)
    late, early = found.at["FILED"][:4], found.at["FILED"][4:]
    _checked(found, early)
    _scored(found, early)
    _ranked(found, early)
    _decided(found, early)
    _checked_late(found, late)
    found.flow.change(stage=CampaignStage.OPEN)
    _younger(found)
    return found


def keep(found: Whole, folder: Path) -> None:
    """Put the campaign into a folder: the database and who is who."""
    found.service.plant.engine.dispose()
    said = {
        "campaign": found.flow.campaign_id.hex,
        "now": found.service.clock.now(Session()).isoformat(),
        "people": {
            name: (one.person_id.hex, one.token, one.cookie) for name, one in found.service.people.items()
        },
        "reviewers": found.evaluation.reviewers,
        "at": {stage: [(one.id, one.sponsor) for one in group] for stage, group in found.at.items()},
    }
    (folder / "whole.json").write_text(json.dumps(said), encoding="utf-8")


def copied(folder: Path, into: Path) -> Whole:
    """The kept campaign as a service of its own on a copy of the file."""
    said = json.loads((folder / "whole.json").read_text(encoding="utf-8"))
    service = make(f"sqlite:///{shutil.copyfile(folder / 'whole.db', into / 'whole.db')}", into)
    service.clock.move_to(datetime.fromisoformat(said["now"]))
    service.people = {
        name: Caller(service.client, UUID(hex=person), token, cookie)
        for name, (person, token, cookie) in said["people"].items()
    }
    flow = Flow(service, UUID(hex=said["campaign"]))
    found = Whole(flow, Evaluation(flow, said["reviewers"]))
    found.at = {
        stage: [flow.moving({"id": key}, sponsor) for key, sponsor in group]
        for stage, group in said["at"].items()
    }
    return found


def _opened(service: Service) -> Whole:
    """Papers, dates, an allocation with more claims than places, both bodies of the localities."""
    desk = drafted(service)
    for paper in PAPERS:
        desk.paper(*paper)
    assert desk.edit(**DATES).status_code == 200
    buckets = [
        {
            "code": code,
            "name": f"名额单位{code}",
            "provincial_places": places,
            "nomination_limit": LIMITS.get(code, places),
            "ministry_fixed": FIXED.get(code, 0),
        }
        for code, places in PLACES.items()
    ]
    totals = {"provincial_total": 34, "ministry_total": 10, "ministry_pool": 6, "source_note": "通知附件2"}
    plan = desk.got("POST", "/quota-plans", json={**totals, "buckets": buckets})
    assert desk.confirm(plan).status_code == 200
    for action in ("RECORD_DECISION", "CONFIGURE", "OPEN"):
        assert desk.act(action).status_code == 200
    flow = Flow(service, parsed("cmp", desk.campaign_id))
    record_bodies(flow, HOST, HANGZHOU, LISHUI)
    return Whole(flow, Evaluation(flow))


def _recommended(found: Whole, sponsors: Sequence[str]) -> list[Moving]:
    cases = [found.flow.at(Stage.CLEARED, sponsor) for sponsor in sponsors]
    _at_notice(found, cases)
    found.service.clock.advance(days=NOTICE_DAYS)
    _papers(found, cases)
    for one in cases:
        one.step(one.approver, "RECOMMEND")
    return cases


def _at_notice(found: Whole, cases: Sequence[Moving]) -> None:
    for unit in dict.fromkeys(one.organising for one in cases):
        found.flow.publish([one for one in cases if one.organising == unit])


def _papers(found: Whole, cases: Sequence[Moving]) -> None:
    for one in cases:
        good(one.fill(one.officer(list(one.departments)[-1])))
        for level in one.departments:
            good(one.seal(level))
    for one in {one.organising: one for one in cases}.values():
        rank(found.flow, one)


def rank(flow: Flow, one: Moving) -> None:
    """All candidates of the case's bucket: the ranked ones as they are, the others after them."""
    bucket = one.organising if one.organising.isdigit() else "PROVINCIAL_UNITS"
    url = f"{flow.url}/buckets/{bucket}/ranking"
    shown = one.approver("GET", url)
    order = [each["id"] for each in shown.json()["items"]]
    good(one.approver("PUT", url, json={"nominations": order}, version=shown.headers["etag"]))


def _checked(found: Whole, filed: Sequence[Moving]) -> None:
    """The formal check is passed."""
    found.flow.change(stage=CampaignStage.EVALUATING)
    for one in filed:
        one.step(found.flow.office, "ACCEPT", checked=POINTS)


def _scored(found: Whole, accepted: Sequence[Moving]) -> None:
    """Three reviewers submit a full sheet for each, no two cases with the same result."""
    evaluation = found.evaluation
    assert all(each["done"] for each in evaluation.open(*(one.id for one in accepted)))
    for number, one in enumerate(accepted):
        for name in BENCH[:3]:
            evaluation.given(one.id, name)
            evaluation.scored(one.id, name, C1_1=str(4 - number / 2))


def _ranked(found: Whole, scored: Sequence[Moving]) -> None:
    locked = found.evaluation.lock(*(one.id for one in scored))
    assert [each["blockers"] for each in locked] == [[]] * len(scored)
    good(found.flow.office("POST", f"{found.flow.url}/rankings"))


def _checked_late(found: Whole, filed: Sequence[Moving]) -> None:
    """One stays filed, one goes back for correction, one is accepted, one waits for its scores to be locked."""
    office, due = found.flow.office, {"due_on": "2026-09-30", "reason": "用印不全。"}
    stays, goes_back, *accepted = filed
    points = [{"text": "请补盖印章。", "part": "SEALS"}]
    found.flow.change(stage=CampaignStage.EVALUATING)
    goes_back.step(office, "RETURN_FOR_CORRECTION", checklist=points, **due)
    _checked(found, accepted)
    _scored(found, accepted[1:])
    found.at |= {"FILED": [stays], "RETURNED": [goes_back]}
    found.at |= {"ACCEPTED": accepted[:1], "UNDER_EVALUATION": accepted[1:]}


def _decided(found: Whole, evaluated: Sequence[Moving]) -> None:
    """Seven scored cases: one waits, one was reviewed, one is at the host's notice, two are determined, two awarded."""
    found.flow.change(stage=CampaignStage.DETERMINING)
    waiting, reviewed, noticed, *determined = evaluated
    found.decide("REVIEW", [reviewed, noticed, *determined])
    found.decide("DETERMINATION", determined)
    found.flow.rules(notice={"host_notice_for_all": True})
    ministry.notice(found.before_the_bodies([noticed]), 0)
    body = {"nomination_ids": [one.id for one in determined[2:]], "document_no": "浙劳社发〔2026〕99号"}
    good(found.flow.office("POST", f"{found.flow.url}/conferrals", json=body))
    ministry.made(found.before_the_bodies(determined), 0)
    found.at |= {"EVALUATED": [waiting], "REVIEWED": [reviewed], "AT_HOST_NOTICE": [noticed]}
    found.at |= {"DETERMINED": determined[:2], "AWARDED": determined[2:]}


def _younger(found: Whole) -> None:
    """Cases that are still below: a draft, one at each level, one cleared, one at notice, one recommended."""
    flow = found.flow
    found.at["RECOMMENDED"] = _recommended(found, [XIHU])
    found.at["DRAFT"] = [flow.nomination(LIANDU)]
    found.at["SUBMITTED"] = [flow.at(Stage.SUBMITTED, LIANDU), flow.at(Stage.SUBMITTED, XIHU, "MUNICIPAL")]
    found.at["CLEARED"] = [flow.at(Stage.CLEARED, XIHU)]
    found.at["AT_NOTICE"] = [flow.at(Stage.AT_NOTICE, UNIT)]
