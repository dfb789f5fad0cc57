"""Two clerks clear the last nomination of a bucket at the same second: one gets the claim, the other hears why not."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, col, select

from app.db.tables.campaigns import QuotaSeat
from app.db.tables.nominations import NominationStep
from app.domain.errors import Refusal
from app.domain.nomination import Action, Stage
from app.domain.quota import SeatKind
from app.services import nomination_steps
from app.services.inputs.nomination_steps import ClearStep
from tests.flow_cases import XIHU, YUHANG, flow, made
from tests.flow_steps import Moving
from tests.plugins.service import Service


@pytest.mark.rule("E-12", "I-03")
def test_two_clear_at_the_last_claim_and_one_gets_it(service: Service) -> None:
    f = flow(service, claims=1)
    cases = [f.at(Stage.SUBMITTED, sponsor, level="MUNICIPAL") for sponsor in (XIHU, YUHANG)]
    for one in cases:
        made(one.review("MUNICIPAL"))
    approver, start = f.approver(), threading.Barrier(2)

    def attempt(one: Moving) -> str:
        start.wait(30)
        try:
            with service.acting(approver) as ctx:
                nomination_steps.act(ctx, one.key, ClearStep(action="CLEAR"), None)
        except Refusal as refusal:
            return refusal.code
        return "CLEARED"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(attempt, cases))

    assert sorted(answers) == ["CLEARED", "NOMINATION_LIMIT_REACHED"]
    winner = cases[answers.index("CLEARED")]
    assert [one.stage for one in cases] == ["CLEARED" if one is winner else "SUBMITTED" for one in cases]
    with Session(service.plant.engine) as session:
        claimed = select(QuotaSeat.nomination_id).where(col(QuotaSeat.nomination_id).is_not(None))
        assert session.exec(claimed.where(col(QuotaSeat.kind) == SeatKind.NOMINATION)).all() == [winner.key]
        clearances = select(NominationStep.nomination_id).where(col(NominationStep.action) == Action.CLEAR)
        assert session.exec(clearances).all() == [winner.key]  # no partial rows of the other
