"""One report: run a notebook for a unit, check for whom it ran, make its page, put it in its place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from planreview import errors
from planreview.batch.jobs import PAPERS, Job, Outcome
from planreview.batch.kernels import CAN_FORK, ForkedKernelManager
from planreview.batch.papers import paper_faults, write_papers
from planreview.blocks import MIME, STAMP_MIME
from planreview.catalogue.texts import PROVENANCES
from planreview.errors import RunFailed
from planreview.project import Project
from planreview.publish.facts import check_page
from planreview.publish.html import render_page
from planreview.publish.page import Page

_KERNEL_START_SECONDS = 120
_CELL_SECONDS = 900


def run_job(job: Job, project: Project) -> Outcome:
    """Run one job and keep its executed notebook, stamped, with its Word and PDF, if it ran for whom it was asked to.

    A report that fails leaves nothing, an older one neither: old numbers must not pass for new.
    """
    folder = job.folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    job.discard(project)
    work = Path(tempfile.mkdtemp(prefix=".", dir=folder))
    try:
        executed = _execute(job, project, work / job.file(".ipynb"))
        _refuse_stranger(job, executed)
        executed.metadata["planreview"] = {"unit": job.unit, "cycle": job.cycle, "as_of": job.as_of}
        nbformat.write(executed, work / job.file(".ipynb"))
        papers = write_papers(job, _outputs(executed, MIME), _page(job, executed), work)
        for path in sorted(work.iterdir()):
            path.replace(folder / path.name)
        return Outcome(job, _title(job, executed), "", papers.pages, papers.typeface, papers.faults)
    except (RunFailed, PapermillExecutionError, DeadKernelError, RuntimeError, TimeoutError) as failure:
        return Outcome(job, reason=_reason(failure))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_page(job: Job, project: Project, siblings: Sequence[tuple[str, str]]) -> Path:
    """The HTML page of a job's executed notebook. ``siblings``: title and address of the unit's other pages.

    Raises RunFailed where the page does not carry its unit and round.
    """
    executed = nbformat.read(job.folder(project) / job.file(".ipynb"), as_version=4)
    text = render_page(_outputs(executed, MIME), _page(job, executed, siblings))
    for mark in (f'name="planreview-unit" content="{job.unit}"', f'name="planreview-as-of" content="{job.as_of}"'):
        if text.count(mark) != 1:
            raise RunFailed(f"Trang báo cáo không mang dấu {mark}")
    path = job.folder(project) / job.file(".html")
    temporary = path.with_name(f".{path.name}")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)
    return path


def blocks_of(job: Job, project: Project) -> list[dict]:
    """The blocks of a job's executed notebook, in reading order."""
    return _outputs(nbformat.read(job.folder(project) / job.file(".ipynb"), as_version=4), MIME)


def page_faults(job: Job, project: Project) -> list[str]:
    """What is wrong with the numbers or words of a job's HTML page."""
    content = (job.folder(project) / job.file(".html")).read_text("utf-8")
    return [f"HTML: {fault}" for fault in check_page(content, blocks_of(job, project))]


def kept_faults(job: Job, project: Project) -> list[str]:
    """What is wrong with the numbers or words of a job's page, Word file and PDF that an earlier run left."""
    executed = nbformat.read(job.folder(project) / job.file(".ipynb"), as_version=4)
    papers = paper_faults(job, _outputs(executed, MIME), _page(job, executed), job.folder(project))
    return [*papers, *page_faults(job, project)]


def _page(job: Job, executed: nbformat.NotebookNode, siblings: Sequence[tuple[str, str]] = ()) -> Page:
    provenance = _outputs(executed, STAMP_MIME)[0]["provenance"]
    return Page(
        title=_title(job, executed),
        unit=job.unit,
        unit_name=job.unit_name,
        cycle=job.cycle,
        cycle_title=job.cycle_title,
        as_of=job.as_of,
        as_of_title=job.as_of_title,
        provenance_line=provenance,
        index_href="../../index.html",
        siblings=tuple(siblings),
        papers=tuple((name, job.file(suffix)) for suffix, name in PAPERS.items()) if job.on_paper else (),
        issuer=job.issuer,
        seat=job.seat,
        mark=_mark(provenance),
        brief=job.is_brief,
    )


def _mark(provenance: str) -> str:
    """What stands at the head of every sheet where numbers are simulated, all of them or some."""
    simulated = PROVENANCES["simulated"]
    if simulated not in provenance.lower():
        return ""
    return simulated.upper() if provenance.lower() == simulated else f"CÓ {simulated.upper()}"


def _execute(job: Job, project: Project, output: Path) -> nbformat.NotebookNode:
    """Papermill's run of the notebook; a kernel that was lost while starting is given one more chance."""
    parameters = {
        "unit": job.unit,
        "cycle": job.cycle,
        "as_of": job.as_of,
        "raw_dir": str(project.raw),
        "processed_dir": str(project.processed),
        "reference_dir": str(project.reference),
    }
    run = partial(
        papermill.execute_notebook,
        str(job.notebook),
        str(output),
        parameters,
        cwd=str(project.root),
        progress_bar=False,
        request_save_on_cell_execute=False,  # a page of charts is megabytes, written twice for each cell
        start_timeout=_KERNEL_START_SECONDS,
        execution_timeout=_CELL_SECONDS,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # it warns of every local connection
        shutdown_kernel="immediate",  # the last cell has written all there is: no second for good-byes
        **({"kernel_manager_class": ForkedKernelManager} if CAN_FORK else {}),
    )
    try:
        return run()
    except (DeadKernelError, RuntimeError):
        return run()


def _refuse_stranger(job: Job, executed: nbformat.NotebookNode) -> None:
    stamps = [{k: s[k] for k in ("unit", "cycle", "as_of")} for s in _outputs(executed, STAMP_MIME)]
    wanted = {"unit": job.unit, "cycle": job.cycle, "as_of": job.as_of}
    if stamps != [wanted]:
        raise RunFailed(f"Sổ tay không chạy cho đúng đơn vị, chu kỳ, đợt được yêu cầu: {stamps} thay vì {wanted}")


def _title(job: Job, executed: nbformat.NotebookNode) -> str:
    headings = (b["text"] for b in _outputs(executed, MIME) if b["type"] == "heading" and b["level"] == 1)
    return next(headings, job.stem)


def _outputs(notebook: nbformat.NotebookNode, mime: str) -> list[dict]:
    return [
        output["data"][mime]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type in ("display_data", "execute_result") and mime in output["data"]
    ]


def _reason(failure: Exception) -> str:
    """One sentence: ours as it stands, anybody else's with its kind."""
    if isinstance(failure, PapermillExecutionError):
        ours = isinstance(getattr(errors, failure.ename, None), type)
        return failure.evalue if ours else f"{failure.ename}: {failure.evalue}"
    return str(failure) if isinstance(failure, RunFailed) else f"{type(failure).__name__}: {failure}"
