"""Reading a page as its reader does."""

import re
from html.parser import HTMLParser

import lxml.html


class Text(HTMLParser):
    """The words that a reader sees: of tables, a line per row with cells joined by ``|``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines, self._skip = [""], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._skip += tag in ("style", "script", "title", "svg")
        if tag in ("p", "li", "tr", "h1", "h2", "h3", "div", "caption", "figcaption"):
            self.lines.append("")

    def handle_endtag(self, tag):
        self._skip -= tag in ("style", "script", "title", "svg")
        if tag in ("td", "th"):
            self.lines[-1] += " | "

    def handle_data(self, data):
        if not self._skip:
            self.lines[-1] += data

    def row(self, *starts: str) -> str:
        """The first line that holds all of the words."""
        return next(" ".join(line.split()) for line in self.lines if all(s in line for s in starts))


def empty_headings(html: str) -> list[str]:
    """Headings with nothing below them but the next heading of their level or a higher one, or the page's end."""
    found, last = [], None
    for element in lxml.html.fromstring(html).find(".//main").iter():
        if isinstance(element.tag, str) and re.fullmatch(r"h[1-6]", element.tag):
            if last is not None and element.tag <= last.tag:
                found.append(last.text_content())
            last = element
        elif element.tag in ("p", "table", "svg", "li", "dd") and element.getparent().tag != "summary":
            last = None
    return found if last is None else [*found, last.text_content()]
