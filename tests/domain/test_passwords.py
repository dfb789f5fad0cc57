"""Which passwords are taken (ASVS 6.2): length counts, composition does not, what is guessed first is refused."""

import pytest

from app.domain.passwords import Policy, faults

PLAIN = Policy(shortest=12, longest=128)
KNOWN = ("li.na", "李娜", "西湖", "Xihu", "Hangzhou", "ZJ")


def codes(password: str, policy: Policy = PLAIN) -> list[str]:
    return [reason.code for reason in faults(password, KNOWN, policy, "/new_password")]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "onlysmallletterswithoutspaces",
        "春风又绿江南岸明月何时照我还",
        "🦊🐻🍎🚗🎈🌊🌵🎲🧩🎻🥁🚀",
        "k7mp-3xqd-92vb-hr4t",
        "  spaces at both ends  ",
        "Password of my grandmother's parrot",
        "".join(chr(0x4E00 + 7 * n) for n in range(128)),
    ],
)
def test_a_long_password_of_any_script_is_taken(password: str) -> None:
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("mrpkqJz4-ty", ["TEXT_TOO_SHORT"]),
        ("mrpkqJz4-tyu", []),
        ("".join(chr(0x4E00 + 7 * n) for n in range(129)), ["TEXT_TOO_LONG"]),
    ],
)
def test_the_limits_themselves_are_taken(password: str, expected: list[str]) -> None:
    assert codes(password) == expected


@pytest.mark.parametrize(
    "password",
    [
        "password2026!!",
        "P@ssw0rd123456",
        "!!qwertyuiop!!",
        "123456789012",
        "abcdefgh87654321",
        "aaaaaaaaaaaaaaaa",
        "abc123abc123abc",
        "1qaz2wsx3edc4rfv",
        "ＰＡＳＳＷＯＲＤ２０２６",
        "woaini1314520",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert codes(password) == ["PASSWORD_COMMON"]


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("pingyou rules them", "pingyou"),
        ("YouZhiChuangKou-9", "youzhi"),
        ("y0uzh1 garden gate", "youzhi"),
        ("评优之后还有什么呢朋友们好", "评优"),
        ("hangzhou lanterns", "Hangzhou"),
        ("西湖边上有一棵很老的柳树", "西湖"),
        ("when li.na sings", "li.na"),
    ],
)
def test_what_names_the_service_the_place_or_the_person_is_refused(password: str, word: str) -> None:
    (reason,) = faults(password, KNOWN, PLAIN, "/new_password")

    assert (reason.code, reason.pointer, reason.params["word"]) == ("PASSWORD_NAMES", "/new_password", word)


def test_a_short_latin_name_forbids_nothing() -> None:
    assert codes("quiz jazz fjord") == []


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("nine paper boats", ["PASSWORD_KINDS"]),
        ("Nine paper boats", []),
        ("nine 9 boats drift", []),
        ("NINE9PAPERBOATS", ["PASSWORD_KINDS"]),
        ("纸船 nine Paper", []),
    ],
)
def test_three_kinds_of_characters_where_they_are_asked_for(password: str, expected: list[str]) -> None:
    assert codes(password, Policy(12, 128, kinds=3)) == expected
