"""Trains Cria on synthetic conversations and prints its held-out accuracy.

    python train.py --tokenizer BUILD/tokenizer.json --out BUILD/cria.npz [--minutes 40]

The last third of the steps sees weights as 4-bit quantisation leaves them, and so does the accuracy.
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
from conversations import BEHAVIOURS, Conversation, Generator, prompt_text

BOS, EOS = 1, 2
LENGTHS = (48, 80, 128, 192)
"""Batches are padded to one of these; longer conversations are left out."""
BATCH_TOKENS = 6144
PROMPT_WEIGHT = 0.05
"""A little loss on the prompt's tokens: predicting words helps the early layers."""


class Encoder:
    """Conversations to rows of the trained vocabulary."""

    def __init__(self, tokenizer: Tokenizer, rows: np.ndarray):
        self.tokenizer, self.rows = tokenizer, rows
        self.row_of = {int(token): row for row, token in enumerate(rows)}

    def tokens(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def prompt(self, conversation: Conversation) -> list[int]:
        """As the app sends it: an answer in the history has a space on both sides, then EOS."""
        ids: list[int] = []
        for prompt, reply in prompt_text(conversation):
            ids.append(BOS)
            ids += self.tokens(prompt if reply is None else f"{prompt} {reply} ")
            if reply is not None:
                ids.append(EOS)
        return ids

    def answer(self, conversation: Conversation) -> list[int]:
        """What follows the prompt: the answer with a space before it, then EOS."""
        last, _ = prompt_text(conversation)[-1]
        whole = self.tokens(f"{last} {conversation.answer}")
        start = len(self.tokens(last))
        assert whole[:start] == self.tokens(last), conversation
        return [*whole[start:], EOS]

    def example(self, conversation: Conversation) -> tuple[np.ndarray, int]:
        """Rows of prompt and answer, and where the answer starts."""
        prompt = self.prompt(conversation)
        ids = prompt + self.answer(conversation)
        return np.array([self.row_of[i] for i in ids], np.int32), len(prompt)


def used_rows(tokenizer: Tokenizer) -> np.ndarray:
    """Token ids that conversations use, ascending; the special ones and single bytes are always in."""
    used = set(range(3 + 256))
    for held_out in (False, True):
        generator = Generator(7, held_out=held_out)
        for _ in range(20_000):
            drawn = generator.conversation()
            for prompt, reply in prompt_text(drawn):
                used.update(tokenizer.encode(f"{prompt} {reply or drawn.answer} ").ids)
    return np.array(sorted(used), np.int32)


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


def train(encoder: Encoder, config: dict, minutes: float, peak: float, seed: int) -> model.Params:
    params = model.init(config, len(encoder.rows), seed)
    share_done = 0.0
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

    start, reported, values = time.monotonic(), 0.0, []
    for count, (ids, targets, weights) in enumerate(batches(encoder, seed)):
        share_done = (time.monotonic() - start) / (60 * minutes)
        if share_done >= 1:
            break
        warm_up = min(1.0, (count + 1) / 100)
        rate = peak * warm_up * (0.02 + 0.98 * (0.5 + 0.5 * np.cos(np.pi * share_done)))
        state[1].hyperparams["learning_rate"] = jnp.asarray(rate)
        params, state, value = step(params, state, ids, targets, weights, share_done > 2 / 3)
        values.append(float(value))
        if time.monotonic() - start > reported + 20:
            reported = time.monotonic() - start
            print(f"{reported:5.0f} s, step {count}: loss {np.mean(values):.4f}", flush=True)
            values = []
    return params


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
    for behaviour in BEHAVIOURS:
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
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--each", type=int, default=200, help="held-out conversations a behaviour")
    options = parser.parse_args()
    config = json.loads(Path(__file__).with_name("config.json").read_text())
    tokenizer = Tokenizer.from_file(options.tokenizer)
    encoder = Encoder(tokenizer, used_rows(tokenizer))
    print(f"{len(encoder.rows)} of {config['vocab_size']} tokens are used", flush=True)
    params = train(encoder, config, options.minutes, options.rate, seed=1)
    np.savez(options.out, rows=encoder.rows, **{k: np.asarray(v) for k, v in params.items()})
    table = held_out_accuracy(encoder, config, params, options.each)
    if min(table.values()) < 0.95:
        raise SystemExit("A behaviour is below 95 %.")


if __name__ == "__main__":
    main()
