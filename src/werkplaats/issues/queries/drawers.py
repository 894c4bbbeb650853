"""In which drawers of the system world the passages of each issue lie."""

from collections import Counter, defaultdict

from werkplaats.issues.models import Issue, IssueFragment
from werkplaats.issues.records.drawers import Drawers, DrawersRow
from werkplaats.issues.rules import State
from werkplaats.sources.models import Source
from werkplaats.workshops.models import Theme, Workshop


def drawers(workshop: Workshop) -> Drawers:
    """The accepted issues against the themes of the documents that their passages come from. 4 queries.

    A passage counts in every drawer of its document; themes in which nothing lies are left out.
    """
    issues = Issue.objects.filter(workshop=workshop, state=State.ACCEPTED.value).order_by("sort_name", "key")
    themes_of: dict[int, list[int]] = defaultdict(list)
    links = Source.themes.through.objects.filter(source__workshop=workshop)
    for source, theme in links.values_list("source_id", "theme_id"):
        themes_of[source].append(theme)
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    loose: Counter[int] = Counter()
    total: Counter[int] = Counter()
    rows = IssueFragment.objects.filter(issue__in=issues).order_by()
    for issue, source in rows.values_list("issue_id", "fragment__source_id"):
        counts[issue].update(themes_of[source])
        loose[issue] += not themes_of[source]
        total[issue] += 1
    used = {theme for found in counts.values() for theme in found}
    themes = [theme for theme in Theme.objects.filter(workshop=workshop) if theme.pk in used]
    return Drawers(
        themes=tuple((theme.key, theme.called) for theme in themes),
        rows=tuple(
            DrawersRow(
                issue.key,
                issue.name,
                tuple(counts[issue.pk][theme.pk] for theme in themes),
                loose[issue.pk],
                total[issue.pk],
            )
            for issue in issues
            if total[issue.pk]
        ),
    )
