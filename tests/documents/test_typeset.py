"""PDFs: what stands in them is what was handed in, in embedded fonts, and the same on every machine."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.documents import typeset
from tests.documents.samples import AT, CERTIFICATE, FORM, HOSTILE, NOTICE, RARE


def read(pdf: bytes, folder: Path, *options: str) -> str:
    path = folder / "made.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def facts(tool: str, pdf: bytes, folder: Path) -> str:
    path = folder / "made.pdf"
    path.write_bytes(pdf)
    return subprocess.run([tool, str(path)], capture_output=True, text=True, check=True).stdout


@pytest.mark.rule("R-034")
def test_the_form_says_what_was_filled_in_and_leaves_the_approving_office_its_room(tmp_path: Path) -> None:
    text = read(typeset.approval_form(FORM, AT), tmp_path, "-raw")

    for said in (
        "西湖区社会保险服务大厅",
        "2026-ZJ-330100-0007",
        "事业单位",
        "一窗受理，集成服务。",
        "签字：李四",
    ):
        assert said in text
    assert "浙江省劳动和社会保障厅（盖章）" in text
    assert "样例数据" not in text


def test_what_is_typed_into_a_form_is_printed_and_never_run(tmp_path: Path) -> None:
    text = read(typeset.approval_form(FORM, AT), tmp_path, "-raw").replace("\n", " ")

    assert '#let x = 1 $y$ [a](b) *c* <script> {{7*7}} "q" \\n' in text
    assert HOSTILE.startswith("#let")


def test_rare_characters_of_names_are_printed_from_embedded_fonts_and_the_file_is_for_archives(
    tmp_path: Path,
) -> None:
    pdf = typeset.approval_form(FORM, AT)
    fonts = [line.split() for line in facts("pdffonts", pdf, tmp_path).splitlines()[2:]]

    assert RARE in read(pdf, tmp_path)
    assert len(fonts) >= 2
    assert {line[-5] for line in fonts} == {"yes"}  # the column that says whether it is embedded
    assert b"pdfaid:part" in pdf
    assert "A4" in facts("pdfinfo", pdf, tmp_path)


def test_the_same_data_gives_the_same_bytes() -> None:
    assert typeset.notice(NOTICE, AT) == typeset.notice(NOTICE, AT)
    assert typeset.notice(NOTICE, AT) != typeset.notice(replace(NOTICE, code="GS-2"), AT)


@pytest.mark.rule("R-028")
def test_a_notice_of_forty_names_everybody_with_their_sponsor_and_repeats_its_heading(tmp_path: Path) -> None:
    text = read(typeset.notice(NOTICE, AT), tmp_path, "-layout").replace(" ", "")

    assert [f"第{n}服务大厅" for n in range(1, 41) if f"第{n}服务大厅" not in text] == []
    assert text.count("地区、类别") > 1
    assert text.count("社会保险经办") == 40
    assert "0571-85110000" in text


@pytest.mark.rule("E-42")
def test_a_revoked_award_has_no_clean_certificate(tmp_path: Path) -> None:
    clean = read(typeset.certificate(CERTIFICATE, AT), tmp_path)
    revoked = read(typeset.certificate(replace(CERTIFICATE, revoked="已撤销"), AT), tmp_path)

    assert "ZJ-2026-001" in clean
    assert "撤销" not in clean  # the stamp lies across the page, so its characters are read apart
    assert "撤销" in revoked


def test_a_sample_says_so_on_paper_too(tmp_path: Path) -> None:
    for made in (
        typeset.certificate(replace(CERTIFICATE, sample=True), AT),
        typeset.notice(replace(NOTICE, sample=True), AT),
        typeset.approval_form(replace(FORM, sample=True), AT),
    ):
        assert "样例数据" in read(made, tmp_path)


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("优质服务窗口公示", "优质服务窗口公示"),
        ("浙江省劳动保障系统优质服务窗口呈报审批表", "浙江省劳动保障系统\n优质服务窗口呈报审批表"),
        ("一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十\n一二三四五六七八九十"),
    ],
)
def test_a_long_heading_breaks_in_its_middle_before_a_word(title: str, heading: str) -> None:
    assert typeset.balanced(title) == heading
