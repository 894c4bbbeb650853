"""A small library for the tests of issues: documents with passages, and issues that rest on them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from tests.builders import workshop
from werkplaats.issues.models import Issue, IssueFragment
from werkplaats.issues.rules import State
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Party
from werkplaats.search.rules import text_hash
from werkplaats.sources.models import Fragment, Page, Source
from werkplaats.workshops.models import Theme, Workshop

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


def source(
    title: str,
    texts: Sequence[str],
    *,
    themes: Sequence[Theme] = (),
    holder: Party | None = None,
    year: int = 2024,
    of: Workshop | None = None,
) -> list[Fragment]:
    """A document of one page with these passages."""
    key = key_from(title)
    row = Source.objects.create(
        workshop=of or workshop(),
        key=key,
        title=title,
        kind="report",
        holder=holder,
        published_on=date(year, 3, 1),
        file_name=f"{key}.md",
        media_type="text/markdown",
        sha256=text_hash(title),
        added_at=NOW,
    )
    row.themes.set(themes)
    page = Page.objects.create(source=row, number=1, text=" ".join(texts))
    made, start = [], 0
    for text in texts:
        end = start + len(text)
        made.append(
            Fragment.objects.create(
                page=page, source=row, start=start, end=end, text=text, language="nl", text_hash=text_hash(text)
            )
        )
        start = end + 1
    return made


def issue(
    name: str = "Afval op straat",
    fragments: Sequence[Fragment] = (),
    *,
    state: State = State.PROPOSED,
    of: Workshop | None = None,
) -> Issue:
    """An issue that rests on these passages; the first three are its proof."""
    decided = None if state is State.PROPOSED else NOW.date()
    made = Issue.objects.create(
        workshop=of or workshop(),
        key=key_from(name),
        name=name,
        sort_name=sort_key(name),
        state=state.value,
        proposed_on=NOW.date(),
        decided_on=decided,
    )
    for number, fragment in enumerate(fragments):
        IssueFragment.objects.create(issue=made, fragment=fragment, is_proof=number < 3, centrality=0.9 - number / 100)
    return made
