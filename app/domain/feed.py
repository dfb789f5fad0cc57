"""What may be told to whom in the change feed: each kind of thing with the permission that lets one read it."""

from collections.abc import Mapping

EVERYWHERE = frozenset({"Campaign"})
"""What is addressed to all who take part, wherever they sit."""

GUARDED = "audit:read"
"""For everything that is not named below: accounts, scores, whatever comes later is hidden until somebody opens it."""

_READ_BY: Mapping[str, tuple[str, ...]] = {
    "campaign:read": ("Campaign", "CampaignRules", "CampaignDocument", "Participant", "LateAcceptance"),
    "local_body:read": ("LocalBody",),
    "quota:read": ("QuotaPlan", "QuotaBucket"),
    "organization:read": ("Organization",),
    "window:read": ("ServiceWindow",),
    "nomination:read": ("Nomination", "NominationText", "SelfDeclaration", "LevelReview"),
    "consultation:read": ("PublicConsultation", "DepartmentConsultation"),
    "material:read": ("Material", "MaterialReceipt", "ApprovalForm"),
    "seal:read": ("SealRecord",),
    "notice:read": ("PublicNotice", "NoticeItem"),
    "objection:read": ("Objection",),
    "veto:read": ("VetoFinding",),
    "meeting:read": ("Meeting", "DecisionItem"),
}


def kinds_by_permission() -> Mapping[str, frozenset[str]]:
    """The kinds of things each permission opens; `GUARDED` opens all others and is not among them."""
    return {permission: frozenset(kinds) for permission, kinds in _READ_BY.items()}


def named() -> frozenset[str]:
    """All kinds that some permission beside `GUARDED` opens."""
    return frozenset(kind for kinds in _READ_BY.values() for kind in kinds)
