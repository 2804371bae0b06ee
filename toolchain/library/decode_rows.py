"""Decode's products of a 4-bit matrix with one vector: several rows a workgroup, loads by four.

A group of 32 weights is four words, which a thread reads as one vector. Its scale and the 32 values of x that it
meets are read once for all rows of the workgroup. Sums are float32. dlight gives a workgroup one row, and reads word
by word. What follows the product is in the same kernel: the residual sum, or SiLU of the gate times up.
"""

from __future__ import annotations

from tvm import tirx
from tvm.script import tirx as T

from architecture import GROUP, PER_WORD

LANES = 64
"""Threads of a workgroup; each takes its own groups of each row."""
ROWS = 4
"""Rows of the matrix that a workgroup multiplies."""
WORDS = GROUP // PER_WORD
FOUR = 4
SHARE = LANES // ROWS
"""Partial sums of a row after the first round, in which each thread adds `ROWS` of them."""


def product(rows: int, columns: int, dtype: str, out_dtype: str):
    """x [1, 1, columns], words, scale -> [1, 1, rows]"""
    multiply, total = _macros(columns, lambda block, row: block * ROWS + row)

    @T.prim_func(private=True, s_tir=True)
    def kernel(x_: T.handle, words_: T.handle, scale_: T.handle, out_: T.handle):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        x = T.match_buffer(x_, (1, 1, columns), dtype)
        words = T.match_buffer(words_, (rows, columns // PER_WORD), "uint32")
        scale = T.match_buffer(scale_, (rows, columns // GROUP), dtype)
        out = T.match_buffer(out_, (1, 1, rows), out_dtype)
        for block in T.thread_binding(rows // ROWS, "blockIdx.x"):
            for lane in T.thread_binding(LANES, "threadIdx.x"):
                with T.sblock("product"):
                    b, l = T.axis.remap("SS", [block, lane])
                    sums = T.sblock_alloc_buffer((LANES,), "float32", scope="shared")
                    whole = T.sblock_alloc_buffer((1,), "float32", scope="local")
                    multiply(x, words, scale, sums, b, l)
                    if l < ROWS:
                        total(sums, whole, 0, l)
                        out[0, 0, b * ROWS + l] = T.Cast(out_dtype, whole[0])

    return kernel


def product_added(rows: int, columns: int, dtype: str):
    """x [1, 1, columns], words, scale, residual [1, 1, rows] -> [1, 1, rows]"""
    multiply, total = _macros(columns, lambda block, row: block * ROWS + row)

    @T.prim_func(private=True, s_tir=True)
    def kernel(
        x_: T.handle, words_: T.handle, scale_: T.handle, residual_: T.handle, out_: T.handle
    ):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        x = T.match_buffer(x_, (1, 1, columns), dtype)
        words = T.match_buffer(words_, (rows, columns // PER_WORD), "uint32")
        scale = T.match_buffer(scale_, (rows, columns // GROUP), dtype)
        residual = T.match_buffer(residual_, (1, 1, rows), dtype)
        out = T.match_buffer(out_, (1, 1, rows), dtype)
        for block in T.thread_binding(rows // ROWS, "blockIdx.x"):
            for lane in T.thread_binding(LANES, "threadIdx.x"):
                with T.sblock("product_added"):
                    b, l = T.axis.remap("SS", [block, lane])
                    sums = T.sblock_alloc_buffer((LANES,), "float32", scope="shared")
                    whole = T.sblock_alloc_buffer((1,), "float32", scope="local")
                    multiply(x, words, scale, sums, b, l)
                    if l < ROWS:
                        total(sums, whole, 0, l)
                        out[0, 0, b * ROWS + l] = T.Cast(
                            dtype, T.Cast("float32", residual[0, 0, b * ROWS + l]) + whole[0]
                        )

    return kernel


def product_gated(rows: int, columns: int, dtype: str):
    """x [1, 1, columns], words, scale -> [1, 1, rows / 2]: SiLU of the first half's product, times the second's.

    Half of a workgroup's rows are of the gate, the others are the rows of up that belong to them.
    """
    half, pairs = rows // 2, ROWS // 2
    multiply, total = _macros(
        columns, lambda block, row: row // pairs * half + block * pairs + row % pairs
    )

    @T.prim_func(private=True, s_tir=True)
    def kernel(x_: T.handle, words_: T.handle, scale_: T.handle, out_: T.handle):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        x = T.match_buffer(x_, (1, 1, columns), dtype)
        words = T.match_buffer(words_, (rows, columns // PER_WORD), "uint32")
        scale = T.match_buffer(scale_, (rows, columns // GROUP), dtype)
        out = T.match_buffer(out_, (1, 1, half), dtype)
        for block in T.thread_binding(half // pairs, "blockIdx.x"):
            for lane in T.thread_binding(LANES, "threadIdx.x"):
                with T.sblock("product_gated"):
                    b, l = T.axis.remap("SS", [block, lane])
                    sums = T.sblock_alloc_buffer((LANES,), "float32", scope="shared")
                    both = T.sblock_alloc_buffer((2,), "float32", scope="local")
                    multiply(x, words, scale, sums, b, l)
                    if l < pairs:
                        total(sums, both, 0, l)
                        total(sums, both, 1, l + pairs)
                        out[0, 0, b * pairs + l] = T.Cast(
                            dtype, both[0] / (T.float32(1) + T.exp(-both[0])) * both[1]
                        )

    return kernel


def _macros(columns: int, row_of):
    """`row_of(block, row)` is the matrix's row of a workgroup's row."""
    groups = columns // GROUP

    @T.macro
    def multiply(x: T.Buffer, words: T.Buffer, scale: T.Buffer, sums: T.Buffer, block, lane):
        """Leaves `SHARE` partial sums of each of the workgroup's rows, one row after the other."""
        values = T.sblock_alloc_buffer((GROUP,), x.dtype, scope="local")
        word = T.sblock_alloc_buffer((WORDS,), "uint32", scope="local")
        own = T.sblock_alloc_buffer((ROWS,), "float32", scope="local")
        part = T.sblock_alloc_buffer((1,), "float32", scope="local")
        all_sums = T.sblock_alloc_buffer((ROWS, LANES), "float32", scope="shared")
        for row in T.unroll(ROWS):
            own[row] = T.float32(0)
        for step in T.serial(T.ceildiv(groups, LANES)):
            if step * LANES + lane < groups:
                for i in T.unroll(GROUP // FOUR):
                    for v in T.vectorized(FOUR):
                        values[i * FOUR + v] = x[0, 0, (step * LANES + lane) * GROUP + i * FOUR + v]
                for row in T.unroll(ROWS):
                    for v in T.vectorized(WORDS):
                        word[v] = words[row_of(block, row), (step * LANES + lane) * WORDS + v]
                    part[0] = T.float32(0)
                    for w in T.unroll(WORDS):
                        for n in T.unroll(PER_WORD):
                            part[0] += _weight(word[w], n) * T.Cast(
                                "float32", values[w * PER_WORD + n]
                            )
                    own[row] += part[0] * T.Cast(
                        "float32", scale[row_of(block, row), step * LANES + lane]
                    )
        for row in T.unroll(ROWS):
            all_sums[row, lane] = own[row]
        part[0] = T.float32(0)
        for i in T.unroll(ROWS):
            part[0] += all_sums[lane // SHARE, lane % SHARE + i * SHARE]
        sums[lane] = part[0]

    @T.macro
    def total(sums: T.Buffer, out: T.Buffer, at, row):
        out[at] = T.float32(0)
        for i in T.unroll(SHARE):
            out[at] += sums[row * SHARE + i]

    return multiply, total


def _weight(word, place):
    """The 4-bit value at a place of a word, without its scale."""
    nibble = tirx.bitwise_and(
        tirx.shift_right(word, (place * 4).astype("uint32")), tirx.const(15, "uint32")
    )
    return nibble.astype("float32") - tirx.const(7, "float32")
