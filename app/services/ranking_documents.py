"""A ranking as the very texts whose digests it keeps, for whoever verifies it without this program (G-08)."""

from app.db import score_rankings as rows
from app.db.tables.evaluation import RankingSnapshot
from app.domain.errors import Refusal
from app.services import audit, evaluation, ranking_inputs, recusals
from app.services.context import Ctx

_HASHED = (
    *("nomination_id", "bucket_code", "value", "shown", "spread", "bucket_rank", "bucket_tied", "bucket_cut"),
    *("pool_rank", "pool_tied", "pool_cut"),
)
"""What `result_hash` is taken of, line by line."""


def frozen(ctx: Ctx, snapshot: RankingSnapshot) -> tuple[str, str]:
    """Inputs and result. Needs `ranking:read` at the host.

    Refuses `RECUSAL` where the caller stands in conflict with one of its cases.
    """
    evaluation.readable(ctx, snapshot.campaign_id, "ranking:read")
    lines = [one.entry for one in rows.entries(ctx.session, snapshot.id)]
    if recusals.hidden_everywhere(ctx) & {one.nomination_id for one in lines}:
        raise Refusal("RECUSAL")
    inputs = ranking_inputs.document(snapshot.inputs, {one.nomination_id.hex: one.source for one in lines})
    return inputs, audit.canonical(
        {"lines": [{name: getattr(one, name) for name in _HASHED} for one in lines]}
    )
