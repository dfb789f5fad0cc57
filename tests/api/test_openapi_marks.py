"""What the description adds to a route by itself, shown on a small API of its own."""

import re
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, FastAPI, File, Response, UploadFile
from pydantic import Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from app.api.face import IfMatch, router
from app.api.listing import Listing
from app.api.openapi import about, document, sends
from app.api.openapi.schemas import public_name
from app.api.problems import declared
from app.api.schemas import CampaignId, Page, Shape, Tagged
from app.services.inputs.base import Input

routes = router("campaigns")


class CupOut(Tagged):
    """A cup."""

    id: CampaignId
    name: str = Field(max_length=100, examples=["评优杯"])
    size: int = Field(ge=0, le=10, examples=[3])


class CupMake(Input):
    """A new cup."""

    name: Annotated[str, StringConstraints(min_length=2, max_length=100)] = Field(examples=["评优杯"])
    note: Annotated[str, StringConstraints(max_length=20)] | SkipJsonSchema[None] = Field(
        None, examples=["小"]
    )


@routes.post(
    "/cups",
    operation_id="createCup",
    summary="Make a cup",
    status_code=201,
    responses=declared("SAME_PERSON"),
    openapi_extra=about("制作奖杯", "nomination:create"),
)
def create_cup(body: CupMake) -> CupOut:
    """Makes a cup."""
    raise NotImplementedError


@routes.get("/cups", operation_id="listCups", summary="List cups", openapi_extra=about("列出奖杯"))
def list_cups(paging: Listing) -> Page[CupOut]:
    """All cups."""
    raise NotImplementedError


@routes.get("/cups/{cup_id}", operation_id="getCup", summary="Show a cup", openapi_extra=about("查看奖杯"))
def get_cup(cup_id: CampaignId) -> CupOut:
    """One cup."""
    raise NotImplementedError


@routes.delete(
    "/cups/{cup_id}",
    operation_id="deleteCup",
    summary="Drop a cup",
    status_code=204,
    openapi_extra=about("删除奖杯"),
)
def delete_cup(cup_id: CampaignId, version: IfMatch) -> None:
    """Drops a cup."""


@routes.put(
    "/cups/{cup_id}/photos", operation_id="putPhoto", summary="Send a photo", openapi_extra=about("上传照片")
)
def put_photo(cup_id: CampaignId, photo: Annotated[UploadFile, File(description="The photo.")]) -> CupOut:
    """Sends a photo."""
    raise NotImplementedError


@routes.get(
    "/cups/{cup_id}/photos",
    operation_id="getPhoto",
    summary="Fetch the photo",
    response_class=Response,
    responses=sends("image/png"),
    openapi_extra=about("下载照片"),
)
def get_photo(cup_id: CampaignId) -> Response:
    """The photo."""
    raise NotImplementedError


def _document(*routers: APIRouter) -> dict[str, Any]:
    app = FastAPI(version="1.2.3", openapi_url=None)
    for one in routers:
        app.include_router(one)
    return document(app)


DOC = _document(routes)
CREATE, LIST = DOC["paths"]["/api/v1/cups"]["post"], DOC["paths"]["/api/v1/cups"]["get"]
SHOW, DROP = DOC["paths"]["/api/v1/cups/{cup_id}"]["get"], DOC["paths"]["/api/v1/cups/{cup_id}"]["delete"]


def _shared(operation: dict[str, Any]) -> list[str]:
    return [p["$ref"].rsplit("/", 1)[1] for p in operation["parameters"] if "$ref" in p]


def _codes(operation: dict[str, Any], status: str) -> list[str]:
    answer = operation["responses"][status]
    if "$ref" in answer:
        answer = DOC["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    codes: list[str] = answer["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"][
        "code"
    ]["enum"]
    return codes


def test_a_creation_gets_its_codes_by_status_beside_the_common_ones() -> None:
    assert sorted(CREATE["responses"]) == [
        "201",
        "400",
        "401",
        "403",
        "409",
        "413",
        "415",
        "422",
        "429",
        "500",
        "503",
    ]
    assert _codes(CREATE, "400") == ["IDEMPOTENCY_KEY_MISSING", "JSON_INVALID", "REQUEST_MALFORMED"]
    assert _codes(CREATE, "403") == ["PERMISSION_MISSING", "SAME_PERSON"]
    assert _codes(CREATE, "409") == ["IDEMPOTENCY_IN_PROGRESS"]
    assert _codes(CREATE, "422") == ["IDEMPOTENCY_KEY_REUSED", "VALIDATION_FAILED"]


def test_a_creation_takes_a_key_and_links_to_what_can_be_done_with_the_thing() -> None:
    assert _shared(CREATE) == ["IdempotencyKey", "DryRun", "AcceptLanguage"]
    assert CREATE["responses"]["201"]["links"]["getCup"]["parameters"] == {"cup_id": "$response.body#/id"}
    assert CREATE["responses"]["201"]["links"]["deleteCup"]["parameters"] == {
        "cup_id": "$response.body#/id",
        "header.If-Match": "$response.body#/etag",
    }
    assert {"ETag", "Location", "Idempotency-Replayed", "Dry-Run"} <= CREATE["responses"]["201"][
        "headers"
    ].keys()


def test_scopes_come_from_the_permission() -> None:
    assert CREATE["security"] == [{"oauth2": ["nominations:write"]}]
    assert CREATE["x-permission"] == "nomination:create"
    assert SHOW["security"] == [{"oauth2": []}]
    assert "x-permission" not in SHOW


def test_a_list_may_answer_that_its_cursor_is_invalid() -> None:
    assert sorted(LIST["responses"]) == ["200", "400", "401", "422", "429", "500", "503"]
    assert _codes(LIST, "400") == ["CURSOR_INVALID", "REQUEST_MALFORMED"]
    assert LIST["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/CupPage"
    }


def test_a_tagged_thing_is_readable_conditionally_and_changed_only_with_its_tag() -> None:
    assert _shared(SHOW) == ["IfNoneMatch", "AcceptLanguage"]
    assert "content" not in SHOW["responses"]["304"]
    assert _shared(DROP) == ["IfMatch", "OptionalIdempotencyKey", "DryRun", "AcceptLanguage"]
    assert _codes(DROP, "412") == ["VERSION_CONFLICT"]
    assert _codes(DROP, "428") == ["PRECONDITION_REQUIRED"]
    assert _codes(DROP, "404") == ["NOT_FOUND"]


def test_examples_of_bodies_are_put_together_from_their_fields() -> None:
    assert CREATE["requestBody"]["content"]["application/json"]["example"] == {"name": "评优杯", "note": "小"}
    assert CREATE["responses"]["201"]["content"]["application/json"]["example"] == {
        "etag": '"3"',
        "id": "cmp_0198c5a07e7b7c3e9f2a4d5b6c7d8e9f",
        "name": "评优杯",
        "size": 3,
    }


def test_what_may_be_left_out_offers_no_null() -> None:
    note = DOC["components"]["schemas"]["CupMake"]["properties"]["note"]

    assert note["type"] == "string"
    assert "anyOf" not in note


def test_required_text_must_hold_as_many_characters_as_it_has_after_trimming() -> None:
    pattern = DOC["components"]["schemas"]["CupMake"]["properties"]["name"]["pattern"]

    assert re.search(pattern, "杯子")
    assert re.search(pattern, " 杯 子 ")
    assert not re.search(pattern, "杯 ")
    assert not re.search(pattern, "  ")
    assert not re.search(pattern, "杯\u0000子")


def test_files_are_binary_and_bounded_in_both_directions() -> None:
    photo = DOC["paths"]["/api/v1/cups/{cup_id}/photos"]
    sent = photo["put"]["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"].rsplit("/", 1)[1]
    answered = photo["get"]["responses"]["200"]["content"]

    assert DOC["components"]["schemas"][sent]["properties"]["photo"]["format"] == "binary"
    assert DOC["components"]["schemas"][sent]["properties"]["photo"]["maxLength"] > 0
    assert list(answered) == ["image/png"]
    assert answered["image/png"]["schema"]["maxLength"] > 0


def test_integers_say_their_width_and_generated_titles_are_gone() -> None:
    assert DOC["components"]["schemas"]["Cup"]["properties"]["size"] == {
        "type": "integer",
        "minimum": 0,
        "maximum": 10,
        "format": "int32",
        "examples": [3],
    }


@pytest.mark.parametrize(
    ("internal", "public"),
    [
        ("RegionOut", "Region"),
        ("Page_RegionOut_", "RegionPage"),
        ("Body_putPhoto", "PutPhotoForm"),
        ("RegionRename", "RegionRename"),
        ("Cutout", "Cutout"),
    ],
)
def test_public_names_drop_what_only_the_code_needs(internal: str, public: str) -> None:
    assert public_name(internal) == public


def test_an_answer_keeps_its_suffix_where_an_input_or_an_enum_has_the_name() -> None:
    class Cup(Shape):
        """Has the name that CupOut would be shown by."""

    clash = router("campaigns")

    @clash.get("/clash", operation_id="getClash", summary="Clash")
    def get_clash() -> Cup:
        """Clash."""
        raise NotImplementedError

    shown = _document(routes, clash)["components"]["schemas"]

    assert {"Cup", "CupOut", "CupPage"} <= shown.keys()
    assert shown["Cup"]["description"] == "Has the name that CupOut would be shown by."
    assert shown["CupPage"]["properties"]["items"]["items"] == {"$ref": "#/components/schemas/CupOut"}
