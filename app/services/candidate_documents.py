"""The table of candidates: of one unit, or of the campaign, in the order of their rank (R-021, R-024)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.db import nominations as rows
from app.db import quota
from app.db.nominations import NominationRow
from app.db.tables.campaigns import Campaign
from app.documents import tables, typeset, word
from app.documents.data import Candidates, Cell, Column, Table
from app.domain.nomination import Stage
from app.domain.words import name_of
from app.packs.schema import CampaignRules
from app.services import campaigns, exporting, quota_facts, recusals
from app.services.context import Ctx
from app.services.documents import DRAFT, Finished, finished, local_day

COLUMNS = (
    Column("number", "序号", 5),
    Column("bucket", "推荐单位", 16),
    Column("rank", "推荐排序", 6),
    Column("window", "窗口名称", 24),
    Column("sponsor", "主管（所属）单位", 24),
    Column("place", "所在地", 10),
    Column("kind", "窗口类别", 14),
    Column("stage", "办理状态", 12),
)
_LISTED = tuple(
    one for one in Stage if not one.final and one not in (Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED)
)
_SIGNING = ("单位负责人（签字）：", "填表人：", "（盖章）　　　　年　　月　　日")


def candidate_table(ctx: Ctx, campaign_id: UUID, bucket: str = "", form: str = "pdf") -> Finished:
    """The candidates of the caller's area that passed review, an entry in the audit record for it.

    Needs `nomination:read`; cases the caller stands in conflict with are not in it (C15).
    """
    campaign = campaigns.readable(ctx, campaign_id, "nomination:read")
    hidden = recusals.hidden_everywhere(ctx)
    paths = ctx.actor.paths("nomination:read", campaign.id)
    found = rows.in_bucket(ctx.session, paths, campaign.id, bucket, _LISTED)
    said = gathered(ctx, campaign, [one for one in found if one.nomination.id not in hidden], bucket)
    changed = max([campaign.updated_at, *(one.nomination.updated_at for one in found)])
    if form == "pdf":
        data = typeset.candidates(said, changed)
    elif form == "docx":
        data = word.candidates(said, changed)
    else:
        data = tables.xlsx(Table("candidates", said.title, said.columns, said.rows, (), said.notes))
    made = finished("推荐候选窗口汇总表", said.unit, form, data)
    exporting.noted(ctx, "candidate_table.printed", campaign, made, "")
    return made


def gathered(ctx: Ctx, campaign: Campaign, found: Sequence[NominationRow], bucket: str = "") -> Candidates:
    """What the table says."""
    rules = campaigns.rules_of(ctx, campaign)
    names = quota_facts.bucket_names(ctx, campaign)
    places = quota.region_names(ctx.session, [one.window.region_code for one in found])
    unranked = any(one.nomination.rank_in_bucket is None for one in found)
    plan = quota.confirmed(ctx.session, campaign.id)
    return Candidates(
        title=f"{rules.identity.award_title_zh}推荐候选窗口汇总表",
        unit=names.get(bucket, bucket) if bucket else campaign.title,
        on=local_day(ctx, max((one.nomination.updated_at for one in found), default=campaign.updated_at)),
        columns=COLUMNS,
        rows=[_cells(number, one, rules, names, places) for number, one in enumerate(found, 1)],
        signing=_SIGNING,
        notes=("名额分配为样例，须以正式分配为准。",) if plan and plan.is_sample else (),
        sample=not campaign.livemode,
        mark=DRAFT if unranked else "",
    )


def _cells(
    number: int, row: NominationRow, rules: CampaignRules, names: Mapping[str, str], places: Mapping[str, str]
) -> list[Cell]:
    one, window = row.nomination, row.window
    kinds = {kind.code: kind.name_zh for kind in rules.scope.types}
    return [
        number,
        names.get(one.bucket_code, one.bucket_code),
        one.rank_in_bucket,
        window.name,
        row.sponsor.name,
        places.get(window.region_code, window.region_code),
        kinds.get(window.window_type, window.window_type),
        name_of("nomination_stage", one.stage, "zh"),
    ]
