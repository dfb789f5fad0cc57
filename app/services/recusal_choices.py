"""What a declaration of recusal offers: the organisations and the divisions of the province."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.db import organizations as rows
from app.db import windows as window_rows
from app.db.tables.evaluation import RecusalDeclaration
from app.db.tables.places import Organization, Region
from app.domain.levels import Level
from app.services import regions
from app.services.context import Ctx


@dataclass(frozen=True)
class RecusalChoices:
    """Where a reviewer may have ties."""

    organizations: list[Organization]
    regions: list[Region]


@dataclass(frozen=True)
class WordShown:
    """A declaration with the names of what it names."""

    organizations: list[str]
    regions: list[str]
    relatives: list[tuple[str, str]]


def choices(ctx: Ctx, declared: RecusalDeclaration | None = None) -> RecusalChoices:
    """All open organisations, and the cities with whatever else was declared before."""
    paths = [one.path for one in rows.topmost(ctx.session)]
    cities = regions.listed(ctx, level=Level.MUNICIPAL)
    named = set(declared.region_codes if declared else []) - {one.code for one in cities}
    more = window_rows.regions(ctx.session, sorted(named))
    return RecusalChoices(window_rows.sponsors(ctx.session, paths), [*cities, *more])


def said(ctx: Ctx, word: RecusalDeclaration) -> WordShown:
    """The same declaration as somebody reads it."""
    relatives = [(one["relation"], UUID(one["organization_id"])) for one in word.relatives]
    ids = [UUID(one) for one in word.organization_ids]
    names = _names(ctx, {*ids, *(one for _, one in relatives)})
    places = {
        one.code: one.name_zh for one in window_rows.regions(ctx.session, sorted(set(word.region_codes)))
    }
    return WordShown(
        [names[one] for one in ids],
        [places.get(code, code) for code in word.region_codes],
        [(relation, names[one]) for relation, one in relatives],
    )


def _names(ctx: Ctx, ids: set[UUID]) -> Mapping[UUID, str]:
    found = (ctx.session.get_one(Organization, one) for one in ids)
    return {one.id: one.name for one in found}
