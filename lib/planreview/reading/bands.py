"""A view cut into tables from top to bottom: which rows are a header, which are its lines, what stands between."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from planreview.reading.kinds import NOTE_HEADING, NUMERIC, PERIOD_WORD, TIME_HEADING, Kind, may_head_ordinals
from planreview.reading.units import is_measure, unit_line
from planreview.reading.view import View
from planreview.workbooks import GridCell, Stretch

_CONTINUED = re.compile(r"tiếp theo|\btiếp\)|\(cont(?:inued|\.)?\)", re.I)
_COUNT = re.compile(r"^\(?\s*(\d{1,3})\s*\)?(?:\s*=.*)?$|^\d+\s*=\s*[\d+\-*/x: ().=%]+$")
_LONGEST_COUNT = 4  # characters of a number that counts columns, and the blank behind it
_LONGEST_LETTER = 3  # characters of a letter that counts a column
_NOT_HEADER = re.compile(r"^\(?(?:phụ lục|biểu|mẫu|bảng|kèm theo|table|cộng hòa|độc lập|ban hành)", re.I)
_RANGE_NAME = re.compile(r"\d{1,3}\s*[-–]\s*\d{1,3}|\d{1,3}\s*\+|(?:19|20)\d\d\s*[-–/]\s*(?:(?:19|20)?\d\d)")
_YEAR_IN_WORDS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ABOUT_A_YEAR = re.compile(r"^(?:ước|uoc)\s*(?:19|20)\d\d$", re.I)  # a heading as well as a number
_HEAD_KINDS = (Kind.WORD, Kind.YEAR, Kind.DATE, Kind.FIGURE)


@dataclass
class Band:
    """Rows of one table, by number. ``body`` holds groups, lines and what stands between them.

    first_value: the first column of numbers. continued: its title says that it goes on from the table before.
    """

    preamble: list[int]
    header: list[int]
    counting: list[int]
    body: list[int]
    first_value: int
    data: set[int] = field(default_factory=set)
    continued: bool = False


def find_bands(view: View) -> list[Band]:
    """The tables of a view, top to bottom; rows after the last line of a table open the next one's preamble."""
    bands: list[Band] = []
    run: list[int] = []
    data: list[int] = []
    for row in view.rows:
        if _is_data(view, row, started=bool(data) and row - data[-1] <= 2):
            data.append(row)
    order = {row: i for i, row in enumerate(data)}
    current: Band | None = None
    for row in view.rows:
        if row not in order:
            run.append(row)
            continue
        if current is not None and not run:
            current.body.append(row)
            current.data.add(row)
            continue
        ahead = _ahead(view, data, order[row])
        first_value = _first_value_column(view, ahead)
        header, counting = _header(view, run, row, first_value, current)
        if current is not None and header and _describes_columns(view, header, current, len(ahead)):
            current.header += [r for r in (*current.body, *run) if r <= header[-1]]
            current.body = [r for r in run if r > header[-1]]
            current.data, current.first_value = set(), first_value
        elif current is None or (header and _is_new(view, header, first_value, current)):
            if current is not None:
                ends = _still_lines(view, run, current)
                current.body += run[:ends]
                run = run[ends:]
            current = _open(view, run, header, counting, first_value, bands)
        else:
            current.body += run
        current.body.append(row)
        current.data.add(row)
        run = []
    _close(view, run, current, bands)
    return bands


def _still_lines(view: View, run: list[int], current: Band) -> int:
    """How many of the rows above another header are lines of the table before: numbered, without numbers, right below
    it."""
    below = max(current.body, default=0)
    for count, row in enumerate(run):
        if row != below + count + 1 or not any(view.counts(cell) for cell in view.rows[row]):
            return count
    return len(run)


def _is_data(view: View, row: int, *, started: bool) -> bool:
    """A row with a number that counts nothing and heads no column; ``started``: it stands right below another."""
    if view.has_stretch(row):
        return not is_counting(view, row)
    cells = view.rows[row]
    figures = view.numbers(row)
    if not figures or is_counting(view, row):
        return False
    if len(figures) > 1 and Kind.YEAR not in (view.kind(figures[0]), view.kind(figures[1])):
        return True
    real = [c for c in figures if view.kind(c) != Kind.YEAR and not _ABOUT_A_YEAR.match(view.text(c))]
    if len(real) > 1:
        return True
    first = figures[0].column
    named = any(view.kind(c) == Kind.WORD and c.column < figures[-1].column for c in cells if not view.counts(c))
    headings = sum(_is_heading(view, c) for c in cells if isinstance(c.value, str))
    if not real:
        years = [c.value for c in figures if view.kind(c) == Kind.YEAR]
        title = not named and len(years) == 1
        words_above = any(view.kind(c) == Kind.WORD and c.column > first for c in cells)
        if len(cells) > 1 and all(view.kind(c) != Kind.WORD or _YEAR_IN_WORDS.search(view.text(c)) for c in cells):
            return False  # periods side by side
        rises = len(years) > 1 and all(str(a) < str(b) for a, b in itertools.pairwise(years))
        if started and named and not headings:
            return True
        return named and not (headings or rises or words_above or title or len(set(years)) == 1)
    if headings:
        return False
    dated = view.kind(cells[0]) in (Kind.DATE, Kind.YEAR, Kind.FIGURE) and len(figures) > 1
    return named or dated or len(figures) > 1 or _follows(view, row, real)


def _is_heading(view: View, cell: GridCell) -> bool:
    """A heading of names or units; "Xã" or "chỉ tiêu" right of a name is the unit of its line."""
    if view.heads_units(cell):
        return True
    if not view.heads_labels(cell):
        return False
    left = [c for c in view.rows[cell.row] if c.column < cell.column and view.kind(c) == Kind.WORD]
    return all(view.counts(c) or view.heads_labels(c) or may_head_ordinals(view.text(c)) for c in left)


def _follows(view: View, row: int, figures: list[GridCell]) -> bool:
    """Whether numbers without a name belong to the row above: its name has none, or it has its own in their columns."""
    above = view.rows.get(row - 1, [])
    if any(c.column == figures[0].column for c in view.numbers(row - 1)):
        return True
    return bool(above) and all(view.kind(c) == Kind.WORD and view.last_column(c) < figures[0].column for c in above)


def is_counting(view: View, row: int) -> bool:
    """A row of column numbers: 1, 2, 3 or (1), (2), 3=1+2, with A, B over the names."""
    for part in view.parts[row]:
        if type(part) is Stretch:
            if len(part.text) >= _LONGEST_COUNT * len(part.shape.columns):
                return False  # one of its numbers is longer than any count
        elif type(part.value) is str and view.text(part)[_LONGEST_LETTER:] and part.value[0].isalpha():
            return False
    counted = []
    for cell in view.each(row):
        text = view.text(cell)
        match = _COUNT.match(text)
        if match:
            counted.append(int(re.match(r"\(?\s*(\d+)", text)[1]))
        elif not re.fullmatch(r"\(?[A-Za-zĐđ]\)?", text):
            return False
    rises = all(a < b for a, b in itertools.pairwise(counted))
    steps = [b - a for a, b in itertools.pairwise(counted)]
    return len(counted) >= 2 and rises and max(steps) <= 2 and counted[0] <= 4


def _ahead(view: View, data: list[int], start: int) -> list[int]:
    """The data rows from one on that belong together: no further apart than a few rows, and no heading between."""
    rows = [data[start]]
    for row in data[start + 1 : start + 40]:
        between = (view.rows.get(r, ()) for r in range(rows[-1] + 1, row))
        if row - rows[-1] > 4 or any(_is_heading(view, c) for cells in between for c in cells):
            break
        rows.append(row)
    return rows


def _first_value_column(view: View, rows: list[int]) -> int:
    """The first column that holds numbers rather than names in these rows."""
    figures: dict[int, int] = {}
    words: dict[int, int] = {}
    years: dict[int, list] = {}
    for part in (part for row in rows for part in view.parts[row]):
        if type(part) is Stretch:
            for column in part.shape.columns:
                if (part.row, column) not in view.ordinals:
                    figures[column] = figures.get(column, 0) + 1
            continue
        if view.counts(part):
            continue
        kind = view.kind(part)
        if kind in NUMERIC:
            figures[part.column] = figures.get(part.column, 0) + 1
        if kind == Kind.WORD:
            words[part.column] = words.get(part.column, 0) + 1
        if kind in (Kind.YEAR, Kind.DATE):
            years.setdefault(part.column, []).append(part.value)
        elif kind is Kind.FIGURE and _ABOUT_A_YEAR.match(view.text(part)):
            years.setdefault(part.column, []).append(view.text(part)[-4:])
    for column in sorted(figures):
        if figures[column] <= words.get(column, 0):
            continue
        if _are_names(years.get(column, []), figures[column], len(rows), any(c > column for c in figures)):
            continue
        if any(c > column for c in figures) and _names_in_figures(view, rows, column):
            continue
        return column
    return max(figures, default=view.right)


def _are_names(years: list, figures: int, rows: int, others: bool) -> bool:
    """Years down the first column name the lines, where numbers stand beside them."""
    if not others or len(years) < max(1, figures) or figures > rows:
        return False
    values = [str(y) for y in years]
    return all(a <= b for a, b in itertools.pairwise(values))


def _names_in_figures(view: View, rows: list[int], column: int) -> bool:
    """Ranges such as 15-19 or 2014-2015 down a column are names of groups."""
    parts = [part for row in rows for part in view.parts[row]]
    if any(type(part) is Stretch and column in part.shape.places for part in parts):
        return False
    cells = [p for p in parts if type(p) is not Stretch and p.column == column and view.kind(p) in NUMERIC]
    texts = [view.text(c) for c in cells]
    return len(texts) > 1 and all(_RANGE_NAME.fullmatch(t) for t in texts)


def _header(
    view: View, run: list[int], below: int, first_value: int, current: Band | None
) -> tuple[list[int], list[int]]:
    """The header rows and the rows of column numbers among the rows above a line."""
    header: list[int] = []
    counting: list[int] = []
    lowest = below
    heading_row = _heading_row(view, run, first_value)
    for row in reversed(run):
        look = "group" if _is_line(view, row, heading_row, first_value) else _look(view, row, first_value, current)
        if look == "count":
            if not header:
                counting.append(row)
                lowest = row
            continue
        if not header:
            if (
                look == "head"
                or (look == "span" and _may_head_alone(view, row))
                or (look == "unit" and row - 1 in view.rows and _look(view, row - 1, first_value, current) == "head")
            ):
                header.append(row)
                lowest = row
            elif look == "title" and not _goes_on(view, row):
                break
            continue
        if look in ("head", "span") and (lowest - row == 1 or _bridges(view, row, lowest, first_value)):
            header.append(row)
            lowest = row
        else:
            break
    if not header:
        counting = []
    return sorted(header), sorted(counting)


def _heading_row(view: View, run: list[int], first_value: int) -> int | None:
    """The first row that heads names, and periods over the values."""

    def heads(row: int) -> bool:
        cells = view.rows[row]
        periods = any(c.column >= first_value and PERIOD_WORD.search(view.text(c)) for c in cells)
        return periods and any(view.heads_labels(c) for c in cells)

    return next((row for row in run if heads(row)), None)


def _is_line(view: View, row: int, heading_row: int | None, first_value: int) -> bool:
    """Whether a row below a heading one is a line that only words stand beside: it has a name of its own, and nothing
    of a header over the values."""
    if heading_row is None or row <= heading_row or is_counting(view, row):
        return False
    columns = {c.column for c in view.rows[heading_row] if view.heads_labels(c)}
    named = any(c.column in columns and view.kind(c) == Kind.WORD for c in view.rows[row])
    over = [view.text(c) for c in view.rows[row] if c.column >= first_value]
    said = any(PERIOD_WORD.search(text) or is_measure(text) for text in over)
    return named and not said and not any(_heads_names(view, c) for c in view.rows[row] if c.column < first_value)


def _goes_on(view: View, row: int) -> bool:
    """Whether a wide text may stand between header and lines: a section, not the title of a table."""
    return len(view.text(view.rows[row][0])) < 60


def _may_head_alone(view: View, row: int) -> bool:
    return sum(_is_heading(view, c) or view.heads_ordinals(c) for c in view.rows[row]) > 1


def _look(view: View, row: int, first_value: int, current: Band | None) -> str:
    """What a row above lines looks like: head, count, unit, title, span (headings of names only) or group."""
    cells = view.rows[row]
    if is_counting(view, row):
        return "count"
    over = [c for c in cells if c.column >= first_value and view.kind(c) in _HEAD_KINDS]
    names = [c for c in cells if c.column < first_value]
    if names and any(view.kind(c) == Kind.MARK for c in cells if c.column >= first_value):
        return "group"  # a line of which nothing is known
    crossing = [c for c in names if view.last_column(c) >= first_value]
    left_of = range(view.left, crossing[0].column) if crossing else ()
    if crossing and crossing[0] is cells[0] and all(view.at(row, n) is None for n in left_of):
        return "title"
    over += crossing
    names = [c for c in names if c not in crossing]
    if len(over) == 1 and names and _tells_unit(view, over[0]) and view.last_column(over[0]) > over[0].column:
        return "group"
    if len(over) == 1 and not names and _tells_unit(view, over[0]):
        return "unit"
    if over and not names and is_measure(view.text(over[0])) and len({view.text(c) for c in over}) == 1:
        return "unit"
    if names and over and all(is_measure(view.text(c)) for c in over) and not any(view.heads_labels(n) for n in names):
        return "group"  # units of the lines below a name
    if len(over) == 1 and not [n for n in names if view.heads_labels(n)] and _NOT_HEADER.match(view.text(over[0])):
        return "title"
    if len(cells) == 1 and over and len(view.text(over[0])) > 120:
        return "title"
    if over:
        words = [n for n in names if not view.counts(n) and not view.heads_ordinals(n) and view.kind(n) == Kind.WORD]
        known = not words or any(_heads_names(view, n) for n in words)
        if not known and current is not None:
            heads = {view.text(c) for r in current.header for c in view.rows.get(r, ()) if c.column < first_value}
            known = any(view.text(n) in heads for n in words) or _all_periods(view, over)
        return "head" if known or current is None else "group"
    if any(_is_heading(view, n) or NOTE_HEADING.match(view.text(n)) for n in names):
        return "span"
    return "group"


def _heads_names(view: View, cell: GridCell) -> bool:
    return _is_heading(view, cell) or bool(TIME_HEADING.match(view.text(cell)))


def _tells_unit(view: View, cell: GridCell) -> bool:
    text = view.text(cell)
    wide = view.last_column(cell) > cell.column
    return bool(unit_line(text)) or (wide and bool(re.search(r"[-–]\s*%$", text)))


def _all_periods(view: View, cells: list[GridCell]) -> bool:
    return len(cells) > 1 and all(PERIOD_WORD.search(view.text(c)) for c in cells)


def _bridges(view: View, row: int, lowest: int, first_value: int) -> bool:
    """Whether a row above an empty one still heads the columns: it spans several of them and names no line."""
    covered = all(view.at(r, c.column) is not None for r in range(row + 1, lowest) for c in view.rows[row])
    if covered:
        return True
    if lowest - row != 2 or any(c.column < first_value for c in view.rows[row]):
        return False
    return len(view.rows[row]) > 1 or any(view.last_column(c) > c.column for c in view.rows[row])


def _is_new(view: View, header: list[int], first_value: int, current: Band) -> bool:
    """Whether header rows in mid-table begin another table: they head two columns or say what a header says."""
    if not current.data:
        return True
    texts = [c for r in header for c in view.rows[r] if c.column >= first_value]
    columns = {c.column for c in texts}
    headed = any(_is_heading(view, c) for r in header for c in view.rows[r])
    gap = header[0] - max(current.data) > 1
    return len(columns) > 1 or headed or (gap and _all_periods(view, texts * 2))


def _describes_columns(view: View, header: list[int], current: Band, ahead: int) -> bool:
    """Whether a few rows that looked like lines say more of the columns: header rows go on right below them."""
    few = current.header and len(current.data) <= 2 < ahead
    contiguous = header[0] - max(current.data, default=0) == 1 and header[0] - current.header[-1] <= 3 if few else False
    headed = any(_heads_names(view, c) for r in header for c in view.rows[r])
    return bool(few and contiguous and not headed)


def _open(
    view: View, run: list[int], header: list[int], counting: list[int], first_value: int, bands: list[Band]
) -> Band:
    """A new table; the rows before its header are its preamble, those below it its first groups."""
    last = header[-1] if header else 0
    if counting:
        last = max(last, counting[-1])
    before = [r for r in run if header and r < header[0]]
    after = [r for r in run if r > last and r not in counting]
    if not header:
        before, after = _preamble_without_header(view, run)
    band = Band(before, header, counting, after, first_value)
    texts = " ".join(view.text(c) for r in before for c in view.rows[r])
    band.continued = bool(bands) and bool(_CONTINUED.search(texts))
    bands.append(band)
    return band


def _preamble_without_header(view: View, run: list[int]) -> tuple[list[int], list[int]]:
    for i in range(len(run) - 1, 0, -1):
        if run[i] - run[i - 1] > 1:
            return run[:i], run[i:]
    return run[:1], run[1:]


def _close(view: View, run: list[int], current: Band | None, bands: list[Band]) -> None:
    """What stands below the last line: a blank form, more groups, or notes, which the table's reader tells apart."""
    heads = [r for r in run if _may_head_alone(view, r)]
    if heads and (current is None or _repeats(view, heads[0], current)):
        start = heads[0]
        first_value = _after_names(view, start)
        top, _ = _header(view, [r for r in run if r <= start + 4], start + 5, first_value, None)
        names = {c.column for c in view.rows[start] if view.heads_labels(c)}
        own = [r for r in run if r > start and any(c.column in names for c in view.rows[r])]  # rows with a name: lines
        header = [r for r in top if start <= r < min(own, default=r + 1)] or [start]
        counting = [r for r in run if r > header[-1] and is_counting(view, r)][:1]
        last = counting[0] if counting else header[-1]
        body = [r for r in run if r > last]
        if current is not None:
            current.body += [r for r in run if r < start]
        bands.append(Band([] if current else [r for r in run if r < header[0]], header, counting, body, first_value))
    elif current is not None:
        current.body += run


def _repeats(view: View, row: int, current: Band) -> bool:
    return any(_is_heading(view, c) for c in view.rows[row]) and row > max(current.data, default=0)


def _after_names(view: View, row: int) -> int:
    """The column after the headings of numbers, names and units in a header row."""
    last = view.left
    for cell in view.rows[row]:
        if view.heads_labels(cell) or view.heads_units(cell) or view.heads_ordinals(cell):
            if cell.column > last + 2 and view.heads_units(cell):
                break  # units to the right of the numbers
            last = max(last, view.last_column(cell))
    return last + 1
