"""The picture of opinions, from a result: nothing that is too small to be told stands in it."""

from werkplaats.conversations.pictures.bars import bar as bar
from werkplaats.conversations.pictures.cells import cells as cells
from werkplaats.conversations.pictures.circles import opinion_map as opinion_map
from werkplaats.conversations.pictures.scale import scale as scale
