"""From scattered documents to what belongs together, what was said before and who is meant.

Every name is imported when it is first used, so that ``from samenhang import knowledge`` costs nothing: reading a PDF
should not load a language model, and finding doubles should not load a PDF reader.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samenhang.knowledge.apart import read_apart as read_apart
    from samenhang.knowledge.clustering import clusters as clusters
    from samenhang.knowledge.duplicates import are_near as are_near
    from samenhang.knowledge.duplicates import look_alikes as look_alikes
    from samenhang.knowledge.duplicates import near_duplicates as near_duplicates
    from samenhang.knowledge.duplicates import sketches as sketches
    from samenhang.knowledge.encoder import CharacterTfidf as CharacterTfidf
    from samenhang.knowledge.encoder import Encoder as Encoder
    from samenhang.knowledge.encoder import SentenceEncoder as SentenceEncoder
    from samenhang.knowledge.encoder import default_encoder as default_encoder
    from samenhang.knowledge.encoder import encode as encode
    from samenhang.knowledge.encoder import encoder_name as encoder_name
    from samenhang.knowledge.fragmenting import fragments as fragments
    from samenhang.knowledge.fragmenting import fragments_of as fragments_of
    from samenhang.knowledge.grouping import belongs_together as belongs_together
    from samenhang.knowledge.grouping import substance as substance
    from samenhang.knowledge.labelling import labels as labels
    from samenhang.knowledge.languages import language as language
    from samenhang.knowledge.overviews import overview as overview
    from samenhang.knowledge.parties import same_parties as same_parties
    from samenhang.knowledge.reading import read as read
    from samenhang.knowledge.records import Document as Document
    from samenhang.knowledge.records import Fragment as Fragment
    from samenhang.knowledge.records import Label as Label
    from samenhang.knowledge.records import Overview as Overview
    from samenhang.knowledge.records import Pair as Pair
    from samenhang.knowledge.records import Placed as Placed
    from samenhang.knowledge.records import Refused as Refused
    from samenhang.knowledge.records import Sentence as Sentence
    from samenhang.knowledge.records import Unreadable as Unreadable
    from samenhang.knowledge.search import fuse as fuse
    from samenhang.knowledge.search import near_before as near_before
    from samenhang.knowledge.search import nearest as nearest
    from samenhang.knowledge.splitting import sentences as sentences

_HOME = {
    "clusters": "clustering",
    "are_near": "duplicates",
    "look_alikes": "duplicates",
    "near_duplicates": "duplicates",
    "sketches": "duplicates",
    "CharacterTfidf": "encoder",
    "Encoder": "encoder",
    "SentenceEncoder": "encoder",
    "default_encoder": "encoder",
    "encode": "encoder",
    "encoder_name": "encoder",
    "fragments": "fragmenting",
    "fragments_of": "fragmenting",
    "belongs_together": "grouping",
    "substance": "grouping",
    "labels": "labelling",
    "language": "languages",
    "overview": "overviews",
    "same_parties": "parties",
    "read": "reading",
    "read_apart": "apart",
    "Document": "records",
    "Fragment": "records",
    "Label": "records",
    "Overview": "records",
    "Pair": "records",
    "Placed": "records",
    "Refused": "records",
    "Sentence": "records",
    "Unreadable": "records",
    "fuse": "search",
    "near_before": "search",
    "nearest": "search",
    "sentences": "splitting",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(_HOME)
