"""Which part of a nomination may be written when, and whose step each action is."""

from itertools import product

import pytest

from app.domain.levels import Level
from app.domain.nomination import Action, Stage
from app.domain.nomination_parts import NominationPart, is_open
from tests.domain.cases import case, returned_by_the_office

GROWING = {Stage.SUBMITTED, Stage.CLEARED, Stage.AT_NOTICE}


@pytest.mark.parametrize(("stage", "part"), list(product(Stage, NominationPart)))
def test_a_draft_is_open_a_return_opens_what_it_names_and_only_the_form_grows_on_the_way(
    stage: Stage, part: NominationPart
) -> None:
    growing = part is NominationPart.FORM and stage in GROWING

    assert is_open(part, stage, ()) is (stage is Stage.DRAFT or growing)
    assert is_open(part, stage, (part,)) is (stage in (Stage.DRAFT, Stage.RETURNED) or growing)


def test_each_step_belongs_to_one_level() -> None:
    assert case(Stage.DRAFT).level_of(Action.WITHDRAW) is Level.COUNTY
    assert case(Stage.SUBMITTED).level_of(Action.WITHDRAW) is Level.MUNICIPAL
    assert case(Stage.FILED).level_of(Action.WITHDRAW) is Level.PROVINCIAL
    assert returned_by_the_office().level_of(Action.WITHDRAW) is Level.PROVINCIAL
    assert case(Stage.SUBMITTED, last_step_level=Level.COUNTY).level_of(Action.UNDO) is Level.COUNTY
    assert case(Stage.SUBMITTED).level_of(Action.CLEAR) is Level.MUNICIPAL


def test_codes_are_called_by_their_names_or_by_themselves() -> None:
    facts = case(Stage.DRAFT, names={"VIOLATION": ("违纪违法", "Breach of law")})

    assert facts.named("items", ("VIOLATION", "OTHER")) == {
        "items": ("VIOLATION", "OTHER"),
        "items_zh": ("违纪违法", "OTHER"),
        "items_en": ("Breach of law", "OTHER"),
    }
