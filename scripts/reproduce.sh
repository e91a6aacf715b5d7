#!/usr/bin/env bash
# Shows that a release depends on its commit alone: makes it again in a clone at another path, under another umask, time zone and locale, and compares
# every file. Usage: scripts/reproduce.sh --version V [FOLDER]
# FOLDER holds a release of this commit; without it, that is made first, in a clone too. Ends with 1 where something differs, and names it.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
version="" folder=""
while [ $# -gt 0 ]; do
  case "$1" in
    --version) version="$2"; shift 2 ;;
    -*) echo "unknown option $1" >&2; exit 2 ;;
    *) folder="$(cd "$1" && pwd)"; shift ;;
  esac
done
[ -n "$version" ] || { echo "which version? (--version V)" >&2; exit 2; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# Makes a release of this commit in a clone: make CLONE OUT
make() {
  git clone --quiet "file://$root" "$1"
  git -C "$1" checkout --quiet "$(git -C "$root" rev-parse HEAD)"
  if ! "$1/scripts/release.sh" --version "$version" "$2" >"$work/log" 2>&1; then
    tail -n 40 "$work/log" >&2
    exit 2
  fi
}

if [ -z "$folder" ]; then
  folder="$work/first"
  make "$work/one" "$folder"
fi
(
  umask 077
  export TZ=Asia/Tokyo LC_ALL=C
  make "$work/a/longer/path/two" "$work/second"
)
if ! diff "$folder/SHA256SUMS" "$work/second/SHA256SUMS" >"$work/difference"; then
  echo "These differ:" >&2
  sed -n 's/^[<>] [0-9a-f]*  //p' "$work/difference" | sort -u >&2
  exit 1
fi
echo "$(wc -l <"$folder/SHA256SUMS") files are the same, byte for byte."
