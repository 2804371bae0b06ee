"""Writes a model folder for WebLLM: quantised weights in shards, their index, and the configuration.

    python export.py --weights BUILD/cria.npz --tokenizer BUILD/tokenizer.json --layout q4f32_1 --out FOLDER
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from quantise import SCALE_TYPES, quantise

SHARD_BYTES = 32 << 20
"""WebLLM keeps a shard in memory whole; the published models use the same limit."""


def full_weights(file: Path, config: dict) -> dict[str, np.ndarray]:
    """The trained rows in their places in the whole vocabulary; all other rows are zero."""
    trained = dict(np.load(file))
    rows = trained.pop("rows")
    for name in ("model.embed_tokens.weight", "lm_head.weight"):
        whole = np.zeros((config["vocab_size"], config["hidden_size"]), np.float32)
        whole[rows] = trained[name]
        trained[name] = whole
    return trained


def parameters(weights: dict[str, np.ndarray], layout: str) -> dict[str, np.ndarray]:
    """As the library takes them: `x.weight` of a matrix becomes `x.q_weight` and `x.q_scale`."""
    quantised: dict[str, np.ndarray] = {}
    for name, weight in weights.items():
        if weight.ndim == 1:
            quantised[name] = weight.astype(SCALE_TYPES[layout])
            continue
        base = name.removesuffix("weight")
        quantised[base + "q_weight"], quantised[base + "q_scale"] = quantise(weight, layout)
    return quantised


def write_shards(arrays: Iterable[tuple[str, np.ndarray]], folder: Path) -> None:
    """Raw little-endian records and `tensor-cache.json`, which names each shard's md5. One shard at a
    time is in memory."""
    index: list[dict] = []
    data, records = bytearray(), []

    def write() -> None:
        path = f"params_shard_{len(index)}.bin"
        (folder / path).write_bytes(data)
        index.append(
            {
                "dataPath": path,
                "format": "raw-shard",
                "nbytes": len(data),
                "records": records,
                "md5sum": hashlib.md5(data).hexdigest(),
            }
        )

    for name, array in arrays:
        if data and len(data) + array.nbytes > SHARD_BYTES:
            write()
            data, records = bytearray(), []
        records.append(
            {
                "name": name,
                "shape": list(array.shape),
                "dtype": str(array.dtype),
                "format": "raw",
                "nbytes": array.nbytes,
                "byteOffset": len(data),
            }
        )
        data += np.ascontiguousarray(array).tobytes()
    write()
    described = {
        "metadata": {
            "ParamSize": sum(len(shard["records"]) for shard in index),
            "ParamBytes": sum(shard["nbytes"] for shard in index),
            "BitsPerParam": 5.0,
        },
        "records": index,
    }
    (folder / "tensor-cache.json").write_text(json.dumps(described))


def chat_config(config: dict, layout: str) -> dict:
    """mlc-chat-config.json; Corral builds prompts itself, the template is for others who load this."""
    return {
        "version": "0.1.0",
        "model_type": "llama",
        "quantization": layout,
        "model_config": config,
        "vocab_size": config["vocab_size"],
        "context_window_size": config["context_window_size"],
        "prefill_chunk_size": config["prefill_chunk_size"],
        "sliding_window_size": -1,
        "attention_sink_size": -1,
        "tensor_parallel_shards": 1,
        "temperature": 0.0,
        "top_p": 1.0,
        "repetition_penalty": 1.0,
        "presence_penalty": 0.0,
        "frequency_penalty": 0.0,
        "pad_token_id": 0,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "tokenizer_files": ["tokenizer.json"],
        "tokenizer_info": {
            "token_postproc_method": "byte_fallback",
            "prepend_space_in_encode": True,
            "strip_space_in_decode": True,
        },
        "conv_template": {
            "name": "llama-2",
            "system_template": "[INST] <<SYS>>\n{system_message}\n<</SYS>>\n\n",
            "system_message": "",
            "system_prefix_token_ids": [1],
            "add_role_after_system_message": False,
            "roles": {"user": "<s>[INST]", "assistant": "[/INST]", "tool": "[INST]"},
            "role_templates": {
                "user": "{user_message}",
                "assistant": "{assistant_message}",
                "tool": "{tool_message}",
            },
            "messages": [],
            "seps": [" ", " </s>"],
            "role_content_sep": " ",
            "role_empty_sep": " ",
            "stop_str": ["[INST]"],
            "stop_token_ids": [2],
            "function_string": "",
            "use_function_calling": False,
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--layout", choices=SCALE_TYPES, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    config = json.loads(Path(__file__).with_name("config.json").read_text())
    options.out.mkdir(parents=True, exist_ok=True)
    weights = parameters(full_weights(options.weights, config), options.layout)
    write_shards(weights.items(), options.out)
    described = json.dumps(chat_config(config, options.layout), indent=1)
    (options.out / "mlc-chat-config.json").write_text(described)
    shutil.copy(options.tokenizer, options.out / "tokenizer.json")
    for file in sorted(options.out.iterdir()):
        print(f"{file.stat().st_size:10} {file.name}")


if __name__ == "__main__":
    main()
