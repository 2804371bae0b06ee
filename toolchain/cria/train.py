"""Trains Cria on synthetic conversations and prints its held-out accuracy.

    python train.py --tokenizer BUILD/tokenizer.json --out BUILD/cria.npz [--steps 4500]

The last third of the steps sees weights as 4-bit quantisation leaves them.
"""

from __future__ import annotations

import argparse
import json
import time
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from tokenizers import Tokenizer

import model
from accuracy import held_out_accuracy
from conversations import Generator
from encoder import LENGTHS, Encoder, used_rows

BATCH_TOKENS = 6144
PROMPT_WEIGHT = 0.05
"""A little loss on the prompt's tokens: predicting words helps the early layers."""


def batches(encoder: Encoder, seed: int):
    """Endless (ids, targets, weights), each of one padded length."""
    generator = Generator(seed, held_out=False)
    waiting: dict[int, list[tuple[np.ndarray, int]]] = {length: [] for length in LENGTHS}
    while True:
        rows, start = encoder.example(generator.conversation())
        length = next((length for length in LENGTHS if len(rows) - 1 <= length), None)
        if length is None:
            continue
        waiting[length].append((rows, start))
        if len(waiting[length]) < BATCH_TOKENS // length:
            continue
        ids, targets = (np.zeros((len(waiting[length]), length), np.int32) for _ in range(2))
        weights = np.zeros(ids.shape, np.float32)
        for at, (rows, start) in enumerate(waiting[length]):
            used = len(rows) - 1
            ids[at, :used], targets[at, :used] = rows[:-1], rows[1:]
            weights[at, :used] = PROMPT_WEIGHT
            weights[at, start - 1 : used] = 1
        waiting[length] = []
        yield ids, targets, weights


def train(encoder: Encoder, config: dict, steps: int, peak: float, seed: int) -> model.Params:
    """The same steps give the same weights on every machine, up to rounding."""
    params = model.init(config, len(encoder.rows), seed)
    optimiser = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.inject_hyperparams(optax.adamw)(learning_rate=peak, b2=0.98, weight_decay=0.01),
    )
    state = optimiser.init(params)

    @partial(jax.jit, static_argnames="quantised")
    def step(params, state, ids, targets, weights, quantised):
        def objective(p):
            seen = model.fake_quantise(p) if quantised else p
            return model.loss(seen, config, ids, targets, weights)

        value, gradient = jax.value_and_grad(objective)(params)
        updates, state = optimiser.update(gradient, state, params)
        return optax.apply_updates(params, updates), state, value

    start, values = time.monotonic(), []
    for count, (ids, targets, weights) in zip(range(steps), batches(encoder, seed)):
        share_done = count / steps
        warm_up = min(1.0, (count + 1) / 100)
        rate = peak * warm_up * (0.02 + 0.98 * (0.5 + 0.5 * np.cos(np.pi * share_done)))
        state[1].hyperparams["learning_rate"] = jnp.asarray(rate)
        params, state, value = step(params, state, ids, targets, weights, share_done > 2 / 3)
        values.append(float(value))
        if (count + 1) % 50 == 0:
            passed = time.monotonic() - start
            print(f"step {count + 1} of {steps}, {passed:.0f} s: loss {np.mean(values):.4f}", flush=True)
            values = []
        if (count + 1) % 1000 == 0:
            held_out_accuracy(encoder, config, params, each=40)
    return params


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--steps", type=int, default=4500)
    parser.add_argument("--rate", type=float, default=2e-3)
    options = parser.parse_args()
    config = json.loads(Path(__file__).with_name("config.json").read_text())
    tokenizer = Tokenizer.from_file(options.tokenizer)
    encoder = Encoder(tokenizer, used_rows(tokenizer))
    print(f"{len(encoder.rows)} of {config['vocab_size']} tokens are used", flush=True)
    params = train(encoder, config, options.steps, options.rate, seed=1)
    np.savez(options.out, rows=encoder.rows, **{k: np.asarray(v) for k, v in params.items()})


if __name__ == "__main__":
    main()
