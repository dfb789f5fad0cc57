#!/bin/sh
# Lint openapi/openapi.json, or the file given: Spectral with the oas and OWASP sets, then Redocly's strictest set.
# Any finding fails, a hint too. No telemetry; after the first install nothing asks the network.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
spec=$(realpath -m "${1:-$here/../../openapi/openapi.json}")
cd "$here"

major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
if [ "${major:-0}" -lt 20 ]; then
  echo "openapi-lint: 需要 Node.js 20 或更高版本（及 npm）。 Node.js 20 or later (with npm) is needed; found: ${major:-none}." >&2
  exit 1
fi
if [ ! -f "$spec" ]; then
  echo "openapi-lint: no such file: $spec" >&2
  exit 1
fi

# What is installed is compared with the lock, so that a changed lock is never linted with the old tools.
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed-lock
fi

export SCARF_ANALYTICS=false REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
failed=0
node_modules/.bin/spectral lint --ruleset .spectral.yaml --fail-severity hint --display-only-failures --quiet "$spec" || failed=1
node_modules/.bin/redocly lint --config redocly.yaml --max-problems 1000 --format stylish "$spec" || failed=1
[ "$failed" = 0 ] && echo "openapi-lint: 0 findings in $(basename "$spec")"
exit "$failed"
