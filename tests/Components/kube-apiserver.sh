#!/usr/bin/env bash
# Builds a real kube-apiserver from Debian's source package once a machine, installs etcd beside it, and prints the path of the binary.
# Needs root on Debian 12 (or a derivative with its archive) for apt-get. Takes 4 minutes the first time, nothing after.
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/repave/kube-apiserver-1.20.2"
if [ -x "$cache/kube-apiserver" ] && command -v etcd >/dev/null; then
  echo "$cache/kube-apiserver"
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A service that a package starts would hold etcd's ports; the tests start their own.
printf '#!/bin/sh\nexit 101\n' > "$work/policy"
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  install -m 755 "$work/policy" "$policy"
  trap 'rm -rf "$work"; rm -f /usr/sbin/policy-rc.d /etc/apt/sources.list.d/repave-source.sources' EXIT
fi

# The source package comes from the same mirror as the machine's binary packages.
apt-get update -qq >&2
mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' | awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')
signature=$(sed -n 's/^Signed-By: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)
sources=/etc/apt/sources.list.d/repave-source.sources
{
  echo "Types: deb-src"
  echo "URIs: ${mirror:-http://deb.debian.org/debian}"
  echo "Suites: bookworm"
  echo "Components: main"
  echo "Signed-By: ${signature:-/usr/share/keyrings/debian-archive-keyring.gpg}"
} > "$sources"
apt-get update -qq >&2
apt-get install -y -qq golang-go golang-github-modern-go-reflect2-dev etcd-server rsync jq make dpkg-dev curl openssl >&2

(cd "$work" && apt-get source -qq --download-only kubernetes >&2)
rm -f "$sources"
mkdir "$work/tree"
tar -xf "$work"/kubernetes_*.orig.tar.* -C "$work/tree" --strip-components=1
# The vendored reflect2 reads maps wrongly when it is built with Go 1.18 or later; Debian's package of it does not.
rm -rf "$work/tree/vendor/github.com/modern-go/reflect2"
cp -rL /usr/share/gocode/src/github.com/modern-go/reflect2 "$work/tree/vendor/github.com/modern-go/reflect2"
(cd "$work/tree" && make WHAT=cmd/kube-apiserver GOFLAGS=-mod=vendor KUBE_GIT_VERSION=v1.20.2 KUBE_GIT_TREE_STATE=archive KUBE_GIT_COMMIT=x >&2)

mkdir -p "$cache"
cp "$work/tree/_output/local/bin/linux/amd64/kube-apiserver" "$cache/kube-apiserver.part"
mv "$cache/kube-apiserver.part" "$cache/kube-apiserver"
echo "$cache/kube-apiserver"
