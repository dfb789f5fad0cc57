"""The list of doors of the JSON face; a test asserts the routes it leads to."""

from fastapi import APIRouter

from app.api import regions

ALL: tuple[APIRouter, ...] = (regions.routes,)
