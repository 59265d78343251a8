#!/usr/bin/env bash
# Resolve every package that the groups need, for Python 3.11 and later.
# Usage: lock.sh [--upgrade]. Without it, what the lock has already stays.
set -eu
resolve() {
  grep -hvE '^(#|-|$)' requirements/*.txt | .venv/bin/uv pip compile --universal \
    --python-version 3.11 --no-annotate --quiet --no-emit-index-url \
    --no-emit-find-links --no-header "$@" -
}
cp requirements.lock requirements.lock.new
trap 'rm -f requirements.lock.new' EXIT
resolve "$@" --output-file requirements.lock.new >/dev/null
{
  echo "# Written by \`make lock\` from requirements/. One resolution for Python 3.11 to 3.13."
  grep -v '^#' requirements.lock.new
} >requirements.lock
