"""How the tests look at a figure: its texts, what they cover, and its pixels."""

import os
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations
from math import inf
from pathlib import Path

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from planreview.charts import style

GOLDEN = Path(__file__).parent / "golden"
UPDATE = bool(os.environ.get("PLANREVIEW_UPDATE_GOLDEN"))
AS_DESIGNED = {"text.hinting": "no_hinting"}  # the same in every release of FreeType, or nearly so
BLOCK, TOLERANCE = 4, 40  # pixels a side; difference of a block's mean colour (0–255) that is still the same picture


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text()]


def read(figure: Figure) -> str:
    """All that stands in the SVG, in reading order."""
    root = ET.fromstring(style.to_svg(figure))
    return " ".join(node.text for node in root.iter("{http://www.w3.org/2000/svg}text"))


@contextmanager
def measured(figure: Figure) -> Iterator[Callable[[Artist], Bbox]]:
    """Bounding boxes in points, of letters as they are designed (not moved to whole pixels)."""
    with rc_context(AS_DESIGNED):
        renderer = FigureCanvasAgg(figure).get_renderer()
        yield lambda artist: artist.get_window_extent(renderer)


def overlap(a: Bbox, b: Bbox) -> tuple[float, float]:
    return min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)


def assert_tidy(figure: Figure) -> None:
    """No text leaves the sheet and no two texts overlap."""
    with measured(figure) as box_of:
        boxes = [(text.get_text(), box_of(text)) for text in texts(figure)]
    for words, box in boxes:
        assert box.x0 >= -0.5 and box.x1 <= figure.bbox.width + 0.5, words
        assert box.y0 >= -0.5 and box.y1 <= figure.bbox.height + 0.5, words
    for (one, a), (other, b) in combinations(boxes, 2):
        across, down = overlap(a, b)
        # Boxes reach from the deepest to the highest letter of a line: two lines of Ở and ợ may touch by a hair.
        assert across <= 0.5 or down <= 1.7, f"{one!r} over {other!r}"


def pixels(figure: Figure) -> np.ndarray:
    canvas = FigureCanvasAgg(figure)
    with rc_context(AS_DESIGNED):
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference between the mean colours of two small blocks; infinite where the sizes differ.

    Another rendering of the same letters changes blocks little, a moved or missing label much.
    """
    if one.shape != other.shape:
        return inf
    high, wide = (side // BLOCK * BLOCK for side in one.shape[:2])

    def means(picture: np.ndarray) -> np.ndarray:
        cut = picture[:high, :wide].astype(float)
        return cut.reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK, 3).mean(axis=(1, 3))

    return float(np.abs(means(one) - means(other)).max())


def assert_looks_as_it_did(name: str, figure: Figure, folder: Path) -> None:
    """Compares with golden/<name>.png; where it differs, the new picture is left in ``folder``."""
    picture = pixels(figure)
    path = GOLDEN / f"{name}.png"
    if UPDATE:
        Image.fromarray(picture).quantize(64).save(path, optimize=True)
    golden = np.asarray(Image.open(path).convert("RGB"))
    if difference(picture, golden) > TOLERANCE:
        Image.fromarray(picture).save(folder / path.name)
        pytest.fail(f"{name} looks different: compare {folder / path.name} with {path}")
