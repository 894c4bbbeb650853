"""What is read from and written to files: an open workshop folder, lists of a coordinator, and a conversation of Polis."""

from samenhang.files import Row as Row
from samenhang.sheets import day as day
from werkplaats.exchange.analysis.folders import LEDGER as LEDGER
from werkplaats.exchange.analysis.folders import MEMORY as MEMORY
from werkplaats.exchange.analysis.folders import Folder as Folder
from werkplaats.exchange.analysis.folders import areas as areas
from werkplaats.exchange.analysis.folders import faults as faults
from werkplaats.exchange.analysis.folders import letter as letter
from werkplaats.exchange.analysis.folders import map_of as map_of
from werkplaats.exchange.analysis.folders import memory as memory
from werkplaats.exchange.analysis.folders import read as read
from werkplaats.exchange.analysis.folders import sentence as sentence
from werkplaats.exchange.analysis.folders import sheet as sheet
from werkplaats.exchange.analysis.folders import write as write
from werkplaats.exchange.analysis.polis import is_polis as is_polis
from werkplaats.exchange.analysis.polis import polis as polis
