"""The house rules: rooms in one direction, thin notebooks, files that can be read in one sitting."""

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXPECTED_NOTEBOOKS = [
    "01_clean_submissions", "02_results_vs_targets", "03_assessment", "04_lessons_learned", "05_targets_ahead",
    "07_leadership_brief",
]  # fmt: skip
PARAMETERS = ["unit", "cycle", "as_of", "raw_dir", "processed_dir", "reference_dir"]
LONGEST_CELL = 15
LONGEST_FILE = 500

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[dict]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells if cell["cell_type"] == "code"]


def files_of(folder: str) -> list[Path]:
    """Files that are in git or about to be; all files where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    return [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_rooms_import_only_from_rooms_below(capfd):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, capfd.readouterr().out


def test_notebooks_are_there():
    if (ROOT / "notebooks").is_dir():
        assert set(EXPECTED_NOTEBOOKS) <= {path.stem for path in NOTEBOOKS}


@each_notebook
def test_notebook_carries_no_outputs(path):
    for cell in code_cells(path):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@each_notebook
def test_notebook_has_parameters_then_start(path):
    cells = code_cells(path)
    tagged = [i for i, cell in enumerate(cells) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    defaults = {}
    for statement in ast.parse(cells[tagged[0]]["source"]).body:
        target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
        defaults[target.id] = ast.literal_eval(statement.value)
    assert defaults == dict.fromkeys(PARAMETERS)
    assert "start(" in cells[tagged[0] + 1]["source"]


@each_notebook
def test_notebook_is_thin(path):
    for cell in code_cells(path):
        assert not re.search(r"^\s*(async\s+)?(def|class) ", cell["source"], re.MULTILINE)
        assert len(cell["source"].splitlines()) <= LONGEST_CELL


def test_no_file_of_the_library_is_too_long():
    lengths = {}
    for path in files_of("lib"):
        try:
            lengths[path.relative_to(ROOT).as_posix()] = len(path.read_text("utf-8").splitlines())
        except UnicodeDecodeError:
            continue  # a font or a picture
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_a_run_that_finds_nothing_to_do_loads_nothing_that_makes_reports():
    code = "import sys, planreview.batch.reports; print(*{'papermill', 'nbformat', 'matplotlib'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
