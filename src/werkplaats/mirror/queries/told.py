"""What voices and documents say that name the party."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Q

from werkplaats.asks.models import Voice
from werkplaats.mirror.queries.subject import Subject, people_facts
from werkplaats.mirror.rules import Item, ItemKind, Record, RecordKind, Section
from werkplaats.sources.models import Fragment, SaidBefore

SHORTEST_NAME = 4
"""A name of fewer letters would be found in other words."""


def told(subject: Subject) -> Iterator[Item]:
    """Voices that go out and passages of documents. 3 queries."""
    names = [name for name in subject.names if len(name) >= SHORTEST_NAME]
    if not names:
        return
    word = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    yield from _voices(subject, names, word)
    yield from _passages(subject, names, word)


def _named_in(field: str, names: list[str]) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{field}__icontains": name})
    return found


def _voices(subject: Subject, names: list[str], word: re.Pattern[str]) -> Iterator[Item]:
    """How many people name the party, per ask; their words are no part of a mirror."""
    rows = Voice.objects.filter(_named_in("shared_text", names), workshop=subject.workshop, goes_out=True)
    counts: Counter[tuple[str, str]] = Counter()
    for key, title, text in rows.order_by().values_list("ask__key", "ask__title", "shared_text"):
        counts[key, title] += bool(word.search(text))
    for (key, title), n in sorted(counts.items()):
        shown = subject.people(f"voices:{key}", {"named": n})
        if people := sum(shown.counts.values()):
            records = (Record(RecordKind.PEOPLE, key, title, f"people:ask:{key}", people=people),)
            facts = {"ask": key, **people_facts(shown)}
            yield Item(Section.SAID, ItemKind.VOICES, f"voices:{key}", title, records, facts)


def _passages(subject: Subject, names: list[str], word: re.Pattern[str]) -> Iterator[Item]:
    """Passages that name the party and say what an earlier one of another document said too, told once."""
    rows = SaidBefore.objects.filter(later__source__workshop=subject.workshop)
    rows = rows.filter(_named_in("later__text", names) | _named_in("earlier__text", names))
    first: dict[int, int] = {}
    pairs = list(rows.order_by("earlier_id", "later_id").values_list("earlier_id", "later_id"))
    for earlier, later in pairs:
        first[later] = min(first.get(later, later), first.get(earlier, earlier))
    together: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        for one in pair:
            together[_root(one, first)].add(one)
    passages = Fragment.objects.filter(pk__in={one for pair in pairs for one in pair})
    held = {one.pk: one for one in passages.select_related("source", "page")}
    for root, members in sorted(together.items()):
        said = [held[one] for one in sorted(members) if word.search(held[one].text)]
        if not said:
            continue
        newest = max(said, key=lambda one: (str(one.source.published_on or ""), one.pk))
        records = tuple(_record(subject, held[one]) for one in sorted(members))
        oldest = held[root]
        key = f"passage:{oldest.source.key}:{oldest.page.number}:{oldest.start}"
        facts = {"language": newest.language}
        on = str(newest.source.published_on or "")
        yield Item(Section.SAID, ItemKind.PASSAGE, key, newest.text, records, facts, on)


def _root(one: int, first: dict[int, int]) -> int:
    while (before := first.get(one, one)) != one:
        one = before
    return one


def _record(subject: Subject, passage: Fragment) -> Record:
    source = passage.source
    origin = subject.origin_of(source.holder_id) if source.holder_id else f"source:{source.key}"
    return Record(RecordKind.SOURCE, source.key, source.title, origin)
