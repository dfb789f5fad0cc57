"""Inputs about copies handed over."""

from datetime import date

from pydantic import Field

from app.services.inputs.base import Input, Short


class ReceiptRecording(Input):
    """Copies the office counted (R-035, R-043)."""

    copies: int = Field(ge=0, le=1000, description="Copies received.", examples=[5])
    received_on: date = Field(
        description="When the last of them came; not after today.", examples=["2026-07-01"]
    )
    received_by: Short = Field(description="Who counted them.", examples=["周敏"])
    complete: bool = Field(default=False, description="Everything that is asked for is there.")
