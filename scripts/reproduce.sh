#!/usr/bin/env bash
# Shows that a release depends on its commit alone: makes it again in a fresh clone that differs in everything else (path, umask, time zone, locale,
# remote, what is checked out by name, whether compilers keep running) and compares every file.
# Usage: scripts/reproduce.sh --version V [--analyzers-only] [FOLDER]
# FOLDER holds a release of this commit; without it, that is made first, in a clone too. --analyzers-only compares the analyzers' package: a minute, not ten.
# Ends with 1 where something differs, and names it, down to the entries of archives.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
version="" folder="" only=()
while [ $# -gt 0 ]; do
  case "$1" in
    --version) version="$2"; shift 2 ;;
    --analyzers-only) only=("$1"); shift ;;
    -*) echo "unknown option $1" >&2; exit 2 ;;
    *) folder="$(cd "$1" && pwd)"; shift ;;
  esac
done
[ -n "$version" ] || { echo "which version? (--version V)" >&2; exit 2; }

commit="$(git -C "$root" rev-parse HEAD)"
if [ -n "$(git -C "$root" status --porcelain --untracked-files=no)" ]; then
  echo "note: what is not committed is left out: $commit is made" >&2
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# Makes a release of this commit in a clone: make CLONE OUT
make() {
  git -C "$1" checkout --quiet "${branch[@]}" "$commit"
  if ! "$1/scripts/release.sh" --version "$version" "${only[@]}" "$2" >"$work/log" 2>&1; then
    tail -n 40 "$work/log" >&2
    exit 2
  fi
}

if [ -z "$folder" ]; then
  folder="$work/first"
  git clone --quiet "file://$root" "$work/one"
  # As a workflow has it: a branch of a repository on GitHub.
  git -C "$work/one" remote set-url origin https://github.com/repave/repave.git
  branch=(-B main)
  make "$work/one" "$folder"
fi
(
  umask 077
  export TZ=Asia/Tokyo LC_ALL=C
  # Compilers of the first run are not asked again: what they keep in memory is no part of the commit.
  export UseSharedCompilation=false MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
  second="$work/a/longer/path/two"
  git clone --quiet "file://$root" "$second"
  # As a stranger has it: a commit, of a copy that lies elsewhere.
  git -C "$second" remote set-url origin ssh://git@git.example.com/a/copy.git
  branch=(--detach)
  make "$second" "$work/second"
)

# What an archive holds, an entry a line, by name; nothing where it is none.
entries() { { node "$root/scripts/archive.mjs" --entries "$1" 2>/dev/null || true; } | sort -k 3; }

sides=("$work/second")
if [ "${#only[@]}" -eq 0 ]; then sides+=("$folder"); fi
same=0 different=0
while read -r file; do
  if cmp -s "$folder/$file" "$work/second/$file"; then
    same=$((same + 1))
    continue
  fi
  different=$((different + 1))
  echo "$file differs:" >&2
  # Sums and modes first, names last. Where no entry is named, the archive's own facts differ: order, times, compression.
  diff <(entries "$folder/$file") <(entries "$work/second/$file") | sed -n 's/^[<>] [0-9a-f]* [0-7]* /  /p' | sort -u >&2
done < <(for side in "${sides[@]}"; do ls -A "$side"; done | sort -u)
if [ "$different" -gt 0 ] || [ "$same" -eq 0 ]; then exit 1; fi
echo "The same bytes: $same of $same files."
