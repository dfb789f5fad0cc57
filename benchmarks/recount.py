"""The recomputation proper of a ranking, apart from the reading of what was kept: points added up, values, ranks, comparison."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from app.db import score_rankings as rows
from app.db.tables.evaluation import RankingSnapshot
from app.domain.ids import parsed
from app.rehearse.world import World
from app.services import campaigns, ranking_inputs, score_rankings
from app.services.running import acting_as_system
from benchmarks.calls import FailedError
from benchmarks.measure import Call


@contextmanager
def recounting(world: World, ranking: str) -> Iterator[Call]:
    """A call that recomputes this ranking, whose inputs and lines have been read before."""
    plant = world.plant
    with acting_as_system(plant.engine, plant.clock, plant.settings, plant.store) as ctx:
        snapshot = ctx.session.get_one(RankingSnapshot, parsed("rnk", ranking))
        campaign = campaigns.campaign_of(ctx, snapshot.campaign_id)
        kept = rows.kept(ctx.session, snapshot.id)
        sources = {one.nomination_id: one.source for one in kept}
        inputs = ranking_inputs.read(ranking_inputs.document(snapshot.inputs, sources))
        campaigns.rules_of(ctx, campaign)
        ctx.session.rollback()

        async def recounted() -> bytes:
            await asyncio.sleep(0)
            sound = all(score_rankings.recounted(ctx, campaign, inputs, kept))
            ctx.session.rollback()  # the bare sum comes next, and begins a transaction of its own
            if not sound:
                raise FailedError(ranking)
            return b""

        yield recounted
