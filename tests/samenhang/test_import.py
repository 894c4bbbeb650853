import subprocess
import sys

import pytest

import samenhang


def test_importing_the_library_loads_no_measure_and_no_platform() -> None:
    ask = "import samenhang, sys; print([m for m in sys.modules if m.startswith(('samenhang.', 'numpy', 'django'))])"
    assert (
        subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_each_measure_is_there_when_it_is_asked_for() -> None:
    assert samenhang.network.phi([2]).tolist() == [0.5]
    assert samenhang.folder.SCHEMA
    with pytest.raises(AttributeError, match="no measure called 'opinions'"):
        _ = samenhang.opinions
