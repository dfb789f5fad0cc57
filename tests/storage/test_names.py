"""Names of files are shown and offered for download; they are never a path and never lie (C27)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage.names import disposition, extension, safe_name


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("事迹材料（杭州市）.pdf", "事迹材料（杭州市）.pdf"),
        ("C:\\Users\\张三\\桌面\\审批表.docx", "审批表.docx"),
        ("../../etc/passwd", "passwd"),
        ("/etc/cron.d/evil", "evil"),
        ("a\0b\r\nSet-Cookie: x.pdf", "abSet-Cookie x.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("窗\u200b口.png", "窗口.png"),
        ('a"b<c>d|e?f*.pdf', "abcdef.pdf"),
        ("  多 \u3000 空格 .pdf. . ", "多 空格.pdf"),
        ("CON.pdf", "file-CON.pdf"),
        ("nul", "file-nul"),
        ("com1.tar.xlsx", "file-com1.tar.xlsx"),
        ("conference.pdf", "conference.pdf"),
        ("100%达标.pdf", "100%达标.pdf"),
        ("", "file"),
        ("...", "file"),
        ("\u202e", "file"),
        ("e\u0301.pdf", "é.pdf"),
        ("a\ud800b.pdf", "ab.pdf"),
    ],
)
def test_a_name_becomes_harmless(raw: str, safe: str) -> None:
    assert safe_name(raw) == safe


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.PDF", "pdf"),
        ("a.tar.gz", "gz"),
        ("evil\u202efdp.exe", "exe"),
        ("a.pdf\0.exe", "exe"),
        ("a.pdf. ", "pdf"),
        ("a", ""),
        (".pdf", ""),
        ("", ""),
        ("a.pdf/", ""),
        ("a.pdf::$DATA", "pdf$data"),
    ],
)
def test_the_extension_is_the_last_one_really_there(name: str, expected: str) -> None:
    assert extension(name) == expected


def test_a_long_name_is_cut_and_keeps_its_extension() -> None:
    assert safe_name("窗" * 300 + ".pdf") == "窗" * 78 + ".pdf"
    assert safe_name("a" * 300 + ".pdf") == "a" * 116 + ".pdf"


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_whatever_is_sent_the_name_is_one_short_visible_line(raw: str) -> None:
    safe = safe_name(raw)

    assert 1 <= len(safe) <= 120
    assert len(safe.encode("utf-8")) <= 240
    assert not set(safe) & set('/\\\0\r\n"<>:|?*\u202a\u202b\u202d\u202e\u2066\u2067\u2068')
    assert safe == safe.strip(". ")
    assert safe_name(safe) == safe


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_whatever_is_sent_the_header_is_plain_and_says_attachment(raw: str) -> None:
    header = disposition(raw)

    assert header.startswith('attachment; filename="')
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
