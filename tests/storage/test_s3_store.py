"""What only S3 can do wrong: being away, answering half, asking for checksums others do not know."""

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx
import pytest

from app.domain.errors import Refusal
from app.storage.s3 import S3Store
from app.storage.s3_client import S3Access
from app.storage.store import content_key

KEY = content_key("ab" * 32)
Handler = Callable[[BaseHTTPRequestHandler], None]


class Recorded:
    """A server that answers everything the same way and remembers what it was asked."""

    def __init__(self, answer: Handler) -> None:
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        outer = self

        class Answering(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.requests.append((self.command, self.path, headers, body))
                answer(self)

            do_GET = do_PUT = do_HEAD = handle_any

            def log_request(self, code: object = "-", size: object = "-") -> None:
                """Tests read `requests`, nobody reads standard error."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.store = S3Store(
            S3Access(f"http://127.0.0.1:{self._server.server_port}", "bucket", "key", "secret")
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def serving() -> Iterator[Callable[[Handler], Recorded]]:
    running: list[Recorded] = []

    def start(answer: Handler) -> Recorded:
        running.append(Recorded(answer))
        return running[-1]

    yield start
    for server in running:
        server.close()


def _busy(request: BaseHTTPRequestHandler) -> None:
    request.send_response(503)
    request.send_header("Content-Length", "0")
    request.end_headers()


def _fine(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "0")
    request.send_header("ETag", '"00"')
    request.end_headers()


def _half(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100")
    request.send_header("ETag", '"00"')
    request.end_headers()
    request.wfile.write(b"only this")
    request.close_connection = True


def _everything(store: S3Store) -> list[Callable[[], object]]:
    return [
        store.prepare,
        lambda: store.put_stream("upload-01", [b"x"], 10),
        lambda: store.promote("upload-01", "ab" * 32),
        lambda: store.open_read(KEY),
        lambda: store.open_read(KEY, 3),
        lambda: store.stat(KEY),
        lambda: store.delete(KEY),
        lambda: list(store.list_incoming()),
    ]


class TestAStoreThatIsAway:
    def test_makes_every_act_unavailable_and_is_not_healthy(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            store = S3Store(
                S3Access(f"http://127.0.0.1:{closed.getsockname()[1]}", "bucket", "key", "secret")
            )

            for act in _everything(store):
                with pytest.raises(Refusal) as refused:
                    act()
                assert refused.value.code == "STORAGE_UNAVAILABLE"
            assert not store.healthy()

    def test_is_asked_three_times_and_not_for_ever(self, serving: Callable[[Handler], Recorded]) -> None:
        busy = serving(_busy)

        with pytest.raises(Refusal) as refused:
            busy.store.put_stream("upload-01", [b"x"], 10)

        assert refused.value.code == "STORAGE_UNAVAILABLE"
        assert [command for command, *_ in busy.requests] == ["PUT", "PUT", "PUT"]

    def test_is_asked_once_for_its_health(self, serving: Callable[[Handler], Recorded]) -> None:
        busy = serving(_busy)

        assert not busy.store.healthy()
        assert [command for command, *_ in busy.requests] == ["HEAD"]

    def test_that_breaks_off_in_the_middle_never_looks_like_a_short_file(
        self, serving: Callable[[Handler], Recorded]
    ) -> None:
        content = serving(_half).store.open_read(KEY)

        with pytest.raises(Refusal) as refused:
            content.read()

        assert refused.value.code == "STORAGE_UNAVAILABLE"

    def test_that_refuses_our_secret_is_unavailable(self, access: S3Access) -> None:
        wrong = S3Store(S3Access(access.endpoint, access.bucket, access.access_key, "not the secret"))

        with pytest.raises(Refusal) as refused:
            wrong.prepare()

        assert refused.value.code == "STORAGE_UNAVAILABLE"
        assert not wrong.healthy()

    def test_without_its_bucket_is_not_healthy(self, access: S3Access) -> None:
        assert not S3Store(access).healthy()


class TestWhatIsSent:
    def test_is_path_addressed_signed_with_its_hash_and_free_of_sdk_checksums(
        self, serving: Callable[[Handler], Recorded]
    ) -> None:
        server = serving(_fine)
        server.store.put_stream("upload-01", [b"merit"], 10)

        [(command, path, headers, body)] = server.requests

        assert (command, path, body) == ("PUT", "/bucket/incoming/upload-01", b"merit")
        assert headers["x-amz-content-sha256"] == hashlib.sha256(b"merit").hexdigest()
        assert headers["authorization"].startswith("AWS4-HMAC-SHA256 ")
        assert [name for name in headers if "checksum" in name or "trailer" in name] == []
        assert headers.get("content-encoding", "") == ""


def test_a_copy_is_bound_to_what_was_hashed(access: S3Access) -> None:
    store = S3Store(access)
    store.prepare()
    store.put_stream("upload-01", [b"exchanged after it was hashed"], 100)

    with pytest.raises(Refusal) as refused:
        store._copy("incoming/upload-01", '"0123456789abcdef0123456789abcdef"', KEY, 29)

    assert refused.value.code == "CHECKSUM_MISMATCH"
    assert store.stat(KEY) is None


class TestADownloadAddress:
    @pytest.fixture
    def url(self, access: S3Access) -> str:
        self.store = S3Store(access)
        self.store.prepare()
        received = self.store.put_stream("upload-01", [b"%PDF-1.7 merit"], 100)
        self.stored = self.store.promote("upload-01", received.sha256)
        return self._url("事迹 材料\u202e.pdf", 60)

    def _url(self, name: str, seconds: int) -> str:
        url = self.store.download_url(self.stored.key, name, "application/pdf", seconds)
        assert url is not None
        return url

    def test_saves_the_file_under_its_chinese_name(self, url: str) -> None:
        answer = httpx.get(url)

        assert (answer.status_code, answer.content) == (200, b"%PDF-1.7 merit")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"] == (
            "attachment; filename=\"__ __.pdf\"; filename*=UTF-8''%E4%BA%8B%E8%BF%B9%20%E6%9D%90%E6%96%99.pdf"
        )

    def test_allows_nothing_but_reading_that_object(self, url: str) -> None:
        parts = urlsplit(url)
        other = parts._replace(path=parts.path[:-1] + ("0" if parts.path[-1] != "0" else "1")).geturl()

        assert httpx.put(url, content=b"replaced").status_code == 403
        assert httpx.delete(url).status_code == 403
        assert httpx.get(other).status_code == 403
        assert self.store.open_read(self.stored.key).read() == b"%PDF-1.7 merit"

    def test_expires(self, url: str) -> None:
        short = self._url("a.pdf", 1)
        time.sleep(2.1)

        assert httpx.get(short).status_code == 403
