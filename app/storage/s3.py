"""The store on S3-compatible servers of many makers, so it asks only what all of them do.

No SDK checksums unless a call needs them (botocore's default breaks OBS, TOS, Ceph, B2), signature v4, path
addressing, an upload in parts when it is long, a server-side copy bound to the ETag that was hashed.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from app.domain.errors import Refusal
from app.storage.names import disposition
from app.storage.s3_client import FAULTS, S3Access, error_code, s3_client, s3_faults
from app.storage.store import (
    Content,
    Incoming,
    Meter,
    Placed,
    Received,
    Stat,
    Stored,
    checked_key,
    content_key,
    incoming_key,
    is_content_key,
    verify,
)

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

PART = 5 * 1024 * 1024  # the smallest part S3 takes; also the memory one upload holds
# Nothing a browser would render, should somebody reach an object directly.
_OPAQUE = "application/octet-stream"
_NO_BUCKET = {"404", "NotFound", "NoSuchBucket"}


class S3Store:
    """One bucket with `incoming/` and `sha256/`."""

    def __init__(self, access: S3Access) -> None:
        self._bucket = access.bucket
        self._client = s3_client(access, connect=3, read=20, attempts=3)
        self._hasty = s3_client(access, connect=1, read=2, attempts=1)

    def prepare(self) -> None:
        with s3_faults():
            try:
                self._client.head_bucket(Bucket=self._bucket)
            except ClientError as error:
                if error_code(error) not in _NO_BUCKET:
                    raise
                self._client.create_bucket(Bucket=self._bucket)

    def put_stream(self, upload_id: str, chunks: Iterable[bytes], limit: int) -> Received:
        key = incoming_key(upload_id)
        meter = Meter(limit)
        parts = _parts(meter.through(chunks))
        first, second = next(parts, b""), next(parts, None)
        if second is None:
            with s3_faults():
                self._client.put_object(Bucket=self._bucket, Key=key, Body=first, ContentType=_OPAQUE)
        else:
            self._put_parts(key, chain((first, second), parts))
        return Received(upload_id, meter.sha256, meter.size)

    def promote(self, upload_id: str, sha256: str) -> Stored:
        waiting, target = incoming_key(upload_id), content_key(sha256)
        try:
            content, etag = self._get(waiting)
            with content:
                verify(content, sha256)
            self._copy(waiting, etag, target, content.total)
        except Refusal as refusal:
            if refusal.code == "CHECKSUM_MISMATCH":
                self.delete(waiting)
            if refusal.code == "NOT_FOUND":
                raise Refusal("UPLOAD_EXPIRED") from refusal
            raise
        with suppress(Refusal):  # placed is placed; the sweeper finds what stays behind
            self.delete(waiting)
        return Stored(target, sha256, content.total)

    def open_read(self, key: str, start: int = 0, length: int | None = None) -> Content:
        if start == 0 and length is None:
            return self._get(checked_key(key))[0]
        return self._get_range(checked_key(key), start, length)

    def stat(self, key: str) -> Stat | None:
        try:
            with s3_faults():
                head = self._client.head_object(Bucket=self._bucket, Key=checked_key(key))
        except Refusal as refusal:
            if refusal.code == "NOT_FOUND":
                return None
            raise
        return Stat(head["ContentLength"], head["LastModified"].astimezone(UTC))

    def delete(self, key: str) -> None:
        with s3_faults():
            self._client.delete_object(Bucket=self._bucket, Key=checked_key(key))
            if key.startswith("incoming/"):
                for found, part_upload, _ in self._cut_off(key):
                    if found == key:
                        self._client.abort_multipart_upload(
                            Bucket=self._bucket, Key=key, UploadId=part_upload
                        )

    def list_incoming(self) -> Iterator[Incoming]:
        with s3_faults():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix="incoming/"
            )
            for page in pages:
                for item in page.get("Contents", []):
                    yield Incoming(
                        item["Key"].removeprefix("incoming/"), item["Size"], item["LastModified"], True
                    )
            for key, _, at in self._cut_off("incoming/"):
                yield Incoming(key.removeprefix("incoming/"), 0, at, complete=False)

    def list_placed(self) -> Iterator[Placed]:
        with s3_faults():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix="sha256/"
            )
            for page in pages:
                for item in page.get("Contents", []):
                    if is_content_key(item["Key"]):
                        yield Placed(item["Key"], item["Size"], item["LastModified"].astimezone(UTC))

    def download_url(self, key: str, file_name: str, media_type: str, seconds: int) -> str | None:
        params = {
            "Bucket": self._bucket,
            "Key": checked_key(key),
            "ResponseContentDisposition": disposition(file_name),
            "ResponseContentType": media_type,
        }
        return self._client.generate_presigned_url("get_object", Params=params, ExpiresIn=seconds)

    def healthy(self) -> bool:
        try:
            self._hasty.head_bucket(Bucket=self._bucket)
        except (ClientError, *FAULTS):
            return False
        return True

    def _get(self, key: str) -> tuple[Content, str]:
        """The whole object, opened, and the ETag it had."""
        with s3_faults():
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        size = answer["ContentLength"]
        return Content(answer["Body"], size, size, FAULTS), answer["ETag"]

    def _get_range(self, key: str, start: int, length: int | None) -> Content:
        """A range, cut to what there is: a store answers 416 for one that begins behind the end."""
        found = self.stat(key)
        if found is None:
            raise Refusal("NOT_FOUND")
        left = max(found.size - start, 0)
        wanted = left if length is None else min(length, left)
        if not wanted:
            return Content(None, found.size, 0, FAULTS)
        with s3_faults():
            asked = f"bytes={start}-{start + wanted - 1}"
            answer = self._client.get_object(Bucket=self._bucket, Key=key, Range=asked)
        return Content(answer["Body"], found.size, wanted, FAULTS)

    def _put_parts(self, key: str, parts: Iterable[bytes]) -> None:
        with s3_faults():
            begun = self._client.create_multipart_upload(Bucket=self._bucket, Key=key, ContentType=_OPAQUE)
        upload = begun["UploadId"]
        try:
            done = [self._put_part(key, upload, number, part) for number, part in enumerate(parts, 1)]
            with s3_faults():
                self._client.complete_multipart_upload(
                    Bucket=self._bucket, Key=key, UploadId=upload, MultipartUpload={"Parts": done}
                )
        except BaseException:
            with suppress(Refusal), s3_faults():
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload)
            raise

    def _put_part(self, key: str, upload: str, number: int, part: bytes) -> "CompletedPartTypeDef":
        with s3_faults():
            answer = self._client.upload_part(
                Bucket=self._bucket, Key=key, UploadId=upload, PartNumber=number, Body=part
            )
        return {"ETag": answer["ETag"], "PartNumber": number}

    def _copy(self, source: str, etag: str, target: str, size: int) -> None:
        """Copy inside the store exactly what was hashed, and look that it arrived whole."""
        with s3_faults():
            self._client.copy_object(
                Bucket=self._bucket,
                Key=target,
                CopySource={"Bucket": self._bucket, "Key": source},
                CopySourceIfMatch=etag,
            )
        placed = self.stat(target)
        if placed is None or placed.size != size:
            raise Refusal("STORAGE_UNAVAILABLE")

    def _cut_off(self, prefix: str) -> Iterator[tuple[str, str, datetime]]:
        """Uploads in parts that were begun and never completed: key, the store's upload id, when begun."""
        pages = self._client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self._bucket, Prefix=prefix
        )
        for page in pages:
            for item in page.get("Uploads", []):
                yield item["Key"], item["UploadId"], item["Initiated"]


def _incoming(key: str, size: int, at: datetime, *, complete: bool) -> Incoming:
    return Incoming(key.removeprefix("incoming/"), size, at.astimezone(UTC), complete)


def _parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The stream cut into parts of `PART` bytes; the last may be shorter."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= PART:
            yield bytes(held[:PART])
            del held[:PART]
    if held:
        yield bytes(held)
