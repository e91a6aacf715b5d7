#!/usr/bin/env bash
# Prints the path of a repave of this checkout: the native program of the release whose tag is checked out, or, where there is none, one that is compiled
# with the .NET SDK, once a commit. Usage: scripts/get-or-build.sh FOLDER [VERSION]
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
folder="$1"
version="${2:-}"
version="${version#v}"
# git gives its hooks variables that name the repository of the commit, which this is not.
in_root() { env -u GIT_DIR -u GIT_WORK_TREE -u GIT_INDEX_FILE git -C "$root" "$@" 2>/dev/null || true; }
if [ -z "$version" ]; then
  version="$(in_root tag --points-at HEAD | sed -n 's/^v\([0-9].*\)$/\1/p' | head -n 1)"
fi
if [ -z "$version" ] && [ -f "$root/.git/FETCH_HEAD" ]; then
  # A clone of one commit has no tags, but remembers what it fetched; pre-commit makes such clones.
  commit="$(in_root rev-parse HEAD)"
  version="$(sed -n "s/^$commit[[:space:]].*tag 'v\([0-9][^']*\)' of .*/\1/p" "$root/.git/FETCH_HEAD" | head -n 1)"
fi
case "$version" in *[!0-9A-Za-z.+-]*) version="" ;; esac

if [ -n "$version" ]; then
  status=0
  "$root/scripts/get.sh" "$version" "$folder" || status=$?
  if [ "$status" -ne 3 ]; then exit "$status"; fi
fi

commit="$(in_root rev-parse HEAD)"
built="$folder/built-${commit:-here}"
if [ ! -f "$built/complete" ]; then
  if ! command -v dotnet >/dev/null; then
    echo "There is no released program to download, and no .NET 10 SDK on the PATH to compile one." >&2
    exit 1
  fi
  echo "There is no released program for this version: it is compiled, once." >&2
  DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet publish "$root/server/Repave.Cli" -c Release -p:RunAnalyzers=false -o "$built" >&2
  touch "$built/complete"
fi
if [ -f "$built/repave.exe" ]; then echo "$built/repave.exe"; else echo "$built/repave"; fi
