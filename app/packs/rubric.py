"""What is judged: criteria with their items and points, and the facts that end a case (R-018, R-019)."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import Annotated

from pydantic import Field, StringConstraints

from app.domain.errors import Reason
from app.domain.scoring import rubric_reasons
from app.packs.parts import Chinese, Code, English, Part, Points, Section, repeated

CriterionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{1,2}$")]
ItemCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{1,2}\.\d{1,2}$")]


class Check(Part):
    """One thing to tick while judging an item."""

    zh: Chinese
    en: English


class Item(Part):
    """One sub-point; `text_zh` quotes the notice, `hint_*` says what evidence a reviewer would expect."""

    code: ItemCode
    text_zh: Chinese
    text_en: English
    hint_zh: Chinese
    hint_en: English
    max_points: Points
    checklist: tuple[Check, ...] = ()


class Criterion(Part):
    """A criterion counts by its own points, or by a weight of the total; never by both (decisions 33)."""

    code: CriterionCode
    key: Code
    name_zh: Chinese
    name_en: English
    max_points: Points | None = None
    weight: Points | None = None
    items: tuple[Item, ...] = Field(min_length=1, max_length=50)


class Rubric(Section):
    """The criteria and what they add up to."""

    total_points: Points
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=20)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(chain.from_iterable(criterion.items for criterion in self.criteria))

    def faults(self) -> Iterator[Reason]:
        yield from repeated((criterion.code for criterion in self.criteria), "/criteria/{}/code")
        yield from repeated((criterion.key for criterion in self.criteria), "/criteria/{}/key")
        for index, criterion in enumerate(self.criteria):
            yield from _item_faults(criterion, f"/criteria/{index}")
        yield from rubric_reasons(self)


class VetoSource(StrEnum):
    NOTICE = "NOTICE"
    PRACTICE = "PRACTICE"


class Veto(Part):
    """A fact that ends a case whatever its score; without look-back it counts inside the award period (D-09)."""

    code: Code
    text_zh: Chinese
    text_en: English
    source: VetoSource
    enabled: bool
    lookback_years: int | None = Field(default=None, ge=1, le=20)


class Vetoes(Section):
    """The notice's own vetoes, and further ones seen in practice, which a host may switch on."""

    items: tuple[Veto, ...] = Field(min_length=1, max_length=50)

    @property
    def enabled(self) -> tuple[Veto, ...]:
        return tuple(veto for veto in self.items if veto.enabled)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((veto.code for veto in self.items), "/items/{}/code")


def _item_faults(criterion: Criterion, at: str) -> Iterator[Reason]:
    yield from repeated((item.code for item in criterion.items), at + "/items/{}/code")
    for index, item in enumerate(criterion.items):
        if item.code.split(".")[0] != criterion.code:
            yield Reason("PACK_REFERENCE_UNKNOWN", f"{at}/items/{index}/code", {"reference": item.code})
