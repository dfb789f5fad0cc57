"""Two records of the second body confirmed at the same instant over the last award place: one is carried out, one is not."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.services.seats import Usage
from tests.decision_cases import HANGZHOU, YES, decisions
from tests.plugins.service import Service

ROUNDS = 3


@pytest.mark.rule("E-12", "E-32", "I-03", "R-011")
def test_the_last_award_place_goes_to_one_of_two_confirmations(service: Service) -> None:
    """Both records were right when they were written; the row that is claimed has the last word (decisions 10)."""
    d = decisions(service, {HANGZHOU: ROUNDS}, {HANGZHOU: 2 * ROUNDS})
    explained = {**YES, "reason": "集体研究决定。"}
    d.decide("REVIEW", dict.fromkeys(range(2 * ROUNDS), YES))
    for number in range(ROUNDS - 1):  # leave one place
        d.decide("DETERMINATION", {number: YES})
    rivals = [
        d.recorded("DETERMINATION", d.votes({index: explained})) for index in range(ROUNDS - 1, 2 * ROUNDS)
    ]
    start = threading.Barrier(len(rivals))

    def confirm(meeting: dict[str, object]) -> tuple[int, str]:
        start.wait(30)
        answer = d.move(d.second, meeting, "CONFIRM")
        return answer.status_code, answer.json().get("code", "")

    d.second  # noqa: B018  (the person has to exist before the threads ask for it)
    with ThreadPoolExecutor(len(rivals)) as pool:
        answers = list(pool.map(confirm, rivals))

    assert sorted(answers) == [(200, ""), *[(409, "QUOTA_EXHAUSTED")] * (len(rivals) - 1)]
    assert [stage for stage in d.stages() if stage is Stage.DETERMINED] == [Stage.DETERMINED] * ROUNDS
    assert d.usage()[HANGZHOU][SeatKind.PROVINCIAL] == Usage(used=ROUNDS)
