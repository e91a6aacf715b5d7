#!/usr/bin/env bash
# Gets the native program of a release, once its checksum is right, and prints its path: scripts/get.sh VERSION FOLDER
# Ends with 3 where there is no such release or none for this platform, with 1 where what was downloaded is not what the release's sums say.
# REPAVE_RELEASES names another place than the project's own releases, with a folder for each tag (file:// is one too).
set -euo pipefail
version="${1#v}" folder="$2"
base="${REPAVE_RELEASES:-https://github.com/repave/repave/releases/download}/v$version"

program=repave
case "$(uname -s)" in
  Linux) if ldd --version 2>&1 | grep -qi musl; then system=linux-musl; else system=linux; fi ;;
  Darwin) system=osx ;;
  MINGW* | MSYS* | CYGWIN*) system=win program=repave.exe ;;
  *) echo "There is no native program for $(uname -s)." >&2; exit 3 ;;
esac
case "$(uname -m)" in
  x86_64 | amd64) architecture=x64 ;;
  aarch64 | arm64) architecture=arm64 ;;
  *) echo "There is no native program for $(uname -m)." >&2; exit 3 ;;
esac
name="repave-$version-$system-$architecture"
if [ -x "$folder/$name/$program" ]; then
  echo "$folder/$name/$program"
  exit 0
fi

mkdir -p "$folder"
work="$(mktemp -d "$folder/get.XXXXXX")"
trap 'rm -rf "$work"' EXIT
get() { curl --fail --silent --show-error --location --max-time 300 --output "$work/$1" "$base/$1"; }
if ! get SHA256SUMS 2>"$work/error"; then
  echo "There is no release $version at $base: $(tail -n 1 "$work/error")" >&2
  exit 3
fi
expected="$(awk -v name="$name.tar.gz" '$2 == name { print $1 }' "$work/SHA256SUMS")"
if [ -z "$expected" ]; then
  echo "The release $version has no native program for $system-$architecture." >&2
  exit 3
fi
get "$name.tar.gz"
if command -v sha256sum >/dev/null; then found="$(sha256sum < "$work/$name.tar.gz")"; else found="$(shasum -a 256 < "$work/$name.tar.gz")"; fi
if [ "${found%% *}" != "$expected" ]; then
  echo "The checksum of $name.tar.gz is ${found%% *}, the release says $expected. It is not used." >&2
  exit 1
fi
tar -xzf "$work/$name.tar.gz" -C "$work"
# Whoever gets it at the same time has the same bytes.
mv "$work/$name" "$folder/$name" 2>/dev/null || [ -x "$folder/$name/$program" ]
echo "$folder/$name/$program"
