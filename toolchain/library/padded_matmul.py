"""Prefill's matmul with padded workgroup memory.

dlight's default for WebGPU is 8 x 8 threads of 4 x 4 results each, with both tiles stored without gaps:
threads that read at once hit the same of 32 memory banks four or eight times. Here each thread has 8 x 8
results, so it reads a value for eight products instead of four, and rows begin in different banks.
"""

from __future__ import annotations

from tvm.s_tir import dlight


class PaddedMatmul(dlight.gpu.Matmul):
    def get_configs(self, target) -> dlight.gpu.Matmul.Config:
        return dlight.gpu.Matmul.Config(
            block_size_x=8,
            block_size_y=8,
            micro_size_x=8,
            micro_size_y=8,
            micro_size_k=8,
            vector_size=1,
            unroll=64,
            storage_align=True,
        )
