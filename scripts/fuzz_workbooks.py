"""Change bytes of real workbooks and read them: values or one clear issue, never a crash, never a hang.

    python scripts/fuzz_workbooks.py --minutes 10 [--seed 1] [FOLDER …]

Without folders the workbooks of data/raw and, where it is there, of ../shared/corpus are taken. Parts of packages are
changed inside, so that the damage reaches the readers and not only the check sum of the archive. A file that breaks a
reader is kept in the folder for temporary files and named; then the exit code is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from planreview.errors import UnreadableFile
from planreview.reading import read_sheet
from planreview.reading.listing import listing
from planreview.workbooks import messages, read_workbook, read_workbook_safely

ROOT = Path(__file__).parents[1]
_PLACES = (ROOT / "data/raw", ROOT.parent / "shared/corpus/open", ROOT.parent / "shared/corpus/torture")
_LARGEST = 400_000  # bytes; larger ones take long and teach nothing more
_TOO_LONG = 12.0  # seconds
_PIECES = (b"", b"\x00", b"\xff\xff\xff\xff", b"9" * 12, b"<", b'"', b"&#x0;", b"</c>", b"-1", b"1048577")


def changed(content: bytes, chance: random.Random) -> bytes:
    """The content with a few of its bytes changed, cut, doubled or replaced."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0 if data:
                data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                data[at : at + chance.randrange(1, 9)] = chance.choice(_PIECES)
            case 2:
                data[at:at] = data[at : at + chance.randrange(1, 200)]
            case 3:
                del data[at : at + chance.randrange(1, 64)]
            case _:
                data[at : at + 4] = chance.randbytes(4)
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.05 else data)


def mutant(content: bytes, chance: random.Random) -> bytes:
    """A changed file; of a package more often a sound archive with a changed part."""
    if not content.startswith(b"PK") or chance.random() < 0.2:
        return changed(content, chance)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError):
        return changed(content, chance)
    for name in chance.sample(list(parts), min(len(parts), chance.choice((1, 1, 2)))):
        parts[name] = changed(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def outcome(content: bytes) -> tuple[str, str]:
    """What came of reading it: a kind of file, 'issue', or 'FAULT' with what happened."""
    try:
        book = read_workbook_safely(content)
        listing([read_sheet(sheet) for sheet in book.sheets], ledger=True)
        return book.kind, ""
    except UnreadableFile as issue:
        said = issue.message
    except Exception as fault:
        return "FAULT", f"{type(fault).__name__}: {fault}"
    if said == messages.reader_died().message:
        return "FAULT", said
    if said != messages.damaged("").message:
        return "issue", said
    # a damaged file is one that a reader refused; where it stumbled instead, it is named as the fault it is
    try:
        read_workbook(content)
    except UnreadableFile:
        return "issue", said
    except Exception as fault:
        return "FAULT", f"{type(fault).__name__}: {fault}"
    return "issue", said


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="*", type=Path, default=[p for p in _PLACES if p.is_dir()])
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    files = sorted(p for folder in chosen.folders for p in folder.rglob("*") if p.is_file())
    contents = {p: p.read_bytes() for p in files if 0 < p.stat().st_size <= _LARGEST and p.suffix != ".md"}
    if not contents:
        print("no files to change")
        return 2
    counts: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    slowest = 0.0
    until = time.monotonic() + chosen.minutes * 60
    while time.monotonic() < until:
        path = chance.choice(list(contents))
        content = mutant(contents[path], chance)
        began = time.monotonic()
        what, said = outcome(content)
        took = time.monotonic() - began
        slowest = max(slowest, took)
        if took > _TOO_LONG:
            what, said = "FAULT", f"{took:.0f} s"
        counts[what] += 1
        if what == "FAULT":
            faults[said] += 1
            if faults[said] == 1:
                kept = Path(tempfile.gettempdir()) / f"fuzz-{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
                kept.write_bytes(content)
                print(f"{path.name}: {said}\n    kept as {kept}", flush=True)
    print(f"{sum(counts.values())} files, slowest {slowest:.1f} s: {dict(counts.most_common())}")
    for said, count in faults.most_common():
        print(f"{count} × {said}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
