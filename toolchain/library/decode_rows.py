"""Decode's products of a 4-bit matrix with one vector: several rows a workgroup, loads by four.

A group of 32 weights is four words, which a thread reads as one vector. Its scale and the 32 values of x that it
meets are read once for all rows of the workgroup. Sums are float32. dlight gives a workgroup one row, and reads word
by word.

What is around a product is in its kernel: the norm of x before it, and after it the residual sum, or SiLU of the gate
times up. A workgroup reads all of x, so it finds the norm's divisor beside the sums, and divides these.
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


def normed_product(rows: int, columns: int, dtype: str, out_dtype: str, epsilon: float):
    """x [1, 1, columns], words, scale, norm [columns] -> [1, 1, rows]"""
    macros = _Macros(columns, lambda block, row: block * ROWS + row)
    multiply, total, divisor = macros.normed, macros.total, macros.divisor(epsilon)

    @T.prim_func(private=True, s_tir=True)
    def kernel(x_: T.handle, words_: T.handle, scale_: T.handle, norm_: T.handle, out_: T.handle):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        x = T.match_buffer(x_, (1, 1, columns), dtype)
        words = T.match_buffer(words_, (rows, columns // PER_WORD), "uint32")
        scale = T.match_buffer(scale_, (rows, columns // GROUP), dtype)
        norm = T.match_buffer(norm_, (columns,), dtype)
        out = T.match_buffer(out_, (1, 1, rows), out_dtype)
        for block in T.thread_binding(rows // ROWS, "blockIdx.x"):
            for lane in T.thread_binding(LANES, "threadIdx.x"):
                with T.sblock("normed_product"):
                    b, l = T.axis.remap("SS", [block, lane])
                    sums = T.sblock_alloc_buffer((LANES,), "float32", scope="shared")
                    squares = T.sblock_alloc_buffer((LANES,), "float32", scope="shared")
                    whole = T.sblock_alloc_buffer((2,), "float32", scope="local")
                    multiply(x, words, scale, norm, sums, squares, b, l)
                    if l < ROWS:
                        total(sums, whole, 0, l)
                        total(squares, whole, 1, l)
                        out[0, 0, b * ROWS + l] = T.Cast(out_dtype, whole[0] / divisor(whole[1]))

    return kernel


def product_added(rows: int, columns: int, dtype: str):
    """x [1, 1, columns], words, scale, residual [1, 1, rows] -> [1, 1, rows]"""
    macros = _Macros(columns, lambda block, row: block * ROWS + row)
    multiply, total = macros.plain, macros.total

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


def normed_gated(rows: int, columns: int, dtype: str, epsilon: float):
    """x [1, 1, columns], words, scale, norm [columns] -> [1, 1, rows / 2]: SiLU of the product's first half, times
    its second half.

    Half of a workgroup's rows are of the gate, the others are the rows of up that belong to them.
    """
    half, pairs = rows // 2, ROWS // 2
    macros = _Macros(
        columns, lambda block, row: row // pairs * half + block * pairs + row % pairs
    )
    multiply, total, divisor = macros.normed, macros.total, macros.divisor(epsilon)

    @T.prim_func(private=True, s_tir=True)
    def kernel(x_: T.handle, words_: T.handle, scale_: T.handle, norm_: T.handle, out_: T.handle):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        x = T.match_buffer(x_, (1, 1, columns), dtype)
        words = T.match_buffer(words_, (rows, columns // PER_WORD), "uint32")
        scale = T.match_buffer(scale_, (rows, columns // GROUP), dtype)
        norm = T.match_buffer(norm_, (columns,), dtype)
        out = T.match_buffer(out_, (1, 1, half), dtype)
        for block in T.thread_binding(half // pairs, "blockIdx.x"):
            for lane in T.thread_binding(LANES, "threadIdx.x"):
                with T.sblock("normed_gated"):
                    b, l = T.axis.remap("SS", [block, lane])
                    sums = T.sblock_alloc_buffer((LANES,), "float32", scope="shared")
                    squares = T.sblock_alloc_buffer((LANES,), "float32", scope="shared")
                    whole = T.sblock_alloc_buffer((3,), "float32", scope="local")
                    multiply(x, words, scale, norm, sums, squares, b, l)
                    if l < pairs:
                        total(sums, whole, 0, l)
                        total(sums, whole, 1, l + pairs)
                        total(squares, whole, 2, l)
                        whole[2] = divisor(whole[2])
                        whole[0] = whole[0] / whole[2]
                        out[0, 0, b * pairs + l] = T.Cast(
                            dtype,
                            whole[0] / (T.float32(1) + T.exp(-whole[0])) * whole[1] / whole[2],
                        )

    return kernel


class _Macros:
    """What the kernels share. `row_of(block, row)` is the matrix's row of a workgroup's row."""

    def __init__(self, columns: int, row_of):
        groups = columns // GROUP
        self.columns = columns

        @T.macro
        def add_group(values: T.Buffer, words: T.Buffer, scale: T.Buffer, own: T.Buffer, block, group):
            """Adds a group of each row to the thread's own sums."""
            word = T.sblock_alloc_buffer((WORDS,), "uint32", scope="local")
            part = T.sblock_alloc_buffer((1,), "float32", scope="local")
            for row in T.unroll(ROWS):
                for v in T.vectorized(WORDS):
                    word[v] = words[row_of(block, row), group * WORDS + v]
                part[0] = T.float32(0)
                for w in T.unroll(WORDS):
                    for n in T.unroll(PER_WORD):
                        part[0] += _weight(word[w], n) * values[w * PER_WORD + n]
                own[row] += part[0] * T.Cast("float32", scale[row_of(block, row), group])

        @T.macro
        def share(own: T.Buffer, sums: T.Buffer, lane):
            """Leaves `SHARE` partial sums of each row, one row after the other."""
            all_sums = T.sblock_alloc_buffer((ROWS, LANES), "float32", scope="shared")
            part = T.sblock_alloc_buffer((1,), "float32", scope="local")
            for row in T.unroll(ROWS):
                all_sums[row, lane] = own[row]
            part[0] = T.float32(0)
            for i in T.unroll(ROWS):
                part[0] += all_sums[lane // SHARE, lane % SHARE + i * SHARE]
            sums[lane] = part[0]

        @T.macro
        def share_squares(square: T.Buffer, squares: T.Buffer, lane):
            """Leaves `SHARE` partial sums, once for each row."""
            all_squares = T.sblock_alloc_buffer((LANES,), "float32", scope="shared")
            part = T.sblock_alloc_buffer((1,), "float32", scope="local")
            all_squares[lane] = square[0]
            part[0] = T.float32(0)
            for i in T.unroll(ROWS):
                part[0] += all_squares[lane % SHARE + i * SHARE]
            squares[lane] = part[0]

        @T.macro
        def total(sums: T.Buffer, out: T.Buffer, at, row):
            out[at] = T.float32(0)
            for i in T.unroll(SHARE):
                out[at] += sums[row * SHARE + i]

        @T.macro
        def plain(x: T.Buffer, words: T.Buffer, scale: T.Buffer, sums: T.Buffer, block, lane):
            read = T.sblock_alloc_buffer((GROUP,), x.dtype, scope="local")
            values = T.sblock_alloc_buffer((GROUP,), "float32", scope="local")
            own = T.sblock_alloc_buffer((ROWS,), "float32", scope="local")
            for row in T.unroll(ROWS):
                own[row] = T.float32(0)
            for step in T.serial(T.ceildiv(groups, LANES)):
                if step * LANES + lane < groups:
                    for i in T.unroll(GROUP // FOUR):
                        for v in T.vectorized(FOUR):
                            read[i * FOUR + v] = x[
                                0, 0, (step * LANES + lane) * GROUP + i * FOUR + v
                            ]
                    for i in T.unroll(GROUP):
                        values[i] = T.Cast("float32", read[i])
                    add_group(values, words, scale, own, block, step * LANES + lane)
            share(own, sums, lane)

        @T.macro
        def normed(
            x: T.Buffer,
            words: T.Buffer,
            scale: T.Buffer,
            norm: T.Buffer,
            sums: T.Buffer,
            squares: T.Buffer,
            block,
            lane,
        ):
            read = T.sblock_alloc_buffer((GROUP,), x.dtype, scope="local")
            factor = T.sblock_alloc_buffer((GROUP,), x.dtype, scope="local")
            values = T.sblock_alloc_buffer((GROUP,), "float32", scope="local")
            own = T.sblock_alloc_buffer((ROWS,), "float32", scope="local")
            square = T.sblock_alloc_buffer((1,), "float32", scope="local")
            square[0] = T.float32(0)
            for row in T.unroll(ROWS):
                own[row] = T.float32(0)
            for step in T.serial(T.ceildiv(groups, LANES)):
                if step * LANES + lane < groups:
                    for i in T.unroll(GROUP // FOUR):
                        for v in T.vectorized(FOUR):
                            read[i * FOUR + v] = x[
                                0, 0, (step * LANES + lane) * GROUP + i * FOUR + v
                            ]
                    for i in T.unroll(GROUP // FOUR):
                        for v in T.vectorized(FOUR):
                            factor[i * FOUR + v] = norm[
                                (step * LANES + lane) * GROUP + i * FOUR + v
                            ]
                    for i in T.unroll(GROUP):
                        values[i] = T.Cast("float32", read[i])
                        square[0] += values[i] * values[i]
                        values[i] = values[i] * T.Cast("float32", factor[i])
                    add_group(values, words, scale, own, block, step * LANES + lane)
            share(own, sums, lane)
            share_squares(square, squares, lane)

        self.plain, self.normed, self.total = plain, normed, total

    def divisor(self, epsilon: float):
        """From the sum of the squares of x to what RMSNorm divides by."""
        return lambda squares: tirx.sqrt(
            squares / tirx.const(self.columns, "float32") + tirx.const(epsilon, "float32")
        )


def _weight(word, place):
    """The 4-bit value at a place of a word, without its scale."""
    nibble = tirx.bitwise_and(
        tirx.shift_right(word, (place * 4).astype("uint32")), tirx.const(15, "uint32")
    )
    return nibble.astype("float32") - tirx.const(7, "float32")
