"""The list of doors of the HTML face; a test asserts the routes it leads to."""

from fastapi import APIRouter

from app.web import (
    account,
    basics,
    board,
    campaign_setup,
    campaigns,
    home,
    notices,
    objections,
    people,
    public,
    reference,
    regions,
    rules,
    sign_in,
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
    regions.routes,
    reference.routes,
    objections.routes,  # before notices: it has a page below a notice's address
    notices.routes,
    vetoes.routes,
    windows.routes,
    campaigns.routes,
    campaign_setup.routes,
    rules.routes,
    board.routes,
    public.routes,
)
