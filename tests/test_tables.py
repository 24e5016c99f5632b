"""Tables are read however a spreadsheet saved them, and written so that nothing in them runs."""

from pathlib import Path
from typing import Any

import pytest

from zoom_connector import FileFailed, read_table, read_table_file, write_table


@pytest.mark.parametrize(
    "text",
    [
        "E-mail,First_Name\nkim@example.com,Kim\n",
        "\ufeffe-MAIL;first name\r\nkim@example.com; Kim \r\n;\r\n",
        '\n"E-mail"\t"First  name"\n"kim@example.com"\t"Kim"\n\n',
    ],
)
def test_a_table_is_read_by_the_names_in_its_first_line(text: str) -> None:
    assert read_table(text) == [{"e mail": "kim@example.com", "first name": "Kim"}]


def test_a_value_may_hold_separators_and_lines() -> None:
    assert read_table('a,b\n"x,\ny",2\n3\n') == [{"a": "x,\ny", "b": "2"}, {"a": "3"}]


@pytest.mark.parametrize("text", ["", "\n\n", 'a,"b\n' + "x" * 200_000])
def test_what_is_no_table_has_no_rows(text: str) -> None:
    assert read_table(text) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_the_encodings_that_spreadsheets_use(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("email;name\nzoe@example.com;Zoë\n".encode(encoding))

    assert read_table_file(str(file)) == [{"email": "zoe@example.com", "name": "Zoë"}]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileFailed) as failed:
        read_table_file(str(tmp_path))

    assert (failed.value.code, failed.value.params) == ("file_not_readable", {"path": str(tmp_path)})


def test_a_table_is_written_with_its_columns_and_without_formulas() -> None:
    rows: list[dict[str, Any]] = [{"name": '=HYPERLINK("x")', "minutes": -1.5, "left out": 1}, {"name": 'Jo "J", Doe'}]

    assert write_table(rows, ["name", "minutes"]) == (
        'name,minutes\r\n"\'=HYPERLINK(""x"")",-1.5\r\n"Jo ""J"", Doe",\r\n'
    )
