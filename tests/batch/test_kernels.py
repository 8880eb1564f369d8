"""Kernels of one process share what was imported, and nothing else."""

import os
import subprocess
import sys
import textwrap

import nbformat
import papermill
import psutil
import pytest

from planreview.batch import kernels

pytestmark = pytest.mark.skipif(not kernels.CAN_FORK, reason="kernels are forked on Linux only")


@pytest.fixture
def run(tmp_path):
    """Run one cell through papermill in a forked kernel; what it printed."""

    def run_cell(source: str, **how) -> str:
        path = tmp_path / "so.ipynb"
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)], metadata=kernel), path)
        manager = {"kernel_manager_class": kernels.ForkedKernelManager}
        done = papermill.execute_notebook(str(path), str(path), progress_bar=False, **manager, **how)
        return "".join(output["text"] for output in done.cells[-1].outputs)

    yield run_cell
    for helper in kernels._first_helper():
        helper.stdin.close()
        helper.wait(30)


def test_each_notebook_has_a_process_of_its_own(run, tmp_path):
    first = run(
        textwrap.dedent(
            """
            import os, sys
            import planreview.narrative.words as words
            words.TONES["left behind"] = "x"
            os.environ["LEFT"] = "x"
            print(os.getpid(), "planreview.pipeline" in sys.modules)
            """
        )
    )
    second = run(
        textwrap.dedent(
            """
            import os, sys
            import planreview.narrative.words as words
            print(os.getpid(), "left behind" in words.TONES, "LEFT" in os.environ, os.getcwd())
            """
        ),
        cwd=str(tmp_path),
    )
    pid, loaded = first.split()
    other, *kept, folder = second.split()
    assert loaded == "True" and pid != other
    assert kept == ["False", "False"]
    assert folder == str(tmp_path)
    assert not any(psutil.pid_exists(int(p)) for p in (pid, other))  # ended, and nothing left behind


def test_a_lost_helper_is_replaced(run):
    assert run("print(1)").strip() == "1"
    (helper,) = kernels._first_helper()
    helper.kill()
    helper.wait()
    assert run("print(2)").strip() == "2"


def test_the_helper_ends_with_its_owner():
    source = "from planreview.batch import kernels; print(kernels._helper().pid, flush=True); input()"
    owner = subprocess.Popen(
        [sys.executable, "-c", source], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    )
    helper = psutil.Process(int(owner.stdout.readline()))
    owner.kill()
    owner.wait()
    helper.wait(60)
    assert not helper.is_running()
