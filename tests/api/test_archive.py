"""A whole campaign in one file: complete as far as the reader may see, and checked against its own manifest."""

import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.db.tables.system import AuditEvent
from app.domain.access import Role
from app.domain.nomination import Stage
from app.packs import loading
from app.services.exports import registry
from tests.api.test_exports import tied
from tests.documents.reading import pdf_text
from tests.export_cases import Row, commas
from tests.flow_cases import HANGZHOU, Flow, code, flow
from tests.ground.test_campaign_commands import Console
from tests.plugins.service import Caller, Service


class Archive:
    """An archive as it arrived."""

    def __init__(self, data: bytes) -> None:
        self.packed = zipfile.ZipFile(io.BytesIO(data))
        self.manifest: dict[str, Any] = json.loads(self.packed.read("manifest.json"))

    def rows(self, name: str) -> list[Row]:
        return [json.loads(line) for line in self.packed.read(f"tables/{name}.jsonl").splitlines()][1:]

    def withheld(self, name: str) -> str:
        return "\n".join(one["why"] for one in self.manifest["withheld"] if one["list"] == name)


def taken(who: Caller, campaign: str) -> Archive:
    answer = who("GET", f"/campaigns/{campaign}/archive")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip"), answer.text
    return Archive(answer.content)


def of(f: Flow) -> str:
    return f.url.removeprefix("/campaigns/")


@pytest.fixture
def filled(sqlite_service: Service) -> Flow:
    f = flow(sqlite_service)
    f.at(Stage.RECOMMENDED)
    f.nomination()
    return f


def test_every_file_is_the_one_the_manifest_names(filled: Flow, tmp_path: Path) -> None:
    found = taken(filled.office, of(filled))
    said = {one["path"]: one["sha256"] for one in found.manifest["files"]}
    inside = set(found.packed.namelist()) - {"manifest.json", "SHA256SUMS"}
    found.packed.extractall(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], check=False, cwd=tmp_path, capture_output=True, text=True
    )

    assert found.packed.testzip() is None
    assert said.keys() == inside
    assert {name: hashlib.sha256(found.packed.read(name)).hexdigest() for name in inside} == said
    assert checked.returncode == 0, checked.stderr
    assert "manifest.json: OK" in checked.stdout


def test_both_databases_give_the_same_archive(service: Service) -> None:
    f = flow(service)
    case = f.at(Stage.AT_NOTICE)
    found = taken(service.person(Role.STEERING_OFFICE, "ZJ", "both", Role.AUDITOR), of(f))

    assert found.packed.testzip() is None
    assert [row["id"] for row in found.rows("nominations")] == [case.id]
    assert [row["conclusion"] for row in found.rows("level-reviews")] == ["RECOMMEND"] * 2
    assert found.rows("write-ups")[0]["characters"] == 4000
    assert len([name for name in found.packed.namelist() if name.startswith("notices/")]) == 1
    assert {one["list"] for one in found.manifest["files"] if "list" in one} == {
        one.name for one in registry.of_campaign()
    }


def test_the_lists_are_those_of_the_api_and_stand_there_twice(filled: Flow) -> None:
    found = taken(filled.office, of(filled))
    listed = filled.office("GET", "/nominations").json()["items"]
    rows = found.rows("nominations")
    _, table = commas(found.packed.read("tables/nominations.csv"))
    dictionary = json.loads(found.packed.read("dictionary.json"))

    assert [row["id"] for row in rows] == [one["id"] for one in listed]
    assert [row["since"] for row in rows] == [one["since"] for one in listed]
    assert [line[0] for line in table[1:]] == [row["id"] for row in rows]
    assert {row["stage"] for row in rows} == {"DRAFT", "RECOMMENDED"}
    assert {"草稿", "已推荐"} <= {cell for line in table for cell in line}
    assert [row["action"] for row in found.rows("steps")] == [
        "SUBMIT",
        "ENDORSE",
        "CLEAR",
        "PUBLISH_NOTICE",
        "RECOMMEND",
    ]
    assert dictionary.keys() == {one.name for one in registry.of_campaign()}
    assert {one["key"] for one in dictionary["nominations"]["columns"]} == rows[0].keys()


def test_rules_can_be_read_back_and_notices_lie_beside_them_as_posted(filled: Flow) -> None:
    found = taken(filled.office, of(filled))
    (notice,) = found.rows("notices")
    paper = found.packed.read(f"notices/{notice['code']}-1.pdf")

    assert (
        loading.from_toml(found.packed.read("rules/v1.toml").decode()).identity.code == "provincial-windows"
    )
    assert notice["code"] in pdf_text(paper)
    assert "优质服务窗口推荐对象公示" in pdf_text(paper)


def test_what_the_reader_may_not_see_is_left_out_and_named(filled: Flow) -> None:
    office = taken(filled.office, of(filled))
    auditor = taken(filled.service.person(Role.AUDITOR, "ZJ"), of(filled))
    acts = {row["action"] for row in auditor.rows("audit-records")}

    assert "tables/audit-records.jsonl" not in office.packed.namelist()
    assert "audit:export" in office.withheld("audit-records")
    assert {"nomination.drafted", "notice.published"} <= acts
    assert "异议人" in office.withheld("objections")
    assert "联系电话" in office.withheld("local-bodies")


@pytest.mark.rule("I-12")
def test_who_stands_in_conflict_with_a_case_finds_it_nowhere_in_the_archive(sqlite_service: Service) -> None:
    office, colleague, hidden, other, campaign = tied(sqlite_service)
    mine, whole = taken(office, campaign), taken(colleague, campaign)
    # The audit record names what happened to which thing and is no list of cases.
    seen = {
        name: mine.packed.read(name).decode()
        for name in mine.packed.namelist()
        if name.startswith("tables/") and "audit-records" not in name
    }

    assert [name for name, text in seen.items() if hidden in text] == []
    assert other in seen["tables/nominations.jsonl"]
    assert "回避" in mine.withheld("nominations")
    assert hidden in whole.packed.read("tables/score-sheets.jsonl").decode()


@pytest.mark.rule("I-18", "R-045")
def test_only_the_hosts_people_take_a_campaign_and_each_time_leaves_an_entry(filled: Flow) -> None:
    refused = filled.approver(HANGZHOU)("GET", f"{filled.url}/archive")
    city = filled.service.person(Role.STEERING_OFFICE, HANGZHOU)("GET", f"{filled.url}/archive")
    found = taken(filled.office, of(filled))
    with Session(filled.service.plant.engine) as session:
        (entry,) = session.exec(select(AuditEvent).where(col(AuditEvent.action) == "campaign.exported")).all()

    assert (code(refused), code(city)) == ("NOT_FOUND", "NOT_FOUND")
    assert entry.campaign_id == filled.campaign_id
    assert entry.summary["files"] == len(found.manifest["files"]) + 2  # the manifest itself and the sums
    assert len(entry.summary["sha256"]) == 64


def test_the_campaigns_page_leads_to_its_archive(filled: Flow) -> None:
    page = filled.office.page(f"{filled.url}/exports").text
    answer = filled.office.page(f"{filled.url}/archive")

    assert f'href="{filled.url}/archive"' in page
    assert f'href="{filled.url}/exports"' in filled.office.page(filled.url).text
    assert Archive(answer.content).manifest["sample"] is True
    assert "/archive" not in filled.approver().page(f"{filled.url}/exports").text


def test_a_campaign_is_taken_at_the_command_line_by_who_may(sqlite_service: Service, tmp_path: Path) -> None:
    f = flow(sqlite_service)
    f.nomination()
    console = Console(sqlite_service)
    office, filer = console.account("li.na"), console.account("wang.min", Role.WINDOW_FILER, HANGZHOU)
    short = f.office("GET", f.url).json()["code"]
    status, said = console(office, "export", short, str(tmp_path / "made.zip"))
    refused, why = console(filer, "export", short, str(tmp_path / "none.zip"))
    found = Archive((tmp_path / "made.zip").read_bytes())

    assert (status, refused) == (0, 1), said
    assert hashlib.sha256((tmp_path / "made.zip").read_bytes()).hexdigest() in said
    assert len(found.rows("nominations")) == 1
    assert found.manifest["taken_by"] == "li.na"
    assert not (tmp_path / "none.zip").exists()
    assert "NOT_FOUND" in why
