"""The list of doors of the JSON face; a test asserts the routes it leads to."""

from fastapi import APIRouter

from app.api import (
    board,
    campaign_setup,
    campaigns,
    consultations,
    department_consultations,
    level_reviews,
    nomination_steps,
    nominations,
    notices,
    objections,
    people,
    public,
    quotas,
    receipts,
    regions,
    rules,
    seals,
    vetoes,
    windows,
)

ALL: tuple[APIRouter, ...] = (
    regions.routes,
    nominations.routes,
    nomination_steps.routes,
    notices.routes,
    objections.routes,
    vetoes.routes,
    public.routes,
    windows.routes,
    consultations.routes,
    level_reviews.routes,
    campaigns.routes,
    campaign_setup.routes,
    campaign_setup.boards,
    rules.routes,
    board.routes,
    quotas.routes,
    department_consultations.routes,
    seals.routes,
    receipts.routes,
    people.routes,
)
