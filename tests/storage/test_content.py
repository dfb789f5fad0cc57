"""Only the kinds of file we take, by extension and by content; hostile ones are named as such (C27, C28)."""

import io
import struct
import zipfile

import pytest
import xlsxwriter

from app.domain.errors import Refusal
from app.storage.archives import USUAL, ArchiveLimits
from app.storage.content import TYPES, examine
from tests.storage import files

BOM = b"\xef\xbb\xbf"


def workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("名额分配").write(0, 0, "杭州市")
    book.close()
    return out.getvalue()


def refused(data: bytes, name: str, limits: ArchiveLimits = USUAL) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        examine(io.BytesIO(data), name, limits=limits)
    return refusal.value


def why(data: bytes, name: str, limits: ArchiveLimits = USUAL) -> str:
    refusal = refused(data, name, limits)
    assert refusal.code == "FILE_UNSAFE"
    assert str(refusal.reason.params["why_zh"]) in refusal.reason.sentence("zh")
    return str(refusal.reason.params["why_en"])


class TestWhatIsTaken:
    @pytest.mark.parametrize(
        ("name", "data", "media_type"),
        [
            ("事迹材料.pdf", files.PDF, "application/pdf"),
            ("呈报审批表.DOCX", files.docx(), TYPES["docx"].media_type),
            ("汇总表.xlsx", files.xlsx(), TYPES["xlsx"].media_type),
            ("名额.xlsx", workbook(), TYPES["xlsx"].media_type),
            ("公文.ofd", files.ofd(), "application/ofd"),
            ("大厅.jpg", files.JPEG, "image/jpeg"),
            ("大厅.jpeg", files.JPEG, "image/jpeg"),
            ("服务标志.png", files.png(), "image/png"),
        ],
    )
    def test_documents_and_pictures(self, name: str, data: bytes, media_type: str) -> None:
        file = io.BytesIO(data)

        assert examine(file, name).media_type == media_type
        assert file.tell() == 0

    def test_a_video_only_where_one_is_asked_for(self) -> None:
        assert examine(io.BytesIO(files.MP4), "窗口.mp4", frozenset({"mp4"})).media_type == "video/mp4"
        assert refused(files.MP4, "窗口.mp4").code == "FILE_TYPE_NOT_ALLOWED"

    def test_a_picture_from_a_camera_with_a_large_head(self) -> None:
        exif = b"\xff\xd8\xff\xe1\xff\xfeExif\0\0MM\0*" + b"\0" * 65000 + files.JPEG[2:]

        assert examine(io.BytesIO(exif), "IMG_0001.JPG").media_type == "image/jpeg"

    def test_the_list_is_named_in_the_refusal(self) -> None:
        refusal = refused(files.EXE, "setup.exe")

        assert refusal.code == "FILE_TYPE_NOT_ALLOWED"
        assert refusal.reason.params["allowed"] == "docx, jpeg, jpg, ofd, pdf, png, xlsx"


class TestWhatPretends:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.pdf", files.HTML),
            ("a.pdf", files.HTML + files.PDF),
            ("a.pdf", BOM + files.PDF),
            ("a.pdf", b"\n" + files.PDF),
            ("a.pdf", files.EXE),
            ("a.pdf", files.png()),
            ("a.pdf", b""),
            ("a.pdf", b"%PD"),
            ("a.png", files.SVG),
            ("a.jpg", files.SVG),
            ("a.png", files.JPEG),
            ("a.jpg", files.png()),
            ("a.jpg", b"GIF89a" + b"\0" * 50),
            ("a.docx", files.EXE + files.docx()),
            ("a.docx", files.PDF),
            ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
            ("a.mp4", files.HTML),
            ("a.svg", files.SVG),
            ("a.html", files.HTML),
            ("a.zip", files.packed({"a.txt": b"a"})),
            ("a.docm", files.docx()),
            ("a.pdf.exe", files.PDF),
            ("evil\u202efdp.exe", files.PDF),
            ("a.pdf\0.exe", files.PDF),
            ("a.exe\\", files.PDF),
            ("pdf", files.PDF),
            (".pdf", files.PDF),
            ("", files.PDF),
        ],
    )
    def test_is_not_taken(self, name: str, data: bytes) -> None:
        assert refused(data, name).code == "FILE_TYPE_NOT_ALLOWED"

    @pytest.mark.parametrize(
        ("name", "front"), [("a.jpg", files.JPEG), ("a.png", files.png()), ("a.pdf", files.PDF)]
    )
    def test_an_archive_behind_a_picture_or_pdf_is_found(self, name: str, front: bytes) -> None:
        assert why(front + files.jar(), name) == "a packed archive is hidden behind its end"

    def test_an_archive_with_a_comment_behind_a_picture_is_found(self) -> None:
        end = files.jar()
        commented = end[:-2] + struct.pack("<H", 60_000) + b"c" * 60_000

        assert why(files.png() + commented, "a.png") == "a packed archive is hidden behind its end"

    def test_bytes_that_only_look_like_an_archive_are_no_archive(self) -> None:
        assert (
            examine(io.BytesIO(files.PDF + b"PK\x05\x06" + b"\1" * 40), "a.pdf").media_type
            == "application/pdf"
        )
        assert examine(io.BytesIO(files.PDF + b"PK\x05\x06"), "a.pdf").media_type == "application/pdf"

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.docx", files.xlsx()),
            ("a.xlsx", files.docx()),
            ("a.docx", files.jar()),
            ("a.ofd", files.docx()),
            ("a.xlsx", files.packed({})),
        ],
    )
    def test_a_packed_file_of_another_kind_is_told_by_its_inside(self, name: str, data: bytes) -> None:
        assert refused(data, name).code == "FILE_TYPE_NOT_ALLOWED"


class TestPackedFiles:
    def test_that_unpack_to_too_much_are_refused_without_unpacking(self) -> None:
        assert len(files.bomb(201)) < 1024 * 1024
        assert why(files.bomb(201), "a.docx") == "it would unpack to too much"
        assert examine(io.BytesIO(files.bomb(199)), "a.docx").media_type == TYPES["docx"].media_type

    def test_count_against_the_limits_given(self) -> None:
        five = files.docx({f"word/media/{n}.png": b"x" * 100 for n in range(3)})

        assert examine(io.BytesIO(five), "a.docx", limits=ArchiveLimits(entries=5)) == TYPES["docx"]
        assert why(five, "a.docx", ArchiveLimits(entries=4)) == "it holds too many entries"
        assert why(five, "a.docx", ArchiveLimits(unpacked=300)) == "it would unpack to too much"

    def test_with_a_directory_of_a_million_entries_are_refused_before_it_is_read(self) -> None:
        data = files.docx()
        at = data.rfind(b"PK\x05\x06")
        huge = data[: at + 12] + struct.pack("<L", 60 * 1024 * 1024) + data[at + 16 :]

        assert why(huge, "a.docx") == "it holds too many entries"

    def test_with_a_second_larger_directory_record_are_refused(self) -> None:
        data = files.docx()
        at = data.rfind(b"PK\x05\x06")
        locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1)

        assert why(data[:at] + locator + data[at:], "a.docx") == "it holds too many entries"

    @pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "word/../../evil", "C:/evil", "..\\evil"])
    def test_with_a_path_that_leads_out_are_refused(self, name: str) -> None:
        assert why(files.docx({name: b"x"}), "a.docx") == "an entry's path is unsafe"

    def test_with_macros_are_refused(self) -> None:
        assert why(files.docx({"word/vbaProject.bin": b"x"}), "a.docx") == "it contains macros"

    def test_with_encrypted_entries_are_refused(self) -> None:
        data = bytearray(files.docx())
        at = data.rfind(b"PK\x01\x02")
        data[at + 8] |= 1

        assert why(bytes(data), "a.docx") == "its content is encrypted and cannot be checked"

    def test_with_an_entry_twice_are_refused(self) -> None:
        out = io.BytesIO(files.docx())
        with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/document.xml", b"<other/>")

        assert why(out.getvalue(), "a.docx") == "its packed directory is damaged"

    @pytest.mark.parametrize("keep", [30, 200, -1, -22, -40])
    def test_cut_short_are_refused(self, keep: int) -> None:
        assert why(files.docx()[:keep], "a.docx") == "its packed directory is damaged"
