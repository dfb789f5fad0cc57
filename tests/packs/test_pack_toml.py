"""Rules are written as TOML that the standard library reads back to the very same data."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.packs import loading, toml

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = TEXT | st.integers(-(2**63), 2**63 - 1) | st.booleans()
DATA = st.dictionaries(
    TEXT,
    st.recursive(
        SCALARS | st.lists(SCALARS, max_size=3),
        lambda inner: (
            st.dictionaries(TEXT, inner, max_size=4)
            | st.lists(st.dictionaries(TEXT, inner, max_size=3), min_size=1, max_size=3)
        ),
        max_leaves=12,
    ),
    max_size=5,
)


@given(DATA)
def test_whatever_is_written_is_read_back(data: dict[str, object]) -> None:
    assert tomllib.loads(toml.dumps(data)) == data


def test_is_readable_by_people() -> None:
    data = {
        "notice": {"min_days": 5, "channels": ["WEBSITE", "OTHER"], "host_notice_for_all": False},
        "routing": {"routes": [{"code": "CITY", "name_zh": "经市级"}, {"code": "UNIT", "name_zh": "省级"}]},
        "quota": {"ministry_fixed": {}, "places": {"330100": 2}},
    }

    assert toml.dumps(data) == (
        '[notice]\nmin_days = 5\nchannels = ["WEBSITE", "OTHER"]\nhost_notice_for_all = false\n\n'
        '[routing]\n\n[[routing.routes]]\ncode = "CITY"\nname_zh = "经市级"\n\n'
        '[[routing.routes]]\ncode = "UNIT"\nname_zh = "省级"\n\n'
        "[quota]\n\n[quota.ministry_fixed]\n\n[quota.places]\n330100 = 2\n"
    )


@pytest.mark.parametrize("value", [1.5, None, date(2026, 9, 30), [{"a": 1}, 2], b"x"])
def test_what_rules_never_hold_is_not_written(value: object) -> None:
    with pytest.raises(TypeError, match="rules hold no"):
        toml.dumps({"value": value})


def test_a_file_that_is_no_toml_is_refused_with_the_line() -> None:
    with pytest.raises(Refusal) as refused:
        loading.from_toml("[identity]\ncode = half")

    assert refused.value.code == "PACK_UNREADABLE"
    assert "line 2" in refused.value.reason.sentence("zh")
