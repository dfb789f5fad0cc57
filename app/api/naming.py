"""Public identifiers of things named by their kind, as feed and audit records name them."""

from uuid import UUID

from app.domain.ids import shown

PREFIXES = {
    "Campaign": "cmp",
    "CampaignDocument": "doc",
    "LocalBody": "lbd",
    "LateAcceptance": "lat",
    "QuotaPlan": "qpl",
    "Organization": "org",
    "ServiceWindow": "win",
    "Nomination": "nom",
    "LevelReview": "rev",
    "PublicConsultation": "con",
    "Material": "mat",
    "SourceFile": "sfl",
    "PublicNotice": "ntc",
    "NoticeItem": "nti",
    "Objection": "obj",
    "VetoFinding": "vet",
    "Meeting": "mtg",
    "DecisionItem": "dit",
    "Reviewer": "rvw",
    "ReviewAssignment": "asg",
    "ScoreSheet": "sht",
    "Person": "per",
    "RoleGrant": "grt",
    "ApiClient": "cli",
}


def public_id(kind: str, identifier: UUID | None) -> str:
    """`nom_…` for a nomination; `id_…` for what has no address of its own; empty for nothing."""
    return shown(PREFIXES.get(kind, "id"), identifier) if identifier else ""
