"""What the first cell of every notebook calls: it refuses wrong parameters and opens the Review."""

from __future__ import annotations

import ast

from IPython import get_ipython
from IPython.display import display

from planreview.blocks import Stamp
from planreview.catalogue import texts
from planreview.errors import UsageError
from planreview.narrative import words
from planreview.review import Review

PARAMETERS = ("unit", "cycle", "as_of", "raw_dir", "processed_dir", "reference_dir")


def start(
    unit: str | int | None = None,
    cycle: str | None = None,
    as_of: str | None = None,
    raw_dir: str | None = None,
    processed_dir: str | None = None,
    reference_dir: str | None = None,
) -> Review:
    """Open the Review that a notebook's parameters ask for, and show for whom it is.

    Raises UsageError for a parameter that the notebook does not have (papermill only logs that) and for a unit,
    cycle or round that is not declared.
    """
    _refuse_unknown_parameters()
    review = Review(unit, cycle=cycle, as_of=as_of, raw=raw_dir, processed=processed_dir, reference=reference_dir)
    return review


def stamp(review: Review) -> None:
    """Show for whom, in which cycle and as of which round the notebook ran; the batch checks it after the run."""
    known_as = review.catalogue.round(review.as_of)
    title = f"{review.unit.name} – {review.cycle.title} – số liệu đến {known_as.title.lower()}"
    provenances = sorted(set(review.observations()["provenance"]))
    line = texts.sentence(", ".join(words.PROVENANCES[p] for p in provenances))
    display(Stamp(review.unit.code, review.cycle.code, known_as.code, line, title))


def _refuse_unknown_parameters() -> None:
    shell = get_ipython()
    cells = shell.user_ns.get("In", []) if shell is not None else []
    injected = [c for c in cells if c.lstrip().startswith("# Parameters")]
    for cell in injected:
        names = [
            target.id
            for node in ast.parse(cell).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        ]
        unknown = [n for n in names if n not in PARAMETERS]
        if unknown:
            raise UsageError(
                f"Sổ tay không có tham số {', '.join(unknown)}", remedy=f"Chỉ nhận: {', '.join(PARAMETERS)}"
            )
