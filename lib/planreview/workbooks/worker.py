"""The process that reads files for another one: ``python -m planreview.workbooks.worker``, spoken to by pipes.

It reads a request, answers, and waits for the next, until its input ends. It knows nothing but bytes: no path, no
network, no setting. What it is allowed to use is set by who started it, and by the limit on memory it sets itself.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import sys
from typing import BinaryIO

from planreview.errors import UnreadableFile
from planreview.workbooks import messages
from planreview.workbooks.reader import read_raw

_SIZE = struct.Struct("<Q")


def send(pipe: BinaryIO, message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(_SIZE.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> object:
    """Read one message. Raises EOFError where the other side is gone."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)


def main(megabytes: int) -> None:
    """Answer requests (content, password) with a RawBook or an UnreadableFile, within so much memory."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    requests = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)  # what a library prints must not be taken for an answer
    _limit_memory(megabytes)
    while True:
        try:
            content, password = receive(requests)
        except EOFError:
            return
        answer = _answer(content, password, megabytes)
        del content
        send(answers, answer)
        del answer


def _answer(content: bytes, password: str | None, megabytes: int) -> object:
    try:
        book = read_raw(content, password)
        for sheet in book.sheets:
            sheet.pack()
        return book
    except UnreadableFile as problem:
        return problem
    except MemoryError:
        return messages.too_much_memory(megabytes)
    except (KeyboardInterrupt, SystemExit):
        raise
    except Exception as fault:  # ours, or a library's, of bytes that nobody foresaw
        return messages.damaged(f"{type(fault).__name__}: {fault}")


def _limit_memory(megabytes: int) -> None:
    """Where the system can: the rest is watched from outside."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]))
