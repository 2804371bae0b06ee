"""How well trained weights answer held-out conversations, by behaviour.

    python accuracy.py --tokenizer BUILD/tokenizer.json --weights BUILD/cria.npz

The weights are seen as 4-bit quantisation leaves them. Ends in an error if a behaviour is below 95 %.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from tokenizers import Tokenizer

import model
from conversations import BEHAVIOURS, NEW_NAME, Generator
from encoder import LENGTHS, Encoder

LIMIT = 0.95


def held_out_accuracy(encoder: Encoder, config: dict, params: model.Params, each: int) -> dict:
    """Prints and returns, by behaviour, the share of held-out conversations whose greedy answer is
    exact, EOS included."""
    quantised = model.fake_quantise(params)

    @jax.jit
    def next_row(ids, lengths):
        last = model.logits(quantised, config, ids)[jnp.arange(ids.shape[0]), lengths - 1]
        # An unused token, all of which have the logit zero, would win: no answer has row 0, <unk>.
        return jnp.where(last.max(-1) > 0, last.argmax(-1), 0)

    table = {}
    for behaviour in [*BEHAVIOURS, NEW_NAME]:
        generator = Generator(99, held_out=True)
        prompts, wanted = [], []
        while len(prompts) < each:
            rows, start = encoder.example(generator.conversation(behaviour))
            if len(rows) <= LENGTHS[-1]:
                prompts.append(rows[:start])
                wanted.append(rows[start:])
        ids = np.zeros((each, LENGTHS[-1]), np.int32)
        lengths = np.array([len(p) for p in prompts])
        for at, prompt in enumerate(prompts):
            ids[at, : len(prompt)] = prompt
        first = lengths.copy()
        for _ in range(max(map(len, wanted))):
            drawn = np.asarray(next_row(ids, lengths))
            room = lengths < LENGTHS[-1]
            ids[np.arange(each)[room], lengths[room]] = drawn[room]
            lengths = lengths + room
        right = sum(
            np.array_equal(ids[at, first[at] : first[at] + len(answer)], answer)
            for at, answer in enumerate(wanted)
        )
        table[behaviour] = right / each
        print(f"{behaviour:8} {table[behaviour]:7.1%}", flush=True)
    return table


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--each", type=int, default=400, help="held-out conversations a behaviour")
    options = parser.parse_args()
    config = json.loads(Path(__file__).with_name("config.json").read_text())
    trained = dict(np.load(options.weights))
    encoder = Encoder(Tokenizer.from_file(options.tokenizer), trained.pop("rows"))
    params = {name: jnp.asarray(value) for name, value in trained.items()}
    table = held_out_accuracy(encoder, config, params, options.each)
    if min(table[behaviour] for behaviour in BEHAVIOURS) < LIMIT:
        raise SystemExit("A behaviour is below 95 %.")


if __name__ == "__main__":
    main()
