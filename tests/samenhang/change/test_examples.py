import doctest
import importlib
import pkgutil

import pytest

from samenhang import change

NAMES = [found.name for found in pkgutil.iter_modules(change.__path__, "samenhang.change.")]


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_in_the_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_to_run() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in NAMES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) >= 4
