"""Tables as CSV: read as spreadsheets write them, and written so that spreadsheets run nothing that is in them."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .errors import FileFailed

_SEPARATORS = ",;\t|"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""


def read_table(text: str) -> list[dict[str, str]]:
    """Return the rows by the names in the first line, in lower case and with blanks for `_` and `-`.

    The separator is whatever the first line has most of; empty lines and values are left out. A text that is no table
    has no rows.
    """
    plain = text.lstrip("\ufeff\r\n")
    first, _, _ = plain.partition("\n")
    try:
        header, *lines = csv.reader(io.StringIO(plain, newline=""), delimiter=max(_SEPARATORS, key=first.count))
    except (csv.Error, ValueError):
        return []
    names = [" ".join(re.sub(r"[_-]", " ", name).casefold().split()) for name in header]
    rows = [{name: value.strip() for name, value in zip(names, line, strict=False) if value.strip()} for line in lines]
    return [row for row in rows if row]


def read_table_file(path: str) -> list[dict[str, str]]:
    """Read a table from a file: in UTF-8, or as older spreadsheets in western Europe save it.

    Raises:
        FileFailed: it cannot be read.
    """
    try:
        content = Path(path).expanduser().read_bytes()
    except OSError as error:
        raise FileFailed("file_not_readable", path=path) from error
    try:
        return read_table(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return read_table(content.decode("cp1252", errors="replace"))


def write_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return the columns of some rows as CSV (RFC 4180), the names first.

    Participants choose their own names, so what looks like a formula gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_harmless(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else value
