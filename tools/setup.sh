#!/usr/bin/env bash
# Usage: setup.sh PYTHON UV_VERSION GROUP... Makes .venv, or brings it up to date, with
# these groups of requirements/ and those that it has already; any other package goes.
set -u
python=$1 uv_version=$2
shift 2
needs_network() {
  echo "The packages could not be installed (the reason is above)." >&2
  echo "The first run needs a network that reaches a Python package index;" >&2
  echo "after that, make works without one." >&2
  exit 1
}
if ! bash tools/own_venv.sh; then
  rm -rf .venv
  "$python" -m venv .venv || {
    echo "No virtual environment could be made with $python." >&2
    echo "On Debian or Ubuntu: apt-get install python3-venv" >&2
    exit 1
  }
fi
if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$uv_version" ]; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --retries 1 "uv==$uv_version" || needs_network
fi
groups=$(printf '%s\n' "$@" $(cat .venv/.groups 2>/dev/null) | sort -u)
wanted=()
for group in $groups; do wanted+=(-r "requirements/$group.txt"); done
case " "$groups" " in *run*) wanted+=(-e .) ;; esac
# the environment is this folder's own, whatever else may be active
VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv pip install --quiet --exact "${wanted[@]}" ||
  needs_network
echo $groups >.venv/.groups
