"""How a library's kernels are made, as `compile.py` lets one choose (docs/decisions/0036-own-libraries.md)."""

from __future__ import annotations

from dataclasses import dataclass

ADAPTERS = ("gpu", "software")
"""`gpu` is dlight's schedule; `software` gives each output element a thread, without workgroup memory or
barriers, which a software adapter runs about ten times faster."""
SUMS = ("layout", "float32")
"""Type of the sums of products: the layout's own, or float32 also where values are float16."""
PREFILLS = ("dlight", "padded")
"""`padded` is `padded_matmul.py`."""
DECODES = ("dlight", "rows")
"""`rows` is `decode_rows.py`."""


@dataclass(frozen=True)
class Schedules:
    adapter: str = "gpu"
    sums: str = "layout"
    prefill: str = "dlight"
    decode: str = "dlight"
    subgroups: bool = False
    """Sums across threads by instructions of 32 lanes, which only some GPUs have."""

    def __post_init__(self) -> None:
        own = (self.prefill, self.decode, self.subgroups) != ("dlight", "dlight", False)
        if self.adapter == "software" and own:
            raise ValueError("For a software adapter only the sums can be chosen.")
