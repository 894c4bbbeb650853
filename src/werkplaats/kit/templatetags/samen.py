"""What templates say in the same way everywhere. ``{% load samen %}``."""

from datetime import date, datetime

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats.kit.dates import as_said, written

register = template.Library()


def _local(moment: date | datetime) -> date:
    if isinstance(moment, datetime):
        return moment.astimezone(timezone.get_current_timezone()).date()
    return moment


@register.simple_tag(takes_context=True)
def ago(context: Context, moment: date | datetime | None) -> SafeString | str:
    """``{% ago source.added_at %}``: 3 weken geleden (21 april 2026), in one <time>. Nothing without a date.

    Reads `today` from the context, which every page has.
    """
    if moment is None:
        return ""
    local = _local(moment)
    said = as_said(local, today=context["today"])
    return format_html('<time datetime="{}">{} ({})</time>', local.isoformat(), said, written(local))


@register.simple_tag
def day(moment: date | datetime | None) -> SafeString | str:
    """``{% day source.published_on %}``: 21 april 2026, in a <time>. Nothing without a date."""
    if moment is None:
        return ""
    local = _local(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), written(local))


@register.simple_tag(takes_context=True)
def said(context: Context, moment: date | datetime) -> str:
    """``{% said line.due_on %}``: over 3 dagen, alone; for where the exact date stands beside it already."""
    return as_said(_local(moment), today=context["today"])
