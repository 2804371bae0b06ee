#!/usr/bin/env bash
# Compiles TVM's browser runtime to wasm objects, once for all libraries (about three minutes).
#   build.sh SITE_PACKAGES TIRX_FOLDER OUT_FOLDER
# SITE_PACKAGES has apache-tvm and apache-tvm-ffi; TIRX_FOLDER is the unpacked wheel apache-tvm-tirx,
# which brings four headers that apache-tvm leaves out. The rest of what it leaves out is in headers/.
set -euo pipefail
packages=$1 tirx=$2/tvm_tirx out=$3
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

# Copies, not links: the sources include each other by "../../".
mkdir -p "$out" "$tree"/{include/tvm,src,3rdparty/tvm-ffi/3rdparty}
cp -r "$here"/headers/. "$tree"
cp "$tirx"/include/tvm/support/{io,serializer,env}.h "$tree/include/tvm/support/"
cp "$tirx"/include/tvm/support/bytes_io.h "$tree/src/support/"
cp -r "$packages/tvm/web" "$tree/web"
cp -r "$packages/tvm/src/runtime" "$tree/src/runtime"
cp -r "$packages/tvm/include/tvm/runtime" "$tree/include/tvm/runtime"
cp -r "$packages"/tvm_ffi/{include,src} "$tree/3rdparty/tvm-ffi/"
cp -r "$packages/tvm_ffi/3rdparty/dlpack" "$tree/3rdparty/tvm-ffi/3rdparty/"

# Compiled inside the tree by relative names, which end up in messages: the same file from any folder.
out=$(cd "$out" && pwd)
cd "$tree"
ffi=3rdparty/tvm-ffi
for part in webgpu_runtime tvmjs_support wasm_runtime; do
  echo "$part …"
  emcc -O3 -std=c++17 -Wno-ignored-attributes -I. -Iinclude -I$ffi/include -I$ffi/3rdparty/dlpack/include \
    -c "web/emcc/$part.cc" -o "$out/$part.o"
done
