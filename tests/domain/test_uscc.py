"""The unified social credit code: real and synthetic vectors, and what its check finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.uscc import ALPHABET, check_character, is_valid, normalise, uscc_reasons

PUBLISHED = ["11330800MB0R57773W", "11330683742010670P", "11320000MB151840XJ", "91512081MA62K0260E"]
SYNTHETIC = ["12330100MB0000019G", "12330200MB0000019M", "12330400MB00000190", "12331100MB0000019W"]
FIRST17 = st.tuples(
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
).map("".join)


@pytest.mark.parametrize("code", PUBLISHED + SYNTHETIC)
def test_published_and_synthetic_codes_are_well_formed(code: str) -> None:
    assert uscc_reasons(code) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("91350100M000100Y4Z", "it never holds Z"),
        ("91310115MA1H8R7C6D", "the check character does not fit"),
        ("91310115MA1H8R7C6", "it has 18 characters"),
        ("", "it has 18 characters"),
        ("11330800MBOR57773W", "it never holds O"),
        ("1133080AMB0R57773W", "characters 3 to 8 are digits of a region"),
        ("11330800mb0r57773w", "it never holds b m r w"),
    ],
)
def test_a_code_that_is_not_well_formed_is_told_why(code: str, why: str) -> None:
    (reason,) = uscc_reasons(code, "/uscc")
    assert (reason.code, reason.pointer) == ("USCC_INVALID", "/uscc")
    assert reason.params["why_en"] == why
    assert str(reason.params["why_zh"]) in reason.sentence("zh")


def test_the_checks_of_two_wrongly_published_codes() -> None:
    assert check_character("91350100M000100Y4") == "3"
    assert check_character("91310115MA1H8R7C6") == "7"


def test_lower_case_and_blanks_are_normalised_and_nothing_else() -> None:
    assert normalise(" 1133 0800\u3000mb0r57773w\n") == "11330800MB0R57773W"
    assert normalise("11330800MBOR57773W") == "11330800MBOR57773W"
    assert not is_valid(normalise("11330800MBOR57773W"))
    assert not is_valid(normalise("I1330800MB0R57773W"))


@given(FIRST17, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(first: str, place: int, wrong: str) -> None:
    code = first + check_character(first)
    assert is_valid(code)
    changed = code[:place] + wrong + code[place + 1 :]
    assert is_valid(changed) == (changed == code)


@given(FIRST17, st.integers(0, 15))
def test_two_neighbours_exchanged_are_always_found(first: str, place: int) -> None:
    code = first + check_character(first)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_valid(swapped) == (swapped == code)


@given(st.text(max_size=24))
def test_any_text_can_be_asked(text: str) -> None:
    assert len(uscc_reasons(normalise(text))) <= 1
