"""The stage of a rehearsal: the whole service in this process, its movable clock, and people who call its API."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
from fastapi import FastAPI
from sqlmodel import col, select

from app import worker
from app.clock import ManualClock
from app.db.tables.people import AccessToken, Person, RoleGrant
from app.db.tables.places import Organization
from app.domain.access import Role
from app.domain.ids import shown
from app.http import Plant
from app.main import wrapped
from app.rehearse.ledger import Ledger, Refused, RehearsalError
from app.rehearse.names import invented
from app.services import audit, identity
from app.services.running import acting_as_system

Json = dict[str, Any]
ACCOUNT_LIFE = timedelta(days=3650)


@dataclass
class World:
    """Everything the acts share. Accounts are made beside the play; all that happens goes through the API."""

    app: FastAPI
    clock: ManualClock
    ledger: Ledger
    people: dict[str, "Player"] = field(default_factory=dict)
    windows: dict[tuple[str, str], Json] = field(
        default_factory=dict
    )  # registered already, by sponsor and name
    _places: dict[str, Organization] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(app=wrapped(self.app))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://rehearsal.invalid")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    @property
    def plant(self) -> Plant:
        plant: Plant = self.app.state.plant
        return plant

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.plant.settings.zone)

    @property
    def today(self) -> date:
        return self.clock.moment.astimezone(self.zone).date()

    def at(self, day: date, hour: int = 9) -> None:
        """Move the clock to that hour of that day, local time."""
        self.clock.move_to(datetime.combine(day, time(hour), self.zone))

    def tick(self) -> None:
        """One round of the worker: positions, ended notices."""
        worker.run_once(self.plant)

    def send(self, method: str, url: str, headers: Mapping[str, str], **kwargs: Any) -> httpx.Response:  # noqa: ANN401  (httpx options or an act's own fields)
        """One HTTP request to the service behind its edge."""
        self.ledger.calls += 1
        return self._runner.run(self._client.request(method, f"/api/v1{url}", headers=headers, **kwargs))

    def page(self, url: str) -> str:
        """A public page, as anybody reads it."""
        self.ledger.calls += 1
        answer = self._runner.run(self._client.get(url))
        if answer.status_code != 200:
            raise RehearsalError(f"GET {url}: {answer.status_code}")
        return answer.text

    def place(self, code: str) -> Organization:
        """An organisation by its code: `ZJ`, `330100`, `330106`."""
        if code not in self._places:
            with acting_as_system(*self._means()) as ctx:
                found = ctx.session.exec(select(Organization).where(col(Organization.code) == code)).one()
                self._places[code] = found
        return self._places[code]

    def places_below(self, code: str) -> list[Organization]:
        """The organisations directly below one, by code."""
        parent = self.place(code)
        with acting_as_system(*self._means()) as ctx:
            below = select(Organization).where(col(Organization.parent_id) == parent.id)
            return list(ctx.session.exec(below.order_by(col(Organization.code))).all())

    def org(self, code: str) -> str:
        """The public identifier of an organisation."""
        return shown("org", self.place(code).id)

    def person(self, role: Role, at: str, name: str = "", *more: Role) -> "Player":
        """Somebody with these roles at this organisation; the same name is the same person."""
        name = name or f"{role.value.lower().replace('_', '-')}-{at.lower()}"
        if name not in self.people:
            self.people[name] = self._new_person(name, at, (role, *more))
        return self.people[name]

    @property
    def anybody(self) -> "Player":
        """A member of the public: no account."""
        return Player(self, "the public", "", UUID(int=0))

    def _new_person(self, name: str, at: str, roles: tuple[Role, ...]) -> "Player":
        organization, token = self.place(at), secrets.token_urlsafe(24)
        with acting_as_system(*self._means()) as ctx:
            known = ctx.session.exec(select(Person).where(col(Person.username) == name)).first()
            person = known or Person(
                **audit.stamp(ctx), username=name, name=invented(name), organization_id=organization.id
            )
            ctx.session.add(person)
            ctx.session.flush()
            if known is None:
                ctx.session.add_all(
                    RoleGrant(
                        **audit.stamp(ctx), person_id=person.id, role=role, organization_id=organization.id
                    )
                    for role in roles
                )
                audit.note(ctx, "person.installed", person, path=organization.path)
            ctx.session.add(
                AccessToken(
                    token_hash=identity.secret_hash(token),
                    person_id=person.id,
                    created_at=ctx.now,
                    expires_at=ctx.now + ACCOUNT_LIFE,
                )
            )
        return Player(self, name, token, person.id)

    def _means(self) -> tuple[Any, ...]:
        p = self.plant
        return p.engine, p.clock, p.settings, p.store


@dataclass(frozen=True)
class Player:
    """Somebody who calls the API."""

    world: World
    name: str
    token: str
    person_id: UUID

    @property
    def id(self) -> str:
        return shown("per", self.person_id)

    def get(self, url: str, **params: str) -> Json:
        """What the API shows; anything but 200 ends the rehearsal."""
        return self._done("GET", url, self._send("GET", url, params=params))

    def post(self, url: str, body: Json | None = None, version: str = "", **kwargs: Any) -> Json:  # noqa: ANN401  (httpx options or an act's own fields)
        """Create something or take a step; must be accepted."""
        sent = kwargs if body is None else {"json": body, **kwargs}
        return self._done("POST", url, self._send("POST", url, version, **sent))

    def put(self, url: str, body: Json, version: str = "") -> Json:
        """Say how something is now; must be accepted."""
        return self._done("PUT", url, self._send("PUT", url, version, json=body))

    def patch(self, url: str, body: Json, version: str) -> Json:
        """Change something; must be accepted."""
        return self._done("PATCH", url, self._send("PATCH", url, version, json=body))

    def step(self, thing: Json, url: str, action: str, **body: Any) -> Json:  # noqa: ANN401  (httpx options or an act's own fields)
        """Take a step of the thing at `url`, on the version that `thing` shows."""
        return self.post(f"{url}/transitions", {"action": action, **body}, thing["etag"])

    def refused(
        self,
        rule: str,
        code: str,
        method: str,
        url: str,
        body: Json | None = None,
        version: str = "",
        **kwargs: Any,  # noqa: ANN401  (httpx options or an act's own fields)
    ) -> None:
        """The same call must be refused, with this code among its reasons: the rehearsal fails when it goes through."""
        sent = kwargs if body is None else {"json": body, **kwargs}
        answer = self._send(method, url, version, **sent)
        if answer.status_code < 400:
            raise RehearsalError(
                f"{rule}: {method} {url} was accepted, {code} had to come; {self.name}: {body}"
            )
        problem = answer.json()
        if code not in {problem["code"], *(one["code"] for one in problem.get("errors", []))}:
            raise RehearsalError(
                f"{rule}: {method} {url} was refused with {problem['code']}, {code} had to come: {problem['detail']}"
            )
        self.world.ledger.refusals.append(Refused(rule, code, f"{method} {url}"))

    def step_refused(self, rule: str, code: str, thing: Json, url: str, action: str, **body: Any) -> None:  # noqa: ANN401  (httpx options or an act's own fields)
        """A step that must not go."""
        self.refused(rule, code, "POST", f"{url}/transitions", {"action": action, **body}, thing["etag"])

    def _send(self, method: str, url: str, version: str = "", **kwargs: Any) -> httpx.Response:  # noqa: ANN401  (httpx options or an act's own fields)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if method != "GET":
            headers["Idempotency-Key"] = secrets.token_hex(12)
        if version:
            headers["If-Match"] = version
        return self.world.send(method, url, headers, **kwargs)

    def _done(self, method: str, url: str, answer: httpx.Response) -> Json:
        if answer.status_code >= 400:
            raise RehearsalError(f"{self.name}: {method} {url}: {answer.status_code} {answer.text[:1500]}")
        shown_: Json = answer.json() if answer.content else {}
        return shown_
