"""Checks a compiled library in Chromium against the NumPy reference, logit by logit.

    python verify.py --model FOLDER --library X.wasm [--arrays cupy] [--tolerance 0.05]

The tokens are given, not sampled, so one wrong step cannot hide behind another. They cross all that
has gone wrong before: a prompt of two chunks, tokens one by one, a second turn over a filled cache.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from reference import Reference

TOLERANCES = {"lavapipe": {"float32": 1e-3, "float16": 0.1}}
OTHER_TOLERANCES = {"float32": 1e-2, "float16": 0.1}
"""Largest difference of a logit, in units of the logits' standard deviation, by adapter and type.

Float32 in another order gives 1e-5 (measured against the reference in float64); lavapipe gives up to 1e-4,
SwiftShader up to 9e-3, as far as WGSL's own bounds for sin, cos and exp2 explain it (2^-11 absolute for sin
and cos, more beyond pi). float16 gives 0.03 where sums are float32, and 0.1 with dlight's sums. The faults
seen so far gave 0.5 and more."""


def tolerance(model: Path) -> float:
    """For the folder's layout on the adapter that CORRAL_WEBGPU names."""
    layout = json.loads((model / "mlc-chat-config.json").read_text())["quantization"]
    adapter = os.environ.get("CORRAL_WEBGPU", "software")
    return TOLERANCES.get(adapter, OTHER_TOLERANCES)[
        "float16" if "f16" in layout else "float32"
    ]


def steps(embeddings, chunk: int) -> list[dict]:
    rng = np.random.default_rng(5)
    # Cria's unused tokens have empty embeddings, which would check nothing.
    used = np.flatnonzero(_on_host(abs(embeddings).max(-1) > 0))

    def tokens(count: int) -> list[int]:
        return [int(token) for token in rng.choice(used, count)]

    def one_by_one(count: int) -> list[dict]:
        return [{"ids": [token], "isPrefill": False} for token in tokens(count)]

    return [
        {"ids": [1, *tokens(chunk + 20)], "isPrefill": True},
        *one_by_one(3),
        {"ids": [1, *tokens(24)], "isPrefill": True},
        *one_by_one(3),
    ]


def _on_host(array) -> np.ndarray:
    return array if isinstance(array, np.ndarray) else array.get()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--arrays", choices=("numpy", "cupy"), default="numpy")
    parser.add_argument("--tolerance", type=float, help="default: by layout and adapter")
    options = parser.parse_args()
    allowed = options.tolerance or tolerance(options.model)
    xp = importlib.import_module(options.arrays)
    reference = Reference(options.model, xp)
    embeddings = reference.weights["model.embed_tokens.weight"]
    plan = steps(embeddings, reference.config["prefill_chunk_size"])
    with tempfile.TemporaryDirectory() as folder:
        steps_file, logits_file = Path(folder, "steps.json"), Path(folder, "logits.bin")
        steps_file.write_text(json.dumps(plan))
        browser = Path(__file__).with_name("browser.mjs")
        subprocess.run(
            ["node", browser, options.model, options.library, steps_file, logits_file], check=True
        )
        found = np.fromfile(logits_file, np.float32).reshape(len(plan), -1)
    worst = 0.0
    for step, logits in zip(plan, found, strict=True):
        wanted = _on_host(reference.feed(step["ids"]))
        error = float(np.abs(logits - wanted).max() / wanted.std())
        worst = max(worst, error)
        same = "same" if logits.argmax() == wanted.argmax() else "OTHER"
        print(f"{len(step['ids']):4} tokens: largest error {error:.1e}, {same} first token")
    print(f"largest error {worst:.1e} of a standard deviation, tolerance {allowed:.0e}")
    if not worst <= allowed:
        raise SystemExit("The library does not agree with the reference.")


if __name__ == "__main__":
    main()
