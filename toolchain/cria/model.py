"""A Llama 2 in JAX: RMSNorm, rotary positions, SwiGLU, untied head; weights named and fused as WebLLM's
libraries want them (`qkv_proj` rows: all queries, all keys, all values; `gate_up_proj`: gate, then up).

Only the vocabulary's used rows are trained. The other rows of the head are zero, so that their logits
are zero; `loss` counts them in the softmax.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from quantise import GROUP

Params = dict[str, jax.Array]


def init(config: dict, used_rows: int, seed: int) -> Params:
    """Matrices are [out, in], float32."""
    rng = np.random.default_rng(seed)
    h, inter, head_dim = config["hidden_size"], config["intermediate_size"], config["head_dim"]
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]

    def matrix(rows: int, columns: int, scale: float = 1.0) -> jax.Array:
        return jnp.asarray(rng.standard_normal((rows, columns), np.float32) * scale * columns**-0.5)

    depth_scale = (2 * config["num_hidden_layers"]) ** -0.5
    params = {
        "model.embed_tokens.weight": jnp.asarray(rng.standard_normal((used_rows, h), np.float32) * 0.5),
        "model.norm.weight": jnp.ones(h),
        "lm_head.weight": matrix(used_rows, h),
    }
    for i in range(config["num_hidden_layers"]):
        layer = f"model.layers.{i}."
        params |= {
            layer + "self_attn.qkv_proj.weight": matrix((heads + 2 * kv_heads) * head_dim, h),
            layer + "self_attn.o_proj.weight": matrix(h, heads * head_dim, depth_scale),
            layer + "mlp.gate_up_proj.weight": matrix(2 * inter, h),
            layer + "mlp.down_proj.weight": matrix(h, inter, depth_scale),
            layer + "input_layernorm.weight": jnp.ones(h),
            layer + "post_attention_layernorm.weight": jnp.ones(h),
        }
    return params


def fake_quantise(params: Params) -> Params:
    """The values that 4-bit quantisation leaves (see quantise.py), with gradients as if it were not there."""

    def one(w: jax.Array) -> jax.Array:
        if w.ndim == 1:
            return w
        groups = w.reshape(w.shape[0], -1, GROUP)
        scale = jnp.maximum(jnp.abs(groups).max(-1, keepdims=True) / 7, 1e-12)
        rounded = (jnp.clip(jnp.round(groups / scale), -7, 7) * scale).reshape(w.shape)
        return w + jax.lax.stop_gradient(rounded - w)

    return {name: one(w) for name, w in params.items()}


def logits(params: Params, config: dict, ids: jax.Array) -> jax.Array:
    """ids i32[batch, length] (rows of the trained vocabulary) -> f32[batch, length, rows]."""
    heads, kv_heads, d = (
        config["num_attention_heads"],
        config["num_key_value_heads"],
        config["head_dim"],
    )
    batch, length = ids.shape
    angles = _angles(config, length)
    causal = jnp.tril(jnp.ones((length, length), bool))
    x = params["model.embed_tokens.weight"][ids]
    for i in range(config["num_hidden_layers"]):
        layer = f"model.layers.{i}."
        normed = _norm(x, params[layer + "input_layernorm.weight"], config)
        qkv = normed @ params[layer + "self_attn.qkv_proj.weight"].T
        qkv = qkv.reshape(batch, length, heads + 2 * kv_heads, d)
        q, k, v = jnp.split(qkv, [heads, heads + kv_heads], axis=2)
        q, k = _rotate(q, angles), _rotate(k, angles)
        k, v = (jnp.repeat(t, heads // kv_heads, axis=2) for t in (k, v))
        scores = jnp.einsum("bqhd,bkhd->bhqk", q, k) * d**-0.5
        weights = jax.nn.softmax(jnp.where(causal, scores, -1e9), axis=-1)
        mixed = jnp.einsum("bhqk,bkhd->bqhd", weights, v).reshape(batch, length, heads * d)
        x = x + mixed @ params[layer + "self_attn.o_proj.weight"].T
        normed = _norm(x, params[layer + "post_attention_layernorm.weight"], config)
        gate, up = jnp.split(normed @ params[layer + "mlp.gate_up_proj.weight"].T, 2, axis=-1)
        x = x + (jax.nn.silu(gate) * up) @ params[layer + "mlp.down_proj.weight"].T
    return _norm(x, params["model.norm.weight"], config) @ params["lm_head.weight"].T


def loss(
    params: Params, config: dict, ids: jax.Array, targets: jax.Array, weights: jax.Array
) -> jax.Array:
    """Cross-entropy, by `weights`, over the whole vocabulary: unused rows have the logit zero."""
    out = logits(params, config, ids)
    unused = jnp.log(float(config["vocab_size"] - out.shape[-1]))
    total = jnp.logaddexp(jax.nn.logsumexp(out, axis=-1), unused)
    chosen = jnp.take_along_axis(out, targets[..., None], axis=-1)[..., 0]
    return ((total - chosen) * weights).sum() / weights.sum()


def _norm(x: jax.Array, weight: jax.Array, config: dict) -> jax.Array:
    return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + config["rms_norm_eps"]) * weight


def _angles(config: dict, length: int) -> jax.Array:
    half = config["head_dim"] // 2
    frequency = config["position_embedding_base"] ** (-np.arange(half) / half)
    return jnp.asarray(np.arange(length)[:, None] * frequency, jnp.float32)


def _rotate(x: jax.Array, angles: jax.Array) -> jax.Array:
    """Rotary positions; the pairs are (i, i + head_dim / 2), as in Hugging Face's and MLC's Llama."""
    a, b = jnp.split(x, 2, axis=-1)
    cos, sin = jnp.cos(angles)[:, None], jnp.sin(angles)[:, None]
    return jnp.concatenate([a * cos - b * sin, b * cos + a * sin], axis=-1)
