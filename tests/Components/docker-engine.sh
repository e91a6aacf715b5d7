#!/usr/bin/env bash
# Unpacks a Docker Engine, its client, Compose and a static busybox (from Debian sid, runc from this machine's Debian) into a folder of
# their own, once, and prints that folder. Nothing is installed but iptables, and no service is started; the tests start their own engine.
# Needs root on Debian 12 for apt-get, and root to run the engine. Takes three minutes the first time, nothing after.
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/repave/docker-engine"
if [ -f "$cache/complete" ]; then
  echo "$cache"
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
{
  apt-get update -qq
  # A bridge needs it.
  command -v iptables >/dev/null || apt-get install -y -qq --no-install-recommends iptables
  # The mirror that this machine takes its own packages from.
  mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 '/debian/\?$')
  signature=$(sed -n 's/^Signed-By: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # apt downloads as a user of its own.
  chmod 755 "$work"
  mkdir -p "$work/lists/partial" "$work/archives/partial"
  echo "deb [signed-by=${signature:-/usr/share/keyrings/debian-archive-keyring.gpg}] $mirror sid main" > "$work/sources.list"
  : > "$work/status"
  private=(-oDir::Etc::SourceList="$work/sources.list" -oDir::Etc::SourceParts=/dev/null -oDir::State::Lists="$work/lists"
    -oDir::State::status="$work/status" -oDir::Cache="$work" -oDir::Cache::archives="$work/archives")
  apt-get "${private[@]}" update -qq
  rm -rf "$cache"
  mkdir -p "$cache"
  (cd "$work" && apt-get "${private[@]}" download -qq docker.io docker-cli docker-compose docker-buildx containerd)
  (cd "$work" && apt-get download -qq runc busybox-static)
  for package in "$work"/*.deb; do
    dpkg -x "$package" "$cache"
  done
  touch "$cache/complete"
} >&2
echo "$cache"
