"""How S3 is spoken to: what every maker's store understands, short patience, and its faults in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError

from app.domain.errors import Refusal

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FAULTS = (BotoCoreError, HTTPError, OSError)
_OURS = {
    "404": "NOT_FOUND",
    "NoSuchKey": "NOT_FOUND",
    "NotFound": "NOT_FOUND",
    "PreconditionFailed": "CHECKSUM_MISMATCH",
}


@dataclass(frozen=True)
class S3Access:
    """Where the store is and who we are there; the secret is not shown."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"


def s3_client(access: S3Access, connect: int, read: int, attempts: int) -> "S3Client":
    """A client with short patience; times in seconds, attempts include the first."""
    session = boto3.session.Session(access.access_key, access.secret_key, region_name=access.region)
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path", "payload_signing_enabled": True},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=connect,
        read_timeout=read,
        retries={"mode": "standard", "total_max_attempts": attempts},
        max_pool_connections=50,
    )
    return session.client("s3", endpoint_url=access.endpoint, config=config)


@contextmanager
def s3_faults() -> Iterator[None]:
    """What the store answered, in our words: not there, changed under us, or unavailable."""
    try:
        yield
    except ClientError as error:
        raise Refusal(_OURS.get(error_code(error), "STORAGE_UNAVAILABLE")) from error
    except FAULTS as fault:
        raise Refusal("STORAGE_UNAVAILABLE") from fault


def error_code(error: ClientError) -> str:
    """The store's own word for what went wrong."""
    return str(error.response.get("Error", {}).get("Code", ""))
