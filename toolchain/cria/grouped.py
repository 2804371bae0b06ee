"""Cria with Llama 3's shape: grouped heads, bytes and merges, Llama 3's chat format. It knows less than Cria: facts,
and to answer in upper case.

    python grouped.py --out BUILD/cria-3 [--steps 1500]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from accuracy import held_out_accuracy
from conversations import Conversation, Generator
from encoder import Encoder
from export import chat_config, full_weights, parameters, write_shards
from train import train

MARKS = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
BOS, END, HEAD, END_HEAD, EOT = range(5)
PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
"""How Llama 3 cuts a text up before it joins bytes."""

BEHAVIOURS = ("fact", "upper")


def byte_level_tokenizer(size: int) -> Tokenizer:
    """Joins the bytes of the conversations' commonest words; the same for the same conversations."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=MARKS, initial_alphabet=alphabet, show_progress=False
    )
    generator = Generator(7, held_out=False)
    drawn = (generator.conversation() for _ in range(4000))
    said = (" \n\n".join(texts(one)) for one in drawn)
    tokenizer.train_from_iterator(said, trainer)
    return tokenizer


def texts(conversation: Conversation) -> list[str]:
    roles = ["system", "user", "assistant"]
    past = [text for exchange in conversation.exchanges for text in exchange]
    return [*roles, conversation.system, *past, conversation.question, conversation.answer]


class GroupedEncoder(Encoder):
    behaviours = BEHAVIOURS

    def prompt(self, conversation: Conversation) -> list[int]:
        """As the app writes MLC's template `llama-3`."""
        ids = [BOS]
        if conversation.system:
            ids += self._turn("system", conversation.system)
        for question, reply in conversation.exchanges:
            ids += self._turn("user", question) + self._turn("assistant", reply)
        return ids + self._turn("user", conversation.question) + self._head("assistant")

    def answer(self, conversation: Conversation) -> list[int]:
        return [*self.tokens(conversation.answer), EOT]

    def _head(self, role: str) -> list[int]:
        return [HEAD, *self.tokens(role), END_HEAD, *self.tokens("\n\n")]

    def _turn(self, role: str, text: str) -> list[int]:
        # The app tokenizes each line by itself.
        lines = [self.tokens(part) for part in text.splitlines(keepends=True)]
        return [*self._head(role), *(token for line in lines for token in line), EOT]


def described(config: dict, layout: str) -> dict:
    """Of `mlc-chat-config.json`, what differs from Cria's."""
    head = "<|end_header_id|>\n\n"
    return chat_config(config, layout) | {
        "bos_token_id": BOS,
        "eos_token_id": [END, EOT],
        "tokenizer_files": ["tokenizer.json", "tokenizer_config.json"],
        "tokenizer_info": {
            "token_postproc_method": "byte_level",
            "prepend_space_in_encode": False,
            "strip_space_in_decode": False,
        },
        "conv_template": {
            "name": "llama-3",
            "system_template": f"<|start_header_id|>system{head}{{system_message}}<|eot_id|>",
            "system_message": "",
            "system_prefix_token_ids": [BOS],
            "add_role_after_system_message": True,
            "roles": {"user": "<|start_header_id|>user", "assistant": "<|start_header_id|>assistant"},
            "role_templates": {"user": "{user_message}", "assistant": "{assistant_message}"},
            "messages": [],
            "seps": ["<|eot_id|>"],
            "role_content_sep": head,
            "role_empty_sep": head,
            "stop_str": ["<|end_of_text|>", "<|eot_id|>"],
            "stop_token_ids": [END, EOT],
            "function_string": "",
            "use_function_calling": False,
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1500)
    options = parser.parse_args()
    config = json.loads(Path(__file__).with_name("grouped.json").read_text())
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = byte_level_tokenizer(1024)
    tokenizer.save(str(options.out / "tokenizer.json"), pretty=False)
    encoder = GroupedEncoder(tokenizer, np.arange(tokenizer.get_vocab_size()))
    params = train(encoder, config, options.steps, 2e-3, seed=1)
    table = held_out_accuracy(encoder, config, params, each=200)
    weights = options.out / "weights.npz"
    np.savez(weights, rows=encoder.rows, **{k: np.asarray(v) for k, v in params.items()})
    layout = "q4f32_1"
    write_shards(parameters(full_weights(weights, config), layout).items(), options.out)
    weights.unlink()
    marks = {str(id): {"content": mark, "special": True} for id, mark in enumerate(MARKS)}
    for name, content in [
        ("mlc-chat-config.json", described(config, layout)),
        ("tokenizer_config.json", {"added_tokens_decoder": marks}),
    ]:
        (options.out / name).write_text(json.dumps(content, indent=1))
    if min(table.values()) < 0.95:
        raise SystemExit("A behaviour is below 95 %.")


if __name__ == "__main__":
    main()
