"""Files in a push: sent ahead once, referred to by their content, never over people's own and never another's."""

import hashlib
from typing import Any

import pytest

from tests.flow_cases import NINGBO, code, codes, flow
from tests.flow_steps import good
from tests.plugins.service import Service
from tests.push_cases import Pushing, pushing
from tests.storage import files


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def ahead(city: Pushing, data: bytes = files.JPEG, name: str = "大厅.jpg", source: str = "") -> Any:
    return city.caller("POST", f"/sources/{source or city.source}/files", files={"file": (name, data)})


def photo(data: bytes = files.JPEG, **changes: Any) -> dict[str, Any]:
    return {"sha256": sha(data), "kind": "PHOTO", "caption": "大厅全景", "criterion": "C2"} | changes


def paper(data: bytes = files.PDF, **changes: Any) -> dict[str, Any]:
    return {"sha256": sha(data), "kind": "MERIT_WRITEUP"} | changes


def kept(city: Pushing) -> list[tuple[str, int, str, str]]:
    found = good(city.caller("GET", f"/nominations/{city.shown()['id']}/materials"))["items"]
    return [(one["kind"], one["version"], one["status"], one["recorded_via"]) for one in found]


@pytest.mark.rule("E-25")
def test_a_file_is_sent_once_and_becomes_the_cases_by_its_content(service: Service) -> None:
    city = pushing(service)
    first, again = ahead(city), ahead(city)

    pushed = city.push(city.body(materials=[photo()]))
    repeated = city.push(city.body(materials=[photo()]))

    assert [one.status_code for one in (first, again)] == [201, 201]
    assert first.json()["id"] == again.json()["id"]
    assert (first.json()["sha256"], first.json()["media_type"]) == (sha(files.JPEG), "image/jpeg")
    assert (
        good(city.caller("GET", f"/sources/{city.source}/files/{sha(files.JPEG)}"))["id"]
        == first.json()["id"]
    )
    assert "MATERIALS" in pushed.json()["parts"]
    assert repeated.json()["changed"] is False
    assert kept(city) == [("PHOTO", 1, "VERIFIED", "PUSH")]
    (row,) = good(city.caller("GET", f"/nominations/{city.shown()['id']}/materials"))["items"]
    content = city.caller("GET", f"/materials/{row['id']}/content")
    assert (content.content, row["caption"], row["criterion"]) == (files.JPEG, "大厅全景", "C2")


def test_a_case_comes_whole_with_its_files_and_is_submitted(service: Service) -> None:
    city = pushing(service)
    ahead(city)

    pushed = city.push(city.whole(materials=[photo()], submit=True)).json()

    assert (pushed["stage"], pushed["etag"]) == ("SUBMITTED", '"1"')
    assert kept(city) == [("PHOTO", 1, "VERIFIED", "PUSH")]


def test_a_file_that_nobody_sent_is_refused_at_its_place_and_keeps_nothing(sqlite_service: Service) -> None:
    city = pushing(sqlite_service)
    ahead(city)

    refused = city.push(city.body(materials=[photo(), paper()]))

    fault = refused.json()["errors"][0]
    assert (refused.status_code, fault["code"], fault["pointer"]) == (
        409,
        "SOURCE_FILE_MISSING",
        "/materials/1/sha256",
    )
    assert code(city.caller("GET", city.url())) == "NOT_FOUND"


def test_knowing_the_digest_of_anothers_file_gives_nobody_the_file(sqlite_service: Service) -> None:
    f = flow(sqlite_service)
    city, other = pushing(sqlite_service, f=f), pushing(sqlite_service, NINGBO, f)
    ahead(other)

    assert code(city.caller("GET", f"/sources/{other.source}/files/{sha(files.JPEG)}")) == "NOT_FOUND"
    assert code(city.caller("GET", f"/sources/{city.source}/files/{sha(files.JPEG)}")) == "NOT_FOUND"
    assert code(ahead(city, source=other.source)) == "NOT_FOUND"
    assert "SOURCE_FILE_MISSING" in codes(city.push(city.body(materials=[photo()])))


def test_the_list_is_the_whole_of_a_draft_and_a_paper_is_replaced_by_its_next_version(
    service: Service,
) -> None:
    city = pushing(service)
    newer = files.PDF + b"\n% second edition\n"
    for data, name in ((files.JPEG, "a.jpg"), (files.PDF, "b.pdf"), (newer, "c.pdf")):
        assert ahead(city, data, name).status_code == 201, name
    city.push(city.body(1, materials=[photo(), paper()]))

    city.push(city.body(2, materials=[paper(newer)]))

    assert kept(city) == [
        ("PHOTO", 1, "REMOVED", "PUSH"),
        ("MERIT_WRITEUP", 1, "SUPERSEDED", "PUSH"),
        ("MERIT_WRITEUP", 2, "VERIFIED", "PUSH"),
    ]


@pytest.mark.rule("E-25", "I-22")
def test_a_file_of_people_makes_room_only_where_their_version_is_named(service: Service) -> None:
    city = pushing(service)
    ahead(city, files.PDF, "b.pdf")
    case = city.moving(city.push(city.body(1)).json())
    theirs = files.PDF + b"\n% by hand\n"
    form = {"kind": "MERIT_WRITEUP"}
    upload = case.filer("POST", f"{case.url}/materials", files={"file": ("own.pdf", theirs)}, data=form)

    refused = city.push(city.body(2, materials=[paper()]))
    photographed = city.push(city.body(2, materials=[]))
    prevailed = city.push(city.body(3, materials=[paper()]), version=city.shown()["etag"])

    assert (upload.status_code, upload.json()["recorded_via"]) == (201, "API")
    assert code(refused) == "SOURCE_OVERWRITES_PEOPLE"
    assert photographed.status_code == 200
    assert prevailed.json()["parts"] == ["MATERIALS"]
    assert kept(city) == [
        ("MERIT_WRITEUP", 1, "SUPERSEDED", "API"),
        ("MERIT_WRITEUP", 2, "VERIFIED", "PUSH"),
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": "MERIT_WRITEUP"}, "FILE_TYPE_NOT_ALLOWED"),
        ({"criterion": "C9"}, "CRITERION_UNKNOWN"),
        ({"replaces": "0" * 64}, "MATERIAL_NOT_CURRENT"),
        ({"kind": "MINISTRY_VIDEO"}, "FILE_TYPE_NOT_ALLOWED"),
    ],
)
def test_what_a_person_could_not_upload_a_push_cannot_refer_to(
    sqlite_service: Service, changes: dict[str, Any], refusal: str
) -> None:
    city = pushing(sqlite_service)
    ahead(city)

    refused = city.push(city.body(materials=[photo(**changes)]))

    assert refusal in codes(refused)
    assert {one["pointer"].split("/")[1] for one in refused.json()["errors"]} == {"materials"}


def test_what_is_not_what_it_says_is_not_kept(sqlite_service: Service) -> None:
    city = pushing(sqlite_service)

    assert code(ahead(city, files.EXE, "a.jpg")) == "FILE_TYPE_NOT_ALLOWED"
    assert list(sqlite_service.plant.store.list_incoming()) == []
    assert list(sqlite_service.plant.store.list_placed()) == []
