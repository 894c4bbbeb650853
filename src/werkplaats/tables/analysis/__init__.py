"""What the library says of tables: lots, and who was affected, invited, present, spoke and decided."""

from werkplaats.tables.analysis.attendance import attended as attended
from werkplaats.tables.analysis.lots import Drawn as Drawn
from werkplaats.tables.analysis.lots import draw as draw
