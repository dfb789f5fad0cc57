"""People made and appointed through the API."""

from typing import Any

from app.domain.access import Role
from app.domain.ids import shown
from tests.plugins.service import Caller, Service

HANGZHOU, NINGBO, XIHU = "330100", "330200", "330106"
SYSTEM, SECURITY = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN


def at(service: Service, organization: str) -> str:
    return shown("org", service.organization(organization).id)


def made(
    service: Service, username: str = "li.na", organization: str = HANGZHOU, **changes: Any
) -> dict[str, Any]:
    body = {"username": username, "name": "李娜", "organization_id": at(service, organization)} | changes
    answer = service.person(SYSTEM)("POST", "/people", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def url(person: dict[str, Any] | Caller, rest: str = "") -> str:
    one = person["id"] if isinstance(person, dict) else shown("per", person.person_id)
    return f"/people/{one}{rest}"


def now(service: Service, person: dict[str, Any] | Caller) -> dict[str, Any]:
    found: dict[str, Any] = service.person(SYSTEM)("GET", url(person)).json()
    return found


def granted(
    service: Service,
    person: dict[str, Any] | Caller,
    role: Role = Role.REVIEWING_OFFICER,
    organization: str = HANGZHOU,
    by: Caller | None = None,
) -> Any:
    body = {"role": role.value, "organization_id": at(service, organization)}
    admin = by or service.person(SECURITY)
    return admin("POST", url(person, "/grants"), json=body, version=now(service, person)["etag"])


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
