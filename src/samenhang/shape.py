"""The shapes that measures take and give: arrays with a meaning, under one short name each."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]

Progress = Callable[[str], None]
"""What a long computation tells whoever waits: one plain line at each step."""
