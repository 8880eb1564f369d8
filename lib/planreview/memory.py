"""Python's search for cycles of objects, put off while many objects are made."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

# Answers about texts that a cache keeps: those of a few sheets. Texts are asked about again soon or never, and a cache
# of many more costs more to look into than most answers.
FEW = 2_500


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
