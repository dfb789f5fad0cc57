"""Rules that cannot hold together are refused: sums, references, order, what belongs to what."""

import copy
from collections.abc import Callable

import pytest

from app.packs.checking import check
from tests.packs.changing import MUNICIPAL, PROVINCIAL, Raw, drop, faults, put


class TestSums:
    @pytest.mark.rule("R-018")
    def test_items_add_up_to_their_criterion(self) -> None:
        assert faults(put("/rubric/criteria/1/items/0/max_points", "3")) == [
            ("PACK_POINTS_MISMATCH", "/rubric/criteria/1/max_points")
        ]

    def test_criteria_add_up_to_the_total(self) -> None:
        assert faults(put("/rubric/total_points", "100.5")) == [
            ("PACK_POINTS_MISMATCH", "/rubric/total_points")
        ]

    def test_weights_instead_of_points_add_up_to_the_total_as_well(self) -> None:
        def by_weight(*weights: str) -> Raw:
            raw = copy.deepcopy(PROVINCIAL)
            for criterion, weight in zip(raw["rubric"]["criteria"], weights, strict=True):
                del criterion["max_points"]
                criterion["weight"] = weight
            raw["rubric"]["platform_defaults"] = ["*"]
            return raw

        rules, reasons = check(by_weight("30", "30", "20", "10", "10"))
        assert reasons == []
        assert rules is not None
        assert [criterion.weight for criterion in rules.rubric.criteria] == [30, 30, 20, 10, 10]
        unbalanced = by_weight("30", "30", "20", "10", "5")
        assert faults(lambda raw: raw.update(unbalanced)) == [
            ("PACK_POINTS_MISMATCH", "/rubric/total_points")
        ]

    @pytest.mark.parametrize(
        ("change", "at"),
        [
            (put("/rubric/criteria/2/weight", "20"), [2]),
            (drop("/rubric/criteria/2/max_points"), [2]),
            (
                lambda raw: [
                    drop("/rubric/criteria/2/max_points")(raw),
                    put("/rubric/criteria/2/weight", "20")(raw),
                ],
                [2],
            ),
        ],
        ids=["both", "neither", "mixed"],
    )
    def test_points_and_weights_are_never_together(
        self, change: Callable[[Raw], object], at: list[int]
    ) -> None:
        assert faults(change) == [("PACK_WEIGHTS_AND_POINTS", f"/rubric/criteria/{n}") for n in at]

    def test_an_items_points_can_be_reached_in_steps(self) -> None:
        def change(raw: Raw) -> None:
            put("/rubric/criteria/0/items/0/max_points", "3.75")(raw)
            put("/rubric/criteria/0/items/1/max_points", "4.25")(raw)

        assert faults(change) == [
            ("PACK_POINTS_STEP", "/rubric/criteria/0/items/0/max_points"),
            ("PACK_POINTS_STEP", "/rubric/criteria/0/items/1/max_points"),
        ]

    def test_a_step_of_nothing_is_no_step(self) -> None:
        assert faults(put("/reviewers/step", "0")) == [("NUMBER_RANGE", "/reviewers/step")]

    @pytest.mark.rule("E-24")
    def test_a_trimmed_mean_needs_a_sheet_that_is_left(self) -> None:
        def change(raw: Raw) -> None:
            put("/reviewers/method", "TRIMMED_MEAN")(raw)
            put("/reviewers/min_reviewers", 2)(raw)

        assert faults(change) == [("NUMBER_RANGE", "/reviewers/min_reviewers")]

    @pytest.mark.rule("R-013")
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (put("/quota/provincial_total", 33), ("QUOTA_SUM_MISMATCH", "/quota/provincial_total")),
            (put("/quota/ministry_total", 11), ("QUOTA_SUM_MISMATCH", "/quota/ministry_total")),
            (put("/quota/ministry_pool", 7), ("QUOTA_SUM_MISMATCH", "/quota/ministry_total")),
            (drop("/quota/ministry_fixed/330200"), ("QUOTA_SUM_MISMATCH", "/quota/ministry_total")),
        ],
    )
    def test_places_add_up(self, change: Callable[[Raw], object], expected: tuple[str, str]) -> None:
        assert faults(change) == [expected]

    @pytest.mark.rule("R-013", "D-03")
    def test_the_ministrys_places_are_among_the_awards(self) -> None:
        def change(raw: Raw) -> None:
            put("/quota/ministry_pool", 36)(raw)
            put("/quota/ministry_total", 40)(raw)

        assert faults(change) == [("QUOTA_SUM_MISMATCH", "/quota/ministry_total")]

    @pytest.mark.rule("R-014")
    def test_a_city_with_fixed_places_has_at_least_as_many(self) -> None:
        def change(raw: Raw) -> None:
            put("/quota/sample_allocation/places/330100", 1)(raw)
            put("/quota/sample_allocation/places/330300", 7)(raw)

        assert faults(change) == [("QUOTA_BUCKET_INVALID", "/quota/sample_allocation/places/330100")]


class TestCodesAndReferences:
    @pytest.mark.parametrize(
        ("pointer", "value"),
        [
            ("/routing/routes/1/code", "CITY"),
            ("/scope/types/7/code", "PETITION"),
            ("/vetoes/items/1/code", "VETO_INACTION"),
            ("/departments/departments/1/code", "DISCIPLINE_INSPECTION"),
            ("/form/fields/3/key", "unit_name"),
            ("/form/fields/5/choices/1/code", "STATE_ORGAN"),
            ("/form/templates/1/kind", "PROVINCIAL"),
            ("/voting/bodies/1/turn", "FIRST"),
            ("/voting/bodies/1/code", "STEERING_GROUP"),
            ("/ministry_track/quality_checks/2/code", "TRUTHFUL"),
            ("/notice/channels/2", "WEBSITE"),
            ("/rubric/criteria/3/key", "LAWFUL_ADMINISTRATION"),
            ("/rubric/criteria/0/items/1/code", "C1.1"),
        ],
    )
    def test_no_code_stands_for_two_things(self, pointer: str, value: str) -> None:
        assert ("PACK_CODE_DUPLICATE", pointer) in faults(put(pointer, value))

    def test_an_item_belongs_to_its_criterion(self) -> None:
        assert faults(put("/rubric/criteria/0/items/4/code", "C2.9")) == [
            ("PACK_REFERENCE_UNKNOWN", "/rubric/criteria/0/items/4/code")
        ]

    def test_a_route_that_shares_a_bucket_names_one_that_is_there(self) -> None:
        assert faults(put("/routing/routes/1/bucket_code", "NOWHERE")) == [
            ("PACK_REFERENCE_UNKNOWN", "/routing/routes/1/bucket_code")
        ]

    def test_a_level_in_the_form_lies_on_a_route(self) -> None:
        assert faults(put("/form/fields/18/level", "TOWNSHIP")) == [
            ("PACK_REFERENCE_UNKNOWN", "/form/fields/18/level")
        ]

    @pytest.mark.rule("R-042")
    def test_the_video_covers_every_criterion_and_only_those(self) -> None:
        assert faults(put("/video/segments", ["C1", "C2", "C3", "C4", "C9"])) == [
            ("PACK_REFERENCE_UNKNOWN", "/video/segments/4"),
            ("PACK_ASPECT_MISSING", "/video/segments"),
        ]
        assert faults(put("/video/segments/4", "C4")) == [("PACK_CODE_DUPLICATE", "/video/segments/4")]

    @pytest.mark.parametrize(
        ("entry", "there"),
        [
            ("min_days", True),
            ("*", True),
            ("minimum", False),
            ("clause", False),
            ("platform_defaults", False),
            ("min_days.deeper", False),
            ("", False),
        ],
    )
    def test_a_platform_default_names_a_field_of_its_section(self, entry: str, there: bool) -> None:
        raw = copy.deepcopy(PROVINCIAL)
        raw["notice"]["platform_defaults"] = [entry]

        rules, reasons = check(raw)

        assert (rules is not None) == there
        found = [(reason.code, reason.pointer) for reason in reasons[1:]]
        assert found == ([] if there else [("PACK_DEFAULTS_UNKNOWN", "/notice/platform_defaults/0")])

    def test_a_platform_default_may_name_one_element_by_its_code(self) -> None:
        assert faults(put("/routing/platform_defaults", ["routes.COUNTY", "routes.CITY.levels"])) == [
            ("PACK_DEFAULTS_UNKNOWN", "/routing/platform_defaults/0")
        ]


class TestRoutesAndTimes:
    @pytest.mark.rule("R-025")
    @pytest.mark.parametrize(
        "levels",
        [["MUNICIPAL", "COUNTY"], ["COUNTY", "COUNTY"], ["COUNTY", "MUNICIPAL", "COUNTY"]],
    )
    def test_a_route_climbs(self, levels: list[str]) -> None:
        assert faults(put("/routing/routes/0/levels", levels)) == [
            ("PACK_ROUTE_INVALID", "/routing/routes/0/levels")
        ]

    @pytest.mark.rule("R-024")
    def test_a_route_ends_no_higher_than_the_host(self) -> None:
        change = put("/routing/routes/0/levels", ["COUNTY", "PROVINCIAL"])
        assert faults(change, MUNICIPAL) == [("PACK_ROUTE_INVALID", "/routing/routes/0/levels")]

    def test_a_route_without_levels_is_none(self) -> None:
        assert faults(put("/routing/routes/0/levels", [])) == [("LIST_TOO_SHORT", "/routing/routes/0/levels")]

    @pytest.mark.parametrize("day", ["06-20", "05-31"])
    def test_suggested_days_follow_in_order(self, day: str) -> None:
        assert faults(put("/deadlines/kinds/1/month_day", day)) == [
            ("PACK_DEADLINES_ORDER", "/deadlines/kinds")
        ]

    def test_deadlines_may_be_listed_in_any_order(self) -> None:
        raw = copy.deepcopy(PROVINCIAL)
        raw["deadlines"]["kinds"].reverse()
        assert check(raw)[1] == []

    def test_contacts_and_materials_always_have_a_deadline(self) -> None:
        assert faults(drop("/deadlines/kinds/1")) == [("PACK_REFERENCE_UNKNOWN", "/deadlines/kinds")]

    @pytest.mark.parametrize(
        ("section", "field", "value"),
        [
            ("writeup", "hard_min", 3601),
            ("writeup", "soft_min", 4001),
            ("writeup", "soft_max", 3999),
            ("writeup", "hard_max", 4399),
            ("video", "target", 700),
        ],
    )
    def test_bands_nest(self, section: str, field: str, value: int) -> None:
        assert faults(put(f"/{section}/{field}", value)) == [("LIMITS_ORDER", f"/{section}/target")]

    @pytest.mark.parametrize(
        ("pointer", "value"),
        [
            ("/voting/bodies/0/quorum_numerator", 4),
            ("/voting/bodies/0/pass_numerator", 2),
            ("/voting/bodies/0/pass_denominator", 1),
        ],
    )
    def test_a_vote_can_be_won_when_everybody_agrees(self, pointer: str, value: int) -> None:
        at = pointer if "quorum" in pointer else "/voting/bodies/0/pass_numerator"
        assert faults(put(pointer, value)) == [("PACK_VOTING_RULE", at)]


class TestWhatBelongsTogether:
    @pytest.mark.rule("D-12")
    def test_an_award_beside_a_parent_needs_its_approval(self) -> None:
        change = put("/identity/approval_basis_required", False)
        assert faults(change, MUNICIPAL) == [
            ("PACK_APPROVAL_BASIS_NEEDED", "/identity/approval_basis_required")
        ]

    @pytest.mark.rule("E-45")
    def test_without_a_ministry_track_nothing_of_it_is_left(self) -> None:
        assert faults(put("/ministry_track/enabled", False)) == [
            ("PACK_MINISTRY_TRACK", "/quota/ministry_total"),
            ("PACK_MINISTRY_TRACK", "/video"),
            ("PACK_MINISTRY_TRACK", "/form/templates"),
            ("PACK_MINISTRY_TRACK", "/deadlines/kinds"),
            ("PACK_MINISTRY_TRACK", "/ministry_track/quality_checks"),
            ("PACK_MINISTRY_TRACK", "/seals/ministry"),
        ]

    def test_with_a_ministry_track_everything_it_needs_is_there(self) -> None:
        assert faults(put("/ministry_track/enabled", True), MUNICIPAL) == [
            ("PACK_MINISTRY_TRACK", "/quota/ministry_total"),
            ("PACK_MINISTRY_TRACK", "/video"),
            ("PACK_MINISTRY_TRACK", "/form/templates"),
            ("PACK_MINISTRY_TRACK", "/deadlines/kinds"),
            ("PACK_MINISTRY_TRACK", "/ministry_track/quality_checks"),
        ]

    @pytest.mark.parametrize(
        ("change", "at"),
        [
            (drop("/form/fields/0/max_length"), "/form/fields/0/max_length"),
            (put("/form/fields/4/max_length", 10), "/form/fields/4/max_length"),
            (drop("/form/fields/3/choices"), "/form/fields/3/choices"),
            (put("/form/fields/0/type", "DATE"), "/form/fields/0/max_length"),
        ],
    )
    def test_a_form_field_is_fully_defined(self, change: Callable[[Raw], object], at: str) -> None:
        assert faults(change) == [("PACK_FIELD_TYPE", at)]
