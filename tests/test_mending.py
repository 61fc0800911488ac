"""What an author is told to write reads back as the answer that was typed, whatever it holds."""

import re

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from quizgen.bank.cloze import cloze_parts
from quizgen.bank.quoting import quoted
from quizgen.bank.syntax import read_text
from quizgen.core.judge import judge
from quizgen.core.members import whole_answers
from quizgen.model import KINDS, Cloze, Entry, Filled, Gap, Kind, Typed
from quizgen.study.mending import yaml_line
from quizgen.study.record import Task
from tests.strategies import ANSWERS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(TEXTS, TEXTS)
@example("yes", "No")
@example("12", "1:30")
@example("a: b", "# c")
@example("it's", '"')
@example("\x7f\x85\u2028\ufeff", "\U0001f600\\")
@example("- x", "a, b]")
@example("null", "~")
@example("٣", "é-ö")
def test_an_accepted_answer_reads_back(known: str, typed: str) -> None:
    """By the bank's own reader and by YAML's: a text in a list, without a slip. An invisible
    sign, which no file may hold, is not written.
    """
    item = Entry(id="e", stem="?", accept=(known,))
    line = yaml_line(item, Task(item="e"), Typed(text=typed))
    if not line:
        assert re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", known + typed)
        return
    read = read_text(line)
    assert read.slips == []
    assert read.value == {"accept": [known, typed.strip()]}
    assert yaml.safe_load(line) == read.value


@given(st.sampled_from(KINDS), st.lists(TEXTS | ANSWERS, min_size=1, max_size=3), TEXTS | ANSWERS)
@example("set", ["red"], "crimson")
@example("list", ["red", "green"], "rot, grün")
@example("set", ["red, green"], "rot")
@example("number", ["12"], "a dozen eggs")
@example("code", ["x = 1"], "x=1;")
def test_with_that_line_the_answer_is_right(kind: Kind, known: list[str], typed: str) -> None:
    """In every kind, as a learner types it again; and what was right before still is."""
    item = Entry(id="e", stem="?", accept=tuple(known), kind=kind)
    right = whole_answers(known)[0] if kind in ("set", "list") else known[0]
    assume(judge(right, known, kind=kind).right)
    line = yaml_line(item, Task(item="e"), Typed(text=typed))
    if line:
        accept = yaml.safe_load(line)["accept"]
        assert judge(typed, accept, kind=kind).right
        assert judge(right, accept, kind=kind).right


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Samarkand", "Samarkand"),
        ("New York", "New York"),
        ("it's", "it's"),
        ("no", '"no"'),
        ("12", '"12"'),
        ("a, b", '"a, b"'),
        ("'tis", '"\'tis"'),
        ('say "x"', '"say \\"x\\""'),
    ],
)
def test_quotes_only_where_they_are_needed(text: str, written: str) -> None:
    assert quoted(text) == written


@given(TEXTS, st.sampled_from(("", "city")), st.booleans())
@example("a|b", "", False)
@example("a::b", "", False)
@example("c2::b", "city", True)
@example("}}", "", False)
@example("{", "", False)
@example("\\", "", False)
def test_a_gap_reads_back_or_is_not_written(
    typed: str,
    hint: str,
    several: bool,
) -> None:
    """With its number, its answers and its hint; what braces would end is left to the author."""
    gap = Gap(number=1, accept=("S|T",), hint=hint)
    more = (" and ", Gap(number=2, accept=("x",))) if several else ()
    item = Cloze(id="c", parts=("In ", gap, *more))
    line = yaml_line(item, Task(item="c", part="c1"), Filled(gaps={1: typed}))
    if line:
        assert cloze_parts(line) == (Gap(number=1, accept=("S|T", typed.strip()), hint=hint),)
    else:
        assert re.search("[{}\\\\|:\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", typed)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("T", "{{S|T}}"),
        ("a|b", r"{{S|a\|b}}"),
        ("a::b", "{{S|a::b::}}"),
        ("}}", ""),
    ],
)
def test_a_gap_as_it_is_written(typed: str, line: str) -> None:
    item = Cloze(id="c", parts=(Gap(number=1, accept=("S",)),))
    assert yaml_line(item, Task(item="c", part="c1"), Filled(gaps={1: typed})) == line
