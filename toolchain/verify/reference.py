"""Llama 2 in NumPy, float32, from a model folder as WebLLM loads it: what a library is checked against.
CuPy, which has NumPy's interface, does the same on an NVIDIA GPU; 7B takes NumPy minutes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "cria"))
from quantise import dequantise  # noqa: E402


class Reference:
    def __init__(self, folder: Path, xp: ModuleType = np):
        """`xp` is numpy or cupy."""
        self.xp = xp
        self.config = json.loads((folder / "mlc-chat-config.json").read_text())["model_config"]
        self.weights = read_weights(folder, xp)
        self.caches: list[tuple[np.ndarray, np.ndarray] | None]
        self.caches = [None] * self.config["num_hidden_layers"]
        self.position = 0

    def feed(self, ids: list[int]) -> np.ndarray:
        """Appends the tokens to the KV cache; returns the logits f32[vocabulary] after the last one."""
        np, c, w = self.xp, self.config, self.weights
        heads, kv_heads, d = c["num_attention_heads"], c["num_key_value_heads"], c["head_dim"]
        positions = np.arange(self.position, self.position + len(ids))
        x = w["model.embed_tokens.weight"][np.array(ids)]
        for i in range(c["num_hidden_layers"]):
            layer = f"model.layers.{i}."
            normed = self._norm(x, layer + "input_layernorm.weight")
            qkv = (normed @ w[layer + "self_attn.qkv_proj.weight"].T).reshape(len(ids), -1, d)
            q, k, v = np.split(qkv, [heads, heads + kv_heads], axis=1)
            q, k = self._rotate(q, positions), self._rotate(k, positions)
            if (cache := self.caches[i]) is not None:
                k, v = np.concatenate([cache[0], k]), np.concatenate([cache[1], v])
            self.caches[i] = (k, v)
            k, v = (np.repeat(t, heads // kv_heads, axis=1) for t in (k, v))
            scores = np.einsum("qhd,khd->hqk", q, k) * np.float32(d**-0.5)
            visible = np.arange(len(k))[None, :] <= positions[:, None]
            scores = np.where(visible, scores, -np.inf)
            weights = np.exp(scores - scores.max(-1, keepdims=True))
            weights /= weights.sum(-1, keepdims=True)
            mixed = np.einsum("hqk,khd->qhd", weights, v).reshape(len(ids), heads * d)
            x = x + mixed @ w[layer + "self_attn.o_proj.weight"].T
            normed = self._norm(x, layer + "post_attention_layernorm.weight")
            gate, up = np.split(normed @ w[layer + "mlp.gate_up_proj.weight"].T, 2, axis=-1)
            x = x + (gate / (1 + np.exp(-gate)) * up) @ w[layer + "mlp.down_proj.weight"].T
        self.position += len(ids)
        return self._norm(x[-1:], "model.norm.weight")[0] @ w["lm_head.weight"].T

    def _norm(self, x, name: str):
        mean = (x * x).mean(-1, keepdims=True)
        scale = self.xp.sqrt(mean + np.float32(self.config["rms_norm_eps"]))
        return x / scale * self.weights[name]

    def _rotate(self, x, positions):
        np = self.xp
        half = x.shape[-1] // 2
        frequency = self.config["position_embedding_base"] ** (-np.arange(half) / half)
        angles = (positions[:, None] * frequency)[:, None].astype(np.float32)
        a, b = np.split(x, 2, axis=-1)
        cos, sin = np.cos(angles), np.sin(angles)
        return np.concatenate([a * cos - b * sin, b * cos + a * sin], axis=-1)


def read_weights(folder: Path, xp: ModuleType = np) -> dict:
    """All parameters as f32 arrays of `xp`, dequantised, under their unquantised names."""
    raw: dict[str, np.ndarray] = {}
    for shard in json.loads((folder / "tensor-cache.json").read_text())["records"]:
        data = (folder / shard["dataPath"]).read_bytes()
        for record in shard["records"]:
            start, end = record["byteOffset"], record["byteOffset"] + record["nbytes"]
            array = np.frombuffer(data[start:end], record["dtype"])
            raw[record["name"]] = xp.asarray(array.reshape(record["shape"]))
    weights = {}
    for name, array in raw.items():
        if name.endswith("q_weight"):
            base = name.removesuffix("q_weight")
            weights[base + "weight"] = dequantise(array, raw[base + "q_scale"])
        elif not name.endswith("q_scale"):
            weights[name] = array.astype(np.float32)
    return weights
