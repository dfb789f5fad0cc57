"""Normal form, forbidden characters, the counting rule and the bands of a write-up."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import (
    Band,
    BandVerdict,
    Forbidden,
    count_characters,
    forbidden_characters,
    normalise,
    text_reasons,
)

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=60)
WORDS = st.lists(st.text(st.sampled_from("abcXYZ0189"), min_size=1, max_size=8), max_size=12)
BLANKS = st.text(st.sampled_from(" \t\r\n\u3000\u00a0\u2003"), max_size=6)
ANY = st.text(max_size=80)

FORBIDDEN_POINTS = (
    (set(range(0xA0)) - set(range(0x20, 0x7F)) - {0x09, 0x0A, 0x0D})
    | {0x061C, 0x200E, 0x200F}
    | set(range(0x202A, 0x202F))
    | set(range(0x2066, 0x206A))
    | set(range(0xD800, 0xE000))
)


def test_full_width_blanks_are_trimmed_and_letters_composed() -> None:
    assert normalise("\u3000\u00a0 杭州市\u3000西湖区\u3000\n") == "杭州市\u3000西湖区"
    assert normalise("Lu\u0308") == "L\u00fc"


def test_a_control_character_at_the_end_is_refused_not_trimmed_away() -> None:
    assert normalise("窗口\u001f") == "窗口\u001f"
    assert forbidden_characters("窗口\u001f") == [Forbidden(2, "U+001F")]


@given(ANY)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once == unicodedata.normalize("NFC", once)
    assert not once[:1].isspace() or forbidden_characters(once[:1])


def test_exactly_the_listed_code_points_are_forbidden() -> None:
    assert {point for point in range(0x110000) if forbidden_characters(chr(point))} == FORBIDDEN_POINTS


@given(ANY, st.sampled_from(sorted(FORBIDDEN_POINTS)), ANY)
def test_a_planted_control_character_is_found_where_it_stands(before: str, point: int, after: str) -> None:
    assert Forbidden(len(before), f"U+{point:04X}") in forbidden_characters(before + chr(point) + after)


def test_the_reason_names_the_field_and_the_places() -> None:
    assert text_reasons("第一行\n\t第二行\r", "/body") == []
    (reason,) = text_reasons("好\u202e坏", "/body")
    assert (reason.code, reason.pointer, reason.params) == (
        "TEXT_CONTROL_CHARS",
        "/body",
        {"found": "U+202E@1"},
    )


@pytest.mark.rule("R-035", "E-38")
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \u3000\n\t", 0),
        ("优质服务窗口", 6),
        ("优质，高效。", 6),
        ("“一窗受理”", 6),
        ("改革——创新……", 8),
        ("办件1234件", 4),
        ("12345 热线", 3),
        ("满意率99.8%", 5),
        ("ABC公司", 3),
        ("ＡＢＣ公司２０２６年", 5),
        ("hello world", 2),
        ("e-mail", 2),
        ("café", 1),
        ("cafe\u0301", 1),
        ("〇", 1),
        ("𠮷野", 2),
        ("５０％", 2),
        ("优 质\n服　务", 4),
        ("a,b", 2),
    ],
)
def test_characters_are_counted_by_the_stated_rule(text: str, count: int) -> None:
    assert count_characters(text) == count


@pytest.mark.rule("E-38")
def test_a_latin_heavy_write_up_does_not_pass_for_four_thousand_characters() -> None:
    assert count_characters("a" * 4000) == 1
    assert count_characters("service " * 500) == 500


@given(HAN, WORDS)
def test_each_han_character_and_each_word_counts_one(han: str, words: list[str]) -> None:
    assert count_characters(han + " " + " ".join(words)) == len(han) + len(words)


@given(HAN, HAN, BLANKS)
def test_pasted_blanks_add_nothing(first: str, second: str, blanks: str) -> None:
    assert count_characters(first + blanks + second) == count_characters(first) + count_characters(second)


@given(ANY)
def test_the_count_is_never_above_the_length_and_the_same_for_the_stored_form(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert 0 <= count_characters(text) <= len(composed)
    assert count_characters(normalise(text)) == count_characters(text)


WRITEUP = Band(target=4000, soft_min=3600, soft_max=4400, hard_min=3000, hard_max=5000)


@pytest.mark.rule("R-035", "R-041")
@pytest.mark.parametrize(
    ("count", "verdict"),
    [
        (2999, BandVerdict.REFUSE),
        (3000, BandVerdict.WARN),
        (3599, BandVerdict.WARN),
        (3600, BandVerdict.OK),
        (4400, BandVerdict.OK),
        (4401, BandVerdict.WARN),
        (5000, BandVerdict.WARN),
        (5001, BandVerdict.REFUSE),
    ],
)
def test_about_four_thousand_has_soft_and_hard_limits(count: int, verdict: BandVerdict) -> None:
    assert WRITEUP.verdict(count) is verdict


@given(st.lists(st.integers(-5, 20), min_size=5, max_size=5))
def test_limits_that_do_not_rise_are_refused(limits: list[int]) -> None:
    hard_min, soft_min, target, soft_max, hard_max = limits
    band = Band(target, soft_min, soft_max, hard_min, hard_max)
    sound = 0 <= hard_min <= soft_min <= target <= soft_max <= hard_max
    assert [r.code for r in band.reasons("/writeup")] == ([] if sound else ["LIMITS_ORDER"])
    assert not sound or band.verdict(target) is BandVerdict.OK
