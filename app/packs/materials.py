"""What is handed in: write-up, video, copies, seals, the form's fields (R-034 to R-043)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.domain.errors import Reason
from app.domain.levels import Level
from app.domain.text import Band
from app.packs.parts import Chinese, English, Part, Section, repeated
from app.packs.rubric import CriterionCode


class Limits(Section):
    """“About” as numbers: outside the soft limits a warning, outside the hard limits a refusal."""

    target: int = Field(ge=1, le=100_000)
    soft_min: int = Field(ge=0, le=100_000)
    soft_max: int = Field(ge=0, le=100_000)
    hard_min: int = Field(ge=0, le=100_000)
    hard_max: int = Field(ge=0, le=100_000)

    @property
    def band(self) -> Band:
        """The limits as the rule measures with them."""
        return Band(self.target, self.soft_min, self.soft_max, self.hard_min, self.hard_max)

    def faults(self) -> Iterator[Reason]:
        yield from self.band.reasons("/target")


class WriteUp(Limits):
    """The merit write-up, in characters as the platform counts them (E-38)."""

    unit: Literal["CHARACTERS"]


class Video(Limits):
    """The audiovisual material, in seconds, and the criteria each of which needs a segment of it (R-042)."""

    unit: Literal["SECONDS"]
    segments: tuple[CriterionCode, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Reason]:
        yield from super().faults()
        yield from repeated(self.segments, "/segments/{}")


class Copies(Section):
    """Paper copies and discs to be handed over."""

    filing_writeup: int = Field(ge=0, le=50)
    ministry_writeup: int = Field(ge=0, le=50)
    ministry_video: int = Field(ge=0, le=50)


class Seals(Section):
    """Whose material carries the seal of every applicable level, in order (R-040, decisions 32)."""

    filing: bool
    ministry: bool


class FieldType(StrEnum):
    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    INTEGER = "INTEGER"
    DATE = "DATE"
    CHOICE = "CHOICE"
    HONOURS = "HONOURS"  # a list of level, title, year, issuer
    DECLARATION = "DECLARATION"  # none or some, with an explanation
    OPINION = "OPINION"  # text, seal, date


class Visibility(StrEnum):
    PUBLIC = "PUBLIC"
    INTERNAL = "INTERNAL"
    RESTRICTED = "RESTRICTED"


class Choice(Part):
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$")]
    zh: Chinese
    en: English


class FormField(Part):
    """One field of the form; with `level` it is owed only where that level lies on the route."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    zh: Chinese
    en: English
    type: FieldType
    required: bool
    visibility: Visibility
    max_length: int | None = Field(default=None, ge=1, le=20_000)
    level: Level | None = None
    choices: tuple[Choice, ...] = ()


class FormTemplate(Part):
    """PROVINCIAL goes with the filing, NATIONAL with the ministry's material (R-034, R-037)."""

    kind: Literal["PROVINCIAL", "NATIONAL"]
    title_zh: Chinese
    title_en: English


class Form(Section):
    """The submission-and-approval form; its blank was not attached, so the fields are a versioned template (G-02)."""

    template_version: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,39}$")]
    templates: tuple[FormTemplate, ...] = Field(min_length=1, max_length=2)
    fields: tuple[FormField, ...] = Field(min_length=1, max_length=100)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((template.kind for template in self.templates), "/templates/{}/kind")
        yield from repeated((field.key for field in self.fields), "/fields/{}/key")
        for index, field in enumerate(self.fields):
            at = f"/fields/{index}"
            yield from repeated((choice.code for choice in field.choices), at + "/choices/{}/code")
            if (field.type is FieldType.CHOICE) != bool(field.choices):
                yield Reason("PACK_FIELD_TYPE", f"{at}/choices", {"field": field.key})
            if (field.type in _WRITTEN) != (field.max_length is not None):
                yield Reason("PACK_FIELD_TYPE", f"{at}/max_length", {"field": field.key})


_WRITTEN = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.OPINION}


class QualityCheck(Part):
    """Something a named person confirms about the ministry's write-up (R-039)."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,39}$")]
    zh: Chinese
    en: English


class MinistryTrack(Section):
    """Whether some awards are recommended on to the ministry, and what is confirmed before (R-031 to R-039)."""

    enabled: bool
    quality_checks: tuple[QualityCheck, ...] = Field(max_length=10)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((check.code for check in self.quality_checks), "/quality_checks/{}/code")
