"""The functions beside the model that WebLLM 0.2.86 looks up in a library: KV cache and sampling."""

from __future__ import annotations

import contextlib

import tvm
from tvm import relax, te, tirx
from tvm.relax.frontend import nn
from tvm.relax.frontend.nn.llm import kv_cache
from tvm.relax.frontend.nn.llm.kv_cache import RopeMode, TIRPagedKVCache

from architecture import Architecture
from kernels import logit_kernels, merge_state_inplace, sort_kernels

F32 = "float32"


def add_kv_cache(mod: tvm.IRModule, a: Architecture, target, *, lean: bool) -> tvm.IRModule:
    """Adds `create_tir_paged_kv_cache`, all of whose arguments are shapes of one number."""
    names = [
        "max_batch_size",
        "max_total_seq_len",
        "prefill_chunk_size",
        "page_size",
        "support_sliding_window",
    ]
    sizes = [tirx.Var(name, "int64") for name in names]
    parameters = [
        relax.Var(f"{name}_", relax.ShapeType([size])) for name, size in zip(names, sizes)
    ]
    builder = relax.BlockBuilder(mod)
    with _replaced_kernels(lean), builder.function("create_tir_paged_kv_cache", parameters):
        cache = TIRPagedKVCache(
            attn_kind="mha",
            **dict(zip(names, sizes)),
            layer_partition=relax.ShapeExpr([0, a.layers]),
            num_hidden_layers=a.layers,
            num_attention_heads=a.heads,
            num_key_value_heads=a.kv_heads,
            qk_head_dim=a.head_dim,
            v_head_dim=a.head_dim,
            mla_original_qk_head_dim=0,
            mla_original_v_head_dim=0,
            rope_mode=RopeMode.NORMAL,
            rope_scale=1,
            rope_theta=a.rope_theta,
            rope_scaling={},
            rope_ext_factors=relax.prim_value(0),
            rotary_dim=a.head_dim,
            enable_disaggregation=False,
            dtype=a.dtype,
            target=target,
        )
        builder.emit_func_output(cache._expr)
    return builder.finalize()


@contextlib.contextmanager
def _replaced_kernels(lean: bool):
    """Puts our merge kernel in place of the compiler's; with `lean`, also plain attention in place of
    the sliding-window and tree kernels, which Llama 2 never runs but WebLLM compiles at load: equal
    functions become one."""
    names = [
        "_merge_state_inplace",
        "_attention_prefill",
        "_attention_decode",
        "tree_attn",
        "tree_attn_with_paged_kv_cache",
    ]
    saved = {name: getattr(kv_cache, name) for name in names}
    prefill, decode = saved["_attention_prefill"], saved["_attention_decode"]

    def plain_prefill(h_kv, h_q, d, dtype, _sliding, rope_scaling, target, **_):
        return prefill(h_kv, h_q, d, dtype, False, rope_scaling, target)

    def plain_decode(h_kv, h_q, d, dtype, _sliding, rope_scaling, target, **_):
        return decode(h_kv, h_q, d, dtype, False, rope_scaling, target)

    def plain_tree(h_kv, h_q, d, dtype, rope_scaling, target):
        return prefill(h_kv, h_q, d, dtype, False, rope_scaling, target)

    kv_cache._merge_state_inplace = merge_state_inplace
    if lean:
        kv_cache._attention_prefill = plain_prefill
        kv_cache._attention_decode = plain_decode
        kv_cache.tree_attn = plain_tree
        kv_cache.tree_attn_with_paged_kv_cache = plain_tree
    try:
        yield
    finally:
        for name, function in saved.items():
            setattr(kv_cache, name, function)


def add_sampling(mod: tvm.IRModule, vocabulary: int) -> tvm.IRModule:
    builder = relax.BlockBuilder(mod)
    _softmax_with_temperature(builder)
    _argsort_probs(builder, vocabulary)
    _sample_with_top_p(builder)
    mod = builder.finalize()
    for kernel in logit_kernels():
        mod[kernel.attrs["global_symbol"]] = kernel
    return mod


def _softmax_with_temperature(builder: relax.BlockBuilder) -> None:
    """logits f32[b, 1, v], temperature f32[b] -> f32[b, 1, v]"""
    b, v = _size("batch_size"), _size("vocab_size")
    logits, temperature = _tensor("logits", (b, 1, v)), _tensor("temperature", (b,))

    def scaled(l, t):
        smallest = tirx.const(1e-6, F32)
        return te.compute((b, v), lambda i, j: l[i, 0, j] / tirx.max(t[i], smallest), name="scale")

    with builder.function("softmax_with_temperature", [logits, temperature]):
        with builder.dataflow():
            x = builder.emit_te(scaled, logits, temperature, primfunc_name_hint="scale_logits")
            probabilities = builder.emit(relax.op.nn.softmax(x, axis=-1))
            out = builder.emit_output(_reshape(probabilities, (b, 1, v), F32))
        builder.emit_func_output(out)


def _argsort_probs(builder: relax.BlockBuilder, vocabulary: int) -> None:
    """probabilities f32[1, v] -> (sorted f32[1, v], indices i32[1, v]), descending"""
    v = _size("vocab_size")
    probabilities = _tensor("probs", (1, v))
    first, merges = sort_kernels(vocabulary)
    types = [relax.TensorType((1, v), F32), relax.TensorType((1, v), "int32")]
    with builder.function("argsort_probs", [probabilities]):
        with builder.dataflow():
            kernel = builder.add_func(first, "sort_blocks")
            pair = builder.emit(relax.call_tir(kernel, [probabilities], out_ty=types))
            for merge in merges:
                kernel = builder.add_func(merge, "sort_merge")
                pair = builder.emit(relax.call_tir(kernel, [pair[0], pair[1]], out_ty=types))
            out = builder.emit_output((pair[0], pair[1]))
        builder.emit_func_output(out)


def _sample_with_top_p(builder: relax.BlockBuilder) -> None:
    """sorted f32[b, v], indices i32[b, v], uniform f32[n], rows i32[n], top_p f32[b] -> i32[n]"""
    b, v, n = _size("batch_size"), _size("vocab_size"), _size("num_samples")
    probabilities = _tensor("sorted_probs", (b, v))
    indices = _tensor("sorted_indices", (b, v), "int32")
    uniform = _tensor("uniform_samples", (n,))
    rows = _tensor("sample_indices", (n,), "int32")
    top_p = _tensor("top_p", (b,))

    def every_token(p):
        return te.compute((b, 1), lambda i, j: p.shape[1].astype("int32"), name="full")

    def wrap(expression, name):
        return nn.wrap_nested(expression, name=name)

    with builder.function(
        "sample_with_top_p", [probabilities, indices, uniform, rows, top_p]
    ):
        with builder.dataflow():
            top_k = builder.emit_te(every_token, probabilities, primfunc_name_hint="full")
            drawn = nn.sample_top_p_top_k_from_sorted_prob(
                wrap(probabilities, "sorted_probs"),
                wrap(indices, "sorted_indices"),
                wrap(_reshape(top_p, (b, 1), F32), "top_p"),
                wrap(top_k, "top_k"),
                wrap(_reshape(uniform, (n, 1), F32), "uniform_samples"),
                wrap(_reshape(rows, (n, 1), "int32"), "sample_indices"),
            )
            out = builder.emit_output(_reshape(drawn._expr, (n,), "int32"))
        builder.emit_func_output(out)


def _size(name: str) -> tirx.Var:
    return tirx.Var(name, "int64")


def _tensor(name: str, shape, dtype: str = F32) -> relax.Var:
    return relax.Var(name, relax.TensorType(shape, dtype))


def _reshape(x, shape, dtype: str):
    expression = relax.ShapeExpr(list(shape))
    return relax.call_pure_packed(
        "vm.builtin.reshape", x, expression, ty_args=relax.TensorType(expression, dtype)
    )
