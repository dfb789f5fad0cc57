"""tests/requirements.md from the suite's `rule` markers: `python -m tools.requirements --check | --write`.

pytest collects and the plugin tests/plugins/requirements.py does the work; this only keeps the list of tests quiet.
"""

import subprocess
import sys


def main(arguments: list[str]) -> int:
    """Collect the whole suite; on failure show what pytest said."""
    if arguments not in (["--check"], ["--write"]):
        print(__doc__)
        return 2
    option = f"{arguments[0]}-requirements"
    command = [sys.executable, "-m", "pytest", "--collect-only", "-qq", option]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-6000:], done.stderr[-2000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
