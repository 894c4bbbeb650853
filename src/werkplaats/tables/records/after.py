"""What is shown after a table: five stages per kind of party, and what there is to do."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from werkplaats.tables.records import TableRecord, kind_words

STAGE_WORDS: dict[str, Words] = {
    "affected": _("Gaat het aan"),
    "invited": _("Uitgenodigd"),
    "present": _("Aanwezig"),
    "spoke": _("Zei iets dat bleef staan"),
    "decided": _("Besliste"),
}


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many of one kind reached one stage. `count` is None where there were a few people, and no more is told."""

    stage: str
    count: int | None

    @property
    def stage_words(self) -> Words:
        """What stage it is, as a person reads it."""
        return STAGE_WORDS[self.stage]


@dataclass(frozen=True, slots=True)
class PresenceLine:
    """One kind of party through the five stages."""

    kind: str
    counts: tuple[StageCount, ...]

    @property
    def kind_words(self) -> Words:
        """What kind of party it is, as a person reads it."""
        return kind_words(self.kind)


@dataclass(frozen=True, slots=True)
class PresenceRecord:
    """Affected, invited, present, spoke, decided: counted per kind of party. Names are for who plans the next table."""

    rows: tuple[PresenceLine, ...]
    not_invited: tuple[str, ...]
    stayed_away: tuple[str, ...]
    decided_absent: tuple[str, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A promise that waits for the yes of its maker. `asked_at`: when a link went out; `by_mail`: whether it can go by mail."""

    key: str
    maker: str
    wording: str
    asked_at: datetime | None
    by_mail: bool


@dataclass(frozen=True, slots=True)
class AfterRecord:
    """What there is to do after a table."""

    record: TableRecord
    noted: bool
    drafts: tuple[DraftLine, ...]
    letters: int
    is_over: bool
