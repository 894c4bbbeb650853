"""Dates as people say them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def as_said(day: date, *, today: date) -> str:
    """How long ago, or how soon, as people say it; weeks from two weeks, months from two months, years from one.

    >>> from django.utils.translation import override
    >>> with override("nl"):
    ...     as_said(date(2026, 4, 21), today=date(2026, 5, 12))
    '3 weken geleden'
    """
    days = (today - day).days
    if days == 0:
        return _("vandaag")
    if days in (1, -1):
        return _("gisteren") if days == 1 else _("morgen")
    return _past(days) if days > 0 else _future(-days)


def written(day: date) -> str:
    """The exact date in words: ``21 april 2026``."""
    return date_format(day, "j F Y")


def _past(days: int) -> str:
    if days >= 365:
        return ngettext("een jaar geleden", "%(count)d jaar geleden", days // 365) % {"count": days // 365}
    if days >= 60:
        return ngettext("een maand geleden", "%(count)d maanden geleden", days // 30) % {"count": days // 30}
    if days >= 14:
        return ngettext("een week geleden", "%(count)d weken geleden", days // 7) % {"count": days // 7}
    return ngettext("%(count)d dag geleden", "%(count)d dagen geleden", days) % {"count": days}


def _future(days: int) -> str:
    if days >= 365:
        return ngettext("over een jaar", "over %(count)d jaar", days // 365) % {"count": days // 365}
    if days >= 60:
        return ngettext("over een maand", "over %(count)d maanden", days // 30) % {"count": days // 30}
    if days >= 14:
        return ngettext("over een week", "over %(count)d weken", days // 7) % {"count": days // 7}
    return ngettext("over %(count)d dag", "over %(count)d dagen", days) % {"count": days}
