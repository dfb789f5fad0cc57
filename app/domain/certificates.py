"""Certificate numbers: the campaign's code and a running number that is never given twice (G-15, E-42)."""


def certificate_number(campaign_code: str, number: int) -> str:
    """`ZJ2026-0007` for the seventh award of the campaign `zj2026`; a revoked award keeps its number."""
    if number < 1:
        raise ValueError("certificates are numbered from 1")
    return f"{campaign_code.upper()}-{number:04d}"
