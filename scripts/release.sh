#!/usr/bin/env bash
# Makes what a release consists of, for the platform that it runs on, in one folder: scripts/release.sh [--version V] [--native-only|--analyzers-only] [FOLDER]
# --which-version prints the version that git says (the tag, or the next one with how many commits there are since), and makes nothing.
# Two runs over the same commit give the same bytes. --native-only leaves out what does not depend on the platform: of a release one machine makes
# that, and `node scripts/sums.mjs FOLDER` writes checksums and provenance once everything lies in one folder. --analyzers-only makes the analyzers'
# package and nothing else: less than a minute, for comparing.
# Needs the .NET 10 SDK, node 20 with npm, git, and gcc or clang.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

version="" native_only="" analyzers_only="" which="" folder=artifacts/release
while [ $# -gt 0 ]; do
  case "$1" in
    --version) version="$2"; shift 2 ;;
    --native-only) native_only=1; shift ;;
    --analyzers-only) analyzers_only=1; shift ;;
    --which-version) which=1; shift ;;
    -*) echo "unknown option $1" >&2; exit 2 ;;
    *) folder="$1"; shift ;;
  esac
done

# Paths of this machine stay out of what is compiled, and times of today out of what is packed.
export CI=true ContinuousIntegrationBuild=true
commit="$(git rev-parse HEAD)"
SOURCE_DATE_EPOCH="$(git log -1 --format=%ct "$commit")"
export SOURCE_DATE_EPOCH

if [ -z "$version" ]; then
  dotnet tool restore >/dev/null
  version="$(dotnet minver --tag-prefix v --minimum-major-minor 0.1 --verbosity error)"
fi
if [ -n "$which" ]; then echo "$version"; exit 0; fi

case "$(uname -s)" in
  Linux) if ldd --version 2>&1 | grep -qi musl; then system=linux-musl vscode=alpine; else system=linux vscode=linux; fi ;;
  Darwin) system=osx vscode=darwin ;;
  MINGW* | MSYS* | CYGWIN*) system=win vscode=win32 ;;
  *) echo "no native program is made on $(uname -s)" >&2; exit 2 ;;
esac
case "$(uname -m)" in
  x86_64 | amd64) architecture=x64 ;;
  aarch64 | arm64) architecture=arm64 ;;
  *) echo "no native program is made for $(uname -m)" >&2; exit 2 ;;
esac
platform="$system-$architecture"
program=repave
if [ "$system" = win ]; then program=repave.exe; fi

echo "== repave $version for $platform, into $folder"
rm -rf "$folder"
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Packs a project into the folder: pack PROJECT
pack() {
  dotnet pack "$1" -c Release -p:RunAnalyzers=false "-p:Version=$version" -o "$folder"
  rm -f "$folder"/*.snupkg
  for package in "$folder"/*.nupkg; do node scripts/archive.mjs --again "$package"; done
}

if [ -n "$analyzers_only" ]; then
  pack analyzers/Repave.Analyzers.Package
  exit 0
fi

echo "== the analyzers' packages"
# Notices read what was restored, of the analyzers too; what the native program needs is restored with it.
dotnet restore analyzers/Repave.Analyzers.Package -v q
echo "== what models say of their fields"
dotnet run --project schemas/Generator -p:RunAnalyzers=false -- descriptions --out artifacts/descriptions

echo "== the native program"
name="repave-$version-$platform"
dotnet publish server/Repave.Cli -c Release -p:Native=true -p:RunAnalyzers=false "-p:Version=$version" -o "$work/$name"
(cd vscode-extension && npm ci --silent)
node scripts/notices.mjs > "$folder/NOTICES.md"
cp LICENSE "$folder/NOTICES.md" "$work/$name/"
node scripts/archive.mjs "$work/$name" "$name" "$folder/$name.tar.gz"

echo "== the extension that carries it"
rm -rf vscode-extension/server
cp -R "$work/$name" vscode-extension/server
cp LICENSE vscode-extension/LICENSE
(
  cd vscode-extension
  npm run -s check
  npm run -s build
  npx vsce package "$version" --no-update-package-json --no-git-tag-version --no-dependencies --target "$vscode-$architecture" --out "$folder/$name.vsix"
)
rm -rf vscode-extension/server vscode-extension/LICENSE
node scripts/archive.mjs --again "$folder/$name.vsix"

if [ "$system" = linux ]; then
  echo "== the root of an image"
  root="$work/root"
  mkdir -p "$root/usr/bin" "$root/usr/share/doc/repave" "$root/tmp" "$root/work"
  cp "$work/$name/$program" "$root/usr/bin/"
  cp LICENSE "$folder/NOTICES.md" "$root/usr/share/doc/repave/"
  if [ -d "$work/$name/descriptions" ]; then cp -R "$work/$name/descriptions" "$root/usr/bin/"; fi
  # The program's libraries, where its loader looks for them.
  ldd "$work/$name/$program" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
  if [ -f /usr/share/doc/libc6/copyright ]; then cp /usr/share/doc/libc6/copyright "$root/usr/share/doc/repave/libc6.copyright"; fi
  node scripts/archive.mjs "$root" . "$folder/$name-image.tar.gz"
  sed "s/@NAME@/$name/g" scripts/Dockerfile > "$folder/$name.Dockerfile"
fi

if [ -z "$native_only" ]; then
  echo "== the packages"
  pack server/Repave.Cli
  pack analyzers/Repave.Analyzers.Package

  echo "== what it is made of"
  dotnet tool restore >/dev/null
  for project in server/Repave.Cli analyzers/Repave.Analyzers; do
    dotnet dotnet-CycloneDX "$project/$(basename "$project").csproj" --output "$folder" --filename "$(basename "$project")-$version.cdx.json" \
      --output-format Json --set-version "$version" --set-type Application --disable-package-restore --exclude-dev --no-serial-number >/dev/null
  done
  (cd vscode-extension && npm sbom --omit dev --sbom-format cyclonedx) > "$folder/repave-vscode-$version.cdx.json"
  cp LICENSE "$folder/"
  node scripts/sums.mjs "$folder"
fi

# What is compiled names its commit, each part for itself.
if [ "$(git rev-parse HEAD)" != "$commit" ]; then
  echo "Another commit was checked out while the release was made: it is none." >&2
  rm -rf "$folder"
  exit 1
fi
(cd "$folder" && ls -l)
