"""The two packs that ship: the provincial one says what the notice says, the municipal one is a city's own."""

import re
from decimal import Decimal

import pytest

from app.domain.calendar import DayKind, NoticeRule, Roll
from app.domain.eligibility import PriorAwardRule
from app.domain.errors import Refusal
from app.domain.levels import Level, window_type_reasons
from app.domain.objection import AnonymousPolicy, MailCutoffRule
from app.domain.quota import plan_reasons
from app.domain.ranking import Method
from app.domain.scoring import SheetRule
from app.domain.voting import Turn, VoteBase, VotingRule
from app.packs import loading
from app.packs.deadlines import DeadlineKind
from app.packs.rubric import VetoSource
from app.packs.schema import CampaignRules

# Chapter two of the notice in the script it was written in, word for word.
CHAPTER_TWO = """
(一)严格依法行政。依法实施行政管理，适用法律、法规和规章准确；履行法定职责和程序，依法保障行政管理相对人和服务对象的合法权益；
建立和完善依法办事责任制、评议考核制、错案追究制等制度，未发生行政不作为或滥用行政权力的问题；加强工作人员法律、法规、规章的学习和培训，
干部队伍的法律素质和执法水平明显提高；积极宣传劳动保障法规、政策，服务对象的依法维权意识有所增强。
(二)优质高效服务。科学设置办事程序，审批环节少，办理事项手续简单明确，工作行为和服务标准规范，办事效率和服务质量高；
办公场所环境整洁，各种服务设施齐全，窗口及工作人员服务标志统一规范；热情服务、诚实守信，对职责范围内的办理事项不推诿、拖拉、扯皮、刁难，
遵守规定和承诺的时限；积极探索和推行多种形式的便民、利民服务措施；工作业绩突出，群众满意率高。
(三)办事公开透明。服务窗口的工作内容和职责，办事依据、条件、程序、结果和时限，服务承诺、违诺违纪的投诉及追究办法等及时向服务对象公开；
建立和完善办事公开责任制和考评追究等制度，公开的形式因地制宜、注重实效；公开的内容全面、真实、准确；办事行为公开、公正、透明。
(四)工作作风优良。窗口单位讲学习、讲政治、讲正气，有凝聚力和创造力；工作人员牢固树立服务意识，具备良好的职业道德和综合业务素质；
忠于职守、勤奋工作，坚持原则、秉公办事，严守纪律、清正廉洁；着装整洁、文明礼貌、行为举止规范；未发生损害群众利益的不正之风问题。
(五)监督机制完善。服务窗口工作人员牢固树立自觉接受监督的意识，广泛听取服务对象及社会各方面的批评和建议；
建立健全民主评议、投诉举报等群众监督制度和工作考评、自查整改、责任追究等内部监督机制；积极探索新的监督形式和方法，拓宽监督渠道，
组织监督、群众监督和舆论监督的作用得到充分发挥。
"""
# Its two sentences of what must not have happened are vetoes, not items (D-09).
NEGATIVE_SENTENCES = ("未发生行政不作为或滥用行政权力的问题", "未发生损害群众利益的不正之风问题")


@pytest.fixture(scope="module")
def provincial() -> CampaignRules:
    return loading.load("provincial-windows")


@pytest.fixture(scope="module")
def municipal() -> CampaignRules:
    return loading.load("municipal-windows")


def test_two_packs_ship_and_each_is_named_by_its_file() -> None:
    assert loading.names() == ["municipal-windows", "provincial-windows"]
    assert [loading.load(name).identity.code for name in loading.names()] == loading.names()


@pytest.mark.parametrize(
    "name", ["", "provincial", "../packs/provincial-windows", "provincial-windows.toml", "/etc/passwd"]
)
def test_a_pack_that_does_not_ship_is_not_found(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        loading.load(name)
    assert refused.value.code == "NOT_FOUND"


class TestTheProvincialRubric:
    @pytest.mark.rule("R-018")
    def test_has_the_five_criteria_of_the_notice_in_its_order(self, provincial: CampaignRules) -> None:
        headings = re.findall(r"\([一二三四五]\)(.+?)。", CHAPTER_TWO)

        assert [criterion.name_zh for criterion in provincial.rubric.criteria] == headings
        assert headings == ["严格依法行政", "优质高效服务", "办事公开透明", "工作作风优良", "监督机制完善"]
        assert [(criterion.code, criterion.key) for criterion in provincial.rubric.criteria] == [
            ("C1", "LAWFUL_ADMINISTRATION"),
            ("C2", "QUALITY_EFFICIENT_SERVICE"),
            ("C3", "OPEN_TRANSPARENT"),
            ("C4", "SOUND_WORK_STYLE"),
            ("C5", "SUPERVISION_MECHANISM"),
        ]

    @pytest.mark.rule("R-018")
    def test_quotes_every_sub_point_of_every_criterion_and_nothing_else(
        self, provincial: CampaignRules
    ) -> None:
        paragraphs = re.findall(r"\([一二三四五]\).+?。(.+?)(?=\n\(|\Z)", CHAPTER_TWO, re.DOTALL)

        for paragraph, criterion in zip(paragraphs, provincial.rubric.criteria, strict=True):
            rest = "".join(paragraph.split())
            for sentence in NEGATIVE_SENTENCES:
                rest = rest.replace(sentence, "")
            for item in criterion.items:
                before, found, rest = rest.partition(item.text_zh)
                assert found, item.code
                assert set(before) <= set("，；和"), item.code
            assert set(rest) <= set("；。"), criterion.code

    @pytest.mark.rule("R-018", "D-08")
    def test_has_28_items_and_splits_a_hundred_points_equally(self, provincial: CampaignRules) -> None:
        criteria = provincial.rubric.criteria

        assert [len(criterion.items) for criterion in criteria] == [5, 8, 5, 5, 5]
        assert len(provincial.rubric.items) == 28
        assert [criterion.max_points for criterion in criteria] == [Decimal(20)] * 5
        assert provincial.rubric.total_points == Decimal(100)

    @pytest.mark.rule("D-08")
    def test_marks_every_number_of_points_as_the_platforms_own(self, provincial: CampaignRules) -> None:
        defaults = provincial.platform_defaults()

        assert "/rubric/total_points" in defaults
        assert {f"/rubric/criteria/{n}/max_points" for n in range(5)} <= defaults
        assert "/rubric/criteria/1/items/7/max_points" in defaults
        assert "/rubric/criteria/0/items/0/text_zh" not in defaults
        assert "/rubric/criteria/0/name_zh" not in defaults

    def test_has_nine_points_of_disclosure_to_check(self, provincial: CampaignRules) -> None:
        lists = {item.code: len(item.checklist) for item in provincial.rubric.items if item.checklist}

        assert lists == {"C1.3": 3, "C3.1": 9}

    @pytest.mark.rule("R-019", "D-09")
    def test_turns_the_negative_sentences_into_three_vetoes_and_leaves_practice_off(
        self, provincial: CampaignRules
    ) -> None:
        assert [veto.code for veto in provincial.vetoes.enabled] == [
            "VETO_INACTION",
            "VETO_ABUSE_OF_POWER",
            "VETO_HARM_PUBLIC_INTEREST",
        ]
        assert {veto.source for veto in provincial.vetoes.enabled} == {VetoSource.NOTICE}
        others = [veto for veto in provincial.vetoes.items if not veto.enabled]
        assert {veto.source for veto in others} == {VetoSource.PRACTICE}
        assert len(others) == 8


class TestTheProvincialNumbers:
    @pytest.mark.rule("R-011", "R-013", "R-014", "R-015", "D-03")
    def test_are_34_places_of_which_10_go_on_two_two_and_six(self, provincial: CampaignRules) -> None:
        quota = provincial.quota

        assert (quota.provincial_total, quota.ministry_total, quota.ministry_pool) == (34, 10, 6)
        assert quota.ministry_fixed == {"330100": 2, "330200": 2}
        defaults = provincial.platform_defaults()
        assert [name for name in ("provincial_total", "ministry_total") if f"/quota/{name}" in defaults] == []

    @pytest.mark.rule("R-012", "R-015", "D-02")
    def test_have_a_sample_allocation_that_adds_up_and_is_marked_as_one(
        self, provincial: CampaignRules
    ) -> None:
        plan = provincial.quota.sample_plan()

        assert provincial.quota.sample_allocation.is_sample is True
        assert "样例数据" in provincial.quota.sample_allocation.note_zh
        assert "/quota/sample_allocation" in provincial.platform_defaults()
        assert plan_reasons(plan) == []
        assert sum(bucket.provincial_places for bucket in plan.buckets) == 34
        assert len(plan.buckets) == 12
        assert [bucket.code for bucket in plan.buckets if not bucket.pool_eligible] == ["330100", "330200"]
        assert all(bucket.nomination_limit == bucket.provincial_places for bucket in plan.buckets)

    @pytest.mark.rule("R-035", "R-041", "R-043")
    def test_of_the_materials_are_4000_characters_ten_minutes_five_and_two_copies(
        self, provincial: CampaignRules
    ) -> None:
        assert provincial.video is not None
        assert (provincial.writeup.target, provincial.video.target) == (4000, 600)
        copies = provincial.copies
        assert (copies.filing_writeup, copies.ministry_writeup, copies.ministry_video) == (5, 5, 2)
        assert "/writeup/target" not in provincial.platform_defaults()
        assert "/writeup/soft_min" in provincial.platform_defaults()

    @pytest.mark.rule("R-042")
    def test_the_video_owes_a_segment_to_each_criterion(self, provincial: CampaignRules) -> None:
        assert provincial.video is not None
        assert provincial.video.segments == ("C1", "C2", "C3", "C4", "C5")

    @pytest.mark.rule("R-040")
    def test_seals_are_asked_by_the_notice_on_the_ministrys_material_only(
        self, provincial: CampaignRules
    ) -> None:
        assert (provincial.seals.filing, provincial.seals.ministry) == (True, True)
        assert "/seals/filing" in provincial.platform_defaults()
        assert "/seals/ministry" not in provincial.platform_defaults()

    @pytest.mark.rule("R-036", "R-049", "G-10", "G-11")
    def test_deadlines_show_the_phrase_and_only_suggest_a_day(self, provincial: CampaignRules) -> None:
        deadlines = provincial.deadlines

        assert [(one.kind, one.phrase_zh, one.month_day) for one in deadlines.kinds] == [
            (DeadlineKind.CONTACTS, "于6月中旬前报", "06-20"),
            (DeadlineKind.MATERIALS, "于**年9月底前报", "09-30"),
            (DeadlineKind.MINISTRY_MATERIALS, "通知未规定期限", None),
        ]
        assert (deadlines.roll, deadlines.release_working_days) == (Roll.FORWARD, 5)
        assert "/deadlines/kinds/1/month_day" in provincial.platform_defaults()
        assert "/deadlines/kinds/1/phrase_zh" not in provincial.platform_defaults()

    @pytest.mark.rule("D-05", "D-06", "G-06", "G-07")
    def test_a_notice_runs_five_working_days_without_the_day_of_publication(
        self, provincial: CampaignRules
    ) -> None:
        assert provincial.notice.rule == NoticeRule(5, DayKind.WORKING, count_publication_day=False)
        assert provincial.notice.host_notice_for_all is False
        assert "/notice/min_days" in provincial.platform_defaults()

    def test_objections_reviewers_and_former_holders_are_proposals_throughout(
        self, provincial: CampaignRules
    ) -> None:
        objections, reviewers = provincial.objections, provincial.reviewers

        assert objections.anonymous_policy is AnonymousPolicy.ACCEPT_WITH_LEADS
        assert objections.mail_cutoff_rule is MailCutoffRule.SENT_POSTMARK
        assert objections.acknowledge_working_days == 3
        assert (objections.conclude_working_days, objections.extension_working_days) == (10, 10)
        assert (reviewers.min_reviewers, reviewers.method) == (3, Method.MEAN)
        assert reviewers.rule == SheetRule(Decimal("0.5"), 40)
        assert provincial.prior_awards.rule is PriorAwardRule.ALLOWED
        assert {"/objections", "/reviewers", "/prior_awards", "/recusal", "/departments"} <= (
            provincial.platform_defaults()
        )

    @pytest.mark.rule("G-13")
    def test_departments_are_recommended_and_nobody_is_asked_yet(self, provincial: CampaignRules) -> None:
        assert provincial.departments.enabled is False
        assert provincial.departments.departments[0].code == "DISCIPLINE_INSPECTION"
        assert provincial.departments.required == ()

    @pytest.mark.rule("R-029", "R-030", "G-14")
    def test_two_bodies_decide_and_each_needs_more_than_half_of_its_members(
        self, provincial: CampaignRules
    ) -> None:
        first, second = provincial.voting.of(Turn.FIRST), provincial.voting.of(Turn.SECOND)

        assert (first.code, second.code) == ("STEERING_GROUP", "PARTY_GROUP")
        half = (1, 2, VoteBase.SHOULD_ATTEND, True)
        assert first.rule == VotingRule(2, 3, VoteBase.SHOULD_ATTEND, *half)
        assert second.rule == VotingRule(0, 1, VoteBase.SHOULD_ATTEND, *half)


class TestTheProvincialScope:
    @pytest.mark.rule("R-008", "R-009", "R-010")
    def test_names_eleven_types_of_which_one_needs_acceptance(self, provincial: CampaignRules) -> None:
        types = provincial.scope.types

        assert [kind.name_zh for kind in types] == [
            "行政审批",
            "行政复议",
            "就业服务",
            "社会保险经办",
            "劳动保障监察",
            "劳动争议仲裁",
            "劳动保障信访",
            "其他窗口单位",
            "乡镇劳动保障服务站（所）",
            "街道劳动保障服务站（所）",
            "社区劳动保障服务站（所）",
        ]
        assert [kind.code for kind in types if kind.needs_acceptance] == ["OTHER_WINDOW"]

    @pytest.mark.rule("R-010")
    def test_agrees_with_the_rule_about_types_and_affiliation(self, provincial: CampaignRules) -> None:
        every = {code for kind in provincial.scope.types for code in kind.affiliation_levels}

        for kind in provincial.scope.types:
            fitting = {code for code in every if not window_type_reasons(kind.code, code)}
            assert set(kind.affiliation_levels) == fitting, kind.code

    @pytest.mark.rule("R-024", "R-025", "E-14", "G-05")
    def test_has_a_route_through_the_cities_and_one_for_provincial_units(
        self, provincial: CampaignRules
    ) -> None:
        city, unit = provincial.route("CITY"), provincial.route("PROVINCIAL_UNIT")
        assert city is not None
        assert unit is not None

        assert provincial.host_level is Level.PROVINCIAL
        assert (city.levels, city.organising_level) == ((Level.COUNTY, Level.MUNICIPAL), Level.MUNICIPAL)
        assert (unit.levels, unit.bucket_code) == ((Level.PROVINCIAL,), "PROVINCIAL_UNITS")
        assert "/routing/routes/1" in provincial.platform_defaults()
        assert "/routing/routes/0" not in provincial.platform_defaults()
        assert provincial.route("TOWNSHIP") is None

    @pytest.mark.rule("G-01", "R-020")
    def test_states_no_year_and_is_the_first_edition(self, provincial: CampaignRules) -> None:
        assert re.findall(r"(?:19|20)\d\d", loading.as_toml(provincial)) == ["2000"]  # the longest merits
        assert provincial.identity.edition_no == 1

    @pytest.mark.rule("R-034", "R-037", "G-02")
    def test_has_both_forms_with_their_fields_and_hides_the_heads_and_contacts(
        self, provincial: CampaignRules
    ) -> None:
        form = provincial.form

        assert [(one.kind, one.title_zh) for one in form.templates] == [
            ("PROVINCIAL", "浙江省劳动保障系统优质服务窗口呈报审批表"),
            ("NATIONAL", "全国劳动保障系统优质服务窗口呈报审批表"),
        ]
        restricted = [field.key for field in form.fields if field.visibility.value == "RESTRICTED"]
        assert restricted == ["head_name", "head_post", "contact_name", "contact_phone"]
        assert {field.key: field.level for field in form.fields if field.level} == {
            "county_opinion": Level.COUNTY,
            "city_opinion": Level.MUNICIPAL,
        }
        assert len(form.fields) == 22


class TestTheMunicipalPack:
    @pytest.mark.rule("R-044", "D-12")
    def test_is_a_citys_own_beside_a_parent_and_needs_an_approval(self, municipal: CampaignRules) -> None:
        assert municipal.identity.parent_campaign_required is True
        assert municipal.identity.approval_basis_required is True
        assert municipal.host_level is Level.MUNICIPAL

    @pytest.mark.rule("E-45", "R-044")
    def test_has_other_criteria_and_no_ministry_track(self, municipal: CampaignRules) -> None:
        assert [criterion.max_points for criterion in municipal.rubric.criteria] == [35, 25, 20, 20]
        assert municipal.ministry_track.enabled is False
        assert (municipal.quota.ministry_total, municipal.video) == (0, None)
        assert municipal.deadlines.of(DeadlineKind.MINISTRY_MATERIALS) is None

    @pytest.mark.rule("R-021", "R-044")
    def test_keeps_one_place_in_reserve_that_may_stay_unused(self, municipal: CampaignRules) -> None:
        plan = municipal.quota.sample_plan()

        reserve = plan.bucket("RESERVE")
        assert reserve is not None
        assert (plan.provincial_total, reserve.provincial_places) == (12, 1)
        assert [bucket.code for bucket in plan.buckets if bucket.pool_eligible] == []

    @pytest.mark.rule("E-14")
    def test_has_routes_that_end_at_a_county_and_at_the_city_itself(self, municipal: CampaignRules) -> None:
        assert [(route.code, route.organising_level) for route in municipal.routing.routes] == [
            ("DISTRICT", Level.COUNTY),
            ("MUNICIPAL_UNIT", Level.MUNICIPAL),
        ]

    def test_claims_nothing_as_the_notices_word(self, municipal: CampaignRules) -> None:
        assert municipal.platform_defaults() == {f"/{name}" for name, _ in municipal.sections()}


@pytest.mark.parametrize("name", ["provincial-windows", "municipal-windows"])
class TestRoundTrips:
    def test_through_toml(self, name: str) -> None:
        rules = loading.load(name)
        assert loading.from_toml(loading.as_toml(rules)) == rules

    def test_through_json(self, name: str) -> None:
        rules = loading.load(name)
        assert loading.from_json(loading.as_json(rules)) == rules

    def test_through_a_row(self, name: str) -> None:
        rules = loading.load(name)
        assert loading.from_row(loading.as_json(rules)) == rules

    def test_points_travel_as_the_strings_they_were(self, name: str) -> None:
        points = [
            item["max_points"]
            for c in loading.as_json(loading.load(name))["rubric"]["criteria"]
            for item in c["items"]
        ]
        assert all(re.fullmatch(r"\d+(\.\d+)?", point) for point in points)

    def test_every_section_names_its_source(self, name: str) -> None:
        assert all(section.clause for _, section in loading.load(name).sections())
