#!/usr/bin/env bash
# Succeed if .venv was made in this folder and its Python runs: a copied or moved one
# starts the old folder's programs and imports the old folder's cnnlib.
unquoted() { tr -d "\"'"; } # each Python puts other quotes round the name
here="$(unquoted <<<"VIRTUAL_ENV=$(pwd -P)/.venv")"
[ -f .venv/bin/activate ] && unquoted <.venv/bin/activate | grep -qF "$here" &&
  .venv/bin/python -c "" 2>/dev/null
