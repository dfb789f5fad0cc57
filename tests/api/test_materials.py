"""Files of a case: taken for what they are, kept by content, replaced by versions, given out to be saved."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.levels import Level
from app.domain.nomination import Stage
from tests.paper_cases import Paper, paper, pointers, refused
from tests.plugins.service import Caller, Service, make
from tests.storage import files

LIMIT = 64 * 1024


@pytest.fixture(params=["folder", "s3"])
def stored(request: pytest.FixtureRequest, sqlite_database: str, tmp_path: Path) -> Iterator[Service]:
    """The service on each store."""
    made = make(sqlite_database, tmp_path, **_store(request, tmp_path))
    yield made
    made.plant.engine.dispose()


def _store(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    limits = {"max_upload_bytes": LIMIT}
    if request.param == "folder":
        return limits
    endpoint, access_key, secret_key = request.getfixturevalue("s3_server")
    bucket = f"materials-{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]}"
    named = {"s3_endpoint": endpoint, "s3_access_key": access_key, "s3_secret_key": secret_key}
    return limits | {"store": "s3", "s3_bucket": bucket} | named


def upload(
    made: Paper,
    caller: Caller,
    data: bytes = files.JPEG,
    name: str = "办事大厅.jpg",
    key: str = "",
    **fields: str,
) -> Any:
    form = {"kind": "PHOTO", **fields}
    return caller("POST", f"{made.url}/materials", files={"file": (name, data)}, data=form, key=key)


def uploaded(
    made: Paper, caller: Caller, data: bytes = files.JPEG, name: str = "办事大厅.jpg", **fields: str
) -> dict[str, Any]:
    answer = upload(made, caller, data, name, "", **fields)
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    return row


def listed(made: Paper) -> list[tuple[str, int, str]]:
    items = made.county("GET", f"{made.url}/materials").json()["items"]
    return [(one["id"], one["version"], one["status"]) for one in items]


def draft(service: Service) -> Paper:
    return paper(service, stage=Stage.DRAFT)


@pytest.mark.rule("I-22", "R-035")
def test_what_was_uploaded_comes_back_byte_for_byte_to_be_saved(stored: Service) -> None:
    made = draft(stored)
    digest = hashlib.sha256(files.JPEG)

    row = uploaded(made, made.filer, caption="大厅全景", criterion="C2")
    content = made.city("GET", f"/materials/{row['id']}/content")

    assert (row["media_type"], row["size_bytes"], row["sha256"]) == (
        "image/jpeg",
        len(files.JPEG),
        digest.hexdigest(),
    )
    assert (row["caption"], row["criterion"], row["version"], row["status"]) == (
        "大厅全景",
        "C2",
        1,
        "VERIFIED",
    )
    assert made.county("GET", f"/materials/{row['id']}").json() == row
    assert (content.status_code, content.content) == (200, files.JPEG)
    headers = content.headers
    assert headers["content-disposition"].startswith("attachment; ")
    assert headers["content-disposition"].endswith(
        "filename*=UTF-8''%E5%8A%9E%E4%BA%8B%E5%A4%A7%E5%8E%85.jpg"
    )
    assert (headers["content-type"], headers["x-content-type-options"]) == ("image/jpeg", "nosniff")
    assert headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert list(stored.plant.store.list_incoming()) == []


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("照片.jpg", files.EXE, "PHOTO"),
        ("照片.png", files.SVG, "PHOTO"),
        ("照片.svg", files.SVG, "PHOTO"),
        ("照片.jpg.html", files.HTML, "PHOTO"),
        ("照片.pdf", files.PDF, "PHOTO"),
        ("短片.mp4", files.MP4, "EVIDENCE"),
        ("事迹.jpg", files.JPEG, "MERIT_WRITEUP"),
        ("说明.docx", files.xlsx(), "EVIDENCE"),
        ("无后缀", files.PDF, "EVIDENCE"),
    ],
)
def test_a_file_that_is_not_what_its_kind_takes_is_refused_and_not_kept(
    sqlite_service: Service, name: str, data: bytes, kind: str
) -> None:
    made, store = draft(sqlite_service), sqlite_service.plant.store

    answer = upload(made, made.filer, data, name, kind=kind)

    assert refused(answer) == (415, "FILE_TYPE_NOT_ALLOWED")
    assert listed(made) == []
    assert list(store.list_incoming()) == []
    assert store.stat(_address(data)) is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("台账.docx", files.bomb(201)),
        ("台账.docx", files.docx({"word/vbaProject.bin": b"x"})),
        ("台账.docx", files.docx({"../../etc/passwd": b"x"})),
        ("台账.jpg", files.JPEG + files.jar()),
    ],
)
def test_bombs_macros_and_hidden_archives_are_refused(
    sqlite_service: Service, name: str, data: bytes
) -> None:
    made = draft(sqlite_service)

    answer = upload(made, made.filer, data, name, kind="EVIDENCE")

    assert refused(answer) == (422, "FILE_UNSAFE")
    assert listed(made) == []


def test_a_file_at_the_limit_is_taken_and_one_byte_more_is_not(stored: Service) -> None:
    made = draft(stored)

    def padded(size: int) -> bytes:
        return files.JPEG + b"\0" * (size - len(files.JPEG))

    assert uploaded(made, made.filer, padded(LIMIT))["size_bytes"] == LIMIT
    over = upload(made, made.filer, padded(LIMIT + 1))
    far_over = upload(made, made.filer, padded(3 * LIMIT))

    assert refused(over) == (413, "FILE_TOO_LARGE")
    assert refused(far_over) == (413, "BODY_TOO_LARGE")
    assert len(listed(made)) == 1
    assert list(stored.plant.store.list_incoming()) == []


def test_a_name_is_shown_and_never_a_path(sqlite_service: Service) -> None:
    made = draft(sqlite_service)

    row = uploaded(made, made.filer, files.JPEG, "..\\..\\etc/报告\u202egnp.jpg")

    assert row["file_name"] == "报告gnp.jpg"
    assert "etc" not in made.filer("GET", f"/materials/{row['id']}/content").headers["content-disposition"]


@pytest.mark.rule("I-22")
def test_a_new_version_takes_the_place_of_the_earlier_which_stays_readable(stored: Service) -> None:
    made, text = draft(stored), files.docx()
    first = uploaded(made, made.filer, files.PDF, "事迹.pdf", kind="MERIT_WRITEUP")

    another = upload(made, made.filer, text, "事迹.docx", kind="MERIT_WRITEUP")
    second = uploaded(made, made.filer, text, "事迹.docx", kind="MERIT_WRITEUP", replaces_id=first["id"])
    stale = upload(made, made.filer, files.PDF, "事迹.pdf", kind="MERIT_WRITEUP", replaces_id=first["id"])
    crossed = upload(made, made.filer, replaces_id=second["id"])

    assert (another.status_code, pointers(another)) == (409, [("MATERIAL_KIND_TAKEN", "/kind")])
    assert (second["version"], second["replaces_id"]) == (2, first["id"])
    assert [pointers(one) for one in (stale, crossed)] == [[("MATERIAL_NOT_CURRENT", "/replaces_id")]] * 2
    assert listed(made) == [(first["id"], 1, "SUPERSEDED"), (second["id"], 2, "VERIFIED")]
    assert made.city("GET", f"/materials/{first['id']}/content").content == files.PDF
    assert made.city("GET", f"/materials/{second['id']}/content").content == text


@pytest.mark.rule("E-19", "I-22")
def test_after_filing_a_file_is_replaced_only_through_a_returned_correction(sqlite_service: Service) -> None:
    made = draft(sqlite_service)
    first = uploaded(made, made.filer)

    for stage in (Stage.SUBMITTED, Stage.CLEARED, Stage.FILED, Stage.ACCEPTED):
        made.put(stage=stage)
        assert refused(upload(made, made.filer, replaces_id=first["id"])) == (409, "NOT_EDITABLE_IN_STATE")
    made.put(stage=Stage.RETURNED, returned_from=Stage.FILED, returned_fields=["WRITE_UP"])
    assert refused(upload(made, made.filer, replaces_id=first["id"])) == (409, "PART_NOT_OPEN")
    made.put(returned_fields=["MATERIALS"])
    second = uploaded(made, made.filer, files.png(), "新照片.png", replaces_id=first["id"])

    assert listed(made) == [(first["id"], 1, "SUPERSEDED"), (second["id"], 2, "VERIFIED")]
    assert made.office("GET", f"/materials/{first['id']}/content").content == files.JPEG
    gone = made.filer("DELETE", f"/materials/{second['id']}", version=second["etag"])
    assert refused(gone) == (409, "NOT_EDITABLE_IN_STATE")


def test_a_file_is_removed_before_submission_and_that_it_was_there_stays_on_record(
    sqlite_service: Service,
) -> None:
    made = draft(sqlite_service)
    row = uploaded(made, made.filer)
    url = f"/materials/{row['id']}"

    assert refused(made.filer("DELETE", url)) == (428, "PRECONDITION_REQUIRED")
    assert refused(made.filer("DELETE", url, version=7)) == (412, "VERSION_CONFLICT")
    assert made.filer("DELETE", url, version=row["etag"]).status_code == 204
    assert refused(made.filer("DELETE", url, version=2)) == (409, "MATERIAL_NOT_CURRENT")

    assert listed(made) == [(row["id"], 1, "REMOVED")]
    assert refused(made.filer("GET", f"{url}/content")) == (410, "MATERIAL_REMOVED")


def test_each_level_adds_the_scan_of_what_it_sealed_and_only_the_unit_its_own_files(
    sqlite_service: Service,
) -> None:
    made = paper(sqlite_service)
    made.put(level=Level.MUNICIPAL)

    scan = uploaded(made, made.city, files.PDF, "盖章页.pdf", kind="SCAN")

    assert scan["kind"] == "SCAN"
    assert refused(upload(made, made.city)) == (409, "NOT_EDITABLE_IN_STATE")
    made.put(stage=Stage.FILED)
    late = upload(made, made.city, files.PDF, "盖章页.pdf", kind="SCAN")
    assert refused(late) == (409, "NOT_EDITABLE_IN_STATE")
    made.put(stage=Stage.DRAFT, level=Level.COUNTY)
    assert uploaded(made, made.filer, files.PDF, "承诺书.pdf", kind="SCAN")["version"] == 1


@pytest.mark.rule("R-038", "R-037")
def test_what_the_ministry_asks_for_comes_after_the_award_is_determined(sqlite_service: Service) -> None:
    made = draft(sqlite_service)

    def sent(caller: Caller) -> Any:
        return upload(made, caller, files.MP4, "影像.mp4", kind="MINISTRY_VIDEO")

    assert refused(sent(made.filer)) == (409, "CASE_ELSEWHERE")
    made.put(stage=Stage.DETERMINED, level=Level.PROVINCIAL)
    assert sent(made.filer).status_code == 201
    assert refused(sent(made.city)) == (409, "MATERIAL_KIND_TAKEN")


@pytest.mark.rule("R-048")
def test_the_county_beside_neither_sees_nor_adds_nor_removes_a_file(sqlite_service: Service) -> None:
    made = draft(sqlite_service)
    row = uploaded(made, made.filer)

    for method, url in (
        ("GET", f"{made.url}/materials"),
        ("GET", f"/materials/{row['id']}"),
        ("GET", f"/materials/{row['id']}/content"),
        ("DELETE", f"/materials/{row['id']}"),
    ):
        assert refused(made.sibling(method, url, version=row["etag"])) == (404, "NOT_FOUND"), (method, url)
    assert refused(upload(made, made.sibling)) == (404, "NOT_FOUND")
    assert refused(upload(made, made.office)) == (403, "PERMISSION_MISSING")
    assert listed(made) == [(row["id"], 1, "VERIFIED")]


def test_a_criterion_that_is_not_the_campaigns_is_refused_and_nothing_is_kept(stored: Service) -> None:
    made = draft(stored)

    answer = upload(made, made.filer, criterion="C9")

    assert (answer.status_code, pointers(answer)) == (422, [("CRITERION_UNKNOWN", "/criterion")])
    assert list(stored.plant.store.list_incoming()) == []
    assert stored.plant.store.stat(_address(files.JPEG)) is None


def test_a_repeated_upload_takes_effect_once_and_other_bytes_under_its_key_are_refused(
    sqlite_service: Service,
) -> None:
    made = draft(sqlite_service)

    first, again = (upload(made, made.filer, key="upload-0001") for _ in range(2))
    other = upload(made, made.filer, files.png(), "办事大厅.jpg", key="upload-0001")

    assert (first.json(), again.headers["idempotency-replayed"]) == (again.json(), "true")
    assert refused(other) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert len(listed(made)) == 1


def test_a_list_of_three_costs_as_many_statements_as_a_list_of_one(sqlite_service: Service) -> None:
    made = draft(sqlite_service)
    costs = []
    for number in range(3):
        uploaded(made, made.filer)
        with sqlite_service.statements() as counted:
            items = made.filer("GET", f"{made.url}/materials").json()["items"]
        assert len(items) == number + 1
        costs.append(len(counted))
    assert len(set(costs)) == 1


def _address(data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    return f"sha256/{digest[:2]}/{digest[2:]}"
