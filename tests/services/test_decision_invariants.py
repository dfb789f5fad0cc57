"""What the bodies decided is recomputed from the rows: all is well after a whole way (what is forged: test_invariants.py)."""

import pytest

from app.services.invariants import broken, decided, places
from app.services.invariants.checks import Invariant
from tests import ministry_cases as m
from tests.decision_cases import Decisions
from tests.plugins.service import Service

CHECKED = [
    one
    for module in (decided, places)
    for group in vars(module).values()
    if isinstance(group, tuple)
    for one in group
    if isinstance(one, Invariant)
]


def found(d: Decisions) -> set[str]:
    with d.service.system() as ctx:
        return {one.invariant for one in broken(ctx, CHECKED)}


@pytest.mark.rule("I-03", "I-04", "I-05", "I-15")
def test_nothing_is_broken_after_the_whole_way_to_the_ministry(service: Service) -> None:
    d = m.with_ministry(service, pool=1)
    d.determined()
    m.reported(d)
    assert d.office("POST", d.url("conferrals"), json={"document_no": "1"}).status_code == 201
    assert found(d) == set()
