"""Personal data in free text is found however it is written; office landlines and case numbers are not it (C40)."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.personal_data import Hit, PersonalData, scan
from app.domain.uscc import ALPHABET, check_character

ID, CARD, EMAIL, MOBILE = PersonalData
FULL_WIDTH = str.maketrans("0123456789Xx@", "０１２３４５６７８９Ｘｘ＠")


def kinds(text: str) -> list[PersonalData]:
    return [hit.kind for hit in scan(text)]


# Made from rules, not from people: region, birthday and serial are drawn, the check digit is computed.
def resident_id(random: Random) -> str:
    born = f"{random.randint(1930, 2008)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    first = f"33{random.randint(1, 11):02}{random.randint(1, 28):02}{born}{random.randint(1, 999):03}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first))
    return first + "10X98765432"[total % 11]


def bank_card(random: Random) -> str:
    head = random.choice(["6222", "6228", "6217", "4367", "5187", "9558", "3568"])
    size = {"6": random.randint(16, 19), "4": random.choice([16, 19]), "9": 19}.get(head[0], 16)
    first = head + "".join(str(random.randint(0, 9)) for _ in range(size - 5))
    doubled = [int(d) * 2 if n % 2 == 0 else int(d) for n, d in enumerate(reversed(first))]
    return first + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def mobile(random: Random) -> str:
    return f"1{random.randint(3, 9)}{random.randint(0, 10**9 - 1):09}"


def address(random: Random) -> str:
    return f"{random.choice(['zhang.san', 'w_li', 'a1', '13800138000'])}@{random.choice(['qq.com', 'zj.gov.cn', 'x-y.cn'])}"


GROUPS = {
    ID: [(6, 8, 4), (6, 4, 4, 4)],
    CARD: [(4, 4, 4, 4, 4), (6, 13)],
    MOBILE: [(3, 4, 4), (4, 3, 4), (3, 8)],
}


def written(kind: PersonalData, value: str, random: Random) -> str:
    """A number as people write it: in one piece, in groups, digit by digit, in full width."""
    groups = random.choice(GROUPS[kind])
    ends = [sum(groups[: n + 1]) for n in range(len(groups))]
    grouped = [value[end - size : end] for end, size in zip(ends, groups, strict=True)]
    joiner = random.choice([" ", "-", "－", "\u3000", "–", "\u200b"])
    styled = random.choice([value, joiner.join(part for part in grouped if part), joiner.join(value)])
    return random.choice([styled, styled.translate(FULL_WIDTH), styled.lower()])


PLANTED = {ID: resident_id, CARD: bank_card, MOBILE: mobile}
BEFORE = [
    "联系人张某，",
    "电话：",
    "（",
    "身份证号",
    "",
    "详见附件2，",
    "0571-87054321、",
    "于2026年9月18日 登记，",
]
BEHIND = ["。", "，特此公示", "）", "", "\n联系电话：0571-87054321", "；邮编310007"]


@pytest.mark.rule("D13")
def test_all_of_500_planted_strings_are_found_where_they_stand() -> None:
    random = Random(40)
    missed = []
    for _ in range(500):
        kind = random.choice(list(PersonalData))
        value = address(random) if kind is EMAIL else written(kind, PLANTED[kind](random), random)
        before, behind = random.choice(BEFORE), random.choice(BEHIND)
        if scan(before + value + behind) != [Hit(len(before), len(before) + len(value), kind)]:
            missed.append((before, value, behind))
    assert missed == []


def landline(random: Random) -> str:
    area = random.choice(
        ["0571", "0574", "0577", "0573", "0572", "0575", "0579", "0570", "0580", "0576", "0578", "010"]
    )
    number = str(random.randint(20_000_000, 89_999_999))
    style = random.choice(
        ["{}-{}", "{} {}", "({}){}", "（{}）{}", "{}－{}", "{}{}", "{}-{}-801", "{}-{} " + number]
    )
    return style.format(area, number)


def credit_code(random: Random) -> str:
    first = random.choice(["11", "12", "51", "52", "91"]) + f"3301{random.randint(2, 14):02}"
    first += "".join(random.choice(random.choice([ALPHABET, "0123456789"])) for _ in range(9))
    return first + check_character(first)


def clean_notice(random: Random) -> str:
    day = f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return "\n".join(
        [
            f"关于拟推荐优质服务窗口的公示（浙劳社〔20{random.randint(10, 26)}〕{random.randint(1, 400)}号）",
            f"公示期：{day} 至 2026年{random.randint(1, 12)}月{random.randint(1, 28)}日，共 5 个工作日，",
            f"受理时间 8:30-12:00、14:00-17:30，受理电话：{landline(random)}，监督电话 12333、12388。",
            f"地址：杭州市省府路{random.randint(1, 999)}号，邮编：{random.randint(310000, 325999)}。",
            f"编号 2026-ZJ-33{random.randint(1, 11):02}00-{random.randint(1, 99):04}，代码 {credit_code(random)}，",
            f"办件 {random.randint(1, 2_000_000)} 件，满意率 {random.randint(9000, 10000) / 100}%，经费 {random.randint(1, 10**8)}.50 元。",
            f"案号 330106{day.replace('-', '')}{random.randint(1, 99999):05}，历年 1998-2003 2004-2026。",
        ]
    )


@pytest.mark.rule("D13")
def test_at_most_one_in_a_hundred_of_500_clean_notices_raises_an_alarm() -> None:
    random = Random(41)
    alarms = [hits for hits in (scan(clean_notice(random)) for _ in range(500)) if hits]
    assert alarms == []


@pytest.mark.parametrize(
    "text",
    [
        "0571-87054321",
        "(0571) 87054321",
        "０５７１－８７０５４３２１",
        "0573-52345678 52345679",
        "热线 12345、12333、95598、96345",
        "400-826-1234",
        "邮编 310007 310008",
        "2026-09-18 2026-09-24",
        "1949-10-01 123",
        "330106199001011230",  # a wrong check digit
        "330106199013011234",  # no such month
        "11330683742010670P",
        "6222021234567890124",  # fails Luhn
        "12800138000",
        "138001380001",
        "优@质.服务",
        "",
    ],
)
def test_what_belongs_to_an_office_or_is_no_such_number_is_no_hit(text: str) -> None:
    assert scan(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800138000", [MOBILE]),
        ("+86 138-0013-8000", [MOBILE]),
        ("8613800138000", [MOBILE]),
        ("0086-13800138000", [MOBILE]),
        ("手机138 0013 8000或0571-87054321", [MOBILE]),
        ("13800138000、13900139000", [MOBILE, MOBILE]),
        ("11010519491231002X", [ID]),
        ("11010519491231002x号", [ID]),
        ("110105 19491231 002 X", [ID]),
        ("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", [ID]),
        ("6222 0212 3456 7890 128", [CARD]),
        ("4111111111111111", [CARD]),
        ("13800138000@139.com", [EMAIL]),
        ("邮箱：zhang.san＠zj．gov．cn。", [EMAIL]),
        ("a@b.cn,c@d.cn", [EMAIL, EMAIL]),
    ],
)
def test_ways_of_writing_that_people_use_are_found(text: str, expected: list[PersonalData]) -> None:
    assert kinds(text) == expected


def test_the_span_is_that_of_the_text_as_given() -> None:
    text = "电话１３８－００１３－８０００。"
    (hit,) = scan(text)
    assert (text[hit.start : hit.end], hit.kind) == ("１３８－００１３－８０００", MOBILE)


PROSE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("，。（）、\n"), max_size=40
)


@pytest.mark.rule("D13")
@given(PROSE, st.sampled_from(sorted(PLANTED)), st.randoms(use_true_random=False), PROSE)
def test_a_planted_number_is_found_in_any_prose(
    before: str, kind: PersonalData, random: Random, behind: str
) -> None:
    value = written(kind, PLANTED[kind](random), random)
    assert scan(before + value + behind) == [Hit(len(before), len(before) + len(value), kind)]


@pytest.mark.rule("D13")
@given(PROSE, st.randoms(use_true_random=False), PROSE)
def test_a_landline_is_never_a_hit(before: str, random: Random, behind: str) -> None:
    assert scan(before + landline(random) + behind) == []


@given(st.text(st.sampled_from("0123456789 -Xx@.a一０Ｘ"), max_size=200))
def test_hits_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    hits = scan(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(first.end <= second.start for first, second in pairwise(hits))
