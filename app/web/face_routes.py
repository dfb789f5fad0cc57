"""The list of doors of the HTML face; a test asserts the routes it leads to."""

from fastapi import APIRouter

from app.web import basics, regions

ALL: tuple[APIRouter, ...] = (basics.routes, regions.routes)
