"""API clients made through the API, and systems that sign in with their secrets."""

from dataclasses import dataclass
from typing import Any

from httpx2 import Response

from app.domain.access import Role
from app.domain.ids import shown
from tests.plugins.service import Caller, Service

HANGZHOU, NINGBO = "330100", "330200"
URL = "/api-clients"


def admin(service: Service, organization: str = "ZJ") -> Caller:
    return service.person(Role.SECURITY_ADMIN, organization)


def created(
    service: Service, organization: str = HANGZHOU, by: Caller | None = None, **changes: Any
) -> Response:
    at = shown("org", service.organization(organization).id)
    body = {"name": "市人社一体化平台", "organization_id": at, "source": f"hrss-{organization}"} | changes
    return (by or admin(service))("POST", URL, json=body)


def now(service: Service, client: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = admin(service)("GET", f"{URL}/{client['id']}").json()
    return found


def secret(service: Service, client: dict[str, Any]) -> Response:
    return admin(service)("POST", f"{URL}/{client['id']}/secrets", version=now(service, client)["etag"])


@dataclass
class System:
    """A municipal system with its client and one secret."""

    service: Service
    client: dict[str, Any]
    secret: str
    secret_id: str

    def ask(self, **more: str) -> Response:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client["id"],
            "client_secret": self.secret,
        }
        return self.service.client.post("/api/v1/oauth/token", data=form | more)

    def token(self, **more: str) -> str:
        answer = self.ask(**more)
        assert answer.status_code == 200, answer.text
        given: str = answer.json()["access_token"]
        return given

    def get(self, url: str, token: str = "") -> Response:
        held = {"Authorization": f"Bearer {token or self.token()}"}
        return self.service.client.get(f"/api/v1{url}", headers=held)


def system(service: Service, organization: str = HANGZHOU, **changes: Any) -> System:
    """A client of this organisation with a secret."""
    client = created(service, organization, **changes).json()
    told = secret(service, client).json()
    return System(service, client, told["client_secret"], told["id"])
