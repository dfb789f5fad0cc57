"""What the two bodies do again and again: an agenda is read, a record written, confirmed by a second person, announced."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.access import Role
from app.rehearse.province import Case, Province
from app.rehearse.world import Json, Player

FOR = {"votes_for": 8, "votes_against": 1, "abstained": 0, "result": "APPROVED"}
AGAINST = {"votes_for": 2, "votes_against": 6, "abstained": 1, "result": "REJECTED"}
LATER = {"votes_for": 0, "votes_against": 0, "abstained": 0, "result": "DEFERRED"}


@dataclass(frozen=True)
class Chamber:
    """One body of the host with its two recorders."""

    province: Province
    recorder: Player
    second: Player
    minutes: str

    def agenda(self, turn: str, track: str = "PROVINCIAL") -> list[Json]:
        """The cases by those who share places, as the ranking has them."""
        url = f"{self.province.url}/agenda"
        groups: list[Json] = self.recorder.get(url, turn=turn, track=track)["groups"]
        return groups

    def draft(self, purpose: str, items: Sequence[Json], number: int, **more: Any) -> Json:  # noqa: ANN401  (fields of the record)
        """A record as the minutes of that number have it."""
        return self.recorder.post(f"{self.province.url}/meetings", self.body(purpose, items, number, **more))

    def body(self, purpose: str, items: Sequence[Json], number: int, **more: Any) -> Json:  # noqa: ANN401  (fields of the record)
        """What is written down of one sitting; nine members, all present."""
        today = self.province.world.today.isoformat()
        minutes = f"{self.minutes}〔{today[:4]}〕{number}号"
        same = {"held_on": today, "minutes_no": minutes, "should_attend": 9, "attended": 9}
        return {"purpose": purpose, "items": list(items), **same, **more}

    def refused(self, rule: str, code: str, meeting: Json, action: str, **body: Any) -> None:  # noqa: ANN401  (the act's own fields)
        """A step of the record that must not go."""
        who = self.second if action == "CONFIRM" else self.recorder
        who.step_refused(rule, code, meeting, f"/meetings/{meeting['id']}", action, **body)

    def step(self, meeting: Json, action: str, **body: Any) -> Json:  # noqa: ANN401  (the act's own fields)
        """A step of the record; what is recorded by one is confirmed by the other."""
        who = self.second if action == "CONFIRM" else self.recorder
        return who.step(meeting, f"/meetings/{meeting['id']}", action, **body)

    def decide(self, purpose: str, items: Sequence[Json], number: int, **more: Any) -> Json:  # noqa: ANN401  (fields of the record)
        """Written down, recorded, confirmed."""
        meeting = self.step(self.draft(purpose, items, number, **more), "RECORD")
        return self.step(meeting, "CONFIRM")

    def not_recorded(
        self,
        rule: str,
        code: str,
        purpose: str,
        items: Sequence[Json],
        **more: Any,  # noqa: ANN401  (fields of the record)
    ) -> None:
        """A record whose numbers or choice cannot be: it stays a draft and is given up."""
        meeting = self.draft(purpose, items, 99, **more)
        self.refused(rule, code, meeting, "RECORD")
        self.step(meeting, "CANCEL", reason="记录有误，作废。")


def steering_group(province: Province) -> Chamber:
    """The first body: the office keeps its record (R-029)."""
    return Chamber(province, province.office, province.second, "指导小组纪要")


def party_group(province: Province) -> Chamber:
    """The second body, with recorders of its own (R-030, D10)."""
    keeper = Role.PARTY_GROUP_RECORDER
    host = province.host
    recorder, second = (
        province.world.person(keeper, host, f"recorder-{host.lower()}{n}") for n in ("", "-2")
    )
    return Chamber(province, recorder, second, "厅党组纪要")


def vote(key: str, ballot: Json = FOR, **more: Any) -> Json:  # noqa: ANN401  (fields of an item)
    """The vote on one nomination."""
    return {"nomination_id": key, **ballot, **more}


def by_places(groups: Sequence[Json], ballot: Callable[[Json, int], Json]) -> list[Json]:
    """Every case of an agenda with the ballot for its group and its place in it, counted from 0."""
    return [
        vote(item["nomination_id"], ballot(group, place))
        for group in groups
        for place, item in enumerate(group["items"])
    ]


def keys(groups: Sequence[Json], group: str) -> list[str]:
    """The nominations of one group, best first."""
    [found] = [one for one in groups if one["group"] == group]
    return [item["nomination_id"] for item in found["items"]]


def case_of(province: Province, key: str) -> Case:
    return next(case for case in province.cases if case.id == key)
