"""Reading files that nobody vouches for in a process of their own, which is stopped when it takes too long or too much.

One process serves all files of this one, for starting it costs more than reading a workbook; after a file that stopped
or broke it there is a new one.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

from planreview.errors import UnreadableFile
from planreview.memory import without_cycle_search
from planreview.workbooks import messages, worker
from planreview.workbooks.raw import RawBook
from planreview.workbooks.sheet import Workbook

_MEGABYTE = 1024 * 1024
_MOST_MEMORY = 700  # MB of the process; what it hands over is held here a second time
_ADDRESSES = 1000  # MB that it may ask for where the system counts that
_MOST_KEPT = 250  # MB that a process may keep between two files
_LOOK = 0.05  # seconds between looks at its memory
_SECONDS, _SECONDS_PER_MEGABYTE, _FREE_MEGABYTES = 8.0, 4.0, 2  # of the processor; large files are given longer
_WAIT = 8  # times as long by the clock: a busy machine is no fault of the file


def read_workbook_safely(content: bytes, password: str | None = None) -> Workbook:
    """As ``read_workbook``, within bounds of time and memory. Raises UnreadableFile, also where these are met."""
    with _lock:
        raw = _reader().read(content, password)
    return raw.workbook()


class _Reader:
    """A worker process and the way to it."""

    def __init__(self) -> None:
        # as this process finds its modules; the worker takes no part in anything else that runs here
        paths = os.pathsep.join(path for path in sys.path if path)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", worker.__name__, str(_ADDRESSES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self.owner = os.getpid()
        import psutil  # not needed by the worker itself, which loads this module too

        self._use, self._gone = psutil.Process(self.process.pid), psutil.Error
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="planreview-reader")

    def read(self, content: bytes, password: str | None) -> RawBook:
        """Raises UnreadableFile."""
        seconds = _SECONDS + _SECONDS_PER_MEGABYTE * max(0.0, len(content) / _MEGABYTE - _FREE_MEGABYTES)
        answer = self._watched(self._thread.submit(self._ask, content, password), seconds)
        if self._memory() > _MOST_KEPT * _MEGABYTE:
            self.stop()
        if isinstance(answer, RawBook):
            return answer
        raise answer

    def _ask(self, content: bytes, password: str | None) -> RawBook | UnreadableFile:
        try:
            worker.send(self.process.stdin, (content, password))
            with without_cycle_search():
                return worker.receive(self.process.stdout)
        except (EOFError, OSError):
            return messages.reader_died()

    def _watched(self, answer: Future, seconds: float) -> RawBook | UnreadableFile:
        began, spent = time.monotonic(), self._processor()
        while True:
            try:
                found = answer.result(timeout=_LOOK)
            except NotYet:
                pass
            else:
                if self.process.poll() is not None:
                    self.stop()
                return found
            if self._memory() > _MOST_MEMORY * _MEGABYTE:
                self.stop()
                return messages.too_much_memory(_MOST_MEMORY)
            if self._processor() - spent > seconds or time.monotonic() - began > seconds * _WAIT:
                self.stop()
                return messages.too_slow(seconds)

    def _memory(self) -> int:
        try:
            return self._use.memory_info().rss
        except self._gone:
            return 0

    def _processor(self) -> float:
        """Seconds that the process has used so far."""
        try:
            return sum(self._use.cpu_times()[:2])
        except self._gone:
            return 0.0

    @property
    def is_alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def stop(self) -> None:
        """End the process, whatever it does, and wait for it."""
        if self.owner != os.getpid():
            return  # a copy of the process that started it; its own is not ours to stop
        self.process.kill()
        self.process.wait()
        self._thread.shutdown(wait=True)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()


_lock = threading.Lock()
_current: list[_Reader] = []


def _reader() -> _Reader:
    if not _current or not _current[0].is_alive:
        _current[:] = [_Reader()]
    return _current[0]


@atexit.register
def _stop() -> None:
    for reader in _current:
        reader.stop()
    _current.clear()
