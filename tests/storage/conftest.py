"""Two stores, one contract: a folder, and S3 as OpenStack Swift speaks it."""

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from app.storage.folder import FolderStore
from app.storage.s3 import S3Store
from app.storage.s3_client import S3Access
from app.storage.store import MediaStore

_numbers = itertools.count()


@dataclass
class Place:
    """A prepared store and a look at what it really holds, that goes around our own code."""

    kind: str
    store: MediaStore
    make: str  # Python that builds the same store in another process
    held: Callable[[], list[str]]
    overwrite: Callable[[str, bytes], None]


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """The place under test; every test has one of its own."""
    if request.param == "folder":
        yield _folder(tmp_path / "objects")
    else:
        yield _bucket(request.getfixturevalue("s3_server"))


@pytest.fixture
def access(s3_server: Any) -> S3Access:
    """A bucket name nobody used, on the running server."""
    return _access(s3_server)


def _folder(root: Path) -> Place:
    store = FolderStore(root)
    store.prepare()

    def held() -> list[str]:
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())

    def overwrite(key: str, data: bytes) -> None:
        (root / key).write_bytes(data)

    make = f"from pathlib import *; from app.storage.folder import *; store = FolderStore({root!r})"
    return Place("folder", store, make, held, overwrite)


def _bucket(server: Any) -> Place:
    access = _access(server)
    store = S3Store(access)
    store.prepare()
    raw = boto3.client(
        "s3",
        endpoint_url=access.endpoint,
        aws_access_key_id=access.access_key,
        aws_secret_access_key=access.secret_key,
        region_name=access.region,
        config=Config(
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )

    def held() -> list[str]:
        return sorted(item["Key"] for item in raw.list_objects_v2(Bucket=access.bucket).get("Contents", []))

    def overwrite(key: str, data: bytes) -> None:
        raw.put_object(Bucket=access.bucket, Key=key, Body=data)

    make = f"from app.storage.s3 import *; from app.storage.s3_client import *; store = S3Store(S3Access{astuple(access)!r})"
    return Place("s3", store, make, held, overwrite)


def _access(server: Any) -> S3Access:
    endpoint, access_key, secret_key = server
    return S3Access(endpoint, f"store-{os.getpid()}-{next(_numbers)}", access_key, secret_key)
