"""LibreOffice, where there is one: it opens files as an official's does, and prints or saves them."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import fontpkg
import pytest

# One typeface with all Vietnamese letters, whatever the machine has: a letter borrowed from another is printed apart.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="assign" binding="strong">
<string>Be Vietnam Pro</string></edit></match>
</fontconfig>"""


def convert(folder: Path, files: Sequence[Path], kind: str, *, out: Path | None = None) -> Path:
    """Let LibreOffice open files and write them as ``kind`` into ``out`` (else ``folder``, where its settings are too).

    Skips the test where there is no LibreOffice.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        if os.environ.get("PLANREVIEW_REQUIRE_OFFICE"):
            pytest.fail("no LibreOffice found, and PLANREVIEW_REQUIRE_OFFICE is set")
        pytest.skip("no LibreOffice found: nothing was printed")
    fonts = fontpkg.path("be-vietnam-pro", weight=400).parent
    (folder / "fonts.conf").write_text(FONTS.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8")
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(out or folder), *map(str, files)],
        check=True, capture_output=True, timeout=180,
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip
    return out or folder
