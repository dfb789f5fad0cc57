"""Inputs about regions."""

from pydantic import Field

from app.services.inputs.base import Input, Short


class RegionRename(Input):
    """A new name of a division; the code stays."""

    name_zh: Short = Field(description="Name in Chinese.", examples=["临平区"])
    name_en: Short = Field(description="Name in English.", examples=["Linping District"])
