"""One form as a workbook: its sheets, and what the file says of itself."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from planreview.catalogue import Catalogue, Round, Unit
from planreview.forms.columns import columns_of
from planreview.forms.guide_sheet import NAME as GUIDE
from planreview.forms.guide_sheet import write_guide_sheet
from planreview.forms.indicator_sheet import write_indicator_sheet
from planreview.forms.letterhead import title
from planreview.forms.narrative_sheet import NAME as NARRATIVE
from planreview.forms.narrative_sheet import write_narrative_sheet
from planreview.forms.outline import outline
from planreview.forms.prefill import Prefill
from planreview.forms.proposal_sheet import write_proposal_sheet
from planreview.workbooks import marks
from planreview.workbooks.saving import same_bytes

_NOTHING = Prefill()


def build_form(form: str, unit: Unit, round_: Round, catalogue: Catalogue, prefill: Prefill = _NOTHING) -> bytes | None:
    """The workbook of ``form`` (I, II, III) for a unit and round, None where it would ask for nothing.

    The same input gives the same bytes.
    """
    cycle = catalogue.cycle(round_.cycle)
    book = Workbook()
    sheet = book.active
    sheet.title = f"Phụ lục {form}"
    if form == "III":
        prefill = _NOTHING
        write_proposal_sheet(sheet, unit, round_, cycle)
    else:
        lines = outline(catalogue.asked(form, unit), catalogue.groups)
        if not lines:
            return None
        columns = columns_of(cycle, round_.deadline.year)
        write_indicator_sheet(sheet, form, unit, round_, cycle, columns=columns, lines=lines, prefill=prefill)
        write_narrative_sheet(book.create_sheet(NARRATIVE), unit, round_, cycle)
    write_guide_sheet(book.create_sheet(GUIDE), form, round_, cycle, prefilled_from=prefill.source)
    own = {marks.UNIT: unit.code, marks.ROUND: round_.code, marks.FORM: form, marks.PROVENANCE: prefill.provenance}
    for name, value in own.items():
        if value:
            book.custom_doc_props.append(StringProperty(name=name, value=value))
    book.properties.title = f"Phụ lục {form}: {title(form, cycle)} - {unit.name}"
    book.properties.subject = round_.title
    book.properties.creator = "planreview"
    book.properties.language = "vi-VN"
    book.properties.created = round_.deadline.replace(tzinfo=None)  # any fixed moment: the same form, the same bytes
    return same_bytes(book)
