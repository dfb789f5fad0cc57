"""The hands of a walk: each step of the table by those who may take it.

A step that people take on a case goes through its service, one that another act brings about (a notice, a meeting,
a finding) through that act. Both answer with the codes they were refused with; none when they went.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from app.domain.access import Role
from app.domain.calendar import ends_at
from app.domain.errors import Refusal
from app.domain.levels import Level
from app.domain.nomination import Action
from app.services import nomination_steps, nomination_views
from app.services.inputs.nomination_steps import NominationAct
from tests.decision_cases import NO, YES
from tests.flow_cases import HOST, Json
from tests.flow_steps import POINTS, ZONE, Moving, good
from tests.plugins.service import Caller
from tests.services.walk_model import Attempt, Case, World
from tests.whole_campaign import Whole

ACT: TypeAdapter[Any] = TypeAdapter(NominationAct)


@dataclass
class Walked:
    """One case of the walk: how to move it, its model, and how many of its steps the model has seen."""

    moving: Moving
    case: Case
    seen: int = 0

    def __repr__(self) -> str:
        return f"{self.moving.sponsor} {self.case.stage} {self.case.level}"


@dataclass
class Hands:
    """Everybody who may take a step, or bring one about."""

    found: Whole
    world: World

    # steps that people take on the case itself

    def person(self, one: Moving, who: str) -> Caller:
        levels = list(one.departments)
        callers: Mapping[str, Callable[[], Caller]] = {
            "filer": lambda: one.filer,
            "own": lambda: one.officer(levels[0]),
            "city": lambda: one.officer(levels[-1]),
            "approver": lambda: one.approver,
            "office": lambda: self.found.flow.office,
            "stranger": lambda: self.found.flow.approver("330300"),
        }
        return callers[who]()

    def buttons(self, one: Moving, who: str) -> dict[Action, set[str]] | None:
        """Every action of the stage with the codes that stand against it for this person; nothing where it is not seen."""
        with self.found.service.acting(self.person(one, who)) as ctx:
            try:
                offered = nomination_views.shown(ctx, one.key).actions
            except Refusal:
                return None
        return {each.action: {reason.code for reason in each.reasons} for each in offered}

    def tried(self, walked: Walked, attempt: Attempt) -> set[str]:
        """What a person's step is refused with; it stays taken when nothing is."""
        body = ACT.validate_python({"action": attempt.action.value, **self._body(walked, attempt)})
        try:
            with self.found.service.acting(self.person(walked.moving, attempt.who)) as ctx:
                nomination_steps.act(ctx, walked.moving.key, body, None)
        except Refusal as refusal:
            return {reason.code for reason in refusal.reasons}
        return set()

    def _body(self, walked: Walked, attempt: Attempt) -> Json:
        points = [{"text": "请写明办件量。", "part": "WRITE_UP"}] if attempt.whole else []
        due = self.today + timedelta(days=20) if attempt.whole else date(2026, 1, 1)
        bodies: Mapping[Action, Json] = {
            Action.RETURN: {"reason": "材料不完整。", "checklist": points},
            Action.RETURN_FOR_CORRECTION: {"reason": "用印不全。", "checklist": points, "due_on": due},
            Action.RESUBMIT: {"answers": [{"point": 1, "answer": "已补充。"}] if attempt.whole else []},
            Action.REJECT: {"reason": "示范作用不足。"},
            Action.WITHDRAW: {
                "reason": "窗口已撤销。",
                "request_document": "杭人社函〔2026〕12号" if attempt.whole else "",
            },
            Action.UNDO: {"reason": "误操作。"},
            Action.ACCEPT: {"checked": POINTS if attempt.whole else POINTS[:2]},
        }
        return bodies.get(attempt.action, {})

    @property
    def today(self) -> date:
        return self.world.now.astimezone(ZONE).date()

    def due(self) -> datetime:
        """When a correction asked for now is due."""
        return ends_at(self.today + timedelta(days=20), ZONE)

    # steps that another act brings about

    def brought_about(self, walked: Walked, attempt: Attempt) -> set[str]:
        """What the act that takes this step was refused with."""
        return getattr(self, f"_{attempt.action.value.lower()}")(walked, attempt)  # type: ignore[no-any-return]  # each returns codes

    def _publish_notice(self, walked: Walked, _: Attempt) -> set[str]:
        one = walked.moving
        return self._notice(one, one.officer(list(one.departments)[-1]), one.approver)

    def _publish_host_notice(self, walked: Walked, _: Attempt) -> set[str]:
        d = self.found.before_the_bodies([walked.moving])
        return self._notice(walked.moving, d.office, d.second)

    def _notice(self, one: Moving, drafter: Caller, approver: Caller) -> set[str]:
        """Drafted by one, reviewed and published by another; given up where it is refused."""
        text = {
            "title": "优质服务窗口公示",
            "basis": "浙劳社〔2026〕1号",
            "channels": [{"channel": "WEBSITE", "detail": "门户网站"}],
            "contact_office": "监察室",
            "contact_phone": "0571-85110000",
            "items": [{"nomination_id": one.id, "merits": "群众满意率高。"}],
        }
        drafted = drafter("POST", f"{self.found.flow.url}/notices", json=text)
        if drafted.status_code != 201:
            return codes(drafted)
        notice = drafted.json()
        for action in ("REVIEW", "PUBLISH"):
            answer = self.moved(approver, "notices", notice, action)
            if answer.status_code != 200:
                good(self.moved(drafter, "notices", notice, "CANCEL", reason="暂不公示。"))
                return codes(answer)
            notice = answer.json()
        return set()

    def _open_evaluation(self, walked: Walked, _: Attempt) -> set[str]:
        return self._all_or_nothing("evaluation-openings", walked)

    def _lock_scores(self, walked: Walked, _: Attempt) -> set[str]:
        return self._all_or_nothing("score-locks", walked)

    def _all_or_nothing(self, what: str, walked: Walked) -> set[str]:
        url = f"{self.found.flow.url}/{what}"
        (line,) = good(self.found.flow.office("POST", url, json={"nomination_ids": [walked.moving.id]}))[
            "items"
        ]
        return {each["code"] for each in line["blockers"]}

    def _record_first_decision(self, walked: Walked, attempt: Attempt) -> set[str]:
        return self._met("REVIEW", walked, attempt)

    def _record_second_decision(self, walked: Walked, attempt: Attempt) -> set[str]:
        return self._met("DETERMINATION", walked, attempt)

    def _revoke(self, walked: Walked, attempt: Attempt) -> set[str]:
        return self._met("REVOCATION", walked, attempt, ground="FRAUD")

    def _met(self, purpose: str, walked: Walked, attempt: Attempt, **more: str) -> set[str]:
        """A meeting of today, drafted and recorded by one, confirmed by another; given up where it is refused."""
        d = self.found.before_the_bodies([walked.moving])
        vote = YES if attempt.approved else NO
        item = {"nomination_id": walked.moving.id, **vote, "reason": "集体研究决定。", **more}
        drafted = d.drafted(purpose, [item], held_on=self.today.isoformat())
        if drafted.status_code != 201:
            return codes(drafted)
        meeting = drafted.json()
        for who, action in ((d.office, "RECORD"), (d.second, "CONFIRM")):
            answer = self.moved(who, "meetings", meeting, action)
            if answer.status_code != 200:
                good(self.moved(d.office, "meetings", meeting, "CANCEL", reason="会议改期。"))
                return codes(answer)
            meeting = answer.json()
        return set()

    def _confer(self, walked: Walked, _: Attempt) -> set[str]:
        body = {"nomination_ids": [walked.moving.id], "document_no": "浙劳社发〔2026〕99号"}
        answer = self.found.flow.office("POST", f"{self.found.flow.url}/conferrals", json=body)
        return codes(answer)

    def _veto(self, walked: Walked, _: Attempt) -> set[str]:
        """Alleged, verified, confirmed; what cannot be confirmed goes on holding the case."""
        finding = self.found.flow.alleged(walked.moving)
        walked.case.vetoes_held += 1
        verified = good(
            self.moved(self.discipline, "veto-findings", finding, "VERIFY", evidence="通报第 3 号。")
        )
        return codes(
            self.moved(self.discipline, "veto-findings", verified, "CONFIRM", conclusion="情况属实。")
        )

    @property
    def discipline(self) -> Caller:
        return self.found.service.person(Role.DISCIPLINE_OFFICER, HOST)

    def moved(self, who: Caller, kind: str, thing: Json, action: str, **body: Any) -> Any:
        url = f"/{kind}/{thing['id']}/transitions"
        return who("POST", url, json={"action": action, **body}, version=thing["etag"])


def codes(answer: Any) -> set[str]:
    """What a call was refused with."""
    return set() if answer.status_code < 300 else {each["code"] for each in answer.json()["errors"]}


def levels(one: Moving) -> tuple[Level, ...]:
    return tuple(Level(name) for name in one.departments)
