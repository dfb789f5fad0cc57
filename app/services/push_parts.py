"""The parts of a push: what the source changed, what people changed, each written by the service whose part it is."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from app.db import case_papers as papers
from app.db import pushes as rows
from app.db.tables.base import Row
from app.db.tables.nominations import Nomination, PublicConsultation, RecordedVia, ServiceWindow
from app.domain.errors import Refusal
from app.domain.nomination_parts import NominationPart as Part
from app.services import (
    audit,
    consultations,
    declarations,
    department_consultations,
    forms,
    level_reviews,
    nominations,
    source_files,
    windows,
    write_ups,
)
from app.services.case_papers import tag_of
from app.services.context import Ctx
from app.services.inputs.base import Input
from app.services.inputs.consultations import ConsultationRecord, DepartmentReply
from app.services.inputs.level_reviews import LevelReviewRecord
from app.services.inputs.nomination_papers import DeclarationSet
from app.services.inputs.nominations import NominationEdit
from app.services.inputs.pushes import ConsultationPush, NominationPush, WindowPush
from app.services.inputs.windows import WindowEdit

_FIELDS: Mapping[Part, tuple[str, ...]] = {
    Part.WINDOW: ("window",),
    Part.STATEMENT: ("statement", "new_merits"),
    Part.DECLARATIONS: ("declarations",),
    Part.WRITE_UP: ("write_up",),
    Part.FORM: ("form",),
    Part.CONSULTATION: ("consultations", "department_replies"),
    Part.LEVEL_REVIEW: ("level_reviews",),
    Part.MATERIALS: ("materials",),
}


def digests(body: NominationPush) -> dict[Part, str]:
    """The parts that a push carries, each with the digest of what it says."""
    said = body.model_dump(mode="json", exclude_none=True)
    carried = {part: {name: said[name] for name in names if name in said} for part, names in _FIELDS.items()}
    return {part: audit.digest(values) for part, values in carried.items() if values}


def by_people(
    ctx: Ctx, nomination: Nomination, window: ServiceWindow, body: NominationPush
) -> frozenset[Part]:
    """The parts that people wrote since the last push and that this push would write over (E-25)."""
    found = rows.signed_by_people(ctx.session, nomination.id)
    if window.updated_by.startswith("person:") and not windows.stands_as(window, body.window):
        found.add(Part.WINDOW)
    now = {
        name: getattr(nomination, name) for name in _FIELDS[Part.STATEMENT] if getattr(body, name) is not None
    }
    if nomination.people_edited and audit.digest(now) != nomination.pushed_parts.get(Part.STATEMENT):
        found.add(Part.STATEMENT)
    if _over_peoples_files(ctx, nomination, body):
        found.add(Part.MATERIALS)
    return frozenset(found & digests(body).keys())


def write(
    ctx: Ctx, nomination: Nomination, window: ServiceWindow, body: NominationPush, parts: Collection[Part]
) -> None:
    """Write these parts in the order in which a case comes about; faults point into the push."""
    if Part.WINDOW in parts and not windows.stands_as(window, body.window):
        nominations.for_writing(ctx, nomination.id, "nomination:edit", Part.WINDOW)
        bring_up_to_date(ctx, window, body.window)
    for part, writer in _WRITERS.items():
        if part in parts:
            writer(ctx, nomination, body)


def bring_up_to_date(ctx: Ctx, window: ServiceWindow, body: WindowPush) -> None:
    """The window as the source has it now."""
    if not windows.stands_as(window, body):
        with pointing("/window"):
            windows.edit(ctx, window.id, bare(body, WindowEdit), None)


@contextmanager
def pointing(at: str) -> Iterator[None]:
    """Faults that a service finds in its own input, as faults of the push."""
    try:
        yield
    except Refusal as refusal:
        moved = (replace(one, pointer=f"{at}{one.pointer}") for one in refusal.reasons)
        raise Refusal.of(moved) from refusal


def bare(body: Input, kind: type[Any], **more: Any) -> Any:  # noqa: ANN401  (the input type that was asked for)
    """What the service takes, without what only the push says."""
    return kind(**{name: getattr(body, name) for name in kind.model_fields if name not in more}, **more)


def _statement(ctx: Ctx, nomination: Nomination, body: NominationPush) -> None:
    edited = NominationEdit(statement=body.statement, new_merits=body.new_merits)
    nominations.edit(ctx, nomination.id, edited, None)


def _declarations(ctx: Ctx, nomination: Nomination, body: NominationPush) -> None:
    declarations.put(ctx, nomination.id, DeclarationSet(declarations=body.declarations or []), None)


def _write_up(ctx: Ctx, nomination: Nomination, body: NominationPush) -> None:
    if body.write_up is not None:
        write_ups.put(ctx, nomination.id, body.write_up, None)


def _form(ctx: Ctx, nomination: Nomination, body: NominationPush) -> None:
    if body.form is not None:
        with pointing("/form"):
            forms.put(ctx, nomination.id, body.form, None)


def _heard(ctx: Ctx, nomination: Nomination, body: NominationPush) -> None:
    """The hearings by their place in the list, then the departments that were asked."""
    kept = papers.listed(ctx.session, PublicConsultation, nomination.id)
    mine = [one for one in kept if one.recorded_via is RecordedVia.PUSH]
    for index, one in enumerate(body.consultations or []):
        with pointing(f"/consultations/{index}"):
            _hearing(ctx, nomination, mine[index] if index < len(mine) else None, one)
    for index, reply in enumerate(body.department_replies or []):
        found = papers.department_reply(ctx.session, nomination.id, reply.department)
        said = bare(reply, DepartmentReply)
        if found is None or not _says(found, said):
            with pointing(f"/department_replies/{index}"):
                department_consultations.record(
                    ctx, nomination.id, reply.department, said, tag_of(found), RecordedVia.PUSH
                )


def _hearing(
    ctx: Ctx, nomination: Nomination, row: PublicConsultation | None, body: ConsultationPush
) -> None:
    said = bare(body, ConsultationRecord)
    if row is None:
        row = consultations.record(ctx, nomination.id, said, RecordedVia.PUSH)
    elif not _says(row, said):
        row = consultations.edit(ctx, row.id, said, None)
    if body.concluded and row.concluded_at is None:
        consultations.conclude(ctx, row.id, None)


def _reviews(ctx: Ctx, nomination: Nomination, body: NominationPush) -> None:
    """The opinions from the lowest level up, as they were signed (I-14)."""
    numbered = enumerate(body.level_reviews or [])
    for index, one in sorted(numbered, key=lambda pair: pair[1].level.height):
        found = papers.current_review(ctx.session, nomination.id, one.level)
        said = bare(one, LevelReviewRecord)
        if found is None or not _says(found, said):
            with pointing(f"/level_reviews/{index}"):
                level_reviews.record(ctx, nomination.id, one.level, said, tag_of(found), RecordedVia.PUSH)


def _files(ctx: Ctx, nomination: Nomination, body: NominationPush) -> None:
    """The files referred to, each once; those of an earlier push that are not in the list leave a draft."""
    now = source_files.held(ctx, nomination.id)
    listed = body.materials or []
    for index, one in enumerate(listed):
        with pointing(f"/materials/{index}"):
            source_files.attach(ctx, nomination, one, now)
    source_files.take_out(ctx, nomination, {(one.kind.value, one.sha256) for one in listed}, now)


def _over_peoples_files(ctx: Ctx, nomination: Nomination, body: NominationPush) -> bool:
    """Whether a file that people uploaded would have to make room (E-25)."""
    if not body.materials:
        return False
    now = source_files.held(ctx, nomination.id)
    fresh = [one for one in body.materials if (one.kind.value, one.sha256) not in now]
    with pointing("/materials"):
        leaving = [source_files.replaced_by(one, now) for one in fresh]
    return any(one is not None and one.recorded_via is not RecordedVia.PUSH for one in leaving)


def _says(row: Row, body: Input) -> bool:
    """Whether the row is on record as said, by us."""
    mine = not row.updated_by.startswith("person:")
    return mine and all(getattr(row, name) == value for name, value in body.model_dump().items())


_WRITERS: Mapping[Part, Callable[[Ctx, Nomination, NominationPush], None]] = {
    Part.STATEMENT: _statement,
    Part.DECLARATIONS: _declarations,
    Part.WRITE_UP: _write_up,
    Part.FORM: _form,
    Part.CONSULTATION: _heard,
    Part.LEVEL_REVIEW: _reviews,
    Part.MATERIALS: _files,
}
