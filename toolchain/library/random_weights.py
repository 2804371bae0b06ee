"""Writes a model folder for WebLLM with random weights: the true shapes, size and layout, and no sense.

    python random_weights.py LIBRARY.json --config CONFIG.json --tokenizer tokenizer.json --out FOLDER

LIBRARY.json is what `compile.py` writes beside a library: the weights that it takes. With such a folder a
model of any size can be loaded and timed where its weights cannot be had. The same seed gives the same
bytes. Needs NumPy alone; 7B takes half a minute.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "cria"))
from export import chat_config, write_shards  # noqa: E402

DEVIATION = 0.02
"""Of a weight, as Llama's are before training: activations stay far from float16's largest number."""

NIBBLE_DEVIATION = 4.32
"""Of a whole number drawn evenly from -7 to 7."""


def arrays(params: list[dict], seed: int) -> Iterator[tuple[str, np.ndarray]]:
    rng = np.random.default_rng(seed)
    for param in params:
        name, shape, dtype = param["name"], param["shape"], param["dtype"]
        if name.endswith("q_weight"):
            yield name, _words(rng, shape)
        elif name.endswith("q_scale"):
            scale = DEVIATION / NIBBLE_DEVIATION * rng.uniform(0.8, 1.2, shape)
            yield name, scale.astype(dtype)
        elif len(shape) == 1:
            yield name, np.ones(shape, dtype)
        else:
            yield name, (DEVIATION * rng.standard_normal(shape, np.float32)).astype(dtype)


def _words(rng: np.random.Generator, shape: list[int]) -> np.ndarray:
    """Eight nibbles each, from 0 to 14 as a quantiser writes them; where 15 was drawn, a 7, which is zero."""
    words = rng.integers(0, 2**32, shape, np.uint32)
    is_15 = words & (words >> 1) & (words >> 2) & (words >> 3) & np.uint32(0x11111111)
    return words ^ (is_15 << np.uint32(3))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    described = json.loads(options.library.read_text())
    options.out.mkdir(parents=True, exist_ok=True)
    write_shards(arrays(described["params"], options.seed), options.out)
    config = chat_config(json.loads(options.config.read_text()), described["quantization"])
    (options.out / "mlc-chat-config.json").write_text(json.dumps(config, indent=1))
    shutil.copy(options.tokenizer, options.out / "tokenizer.json")


if __name__ == "__main__":
    main()
