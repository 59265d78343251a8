#!/usr/bin/env bash
# Resolve every package that requirements.txt needs, for Python 3.11 and later.
set -eu
.venv/bin/uv pip compile --universal --python-version 3.11 --no-annotate --quiet \
  --upgrade --no-emit-index-url --no-emit-find-links --no-header \
  --output-file requirements.lock - < <(grep -vE '^(-c|-e)' requirements.txt)
sed -i '1i # Written by `make lock` from requirements.txt. One resolution for Python 3.11 to 3.13.' requirements.lock
