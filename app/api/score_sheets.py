"""One's own file and sheet over JSON; sheets and corrections for those who read scores after the lock."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from fastapi import Path, Response
from pydantic import Field

from app.api.face import IfMatch, etag, router, tagged
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import (
    AssignmentId,
    BlockerOut,
    MaterialId,
    NominationId,
    ReviewerId,
    ScoreSheetId,
    Shape,
    Tagged,
)
from app.db.tables.materials import Material, MaterialKind
from app.domain import scoring
from app.domain.ranking import shown as rounded
from app.domain.recusal import Ground
from app.domain.score_sheet import SheetStage
from app.domain.scoring import Entry
from app.http import Read, Write
from app.packs.rubric import Criterion, Item
from app.packs.schema import CampaignRules
from app.services import evaluation_files, score_overview, score_sheets
from app.services.evaluation_files import EvaluationFile
from app.services.inputs.score_sheets import SheetConfirmation, SheetDraft
from app.services.score_overview import SheetDetail, SheetLine
from app.services.score_sheets import SheetView

routes = router("assessments")

Assignment = Annotated[AssignmentId, Path(description="The assignment.")]
Sheet = Annotated[ScoreSheetId, Path(description="The sheet.")]
Nomination = Annotated[NominationId, Path(description="The nomination.")]
PointsOut = Annotated[str, Field(max_length=10, examples=["3.5"])]


class FormValueOut(Shape):
    """One field of the form that was filed."""

    key: str = Field(max_length=40, examples=["main_merits"])
    label_zh: str = Field(max_length=1000, examples=["主要事迹"])
    label_en: str = Field(max_length=1000, examples=["Main merits"])
    value: str = Field(max_length=100000, examples=["一窗受理，限时办结。"])


class EvidenceOut(Shape):
    """One file of the filing; its content is at `/materials/{id}/content`."""

    id: MaterialId
    kind: MaterialKind = Field(examples=["PHOTO"])
    version: int = Field(ge=1, le=1_000_000, examples=[1])
    file_name: str = Field(max_length=200, examples=["办事大厅.jpg"])
    media_type: str = Field(max_length=100, examples=["image/jpeg"])
    size_bytes: int = Field(ge=0, le=2**53, examples=[482113])
    criterion: str = Field(max_length=40, examples=["C2"])
    caption: str = Field(max_length=200, examples=["办事大厅"])

    @classmethod
    def of(cls, row: Material) -> "EvidenceOut":
        same = set(cls.model_fields) - {"criterion"}
        return cls(**{name: getattr(row, name) for name in same}, criterion=row.criterion_code)


class EvaluationFileOut(Shape):
    """A case as it was filed; nothing of its objections, of other reviewers or of the way it came."""

    assignment_id: AssignmentId
    nomination_id: NominationId
    code: str = Field(max_length=40, examples=["TJ-2026-4C1D2E3F"])
    window: str = Field(max_length=80, examples=["社会保险服务大厅"])
    sponsor: str = Field(max_length=100, examples=["杭州市西湖区劳动和社会保障局"])
    region_code: str = Field(max_length=6, examples=["330106"])
    address: str = Field(max_length=200, examples=["文三路 1 号"])
    window_type: str = Field(max_length=40, examples=["SOCIAL_INSURANCE"])
    due_on: date
    statement: str = Field(max_length=1000, examples=["一窗受理，群众满意率居全市首位。"])
    write_up: str = Field(max_length=200000, examples=["该窗口……"])
    char_count: int = Field(ge=0, le=1_000_000, examples=[1980])
    form: list[FormValueOut] = Field(max_length=200)
    files: list[EvidenceOut] = Field(max_length=1000)

    @classmethod
    def of(cls, file: EvaluationFile) -> "EvaluationFileOut":
        row, window = file.row, file.window
        return cls(
            assignment_id=row.assignment.id,
            nomination_id=row.nomination.id,
            code=row.nomination.code or "",
            window=window["name"],
            **{name: window[name] for name in ("sponsor", "region_code", "address", "window_type")},
            due_on=row.assignment.due_on,
            **{name: getattr(file, name) for name in ("statement", "write_up", "char_count")},
            form=[
                FormValueOut(key=one.field.key, label_zh=one.field.zh, label_en=one.field.en, value=one.value)
                for one in file.form
            ],
            files=[EvidenceOut.of(one) for one in file.files],
        )


class CheckOut(Shape):
    """One thing to tick while judging."""

    zh: str = Field(max_length=1000, examples=["工作职责已公开"])
    en: str = Field(max_length=1000, examples=["Duties are disclosed"])


class ScoreItemOut(Shape):
    """One item: what the notice says, what to look for, and the points given; empty while there are none."""

    code: str = Field(max_length=10, examples=["C1.1"])
    text_zh: str = Field(max_length=1000, examples=["依法实施行政管理，适用法律、法规和规章准确"])
    text_en: str = Field(max_length=1000, examples=["administers lawfully; applies laws accurately"])
    hint_zh: str = Field(max_length=1000, examples=["案卷抽查"])
    hint_en: str = Field(max_length=1000, examples=["case sampling"])
    checklist: list[CheckOut] = Field(max_length=50)
    max_points: PointsOut
    comment_at: str = Field(max_length=10, description="At or below, say why.", examples=["1.6"])
    points: PointsOut
    comment: str = Field(max_length=500, examples=[""])


class ScoreCriterionOut(Shape):
    """One criterion with its items and the points given within it."""

    code: str = Field(max_length=10, examples=["C1"])
    name_zh: str = Field(max_length=1000, examples=["严格依法行政"])
    name_en: str = Field(max_length=1000, examples=["Strict law-based administration"])
    max_points: PointsOut
    points: PointsOut
    items: list[ScoreItemOut] = Field(max_length=50)


class ScoreSheetOut(Tagged):
    """A sheet with its rubric. `total` is for people (two decimals, half up); `exact_total` decides (a fraction)."""

    id: ScoreSheetId
    assignment_id: AssignmentId
    nomination_id: NominationId
    version: int = Field(ge=1, le=10000, examples=[1])
    rules_version: int = Field(ge=1, le=10000, examples=[1])
    stage: SheetStage = Field(examples=["DRAFT"])
    step: PointsOut
    total: str = Field(max_length=10, examples=["86.50"])
    exact_total: str = Field(max_length=60, examples=["173/2"])
    total_points: str = Field(max_length=10, examples=["100"])
    filled: int = Field(ge=0, le=1000, examples=[12])
    item_count: int = Field(ge=1, le=1000, examples=[28])
    outdated: bool = Field(description="Material was replaced after it was submitted (E-19).")
    submitted_at: str = Field(max_length=40, description="Empty in a draft.", examples=[""])
    superseded_reason: str = Field(max_length=500, examples=[""])
    criteria: list[ScoreCriterionOut] = Field(max_length=20)


class OwnSheetOut(ScoreSheetOut):
    """One's own sheet, and what still stands against submitting it."""

    blockers: list[BlockerOut] = Field(max_length=500)

    @classmethod
    def own(cls, view: SheetView) -> "OwnSheetOut":
        blockers = [BlockerOut.of(reason) for reason in view.reasons]
        body = _sheet(view.sheet, view.entries, view.rules)
        return cls(**body, outdated=view.outdated, blockers=blockers)


class SheetLineOut(Tagged):
    """One version of one reviewer's sheet; `total` is empty while the scores are sealed or nothing is submitted."""

    id: ScoreSheetId
    assignment_id: AssignmentId
    reviewer_id: ReviewerId
    reviewer: str = Field(max_length=60, examples=["沈括"])
    version: int = Field(ge=1, le=10000, examples=[1])
    stage: SheetStage = Field(examples=["LOCKED"])
    total: str = Field(max_length=10, examples=["86.50"])
    submitted_at: str = Field(max_length=40, examples=["2026-10-20T02:00:00+00:00"])
    outdated: bool
    grounds: list[Ground] = Field(max_length=10, description="Conflicts that have come up since.")
    superseded_reason: str = Field(max_length=500, examples=[""])

    @classmethod
    def of(cls, line: SheetLine) -> "SheetLineOut":
        sheet = line.sheet
        same = ("id", "assignment_id", "version", "stage", "superseded_reason")
        return cls(
            **{name: getattr(sheet, name) for name in same},
            etag=etag(sheet.row_version),
            reviewer_id=line.reviewer.id,
            reviewer=line.person.name,
            total="" if line.total is None else str(rounded(line.total)),
            submitted_at=_instant(sheet.submitted_at),
            outdated=line.outdated,
            grounds=list(line.grounds),
        )


class SheetLinesOut(Shape):
    """All versions of all sheets of a case."""

    items: list[SheetLineOut] = Field(max_length=1000)


def _detail(view: SheetDetail) -> ScoreSheetOut:
    body = _sheet(view.line.sheet, view.entries, view.rules)
    return ScoreSheetOut(**body, outdated=view.line.outdated)


def _sheet(sheet: Any, entries: Any, rules: CampaignRules) -> dict[str, Any]:  # noqa: ANN401  (a row, a mapping)
    same = ("id", "assignment_id", "nomination_id", "version", "rules_version", "stage", "superseded_reason")
    total = Fraction(sheet.total) if sheet.total else scoring.sheet_total(rules.rubric, entries)
    return {name: getattr(sheet, name) for name in same} | {
        "etag": etag(sheet.row_version),
        "step": _plain(rules.reviewers.step),
        "total": str(rounded(total)),
        "exact_total": str(total),
        "total_points": _plain(rules.rubric.total_points),
        "filled": len(entries),
        "item_count": len(rules.rubric.items),
        "submitted_at": _instant(sheet.submitted_at),
        "criteria": [_criterion(one, entries, rules) for one in rules.rubric.criteria],
    }


def _criterion(one: Criterion, entries: dict[str, Entry], rules: CampaignRules) -> ScoreCriterionOut:
    most = sum((item.max_points for item in one.items), Decimal(0))
    return ScoreCriterionOut(
        code=one.code,
        name_zh=one.name_zh,
        name_en=one.name_en,
        max_points=_plain(most),
        points=_plain(scoring.criterion_points(one, entries)),
        items=list(_items(one, entries, rules)),
    )


def _items(one: Criterion, entries: dict[str, Entry], rules: CampaignRules) -> Iterator[ScoreItemOut]:
    for item in one.items:
        entry = entries.get(item.code)
        yield ScoreItemOut(
            **{name: getattr(item, name) for name in ("code", "text_zh", "text_en", "hint_zh", "hint_en")},
            checklist=[CheckOut(zh=check.zh, en=check.en) for check in item.checklist],
            max_points=_plain(item.max_points),
            comment_at=_plain(_threshold(item, rules)),
            points=_plain(entry.points) if entry else "",
            comment=entry.comment if entry else "",
        )


def _threshold(item: Item, rules: CampaignRules) -> Decimal:
    return item.max_points * rules.reviewers.comment_at_percent / 100


def _plain(value: Decimal) -> str:
    """A decimal as people type it: no exponent, no trailing noughts."""
    return f"{value.normalize():f}"


def _instant(value: datetime | None) -> str:
    return value.isoformat() if value else ""


@routes.get(
    "/assignments/{assignment_id}/file",
    operation_id="getEvaluationFile",
    summary="Show the file to be scored",
    responses=declared("RECUSAL", "SCORING_CLOSED"),
    openapi_extra=about("查看评审卷宗", "assignment:score"),
)
def get_file(ctx: Read, assignment_id: Assignment) -> EvaluationFileOut:
    """What a reviewer judges: statement, write-up, form and files. For its reviewer only, while the case is open."""
    return EvaluationFileOut.of(evaluation_files.shown(ctx, assignment_id))


@routes.get(
    "/assignments/{assignment_id}/sheet",
    operation_id="getOwnSheet",
    summary="Show one's own score sheet",
    responses=declared("RECUSAL", "SCORING_CLOSED"),
    openapi_extra=about("查看本人评分表", "assignment:score"),
)
def get_sheet(ctx: Read, response: Response, assignment_id: Assignment) -> OwnSheetOut:
    """The sheet with its rubric. Recusal is asked again each time it is opened (E-21)."""
    return tagged(response, OwnSheetOut.own(score_sheets.shown(ctx, assignment_id)))


@routes.put(
    "/assignments/{assignment_id}/sheet",
    operation_id="saveOwnSheet",
    summary="Save one's own score sheet",
    responses=declared(
        "SCORE_RANGE", "SCORE_STEP", "SCORE_ITEM_UNKNOWN", "SCORES_LOCKED", "SCORING_CLOSED", "RECUSAL"
    ),
    openapi_extra=about("保存评分表", "assignment:score"),
)
def save_sheet(
    ctx: Write, response: Response, assignment_id: Assignment, body: SheetDraft, version: IfMatch
) -> OwnSheetOut:
    """Keep the draft as it is; items may still be missing. The server adds up."""
    return tagged(response, OwnSheetOut.own(score_sheets.save(ctx, assignment_id, body, version)))


@routes.post(
    "/assignments/{assignment_id}/submissions",
    operation_id="submitOwnSheet",
    summary="Submit one's own score sheet",
    status_code=201,
    responses=declared(
        "CRITERIA_INCOMPLETE",
        "SCORE_COMMENT_NEEDED",
        "SCORES_LOCKED",
        "SCORING_CLOSED",
        "RECUSAL",
        "CAMPAIGN_SUSPENDED",
    ),
    openapi_extra=about("提交评分表", "assignment:score"),
)
def submit_sheet(ctx: Write, response: Response, assignment_id: Assignment, version: IfMatch) -> OwnSheetOut:
    """Give one's word on the saved draft. From now on the points stand; an error is corrected by a second person's leave."""
    return tagged(response, OwnSheetOut.own(score_sheets.submit(ctx, assignment_id, version)))


@routes.post(
    "/assignments/{assignment_id}/confirmations",
    operation_id="confirmOwnSheet",
    summary="Confirm a sheet on replaced material",
    status_code=201,
    responses=declared("SCORES_UP_TO_DATE", "SCORES_LOCKED", "RECUSAL"),
    openapi_extra=about("材料更新后确认评分", "assignment:score"),
)
def confirm_sheet(
    ctx: Write, response: Response, assignment_id: Assignment, body: SheetConfirmation, version: IfMatch
) -> OwnSheetOut:
    """Material was replaced after the sheet was given: it stands, or a new version is opened with the old points (E-19)."""
    return tagged(response, OwnSheetOut.own(score_sheets.confirm(ctx, assignment_id, body, version)))


@routes.get(
    "/nominations/{nomination_id}/score-sheets",
    operation_id="listScoreSheets",
    summary="List the score sheets of a case",
    openapi_extra=about("列出本件评分表", "score:read"),
)
def list_sheets(ctx: Read, nomination_id: Nomination) -> SheetLinesOut:
    """Who has scored, in all versions; totals appear once the scores are locked."""
    found = score_overview.of_case(ctx, nomination_id)
    return SheetLinesOut(items=[SheetLineOut.of(line) for line in found])


@routes.get(
    "/score-sheets/{sheet_id}",
    operation_id="getScoreSheet",
    summary="Show a score sheet",
    responses=declared("SCORES_SEALED"),
    openapi_extra=about("查看评分表", "score:read"),
)
def get_score_sheet(ctx: Read, response: Response, sheet_id: Sheet) -> ScoreSheetOut:
    """One version of a sheet, superseded ones too; before the lock for its author only."""
    return tagged(response, _detail(score_overview.shown(ctx, sheet_id)))
