"""Benchmarks: each measure against its peer; ``python -m benchmarks`` prints the figures.

One thread for every linear algebra library, set before NumPy is imported anywhere: CPU time compares only then.
"""

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
