"""What both stores promise: nothing half, nothing unchecked, nothing outside its place (I-22)."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.errors import Refusal
from app.storage.store import MediaStore, Stored
from tests.storage.conftest import Place

ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024
WRITE_UP = "严格依法行政，优质高效服务。".encode() * 100


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def address(data: bytes) -> str:
    digest = sha(data)
    return f"sha256/{digest[:2]}/{digest[2:]}"


def kept(store: MediaStore, data: bytes, upload_id: str = "upload-01") -> Stored:
    store.put_stream(upload_id, [data], 20 * MIB)
    return store.promote(upload_id, sha(data))


def refusal_of(act: Callable[..., object], *given: object) -> str:
    with pytest.raises(Refusal) as refused:
        act(*given)
    return refused.value.code


class TestAnUpload:
    def test_waits_under_incoming_with_its_size_and_hash(self, place: Place) -> None:
        received = place.store.put_stream("upload-01", [WRITE_UP[:7], WRITE_UP[7:]], 20 * MIB)

        assert (received.upload_id, received.sha256, received.size) == (
            "upload-01",
            sha(WRITE_UP),
            len(WRITE_UP),
        )
        assert place.held() == ["incoming/upload-01"]

    @pytest.mark.rule("I-22")
    def test_moves_to_the_address_of_its_content(self, place: Place) -> None:
        stored = kept(place.store, WRITE_UP)

        assert stored == Stored(address(WRITE_UP), sha(WRITE_UP), len(WRITE_UP))
        assert place.held() == [address(WRITE_UP)]
        assert place.store.open_read(stored.key).read() == WRITE_UP

    def test_longer_than_several_parts_arrives_whole(self, place: Place) -> None:
        chunks = [bytes([n]) * (MIB - 1) for n in range(12)]

        received = place.store.put_stream("upload-01", iter(chunks), 20 * MIB)
        stored = place.store.promote("upload-01", received.sha256)

        assert stored.sha256 == sha(b"".join(chunks))
        assert sha(place.store.open_read(stored.key).read()) == stored.sha256
        assert place.held() == [stored.key]

    def test_of_nothing_is_an_empty_object(self, place: Place) -> None:
        stored = kept(place.store, b"")

        content = place.store.open_read(stored.key)
        assert (content.total, content.read()) == (0, b"")

    def test_of_exactly_the_limit_is_taken(self, place: Place) -> None:
        assert place.store.put_stream("upload-01", [b"x" * 600, b"y" * 400], 1000).size == 1000

    def test_one_byte_over_the_limit_leaves_nothing(self, place: Place) -> None:
        with pytest.raises(Refusal) as refused:
            place.store.put_stream("upload-01", [b"x" * 600, b"y" * 401], 1000)

        assert refused.value.code == "FILE_TOO_LARGE"
        assert refused.value.reason.params["limit"] == 1000
        assert place.held() == []
        assert list(place.store.list_incoming()) == []

    def test_found_too_large_after_parts_were_sent_leaves_nothing(self, place: Place) -> None:
        chunks = (b"z" * MIB for _ in range(14))

        assert refusal_of(place.store.put_stream, "upload-01", chunks, 13 * MIB) == "FILE_TOO_LARGE"
        assert place.held() == []
        assert list(place.store.list_incoming()) == []

    @pytest.mark.parametrize("before", [1, 12 * MIB], ids=["at once", "after parts were sent"])
    def test_whose_sender_goes_away_leaves_nothing(self, place: Place, before: int) -> None:
        def chunks() -> Iterator[bytes]:
            yield b"a" * before
            raise ConnectionResetError("the browser was closed")

        with pytest.raises(ConnectionResetError):
            place.store.put_stream("upload-01", chunks(), 20 * MIB)

        assert place.held() == []
        assert list(place.store.list_incoming()) == []

    def test_sent_again_under_the_same_id_counts_as_the_last_one(self, place: Place) -> None:
        place.store.put_stream("upload-01", [b"first"], MIB)
        place.store.put_stream("upload-01", [b"second"], MIB)

        assert refusal_of(place.store.promote, "upload-01", sha(b"first")) == "CHECKSUM_MISMATCH"


class TestPromotion:
    def test_of_something_else_than_declared_is_refused_and_keeps_nothing(self, place: Place) -> None:
        place.store.put_stream("upload-01", [WRITE_UP], 20 * MIB)

        assert refusal_of(place.store.promote, "upload-01", sha(b"declared")) == "CHECKSUM_MISMATCH"
        assert place.held() == []

    @pytest.mark.rule("I-22")
    def test_trusts_what_the_store_holds_and_not_what_was_sent(self, place: Place) -> None:
        received = place.store.put_stream("upload-01", [WRITE_UP], 20 * MIB)
        place.overwrite("incoming/upload-01", b"X" + WRITE_UP[1:])

        assert refusal_of(place.store.promote, "upload-01", received.sha256) == "CHECKSUM_MISMATCH"
        assert place.held() == []

    def test_of_an_upload_that_is_not_there_is_refused(self, place: Place) -> None:
        assert refusal_of(place.store.promote, "upload-01", sha(b"")) == "UPLOAD_EXPIRED"

    def test_twice_is_refused_the_second_time_and_the_object_stays(self, place: Place) -> None:
        stored = kept(place.store, WRITE_UP)

        assert refusal_of(place.store.promote, "upload-01", sha(WRITE_UP)) == "UPLOAD_EXPIRED"
        assert place.held() == [stored.key]

    def test_of_the_same_content_by_two_units_gives_one_object(self, place: Place) -> None:
        assert kept(place.store, WRITE_UP, "upload-01") == kept(place.store, WRITE_UP, "upload-02")
        assert place.held() == [address(WRITE_UP)]

    def test_mends_an_object_that_was_damaged(self, place: Place) -> None:
        stored = kept(place.store, WRITE_UP)
        place.overwrite(stored.key, b"damaged")

        kept(place.store, WRITE_UP, "upload-02")

        assert place.store.open_read(stored.key).read() == WRITE_UP


class TestReading:
    @pytest.mark.parametrize(
        ("start", "length", "expected"),
        [
            (0, None, b"0123456789"),
            (3, None, b"3456789"),
            (0, 4, b"0123"),
            (3, 4, b"3456"),
            (8, 9, b"89"),
            (9, 1, b"9"),
            (10, None, b""),
            (99, 5, b""),
            (4, 0, b""),
        ],
    )
    def test_a_range_is_cut_to_what_there_is(
        self, place: Place, start: int, length: int | None, expected: bytes
    ) -> None:
        stored = kept(place.store, b"0123456789")

        content = place.store.open_read(stored.key, start, length)

        assert (content.total, content.length) == (10, len(expected))
        assert content.read() == expected

    def test_an_object_that_is_not_there_is_not_found(self, place: Place) -> None:
        for given in ((address(b"nothing"),), (address(b"nothing"), 3, 4)):
            assert refusal_of(place.store.open_read, *given) == "NOT_FOUND"

    def test_size_and_time_are_told_and_nothing_for_a_missing_object(self, place: Place) -> None:
        stored = kept(place.store, WRITE_UP)

        stat = place.store.stat(stored.key)

        assert stat is not None
        assert stat.size == len(WRITE_UP)
        assert stat.modified_at.utcoffset() == timedelta(0)
        assert place.store.stat(address(b"nothing")) is None

    @pytest.mark.parametrize(
        "key",
        [
            "../etc/passwd",
            "/etc/passwd",
            "incoming/../sha256/aa",
            "incoming/..",
            "incoming/a/b",
            "incoming/short",
            "sha256/ab/" + "G" * 62,
            "sha256/" + "a" * 64,
            "sha256/ab/" + "a" * 62 + "\n",
            "other/upload-01",
            "",
            "incoming/upload-01\0",
            "incoming\\upload-01",
            "sha256/../../incoming/upload-01",
        ],
    )
    def test_no_key_leads_out_of_the_store(self, place: Place, key: str) -> None:
        for act in (place.store.open_read, place.store.stat, place.store.delete):
            with pytest.raises(ValueError, match="not a key"):
                act(key)

    @pytest.mark.parametrize(
        "upload_id", ["../../evil", "short", "with space here", "a" * 65, "up/load-01", "上传编号一二三四"]
    )
    def test_no_upload_id_leads_out_of_incoming(self, place: Place, upload_id: str) -> None:
        with pytest.raises(ValueError, match="not an upload id"):
            place.store.put_stream(upload_id, [b"x"], MIB)
        with pytest.raises(ValueError, match="not an upload id"):
            place.store.promote(upload_id, sha(b"x"))
        assert place.held() == []

    def test_no_hash_but_a_whole_one_names_an_address(self, place: Place) -> None:
        place.store.put_stream("upload-01", [b"x"], MIB)
        with pytest.raises(ValueError, match="not a SHA-256"):
            place.store.promote("upload-01", "../../../evil")


class TestSweeping:
    def test_lists_what_was_never_promoted(self, place: Place) -> None:
        kept(place.store, b"promoted", "upload-03")
        place.store.put_stream("upload-02", [b"22"], MIB)
        place.store.put_stream("upload-01", [b"1"], MIB)

        found = list(place.store.list_incoming())

        assert [(i.upload_id, i.size, i.complete) for i in found] == [
            ("upload-01", 1, True),
            ("upload-02", 2, True),
        ]
        assert all(abs(datetime.now(UTC) - i.modified_at) < timedelta(hours=1) for i in found)

    def test_lists_what_was_placed_with_its_size_and_time_and_nothing_else(self, place: Place) -> None:
        stored = [kept(place.store, data, f"upload-0{n}") for n, data in enumerate((b"one", b"three"))]
        place.store.put_stream("upload-09", [b"waiting"], MIB)
        place.overwrite(f"{stored[0].key}.bak", b"of somebody else")

        found = list(place.store.list_placed())

        assert {(one.key, one.size) for one in found} == {(one.key, one.size) for one in stored}
        assert [one.key for one in found] == sorted(one.key for one in found)
        assert all(abs(datetime.now(UTC) - one.modified_at) < timedelta(hours=1) for one in found)

    def test_deletes_one_and_leaves_the_others(self, place: Place) -> None:
        place.store.put_stream("upload-01", [b"1"], MIB)
        place.store.put_stream("upload-012", [b"2"], MIB)

        place.store.delete("incoming/upload-01")
        place.store.delete("incoming/upload-01")

        assert place.held() == ["incoming/upload-012"]

    def test_deletes_an_object(self, place: Place) -> None:
        stored = kept(place.store, WRITE_UP)
        other = kept(place.store, b"other", "upload-02")

        place.store.delete(stored.key)
        place.store.delete(stored.key)

        assert place.held() == [other.key]

    def test_a_process_killed_in_the_middle_leaves_only_what_the_sweeper_finds(self, place: Place) -> None:
        killed = _killed_while_uploading(place, "upload-01")

        assert killed == -signal.SIGKILL
        assert all(key.startswith("incoming/") for key in place.held())
        left = list(place.store.list_incoming())
        assert [(i.upload_id, i.complete) for i in left] == [("upload-01", False)]
        assert refusal_of(place.store.promote, "upload-01", sha(b"x" * 12 * MIB)) == "UPLOAD_EXPIRED"

    def test_a_cut_off_upload_is_swept_away_and_can_be_sent_again(self, place: Place) -> None:
        _killed_while_uploading(place, "upload-01")

        place.store.delete("incoming/upload-01")
        assert list(place.store.list_incoming()) == []

        assert kept(place.store, WRITE_UP, "upload-01").size == len(WRITE_UP)
        assert place.held() == [address(WRITE_UP)]


def test_a_prepared_store_is_healthy_and_preparing_again_changes_nothing(place: Place) -> None:
    stored = kept(place.store, WRITE_UP)

    place.store.prepare()

    assert place.store.healthy()
    assert place.held() == [stored.key]


def _killed_while_uploading(place: Place, upload_id: str) -> int:
    """Another process uploads 12 MiB of more, is killed without a chance to tidy up; its exit status."""
    script = f"""
import sys, time
{place.make}
def chunks():
    for _ in range(12):
        yield b"x" * {MIB}
    print("under way", flush=True)
    time.sleep(600)
store.put_stream({upload_id!r}, chunks(), {20 * MIB})
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=env, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"under way\n"
        child.kill()
        return child.wait()
