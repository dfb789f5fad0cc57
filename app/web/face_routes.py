"""The list of doors of the HTML face; a test asserts the routes it leads to."""

from fastapi import APIRouter

from app.web import (
    account,
    basics,
    board,
    campaign_setup,
    campaigns,
    case_papers,
    clients,
    home,
    materials,
    nomination_steps,
    nominations,
    notices,
    objections,
    people,
    public,
    quotas,
    rankings,
    reference,
    regions,
    rules,
    sign_in,
    unit_papers,
    vetoes,
    windows,
)

ALL: tuple[APIRouter, ...] = (
    basics.routes,
    home.routes,
    sign_in.routes,
    sign_in.leaving,
    account.routes,
    people.routes,
    clients.routes,
    regions.routes,
    reference.routes,
    objections.routes,  # before notices: it has a page below a notice's address
    notices.routes,
    vetoes.routes,
    windows.routes,
    campaigns.routes,
    campaign_setup.routes,
    rules.routes,
    nominations.routes,
    unit_papers.routes,
    case_papers.routes,
    materials.routes,
    rankings.routes,
    nomination_steps.routes,  # last of the pages below a nomination's address: it takes every step's name
    quotas.routes,
    board.routes,
    public.routes,
)
