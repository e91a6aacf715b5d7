#!/bin/sh
# Builds a program that says what BuildKit reads in Dockerfiles, one JSON object a line, for tests/Fixtures/dockerfile-verdicts.jsonl and for
# corpora (REPAVE_DOCKERFILE_VERDICTS). Needs a checkout of github.com/moby/buildkit, whose vendor folder has all that it needs, and the Go
# that its go.mod asks for.
#
#   tests/Components/buildkit-verdicts.sh CHECKOUT OUTPUT
#   ls *.Dockerfile | OUTPUT > verdicts.jsonl      paths, or texts as JSON strings, a line each
set -eu
checkout=$1
output=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
mkdir -p "$checkout/cmd/verdicts"
cp "$here/buildkit-verdicts/main.go" "$checkout/cmd/verdicts/main.go"
cd "$checkout"
CGO_ENABLED=0 GOFLAGS=-mod=vendor GOTOOLCHAIN=local go build -o "$output" ./cmd/verdicts
