"""planreview: from the cells a province's units typed to the claims its five-year plan makes, and back.

``from planreview import Review; r = Review("14"); r.results()`` is all an analyst needs to begin.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planreview.notebook import start
    from planreview.review import Review

__all__ = ["Review", "start"]


def __getattr__(name: str):
    """Load the two doors when they are asked for: a command that needs neither should not wait for IPython."""
    if name == "Review":
        from planreview.review import Review

        return Review
    if name == "start":
        from planreview.notebook import start

        return start
    raise AttributeError(f"module 'planreview' has no attribute {name!r}")
