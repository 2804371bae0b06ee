"""Writes what a test compares a library's logits with: the steps of `verify.py`, and the reference's logits.

    python expected.py --model FOLDER --out FILE.json

Cria's head has rows only for the tokens that it was trained with; all other logits are zero and left out.
Float32 values are written in base64, little-endian, step by step in the order of `tokens`.
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import numpy as np

from reference import Reference
from verify import steps


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reference = Reference(options.model)
    weights = reference.weights
    plan = steps(weights["model.embed_tokens.weight"], reference.config["prefill_chunk_size"])
    logits = np.stack([reference.feed(step["ids"]) for step in plan])
    tokens = np.flatnonzero(np.abs(weights["lm_head.weight"]).max(-1) > 0)
    expected = {
        "recipe": "toolchain/verify/expected.py",
        "steps": plan,
        "deviations": [float(step.std()) for step in logits],
        "tokens": tokens.tolist(),
        "logits": base64.b64encode(logits[:, tokens].astype("<f4").tobytes()).decode(),
    }
    options.out.write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
