"""Where things in a file end, what of them a console shows, and where the carets stand."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizgen.bank.slip import Mark
from quizgen.bank.spans import Excerpt, Spans
from quizgen.bank.tree import places, read_tree
from quizgen.commands.excerpt import drawn, fitted, narrowed
from quizgen.problem import Where
from tests.strategies import question_files_without_ids

FILE = "questions/q.yaml"


def spans(root: Path, text: str) -> Spans:
    (root / "questions").mkdir(exist_ok=True)
    (root / FILE).write_bytes(text.encode())
    return Spans(root)


def pictured(excerpt: Excerpt | None, width: int = 60) -> str:
    """The drawing, without what stands at the end of its lines."""
    assert excerpt is not None
    rows = [
        f"{before} {source or carets}".rstrip()
        for before, source, carets in drawn(excerpt, width, 2)
    ]
    return "\n".join(rows)


# --- Where things end ----------------------------------------------------------------------------


def _value(text: str, path: tuple[str | int, ...]) -> Any:
    value: Any = read_tree(text)[0]
    for part in path:
        value = value[part]
    return value


@given(question_files_without_ids())
def test_what_is_underlined_is_the_value(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """In any layout, the letters of a text in one line, and no others, read as that text."""
    found = spans(tmp_path_factory.getbasetemp(), text)
    lines = text.replace("\r\n", "\n")
    for path, mark in places(lines).values.items():
        value = _value(lines, path)
        excerpt = found.excerpt(Where(FILE, *mark))
        assert excerpt is not None
        if isinstance(value, str) and len(excerpt.lines) == 1:
            start, end = excerpt.columns[0]
            assert read_tree(excerpt.lines[0][start - 1 : end - 1])[0] == value


def test_a_key_is_told_from_what_starts_with_it(tmp_path: Path) -> None:
    """By the name of the field; else a block is its first line, without a comment."""
    found = spans(tmp_path, "questions:\n- stmm: What? # so\n  answer: a\n")
    where = Where(FILE, 2, 3)
    assert pictured(found.excerpt(where, "stmm")) == ("  2 | - stmm: What? # so\n    |   ^^^^")
    assert pictured(found.excerpt(where)) == "  2 | - stmm: What? # so\n    |   ^^^^^^^^^^^"


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("a: [one, two] # c\n", (1, 4), "  1 | a: [one, two] # c\n    |    ^^^^^^^^^^"),
        ("a: 'one' # c\n", (1, 4), "  1 | a: 'one' # c\n    |    ^^^^^"),
        ("a: one\n  two\nb: c\n", (1, 4), "  1 | a: one\n    |    ^^^\n  2 |   two\n    |   ^^^"),
        ("a: |\n  one\n\nb: c\n", (1, 4), "  1 | a: |\n  2 |   one\n    |   ^^^"),
        (
            "a: >-\n  one\n  two\n  three\nb: c\n",
            (1, 4),
            "  1 | a: >-\n  2 |   one\n    |   ^^^\n ... |   and 2 more lines",
        ),
        ("a: {b: c\nd: e\n", (1, 4), "  1 | a: {b: c\n    |    ^"),
        ("a:\tb\n", (1, 4), "  1 | a:    b\n    |       ^"),
        ("a: 湖湖 # c\n", (1, 4), "  1 | a: 湖湖 # c\n    |    ^^^^"),
        ("湖湖: b\n", (1, 5), "  1 | 湖湖: b\n    |       ^"),
        ("a: b\n", (1, 5), "  1 | a: b\n    |     ^"),
        ("", (1, 1), "  1 |\n    | ^"),
    ],
)
def test_carets_stand_under_what_is_meant(
    text: str, mark: Mark, expected: str, tmp_path: Path
) -> None:
    assert pictured(spans(tmp_path, text).excerpt(Where(FILE, *mark))) == expected


def test_a_place_that_is_not_there_has_no_lines(tmp_path: Path) -> None:
    found = spans(tmp_path, "a: b\n")
    assert found.excerpt(Where(FILE, 9, 1)) is None
    assert found.excerpt(Where(FILE, 1, 40)) is None
    assert found.excerpt(Where("questions/none.yaml", 1, 1)) is None


def test_what_stands_before_an_error_has_its_end(tmp_path: Path) -> None:
    """As does what stands behind it: reading goes on there, too."""
    found = spans(tmp_path, "questions:\n- stem: one\n- stem: 'two\n- stem: three\n- {a: b]\n")
    assert pictured(found.excerpt(Where(FILE, 2, 9))) == "  2 | - stem: one\n    |         ^^^"


def test_a_file_that_is_no_yaml_has_lines(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "anki.lock").write_text("format 1\n[a b: c\n")
    excerpt = Spans(tmp_path).excerpt(Where("questions/anki.lock", 2, 1))
    assert pictured(excerpt) == "  2 | [a b: c\n    | ^^^^^^^"


@pytest.mark.parametrize(
    ("message", "under"),
    [
        ('"never" gives it away.', "never"),
        ('"NEVER" gives it away.', "It never rains, nevertheless."),
        ('"n" is short.', "It never rains, nevertheless."),
        ('"It rains" is told by "never".', "never"),
        ("It says nothing.", "It never rains, nevertheless."),
    ],
)
def test_words_that_a_message_quotes_are_underlined_alone(message: str, under: str) -> None:
    """Where they stand once, as words of their own, in what it is about."""
    line = "- stem: It never rains, nevertheless."
    excerpt = narrowed(Excerpt(7, (line,), ((9, len(line) + 1),)), message)
    ((start, end),) = excerpt.columns
    assert (excerpt.first, line[start - 1 : end - 1]) == (7, under)


# --- In the cells of a console -------------------------------------------------------------------

_AROUND = st.text(st.sampled_from("ab é湖ａ\t\u0301"), max_size=60)
_WITHIN = st.text(st.sampled_from("xyñ川Ｘ\u0302"), min_size=1, max_size=60)


def _cells(text: str) -> list[str]:
    """What a console shows in each of its cells: a wide letter in two, a combining one in none."""
    found: list[str] = []
    for letter in text:
        if unicodedata.combining(letter):
            continue
        wide = unicodedata.east_asian_width(letter) in "WF"
        found += [letter] * (2 if wide else 1)
    return found


@given(_AROUND, _WITHIN, _AROUND, st.integers(12, 100))
@example("a" * 30, "x" * 30, "b" * 30, 12)
@example("湖" * 30, "川", "", 13)
@example("", "x" * 20, "湖" * 9, 20)
def test_carets_stand_in_the_cells_of_what_is_meant(
    before: str, within: str, after: str, width: int
) -> None:
    """However wide letters are: under all of it where there is room, else under some of it."""
    shown, start, count = fitted(
        before + within + after, len(before), len(before) + len(within), width
    )
    row = _cells(shown)
    marked = row[start : start + count]
    meant = _cells(within)
    assert len(row) <= width
    assert count >= 1
    if "..." not in shown:
        assert marked == meant or (not meant and count == 1)
        assert shown == (before + within + after).rstrip().replace("\t", "    ") or not meant
    else:
        assert set(marked) <= {*meant, "."} or not meant
        assert not meant or set(marked) & set(meant)
        left, right = row[:start], row[start + count :]
        assert not set("xyñ川Ｘ") & {*left}
        assert not set("xyñ川Ｘ") & {*right} or "." in marked or marked == meant


@pytest.mark.parametrize("sign", ["\x1b", "\x00", "\u202e", "\u2066", "\x9b", "\ufeff"])
def test_a_file_cannot_act_on_the_console(sign: str) -> None:
    """Signs that turn text around or steer a terminal are shown as what cannot be shown."""
    assert fitted(f"a{sign}bc", 2, 3, 40) == ("a\ufffdbc", 2, 1)
