"""Settings, the web entrance, the list of sweeps and the commands.

Importing this package pins every BLAS to one thread, and must therefore come before the first import of numpy: sweeps and
web threads already share the cores, and a pool of threads inside each of them makes everything slower (a factor 28 was
seen for the sentence encoder on two cores).
"""

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
