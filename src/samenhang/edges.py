"""Edges: a bare network as a list of pairs, for trying the measures on networks of others."""

import os
from pathlib import Path
from typing import cast

import numpy as np

from samenhang.cells import Field
from samenhang.files import BadInput, Fault, Schema, read_table
from samenhang.network import Ties

HEADERS = (("source", "target"), ("u", "v"))


def read_edges(path: str | os.PathLike[str]) -> Ties:
    """Read ``*.edges.csv``: columns source,target (or u,v), parties numbered from 0; every tie counts as confirmed.

    A file ``*.nodes.csv`` beside it, one row per party, says how many there are; without it the highest number does, so
    parties without any tie are not counted. Raises ``BadInput`` with every fault, ``OSError`` if there is no such file.
    """
    with Path(path).open("rb") as file:
        first = file.readline(200).decode("utf-8-sig", "replace").strip()
    columns = next((header for header in HEADERS if ",".join(header) == first), HEADERS[0])
    schema = Schema("edges", tuple(Field(column, "integer", required=True) for column in columns))
    table = read_table(path, schema)
    if table.faults:
        raise BadInput(table.faults)
    pairs = np.array([[cast("int", row[column]) for column in columns] for row in table.rows], dtype=np.int64)
    pairs = pairs.reshape(-1, 2)
    highest = int(pairs.max(initial=-1)) + 1
    counted = _counted(Path(path))
    if counted is not None and counted < highest:
        late = next(row for row in table.rows if max(cast("int", row[column]) for column in columns) >= counted)
        reason = f"a party above {counted - 1}, but the file of nodes has {counted} rows"
        raise BadInput((Fault(Path(path).name, late.line, "", "unknown_party", reason, other=str(counted)),))
    return Ties(counted or highest, pairs[:, 0], pairs[:, 1])


def _counted(path: Path) -> int | None:
    nodes = path.with_name(path.name.replace(".edges.csv", ".nodes.csv"))
    if nodes == path or not nodes.is_file():
        return None
    lines = nodes.read_bytes().splitlines()[1:]
    return sum(1 for line in lines if line.strip())
