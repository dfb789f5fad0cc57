"""axe-core, the accessibility checker that the browser tests inject: fetched once by npm, kept in .cache/.

    python -m tools.axe            # fetch it unless it is there, and insist on its hash

It is a tool of the tests and not shipped. npm's own configuration says where packages come from.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.14.1"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
SCRIPT = Path(__file__).resolve().parent.parent / ".cache" / f"axe-core-{VERSION}" / "axe.min.js"


def main() -> int:
    """Fetch when missing, then check."""
    if not SCRIPT.exists():
        if not shutil.which("npm"):
            print("axe-core: npm is needed to fetch it (Debian's package npm)", file=sys.stderr)
            return 1
        _fetch()
    source()
    return 0


def source() -> str:
    """The script; refused when it is missing or not the one that was pinned."""
    if not SCRIPT.exists():
        raise RuntimeError("axe-core is missing: run `make tools` (make test does)")
    content = SCRIPT.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise RuntimeError(
            f"axe-core {VERSION} has the hash {found}, not {SHA256}: delete {SCRIPT} and fetch it again"
        )
    return content.decode("utf-8")


def _fetch() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            "npm",
            "pack",
            f"axe-core@{VERSION}",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            scratch,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(scratch).glob("*.tgz")
        with tarfile.open(archive) as package:
            member = package.extractfile("package/axe.min.js")
            if member is None:
                raise RuntimeError("the package axe-core holds no axe.min.js")
            content = member.read()
    SCRIPT.parent.mkdir(parents=True, exist_ok=True)
    half = SCRIPT.with_suffix(".half")
    half.write_bytes(content)
    half.rename(SCRIPT)


if __name__ == "__main__":
    sys.exit(main())
