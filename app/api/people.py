"""People and their appointments over JSON."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Response
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.api import listing
from app.api.face import IfMatch, etag, router, tagged
from app.api.listing import Listing
from app.api.openapi import about
from app.api.problems import declared
from app.api.schemas import GrantId, Moment, OrganizationId, Page, PersonId, Shape, Tagged
from app.db.tables.people import AccountStatus
from app.domain.access import Role
from app.domain.ids import shown
from app.http import Read, Write
from app.services import grants, people
from app.services.inputs.people import Disablement, GrantRole, IdentityLink, PersonCreate, PersonEdit

routes = router("people")

Person = Annotated[PersonId, Path(description="The person.")]
Grant = Annotated[GrantId, Path(description="The appointment.")]
Words = Annotated[
    Annotated[str, StringConstraints(max_length=60)] | SkipJsonSchema[None],
    Query(description="Part of the name or of the account.", examples=["李"]),
]
OneTime = Annotated[
    str,
    Field(
        max_length=40, description="Told this once; to be changed at once.", examples=["k7mp-3xqd-92vb-hr4t"]
    ),
]


class GrantOut(Shape):
    """An appointment; it reaches everything below the organisation."""

    id: GrantId
    role: Role = Field(examples=["REVIEWING_OFFICER"])
    organization_id: OrganizationId
    organization: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    campaign_id: str = Field(max_length=40, description="Empty for all campaigns.", examples=[""])
    granted_at: Moment

    @classmethod
    def of(cls, given: people.Appointment) -> "GrantOut":
        grant, organization = given
        return cls(
            id=grant.id,
            role=grant.role,
            organization_id=organization.id,
            organization=organization.name,
            campaign_id=shown("cmp", grant.campaign_id) if grant.campaign_id else "",
            granted_at=grant.updated_at,
        )


class PersonHeadOut(Tagged):
    """A person in a list."""

    id: PersonId
    username: str = Field(max_length=60, examples=["li.na"])
    name: str = Field(max_length=60, examples=["李娜"])
    organization_id: str = Field(max_length=40, examples=["org_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f"])
    organization: str = Field(max_length=100, examples=["杭州市劳动和社会保障局"])
    status: AccountStatus = Field(examples=["ACTIVE"])
    grants: list[GrantOut] = Field(max_length=200)

    @classmethod
    def of(cls, row: people.PersonRow) -> "PersonHeadOut":
        return cls(**_head(row))


class PersonOut(PersonHeadOut):
    """A person with what their administrators need to know."""

    phone: str = Field(max_length=30, description="Empty outside one's own area.", examples=["0571-85110000"])
    expires_on: str = Field(max_length=10, description="Last day of the account.", examples=[""])
    must_change_password: bool
    linked: list[PersonId] = Field(max_length=20, description="Other accounts of the same person.")

    @classmethod
    def whole(cls, view: people.PersonView) -> "PersonOut":
        return cls(**_whole(view))


class NewPersonOut(PersonOut):
    """A new account with its one-time password."""

    one_time_password: OneTime


class PasswordResetOut(Tagged):
    """A one-time password; it serves a day."""

    id: PersonId
    one_time_password: OneTime


def _head(row: people.PersonRow) -> dict[str, Any]:
    person, home = row.person, row.home
    return {
        "id": person.id,
        "etag": etag(person.row_version),
        "username": person.username,
        "name": person.name,
        "organization_id": shown("org", home.id) if home else "",
        "organization": home.name if home else "",
        "status": person.status,
        "grants": [GrantOut.of(given) for given in row.grants],
    }


def _whole(view: people.PersonView) -> dict[str, Any]:
    return _head(view.row) | {
        "phone": view.phone,
        "expires_on": view.person.expires_on.isoformat() if view.person.expires_on else "",
        "must_change_password": view.person.must_change_password,
        "linked": [one.id for one in view.linked],
    }


@routes.get(
    "/people",
    operation_id="listPeople",
    summary="List people",
    openapi_extra=about("列出人员", "people:read"),
)
def list_people(ctx: Read, paging: Listing, q: Words = None) -> Page[PersonHeadOut]:
    """Who works or was appointed in one's own area, in the order of their accounts."""
    after = UUID(paging.after) if paging.after else None
    found = people.listed(ctx, q=(q or "").strip(), after=after, limit=paging.limit)
    return listing.page(paging, found, PersonHeadOut.of, lambda row: row.person.id.hex)


@routes.post(
    "/people",
    operation_id="createPerson",
    summary="Make an account",
    status_code=201,
    responses=declared("USERNAME_TAKEN", "SECRET_SHOWN_ONCE"),
    openapi_extra=about("新建账号", "people:edit"),
)
def create_person(ctx: Write, response: Response, body: PersonCreate) -> NewPersonOut:
    """An account without any appointment. The one-time password is on this answer only."""
    person, secret = people.create(ctx, body)
    made = NewPersonOut(**_whole(people.shown(ctx, person.id)), one_time_password=secret)
    return tagged(response, made, f"/api/v1/people/{shown('per', person.id)}")


@routes.get(
    "/people/{person_id}",
    operation_id="getPerson",
    summary="Show a person",
    openapi_extra=about("查看人员", "people:read"),
)
def get_person(ctx: Read, response: Response, person_id: Person) -> PersonOut:
    """One person with appointments and other accounts."""
    return tagged(response, PersonOut.whole(people.shown(ctx, person_id)))


@routes.patch(
    "/people/{person_id}",
    operation_id="editPerson",
    summary="Change a person",
    responses=declared("LAST_SECURITY_ADMIN"),
    openapi_extra=about("修改人员", "people:edit"),
)
def edit_person(
    ctx: Write, response: Response, person_id: Person, body: PersonEdit, version: IfMatch
) -> PersonOut:
    """Replace name, organisation, telephone and last day."""
    people.edit(ctx, person_id, body, version)
    return tagged(response, PersonOut.whole(people.shown(ctx, person_id)))


@routes.post(
    "/people/{person_id}/disablements",
    operation_id="disablePerson",
    summary="Close an account",
    status_code=201,
    responses=declared("SAME_PERSON", "LAST_SECURITY_ADMIN"),
    openapi_extra=about("停用账号", "people:edit"),
)
def disable_person(
    ctx: Write, response: Response, person_id: Person, body: Disablement, version: IfMatch
) -> PersonOut:
    """Sessions and tokens end at once; what the person did stays theirs."""
    people.disable(ctx, person_id, body, version)
    return tagged(response, PersonOut.whole(people.shown(ctx, person_id)))


@routes.post(
    "/people/{person_id}/enablements",
    operation_id="enablePerson",
    summary="Open a closed account",
    status_code=201,
    openapi_extra=about("启用账号", "people:edit"),
)
def enable_person(ctx: Write, response: Response, person_id: Person, version: IfMatch) -> PersonOut:
    """With the password and the appointments it had."""
    people.enable(ctx, person_id, version)
    return tagged(response, PersonOut.whole(people.shown(ctx, person_id)))


@routes.post(
    "/people/{person_id}/password-resets",
    operation_id="resetPassword",
    summary="Set a one-time password",
    status_code=201,
    responses=declared("SAME_PERSON", "SECRET_SHOWN_ONCE"),
    openapi_extra=about("重置密码", "people:edit"),
)
def reset_password(ctx: Write, response: Response, person_id: Person, version: IfMatch) -> PasswordResetOut:
    """The person is signed out everywhere. A security or audit administrator's is set with `people:grant`."""
    person, secret = people.reset_password(ctx, person_id, version)
    return tagged(
        response,
        PasswordResetOut(id=person.id, etag=etag(person.row_version), one_time_password=secret),
        f"/api/v1/people/{shown('per', person_id)}",
    )


@routes.post(
    "/people/{person_id}/grants",
    operation_id="grantRole",
    summary="Appoint somebody",
    status_code=201,
    responses=declared("SAME_PERSON", "GRANT_HELD", "ROLES_INCOMPATIBLE"),
    openapi_extra=about("授予角色", "people:grant"),
)
def grant_role(
    ctx: Write, response: Response, person_id: Person, body: GrantRole, version: IfMatch
) -> PersonOut:
    """A role at an organisation, for all campaigns or one. Nobody appoints themselves."""
    grants.give(ctx, person_id, body, version)
    made = PersonOut.whole(people.shown(ctx, person_id))
    return tagged(response, made, f"/api/v1/people/{shown('per', person_id)}")


@routes.delete(
    "/people/{person_id}/grants/{grant_id}",
    operation_id="revokeGrant",
    summary="Take an appointment back",
    responses=declared("SAME_PERSON", "LAST_SECURITY_ADMIN"),
    openapi_extra=about("收回角色", "people:grant"),
)
def revoke_grant(
    ctx: Write, response: Response, person_id: Person, grant_id: Grant, version: IfMatch
) -> PersonOut:
    """It counts from the next call on, whoever is signed in."""
    grants.revoke(ctx, person_id, grant_id, version)
    return tagged(response, PersonOut.whole(people.shown(ctx, person_id)))


@routes.post(
    "/people/{person_id}/identity-links",
    operation_id="linkIdentity",
    summary="Link two accounts of one person",
    status_code=201,
    responses=declared("SAME_PERSON"),
    openapi_extra=about("关联同一人的账号", "people:grant"),
)
def link_identity(
    ctx: Write, response: Response, person_id: Person, body: IdentityLink, version: IfMatch
) -> PersonOut:
    """What the person did under one account counts under the other, wherever two people are asked for."""
    people.link(ctx, person_id, body, version)
    made = PersonOut.whole(people.shown(ctx, person_id))
    return tagged(response, made, f"/api/v1/people/{shown('per', person_id)}")


@routes.delete(
    "/people/{person_id}/identity-links",
    operation_id="unlinkIdentity",
    summary="Undo a link made in error",
    responses=declared("SAME_PERSON"),
    openapi_extra=about("解除账号关联", "people:grant"),
)
def unlink_identity(ctx: Write, response: Response, person_id: Person, version: IfMatch) -> PersonOut:
    """The account is a person of its own again."""
    people.unlink(ctx, person_id, version)
    return tagged(response, PersonOut.whole(people.shown(ctx, person_id)))
