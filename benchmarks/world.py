"""A campaign with as many nominations as asked for, and a city's system that pushes more."""

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from app.db.tables.nominations import Nomination, ServiceWindow
from app.db.tables.people import AccessToken, ApiClient
from app.domain.ids import new_id
from app.rehearse.acts import opening
from app.rehearse.province import Province
from app.rehearse.texts import STATEMENT
from app.rehearse.world import Json, Player, World
from app.services import audit, identity
from app.services.running import acting_as_system

SPONSOR, CITY = "330106", "330100"
BATCH = 1000
FORM = {
    "unit_name": "西湖区社会保险服务大厅",
    "superior_unit": "西湖区人力资源和社会保障局",
    "recommending_unit": "杭州市人力资源和社会保障局",
    "filled_on": "2026-07-01",
    "unit_rank": "正科级",
    "head_name": "王敏",
    "head_post": "主任",
    "staff_count": 12,
    "address": "文三路 1 号",
    "postcode": "310012",
    "contact_name": "李强",
    "contact_phone": "0571-00000000",
    "main_merits": STATEMENT,
}
"""What the window's system fills into the form; others complete it."""


def filled(world: World, count: int) -> Province:
    """One window is put forward through the API; the others are its copies under other names."""
    province = opening.play(world)
    clerk = province.clerk(SPONSOR)
    made = clerk.post("/windows", window(world, "样本窗口"))
    clerk.post(f"{province.url}/nominations", {"window_id": made["id"], "statement": STATEMENT})
    with Session(world.plant.engine) as session:
        kept = session.exec(select(ServiceWindow)).one(), session.exec(select(Nomination)).one()
        for first in range(0, count - 1, BATCH):
            _copied(session, *kept, first, min(BATCH, count - 1 - first))
        session.commit()
    return province


def window(world: World, name: str) -> Json:
    """A window of the district."""
    return {
        "sponsor_id": world.org(SPONSOR),
        "name": name,
        "region_code": SPONSOR,
        "address": "文三路 1 号",
        "window_type": "SOCIAL_INSURANCE",
        "affiliation_level": "50",
        "in_labor_system": True,
        "serves_public_directly": True,
    }


def system(world: World, source: str = "hrss-330100") -> Player:
    """The city's system with a token."""
    token, plant = secrets.token_urlsafe(24), world.plant
    with acting_as_system(plant.engine, plant.clock, plant.settings, plant.store) as ctx:
        client = ApiClient(
            **audit.stamp(ctx),
            name="市级平台",
            organization_id=world.place(CITY).id,
            source=source,
            scopes=["nominations:read", "nominations:write"],
        )
        ctx.session.add(client)
        audit.note(ctx, "client.installed", client)
        ctx.session.add(
            AccessToken(
                token_hash=identity.secret_hash(token),
                client_id=client.id,
                created_at=ctx.now,
                expires_at=ctx.now + timedelta(days=3650),
            )
        )
    return Player(world, "municipal system", token, client.id)


def pushed(world: World, number: int) -> Json:
    """What the city's system sends about its window of that number: some 30 fields and 4,000 characters of text."""
    kept = window(world, f"推送窗口{number}")
    del kept["sponsor_id"]
    return {
        "source_seq": 1,
        "on_behalf_of": "王敏",
        "window": kept | {"external_id": f"CK-{number}", "sponsor": SPONSOR},
        "statement": STATEMENT,
        "write_up": {"text": "优质服务窗口" * 666 + "优质服务"},
        "form": {"data": FORM},
    }


def _copied(session: Session, one: ServiceWindow, case: Nomination, first: int, count: int) -> None:
    windows: list[dict[str, Any]] = []
    cases: list[dict[str, Any]] = []
    for number in range(first, first + count):
        key = new_id()
        windows.append(one.model_dump() | {"id": key, "name": f"样本窗口{number}"})
        cases.append(case.model_dump() | {"id": new_id(), "window_id": key, "live_window_id": key})
    session.execute(insert(ServiceWindow), windows)
    session.execute(insert(Nomination), cases)
