#!/usr/bin/env bash
# Installs a real VS Code workbench (code-server from npm) and a browser to drive it, once a machine, and prints the path of its entry.
# Needs root on Debian 12 for apt-get, and node 20. Takes 2 minutes the first time, nothing after.
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/repave/code-server-4.100.3"
entry="$cache/node_modules/code-server/out/node/entry.js"
if [ -f "$cache/complete" ] && command -v chromium >/dev/null; then
  echo "$entry"
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
{
  apt-get update -qq
  apt-get install -y -qq chromium ripgrep libkrb5-dev g++ make python3
  mkdir -p "$cache"
  cd "$cache"
  npm init -y
  npm install code-server@4.100.3 --ignore-scripts
  npm rebuild argon2
  cd node_modules/code-server/lib/vscode
  npm install --omit=dev --ignore-scripts
  mkdir -p node_modules/@vscode/ripgrep/bin
  cp "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  npm rebuild || true # one post-install step of a module that is not needed complains
  ln -sfn node_modules node_modules.asar
  ln -sf code-linux.sh bin/remote-cli/code-server
  ln -sf browser-linux.sh bin/helpers/browser.sh
  (cd extensions && npm install --omit=dev --ignore-scripts)
  touch "$cache/complete"
} >&2
echo "$entry"
