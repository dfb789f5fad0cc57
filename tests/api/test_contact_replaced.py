"""A contact person asks to be forgotten: the entry is replaced, the record keeps a digest and no value (E-41)."""

import json

import pytest
from sqlmodel import Session, col, select

from app.db.tables.campaigns import LocalBody
from app.db.tables.system import AuditEvent, Event
from app.domain.access import Role
from app.domain.ids import shown
from tests.campaign_cases import opened
from tests.plugins.service import Service

BODY = {
    "kind": "WORKING",
    "name": "创建办",
    "head_name": "陈立夫人",
    "head_post": "主任",
    "phone": "0571-85110099",
}


@pytest.mark.rule("E-41")
def test_a_replaced_contact_is_nowhere_but_as_a_digest(sqlite_service: Service) -> None:
    campaign = opened(sqlite_service)
    officer = sqlite_service.person(Role.REVIEWING_OFFICER, "330400")
    city = shown("org", sqlite_service.organization("330400").id)
    made = officer(
        "POST", f"/campaigns/{campaign}/local-bodies", json=BODY | {"organization_id": city}
    ).json()
    change = {"name": "创建办", "head_name": "周敏", "head_post": "主任", "phone": "0571-85110001"}

    edited = officer("PUT", f"/local-bodies/{made['id']}", json=change, version=made["etag"])

    assert edited.status_code == 200, edited.text
    with Session(sqlite_service.plant.engine) as session:
        kept = [row.model_dump_json() for row in session.exec(select(LocalBody)).all()]
        entries = session.exec(select(AuditEvent).where(col(AuditEvent.entity) == "LocalBody")).all()
        kept += [row.model_dump_json() for row in entries] + [
            row.model_dump_json() for row in session.exec(select(Event)).all()
        ]
    whole = json.dumps(kept, ensure_ascii=False)
    assert "陈立夫人" not in whole
    assert "85110099" not in whole
    assert [bool(one.before_digest) for one in entries] == [False, True]
