"""Llama 2 in TVM's `nn` frontend, with the parameter names and shapes of MLC's published weights."""

from __future__ import annotations

from tvm import te, tirx
from tvm.relax.frontend import nn
from tvm.relax.frontend.nn import Tensor, op
from tvm.relax.frontend.nn.llm.kv_cache import PagedKVCache

from architecture import GROUP, PER_WORD, Architecture
from decode_rows import ROWS, normed_gated, normed_product, product_added
from schedules import Schedules


class Weight(nn.Module):
    """An [out, in] matrix: `weight`, or `q_weight` (uint32[out, in / 8]) with `q_scale` [out, in / 32]."""

    def __init__(self, rows: int, columns: int, a: Architecture):
        self.rows, self.columns, self.a = rows, columns, a
        if a.is_quantised:
            groups = -(-columns // GROUP)
            self.q_weight = nn.Parameter((rows, groups * (GROUP // PER_WORD)), "uint32")
            self.q_scale = nn.Parameter((rows, groups), a.dtype)
        else:
            self.weight = nn.Parameter((rows, columns), a.dtype)

    def parameters_in_order(self) -> list[nn.Parameter]:
        return [self.q_weight, self.q_scale] if self.a.is_quantised else [self.weight]

    def expression(self, tensors):
        """The matrix as a tensor expression, to be fused into whatever reads it."""
        if not self.a.is_quantised:
            return tensors[0]
        words, scale = tensors
        dtype = self.a.dtype

        def value(i, j):
            shift = ((j % PER_WORD) * 4).astype("uint32")
            nibble = tirx.bitwise_and(
                tirx.shift_right(words[i, j // PER_WORD], shift), tirx.const(15, "uint32")
            )
            return (nibble.astype(dtype) - tirx.const(7, dtype)) * scale[i, j // GROUP]

        return te.compute((self.rows, self.columns), value, name="dequantize")


class Linear(Weight):
    def __init__(
        self, rows: int, columns: int, a: Architecture, schedules: Schedules, out: str | None = None
    ):
        """`out` is the type of the results, if it is not the layout's."""
        super().__init__(rows, columns, a)
        if schedules.decode == "rows" and (rows % ROWS or columns % GROUP or not a.is_quantised):
            raise ValueError(f"The row kernels do not take a {a.layout} matrix of {rows} x {columns}.")
        self.schedules, self.out = schedules, out or a.dtype

    def forward(self, x: Tensor) -> Tensor:
        return op.tensor_expr_op(self._matmul, "NT_matmul", [x, *self.parameters_in_order()])

    def of_normed(self, x: Tensor, norm: nn.RMSNorm) -> Tensor:
        if self._in_rows(x):
            kernel = normed_product(self.rows, self.columns, self.a.dtype, self.out, norm.epsilon)
            return self._run(kernel, [x, *self.parameters_in_order(), norm.weight], self.rows)
        return self(norm(x))

    def gated(self, x: Tensor, norm: nn.RMSNorm) -> Tensor:
        """Of normed x: SiLU of the first half of the results, times the second half."""
        if self._in_rows(x):
            kernel = normed_gated(self.rows, self.columns, self.a.dtype, norm.epsilon)
            inputs = [x, *self.parameters_in_order(), norm.weight]
            return self._run(kernel, inputs, self.rows // 2)
        gate, up = op.split(self(norm(x)), 2, axis=-1)
        return op.silu(gate) * up

    def added_to(self, residual: Tensor, x: Tensor) -> Tensor:
        if self._in_rows(x):
            kernel = product_added(self.rows, self.columns, self.a.dtype)
            return self._run(kernel, [x, *self.parameters_in_order(), residual], self.rows)
        return residual + self(x)

    def _in_rows(self, x: Tensor) -> bool:
        """Of decode's step, the length is known to be 1."""
        return self.schedules.decode == "rows" and x.shape[1] == 1

    def _run(self, kernel, inputs: list[Tensor], width: int) -> Tensor:
        result = Tensor.placeholder([1, 1, width], self.out)
        return op.tensor_ir_op(kernel, "decode_rows", inputs, result)

    def _matmul(self, x, *tensors):
        matrix = self.expression(tensors)
        k = te.reduce_axis((0, self.columns), name="k")
        sums = "float32" if self.schedules.sums == "float32" else self.a.dtype
        result = te.compute(
            (x.shape[0], x.shape[1], self.rows),
            lambda b, s, j: te.sum(x[b, s, k].astype(sums) * matrix[j, k].astype(sums), axis=k),
            name="NT_matmul",
        )
        if sums == self.out:
            return result
        return te.compute(result.shape, lambda *at: result(*at).astype(self.out), name="rounded")


class Embedding(Weight):
    def forward(self, ids: Tensor) -> Tensor:
        def take(ids, *tensors):
            matrix = self.expression(tensors)
            shape = (ids.shape[0], self.columns)
            return te.compute(shape, lambda i, j: matrix[ids[i], j], name="take")

        return op.tensor_expr_op(take, "take", [ids, *self.parameters_in_order()])


class Layer(nn.Module):
    def __init__(self, a: Architecture, schedules: Schedules):
        self.a = a
        self.self_attn = nn.Module()
        self.self_attn.qkv_proj = Linear(
            (a.heads + 2 * a.kv_heads) * a.head_dim, a.hidden, a, schedules
        )
        self.self_attn.o_proj = Linear(a.hidden, a.heads * a.head_dim, a, schedules)
        self.mlp = nn.Module()
        self.mlp.gate_up_proj = Linear(2 * a.intermediate, a.hidden, a, schedules)
        self.mlp.down_proj = Linear(a.hidden, a.intermediate, a, schedules)
        self.input_layernorm = _norm(a)
        self.post_attention_layernorm = _norm(a)

    def forward(self, x: Tensor, cache: PagedKVCache, index: int) -> Tensor:
        a = self.a
        batch, length, _ = x.shape
        qkv = self.self_attn.qkv_proj.of_normed(x, self.input_layernorm)
        qkv = op.reshape(qkv, (batch, length, a.heads + 2 * a.kv_heads, a.head_dim))
        mixed = cache.attention_with_fused_qkv(index, qkv, a.heads, sm_scale=a.head_dim**-0.5)
        mixed = op.reshape(mixed, (batch, length, a.heads * a.head_dim))
        x = self.self_attn.o_proj.added_to(x, mixed)
        gated = self.mlp.gate_up_proj.gated(x, self.post_attention_layernorm)
        return self.mlp.down_proj.added_to(x, gated)


class Llama(nn.Module):
    def __init__(self, a: Architecture, schedules: Schedules = Schedules()):
        self.a = a
        self.model = nn.Module()
        self.model.embed_tokens = Embedding(a.vocabulary, a.hidden, a)
        self.model.layers = nn.ModuleList([Layer(a, schedules) for _ in range(a.layers)])
        self.model.norm = _norm(a)
        self.lm_head = Linear(a.vocabulary, a.hidden, a, schedules, out="float32")

    def embed(self, input_ids: Tensor) -> Tensor:
        return self.model.embed_tokens(input_ids)

    def prefill(self, input_embed: Tensor, paged_kv_cache: PagedKVCache):
        x = self._hidden(input_embed, paged_kv_cache)

        def last(x):
            batch, length, width = x.shape
            return te.compute((batch, 1, width), lambda b, _, k: x[b, length - 1, k], name="last")

        return self._logits(op.tensor_expr_op(last, "last", [x])), paged_kv_cache

    def decode(self, input_embed: Tensor, paged_kv_cache: PagedKVCache):
        return self._logits(self._hidden(input_embed, paged_kv_cache)), paged_kv_cache

    def specification(self) -> nn.spec.ModuleSpec:
        """The functions that WebLLM 0.2.86 calls; parameters come packed, as the last argument."""
        a = self.a
        packed = {"param_mode": "packed", "effect_mode": "none"}
        cache = nn.spec.Object(object_type=PagedKVCache)

        def step(length):
            embedded = nn.spec.Tensor([1, length, a.hidden], a.dtype)
            return {"input_embed": embedded, "paged_kv_cache": cache, "$": packed}

        return nn.spec.ModuleSpec.from_raw(
            {
                "embed": {"input_ids": nn.spec.Tensor(["seq_len"], "int32"), "$": packed},
                "prefill": step("seq_len"),
                "decode": step(1),
            },
            self,
        )

    def _hidden(self, x: Tensor, cache: PagedKVCache) -> Tensor:
        for index, layer in enumerate(self.model.layers):
            x = layer(x, cache, index)
        return x

    def _logits(self, x: Tensor) -> Tensor:
        return self.lm_head.of_normed(x, self.model.norm)


def _norm(a: Architecture) -> nn.RMSNorm:
    return nn.RMSNorm(a.hidden, -1, a.rms_norm_eps, bias=False, dtype=a.dtype)
