"""What the command-line library itself says, help pages and wrong usage, in Vietnamese."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from planreview.errors import UsageError

_WORDS = {
    "Usage: ": "Cách dùng: ",
    "[OPTIONS]": "[TÙY CHỌN]",
    "\nOptions:": "\nTùy chọn:",
    "\nCommands:": "\nCác lệnh:",
    "\nArguments:": "\nGhi sau tên lệnh:",
    "[required]": "[bắt buộc]",
    "Show this message and exit.": "In trang hướng dẫn này.",
}


def _vietnamese(page: str) -> str:
    """Words of the library replaced; its type names (``TỆP <path>``, ``{TỆP}``, ``[x>=1]``) are left out."""
    for english, ours in _WORDS.items():
        page = page.replace(english, ours)
    page = re.sub(r"(?m)^(  \S+)( <\S+>)", lambda m: m[1] + " " * len(m[2]), page)
    page = re.sub(r"\{(\w+)\}", r"\1", page).replace("]...", " …]")
    return re.sub(r"  \[x\S+\]$", "", page, flags=re.MULTILINE)


class _Command(TyperCommand):
    def get_help(self, ctx: typer.Context) -> str:
        return _vietnamese(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: typer.Context) -> str:
        return _vietnamese(super().get_help(ctx))

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Raises UsageError for a command that does not exist."""
        name = args[0]
        if name in self.commands:
            return super().resolve_command(ctx, args)
        near = difflib.get_close_matches(name, self.commands, n=1)
        meant = f"Có phải {near[0]} không? " if near else ""
        raise UsageError(f"Không có lệnh “{name}”", remedy=f"{meant}Các lệnh: {', '.join(self.commands)}")


class Application(typer.Typer):
    """A typer application whose pages and messages are Vietnamese throughout."""

    def __init__(self, *, help: str) -> None:
        super().__init__(
            cls=_Group,
            help=help,
            subcommand_metavar="LỆNH …",
            add_completion=False,
            pretty_exceptions_enable=False,
            rich_markup_mode=None,
        )

    def command(self, name: str | None = None, **more: Any) -> Callable[[Callable], Callable]:
        return super().command(name, cls=_Command, **more)

    def run(self, args: Sequence[str]) -> int:
        """The exit code; 130 where the user stopped the command. No arguments: the help page.

        Raises UsageError for wrong usage.
        """
        try:
            return self(args=list(args) or ["--help"], prog_name="planreview", standalone_mode=False) or 0
        except typer.TyperException as problem:
            ctx = getattr(problem, "ctx", None)
            remedy = f"Xem cách dùng: {ctx.command_path} --help" if ctx else ""
            raise UsageError(_said(problem), remedy=remedy) from None


def _said(problem: typer.TyperException) -> str:
    param = getattr(problem, "param", None)
    if hasattr(problem, "possibilities"):
        near = ", ".join(problem.possibilities or ())
        return f"Không có tùy chọn {problem.option_name}" + (f" (có phải {near} không?)" if near else "")
    if hasattr(problem, "option_name"):
        return f"Tùy chọn {problem.option_name} chưa ghi đúng: thiếu giá trị, hoặc ghi giá trị ở chỗ không cần"
    if param is not None and hasattr(problem, "param_type"):
        return f"Còn thiếu {_named(param)}"
    if param is not None:
        return f"Giá trị ghi ở {_named(param)} không dùng được"
    if extra := re.search(r"extra argument\S* \((.*)\)", problem.format_message()):
        return f"Lệnh này không dùng phần ghi thêm “{extra[1]}”"
    return f"Lệnh ghi chưa đúng ({problem.format_message()})"


def _named(param: Any) -> str:
    """``--jobs``, or the name of what is written without one, as the help page shows it."""
    return param.opts[0] if param.opts and param.opts[0].startswith("-") else str(param.metavar or param.name)
