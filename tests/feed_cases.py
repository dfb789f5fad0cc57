"""Readers of the change feed, and things for them to read."""

from datetime import timedelta
from typing import Any

from app.db.tables.people import AccessToken, ApiClient
from app.db.tables.places import Organization
from app.domain.ids import new_id
from app.services import audit, identity, sequencer
from tests.plugins.service import Caller, Service


def client_of(service: Service, code: str, *scopes: str) -> Caller:
    """A municipal system with these scopes at this organisation."""
    token, at = new_id().hex, service.organization(code)
    with service.system() as ctx:
        client = ApiClient(
            **audit.stamp(ctx), name=code, organization_id=at.id, source=f"src-{token}", scopes=list(scopes)
        )
        ctx.session.add(client)
        ctx.session.flush()
        far = ctx.now + timedelta(days=30)
        ctx.session.add(
            AccessToken(
                token_hash=identity.secret_hash(token),
                client_id=client.id,
                created_at=ctx.now,
                expires_at=far,
            )
        )
        ctx.noted += 1
    return Caller(service.client, client.id, token, "")


def happened(service: Service, code: str, name: str = "organization.edited") -> None:
    """Something happens to an organisation, in its own area."""
    with service.system() as ctx:
        unit = ctx.session.get_one(Organization, service.organization(code).id)
        audit.touch(ctx, unit)
        audit.note(ctx, name, unit, path=unit.path, summary={"code": unit.code})


def numbered(service: Service) -> int:
    """One round of the sequencer."""
    return sequencer.run_once(service.plant.engine)


def read(caller: Caller, cursor: str = "", **params: Any) -> Any:
    """One call of the feed."""
    asked = params | ({"cursor": cursor} if cursor else {})
    return caller("GET", "/changes", params=asked)


def told(answer: Any) -> list[str]:
    """The codes of the organisations an answer tells about, in order."""
    assert answer.status_code == 200, answer.text
    return [str(one["data"].get("code", one["type"])) for one in answer.json()["items"]]
