"""Names in the language of the reader."""

from django.utils.translation import get_language


def as_read(name: str, name_en: str | None) -> str:
    """The name in the language of the page: the English one on an English page, as far as somebody filled it in.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     as_read("Wonen", "Housing"), as_read("Jeugd", "")
    ('Housing', 'Jeugd')
    """
    is_english = (get_language() or "").split("-")[0] == "en"
    return (name_en or name) if is_english else name
