"""What an open vault holds on to: let go of when it locks, or at once where opening fails."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def let_go_on_failure() -> Iterator[ExitStack]:
    """Yield what an open vault holds on to; let go of it here only if opening fails."""
    held = ExitStack()
    try:
        yield held
    except BaseException:
        held.close()
        raise
