"""Whether the window of a nomination is in the campaign's scope: the rows behind the clauses (R-001, R-006 to R-010, E-29)."""

from app.domain import eligibility
from app.domain.eligibility import Candidate, EligibilityCheck
from app.domain.levels import Level
from app.services.dossiers import Dossier

_DIGITS = {Level.PROVINCIAL: 2, Level.MUNICIPAL: 4}  # of a region code that say to which host it belongs


def checks(dossier: Dossier) -> list[EligibilityCheck]:
    """Each clause of the scope, met or not, with its reason."""
    return eligibility.checks(candidate(dossier))


def candidate(dossier: Dossier) -> Candidate:
    """The window on the day it was nominated; codes of regions are abolished and reused (E-26)."""
    campaign, rules, window = dossier.campaign, dossier.rules, dossier.window
    host = dossier.units[campaign.host_organization_id]
    digits = _DIGITS.get(host.level, 6)
    kinds = {kind.code: frozenset(kind.affiliation_levels) for kind in rules.scope.types}
    return Candidate(
        organization_participates=dossier.scope.participates,
        in_system=window.in_labor_system,
        in_host_region=window.region_code[:digits] == host.region_code[:digits],
        region_code=window.region_code,
        region_valid=dossier.scope.region_valid,
        serves_public_directly=window.serves_public_directly,
        window_type=window.window_type,
        other_types=tuple(window.other_types),
        known_types=frozenset(kinds),
        fitting_levels=kinds.get(window.window_type),
        justification=window.other_justification,
        accepted_by_office=bool(window.other_accepted_by),
        affiliation_level=window.affiliation_level,
        edition_no=campaign.edition_no,
        prior_editions=dossier.scope.prior_editions,
        prior_award_rule=rules.prior_awards.rule,
        new_merits=dossier.nomination.new_merits,
        barred_until_edition=dossier.units[dossier.nomination.sponsor_org_id].barred_until_edition,
    )
