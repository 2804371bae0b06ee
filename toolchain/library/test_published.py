"""Do the libraries ask for the weights that MLC publishes for Llama 2? No compilation, no network.

    python -m unittest discover -s library

The names are those of the indexes of mlc-ai's Llama-2-*-chat-hf-q4*-MLC folders. The shapes of 7B are
what the official q4f16_1 library reports in mlc-ai/mlc-llm#1551; those of 13B follow from the model's
published sizes (width 5120, feed-forward 13824, 40 layers) in the same layout.
"""

import json
import unittest
from pathlib import Path

from architecture import Architecture
from compile import metadata
from llama import Llama

CONFIGS = Path(__file__).with_name("configs")

PUBLISHED = {
    "llama-2-7b": {
        "layers": 32,
        "width": 4096,
        "vocabulary": ((32000, 512), (32000, 128)),
        "self_attn.qkv_proj": ((12288, 512), (12288, 128)),
        "self_attn.o_proj": ((4096, 512), (4096, 128)),
        "mlp.gate_up_proj": ((22016, 512), (22016, 128)),
        "mlp.down_proj": ((4096, 1376), (4096, 344)),
    },
    "llama-2-13b": {
        "layers": 40,
        "width": 5120,
        "vocabulary": ((32000, 640), (32000, 160)),
        "self_attn.qkv_proj": ((15360, 640), (15360, 160)),
        "self_attn.o_proj": ((5120, 640), (5120, 160)),
        "mlp.gate_up_proj": ((27648, 640), (27648, 160)),
        "mlp.down_proj": ((5120, 1728), (5120, 432)),
    },
}


def published(model: str, scale_type: str) -> dict[str, tuple[tuple[int, ...], str]]:
    """Name -> (shape, type) of every tensor in the folder."""
    of = PUBLISHED[model]
    tensors = {}

    def matrix(name, key):
        words, scales = of[key]
        tensors[f"{name}.q_weight"] = (words, "uint32")
        tensors[f"{name}.q_scale"] = (scales, scale_type)

    matrix("model.embed_tokens", "vocabulary")
    matrix("lm_head", "vocabulary")
    tensors["model.norm.weight"] = ((of["width"],), scale_type)
    for layer in range(of["layers"]):
        prefix = f"model.layers.{layer}"
        for key in ("self_attn.qkv_proj", "self_attn.o_proj", "mlp.gate_up_proj", "mlp.down_proj"):
            matrix(f"{prefix}.{key}", key)
        for norm in ("input_layernorm", "post_attention_layernorm"):
            tensors[f"{prefix}.{norm}.weight"] = ((of["width"],), scale_type)
    return tensors


class PublishedWeights(unittest.TestCase):
    def test_every_tensor_is_asked_for_as_it_is_published(self):
        for model in PUBLISHED:
            for layout, scale_type in (("q4f16_1", "float16"), ("q4f32_1", "float32")):
                with self.subTest(model=model, layout=layout):
                    described = describe(model, layout)
                    asked = {
                        p["name"]: (tuple(p["shape"]), p["dtype"]) for p in described["params"]
                    }
                    self.assertEqual(asked, published(model, scale_type))
                    self.assertEqual(described["quantization"], layout)
                    self.assertEqual(described["context_window_size"], 4096)
                    self.assertEqual(described["prefill_chunk_size"], 1024)
                    self.assertEqual(described["kv_state_kind"], "kv_cache")


def describe(model: str, layout: str) -> dict:
    """The metadata that the compiled library would carry, through JSON as WebLLM reads it."""
    a = Architecture.read(CONFIGS / f"{model}.json", layout)
    built = Llama(a)
    _, parameters = built.export_tvm(spec=built.specification())
    return json.loads(json.dumps(metadata(a, parameters)))


if __name__ == "__main__":
    unittest.main()
