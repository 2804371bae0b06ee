// Works that are part of other packages' files, so that no package.json lists them.

/**
 * @typedef {object} EmbeddedWork
 * @property {string} name
 * @property {string} within The package, `set-up` for downloads of the set-up, or the project's own file.
 * @property {string} licence SPDX.
 * @property {string} repository
 * @property {string | null} copyright The notice that the licence requires; null for none.
 */

/** @type {readonly EmbeddedWork[]} */
export const embeddedWorks = [
  {
    name: 'llama.cpp and ggml (compiled to wasm)',
    within: '@wllama/wllama',
    licence: 'MIT',
    repository: 'https://github.com/ggml-org/llama.cpp',
    copyright: 'Copyright (c) 2023-2026 The ggml authors',
  },
  {
    name: 'QuickJS (compiled to wasm)',
    within: '@jitl/quickjs-wasmfile-release-sync',
    licence: 'MIT',
    repository: 'https://github.com/bellard/quickjs',
    copyright: 'Copyright (c) 2017-2025 Fabrice Bellard; Copyright (c) 2017-2025 Charlie Gordon',
  },
  {
    name: 'PDF.js',
    within: 'unpdf',
    licence: 'Apache-2.0',
    repository: 'https://github.com/mozilla/pdf.js',
    copyright: 'Copyright 2024 Mozilla Foundation',
  },
  {
    name: 'CPython and its standard library (compiled to wasm)',
    within: 'pyodide',
    licence: 'PSF-2.0',
    repository: 'https://github.com/python/cpython',
    copyright: null,
  },
  {
    name: 'libffi (compiled to wasm)',
    within: 'pyodide',
    licence: 'MIT',
    repository: 'https://github.com/libffi/libffi',
    copyright: 'Copyright (c) 1996-2024 Anthony Green, Red Hat, Inc and others.',
  },
  {
    name: 'Expat (compiled to wasm)',
    within: 'pyodide',
    licence: 'MIT',
    repository: 'https://github.com/libexpat/libexpat',
    copyright:
      'Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper; Copyright (c) 2001-2024 Expat maintainers',
  },
  {
    name: 'libmpdec (compiled to wasm)',
    within: 'pyodide',
    licence: 'BSD-2-Clause',
    repository: 'https://www.bytereef.org/mpdecimal/',
    copyright: 'Copyright (c) 2008-2020 Stefan Krah. All rights reserved.',
  },
  {
    name: 'zlib (compiled to wasm)',
    within: 'pyodide',
    licence: 'Zlib',
    repository: 'https://github.com/madler/zlib',
    copyright: null,
  },
  {
    name: 'bzip2 and libbzip2 (compiled to wasm)',
    within: 'pyodide',
    licence: 'bzip2-1.0.6',
    repository: 'https://sourceware.org/bzip2/',
    copyright: null,
  },
  {
    name: 'Emscripten’s system libraries (musl, compiler-rt; compiled to wasm)',
    within: 'pyodide; @jitl/quickjs-wasmfile-release-sync',
    licence: 'MIT',
    repository: 'https://github.com/emscripten-core/emscripten',
    copyright:
      'Copyright (c) 2010-2014 Emscripten authors; Copyright © 2005-2020 Rich Felker, et al.',
  },
  {
    name: 'Apache TVM, its JavaScript runtime',
    within: '@mlc-ai/web-llm',
    licence: 'Apache-2.0',
    repository: 'https://github.com/apache/tvm',
    copyright: null,
  },
  {
    name: 'tokenizers-cpp (compiled to wasm)',
    within: '@mlc-ai/web-llm',
    licence: 'Apache-2.0',
    repository: 'https://github.com/mlc-ai/tokenizers-cpp',
    copyright: null,
  },
  {
    name: 'XGrammar (compiled to wasm)',
    within: '@mlc-ai/web-llm',
    licence: 'Apache-2.0',
    repository: 'https://github.com/mlc-ai/xgrammar',
    copyright: null,
  },
  {
    name: 'SmolLM2-135M-Instruct, quantised to Q4_1 (the built-in model)',
    within: 'set-up',
    licence: 'Apache-2.0',
    repository: 'https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct',
    copyright: null,
  },
  {
    name: 'Apache TVM, its runtime (compiled to wasm)',
    within: 'Cria’s cria.wasm',
    licence: 'Apache-2.0',
    repository: 'https://github.com/apache/tvm',
    copyright: null,
  },
  {
    name: 'Emscripten’s system libraries (musl, libc++, compiler-rt; compiled to wasm)',
    within: 'Cria’s cria.wasm',
    licence: 'MIT',
    repository: 'https://github.com/emscripten-core/emscripten',
    copyright:
      'Copyright (c) 2010-2014 Emscripten authors; Copyright © 2005-2020 Rich Felker, et al.',
  },
  {
    name: 'llama-tokenizer-js, its vocabulary and merges',
    within: 'Cria’s tokenizer.json',
    licence: 'MIT',
    repository: 'https://github.com/belladoreai/llama-tokenizer-js',
    copyright: 'Copyright 2023 belladore.ai',
  },
];
