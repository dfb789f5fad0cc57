"""A form becomes the operation's own input: nested by dots, lists by repetition, never a fault of ours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import Field

from app.domain.errors import Refusal
from app.services.inputs.base import Input, OptionalLine, Short
from app.web.fields import Fields, without_empty_rows


class Criterion(Input):
    grade: Short
    sentence: OptionalLine = ""


class Opinion(Input):
    signer: Short
    signed_on: date
    remark: OptionalLine
    channels: list[str] = Field(default_factory=list)
    named: list[str] | None = None
    criteria: list[Criterion] = Field(default_factory=list)


GIVEN = [("signer", "王芳"), ("signed_on", "2026-07-01"), ("remark", "")]


def fields(*pairs: tuple[str, str]) -> Fields:
    return Fields([*GIVEN, *pairs], {})


def test_names_nest_by_dots_and_repeat_for_lists() -> None:
    opinion = fields(
        ("channels", "WEB"),
        ("channels", "BOARD"),
        ("named", "one"),
        ("criteria.0.grade", "MEETS"),
        ("criteria.1.grade", "MEETS_FULLY"),
        ("criteria.1.sentence", ""),
        ("_key", "never part of the input"),
    ).to(Opinion)

    assert opinion.channels == ["WEB", "BOARD"]
    assert opinion.named == ["one"]
    assert [c.grade for c in opinion.criteria] == ["MEETS", "MEETS_FULLY"]
    assert opinion.remark == ""


def test_more_than_ten_rows_stay_in_their_order() -> None:
    rows = [(f"criteria.{n}.grade", f"g{n}") for n in reversed(range(12))]

    assert [c.grade for c in fields(*rows).to(Opinion).criteria] == [f"g{n}" for n in range(12)]


def test_a_field_left_empty_is_missing_at_its_own_pointer() -> None:
    with pytest.raises(Refusal) as refused:
        Fields([("signer", ""), ("signed_on", ""), ("remark", ""), ("criteria.0.grade", "")], {}).to(Opinion)

    assert refused.value.code == "VALIDATION_FAILED"
    assert {(r.pointer, r.code) for r in refused.value.reasons[1:]} == {
        ("/signer", "FIELD_MISSING"),
        ("/signed_on", "FIELD_MISSING"),
        ("/criteria/0/grade", "FIELD_MISSING"),
    }


def test_a_field_the_operation_does_not_know_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        fields(("stage", "AWARDED"), ("signer.name", "x")).to(Opinion)

    assert {r.code for r in refused.value.reasons[1:]} == {"FIELD_UNKNOWN"}


@pytest.mark.parametrize("text", ["", "x", "²", "-1", "1" * 5000])
def test_a_version_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="PRECONDITION_REQUIRED"):
        _ = Fields([("_version", text)], {}).version


names = some.text(alphabet="a.0²_", max_size=40) | some.sampled_from(
    ["criteria", "criteria.0", "criteria.0.grade", "channels.0", "a." * 900]
)


@given(some.lists(some.tuples(names, some.text(max_size=5)), max_size=8))
def test_no_form_is_a_fault_of_ours(pairs: list[tuple[str, str]]) -> None:
    found = None
    try:
        fields(*pairs).to(Opinion)
    except Refusal as refused:
        found = refused.code

    assert found in (None, "VALIDATION_FAILED")


def test_rows_that_a_form_offers_may_be_left_empty_and_the_others_move_up() -> None:
    offered = [("_rows", "criteria"), ("criteria.0.grade", ""), ("criteria.3.grade", "MEETS"), ("signer", "")]

    kept = without_empty_rows(offered)

    assert kept == [("_rows", "criteria"), ("criteria.0.grade", "MEETS"), ("signer", "")]
    assert without_empty_rows(offered[1:]) == offered[1:]
