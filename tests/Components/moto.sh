#!/usr/bin/env bash
# Puts a server of AWS's API (moto, from Debian trixie, in a folder of its own) on this machine, once, and prints that folder; and the aws client,
# if there is none. Needs root on Debian 12 for apt-get and chroot. Takes 2 minutes the first time, nothing after.
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/repave/moto-trixie"
export DEBIAN_FRONTEND=noninteractive
if ! command -v aws >/dev/null; then
  { apt-get update -qq && apt-get install -y -qq awscli; } >&2
fi
if [ -f "$cache/complete" ]; then
  echo "$cache"
  exit 0
fi

{
  apt-get update -qq
  apt-get install -y -qq debootstrap
  # The mirror that this machine takes its own packages from.
  mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 '/debian/\?$')
  rm -rf "$cache"
  mkdir -p "$cache"
  debootstrap --variant=minbase trixie "$cache" "$mirror"
  # What lets this machine reach it, lets the other Debian too.
  cp -r /etc/apt/apt.conf.d/. "$cache/etc/apt/apt.conf.d/" 2>/dev/null || true
  chroot "$cache" apt-get install -y --no-install-recommends python3-moto python3-cffi-backend python3-yaml python3-jsondiff python3-jsonpath-ng \
    python3-openapi-spec-validator python3-joserfc python3-docker python3-pyparsing python3-aws-xray-sdk python3-flask-cors
  touch "$cache/complete"
} >&2
echo "$cache"
