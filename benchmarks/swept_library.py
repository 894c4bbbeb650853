"""What the benchmark of the library has done in a process with the platform in it."""

import json
import resource
import time
from collections import Counter

from django.utils import timezone

from benchmarks.made_library import KEY
from benchmarks.made_workshop import session_of
from werkplaats.accounts.actions import give_role
from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import RoleName
from werkplaats.config.sweeps import SWEEPS
from werkplaats.kit.claims import work_some
from werkplaats.workshops.models import Workshop


def sweep() -> None:
    """All slow work until nothing is left; prints the CPU seconds of each kind and the most memory in MB, as JSON."""
    took: Counter[str] = Counter()
    tried = 1
    while tried:
        tried = 0
        for one in SWEEPS:
            began = time.process_time()
            tried += work_some(one)
            took[one.name] += time.process_time() - began
    print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))


def tell_session() -> None:
    """Prints a session of a coordinator."""
    email = "bieb@example.org"
    give_role(Workshop.objects.get(key=KEY), email=email, name=RoleName.COORDINATOR, since=timezone.localdate())
    print(session_of(Account.objects.get(email=email)))
