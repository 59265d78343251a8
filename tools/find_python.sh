#!/usr/bin/env bash
# Print a Python between 3.11 and 3.13, or say what is missing. $PYTHON decides if set.
set -u
supported='import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
candidates=(python3 python3.13 python3.12 python3.11 python)
[ -n "${PYTHON:-}" ] && candidates=("$PYTHON")
found=""
for candidate in "${candidates[@]}"; do
  if path=$(command -v "$candidate"); then
    "$path" -c "$supported" 2>/dev/null && { echo "$path"; exit 0; }
    found+=" $candidate is $("$path" --version 2>&1);"
  fi
done
{
  echo "The course needs Python 3.11, 3.12 or 3.13."
  echo "Found:${found:- no Python named ${candidates[*]}.}"
  echo "Install one of them, or name it: make PYTHON=/path/to/python3.12 ..."
} >&2
exit 1
