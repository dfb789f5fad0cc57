"""An archive verified as its VERIFY.txt says, by somebody who has the ZIP and nothing else: no import of ours is asked."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.domain.access import Role
from app.domain.nomination import Stage
from tests.api.test_materials import uploaded
from tests.api.test_score_rankings import scored
from tests.evaluation_cases import evaluation
from tests.feed_cases import numbered
from tests.flow_cases import HOST, XIHU, made
from tests.paper_cases import Paper, paper, refused
from tests.plugins.service import Caller, Service
from tests.storage import files


def text_of(packed: zipfile.ZipFile, name: str) -> str:
    return packed.read(name).decode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def record_of(packed: zipfile.ZipFile) -> list[dict[str, Any]]:
    return [json.loads(line) for line in packed.read("record/entries.jsonl").splitlines()]


def faults(data: bytes) -> Iterator[str]:
    """What speaks against the archive, step by step as VERIFY.txt has it."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    manifest = json.loads(packed.read("manifest.json"))
    yield from whole(packed, manifest)
    entries = record_of(packed)
    contents = [json.loads(one["content"]) for one in entries]
    yield from enclosed(manifest, contents)
    yield from ranked(packed, manifest, contents)
    yield from chained(entries, manifest["record"]["head"])


def whole(packed: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[str]:
    sums = dict(line.split("  ", 1)[::-1] for line in text_of(packed, "SHA256SUMS").splitlines())
    named = {one["path"]: one["sha256"] for one in manifest["files"]}
    for name in set(packed.namelist()) - {"SHA256SUMS"}:
        if sums.get(name) != digest(packed.read(name)):
            yield f"1 {name}"
    if named.keys() | {"manifest.json", "SHA256SUMS"} != set(packed.namelist()):
        yield "1 manifest.json"
    if named != {name: sum_ for name, sum_ in sums.items() if name != "manifest.json"}:
        yield "1 SHA256SUMS"


def enclosed(manifest: dict[str, Any], contents: list[dict[str, Any]]) -> Iterator[str]:
    added = {
        one["entity_id"].replace("-", ""): one["summary"]["sha256"]
        for one in contents
        if one["action"] == "material.added"
    }
    for one in manifest["files"]:
        if one["path"].startswith("files/"):
            recorded = added.get(one["material_id"].removeprefix("mat_"))
            if not one["sha256"] == one["recorded_sha256"] == recorded:
                yield f"2 {one['path']}"


def ranked(
    packed: zipfile.ZipFile, manifest: dict[str, Any], contents: list[dict[str, Any]]
) -> Iterator[str]:
    taken = {one["summary"]["input_hash"] for one in contents if one["action"] == "ranking.taken"}
    for one in manifest["rankings"]:
        inputs, result = (packed.read(f"{one['folder']}/{name}.json") for name in ("inputs", "result"))
        hashes = [f"sha256:{digest(inputs)}", f"sha256:{digest(result)}"]
        if hashes != [one["input_hash"], one["result_hash"]] or one["input_hash"] not in taken:
            yield f"3 {one['folder']}"
        if means(json.loads(inputs)) != values(json.loads(result)):
            yield f"3 {one['folder']} values"


def means(inputs: dict[str, Any]) -> dict[str, Fraction]:
    """Every case's mean: the method this campaign has."""
    assert inputs["method"] == "MEAN"
    totals = {one["case"]: [Fraction(sheet["total"]) for sheet in one["sheets"]] for one in inputs["cases"]}
    return {case: sum(found, Fraction(0)) / len(found) for case, found in totals.items()}


def values(result: dict[str, Any]) -> dict[str, Fraction]:
    return {one["nomination_id"].replace("-", ""): Fraction(one["value"]) for one in result["lines"]}


def chained(entries: list[dict[str, Any]], head: dict[str, Any]) -> Iterator[str]:
    for one in entries:
        said = f"{one['previous']}\n{one['content']}".encode()
        if one["chain"] != f"sha256:{digest(said)}":
            yield f"4 {one['position']}"
    for one, following in pairwise(entries):
        if following["position"] == one["position"] + 1 and following["previous"] != one["chain"]:
            yield f"4 {following['position']} previous"
    if entries and entries[-1]["position"] == head["position"] and entries[-1]["chain"] != head["chain"]:
        yield "4 head"


def altered(data: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """The ZIP with one member written anew, its digests in manifest and sums put right by the forger."""
    old, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    held = {one: old.read(one) for one in old.namelist()}
    before = digest(held[name])
    assert change[0] in held[name]
    held[name] = held[name].replace(*change)
    said = (before.encode(), digest(held[name]).encode())
    held["manifest.json"] = held["manifest.json"].replace(*said) if name != "manifest.json" else held[name]
    sums = "".join(f"{digest(what)}  {one}\n" for one, what in held.items() if one != "SHA256SUMS")
    held["SHA256SUMS"] = sums.encode()
    with zipfile.ZipFile(out, "w") as packed:
        for one, what in held.items():
            packed.writestr(one, what)
    return out.getvalue()


def archive(who: Caller, url: str, query: str = "") -> bytes:
    answer = who("GET", f"{url}/archive{query}")
    assert answer.status_code == 200, answer.text
    return bytes(answer.content)


def auditing(service: Service) -> Caller:
    return service.person(Role.STEERING_OFFICE, HOST, "both", Role.AUDITOR)


@pytest.fixture
def with_files(sqlite_service: Service) -> Paper:
    """A case with a photo that was replaced and a proof that was taken out."""
    made_of = paper(sqlite_service, stage=Stage.DRAFT)
    first = uploaded(made_of, made_of.filer)
    uploaded(made_of, made_of.filer, files.png(), "大厅.png", replaces_id=first["id"])
    gone = uploaded(made_of, made_of.filer, files.PDF, "误传.pdf", kind="EVIDENCE")
    removed = made_of.filer("DELETE", f"/materials/{gone['id']}", version=gone["etag"])
    assert removed.status_code == 204, removed.text
    while numbered(sqlite_service):
        pass
    return made_of


def campaign_of(made_of: Paper) -> str:
    return "/campaigns/" + str(made_of.filer("GET", made_of.url).json()["campaign_id"])


@pytest.mark.rule("R-046", "I-16", "I-18", "I-22")
def test_who_has_only_the_zip_verifies_files_ranking_and_record(service: Service) -> None:
    e = evaluation(service)
    scored(e, (XIHU, ("0.5", "1", "3")))
    made(e.office("POST", f"{e.url}/rankings"))
    while numbered(service):
        pass
    data = archive(auditing(service), e.url)
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("manifest.json"))

    assert list(faults(data)) == []
    assert [one["number"] for one in manifest["rankings"]] == [1]
    assert manifest["record"]["entries"] > 10
    forged = altered(data, "rankings/1/inputs.json", (b'"total":"97"', b'"total":"98"'))
    assert {one[0] for one in faults(forged)} == {"3"}
    written_over = altered(data, "record/entries.jsonl", (b"ranking.taken", b"ranking.token"))
    assert "4" in {one[0] for one in faults(written_over)}


@pytest.mark.rule("I-22")
def test_files_lie_in_their_cases_folder_and_what_is_not_in_is_named(with_files: Paper) -> None:
    data = archive(auditing(with_files.service), campaign_of(with_files))
    packed = zipfile.ZipFile(io.BytesIO(data))
    manifest = json.loads(packed.read("manifest.json"))
    inside = [one for one in manifest["files"] if one["path"].startswith("files/")]
    case = with_files.url.removeprefix("/nominations/")

    assert list(faults(data)) == []
    assert [(one["path"].split("/")[1], one["version"], one["status"]) for one in inside] == [
        (case, 1, "SUPERSEDED"),
        (case, 2, "VERIFIED"),
    ]
    assert [packed.read(one["path"]) for one in inside] == [files.JPEG, files.png()]
    (out,) = [one for one in manifest["withheld"] if one["list"] == "files"]
    assert (out["kind"], out["status"], out["why"]) == ("EVIDENCE", "REMOVED", "提交前已由填报单位移除")
    forged = altered(data, inside[1]["path"], (b"IHDR", b"IHDX"))
    assert [one[0] for one in faults(forged)] == ["2"]


def test_a_file_that_is_lost_or_no_longer_what_was_handed_in_is_left_out_with_the_reason(
    with_files: Paper, tmp_path: Path
) -> None:
    addresses = tmp_path / "objects" / "sha256"
    first, second = (hashlib.sha256(one).hexdigest() for one in (files.JPEG, files.png()))
    (addresses / first[:2] / first[2:]).unlink()
    (addresses / second[:2] / second[2:]).write_bytes(b"something else")
    data = archive(auditing(with_files.service), campaign_of(with_files))
    packed = zipfile.ZipFile(io.BytesIO(data))
    manifest = json.loads(packed.read("manifest.json"))
    why = {one["version"]: one["why"] for one in manifest["withheld"] if one.get("kind") == "PHOTO"}

    assert list(faults(data)) == []
    assert [name for name in packed.namelist() if name.startswith("files/")] == []
    assert "找不到" in why[1]
    assert "摘要不符" in why[2]


def test_with_the_store_down_the_archive_is_refused_and_the_small_one_is_not(
    with_files: Paper, tmp_path: Path
) -> None:
    who, url = auditing(with_files.service), campaign_of(with_files)
    addresses = tmp_path / "objects" / "sha256"
    addresses.rename(tmp_path / "gone")
    addresses.write_bytes(b"")  # where the folder was, something else stands now

    assert refused(who("GET", f"{url}/archive")) == (503, "STORAGE_UNAVAILABLE")
    assert zipfile.ZipFile(io.BytesIO(archive(who, url, "?files=false"))).testzip() is None


def test_a_small_archive_leaves_the_files_out_and_says_so_at_each_door(with_files: Paper) -> None:
    who, url = auditing(with_files.service), campaign_of(with_files)
    small = zipfile.ZipFile(io.BytesIO(archive(who, url, "?files=false")))
    page = zipfile.ZipFile(io.BytesIO(who.page(f"{url}/archive?files=no").content))
    for packed in (small, page):
        out = [one for one in json.loads(packed.read("manifest.json"))["withheld"] if one["list"] == "files"]
        assert [one["why"] for one in out] == ["导出时选择不含附件"]
        assert [name for name in packed.namelist() if name.startswith("files/")] == []
    assert f'href="{url}/archive?files=no"' in who.page(f"{url}/exports").text
    assert refused(who("GET", f"{url}/archive?files=perhaps")) == (422, "VALIDATION_FAILED")


def test_how_to_verify_is_said_in_both_languages(with_files: Paper) -> None:
    packed = zipfile.ZipFile(io.BytesIO(archive(with_files.office, campaign_of(with_files))))
    said = text_of(packed, "VERIFY.txt")
    withheld = [one["list"] for one in json.loads(packed.read("manifest.json"))["withheld"]]

    assert "核验方法" in said
    assert "How to verify" in said
    assert "record" in withheld  # the office does not read the record
    assert "record/entries.jsonl" not in packed.namelist()
    assert json.loads(packed.read("manifest.json"))["record"]["head"]["chain"].startswith("sha256:")
