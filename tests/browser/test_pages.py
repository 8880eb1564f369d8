"""Every page in a real browser: nothing goes wrong, nothing is fetched, nothing runs off a phone's side."""

import os
import re
import shutil
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def browser():
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("PLANREVIEW_REQUIRE_BROWSER"):
            pytest.fail("no browser found, and PLANREVIEW_REQUIRE_BROWSER is set")
        pytest.skip("no Chromium found: pages were not opened in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, headless=True, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_open_quietly_and_fit(browser, reports, width):
    made = [Path(page) for page in reports.summary["made"]]
    assert len(reports.pages) == len(made) + 2  # the index, and who sent what
    for path in reports.pages:
        page, complaints, requests = browser.new_page(viewport={"width": width, "height": 800}), [], []
        page.on("console", lambda message, to=complaints: to.append(message.text))
        page.on("pageerror", lambda error, to=complaints: to.append(str(error)))
        page.on("request", lambda request, to=requests: to.append(request.url))
        page.goto(path.as_uri())
        assert complaints == []
        assert requests == [path.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
        page.close()


def test_axe_finds_nothing_serious(browser, reports):
    context = browser.new_context(bypass_csp=True)  # axe is not the page's own script
    for path in [reports.index, *(reports.page("VN", n) for n in ("01", "02", "03"))]:
        for size in ((1280, 800), (390, 844)):
            page = context.new_page()
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.goto(path.as_uri())
            found = Axe().run(page).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
            page.close()
    context.close()


BOX = "#o-goc"


def open_page(browser, path, width=1280, **how):
    page = browser.new_page(viewport={"width": width, "height": 844}, **how)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_every_number_of_a_page_tells_its_cells(browser, reports, width):
    """What stands in the box is held against the file itself."""
    page = open_page(browser, reports.page("VN", "02"), width)
    numbers = page.locator("main a.num")
    assert numbers.count() == page.locator("main a:not([class=skip])").count() > 100
    shown = page.evaluate("""() => [...document.querySelectorAll("main a.num")].map((number) => {
        number.click();
        const said = document.getElementById("o-goc").innerText;
        document.body.click();
        return [number.innerText, said];
    })""")
    for number, said in shown:
        file, sheet = re.search(r"Tệp (\S+) › trang tính (\S+)", said).groups()
        cells = re.findall(r"^Ô ([A-Z]+\d+): (.*)$", said, re.MULTILINE)
        assert cells, (number, said)
        if said.count("Tệp") == 1:
            for cell, typed in cells:
                value = str(opened(reports.project.raw / file)[sheet][cell].value).removesuffix(".0")
                assert typed.startswith(value), (number, said)
    page.close()


@cache
def opened(path):
    return openpyxl.load_workbook(path)


def test_pointing_at_a_number_shows_its_cell_beside_it(browser, reports):
    page = open_page(browser, reports.page("VN", "02"))
    box, number = page.locator(BOX), page.locator("td a.num").first
    assert not box.is_visible()
    number.hover()
    assert re.search(r"Tệp 20\S+ › trang tính \S+", box.inner_text()) and re.search(r"Ô [A-Z]+\d+: ", box.inner_text())
    assert number.get_attribute("aria-describedby") == "o-goc"
    at, shown = number.bounding_box(), box.bounding_box()
    assert min(abs(shown["y"] - at["y"] - at["height"]), abs(at["y"] - shown["y"] - shown["height"])) < 10
    box.hover()  # the reader may go on to it, to mark and copy
    assert box.is_visible()
    page.mouse.move(5, 5)
    box.wait_for(state="hidden")
    page.close()


def test_by_keyboard_a_number_tells_its_cell_is_kept_and_left(browser, reports):
    page = open_page(browser, reports.page("14", "02"))
    box, focus = page.locator(BOX), "document.activeElement"
    numbers = page.locator("td a.num")
    numbers.first.focus()
    assert "so-lieu-cong-bo__14__" in box.inner_text()
    before = box.inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focus}.className") == "num" and box.is_visible()
    page.keyboard.press("Shift+Tab")
    assert box.inner_text() == before
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focus}.id") == "o-goc" and box.is_visible()  # arrows scroll a long list
    page.keyboard.press("Escape")
    assert not box.is_visible()
    assert page.evaluate(f"{focus} === document.querySelector('td a.num')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # goes on from the number
    assert page.evaluate(f"{focus} === document.querySelectorAll('td a.num')[1]")
    page.close()


def test_touching_a_number_opens_a_sheet_that_is_closed_again(browser, reports):
    page = open_page(browser, reports.page("14", "02"), 390, has_touch=True, is_mobile=True)
    number = page.locator("main a.num").first
    number.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    number.tap()
    box = page.locator(BOX)
    place = box.bounding_box()
    assert place["width"] == 390 and abs(place["y"] + place["height"] - 844) < 2
    assert "so-lieu-cong-bo__14__" in box.inner_text()
    assert abs(page.evaluate("scrollY") - before) < 2  # the reader stays where he was
    box.get_by_role("button", name="Đóng").tap()
    assert not box.is_visible()
    number.tap()
    page.locator("h1").tap()
    assert not box.is_visible()
    page.close()


def test_axe_finds_nothing_serious_in_an_open_box(browser, reports):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(reports.page("VN", "02").as_uri())
    page.locator("td a.num").first.click()
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    context.close()


def test_on_paper_there_is_no_box_and_without_a_script_the_numbers_stand(browser, reports):
    page = open_page(browser, reports.page("VN", "02"))
    page.locator("td a.num").first.click()
    page.emulate_media(media="print")
    assert not page.locator(BOX).is_visible()
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(reports.page("VN", "02").as_uri())
    assert re.search(r"\d", page.locator("td a").first.inner_text())
    assert "so-lieu-cong-bo__VN" in page.locator(".lineage").inner_text()
    context.close()


def test_a_long_page_is_folded_on_a_phone_and_open_on_a_screen_and_on_paper(browser, reports):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(reports.page("14", "02").as_uri())
    section = page.locator("details.fold:has(> summary > h2)").first
    inside = section.locator("p").first
    assert not inside.is_visible()
    section.locator("summary").first.click()
    assert inside.is_visible()
    section.locator("summary").first.click()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert inside.is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(media="print")
    assert inside.is_visible()
    page.close()
