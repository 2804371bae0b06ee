"""WebGPU kernels in TIR: what the compiler's own library lacks, or has wrong, for a browser."""

from __future__ import annotations

from tvm.script import tirx as T

THREADS = 256
SORT_BLOCK = 128


def sort_kernels(vocabulary: int):
    """A descending argsort of one row without barriers: ranks inside blocks of 128, then pairwise
    merges by binary search; equal keys keep their order. (The compiler's merge sort uses blockIdx.z,
    which its WebGPU generator refuses.)

    Returns the first kernel, f32[1, n] -> keys f32[1, n] and indices i32[1, n], and the merges, each
    from keys and indices to keys and indices.
    """

    @T.prim_func(private=True, s_tir=True)
    def sort_blocks(source: T.handle, out_key: T.handle, out_index: T.handle):
        T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
        n = T.int32()
        src = T.match_buffer(source, (1, n), "float32")
        key = T.match_buffer(out_key, (1, n), "float32")
        index = T.match_buffer(out_index, (1, n), "int32")
        rank = T.sblock_alloc_buffer((1,), "int32", scope="local")
        for block in T.thread_binding((n + THREADS - 1) // THREADS, "blockIdx.x"):
            for thread in T.thread_binding(THREADS, "threadIdx.x"):
                with T.sblock("rank"):
                    i = T.axis.spatial(n, block * THREADS + thread)
                    T.where(block * THREADS + thread < n)
                    T.reads(src[0, 0:n])
                    T.writes(key[0, 0:n], index[0, 0:n])
                    rank[0] = 0
                    for j in T.serial(SORT_BLOCK):
                        if i // SORT_BLOCK * SORT_BLOCK + j < n:
                            if src[0, i // SORT_BLOCK * SORT_BLOCK + j] > src[0, i] or (
                                src[0, i // SORT_BLOCK * SORT_BLOCK + j] == src[0, i]
                                and i // SORT_BLOCK * SORT_BLOCK + j < i
                            ):
                                rank[0] = rank[0] + 1
                    key[0, i // SORT_BLOCK * SORT_BLOCK + rank[0]] = src[0, i]
                    index[0, i // SORT_BLOCK * SORT_BLOCK + rank[0]] = i

    def merge_runs(width: int):
        @T.prim_func(private=True, s_tir=True)
        def sort_merge(in_key: T.handle, in_index: T.handle, out_key: T.handle, out_index: T.handle):
            T.func_attr({"tirx.noalias": True, "tirx.is_scheduled": True})
            n = T.int32()
            key = T.match_buffer(in_key, (1, n), "float32")
            index = T.match_buffer(in_index, (1, n), "int32")
            to_key = T.match_buffer(out_key, (1, n), "float32")
            to_index = T.match_buffer(out_index, (1, n), "int32")
            low = T.sblock_alloc_buffer((1,), "int32", scope="local")
            high = T.sblock_alloc_buffer((1,), "int32", scope="local")
            for block in T.thread_binding((n + THREADS - 1) // THREADS, "blockIdx.x"):
                for thread in T.thread_binding(THREADS, "threadIdx.x"):
                    with T.sblock("merge"):
                        i = T.axis.spatial(n, block * THREADS + thread)
                        T.where(block * THREADS + thread < n)
                        T.reads(key[0, 0:n], index[0, 0:n])
                        T.writes(to_key[0, 0:n], to_index[0, 0:n])
                        # The other run of the pair: the next one for an even run, else the one before.
                        low[0] = T.min(
                            i // width * width + width - i // width % 2 * 2 * width, n
                        )
                        high[0] = T.min(low[0] + width, n)
                        while low[0] < high[0]:
                            if key[0, (low[0] + high[0]) // 2] > key[0, i] or (
                                key[0, (low[0] + high[0]) // 2] == key[0, i]
                                and i // width % 2 == 1
                            ):
                                low[0] = (low[0] + high[0]) // 2 + 1
                            else:
                                high[0] = (low[0] + high[0]) // 2
                        # Now `low` counts, from the other run's start, those that come before this key.
                        high[0] = T.if_then_else(
                            i // width % 2 == 1,
                            low[0] + i - i // width * width,
                            low[0] + i - T.min(i // width * width + width, n),
                        )
                        to_key[0, high[0]] = key[0, i]
                        to_index[0, high[0]] = index[0, i]

        return sort_merge

    merges, width = [], SORT_BLOCK
    while width < vocabulary:
        merges.append(merge_runs(width))
        width *= 2
    return sort_blocks, merges


def merge_state_inplace(num_heads, head_dim, dtype, target, global_symbol=None):
    """Merges two partial attentions (values v, log2-sums s) into the first, as in FlashInfer's
    `merge_state`. The compiler's own kernel lets threads read s while others already overwrite it;
    here one thread owns one (token, head). Same signature as the kernel it replaces.
    """
    threads = 64

    @T.prim_func(s_tir=True)
    def merge(v: T.handle, s: T.handle, v_other: T.handle, s_other: T.handle):
        T.func_attr({"tirx.is_scheduled": True})
        n = T.int32()
        h = T.int32()
        d = T.int32()
        V = T.match_buffer(v, (n, h, d), dtype)
        S = T.match_buffer(s, (n, h), "float32")
        V2 = T.match_buffer(v_other, (n, h, d), dtype)
        S2 = T.match_buffer(s_other, (n, h), "float32")
        w = T.sblock_alloc_buffer((3,), "float32", scope="local")
        for block in T.thread_binding((n * h + threads - 1) // threads, "blockIdx.x"):
            for thread in T.thread_binding(threads, "threadIdx.x"):
                with T.sblock("merge"):
                    i = T.axis.spatial(n * h, block * threads + thread)
                    T.where(block * threads + thread < n * h)
                    T.reads(
                        S[i // h, i % h],
                        S2[i // h, i % h],
                        V[i // h, i % h, 0:d],
                        V2[i // h, i % h, 0:d],
                    )
                    T.writes(S[i // h, i % h], V[i // h, i % h, 0:d])
                    w[0] = T.max(S[i // h, i % h], S2[i // h, i % h])
                    w[1] = T.exp2(S[i // h, i % h] - w[0])
                    w[2] = T.exp2(S2[i // h, i % h] - w[0])
                    S[i // h, i % h] = T.log2(w[1] + w[2]) + w[0]
                    for j in T.serial(d):
                        V[i // h, i % h, j] = T.cast(
                            (
                                T.cast(V[i // h, i % h, j], "float32") * w[1]
                                + T.cast(V2[i // h, i % h, j], "float32") * w[2]
                            )
                            / (w[1] + w[2]),
                            dtype,
                        )

    return merge.with_attr("global_symbol", global_symbol) if global_symbol else merge


def logit_kernels():
    """The three kernels that WebLLM applies to logits f32[batch, vocabulary], in place."""

    @T.prim_func(s_tir=True)
    def apply_logit_bias_inplace(
        var_logits: T.handle, var_row: T.handle, var_token: T.handle, var_bias: T.handle
    ):
        T.func_attr(
            {
                "global_symbol": "apply_logit_bias_inplace",
                "tirx.noalias": True,
                "tirx.is_scheduled": True,
            }
        )
        batch = T.int32()
        vocabulary = T.int32()
        n = T.int32()
        logits = T.match_buffer(var_logits, (batch, vocabulary), "float32")
        row = T.match_buffer(var_row, (n,), "int32")
        token = T.match_buffer(var_token, (n,), "int32")
        bias = T.match_buffer(var_bias, (n,), "float32")
        for block in T.thread_binding((n + THREADS - 1) // THREADS, "blockIdx.x"):
            for thread in T.thread_binding(THREADS, "threadIdx.x"):
                with T.sblock("bias"):
                    i = T.axis.spatial(n, block * THREADS + thread)
                    T.where(block * THREADS + thread < n)
                    logits[row[i], token[i]] = logits[row[i], token[i]] + bias[i]

    @T.prim_func(s_tir=True)
    def apply_penalty_inplace(
        var_logits: T.handle,
        var_sequence: T.handle,
        var_row: T.handle,
        var_token: T.handle,
        var_count: T.handle,
        var_penalties: T.handle,
    ):
        """penalties[row] is presence, frequency, repetition; a token is listed once, with its count."""
        T.func_attr(
            {
                "global_symbol": "apply_penalty_inplace",
                "tirx.noalias": True,
                "tirx.is_scheduled": True,
            }
        )
        batch = T.int32()
        vocabulary = T.int32()
        sequences = T.int32()
        n = T.int32()
        logits = T.match_buffer(var_logits, (batch, vocabulary), "float32")
        sequence = T.match_buffer(var_sequence, (sequences,), "int32")
        row = T.match_buffer(var_row, (n,), "int32")
        token = T.match_buffer(var_token, (n,), "int32")
        count = T.match_buffer(var_count, (n,), "int32")
        penalties = T.match_buffer(var_penalties, (sequences, 3), "float32")
        for block in T.thread_binding((n + THREADS - 1) // THREADS, "blockIdx.x"):
            for thread in T.thread_binding(THREADS, "threadIdx.x"):
                with T.sblock("penalty"):
                    i = T.axis.spatial(n, block * THREADS + thread)
                    T.where(block * THREADS + thread < n)
                    logits[sequence[row[i]], token[i]] = logits[sequence[row[i]], token[i]] - (
                        penalties[row[i], 0] + T.cast(count[i], "float32") * penalties[row[i], 1]
                    )
                    logits[sequence[row[i]], token[i]] = T.if_then_else(
                        logits[sequence[row[i]], token[i]] > T.float32(0),
                        logits[sequence[row[i]], token[i]] / penalties[row[i], 2],
                        logits[sequence[row[i]], token[i]] * penalties[row[i], 2],
                    )

    @T.prim_func(s_tir=True)
    def apply_bitmask_inplace(
        var_logits: T.handle, var_sequence: T.handle, var_bitmask: T.handle
    ):
        """A token whose bit is 0 cannot be drawn."""
        T.func_attr(
            {
                "global_symbol": "apply_bitmask_inplace",
                "tirx.noalias": True,
                "tirx.is_scheduled": True,
            }
        )
        batch = T.int32()
        vocabulary = T.int32()
        sequences = T.int32()
        logits = T.match_buffer(var_logits, (batch, vocabulary), "float32")
        sequence = T.match_buffer(var_sequence, (sequences,), "int32")
        bitmask = T.match_buffer(var_bitmask, (batch, (vocabulary + 31) // 32), "int32")
        for block in T.thread_binding(
            (sequences * vocabulary + THREADS - 1) // THREADS, "blockIdx.x"
        ):
            for thread in T.thread_binding(THREADS, "threadIdx.x"):
                with T.sblock("mask"):
                    i = T.axis.spatial(sequences * vocabulary, block * THREADS + thread)
                    T.where(block * THREADS + thread < sequences * vocabulary)
                    if (
                        T.bitwise_and(
                            T.shift_right(
                                bitmask[sequence[i // vocabulary], i % vocabulary // 32],
                                i % vocabulary % 32,
                            ),
                            1,
                        )
                        == 0
                    ):
                        logits[sequence[i // vocabulary], i % vocabulary] = T.float32(
                            -3.4028234663852886e38
                        )

    return [apply_logit_bias_inplace, apply_penalty_inplace, apply_bitmask_inplace]
