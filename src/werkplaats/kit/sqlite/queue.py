"""The queue of writers: whoever wants to write to a SQLite file waits in line on a lock file beside it.

SQLite lets one writer in at a time and makes the others poll; who polls at the wrong moments can wait for seconds while
newcomers slip in. The kernel's file lock wakes who waits as soon as it is free, and lets go when a process dies. It is not
strictly first come, first served (who has just left may be back first), but nobody starves.
"""

import fcntl
import os
from pathlib import Path


class WriterQueue:
    """One connection's place in the line. Every connection opens the lock file itself, so threads of one process queue too.

    `path` is None for a database in memory, which no other connection can write to: then there is nothing to queue for.
    Taking it twice or leaving it twice is harmless, since Django rolls back after a failed commit.
    """

    def __init__(self, path: Path | None) -> None:
        self.held = False
        self._file = None if path is None else os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def enter(self) -> None:
        """Waits until it is our turn."""
        if self._file is not None and not self.held:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        self.held = True

    def leave(self) -> None:
        """Lets the next one in."""
        if self._file is not None and self.held:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self.held = False

    def close(self) -> None:
        """Leaves and closes the lock file."""
        self.leave()
        if self._file is not None:
            os.close(self._file)
            self._file = None
