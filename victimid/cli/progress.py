"""Progress of long work: one line on standard error where that is a terminal, nothing in a script."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from victimid.app.watching import Watch

_WIDTH = 60


@contextmanager
def shown(label: str) -> Iterator[Watch]:
    """Yield who is told how far the work is; the line is gone at the end."""
    if not sys.stderr.isatty():
        yield Watch()
        return
    percents: list[int] = []

    def tell(done: int, total: int) -> None:
        """Write the line anew when a percent is full."""
        percent = 100 * done // max(total, 1)
        if percents[-1:] != [percent]:
            percents[:] = [percent]
            print(f"\r{label}: {percent} %", end="", file=sys.stderr, flush=True)

    try:
        yield Watch(tell)
    finally:
        print("\r" + " " * _WIDTH + "\r", end="", file=sys.stderr, flush=True)
