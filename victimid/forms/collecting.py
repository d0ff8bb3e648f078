"""Holds back Python's cycle collector while very many objects are made that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Compile a form without the collector looking over its growing heap again and again.

    What was made meanwhile counts as old at once, so that the first look after this is not at all of it.
    """
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
