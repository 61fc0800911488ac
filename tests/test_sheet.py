"""Spreadsheets' CSV, as each program saves it, comes in and goes out cell for cell."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.sheet import Delimiter, cell_name, read_sheet, write_sheet

HEAD = "student,form,1,2"


def cells(data: bytes | str) -> list[list[str]]:
    raw = data.encode() if isinstance(data, str) else data
    return [row.cells for row in read_sheet(raw, "r.csv").rows]


def codes(data: bytes | str) -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    return [problem.code for problem in read_sheet(raw, "r.csv").problems]


PIECES = st.text(st.sampled_from('ABé北 ,;\t"1.='), max_size=6) | st.text(
    st.sampled_from('AB "\n1.'), max_size=6
)
CELLS = PIECES.filter(lambda text: not text.startswith(("=", "\t", "\n")))


@given(
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(("\n", "\r\n", "\r")),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
    rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=6),
)
def test_every_dialect_comes_in_cell_for_cell(
    delimiter: str, end: str, encoding: str, rows: list[list[str]]
) -> None:
    """Quoted line ends, doubled quotes and delimiters in cells among them; empty rows alone go."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([HEAD.split(","), *rows])
    data = out.getvalue().replace("\n", end).encode(encoding)
    meant = [row for row in rows if "".join(row).strip(f' "{delimiter}')]
    assert cells(data) == [HEAD.split(","), *meant]


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6))
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_is_written_comes_back(delimiter: Delimiter, rows: list[list[str]]) -> None:
    data = write_sheet([["student", "form", "1"], *rows], delimiter)
    meant = [row for row in rows if "".join(row).strip(f' "{delimiter}')]
    assert cells(data)[1:] == meant


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "=1+1"])
def test_no_cell_is_run_as_a_formula(cell: str) -> None:
    assert cells(write_sheet([["student"], [cell]]))[1] == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-0.5", "-0,33", "7", "-1", "-"])
def test_numbers_and_a_hyphen_alone_stay_as_they_are(cell: str) -> None:
    assert cells(write_sheet([["student"], [cell]]))[1] == [cell]


def test_the_line_by_which_excel_tells_the_delimiter_is_no_row() -> None:
    assert cells("sep=;\nstudent;form\ns1;A\n") == [["student", "form"], ["s1", "A"]]


def test_windows_letters_are_read_and_told() -> None:
    data = "student;form\nMüller;A\n".encode("cp1252")
    assert cells(data)[1] == ["Müller", "A"]
    assert codes(data) == ["not_utf8"]


@pytest.mark.parametrize("data", ["", "\n\n", "\ufeff", ",,,\n,,,\n", '"",""\n'])
def test_an_empty_file_is_told(data: str) -> None:
    assert codes(data) == ["empty_file"]


def test_a_workbook_is_no_csv() -> None:
    assert codes(b"PK\x03\x04rest") == ["not_csv"]


def test_a_quote_within_a_cell_is_only_a_letter() -> None:
    text = f'{HEAD}\ns1,A,5" pipe,B\ns2,A,C,D\n'
    assert cells(text)[1:] == [["s1", "A", '5" pipe', "B"], ["s2", "A", "C", "D"]]
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f'{HEAD}\ns1,A,"C,B\ns2,A,C,D\ns3,A,C,D\n',
        f'{HEAD}\ns1,A,C,"B\ns2,A,C,D\ns3,A,C,"D\n',
        f'{HEAD}\ns1,A,C,"B\ns2,A,C,D"\ns3,A,C,D\n',
    ],
)
def test_a_quote_left_open_swallows_no_row(text: str) -> None:
    """Whether or not another one closes it further down."""
    assert [row[0] for row in cells(text)] == ["student", "s1", "s2", "s3"]
    assert set(codes(text)) == {"unclosed_quote"}


def test_a_place_is_that_of_the_file_and_a_name_that_of_the_spreadsheet() -> None:
    sheet = read_sheet(f'{HEAD}\ns1,A,"x\ny",B\n\ns2,A,C,D\n'.encode(), "r.csv")
    first, last = sheet.rows[1], sheet.rows[2]
    assert str(sheet.at(first, 2)) == "r.csv:2:6"
    assert str(sheet.at(first, 3)) == "r.csv:3:4"
    assert (str(sheet.at(last, 2)), cell_name(last, 2)) == ("r.csv:5:6", "C4")
    assert cell_name(last, 27) == "AB4"
