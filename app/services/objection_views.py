"""What the objections desk is shown, and what an act on an objection is handed."""

from dataclasses import dataclass
from typing import Protocol

from app.db.objections import ObjectionRow
from app.db.tables.supervision import Objection, ObjectionStep
from app.domain.objection import ObjectionAction
from app.domain.steps import ActionState


class ObjectionBody(Protocol):
    @property
    def action(self) -> str: ...


@dataclass(frozen=True)
class ObjectionView:
    """An objection as its officers see it; who raised it is not part of it."""

    row: ObjectionRow
    steps: list[ObjectionStep]
    actions: list[ActionState[ObjectionAction]]
    unit: str = ""  # who answers for it
    handler: str = ""  # whom that unit named

    @property
    def objection(self) -> Objection:
        return self.row.objection
