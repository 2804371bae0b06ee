"""Compiles a Llama 2 shape to a model library for WebLLM 0.2.86.

    python compile.py CONFIG.json --layout q4f32_1 --schedule software --runtime BUILD/runtime --out X.wasm

Beside X.wasm it writes X.json, the library's metadata: what weights it takes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from pathlib import Path

import tvm
from tvm import relax, tirx
from tvm.s_tir import dlight

from architecture import LAYOUTS, Architecture
from functions import add_kv_cache, add_sampling
from llama import Llama
from padded_matmul import PaddedMatmul
from schedules import ADAPTERS, DECODES, PREFILLS, SUMS, Schedules
from vector_loads import PIPELINE

RUNTIME_PARTS = ("wasm_runtime", "tvmjs_support", "webgpu_runtime")


def compile_library(
    a: Architecture, *, schedules: Schedules, runtime: Path, out: Path, optimise: str
) -> dict:
    """Returns the seconds that compiling and linking took and the library's bytes."""
    start = time.monotonic()
    target = tvm.target.Target(
        {
            "kind": "webgpu",
            "max_num_threads": 256,
            **({"supports_subgroups": True} if schedules.subgroups else {}),
            "host": {"kind": "llvm", "mtriple": "wasm32-unknown-unknown-wasm"},
        }
    )
    with target:
        model = Llama(a, schedules)
        mod, parameters = model.export_tvm(spec=model.specification())
        mod = add_kv_cache(mod, a, target, lean=schedules.adapter == "software")
        mod = add_sampling(mod, a.vocabulary)
        described = metadata(a, parameters)
        with tvm.transform.PassContext(config={"tirx.disable_cse_tir": True}):
            executable = relax.build(
                mod,
                target=target,
                relax_pipeline=pipeline(a, target, described, schedules),
                tir_pipeline=PIPELINE if schedules.decode == "rows" else "default",
                system_lib=True,
            )
    compiled = time.monotonic()
    executable.export_library(str(out), fcompile=linker(runtime, optimise))
    out.with_suffix(".json").write_text(json.dumps(described, indent=1) + "\n")
    return {
        "compile_s": round(compiled - start, 1),
        "link_s": round(time.monotonic() - compiled, 1),
        "bytes": out.stat().st_size,
    }


def metadata(a: Architecture, parameters) -> dict:
    """What `_metadata` returns; WebLLM reads the parameters' names, the chunk size, the kind of state."""
    return {
        "model_type": "llama",
        "quantization": a.layout,
        "context_window_size": a.context_tokens,
        "prefill_chunk_size": a.prefill_chunk_tokens,
        "sliding_window_size": -1,
        "attention_sink_size": -1,
        "tensor_parallel_shards": 1,
        "pipeline_parallel_stages": 1,
        "disaggregation": False,
        "kv_state_kind": "kv_cache",
        "max_batch_size": 1,
        "model_task": "chat",
        "active_vocab_size": None,
        "kv_cache": {
            "num_hidden_layers": a.layers,
            "num_attention_heads": a.heads,
            "num_key_value_heads": a.kv_heads,
            "head_dim": a.head_dim,
        },
        "params": [
            {
                "name": name,
                "shape": [int(size) for size in parameter.shape],
                "dtype": str(parameter.dtype),
                "preprocs": [],
                "pipeline_stages": [0],
            }
            for name, parameter in parameters
        ],
    }


def pipeline(a: Architecture, target, described: dict, schedules: Schedules) -> tvm.transform.Pass:
    passes = relax.transform
    reductions = [dlight.gpu.Reduction(), dlight.gpu.GeneralReduction(), dlight.gpu.Fallback()]
    matmul = PaddedMatmul() if schedules.prefill == "padded" else dlight.gpu.Matmul()
    matmuls = (
        [matmul, dlight.gpu.GEMV()] if schedules.adapter == "gpu" else [_PlainMatmul()]
    )
    return tvm.transform.Sequential(
        [
            _bounds(a),
            tirx.transform.BindTarget(target),
            relax.backend.DispatchSampling(),
            relax.backend.DispatchSortScan(),
            passes.LegalizeOps(),
            passes.AnnotateTIROpPattern(),
            passes.FoldConstant(),
            passes.FuseOps(),
            passes.FuseTIR(),
            passes.DeadCodeElimination(),
            _without_op_pattern,
            dlight.ApplyDefaultSchedule(*matmuls, *reductions),
            tirx.transform.ForceNarrowIndexToInt32(),
            passes.RewriteDataflowReshape(),
            passes.ToNonDataflow(),
            passes.RemovePurityChecking(),
            passes.CallTIRRewrite(),
            passes.StaticPlanBlockMemory(),
            _with_metadata(described),
            passes.LowerAllocTensor(),
            passes.KillAfterLastUse(),
            passes.LowerRuntimeBuiltin(),
            passes.VMShapeLower(),
            passes.AttachGlobalSymbol(),
        ]
    )


class _PlainMatmul(dlight.base.ScheduleRule):
    def apply(self, func, target, tunable):
        if "NT_matmul" not in func.script():
            return None
        return dlight.gpu.Fallback().apply(func, target, tunable)


def _bounds(a: Architecture):
    """Upper bounds let memory be planned once, for the longest input."""
    bounds = {
        "seq_len": a.prefill_chunk_tokens,
        "total_seq_len": a.context_tokens,
        "batch_size": 1,
        "num_samples": 1,
    }

    @tvm.transform.module_pass(opt_level=0)
    def run(mod, _context):
        for name, function in mod.functions_items():
            if isinstance(function, relax.Function):
                mod[name] = (
                    function.with_attr("tir_var_upper_bound", bounds)
                    .with_attr("tir_non_negative_var", ["vocab_size"])
                    .with_attr("relax.memory_plan_dynamic_func_output", True)
                )
        return mod

    return run


@tvm.transform.module_pass(opt_level=0)
def _without_op_pattern(mod, _context):
    """The annotation has done its work in FuseOps; scheduled functions must not carry it on."""
    for name, function in mod.functions_items():
        if function.attrs is not None and "op_pattern" in function.attrs:
            mod[name] = function.without_attr("op_pattern")
    return mod


def _with_metadata(described: dict):
    @tvm.transform.module_pass(opt_level=0)
    def run(mod, _context):
        builder = relax.BlockBuilder()
        with builder.function("_metadata", params=[]):
            builder.emit_func_output(tvm.ir.StringImm(json.dumps(described)))
        mod["_metadata"] = builder.finalize()["_metadata"]
        return mod

    return run


def linker(runtime: Path, optimise: str):
    def link(output, objects, options=None, **_):
        command = [
            "emcc",
            f"-O{optimise}",
            "-std=c++17",
            "--no-entry",
            *("-s", "WASM_BIGINT=1"),
            *("-s", "ERROR_ON_UNDEFINED_SYMBOLS=0"),
            *("-s", "STANDALONE_WASM=1"),
            *("-s", "ALLOW_MEMORY_GROWTH=1"),
            *("-s", "TOTAL_MEMORY=160MB"),
            *("-o", output),
            *(str(runtime / f"{part}.o") for part in RUNTIME_PARTS),
            *objects,
            *(options or []),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}\n{done.stderr[-4000:]}")

    # The compiler's LLVM is newer than Debian's clang, which cannot read its bitcode.
    link.object_format = "o"
    return link


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("--layout", choices=LAYOUTS, required=True)
    parser.add_argument("--schedule", choices=ADAPTERS, default="gpu")
    parser.add_argument("--sums", choices=SUMS, default="layout")
    parser.add_argument("--prefill", choices=PREFILLS, default="dlight")
    parser.add_argument("--decode", choices=DECODES, default="dlight")
    parser.add_argument("--subgroups", action="store_true", help="for GPUs of 32 lanes only")
    parser.add_argument("--runtime", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--optimise", choices="123", default="3", help="1 links in seconds, for more bytes")
    options = parser.parse_args()
    done = compile_library(
        Architecture.read(options.config, options.layout),
        schedules=Schedules(
            options.schedule, options.sums, options.prefill, options.decode, options.subgroups
        ),
        runtime=options.runtime,
        out=options.out,
        optimise=options.optimise,
    )
    print(json.dumps(done))


if __name__ == "__main__":
    main()
