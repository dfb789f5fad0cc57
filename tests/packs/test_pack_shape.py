"""Rules of the wrong shape are refused, every fault with its place and in both languages."""

import copy
import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import CATALOGUE, Refusal
from app.packs import loading
from app.packs.checking import check
from app.packs.schema import CampaignRules
from tests.packs.changing import PROVINCIAL, Raw, drop, faults, put

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def test_rules_without_fault_come_back_whole() -> None:
    assert check(PROVINCIAL) == (loading.load("provincial-windows"), [])


class TestTheShape:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (drop("/quota"), ("FIELD_MISSING", "/quota")),
            (drop("/quota/ministry_total"), ("FIELD_MISSING", "/quota/ministry_total")),
            (drop("/quota/clause"), ("FIELD_MISSING", "/quota/clause")),
            (put("/extra", {}), ("FIELD_UNKNOWN", "/extra")),
            (put("/a~b~1c", {}), ("FIELD_UNKNOWN", "/a~0b~01c")),
            (put("/quota/extra", 1), ("FIELD_UNKNOWN", "/quota/extra")),
            (put("/notice/day_kind", "LUNAR"), ("FIELD_CHOICE", "/notice/day_kind")),
            (put("/notice/ends", "17:30"), ("FIELD_CHOICE", "/notice/ends")),
            (put("/notice/min_days", 0), ("NUMBER_RANGE", "/notice/min_days")),
            (put("/notice/min_days", 61), ("NUMBER_RANGE", "/notice/min_days")),
            (put("/notice/min_days", "5"), ("FIELD_FORMAT", "/notice/min_days")),
            (put("/notice/min_days", 5.0), ("FIELD_FORMAT", "/notice/min_days")),
            (put("/notice/min_days", True), ("FIELD_FORMAT", "/notice/min_days")),
            (put("/notice/count_publication_day", 0), ("FIELD_FORMAT", "/notice/count_publication_day")),
            (put("/notice/channels", []), ("LIST_TOO_SHORT", "/notice/channels")),
            (put("/voting", "by show of hands"), ("FIELD_FORMAT", "/voting")),
            (put("/video", "ten minutes"), ("FIELD_FORMAT", "/video")),
            (put("/rubric/criteria", []), ("LIST_TOO_SHORT", "/rubric/criteria")),
            (put("/rubric/total_points", 100), ("FIELD_FORMAT", "/rubric/total_points")),
            (put("/rubric/total_points", "1e2"), ("FIELD_FORMAT", "/rubric/total_points")),
            (put("/rubric/total_points", "NaN"), ("FIELD_FORMAT", "/rubric/total_points")),
            (put("/rubric/total_points", "-5"), ("FIELD_FORMAT", "/rubric/total_points")),
            (put("/rubric/total_points", "2.555"), ("FIELD_FORMAT", "/rubric/total_points")),
            (put("/rubric/criteria/0/name_zh", ""), ("TEXT_TOO_SHORT", "/rubric/criteria/0/name_zh")),
            (put("/rubric/criteria/0/name_zh", "字" * 1001), ("TEXT_TOO_LONG", "/rubric/criteria/0/name_zh")),
            (
                put("/rubric/criteria/0/name_zh", "only English"),
                ("FIELD_FORMAT", "/rubric/criteria/0/name_zh"),
            ),
            (put("/rubric/criteria/0/name_en", "中文"), ("FIELD_FORMAT", "/rubric/criteria/0/name_en")),
            (put("/identity/code", "../evil"), ("FIELD_FORMAT", "/identity/code")),
            (put("/identity/clause", "see above"), ("FIELD_FORMAT", "/identity/clause")),
            (put("/deadlines/kinds/0/month_day", "06-31"), ("FIELD_FORMAT", "/deadlines/kinds/0/month_day")),
            (put("/deadlines/kinds/0/month_day", "02-29"), ("FIELD_FORMAT", "/deadlines/kinds/0/month_day")),
            (
                put("/quota/sample_allocation/is_sample", False),
                ("FIELD_CHOICE", "/quota/sample_allocation/is_sample"),
            ),
            (put("/quota/ministry_fixed/330100", -1), ("NUMBER_RANGE", "/quota/ministry_fixed/330100")),
            (
                put("/scope/types/0/affiliation_levels/0", "99"),
                ("FIELD_FORMAT", "/scope/types/0/affiliation_levels/0"),
            ),
            (put("/notice", date(2026, 9, 30)), ("FIELD_FORMAT", "/notice")),
            (put("/notice", float("nan")), ("FIELD_FORMAT", "/notice")),
            (put("/notice", "\ud800"), ("FIELD_FORMAT", "/notice")),
        ],
    )
    def test_a_field_of_the_wrong_kind_is_named(
        self, change: Callable[[Raw], object], expected: tuple[str, str]
    ) -> None:
        assert faults(change) == [expected]

    def test_faults_of_several_sections_are_told_together(self) -> None:
        def change(raw: Raw) -> None:
            put("/notice/min_days", 0)(raw)
            drop("/copies")(raw)
            put("/rubric/total_points", "90")(raw)
            put("/writeup/target", 9999)(raw)

        assert faults(change) == [
            ("PACK_POINTS_MISMATCH", "/rubric/total_points"),
            ("NUMBER_RANGE", "/notice/min_days"),
            ("LIMITS_ORDER", "/writeup/target"),
            ("FIELD_MISSING", "/copies"),
        ]

    def test_rules_that_are_refused_raise_with_every_reason(self) -> None:
        with pytest.raises(Refusal) as refused:
            loading.from_json({})
        assert refused.value.code == "PACK_INVALID"
        assert len(refused.value.reasons) == 1 + 19

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_whatever_one_value_is_replaced_by_there_is_an_answer(self, data: st.DataObject) -> None:
        raw = copy.deepcopy(PROVINCIAL)
        section = data.draw(st.sampled_from(sorted(raw)))
        field = data.draw(st.sampled_from(sorted(raw[section])))
        raw[section][field] = data.draw(ANYTHING)

        rules, reasons = check(raw)

        assert (rules is None) == bool(reasons)
        assert all(reason.code in CATALOGUE for reason in reasons)


def test_rules_cannot_be_changed_once_read() -> None:
    rules = CampaignRules.model_validate_json(json.dumps(PROVINCIAL))

    with pytest.raises(ValueError, match="frozen"):
        rules.notice.min_days = 3  # type: ignore[misc]  # forbidden, that is the point
