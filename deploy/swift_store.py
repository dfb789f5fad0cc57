"""OpenStack Swift and its S3 API in one container: account, container, object and proxy server, one replica.

Settings: STORE_ACCESS_KEY (`account:user`), STORE_SECRET_KEY or STORE_SECRET_KEY_FILE, STORE_PORT (9000),
STORE_DIR (/store, a file system with user extended attributes: ext4, xfs), STORE_ORIGIN (the pages' origin, for
uploads straight from the browser).
"""

import os
import pwd
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

FILTERS = "catch_errors gatekeeper healthcheck memcache listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink"
RINGS = {"container": 6201, "account": 6202, "object": 6200}


def main() -> int:
    store = Path(os.environ.get("STORE_DIR", "/store"))
    etc, node = store / "etc", store / "node"
    for folder in (etc, node / "d1"):
        folder.mkdir(parents=True, exist_ok=True)
    _rings(etc)
    _once(etc / "swift.conf", _identity())
    for kind, port in RINGS.items():
        (etc / f"{kind}.conf").write_text(_server(kind, port, etc, node))
    proxy = etc / "proxy.conf"
    proxy.touch(mode=0o600)  # it holds the secret key
    proxy.write_text(_proxy(etc))
    return _supervise(etc, [*RINGS, "proxy"])


def _identity() -> str:
    """Swift's hash prefix and suffix: made once, kept with the data, never changed."""
    return (
        f"[swift-hash]\nswift_hash_path_prefix={secrets.token_hex(16)}\nswift_hash_path_suffix={secrets.token_hex(16)}\n"
        "[storage-policy:0]\nname=one\ndefault=yes\n"
    )


def _once(path: Path, text: str) -> None:
    if not path.exists():
        path.write_text(text)


def _rings(etc: Path) -> None:
    from swift.common.ring import RingBuilder  # noqa: PLC0415  (slow, and absent where only the text is checked)

    for kind, port in RINGS.items():
        target = etc / f"{kind}.ring.gz"
        if target.exists():
            continue
        builder = RingBuilder(4, 1, 1)
        place = {"ip": "127.0.0.1", "port": port, "replication_ip": "127.0.0.1", "replication_port": port}
        builder.add_dev({"region": 1, "zone": 1, "device": "d1", "weight": 1.0, "meta": "", **place})
        builder.rebalance()
        builder.get_ring().save(str(target))


def _head(port: int, address: str, etc: Path) -> str:
    return (
        f"[DEFAULT]\nbind_ip={address}\nbind_port={port}\nworkers=0\nswift_dir={etc}\nuser={pwd.getpwuid(os.getuid()).pw_name}\n"
        f"log_udp_host=127.0.0.1\nlog_level=WARNING\n"
    )


def _server(kind: str, port: int, etc: Path, node: Path) -> str:
    return (
        _head(port, "127.0.0.1", etc)
        + f"devices={node}\nmount_check=false\ndisable_fallocate=true\nfallocate_reserve=1%\n"
        + f"[pipeline:main]\npipeline={kind}-server\n[app:{kind}-server]\nuse=egg:swift#{kind}\n"
    )


def _proxy(etc: Path) -> str:
    account, _, user = os.environ.get("STORE_ACCESS_KEY", "pingyou:app").partition(":")
    origin = os.environ.get("STORE_ORIGIN", "")
    extra = {
        "memcache": "memcache_servers=127.0.0.1:1\nset log_level=CRITICAL\n",  # none runs, and none is needed for one machine
        "s3api": f"location=us-east-1\ns3_acl=false\ncors_preflight_allow_origin={origin}\n",
        "tempauth": f"user_{account}_{user}={_secret()} .admin\n",
        "versioned_writes": "allow_object_versioning=true\n",
    }
    filters = "".join(
        f"[filter:{name}]\nuse=egg:swift#{name}\n{extra.get(name, '')}" for name in FILTERS.split()
    )
    return (
        _head(int(os.environ.get("STORE_PORT", "9000")), "0.0.0.0", etc)  # noqa: S104  (inside a container)
        + f"[pipeline:main]\npipeline={FILTERS} proxy-server\n[app:proxy-server]\nuse=egg:swift#proxy\n"
        + f"account_autocreate=true\nallow_account_management=true\nstrict_cors_mode=true\ncors_allow_origin={origin}\n"
        + f"cors_expose_headers=etag\n{filters}"
    )


def _secret() -> str:
    if path := os.environ.get("STORE_SECRET_KEY_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ["STORE_SECRET_KEY"]


def _supervise(etc: Path, kinds: list[str]) -> int:
    """Run the servers until told to stop; when one dies, all stop and the platform starts them again."""
    tools = Path(sys.executable).parent
    environment = {**os.environ, "SWIFT_CONF_DIR": str(etc)}
    servers = [
        subprocess.Popen(  # noqa: S603  (names made here)
            [
                str(tools / f"swift-{kind}-server"),
                str(etc / f"{kind}.conf"),
                "--verbose",
            ],  # verbose: log to the console
            env=environment,
        )
        for kind in kinds
    ]
    stopping = False

    def stop(_: int, __: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    while not stopping and all(server.poll() is None for server in servers):
        time.sleep(0.2)
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(20)
    return 0 if stopping else 1


if __name__ == "__main__":
    sys.exit(main())
