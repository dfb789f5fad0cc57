"""The unified social credit code: normal form and check character (GB 32100-2015).

A valid code is only a well-formed one; whether the organisation exists, the code does not say.
"""

from app.domain.errors import Reason

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
_MODULUS = len(ALPHABET)


def normalise(code: str) -> str:
    """Upper case without blanks. O is never taken for 0 nor I for 1: that would bless a misprint."""
    return "".join(code.split()).upper()


def is_valid(code: str) -> bool:
    """Whether a code, in normal form, is well formed."""
    return not uscc_reasons(code)


def uscc_reasons(code: str, pointer: str = "") -> list[Reason]:
    """Why a code, in normal form, is not well formed."""
    if len(code) != 18:
        return [_wrong(pointer, "应为 18 位", "it has 18 characters")]
    strange = sorted(set(code) - set(ALPHABET))
    if strange:
        listed = " ".join(strange)
        return [_wrong(pointer, f"含有不使用的字符 {listed}", f"it never holds {listed}")]
    if not code[2:8].isdigit():
        return [_wrong(pointer, "第 3 至 8 位应为行政区划数字", "characters 3 to 8 are digits of a region")]
    if code[17] != check_character(code[:17]):
        return [_wrong(pointer, "校验位不符", "the check character does not fit")]
    return []


def check_character(first17: str) -> str:
    """The last character that belongs to the first 17; a remainder of zero gives `0`."""
    total = sum(ALPHABET.index(c) * pow(3, place, _MODULUS) for place, c in enumerate(first17))
    return ALPHABET[-total % _MODULUS]


def _wrong(pointer: str, why_zh: str, why_en: str) -> Reason:
    return Reason("USCC_INVALID", pointer, {"why_zh": why_zh, "why_en": why_en})
