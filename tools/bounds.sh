#!/usr/bin/env bash
# Test cnnlib with the lowest versions that pyproject.toml allows, in an environment that
# is thrown away. Tests that compare with Keras are left out, as it is no dependency.
set -eu
uv=.venv/bin/uv
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
$uv venv --quiet --python .venv/bin/python "$folder"
export VIRTUAL_ENV="$folder"
$uv pip install --quiet --resolution lowest-direct -r pyproject.toml
$uv pip install --quiet --constraints requirements.lock hypothesis pytest
"$folder/bin/python" -c "
from importlib.metadata import version
print(*(f'{name} {version(name)}' for name in ('numpy', 'matplotlib')), sep=', ')"
# what newer packages below these call out of date is not cnnlib's
"$folder/bin/python" -m pytest -q -p no:cacheprovider --confcutdir=tests/unit \
  -W ignore::DeprecationWarning -k "not keras and not tensorflow" \
  tests/unit/{diagrams,layers,network,ops,plans,plots} \
  tests/unit/test_{optimizers,shapes,source,startup,validate}.py
