"""What the public and the holder of a receipt may read of voices."""

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from werkplaats.asks.models import Ask, ReplyVoice, Voice, VoiceIssue
from werkplaats.asks.queries.asks import give_backs
from werkplaats.asks.records import PublicPage, PublicVoice, ReplyLine, VoiceStory
from werkplaats.asks.rules import State, day_in, due_on
from werkplaats.issues.models import Issue
from werkplaats.workshops.models import Workshop


def shown(voices: QuerySet[Voice]) -> QuerySet[Voice]:
    """Those of these voices that may go out: the giver said so, a human looked, nobody hid them. The one gate."""
    return voices.filter(goes_out=True)


def public_page(about: Ask | Issue, *, limit: int = 20, offset: int = 0) -> PublicPage:
    """Some of the words that may be read by everybody, of an ask or an issue, newest first, and how many there are. 4 queries.

    Only a month is told, and a place or group only where at least the workshop's small number of these voices come from it.
    """
    rows = shown(_voices(about))
    enough, zone = Workshop.objects.values_list("small_number", "timezone").get(pk=about.workshop_id)
    newest = rows.order_by("-given_at", "-pk").values_list("pk", flat=True)[offset : offset + limit]
    page = Voice.objects.filter(pk__in=list(newest)).select_related("area").order_by("-given_at", "-pk")
    number, places, groups = _often(rows, enough)
    voices = tuple(
        PublicVoice(
            text=row.shared_text,
            language=row.language,
            month=day_in(zone, row.given_at).replace(day=1),
            place=row.area.name if row.area and row.area_id in places else "",
            group=row.group if row.group in groups else "",
            channel=row.channel,
        )
        for row in page
    )
    return PublicPage(voices, number)


def public_voices(about: Ask | Issue, *, limit: int = 20, offset: int = 0) -> tuple[PublicVoice, ...]:
    """The words that may be read by everybody, as `public_page` tells them."""
    return public_page(about, limit=limit, offset=offset).voices


def receipt(workshop: Workshop, key: str) -> VoiceStory | None:
    """What a receipt opens: the way of a voice without its words. 6 queries. None: no such voice (yet: a card not typed in)."""
    answers = ReplyVoice.objects.select_related("reply__party__canonical")
    row = (
        Voice.objects.filter(workshop=workshop, key=key)
        .select_related("ask", "come_back_by__canonical")
        .prefetch_related(
            Prefetch("replies", answers.order_by("reply__at", "reply_id")),
            Prefetch("issues", VoiceIssue.objects.select_related("issue").order_by("issue__sort_name")),
        )
        .first()
    )
    if row is None:
        return None
    given_on = day_in(workshop.timezone, row.given_at)
    by = row.come_back_by and (row.come_back_by.canonical or row.come_back_by)
    links = list(row.replies.all())
    answered = ReplyVoice.objects.filter(reply__in=[link.reply_id for link in links]).order_by()
    together = dict(answered.values_list("reply").annotate(Count("pk")))
    return VoiceStory(
        voice_id=row.pk,
        key=row.key,
        ask_key=row.ask.key,
        subject=row.ask.title,
        given_on=given_on,
        state=row.state,
        privacy=row.privacy,
        reopened=row.reopened,
        due_on=due_on(given_on=given_on, answer_by=row.ask.answer_by, come_back_on=row.come_back_on),
        come_back_on=row.come_back_on,
        come_back_by=by.name if by else "",
        looked_at=row.looked_at,
        hidden_reason=row.hidden_reason,
        giver_gets=row.ask.giver_gets,
        reward_came=row.reward_came,
        has_contact=bool(row.contact),
        may_judge=row.state in (State.REPLIED, State.SILENT),
        replies=tuple(_reply(link, together=together[link.reply_id]) for link in links),
        give_backs=give_backs([row.ask_id]),
        issues=tuple((one.issue.key, one.issue.name) for one in row.issues.all()),
    )


def due(voice: Voice, ask: Ask, *, zone: str) -> date:
    """When a voice is answered at the latest."""
    given_on = day_in(zone, voice.given_at)
    return due_on(given_on=given_on, answer_by=ask.answer_by, come_back_on=voice.come_back_on)


def _voices(about: Ask | Issue) -> QuerySet[Voice]:
    """Written so that an index alone serves both: of an ask its own, of an issue all that go out, asked one by one."""
    if isinstance(about, Ask):
        return Voice.objects.filter(ask=about)
    put_with = VoiceIssue.objects.filter(issue=about, voice=OuterRef("pk"))
    return Voice.objects.filter(Exists(put_with), workshop_id=about.workshop_id)


def _often(rows: QuerySet[Voice], enough: int) -> tuple[int, frozenset[int], frozenset[str]]:
    """How many these voices are, and the areas and groups that at least `enough` of them come from. One scan for all."""
    areas: Counter[int] = Counter()
    groups: Counter[str] = Counter()
    number = 0
    for area, group, some in rows.order_by().values_list("area_id", "group").annotate(number=Count("pk")):
        number += some
        if area is not None:
            areas[area] += some
        if group:
            groups[group] += some
    return (
        number,
        frozenset(key for key, n in areas.items() if n >= enough),
        frozenset(key for key, n in groups.items() if n >= enough),
    )


def _reply(row: ReplyVoice, *, together: int) -> ReplyLine:
    party = row.reply.party.canonical or row.reply.party
    return ReplyLine(row.reply.key, row.reply.text, row.reply.at, party.name, together, row.fit, row.disputed)
