"""What a nominated unit hands in: form, files, paper receipts, seals (R-034, R-035, R-040, R-043)."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from app.db.tables.base import Row, choice, stored, text
from app.db.tables.nominations import RecordedVia
from app.domain.levels import Level
from app.domain.receipt import ReceiptKind
from app.domain.seal import SealKind


class FormKind(StrEnum):
    PROVINCIAL = "PROVINCIAL"
    NATIONAL = "NATIONAL"


class ApprovalForm(Row, table=True):
    """The data of the submission-and-approval form, by the fields of the pack's template version."""

    __tablename__ = "approval_forms"
    __table_args__ = (UniqueConstraint("nomination_id", "kind"),)

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    kind: FormKind = choice(FormKind)
    template_version: str = text(40)
    complete: bool = False
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class MaterialKind(StrEnum):
    MERIT_WRITEUP = "MERIT_WRITEUP"
    MINISTRY_WRITEUP = "MINISTRY_WRITEUP"
    MINISTRY_VIDEO = "MINISTRY_VIDEO"
    PHOTO = "PHOTO"
    EVIDENCE = "EVIDENCE"
    SCAN = "SCAN"


class MaterialStatus(StrEnum):
    VERIFIED = "VERIFIED"
    SUPERSEDED = "SUPERSEDED"
    REMOVED = "REMOVED"


class Material(Row, table=True):
    """One version of one file; its object is named by its SHA-256 and never replaced in place (I-22)."""

    __tablename__ = "materials"
    __table_args__ = (UniqueConstraint("replaces_id"),)

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    kind: MaterialKind = choice(MaterialKind)
    version: int = 1
    replaces_id: UUID | None = Field(default=None, foreign_key="materials.id")
    status: MaterialStatus = choice(MaterialStatus, default=MaterialStatus.VERIFIED)
    file_name: str = text(200)
    media_type: str = text(100)
    object_key: str = stored()
    sha256: str = text(64)
    size_bytes: int = Field(ge=0)
    criterion_code: str = text(40, default="")
    caption: str = text(200, default="")
    recorded_via: RecordedVia = choice(RecordedVia, default=RecordedVia.PAGE)


class SourceFile(Row, table=True):
    """A file that a municipal system sent ahead of the push that refers to it, known by its content (decisions 16)."""

    __tablename__ = "source_files"
    __table_args__ = (UniqueConstraint("source", "sha256"),)

    source: str = text(40)
    sha256: str = text(64)
    object_key: str = stored()
    size_bytes: int = Field(ge=0)
    media_type: str = text(100)
    file_name: str = text(200)


class MaterialReceipt(Row, table=True):
    """Paper copies or discs handed over, counted by the office (R-035, R-043)."""

    __tablename__ = "material_receipts"
    __table_args__ = (UniqueConstraint("nomination_id", "kind"),)

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    kind: ReceiptKind = choice(ReceiptKind)
    copies: int = Field(ge=0)
    complete: bool = False
    received_on: date
    received_by: str = text(60)


class SealRecord(Row, table=True):
    """A seal put on the form at one level: statutory name, date, who approved its use (domain.md 3.18)."""

    __tablename__ = "seal_records"
    __table_args__ = (UniqueConstraint("nomination_id", "form_kind", "level"),)

    nomination_id: UUID = Field(foreign_key="nominations.id", index=True)
    form_kind: FormKind = choice(FormKind)
    level: Level = choice(Level)
    organization_id: UUID = Field(foreign_key="organizations.id")
    name_on_seal: str = text(100)
    sealed_on: date
    kind: SealKind = choice(SealKind)
    approved_by: str = text(60)
    signer: str = text(60)
    material_id: UUID | None = Field(default=None, foreign_key="materials.id")
    e_seal_id: str = text(120, default="")
