"""Conversations as token ids, and those as rows of the part of the vocabulary that is trained."""

from __future__ import annotations

import numpy as np
from tokenizers import Tokenizer

from conversations import Conversation, Generator, prompt_text

BOS, EOS = 1, 2
LENGTHS = (48, 80, 128, 192)
"""Batches are padded to one of these; longer conversations are left out."""


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
