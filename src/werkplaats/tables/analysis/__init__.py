"""What the library says of tables: lots, who was affected, invited and present, turns, and how heard people felt."""

from werkplaats.tables.analysis.attendance import attended as attended
from werkplaats.tables.analysis.day import figures as figures
from werkplaats.tables.analysis.day import moved as moved
from werkplaats.tables.analysis.day import shares as shares
from werkplaats.tables.analysis.day import steps as steps
from werkplaats.tables.analysis.lots import Drawn as Drawn
from werkplaats.tables.analysis.lots import draw as draw
