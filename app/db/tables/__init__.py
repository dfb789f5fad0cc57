"""Every table of the product; importing this module fills the metadata that migrations are compared with."""

from app.db.tables import (
    awards,
    campaigns,
    decisions,
    evaluation,
    materials,
    ministry,
    nominations,
    people,
    places,
    supervision,
    system,
)
from app.db.tables.base import metadata

__all__ = [
    "awards",
    "campaigns",
    "decisions",
    "evaluation",
    "materials",
    "metadata",
    "ministry",
    "nominations",
    "people",
    "places",
    "supervision",
    "system",
]
