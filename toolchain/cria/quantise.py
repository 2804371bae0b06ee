"""WebLLM's 4-bit layouts, q4f32_1 and q4f16_1: groups of 32 along the input axis, each with one scale
(float32 or float16), eight 4-bit values to a uint32, lowest nibble first; value = (nibble - 7) * scale."""

from __future__ import annotations

import numpy as np

GROUP = 32
SCALE_TYPES = {"q4f32_1": np.float32, "q4f16_1": np.float16}


def quantise(weight: np.ndarray, layout: str) -> tuple[np.ndarray, np.ndarray]:
    """f32[out, in] -> (uint32[out, in / 8], scale[out, in / 32]); `in` is a multiple of 32."""
    rows, columns = weight.shape
    scale_type = SCALE_TYPES[layout]
    groups = weight.astype(np.float32).reshape(rows, columns // GROUP, GROUP)
    scale = (np.abs(groups).max(-1) / 7).astype(scale_type)
    safe = np.where(scale == 0, 1, scale).astype(np.float32)
    nibbles = np.clip(np.rint(groups / safe[..., None]) + 7, 0, 14).astype(np.uint32)
    nibbles = nibbles.reshape(rows, columns // 8, 8)
    words = np.zeros((rows, columns // 8), np.uint32)
    for at in range(8):
        words |= nibbles[:, :, at] << np.uint32(4 * at)
    return words, scale


def dequantise(words: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """The inverse, as far as there is one: f32[out, in]."""
    rows = words.shape[0]
    nibbles = np.stack([(words >> np.uint32(4 * at)) & np.uint32(15) for at in range(8)], axis=-1)
    values = nibbles.reshape(rows, -1, GROUP).astype(np.float32) - 7
    return (values * scale.astype(np.float32)[..., None]).reshape(rows, -1)
