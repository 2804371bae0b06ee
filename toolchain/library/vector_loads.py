"""Storage buffers that a kernel reads only by four become arrays of vectors, so that a read is one instruction.

The compiler does this for local arrays alone; of a storage buffer it reads four scalars and puts them together.
"""

from __future__ import annotations

import tvm
from tvm import tirx
from tvm.ir import PointerType, PrimType, TensorLoad
from tvm.tirx import compilation_pipeline
from tvm_ffi import structural_map, structural_walk

FOUR = 4

PIPELINE = "vector-loads"
"""Name of the lowering that ends with it, for `relax.build`."""


def _pipeline():
    lower, finish_host, finish_device = compilation_pipeline.get_tir_pipeline("s_tir")
    return lower, finish_host, lambda: tvm.ir.transform.Sequential([finish_device(), _by_four])


compilation_pipeline.register_tir_pipeline(PIPELINE, _pipeline)


@tvm.transform.module_pass(opt_level=0)
def _by_four(mod, _context):
    for name, kernel in mod.functions_items():
        mod[name] = _with_vectors(kernel)
    return mod


def _with_vectors(kernel: tirx.PrimFunc) -> tirx.PrimFunc:
    declared, scalar, read = {}, set(), set()
    parameters = {parameter: at for at, parameter in enumerate(kernel.params)}
    analyzer = tvm.sym.Analyzer()

    def declare(node):
        if node.data in parameters:
            declared[node.buffer] = node.data

    def load(node):
        (read if _is_four(node, analyzer) else scalar).add(node.source)

    def store(node):
        scalar.add(node.buffer)

    structural_walk(
        kernel.body,
        [(tirx.DeclBuffer, declare), (TensorLoad, load), (tirx.BufferStore, store)],
    )
    chosen = {b: data for b, data in declared.items() if b in read and b not in scalar}
    if not chosen:
        return kernel
    params, buffers = list(kernel.params), {}
    for buffer, data in chosen.items():
        dtype = f"{buffer.dtype}x{FOUR}"
        pointer = tirx.Var(data.name, PointerType(PrimType(dtype), "global"))
        params[parameters[data]] = pointer
        size = buffer.shape[0] // FOUR
        buffers[buffer] = tirx.decl_buffer((size,), dtype, buffer.name), pointer

    def redeclare(node):
        if node.buffer not in buffers:
            return node
        buffer, pointer = buffers[node.buffer]
        return tirx.DeclBuffer(buffer, data=pointer)

    def reload(node):
        if node.source not in buffers:
            return node
        buffer, _ = buffers[node.source]
        return tirx.BufferLoad(buffer, [analyzer.simplify(node.indices[0].base // FOUR)])

    body = structural_map(
        kernel.body, [(tirx.DeclBuffer, redeclare), (TensorLoad, reload)]
    )
    return tirx.PrimFunc(params, body, kernel.ret_type, attrs=kernel.attrs)


def _is_four(load: TensorLoad, analyzer) -> bool:
    """Whether it reads a whole vector of an array of vectors."""
    at = load.indices[0]
    if not isinstance(at, tirx.Ramp) or at.lanes != FOUR or at.stride != 1:
        return False
    return analyzer.can_prove(at.base % FOUR == 0)
