"""How the public and other departments are heard: notices, objections, opinions (R-028, R-032, D-05, D-06)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from pydantic import Field

from app.domain.calendar import DayKind, NoticeRule
from app.domain.errors import Reason
from app.domain.objection import AnonymousPolicy, MailCutoffRule
from app.packs.parts import Chinese, Code, English, Part, Section, repeated


class NoticeChannel(StrEnum):
    """The form of publicity is free but must be recorded (R-032)."""

    WEBSITE = "WEBSITE"
    NEWSPAPER = "NEWSPAPER"
    NOTICE_BOARD = "NOTICE_BOARD"
    INTRANET = "INTRANET"
    OTHER = "OTHER"


class Notices(Section):
    """How long a notice runs at least, and whether the host publishes one for everybody or for the ministry's only."""

    min_days: int = Field(ge=1, le=60)
    day_kind: DayKind
    count_publication_day: bool
    ends: Literal["24:00"]
    host_notice_for_all: bool
    channels: tuple[NoticeChannel, ...] = Field(min_length=1)

    @property
    def rule(self) -> NoticeRule:
        """The rule as the calendar computes with it."""
        return NoticeRule(self.min_days, self.day_kind, self.count_publication_day)

    def faults(self) -> Iterator[Reason]:
        yield from repeated(self.channels, "/channels/{}")


class Objections(Section):
    """How objections are taken; times in working days, one extension."""

    anonymous_policy: AnonymousPolicy
    mail_cutoff_rule: MailCutoffRule
    acknowledge_working_days: int = Field(ge=1, le=60)
    conclude_working_days: int = Field(ge=1, le=120)
    extension_working_days: int = Field(ge=0, le=120)


class Department(Part):
    """A department whose opinion may be asked; `required` makes its consent a condition (silence is none)."""

    code: Code
    name_zh: Chinese
    name_en: English
    required: bool = False


class Departments(Section):
    """Departments recommended to be asked; nobody is asked unless `enabled`."""

    enabled: bool
    departments: tuple[Department, ...] = Field(max_length=30)

    @property
    def required(self) -> tuple[Department, ...]:
        """Those whose consent is a condition now."""
        return tuple(one for one in self.departments if self.enabled and one.required)

    def faults(self) -> Iterator[Reason]:
        yield from repeated((one.code for one in self.departments), "/departments/{}/code")
