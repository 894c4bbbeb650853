"""Which conversations there are, and what they are made of."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from werkplaats.accounts.rules import Who, may
from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.queries import shown
from werkplaats.asks.rules import AskState
from werkplaats.conversations.models import Conversation, Participant, Statement
from werkplaats.conversations.records import ConversationLine, StatementLine
from werkplaats.conversations.rules import LONGEST, MAKE, State
from werkplaats.issues.models import Issue, IssueFragment
from werkplaats.sources.models import Fragment
from werkplaats.workshops.models import Workshop

_MOST_OFFERED = 40
OF_ASK_TEMPLATE = "conversations/of_ask.html"
"""Shown by pages beside an ask that has a conversation: the room of asks stands below this one."""


@dataclass(frozen=True, slots=True)
class Material:
    """What was said about an issue already, short enough to be a statement."""

    fragments: tuple[Fragment, ...]
    voices: tuple[Voice, ...]


def conversation_lines(workshop: Workshop, who: Who) -> tuple[ConversationLine, ...]:
    """The conversations of a workshop, open ones first. One whose ask is a draft is there for who may change it. 3 queries."""
    rows = _rows().filter(workshop=workshop)
    seen = [row for row in rows if row.ask.state != AskState.DRAFT or may(who, MAKE, row)]
    return _lines(seen, workshop)


def conversations_of_issue(issue: Issue) -> tuple[ConversationLine, ...]:
    """The conversations about one issue that were opened, open ones first. 3 queries."""
    rows = _rows().filter(issue=issue).exclude(ask__state=AskState.DRAFT)
    return _lines(list(rows), issue.workshop)


def statements(conversation: Conversation) -> tuple[StatementLine, ...]:
    """All statements, those that wait for a look first. For the desk. 1 query."""
    rows = Statement.objects.filter(conversation=conversation).order_by("number")
    lines = [
        StatementLine(
            row.number,
            row.text,
            row.language,
            State(row.state),
            row.reason,
            row.given_by_id is None,
            row.given_at,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.state is not State.WAITING))


def material(issue: Issue | None) -> Material:
    """The passages and voices of an issue that can be a statement as they are. 2 queries."""
    if issue is None:
        return Material((), ())
    held = IssueFragment.objects.filter(issue=issue).order_by("-is_proof", "-centrality", "fragment_id")
    passages = [one.fragment for one in held.select_related("fragment__source")[: 4 * _MOST_OFFERED]]
    voices = shown(Voice.objects.filter(issues__issue=issue)).order_by("-given_at", "-pk")[: 4 * _MOST_OFFERED]
    return Material(
        tuple(one for one in passages if len(one.text) <= LONGEST)[:_MOST_OFFERED],
        tuple(one for one in voices if len(one.shared_text) <= LONGEST)[:_MOST_OFFERED],
    )


def asks_without(workshop: Workshop, who: Who) -> tuple[Ask, ...]:
    """The asks at which `who` may make a conversation: drafts and open ones that have none yet. 2 queries."""
    taken = Conversation.objects.filter(workshop=workshop).values("ask")
    rows = Ask.objects.filter(workshop=workshop, is_standing=False).exclude(state=AskState.CLOSED)
    return tuple(
        row for row in rows.exclude(pk__in=taken).select_related("asker__canonical", "issue") if may(who, MAKE, row)
    )


def has_conversation(workshop: Workshop, ask_key: str) -> bool:
    """Whether an ask is answered on statements. 1 query."""
    return Conversation.objects.filter(workshop=workshop, key=ask_key).exists()


def people_in(conversation: Conversation) -> int:
    """How many people voted, and did not take it back. 1 query."""
    return Participant.objects.filter(conversation=conversation, voted_at__isnull=False).count()


def _rows() -> QuerySet[Conversation]:
    return Conversation.objects.select_related("ask__asker__canonical", "issue")


def _lines(rows: list[Conversation], workshop: Workshop) -> tuple[ConversationLine, ...]:
    among = [row.pk for row in rows]
    people = dict(
        Participant.objects.filter(conversation__in=among, voted_at__isnull=False)
        .values_list("conversation")
        .annotate(Count("pk"))
        .order_by()
    )
    accepted = dict(
        Statement.objects.filter(state=State.ACCEPTED, conversation__in=among)
        .values_list("conversation")
        .annotate(Count("pk"))
        .order_by()
    )
    lines = [
        ConversationLine(
            key=row.key,
            title=row.ask.title,
            question=row.ask.question,
            is_open=row.is_open,
            answer_by=row.ask.answer_by,
            issue_key=row.issue.key if row.issue else "",
            issue_name=row.issue.name if row.issue else "",
            statements=accepted.get(row.pk, 0),
            people=number if (number := people.get(row.pk, 0)) >= workshop.small_number else None,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (not line.is_open, line.title)))
