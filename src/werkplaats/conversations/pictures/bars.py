"""How many agree, pass and disagree, as one bar."""

from django.utils.safestring import SafeString, mark_safe

from werkplaats.conversations.records import Figure

WIDTH, HEIGHT = 200, 12


def bar(figure: Figure) -> SafeString:
    """One bar: agree, pass, disagree. The numbers stand beside it.

    >>> "samen-votes__agree" in bar(Figure(3, 1, 0))
    True
    """
    parts = (("agree", figure.agree), ("pass", figure.passed), ("disagree", figure.disagree))
    drawn, x = "", 0.0
    for name, count in parts:
        width = WIDTH * count / max(figure.number, 1)
        drawn += f'<rect class="samen-votes__{name}" x="{x:.1f}" y="0" width="{width:.1f}" height="{HEIGHT}"/>'
        x += width
    return mark_safe(  # noqa: S308 - numbers of ours
        f'<svg class="samen-votes" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{drawn}</svg>'
    )
