"""The list of doors of the HTML face; a test asserts the routes it leads to."""

from fastapi import APIRouter

from app.web import basics, reference, regions

ALL: tuple[APIRouter, ...] = (basics.routes, regions.routes, reference.routes)
