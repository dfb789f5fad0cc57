"""What the unit says of itself: of each veto item whether it has occurred (R-019, domain.md 1.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db import flow
from app.db.tables.nominations import Nomination, SelfDeclaration
from app.domain.errors import Reason, refuse
from app.domain.nomination_parts import NominationPart
from app.packs.rubric import Veto
from app.services import audit, case_papers, nominations
from app.services.context import Ctx
from app.services.dossiers import Dossier
from app.services.inputs.nomination_papers import DeclarationSet


@dataclass(frozen=True)
class DeclarationLine:
    """One veto item in force, and what the unit says of it, if it has."""

    veto: Veto
    said: SelfDeclaration | None


@dataclass(frozen=True)
class DeclarationsView:
    """All items in force with what was declared; the version is the nomination's."""

    nomination: Nomination
    lines: Sequence[DeclarationLine]

    @property
    def complete(self) -> bool:
        return all(line.said is not None for line in self.lines)


def shown(ctx: Ctx, nomination_id: UUID) -> DeclarationsView:
    """What was declared. Needs `nomination:read`."""
    return view(ctx, nominations.readable(ctx, nomination_id))


def view(ctx: Ctx, nomination: Nomination) -> DeclarationsView:
    """The view of a nomination the caller already may see."""
    return of(Dossier(ctx, nomination))


def of(dossier: Dossier) -> DeclarationsView:
    """The same of a case that is open."""
    said = {one.veto_code: one for one in dossier.declarations}
    lines = [DeclarationLine(veto, said.get(veto.code)) for veto in dossier.rules.vetoes.enabled]
    return DeclarationsView(dossier.nomination, lines)


def put(ctx: Ctx, nomination_id: UUID, body: DeclarationSet, version: int | None) -> Nomination:
    """Declare; replaces what was declared before. Needs `nomination:edit` while the declarations are open.

    Refuses `VETO_UNKNOWN`, `DECLARATION_TWICE`, `EXPLANATION_MISSING`, `DATE_IN_FUTURE`, and what `for_writing` refuses.
    """
    nomination = nominations.for_writing(
        ctx, nomination_id, "nomination:edit", NominationPart.DECLARATIONS, version
    )
    refuse(_faults(ctx, nomination, body))
    for earlier in flow.declarations(ctx.session, nomination.id):
        ctx.session.delete(earlier)
    ctx.session.flush()
    ctx.session.add_all(
        SelfDeclaration(**audit.stamp(ctx), nomination_id=nomination.id, **dict(one))
        for one in body.declarations
    )
    nominations.written(ctx, nomination)
    count = sum(one.has_occurred for one in body.declarations)
    nominations.noted(ctx, "nomination.declared", nomination, declared=len(body.declarations), occurred=count)
    return nomination


def _faults(ctx: Ctx, nomination: Nomination, body: DeclarationSet) -> list[Reason]:
    enabled = tuple(veto.code for veto in case_papers.rules_of(ctx, nomination).vetoes.enabled)
    today, found = case_papers.today(ctx), list[Reason]()
    seen: set[str] = set()
    for index, one in enumerate(body.declarations):
        at = f"/declarations/{index}"
        if one.veto_code not in enabled:
            found.append(Reason("VETO_UNKNOWN", f"{at}/veto_code", {"expected": enabled}))
        if one.veto_code in seen:
            found.append(Reason("DECLARATION_TWICE", f"{at}/veto_code", {"item": one.veto_code}))
        if one.has_occurred and not one.explanation:
            found.append(Reason("EXPLANATION_MISSING", f"{at}/explanation"))
        if one.signed_on > today:
            found.append(Reason("DATE_IN_FUTURE", f"{at}/signed_on"))
        seen.add(one.veto_code)
    return found
