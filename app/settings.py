"""Everything that can be set from outside, validated once at start (`PINGYOU_…`, `…_FILE` for secrets)."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "PINGYOU_"
_SECRETS = ("database_url", "secret_key", "s3_secret_key")


class Settings(BaseSettings):
    """One frozen set of settings; unsafe combinations refuse to start.

    Sizes are bytes, times seconds unless the name says otherwise.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    mode: Literal["embedded", "production"] = "embedded"
    database_url: str = ""  # a file in `data_dir` unless said
    secret_key: SecretStr = SecretStr(
        ""
    )  # encrypts objectors' identities, signs cursors; ≥ 32 characters in production
    public_url: str = ""  # how people reach it; where it listens unless said
    zone: str = "Asia/Shanghai"
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    data_dir: Path = Path("data")
    store: Literal["folder", "s3"] = "folder"
    s3_endpoint: str = ""
    s3_bucket: str = "pingyou"
    s3_region: str = "us-east-1"
    s3_access_key: str = ""
    s3_secret_key: SecretStr = SecretStr("")
    max_upload_bytes: int = Field(20 * 1024 * 1024, ge=1024)
    max_json_bytes: int = Field(2 * 1024 * 1024, ge=1024)
    sample: bool = False  # a sample installation: own movable clock, banner on every page, livemode=false
    classified_protection: bool = (
        False  # the stricter national habits for passwords and sessions (domain.md 3.16)
    )
    session_idle_minutes: int = Field(30, ge=1, le=480)
    session_absolute_hours: int = Field(8, ge=1, le=24)
    lockout_failures: int = Field(5, ge=2, le=20)
    lockout_minutes: int = Field(15, ge=1, le=1440)
    lockout_address_failures: int = Field(50, ge=2, le=10_000)  # a whole office may share one address
    password_shortest: int = Field(12, ge=8, le=64)  # characters
    password_longest: int = Field(128, ge=64, le=1024)
    password_memory_kib: int = Field(19_456, ge=8, le=1_048_576)  # of argon2id, with passes and lanes
    password_passes: int = Field(2, ge=1, le=50)
    password_lanes: int = Field(1, ge=1, le=16)
    token_minutes: int = Field(15, ge=1, le=15)  # how long a client's token lives
    calls_per_minute: int = Field(0, ge=0)  # of the API, per caller and process; 0 is no limit
    lock_timeout_ms: int = Field(5000, ge=100)
    drain_seconds: float = Field(10.0, ge=0, le=120)
    database_fsync: bool = True  # tests alone switch this off

    @property
    def secure(self) -> bool:
        """Whether the service is reached over https (cookies then carry `__Host-` and Secure)."""
        return self.public_url.startswith("https://")

    @property
    def address(self) -> str:
        """Where people open it: the address said, or the one listened on."""
        own = "127.0.0.1" if self.host in ("", "0.0.0.0", "::") else self.host  # noqa: S104  (recognised, not bound)
        return self.public_url or f"http://{own}:{self.port}"

    @property
    def livemode(self) -> bool:
        """Whether what happens here is real: a sample installation says so in tokens and answers."""
        return not self.sample

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @model_validator(mode="before")
    @classmethod
    def _database_beside_the_media(cls, given: dict[str, Any]) -> dict[str, Any]:
        """One folder holds all of an embedded installation."""
        beside = f"sqlite:///{given.get('data_dir', 'data')}/pingyou.db"
        return given if given.get("database_url") else {**given, "database_url": beside}

    @model_validator(mode="after")
    def _production_is_safe(self) -> "Settings":
        if self.mode == "production":
            problems = list(_unsafe(self))
            if problems:
                raise ValueError("; ".join(problems))
        return self


def _unsafe(settings: Settings) -> list[str]:
    """What may not run in production, each with what to do."""
    found = []
    if settings.sqlite:
        found.append("PINGYOU_DATABASE_URL: production needs postgresql://… (SQLite serves one process only)")
    if len(settings.secret_key.get_secret_value()) < 32:
        found.append("PINGYOU_SECRET_KEY: give at least 32 random characters (python -m app config secret)")
    if not settings.secure:
        found.append("PINGYOU_PUBLIC_URL: production is served over https://…")
    if settings.store != "s3" or not (settings.s3_endpoint and settings.s3_access_key):
        found.append(
            "PINGYOU_STORE=s3 with PINGYOU_S3_ENDPOINT and PINGYOU_S3_ACCESS_KEY is needed in production"
        )
    if settings.sample:
        found.append("PINGYOU_SAMPLE: a sample installation cannot be a production one")
    return found


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment; unknown `PINGYOU_…` names are errors, `…_FILE` names a file with the secret."""
    env = dict(os.environ if environ is None else environ)
    given = {k[len(PREFIX) :].lower(): v for k, v in env.items() if k.startswith(PREFIX)}
    for name in _SECRETS:
        if path := given.pop(f"{name}_file", None):
            given[name] = Path(path).read_text(encoding="utf-8").strip()
    return Settings.model_validate(given)
