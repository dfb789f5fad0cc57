"""The merit write-up: kept as text, counted as the page states the rule, judged against about 4000 (R-035, E-38)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import flow
from app.db.tables.nominations import Nomination, NominationText
from app.domain.nomination_parts import NominationPart
from app.domain.text import Band, BandVerdict, count_characters
from app.services import case_papers, nominations
from app.services.context import Ctx
from app.services.inputs.nomination_papers import WriteUpText


@dataclass(frozen=True)
class WriteUpView:
    """The text, its length, and how it stands to the limits; refused only when it is recommended."""

    nomination: Nomination
    text: str
    characters: int
    band: Band

    @property
    def verdict(self) -> BandVerdict:
        return self.band.verdict(self.characters)


def shown(ctx: Ctx, nomination_id: UUID) -> WriteUpView:
    """The write-up. Needs `nomination:read`."""
    return view(ctx, nominations.readable(ctx, nomination_id))


def view(ctx: Ctx, nomination: Nomination) -> WriteUpView:
    """The view of a nomination the caller already may see."""
    kept = flow.write_up(ctx.session, nomination.id)
    return measured(ctx, nomination, kept.body if kept else "")


def measured(ctx: Ctx, nomination: Nomination, text: str) -> WriteUpView:
    """How a text would stand that is not kept yet: the live count beside the editor."""
    band = case_papers.rules_of(ctx, nomination).writeup.band
    return WriteUpView(nomination, text, count_characters(text), band)


def put(ctx: Ctx, nomination_id: UUID, body: WriteUpText, version: int | None) -> Nomination:
    """Keep the text, whatever its length. Needs `nomination:edit` while the write-up is open."""
    nomination = nominations.for_writing(
        ctx, nomination_id, "nomination:edit", NominationPart.WRITE_UP, version
    )
    kept = None if nomination.id in ctx.made else flow.write_up(ctx.session, nomination.id)
    said: dict[str, Any] = {"body": body.text, "char_count": count_characters(body.text)}
    case_papers.written(ctx, kept, NominationText, nomination_id=nomination.id, **said)
    nominations.written(ctx, nomination)
    nominations.noted(ctx, "nomination.write_up_written", nomination, characters=said["char_count"])
    return nomination
