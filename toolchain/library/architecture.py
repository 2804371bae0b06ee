"""What a library is compiled for: a Llama 2 shape and one of WebLLM's weight layouts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

GROUP = 32
"""Weights that share a scale, along the input axis."""
PER_WORD = 8
"""4-bit values in a uint32."""

LAYOUTS = {"q0f32": "float32", "q4f32_1": "float32", "q4f16_1": "float16"}
"""Layout -> type of activations and scales. q0 has no quantisation; it is for checking."""


@dataclass(frozen=True)
class Architecture:
    hidden: int
    intermediate: int
    heads: int
    kv_heads: int
    layers: int
    head_dim: int
    vocabulary: int
    rms_norm_eps: float
    rope_theta: float
    context_tokens: int
    prefill_chunk_tokens: int
    layout: str

    @property
    def dtype(self) -> str:
        return LAYOUTS[self.layout]

    @property
    def is_quantised(self) -> bool:
        return not self.layout.startswith("q0")

    @staticmethod
    def read(config_file: Path, layout: str) -> Architecture:
        """From a config.json with Hugging Face's names, as `toolchain/cria/config.json` has them."""
        config = json.loads(config_file.read_text())
        heads = config["num_attention_heads"]
        return Architecture(
            hidden=config["hidden_size"],
            intermediate=config["intermediate_size"],
            heads=heads,
            kv_heads=config.get("num_key_value_heads", heads),
            layers=config["num_hidden_layers"],
            head_dim=config.get("head_dim", config["hidden_size"] // heads),
            vocabulary=config["vocab_size"],
            rms_norm_eps=config["rms_norm_eps"],
            rope_theta=config.get("position_embedding_base", 10000),
            context_tokens=config["context_window_size"],
            prefill_chunk_tokens=config["prefill_chunk_size"],
            layout=layout,
        )
