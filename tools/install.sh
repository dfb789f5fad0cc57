#!/bin/sh
# Make .venv and install exactly what a lock file names, hashes checked: tools/install.sh requirements.lock
set -eu

python=${PYTHON:-python3}
cd "$(dirname "$0")/.."

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "需要 Python 3.11 或更高版本，可用 make PYTHON=/path/to/python3.11 指定。" >&2
  echo "Python 3.11 or later is needed; name one with make PYTHON=/path/to/python3.11. Found: $("$python" --version 2>&1 | head -n 1)" >&2
  exit 1
fi
if [ ! -x .venv/bin/pip ]; then
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "这个 Python 缺少 venv 模块。Debian/Ubuntu 请先运行：apt-get install python3-venv" >&2
    echo "This Python lacks the venv module. On Debian or Ubuntu run: apt-get install python3-venv" >&2
    exit 1
  fi
  "$python" -m venv .venv
fi
echo "安装 $1（首次约需一两分钟）… Installing $1 (a minute or two the first time)…"
# --no-deps: the lock file is complete, and an older pip asked for `coverage[toml]` looks past the pinned `coverage`.
.venv/bin/pip install -qq --disable-pip-version-check --no-input --no-deps --require-hashes -r "$1"
.venv/bin/pip check --disable-pip-version-check
