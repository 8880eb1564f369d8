"""Custom document properties: the marks that say what a file is."""

from __future__ import annotations

from planreview.workbooks import xml
from planreview.workbooks.package import Package


def custom_properties(package: Package) -> dict[str, str]:
    """Name → text. A damaged part raises UnreadableFile: a simulated file must not pass for a real one."""
    places = [r.target for r in package.relations("").values() if r.kind == "custom-properties" and not r.external]
    found: dict[str, str] = {}
    for place in dict.fromkeys([*places, "docProps/custom.xml"]):
        content = package.read_if_there(place)
        if content is None:
            continue
        for element in xml.parse(content, place).iter("{*}property"):
            found.setdefault(element.get("name", ""), "".join(element.itertext()).strip())
    return found
