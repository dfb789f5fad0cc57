"""The input of a push: one nomination as the city's own system holds it (decisions 16)."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.db.tables.materials import MaterialKind
from app.domain.levels import Level
from app.services.inputs.base import Input, OptionalLine, clean
from app.services.inputs.consultations import ConsultationRecord, DepartmentReply
from app.services.inputs.level_reviews import LevelReviewRecord
from app.services.inputs.materials import OptionalCriterion
from app.services.inputs.nomination_papers import DeclarationIn, FormData, WriteUpText
from app.services.inputs.nominations import NewMerits, Statement
from app.services.inputs.windows import WindowEdit

ExternalId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:~-]{0,63}$", max_length=64)]
OrganizationCode = Annotated[
    str, StringConstraints(pattern=r"^(org_[0-9a-f]{32}|[0-9A-Z][0-9A-Z_-]{1,39})$", max_length=40)
]
DepartmentCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,59}$", max_length=60)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", max_length=64)]
Behalf = Annotated[
    str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True), AfterValidator(clean)
]


class WindowPush(WindowEdit):
    """The window, under the key its system gave it; registered or brought up to date."""

    external_id: ExternalId = Field(description="Its key in the city's system.", examples=["CK-0001"])
    sponsor: OrganizationCode = Field(
        description="The organisation it belongs to, by code or identifier.", examples=["330106"]
    )


class ConsultationPush(ConsultationRecord):
    """A hearing, and whether it is done."""

    concluded: bool = Field(default=False, description="Concluded: it counts, and does not change any more.")


class LevelReviewPush(LevelReviewRecord):
    """A level's opinion as the city's system holds it."""

    level: Level = Field(description="Whose opinion.", examples=["COUNTY"])


class DepartmentReplyPush(DepartmentReply):
    """A department that was asked, and its reply."""

    department: DepartmentCode = Field(
        description="Code of the campaign's department.", examples=["DISCIPLINE_INSPECTION"]
    )


class MaterialReference(Input):
    """A file that was sent ahead under the same source, and what it is in this case."""

    sha256: Sha256 = Field(
        description="SHA-256 of the file's content.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    kind: MaterialKind = Field(
        description="Kind of material; says which file types are taken.", examples=["PHOTO"]
    )
    caption: OptionalLine = Field(default="", description="What it shows.", examples=["办事大厅"])
    criterion: OptionalCriterion = Field(
        default="", description="The criterion it is evidence of, if one.", examples=["C2"]
    )
    replaces: Sha256 | SkipJsonSchema[None] = Field(
        default=None,
        description="The file of the case whose next version it is; a kind that has one file needs no word.",
        examples=["60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"],
    )


class NominationPush(Input):
    """What the city's system holds of one nomination; what is left out stays as it is."""

    source_seq: int = Field(
        ge=0,
        le=2_147_483_647,
        description="Counts up with each change in the source; an older one is refused.",
        examples=[7],
    )
    on_behalf_of: Behalf = Field(
        description="The person in the city's system who answers for it.", examples=["王敏（西湖区局）"]
    )
    window: WindowPush
    statement: Statement | SkipJsonSchema[None] = Field(
        None,
        description="In what it is typical and exemplary, 50 to 1000 characters.",
        examples=[
            "该窗口推行一窗受理、即时办结，群众满意率连续三年居全市首位，其首问负责、延时服务和上门代办的做法已在全市推广，具有典型性和示范作用。"
        ],
    )
    new_merits: NewMerits | SkipJsonSchema[None] = Field(
        None, description="Merits since an earlier award.", examples=[""]
    )
    declarations: (
        Annotated[list[DeclarationIn], Field(max_length=50, description="All that the unit declares.")]
        | SkipJsonSchema[None]
    ) = None
    write_up: WriteUpText | SkipJsonSchema[None] = None
    form: FormData | SkipJsonSchema[None] = None
    consultations: (
        Annotated[
            list[ConsultationPush],
            Field(max_length=10, description="Hearings of the own level, in the order held."),
        ]
        | SkipJsonSchema[None]
    ) = None
    level_reviews: (
        Annotated[list[LevelReviewPush], Field(max_length=5, description="Opinions of the levels, one each.")]
        | SkipJsonSchema[None]
    ) = None
    department_replies: (
        Annotated[list[DepartmentReplyPush], Field(max_length=20, description="Other departments, one each.")]
        | SkipJsonSchema[None]
    ) = None
    materials: (
        Annotated[
            list[MaterialReference],
            Field(
                max_length=100,
                description="All its files. What an earlier push brought into a draft and this list leaves out is taken "
                "out; later a file is replaced, never taken out.",
            ),
        ]
        | SkipJsonSchema[None]
    ) = None
    submit: bool = Field(
        default=False, description="Hand the draft in when all of this is written; or keep nothing of it."
    )
