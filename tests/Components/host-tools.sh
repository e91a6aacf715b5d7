#!/usr/bin/env bash
# Gets the tools of images and hosts whose verdicts the tests ask for, once: installs packer, ignition and ansible-core, and unpacks
# cloud-init, whose package would start services, into a folder of its own. Prints that folder: its bin holds cloud-init.
# Needs root on Debian 12 for apt-get. Takes half a minute the first time, nothing after.
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/repave/host-tools"
if [ -f "$cache/complete" ] && command -v packer ignition-validate ansible-playbook >/dev/null; then
  echo "$cache"
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
{
  apt-get update -qq
  # What cloud-init imports is installed, and it is not.
  apt-get install -y -qq --no-install-recommends packer ignition ansible-core \
    python3-configobj python3-jinja2 python3-jsonpatch python3-jsonschema python3-netifaces python3-oauthlib python3-requests python3-yaml
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # apt downloads as a user of its own.
  chmod 755 "$work"
  (cd "$work" && apt-get download -qq cloud-init)
  rm -rf "$cache"
  mkdir -p "$cache/bin"
  dpkg -x "$work"/cloud-init_*.deb "$cache/root"
  # The system's own Python, whichever comes first on the PATH.
  cat > "$cache/bin/cloud-init" <<SCRIPT
#!/bin/sh
PYTHONPATH="$cache/root/usr/lib/python3/dist-packages" exec /usr/bin/python3 "$cache/root/usr/bin/cloud-init" "\$@"
SCRIPT
  chmod 755 "$cache/bin/cloud-init"
  touch "$cache/complete"
} >&2
echo "$cache"
