"""Asks in a mirror: what the party asked, what it answered, and what came back to it."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Count, Q

from werkplaats.asks.models import Ask, GiveBack, Reply, ReplyVoice, Reported, Voice
from werkplaats.asks.rules import AskState, Fit, State
from werkplaats.mirror.queries.subject import Subject, people_facts
from werkplaats.mirror.rules import Item, ItemKind, Record, RecordKind, Section


def asked(subject: Subject) -> Iterator[Item]:
    """What the party asked of others, and how it answered. At most 7 queries."""
    yield from _own_asks(subject)
    yield from _answers(subject)
    yield from _nothing_back(subject)


def _own_asks(subject: Subject) -> Iterator[Item]:
    rows = Ask.objects.filter(asker__in=subject.entries, workshop=subject.workshop)
    asks = list(rows.exclude(state=AskState.DRAFT).order_by("key"))
    pks = [ask.pk for ask in asks]
    given = Voice.objects.filter(ask__in=pks).exclude(state=State.WITHDRAWN).order_by().values_list("ask")
    people = dict(given.annotate(n=Count("pk")))
    give_backs: dict[int, list[GiveBack]] = defaultdict(list)
    for one in GiveBack.objects.filter(ask__in=pks).order_by("at", "pk"):
        give_backs[one.ask_id].append(one)
    reports = dict(Reported.objects.filter(became__in=pks).order_by("key").values_list("became_id", "key"))
    for ask in asks:
        told = subject.people(f"given:{ask.key}", {"gave": people.get(ask.pk, 0)})
        records = [Record(RecordKind.ASK, ask.key, ask.title, subject.origin)]
        if n := sum(told.counts.values()):
            records.append(Record(RecordKind.PEOPLE, ask.key, ask.title, f"people:ask:{ask.key}", people=n))
        if ask.asked_party_id and subject.is_other(ask.asked_party_id) and people.get(ask.pk):
            name = subject.name_of(ask.asked_party_id)
            records.append(Record(RecordKind.REPLY, ask.key, name, f"answer:{ask.key}"))
        for one in give_backs[ask.pk]:
            if subject.is_other(one.party_id):
                name = subject.name_of(one.party_id)
                records.append(Record(RecordKind.GIVE_BACK, ask.key, name, subject.origin_of(one.party_id)))
        if ask.pk in reports:
            records.append(Record(RecordKind.REPORT, reports[ask.pk], ask.title, f"report:{reports[ask.pk]}"))
        back = [subject.day(one.at).isoformat() for one in give_backs[ask.pk]]
        is_late = bool(ask.answer_by and not back and ask.answer_by < subject.today)
        facts = {
            "ask": ask.key,
            **people_facts(told),
            "answer_by": ask.answer_by.isoformat() if ask.answer_by else "",
            "came_back": back,
            "late_days": (subject.today - ask.answer_by).days if is_late and ask.answer_by else 0,
            "late_reason": ask.late_reason,
        }
        on = (ask.opened_on or subject.today).isoformat()
        yield Item(Section.ASKS, ItemKind.ASK, f"ask:{ask.key}", ask.title, tuple(records), facts, on)


def _answers(subject: Subject) -> Iterator[Item]:
    """To whom the party replied, and whether people said that it fitted."""
    replies = Reply.objects.filter(party__in=subject.entries, workshop=subject.workshop).select_related("ask")
    by_ask: dict[str, list[Reply]] = defaultdict(list)
    for reply in replies.order_by("at", "pk"):
        by_ask[reply.ask.key].append(reply)
    rows = ReplyVoice.objects.filter(reply__party__in=subject.entries, reply__workshop=subject.workshop)
    fits: dict[str, Counter[str]] = defaultdict(Counter)
    said = rows.exclude(Q(fit=Fit.UNSAID.value) | Q(disputed=True) | Q(voice__state=State.WITHDRAWN))
    for of_ask, fit in said.order_by().values_list("reply__ask__key", "fit"):
        fits[of_ask][fit] += 1
    for key, those in sorted(by_ask.items()):
        ask = those[0].ask
        told = subject.people(f"fit:{key}", fits[key])
        records = [Record(RecordKind.REPLY, key, ask.title, subject.origin)]
        if ask.asker_id and subject.is_other(ask.asker_id):
            name = subject.name_of(ask.asker_id)
            records.append(Record(RecordKind.ASK, key, name, subject.origin_of(ask.asker_id)))
        if n := sum(told.counts.values()):
            records.append(Record(RecordKind.PEOPLE, key, ask.title, f"people:ask:{key}", people=n))
        on = subject.day(those[-1].at).isoformat()
        facts = {"ask": key, "on": on, **people_facts(told)}
        yield Item(Section.ASKS, ItemKind.ANSWERS, f"answers:{key}", ask.title, tuple(records), facts, on)
        yield Item(
            Section.GAVE, ItemKind.REPLIED, f"replied:{key}", ask.title, tuple(records), {"ask": key, "on": on}, on
        )


def _nothing_back(subject: Subject) -> Iterator[Item]:
    """Asks that the party answered, while what was to come back did not."""
    rows = Ask.objects.filter(asked_party__in=subject.entries, workshop=subject.workshop, answer_by__lt=subject.today)
    rows = rows.exclude(Q(state=AskState.DRAFT) | Q(asker=None) | Q(give_backs__isnull=False) | Q(voices__isnull=True))
    for ask in rows.order_by("key").distinct():
        assert ask.asker_id is not None
        assert ask.answer_by is not None
        if not subject.is_other(ask.asker_id):
            continue
        name = subject.name_of(ask.asker_id)
        records = (
            Record(RecordKind.ASK, ask.key, name, subject.origin_of(ask.asker_id)),
            Record(RecordKind.REPLY, ask.key, ask.title, f"answer:{ask.key}"),
        )
        facts = {"ask": ask.key, "asker": name, "answer_by": ask.answer_by.isoformat(), "late_reason": ask.late_reason}
        key, on = f"nothing-back:{ask.key}", ask.answer_by.isoformat()
        yield Item(Section.NEVER_BACK, ItemKind.NOTHING_BACK, key, ask.title, records, facts, on)
