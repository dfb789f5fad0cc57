"""A real S3 server for tests: OpenStack Swift with its S3 API, one replica in a plain folder, no root needed.

    with swift.running() as (endpoint, access_key, secret_key): …

It checks signatures, checksums and part sizes like the stores that cities run. It has no presigned POST,
no lifecycle and no object lock. Its folder needs user xattrs (ext4, xfs; not every tmpfs).
"""

import os
import pwd
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from tests.servers.processes import PATIENCE, free_ports, scratch, stop, wait_for_port
from tests.servers.run import ROOT

ACCOUNT, USER, SECRET = "test", "tester", "testing-secret"
STORES = ("container", "account", "object")
# The order matters to Swift: what refuses comes before what answers.
PIPELINE = (
    "catch_errors gatekeeper healthcheck memcache listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink"
).split()
OPTIONS = {
    "memcache": "memcache_servers = 127.0.0.1:1",
    "s3api": "location = us-east-1\ns3_acl = false\ncors_preflight_allow_origin = *",
    "tempauth": f"user_{ACCOUNT}_{USER} = {SECRET} .admin",
    "versioned_writes": "allow_object_versioning = true",
}


class S3Server(NamedTuple):
    """Where it is and who may enter."""

    endpoint: str
    access_key: str
    secret_key: str


@contextmanager
def running() -> Iterator[S3Server]:
    """An empty store, gone with its data afterwards."""
    with scratch("pingyou-swift-", _folder_with_xattrs()) as root:
        ports = dict(zip(("proxy", *STORES), free_ports(1 + len(STORES)), strict=True))
        _configure(root, ports)
        servers = [_start(root, name) for name in ports]
        try:
            for (name, port), server in zip(ports.items(), servers, strict=True):
                wait_for_port(port, server, root / f"{name}.log")
            endpoint = f"http://127.0.0.1:{ports['proxy']}"
            _wait_until_healthy(endpoint)
            yield S3Server(endpoint, f"{ACCOUNT}:{USER}", SECRET)
        finally:
            stop(servers)


def _folder_with_xattrs() -> Path:
    """Where Swift can keep its metadata: the temporary folder, or else the checkout's cache."""
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    for folder in (Path(tempfile.gettempdir()), cache):
        with tempfile.NamedTemporaryFile(dir=folder) as probe:
            try:
                os.setxattr(probe.name, "user.pingyou", b"1")
            except OSError:
                continue
            return folder
    raise RuntimeError("no folder with user xattrs for the S3 test server; set TMPDIR to one (ext4 or xfs)")


def _configure(root: Path, ports: dict[str, int]) -> None:
    (root / "node" / "d1").mkdir(parents=True)
    (root / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_suffix = tests\nswift_hash_path_prefix = tests\n"
        "[storage-policy:0]\nname = one\ndefault = yes\n"
    )
    for name in STORES:
        _ring(root / f"{name}.ring.gz", ports[name])
        (root / f"{name}.conf").write_text(_store_conf(root, name, ports[name]))
    (root / "proxy.conf").write_text(_proxy_conf(root, ports["proxy"]))


def _ring(path: Path, port: int) -> None:
    from swift.common.ring import RingBuilder  # noqa: PLC0415  (brings Swift's green threads along: not into a test's process)

    builder = RingBuilder(part_power=4, replicas=1, min_part_hours=1)
    where = {"ip": "127.0.0.1", "port": port, "replication_ip": "127.0.0.1", "replication_port": port}
    builder.add_dev({"region": 1, "zone": 1, "device": "d1", "weight": 1.0, "meta": "", **where})
    builder.rebalance()
    builder.get_ring().save(str(path))


def _default_conf(root: Path, port: int) -> str:
    return f"""[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {pwd.getpwuid(os.getuid()).pw_name}
swift_dir = {root}
log_address = {root}/no-syslog
log_level = WARNING
"""


def _store_conf(root: Path, name: str, port: int) -> str:
    return f"""{_default_conf(root, port)}
devices = {root}/node
mount_check = false
disable_fallocate = true
fallocate_reserve = 0
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""


def _proxy_conf(root: Path, port: int) -> str:
    filters = "".join(
        f"[filter:{name}]\nuse = egg:swift#{name}\n{OPTIONS.get(name, '')}\n" for name in PIPELINE
    )
    return f"""{_default_conf(root, port)}
[pipeline:main]
pipeline = {" ".join(PIPELINE)} proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
strict_cors_mode = true
cors_allow_origin = *
cors_expose_headers = etag
{filters}"""


def _start(root: Path, name: str) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).parent / f"swift-{name}-server"
    with (root / f"{name}.log").open("wb") as output:
        return subprocess.Popen(
            [program, root / f"{name}.conf"],
            env={**os.environ, "SWIFT_CONF_DIR": str(root)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _wait_until_healthy(endpoint: str) -> None:
    until = time.monotonic() + PATIENCE
    while httpx.get(f"{endpoint}/healthcheck", trust_env=False).text != "OK":
        if time.monotonic() > until:
            raise RuntimeError("Swift's proxy does not get healthy")
        time.sleep(0.05)
