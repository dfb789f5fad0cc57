"""Inputs about a level's opinion."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from app.domain.level_review import Conclusion, Grade
from app.services.inputs.base import Input, Paragraph, Short, clean

CriterionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,39}$", max_length=40)]
Opinion = Annotated[
    str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True), AfterValidator(clean)
]


class CriterionAssessment(Input):
    """One criterion as the level sees it."""

    criterion: CriterionCode = Field(description="Code of the campaign's criterion.", examples=["C1"])
    grade: Grade = Field(description="How far it is met.", examples=["MEETS_FULLY"])
    sentence: Paragraph = Field(description="Why.", examples=["政策执行到位，无违规办理。"])


class LevelReviewRecord(Input):
    """A level's opinion with who signed it and when (R-025, R-027)."""

    conclusion: Conclusion = Field(description="What the level holds of the case.", examples=["RECOMMEND"])
    opinion: Opinion = Field(description="The opinion as it stands on the form.", examples=["同意推荐。"])
    signer: Short = Field(description="Who signed.", examples=["李强"])
    signed_on: date = Field(
        description="When; not after today, not before the levels below.", examples=["2026-07-01"]
    )
    assessments: list[CriterionAssessment] = Field(
        min_length=1, max_length=20, description="Every criterion once."
    )
