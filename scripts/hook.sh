#!/usr/bin/env bash
# The hooks of pre-commit: runs a repave that is downloaded, or compiled where no release has one, into the hooks' own clone.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
program="$("$here/get-or-build.sh" "$here/../artifacts/hook")"
exec "$program" "$@"
