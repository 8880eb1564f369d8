"""Whose file is it? Told by what stands in it and who sent it; where these disagree or say nothing, not guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planreview.catalogue import Catalogue, Unit
from planreview.catalogue.texts import folded, plain
from planreview.intake.files import UNIT_MARK
from planreview.workbooks import Sheet, Workbook, marks, read_workbook_safely

_TITLE_ROWS = 10
_WIDE = 3  # a row of so many cells is a table's, no longer the title
_LEAD = re.compile(r"^(?:(?:ten )?(?:don vi|co quan)(?: (?:bao cao|lap bieu|gui))? |ubnd |uy ban nhan dan )")
_OWN_NAME = re.compile(r"(?:bieu-[IV]+|phan-hoi)__([^_]+)__")  # forms and feedback as they were sent out
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")


@dataclass(frozen=True)
class Named:
    """The units that a file names: by a form's mark, or in its title."""

    marks: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()

    @property
    def units(self) -> frozenset[str]:
        return self.marks | self.titles


@dataclass(frozen=True)
class Verdict:
    """``unit`` is a unit's code, or '' with the reason why none can be told, and what to do."""

    unit: str = ""
    reason: str = ""
    remedy: str = ""


class Evidence:
    """The names and addresses of all units, ready to be looked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._units = catalogue.units
        self._confirmed = catalogue.confirmed
        self._names: dict[str, set[str]] = {}
        self._addresses: dict[str, set[str]] = {}
        self._in_file_names: dict[str, set[str]] = {}  # places without what they are: "quynh nhai"
        for unit in catalogue.units.values():
            for name in self._written(unit):
                self._names.setdefault(name, set()).add(unit.code)
            if unit.is_area and unit.parent:
                self._in_file_names.setdefault(_without_kind(unit.name), set()).add(unit.code)
            for address in unit.emails:
                self._addresses.setdefault(address, set()).add(unit.code)

    def _written(self, unit: Unit) -> list[str]:
        """A name alone, and with the name of the area above behind it ("Sở Y tế tỉnh …")."""
        own, above = _words(unit.name), self._units.get(unit.parent)
        if above is None:
            return [own]
        whole = _words(above.name)
        kind, _, short = whole.partition(" ")
        return [own, f"{own} {whole}", f"{own.removesuffix(f' {kind}')} {whole}", f"{own} {short}"]

    def of_sender(self, sender: str) -> set[str]:
        """The units that write from an address in ``sender``."""
        return set().union(*(self._addresses.get(a.lower(), ()) for a in _ADDRESS.findall(sender)))

    def of_file_name(self, name: str) -> set[str]:
        """The units that a file's name may mean: by code at its beginning, full name, or a place's own words."""
        said = _words(name.rpartition(".")[0] or name)
        first = said.partition(" ")[0]
        found = {first} & set(self._units) if first.isdigit() else set()
        for names in (self._names, self._in_file_names):
            if not found:
                fitting = [n for n in names if " " in n and f" {n} " in f" {said} "]
                longest = max(fitting, key=len, default="")
                found = set(names.get(longest, ()))
        return found

    def of_content(self, content: bytes) -> Named:
        """The units that a workbook names: by a form's mark, or by a full name in the title above its first table.

        None for what is no workbook, or cannot be read.
        """
        try:
            workbook = read_workbook_safely(content)
        except Exception:  # that it cannot be read is said when it is read for its numbers
            return Named()
        return Named(frozenset(_marks(workbook)), frozenset(self._titles(workbook)))

    def _titles(self, workbook: Workbook) -> set[str]:
        lines = (_words(line) for sheet in workbook.sheets if not sheet.hidden for line in _title(sheet))
        return {code for line in lines for name in (line, _bare(line)) for code in self._names.get(name, ())}

    def _found(self, named: Named, others: set[str]) -> set[str]:
        """All units that anything points to. A title that names the superior of one of them is a letterhead."""
        every = named.units | others
        superiors = {above for code in every for above in self._above(code)}
        return set(named.marks | others | (named.titles - superiors))

    def _above(self, code: str) -> set[str]:
        above: set[str] = set()
        unit = self._units.get(code)
        while unit is not None and unit.parent and unit.parent not in above:
            above.add(unit.parent)
            unit = self._units.get(unit.parent)
        return above

    def decide(
        self,
        sha256: str,
        *,
        given: str,
        named: Named,
        sent_by: set[str],
        beside: Iterable[Named],
        by_name: Collection[str] = (),
    ) -> Verdict:
        """Whose a file is.

        given: the unit that the clerk names, '' for none; sent_by: units of the sender's address; beside: what the
        other files of the same mail name; by_name: units in the file's name, which alone tells nothing, but casts doubt
        on what stands in a file of an unknown sender.
        """
        settled = set(self._confirmed.loc[self._confirmed["sha256"] == sha256, "unit_code"])
        if given and (self._found(named, {given}) == {given} or given in settled):
            return Verdict(given)
        if given:
            return Verdict(
                "",
                f"Lệnh ghi đơn vị {self._said({given})} nhưng trong tệp ghi {self._said(named.units)}",
                "Hãy kiểm tra tệp; nếu đúng là của đơn vị đã ghi, hãy thêm một dòng xác nhận vào "
                "data/reference/confirmed.csv rồi nhận lại",
            )
        found = settled or self._found(named, sent_by)
        if not found:
            found = set().union(*(self._found(other, set()) for other in beside))
            if len(found) > 1:
                return self._unsure(f"Tệp không ghi tên đơn vị, các tệp khác trong thư ghi {self._said(found)}")
        if not found:
            return self._unsure("Không có gì cho biết tệp của đơn vị nào")
        if len(found) > 1:
            return self._unsure(self._contradiction(named, sent_by, found))
        (code,) = found
        if by_name and code not in by_name and not (settled or sent_by) and not self._above(code) & set(by_name):
            return self._unsure(f"Tên tệp ghi {self._said(by_name)} nhưng trong tệp ghi {self._said(found)}")
        if code not in self._units:
            return self._unsure(f"Tệp ghi đơn vị mã “{code}” nhưng mã này không có trong units.csv")
        return Verdict(code)

    def _contradiction(self, named: Named, sent_by: set[str], found: set[str]) -> str:
        if len(named.units) == 1 and sent_by:
            return f"Trong tệp ghi {self._said(named.units)} nhưng địa chỉ gửi là của {self._said(sent_by)}"
        return f"Có dấu hiệu của nhiều đơn vị: {self._said(found)}"

    def _unsure(self, reason: str) -> Verdict:
        return Verdict("", reason, "Hãy xem tệp, rồi nhận lại riêng tệp hay thư này với --unit và mã đơn vị")

    def hint(self, name: str) -> str:
        """What the name of a file that planreview once wrote says of its unit: for a person to decide, not for us."""
        found = _OWN_NAME.search(name)
        return f" (tên tệp ghi {self._said({found[1]})})" if found and found[1] in self._units else ""

    def _said(self, codes: Iterable[str]) -> str:
        """``Huyện A (mã 101), mã 999``."""
        names = ((code, self._units[code].name if code in self._units else "") for code in sorted(codes))
        return ", ".join(f"{name} (mã {code})" if name else f"mã {code}" for code, name in names)


def _marks(workbook: Workbook) -> set[str]:
    texts = (plain(c.text) for sheet in workbook.sheets for c in sheet.cells.values() if c.text)
    visible = {m[1] for text in texts if (m := UNIT_MARK.match(text))}
    return visible | ({workbook.properties.get(marks.UNIT, "").strip()} - {""})


def _without_kind(name: str) -> str:
    return re.sub(r"^(?:huyen|thanh pho|thi xa|thi tran|xa|phuong) ", "", _words(name))


def _words(text: str) -> str:
    """Letters and digits only, folded: however it was typed and whatever stands between."""
    return " ".join(re.findall(r"\w+", folded(text)))


def _bare(line: str) -> str:
    """A line without what stands before a name: ``don vi ubnd huyen …`` → ``huyen …``."""
    while (shorter := _LEAD.sub("", line)) != line:
        line = shorter
    return line


def _title(sheet: Sheet) -> list[str]:
    """The lines of text above a sheet's first table: rows of few cells, none of them a number."""
    lines: list[str] = []
    for row in range(1, _TITLE_ROWS + 1):
        cells = sheet.row(row)
        if len(cells) >= _WIDE or any(c.is_number for c in cells):
            break
        lines += [line for cell in cells for line in cell.text.splitlines()]
    return lines
