#!/bin/sh
# Does a wheel alone make and build a project? Run by `make package`; BIN has the tools.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
bin=$(cd "$BIN" && pwd)
"$bin/python" -m build --no-isolation --wheel --sdist --outdir "$scratch/dist" . >"$scratch/log" 2>&1 ||
  { cat "$scratch/log"; exit 1; }
"$bin/python" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip --disable-pip-version-check --quiet install \
  --require-hashes --requirement requirements.lock
"$scratch/venv/bin/python" -m pip --disable-pip-version-check --quiet install --no-deps "$scratch"/dist/*.whl
cd "$scratch"
venv/bin/kb init x
cd x
../venv/bin/kb build
test -f site/index.html
test -f content/topics.yaml
test -n "$(find site/assets -name 'kb.*.css')"
../venv/bin/python -m kb build | cat
echo "package: a wheel alone makes and builds a project"
