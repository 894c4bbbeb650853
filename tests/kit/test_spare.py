import os
import subprocess
import sys

import pytest

from werkplaats.kit import spare

TELL = "import os; from werkplaats.kit import spare; print(spare.compute(os.sched_getscheduler, 0), os.sched_getscheduler(0))"


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="only Linux has idle threads")
def test_a_process_that_gives_way_computes_in_an_idle_thread_and_is_not_idle_itself() -> None:
    told = subprocess.run(["nice", sys.executable, "-c", TELL], capture_output=True, text=True, check=True).stdout
    assert told.split() == [str(os.SCHED_IDLE), str(os.SCHED_OTHER)]


@pytest.mark.parametrize("niceness", [0, 15])
def test_what_is_found_and_what_is_raised_come_through(niceness: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "nice", lambda _more: niceness)
    assert spare.compute(sorted, [2, 1], reverse=False) == [1, 2]
    with pytest.raises(ZeroDivisionError):
        spare.compute(divmod, 1, 0)
