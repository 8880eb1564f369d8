"""Every page in a real browser: nothing goes wrong, nothing is fetched, nothing runs off a phone's side."""

import os
import re
import shutil
from pathlib import Path

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
    context = browser.new_context(bypass_csp=True)  # the page itself lets no code in
    for path in [reports.index, *(reports.page("VN", n) for n in ("01", "02", "03"))]:
        for size in ((1280, 800), (390, 844)):
            page = context.new_page()
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.goto(path.as_uri())
            found = Axe().run(page).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
            page.close()
    context.close()


def test_pointing_focusing_or_touching_a_number_says_its_cell(browser, reports):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(reports.page("VN", "02").as_uri())
    number = page.locator("td a.num").first
    panel = "e => getComputedStyle(e, '::after').content"
    assert number.evaluate(panel) in ("none", "normal")
    number.scroll_into_view_if_needed()
    number.hover()
    assert "attr(title)" in number.evaluate(panel) or "so-lieu-cong-bo__VN" in number.evaluate(panel)
    assert re.match(r"[A-Z]+\d+: .+", number.get_attribute("title"))
    before = page.evaluate("scrollY")
    number.click()
    card = page.locator("tbody:has(> :target)")
    assert card.evaluate("e => getComputedStyle(e).position") == "fixed"
    box = card.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 845 and box["width"] <= 390
    assert abs(page.evaluate("scrollY") - before) < 2  # the reader stays where he was
    typed = number.get_attribute("title").partition(": ")[2].partition(" (")[0]
    assert typed in card.inner_text()
    assert "so-lieu-cong-bo__VN" in card.inner_text()
    assert len(card.inner_text().splitlines()) < 8  # no other row
    page.close()


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


def test_a_number_leads_to_its_cell_by_keyboard(browser, reports):
    page = browser.new_page()
    page.goto(reports.page("14", "02").as_uri())
    link = page.locator("a.num").first
    link.focus()
    page.keyboard.press("Enter")
    row = page.locator(":target")
    assert row.is_visible()
    assert "so-lieu-cong-bo__14__" in page.locator("tbody", has=row).inner_text()
    page.close()
