"""Inputs about signing in and one's own password. Passwords are taken as they were typed, spaces and all."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.domain.text import forbidden_characters
from app.services.inputs.base import Input


def _typed(value: str) -> str:
    if forbidden_characters(value) or "\n" in value:
        raise PydanticCustomError("TEXT_CONTROL_CHARS", "control characters")
    return value


Typed = Annotated[str, StringConstraints(min_length=1, max_length=1024), AfterValidator(_typed)]
Account = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True, to_lower=True)]


class SignIn(Input):
    """Who signs in, and what proves it."""

    username: Account = Field(description="Account.", examples=["li.na"])
    password: Typed = Field(description="Password.", examples=["seven green lanterns"])


class PasswordChange(Input):
    """One's own password for a new one."""

    current_password: Typed = Field(
        description="The password that serves now.", examples=["seven green lanterns"]
    )
    new_password: Typed = Field(description="The one that is to serve.", examples=["nine paper boats drift"])
    repeated_password: Typed = Field(description="The same again.", examples=["nine paper boats drift"])
