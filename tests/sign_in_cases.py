"""Browsers that sign in, and people with a password to do it with."""

from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, col, select

from app.db.tables.people import Person
from app.db.tables.system import SecurityEvent
from app.domain.access import Role
from app.main import wrapped
from app.services import passwords
from tests.plugins.service import Service

PASSWORD = "seven green lanterns"
WRONG = "seven red lanterns"


@dataclass
class Browser:
    """A browser with its cookies; every one comes from an address of its own."""

    client: TestClient
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, url: str) -> Response:
        return self._sent("GET", url)

    def post(self, url: str, **form: str) -> Response:
        return self._sent("POST", url, data=form)

    def sign_in(self, username: str, password: str = PASSWORD, to: str = "") -> Response:
        return self.post(f"/sign-in?next={to}" if to else "/sign-in", username=username, password=password)

    def _sent(self, method: str, url: str, **kwargs: Any) -> Response:
        headers = {
            "Origin": "http://testserver",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        answer = self.client.request(method, url, headers=headers, follow_redirects=False, **kwargs)
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        return answer


def browser(service: Service, address: str = "198.51.100.1") -> Browser:
    client = TestClient(wrapped(service.app), raise_server_exceptions=False, client=(address, 50_000))
    return Browser(client)


def account(service: Service, password: str = PASSWORD, **changes: Any) -> Person:
    """Somebody with a password; `one_time=True` for one that must be changed."""
    one_time = changes.pop("one_time", False)
    made = service.person(changes.pop("role", Role.STEERING_OFFICE), "ZJ", "Li.Na")
    with service.system() as ctx:
        person = ctx.session.get_one(Person, made.person_id)
        passwords.give(ctx, person, password, one_time=one_time)
        for name, value in changes.items():
            setattr(person, name, value)
        ctx.noted += 1
    return person


def rows(service: Service, table: type[Any]) -> list[Any]:
    with Session(service.plant.engine) as session:
        return list(session.exec(select(table).order_by(col(table.id))).all())


def events(service: Service) -> list[tuple[str, str]]:
    return [(one.kind, one.actor) for one in rows(service, SecurityEvent)]


def code(answer: Response) -> str:
    """The code of the refusal that the page shows."""
    return answer.text.partition('class="alert-id">')[2].partition(" ")[0]


def changing(one: Browser, current: str, new: str, repeated: str = "") -> Response:
    return one.post(
        "/account/password", current_password=current, new_password=new, repeated_password=repeated or new
    )
