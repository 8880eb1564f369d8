"""Python's search for cycles of objects, put off while many objects are made."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_cycle_search() -> Iterator[None]:
    """Making many small objects sets off searches for cycles, of which there are none: half of the time goes there.

    What was made meanwhile then counts as old: else the next small object would set off the search of all of it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # all objects aside, and back among the oldest; neither looks at any
            gc.unfreeze()
            gc.enable()
