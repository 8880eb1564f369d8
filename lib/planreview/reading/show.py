"""A page that shows a sheet with its cells coloured by what became of them."""

from __future__ import annotations

from planreview.reading.account import Account


def page(name: str, accounts: list[Account], problem: str = "") -> str:
    return ""
