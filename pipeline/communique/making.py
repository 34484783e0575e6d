"""Making many objects that are kept, without looking for garbage among them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def settle() -> None:
    """Put all objects that are alive into the oldest generation of garbage collection.

    There they would come by surviving collections, each of which looks through all of them. What a program has frozen
    itself stays frozen.
    """
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()


@contextmanager
def collection_paused() -> Iterator[None]:
    """While many objects are made that are kept, looking for cycles among them again and again is for nothing."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
