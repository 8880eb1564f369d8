"""Kernels that start with the library already loaded: a report takes half the processor's time.

Each process that runs notebooks has one helper of its own, which has imported what notebooks import and has done
nothing else; for every notebook it forks a kernel. So each notebook runs in a fresh process, as it does under plain
papermill, only the imports are not paid for again. Where forking is not to be had or not to be trusted (Windows,
macOS), kernels start as papermill starts them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import psutil
from jupyter_client.manager import AsyncKernelManager

CAN_FORK = sys.platform == "linux"
_ROOM = "planreview.narrative"
_LOADED = ("matplotlib.backends.backend_svg", "planreview.notebook", "planreview.pipeline")


class ForkedKernelManager(AsyncKernelManager):
    """A kernel manager for papermill (``kernel_manager_class``) whose kernels come of this process's helper."""

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kwargs: Any) -> None:
        provisioner = self.provisioner
        cwd = kwargs.get("cwd") or str(Path.cwd())  # papermill goes to it instead of saying it
        provisioner.process = Forked(_helper(), kernel_cmd, env=kwargs.get("env"), cwd=cwd)
        provisioner.pid = provisioner.pgid = provisioner.process.pid  # it leads a session of its own
        self._reconcile_connection_info(provisioner.connection_info)


class Forked:
    """A process that somebody else forked, as ``subprocess.Popen`` shows one of its own."""

    stdin = stdout = stderr = None
    returncode: int | None = None

    def __init__(self, helper: subprocess.Popen, command: list[str], *, env: dict | None, cwd: str) -> None:
        order = {"arguments": command[command.index("-f") :], "env": env or {}, "cwd": cwd}
        helper.stdin.write(json.dumps(order) + "\n")
        helper.stdin.flush()
        answer = helper.stdout.readline()
        if not answer:
            raise RuntimeError("Tiến trình nạp sẵn thư viện đã dừng")  # asked for once more, by a new one
        self.pid = int(answer)
        try:
            self._process: psutil.Process | None = psutil.Process(self.pid)
        except psutil.NoSuchProcess:
            self._process = None

    def poll(self) -> int | None:
        try:
            ended = self._process is None or self._process.status() == psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            ended = True
        if ended:
            self.returncode = 0  # what it ended with is not for us to know
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self._process is not None:
            self._process.wait(timeout)  # of one that is gone psutil says so at once
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it may end in between
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


@cache
def _first_helper() -> list[subprocess.Popen]:
    return []


def _helper() -> subprocess.Popen:
    """The helper of this process, started when it is first needed, or after it was lost."""
    kept = _first_helper()
    if not kept or kept[0].poll() is not None:
        command = [sys.executable, "-m", "planreview.batch.kernels"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        kept[:] = [subprocess.Popen(command, text=True, encoding="utf-8", **pipes)]
    return kept[0]


def serve() -> None:
    """The helper itself: a line of JSON in, the number of a new kernel's process out; it ends with its owner."""
    from ipykernel.kernelapp import IPKernelApp

    for name in (*_LOADED, *(f"{_ROOM}.{m.name}" for m in iter_modules(import_module(_ROOM).__path__))):
        import_module(name)
    answers = os.dup(1)
    os.dup2(2, 1)  # nothing that is printed is taken for an answer
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended kernels leave nothing behind
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid:
            os.write(answers, f"{pid}\n".encode())
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(answers)
        os.setsid()
        devnull = os.open(os.devnull, os.O_RDONLY)
        os.dup2(devnull, 0)
        os.environ.update(order["env"])
        os.chdir(order["cwd"])
        arguments = [
            *order["arguments"],
            f"--IPKernelApp.parent_handle={os.getppid()}",
        ]  # it does not outlive the helper
        sys.argv = ["ipykernel_launcher", *arguments]
        IPKernelApp.launch_instance(arguments)
        os._exit(0)


if __name__ == "__main__":
    serve()
