"""What commands print: people get text that fits a terminal, programs get JSON."""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from ...examples import command_lines

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print only JSON.")]


def console(*, err: bool = False) -> "Console":
    """Return a console that prints text as it stands, without reading markup into it."""
    from rich.console import Console

    return Console(stderr=err, highlight=False, markup=False, emoji=False)


def say(text: str = "", *, err: bool = False, style: str | None = None) -> None:
    """Print a paragraph, wrapped to the terminal."""
    console(err=err).print(printable(text), style=style)


def show_line(text: str, *, err: bool = False) -> None:
    """Print something to copy, such as a command or an address, indented and never broken."""
    console(err=err).print(f"    {printable(text)}", soft_wrap=True, style="bold")


def show_command(words: Sequence[str], *, err: bool = False) -> None:
    """Print a command to copy, quoted for a shell and broken where a shell lets it be broken."""
    for line in command_lines(words):
        show_line(line, err=err)


def print_json(value: Any) -> None:
    """Print a value as JSON to standard output."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def refuse(sentence: str) -> NoReturn:
    """End the command, because it was typed wrongly, with one sentence."""
    say(sentence, err=True)
    raise typer.Exit(2)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]] = (), *, title: str | None = None) -> "Table":
    """Lay out rows under headings; the first column is not broken."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    laid_out = Table(*columns, title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    if columns:
        laid_out.columns[0].no_wrap = True
    for column in laid_out.columns:
        column.overflow = "fold"
    for row in rows:
        laid_out.add_row(*(printable(cell) for cell in row))
    return laid_out


def printable(text: str) -> str:
    """Cut control characters out, so that no text of Zoom's can steer the terminal."""
    return "".join(letter for letter in text if letter in "\n\t" or not _controls(letter))


def _controls(letter: str) -> bool:
    return ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0
