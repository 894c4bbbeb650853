"""The peer of Polis mode, red-dwarf 0.4, in an interpreter of its own: it needs pandas and more, which nothing here needs.

``RED_DWARF`` names that interpreter; without it the rows say that the peer did not run.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from samenhang.opinion import Votes

WORKER = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
from reddwarf.implementations.polis import run_pipeline
for line in sys.stdin:
    asked = json.loads(line)
    rows = [dict(participant_id=p, statement_id=s, vote=v, modified=i) for i, (p, s, v) in enumerate(asked["votes"])]
    began = time.process_time()
    found = run_pipeline(votes=rows, mod_out_statement_ids=asked["out"], force_group_count=asked["groups"], random_state=0)
    took = time.process_time() - began
    label = found.participants_df["cluster_id"].dropna()
    agree = found.group_aware_consensus["agree"]
    best = sorted((s for s in agree if agree[s] == agree[s]), key=lambda s: -agree[s])[:10]
    print(json.dumps([took, [int(i) for i in label.index], [int(x) for x in label], [int(s) for s in best]]), flush=True)
"""


@dataclass(frozen=True)
class Answer:
    """CPU seconds, the group of each participant that got one, and the ten statements best in group-aware consensus."""

    took: float
    group: dict[int, int]
    best: list[int]


class Peer:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(self, votes: Votes, out: list[int], groups: int | None) -> Answer:
        """The pipeline on these votes; ``out``: moderated statements."""
        rows = zip(
            votes.participants[votes.row].tolist(),
            votes.statements[votes.column].tolist(),
            votes.value.tolist(),
            strict=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"votes": list(rows), "out": out, "groups": groups}) + "\n")
        self.process.stdin.flush()
        took, who, label, best = json.loads(self.process.stdout.readline())
        return Answer(took, dict(zip(who, label, strict=True)), best)


@contextmanager
def peer() -> Iterator[Peer | None]:
    """The peer, kept ready between questions, so that measure and peer run in turns; None when there is none."""
    interpreter = os.environ.get("RED_DWARF")
    if not interpreter:
        yield None
        return
    environment = {"PATH": os.environ.get("PATH", ""), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        [interpreter, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield Peer(process)
        finally:
            process.kill()
