"""What people do to a form: slips and habits, each by name. The truth of every number goes with it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from scripts.simulated.fill import Filled
from scripts.simulated.habits import columns, figures, fonts, layouts, measures, names, rows, said, sheets, slips

Habit = Callable[[Filled, Random], None]

LAYOUTS: dict[str, Habit] = {
    "retyped": layouts.retyped,
    "office": layouts.office,
    "banded": layouts.banded,
    "stacked": layouts.stacked,
    "unit_titles": layouts.unit_titles,
}
READABLE: dict[str, Habit] = {
    "text_numbers": figures.text_numbers,
    "english_numbers": figures.english_numbers,
    "spaced_numbers": figures.spaced_numbers,
    "percent_text": figures.percent_text,
    "percent_format": figures.percent_format,
    "dong_format": figures.dong_format,
    "target_words": figures.target_words,
    "about": figures.about,
    "sums_typed": figures.sums_typed,
    "no_results": figures.no_results,
    "no_codes": names.no_codes,
    "misspelt": names.misspelt,
    "abbreviated": names.abbreviated,
    "marked": names.marked,
    "pasted_twice": names.pasted_twice,
    "broken_names": names.broken,
    "split_names": names.split,
    "ordinals": names.ordinals,
    "decomposed": names.decomposed,
    "look_alikes": names.look_alikes,
    "units": measures.units,
    "unit_spelling": measures.spelling,
    "ditto": measures.ditto,
    "unit_in_name": measures.in_name,
    "headings": columns.headings,
    "other_columns": columns.others,
    "moved_columns": columns.moved,
    "new_rows": rows.new,
    "lost_rows": rows.lost,
    "swapped_rows": rows.swapped,
    "merged_groups": rows.merged_groups,
    "hidden_rows": rows.hidden,
    "hidden": columns.hidden,
    "others_row": rows.others,
    "hidden_copy": sheets.hidden_copy,
    "copied": sheets.copied,
    "notes": sheets.notes,
    "empty_sheets": sheets.empty,
    "tcvn3": fonts.tcvn3,
    "vni": fonts.vni,
}
NO_NUMBERS: dict[str, Habit] = {
    "dashes": figures.dashes,
    "crosses": figures.crosses,
    "own_row": rows.own,
    "scratch": sheets.scratch,
    "mac_dates": sheets.mac_dates,
}
UNREADABLE: dict[str, Habit] = {
    "in_words": figures.in_words,
    "as_dates": figures.as_dates,
    "errors": figures.errors,
    "nameless": names.nameless,
}
SLIPS: dict[str, Habit] = {
    "wrong_unit": slips.wrong_unit,
    "fraction": slips.fraction,
    "index": slips.index,
    "slid": slips.slid,
    "outlier": slips.outlier,
    "zeroed": slips.zeroed,
    "as_target": slips.as_target,
    "wrong_total": slips.wrong_total,
}
WORDS: dict[str, Habit] = {
    "words_prose": said.words_prose,
    "words_columns": said.words_columns,
    "words_one_cell": said.words_one_cell,
}
HABITS = WORDS | LAYOUTS | READABLE | NO_NUMBERS | UNREADABLE | SLIPS


def apply(habits: str, filled: Filled, draw: Random) -> None:
    """Apply habits by name, joined by ``;``, in this order."""
    for name in filter(None, habits.split(";")):
        HABITS[name](filled, draw)
