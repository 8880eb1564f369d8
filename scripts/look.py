"""Pictures of finished reports as their readers meet them, and one contact sheet: ``make look``.

A page on a wide screen, on a phone and printed by Chromium, the Word file through LibreOffice, the PDF through poppler,
all from what ``make report`` left under reports/. Written to reports/look/: one PNG a picture, contact-sheet.png.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

from planreview.batch.manifest import Manifest, read_manifests
from planreview.catalogue import Catalogue
from planreview.project import Project

# The nation, the province, a strong and a weak district, one with half its data missing, a department with few
# indicators, a unit one of whose files could not be read.
UNITS = ("VN", "14", "125", "127", "121", "LMHTX", "118")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
WIDE, PHONE = (1280, 900), (390, 844)
SCREENS, SHEETS = 3, 3  # of each document at most
HEIGHT, MARGIN, LABEL = 420, 8, 18  # of a picture on the contact sheet, in pixels
DPI = 70


@dataclass(frozen=True)
class Picture:
    """``row`` says which report it is of, ``kind`` how it was looked at."""

    row: str
    kind: str
    path: Path


def main() -> None:
    """Make the pictures and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unit", action="append", help="units to look at (default: seven that differ)")
    parser.add_argument("--notebook", action="append", help="notebooks by number (default: all with a Word file)")
    parser.add_argument("--out", type=Path, help="where to write (default: reports/look)")
    chosen = parser.parse_args()
    tools = {name: shutil.which(name) for name in ("soffice", "pdftoppm")}
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if missing := [name for name, path in {**tools, "chromium": browser}.items() if path is None]:
        sys.exit(f"make look needs {', '.join(missing)}")
    project = Project.find()
    own = project.reports / "look"
    out = chosen.out or own
    clear(out, own)
    pictures = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for report in reports(project, chosen.unit or UNITS, chosen.notebook):
            pictures += look(report, out, Path(scratch), opened)
        opened.close()
    if not pictures:
        sys.exit("no report of these units: run make report first")
    print(contact_sheet(pictures, out / "contact-sheet.png"))


def clear(out: Path, own: Path) -> None:
    """An empty folder to write to: pictures of an earlier run go from ``own``; in any other nothing is removed.

    Raises SystemExit where another folder holds anything.
    """
    if out.resolve() == own.resolve():
        shutil.rmtree(out, ignore_errors=True)
    elif out.exists() and (not out.is_dir() or any(out.iterdir())):
        sys.exit(f"{out} holds files that are not ours: choose an empty folder")
    out.mkdir(parents=True, exist_ok=True)


def reports(project: Project, units: list[str] | tuple[str, ...], notebooks: list[str] | None) -> Iterator[Path]:
    """The HTML pages of the latest round of each cycle that have a Word file beside them."""
    catalogue = Catalogue.of(project.reference)
    order = [*catalogue.rounds]
    for cycle in catalogue.cycles.values():
        manifests = sorted(read_manifests(project, cycle).values(), key=lambda m: order.index(m.as_of))
        latest: Manifest | None = manifests[-1] if manifests else None
        for record in latest.reports if latest else ():
            wanted = record["unit"] in units and (not notebooks or record["stem"][:2] in notebooks)
            if wanted and record.get("papers"):
                yield project.reports / cycle.code / latest.as_of / record["unit"] / record["file"]


def look(page: Path, out: Path, scratch: Path, browser: Browser) -> Iterator[Picture]:
    """The pictures of one report."""
    name = f"{page.parts[-4]} {page.stem}"
    for kind, size in (("1280", WIDE), ("390", PHONE)):
        for n, path in enumerate(screens(page, out / f"{name} {kind}", size, browser), start=1):
            yield Picture(name, f"{kind} – {n}", path)
    printed = scratch / f"{page.stem}.print.pdf"
    opened = browser.new_page()
    opened.goto(page.as_uri())
    opened.pdf(path=printed, prefer_css_page_size=True, print_background=False)
    opened.close()
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    word = [shutil.which("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", scratch]
    subprocess.run([*word, page.with_suffix(".docx")], check=True, capture_output=True)
    for kind, pdf in (
        ("in", printed),
        ("Word", scratch / f"{page.stem}.pdf"),
        ("PDF", page.with_suffix(".pdf")),
    ):
        for n, path in enumerate(sheets(pdf, out / f"{name} {kind}"), start=1):
            yield Picture(name, f"{kind} – {n}", path)


def screens(page: Path, stem: Path, size: tuple[int, int], browser: Browser) -> Iterator[Path]:
    """The first screens of a page, one below the other."""
    opened = browser.new_page(viewport={"width": size[0], "height": size[1]})
    opened.goto(page.as_uri())
    height = opened.evaluate("document.documentElement.scrollHeight")
    for n in range(min(SCREENS, -(-height // size[1]))):
        opened.evaluate(f"window.scrollTo(0, {n * size[1]})")
        path = stem.with_name(f"{stem.name} {n + 1}.png")
        opened.screenshot(path=path)
        yield path
    opened.close()


def sheets(pdf: Path, stem: Path) -> list[Path]:
    """The first pages of a PDF."""
    command = [shutil.which("pdftoppm"), "-r", str(DPI), "-l", str(SHEETS), "-png", pdf, stem]
    subprocess.run(command, check=True, capture_output=True)
    return sorted(stem.parent.glob(f"{stem.name}-*.png"))


def contact_sheet(pictures: list[Picture], path: Path) -> Path:
    """All pictures, a row for each report."""
    rows: dict[str, list[tuple[Picture, Image.Image]]] = {}
    for picture in pictures:
        with Image.open(picture.path) as image:
            small = image.convert("RGB").resize((image.width * HEIGHT // image.height, HEIGHT))
        rows.setdefault(picture.row, []).append((picture, small))
    width = max(sum(image.width + MARGIN for _, image in row) for row in rows.values()) + MARGIN
    sheet = Image.new("RGB", (width, len(rows) * (HEIGHT + LABEL + MARGIN) + MARGIN), "#8a8f94")
    draw, y = ImageDraw.Draw(sheet), MARGIN
    for name, row in rows.items():
        x = MARGIN
        for picture, image in row:
            draw.text((x, y), f"{name if x == MARGIN else ''} {picture.kind}".strip(), fill="white")
            sheet.paste(image, (x, y + LABEL))
            x += image.width + MARGIN
        y += HEIGHT + LABEL + MARGIN
    sheet.save(path)
    return path


if __name__ == "__main__":
    main()
