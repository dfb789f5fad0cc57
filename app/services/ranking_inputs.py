"""What a ranking is made from, frozen as data: locked totals, places, method; and whether it is still that (I-16, E-20).

The inputs are one JSON document, written canonically: `buckets`, `cases`, `method`, `min_reviewers`, `pool_places`,
`total_points`. The lines of a ranking keep a case each, the ranking the rest; put together again they are the document,
and its SHA-256 is the ranking's input hash. Whoever has the document computes the ranking without this program.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from app.db import quota
from app.db import score_rankings as rows
from app.db.tables.campaigns import Campaign
from app.db.tables.evaluation import RankingSnapshot
from app.domain.errors import Refusal
from app.domain.nomination_stage import Stage
from app.domain.ranking import Method
from app.domain.standings import BucketPlaces, Rules, ScoredCase, SheetTotal
from app.packs.schema import CampaignRules
from app.services import audit
from app.services.context import Ctx

RANKED = (
    Stage.EVALUATED,
    Stage.REVIEWED,
    Stage.AT_HOST_NOTICE,
    Stage.DETERMINED,
    Stage.AWARDED,
    Stage.NOT_SELECTED,
)
"""A case that was scored to the end stays in the ranking; one that was vetoed or withdrawn is not in it."""


@dataclass(frozen=True)
class Inputs:
    """All that a ranking is made from: method and places, and every case with its sheets, by id."""

    head: dict[str, Any]
    cases: list[dict[str, Any]]

    @property
    def sources(self) -> dict[str, str]:
        """Each case as it is frozen, by its hex."""
        return {one["case"]: audit.canonical(one) for one in self.cases}

    @property
    def sources_hash(self) -> str:
        cases = [(one["case"], one["bucket"]) for one in self.cases]
        return _sources_hash(
            self.head, cases, (sheet["sheet"] for one in self.cases for sheet in one["sheets"])
        )

    @property
    def rules(self) -> Rules:
        """What the ranking goes by."""
        buckets = (
            BucketPlaces(one["code"], one["places"], one["pool_eligible"]) for one in self.head["buckets"]
        )
        return Rules(
            Method(self.head["method"]),
            Fraction(self.head["total_points"]),
            self.head["pool_places"],
            tuple(buckets),
        )

    @property
    def scored(self) -> list[ScoredCase]:
        """The cases with exact totals; there are few different ones among thousands."""
        exact = cache(Fraction)
        return [
            ScoredCase(
                one["case"],
                one["bucket"],
                tuple(SheetTotal(s["sheet"], s["reviewer"], exact(s["total"])) for s in one["sheets"]),
            )
            for one in self.cases
        ]


def gather(ctx: Ctx, campaign: Campaign, rules: CampaignRules) -> Inputs:
    """The inputs as they are now; three statements. Refuses `QUOTA_NOT_CONFIRMED`: without places there is no cut."""
    head = _head(ctx, campaign, rules)
    if head is None:
        raise Refusal("QUOTA_NOT_CONFIRMED")
    sheets: dict[str, list[dict[str, Any]]] = {}
    for case, *sheet in rows.locked_sheets(ctx.session, campaign.id, RANKED):
        sheets.setdefault(case, []).append(dict(zip(rows.FrozenSheet._fields[1:], sheet, strict=True)))
    cases = [
        {"case": case, "bucket": bucket, "sheets": sheets.get(case, [])}
        for case, bucket in rows.evaluated(ctx.session, campaign.id, RANKED)
    ]
    return Inputs(head, cases)


def document(head: Mapping[str, Any], sources: Mapping[str, str]) -> str:
    """The inputs as the document whose digest is kept: what was frozen of each case goes in as it stands."""
    empty = audit.canonical({**head, "cases": []})
    return empty.replace('"cases":[]', f'"cases":[{",".join(sources[key] for key in sorted(sources))}]', 1)


def read(said: str) -> Inputs:
    """A document, to be computed again."""
    head = json.loads(said)
    return Inputs(head, head.pop("cases"))


def on_record(ctx: Ctx, campaign: Campaign, rules: CampaignRules) -> bool:
    """Whether a ranking was taken from exactly what is there now; a correction since then asks for a new one (E-20)."""
    recorded = rows.latest_sources(ctx.session, campaign.id)
    return bool(recorded) and _is_there(ctx, campaign, rules, recorded)


def is_current(ctx: Ctx, campaign: Campaign, rules: CampaignRules, snapshot: RankingSnapshot) -> bool:
    """Whether these inputs are what is there now."""
    return _is_there(ctx, campaign, rules, snapshot.sources_hash)


def _is_there(ctx: Ctx, campaign: Campaign, rules: CampaignRules, recorded: str) -> bool:
    """Compared by name: a sheet never changes once it is locked (I-11), a correction is another sheet."""
    head = _head(ctx, campaign, rules)
    if head is None:
        return False
    cases = rows.evaluated(ctx.session, campaign.id, RANKED)
    sheets = rows.locked_ids(ctx.session, campaign.id, RANKED)
    return _sources_hash(head, cases, sheets) == recorded


def _head(ctx: Ctx, campaign: Campaign, rules: CampaignRules) -> dict[str, Any] | None:
    """Method and places; nothing without a confirmed plan."""
    plan, buckets = quota.confirmed_buckets(ctx.session, campaign.id)
    if plan is None:
        return None
    return {
        "method": rules.reviewers.method.value,
        "min_reviewers": rules.reviewers.min_reviewers,
        "total_points": str(Fraction(rules.rubric.total_points)),
        "pool_places": plan.ministry_pool if rules.ministry_track.enabled else 0,
        "buckets": [
            {"code": one.code, "places": one.provincial_places, "pool_eligible": one.pool_eligible}
            for one in buckets
        ],
    }


def _sources_hash(head: Mapping[str, Any], cases: Iterable[tuple[str, str]], sheets: Iterable[str]) -> str:
    return audit.digest_of("\n".join((audit.canonical(head), *map(":".join, cases), *sheets)))
