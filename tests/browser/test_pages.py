"""Every page in a real browser: nothing goes wrong, nothing is fetched, nothing runs off a phone's side."""

import os
import shutil

import pytest

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
    assert len(reports.pages) == 11  # nine reports, the index, and who sent what
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


def test_a_number_leads_to_its_cell_by_keyboard(browser, reports):
    page = browser.new_page()
    page.goto(reports.page("14", "02").as_uri())
    link = page.locator("a.num").first
    link.focus()
    page.keyboard.press("Enter")
    row = page.locator(":target")
    assert row.is_visible()
    assert "so-lieu-cong-bo__14__" in row.inner_text()
    page.close()
