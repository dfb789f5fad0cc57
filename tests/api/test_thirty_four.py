"""The notice's own number: thirty-four places of all cities and the provincial units, and the thirty-fifth approval (R-011)."""

import pytest

from app.domain.nomination import Stage
from app.domain.quota import SeatKind
from app.packs import loading
from tests.decision_cases import HANGZHOU, YES, decisions
from tests.plugins.service import Service

EXPLAINED = {**YES, "reason": "集体研究决定。"}


@pytest.mark.rule("R-011", "E-32", "I-03", "G-04", "E-14")
def test_thirty_four_are_determined_and_the_thirty_fifth_is_refused(sqlite_service: Service) -> None:
    places = dict(loading.load("provincial-windows").quota.sample_allocation.places)
    d = decisions(sqlite_service, places, {**places, HANGZHOU: places[HANGZHOU] + 1})
    everybody = range(len(d.nominations))
    last_of_hangzhou = places[HANGZHOU]
    d.decide("REVIEW", dict.fromkeys(everybody, YES))

    over = d.drafted("DETERMINATION", d.votes(dict.fromkeys(everybody, YES))).json()
    too_many = d.move(d.office, over, "RECORD")
    d.decide("DETERMINATION", {index: YES for index in everybody if index != last_of_hangzhou})
    late = d.drafted("DETERMINATION", d.votes({last_of_hangzhou: EXPLAINED})).json()
    one_more = d.move(d.office, late, "RECORD")

    assert len(d.nominations) == 35
    assert (too_many.status_code, too_many.json()["code"]) == (409, "QUOTA_EXHAUSTED")
    assert (one_more.status_code, one_more.json()["code"]) == (409, "QUOTA_EXHAUSTED")
    assert d.stages().count(Stage.DETERMINED) == 34
    used = d.usage().values()
    assert sum(kinds[SeatKind.PROVINCIAL].used for kinds in used if SeatKind.PROVINCIAL in kinds) == 34
