"""Tables in pictures; beside each stands the same in words and in a table."""

from werkplaats.tables.pictures.attendance import dots as dots
from werkplaats.tables.pictures.attendance import presence as presence
from werkplaats.tables.pictures.day import against as against
from werkplaats.tables.pictures.day import on_scale as on_scale
