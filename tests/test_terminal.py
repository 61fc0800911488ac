"""What is shown, what a typed line means, and how text fits a terminal."""

import io
import re
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.core.confusable import confusable, other_answers
from quizgen.core.order import option_order, right_order
from quizgen.core.score import score
from quizgen.markup import to_text
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Correction,
    Criterion,
    Decided,
    Entry,
    Filled,
    Gap,
    Item,
    Match,
    Matched,
    Open,
    Option,
    Order,
    Ordered,
    Pair,
    Passage,
    Picked,
    Question,
    Response,
    TrueFalse,
    Typed,
)
from quizgen.study.asking import Unclear, asked, laid_out, understood
from quizgen.study.console import Console, Screen
from quizgen.study.judging import Result, result_of
from quizgen.study.keeper import Keeper
from quizgen.study.mending import yaml_line
from quizgen.study.plain import Plain
from quizgen.study.plan import planned
from quizgen.study.record import Plan, Task
from quizgen.study.session import begun
from quizgen.study.styled import Styled
from quizgen.study.terminal import Ending, Setting, Terminal
from quizgen.study.words import cells, padded, shortened, wrapped
from tests.strategies import right_response, scored_items

BANK = Bank(name="b", title="B")


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(id=text, text=text) for text in texts)


def question(item: Item) -> Question:
    order = option_order(item, bank="b", seed=1)
    rights = right_order(item, bank="b", seed=1) if isinstance(item, Match) else ()
    return Question(number=1, item=item, order=order, rights=rights)


def means(item: Item, line: str) -> Response | Unclear:
    return understood(question(item), Task(item=item.id), line)


def played(
    bank: Bank,
    plan: Plan,
    typed: str,
    *,
    plain: bool = False,
    width: int = 80,
    colour: bool = False,
) -> tuple[str, Ending]:
    """A whole session on these lines: what the screen showed, and how it ended."""
    out = io.StringIO()
    console = Console(io.StringIO(typed), out)
    styled = Styled(console, columns=lambda: width, has_colour=colour)
    screen: Screen = Plain(console) if plain else styled
    terminal = Terminal(
        bank,
        begun(plan),
        setting=Setting(title="T"),
        screen=screen,
        keeper=Keeper(None, plan, title="T", ask=lambda _: True),
        now=lambda: 0.0,
    )
    ending = terminal.play()
    if not ending.interrupted:
        screen.close(ending.summary)
    return out.getvalue(), ending


# --- What a line means ---------------------------------------------------------------------------

ONE = Choice(id="c", stem="?", options=options("A", "B", "C"), keys=("A",), arrangement="fixed")
MANY = Choice(
    id="c",
    stem="?",
    options=options(*"ABCDEFGHIJKL"),
    keys=("A",),
    multiple=True,
    arrangement="fixed",
)


@pytest.mark.parametrize(
    ("line", "picked"), [("2", "B"), (" b ", "B"), ("C.", "C"), ("3)", "C"), ("B", "B")]
)
def test_one_option_by_number_or_letter(line: str, picked: str) -> None:
    """A number or a letter names an option, in any case and with the usual stop."""
    assert means(ONE, line) == Picked(options=frozenset(picked))


@pytest.mark.parametrize("line", ["0", "4", "d", "1 2", "12", "x1", "²", "-1", "?!", "1" * 5000])
def test_lines_that_name_no_option(line: str) -> None:
    """What names none, or two where one is asked, is answered with what to type."""
    assert means(ONE, line) == Unclear("Type a number from 1 to 3.")


@pytest.mark.parametrize(
    ("line", "picked"), [("1 3", "AC"), ("1,3", "AC"), ("12", "L"), ("ac", "AC"), ("a, 12", "AL")]
)
def test_all_that_apply(line: str, picked: str) -> None:
    """Numbers with anything between; above nine options digits are not run together."""
    assert means(MANY, line) == Picked(options=frozenset(picked))
    nine = Choice(
        id="c",
        stem="?",
        options=options(*"ABCDEFGHI"),
        keys=("A",),
        multiple=True,
        arrangement="fixed",
    )
    assert means(nine, "13") == Picked(options=frozenset("AC"))


@pytest.mark.parametrize(
    ("line", "value"), [("t", True), ("TRUE", True), ("1", True), ("f", False), ("2", False)]
)
def test_true_or_false(line: str, *, value: bool) -> None:
    """t and f, 1 and 2, or the words."""
    assert means(TrueFalse(id="t", statement=".", answer=True), line) == Decided(value=value)


LEFTS, RIGHTS = options("l1", "l2", "l3"), options("r1", "r2", "r3")
MATCH = Match(
    id="m", stem="?", pairs=tuple(Pair(left=a, right=b) for a, b in zip(LEFTS, RIGHTS, strict=True))
)


@pytest.mark.parametrize(
    "line", ["1b 2a 3c", "1b2a3c", "1-b, 2-a, 3-c", "b a c", "bac", "3C 1B 2A"]
)
def test_pairs(line: str) -> None:
    """Pairs in any order and writing, or the letters alone in the order of the numbers."""
    put = question(MATCH)
    lefts, rights = put.order, put.rights
    expected = {lefts[0]: rights[1], lefts[1]: rights[0], lefts[2]: rights[2]}
    assert means(MATCH, line) == Matched(pairs=expected)


@pytest.mark.parametrize("line", ["1b 1c", "4a", "1z", "ab", "1b what", "b1", "1"])
def test_lines_that_pair_nothing(line: str) -> None:
    """A number twice, a side that is not there, or other words are asked for again."""
    assert isinstance(means(MATCH, line), Unclear)


def test_an_order() -> None:
    """Every number once, with or without spaces."""
    item = Order(id="o", stem="?", sequence=options("x", "y", "z"))
    shown = question(item).order
    expected = Ordered(sequence=(shown[1], shown[0], shown[2]))
    assert means(item, "2 1 3") == means(item, "213") == means(item, "b a c") == expected
    for line in ("2 1", "1 1 2", "1 2 3 4", "no"):
        assert isinstance(means(item, line), Unclear)


@given(scored_items(), st.text(min_size=1))
def test_any_line_is_an_answer_or_is_explained(item: Item, line: str) -> None:
    """No text that is typed ends in an error, and what it comes to can be judged."""
    if isinstance(item, Open | Card):
        return
    task = Task(item=item.id, part="c1" if isinstance(item, Cloze) else "")
    if isinstance(item, Cloze):
        task = Task(item=item.id, part=f"c{item.gaps[0].number}")
    put = laid_out(BANK, item, task, seed=1, round_=0)
    response = understood(put, task, line)
    if not isinstance(response, Unclear):
        result = result_of(BANK, item, task, response)
        assert 0 <= result.share <= 1
        assert (result.mark in ("exact", "accepted")) == (result.share == 1)


@given(scored_items())
def test_the_key_is_right(item: Item) -> None:
    """The right response to any item, part by part, is right."""
    for task in planned("b", [item], seed=1).tasks:
        result = result_of(BANK, item, task, right_response(item))
        assert result == Result(mark="exact", share=Fraction(1), reason=result.reason)


# --- Judging beside other questions --------------------------------------------------------------


def test_anothers_answer_is_no_slip() -> None:
    """A word one letter away is wrong, not close, where it answers another question of its kind."""
    asia = Entry(id="a", stem="?", accept=("Slovenia",), kind="place")
    other = Entry(id="b", stem="?", accept=("Slovakia", "Slowenien"), kind="place")
    name = Entry(id="c", stem="?", accept=("Sloveniq",), kind="name")
    alone = Bank(name="b", title="B", items=(asia, name))
    both = Bank(name="b", title="B", items=(asia, other, name))
    task = Task(item="a")
    typed = understood(question(asia), task, "Slovakia")
    assert not isinstance(typed, Unclear)
    assert result_of(alone, asia, task, typed).mark == "close"
    assert result_of(both, asia, task, typed).mark == "wrong"
    others = other_answers(both.items, asia)
    assert others == ("Slovakia", "Slowenien")
    assert confusable(others, "Slovakia, Asia", asia.accept, "place") == ("Slovakia",)


ELSEWHERE = (
    Choice(id="b", stem="?", options=options("Slovakia", "Peru"), keys=("Peru",)),
    Match(id="c", stem="?", pairs=(Pair(left=options("SLOVAKIA")[0], right=options("Asia")[0]),)),
    Order(id="d", stem="?", sequence=options("Peru", "Slovakia")),
)


@pytest.mark.parametrize("item", ELSEWHERE, ids=lambda item: type(item).__name__)
def test_an_option_of_another_question_is_no_slip(item: Item) -> None:
    """But what is not one stays close, and so do short forms, the plural of the answer, and what its
    own author calls close.
    """
    asked = (
        Entry(id="a", stem="?", accept=("Slovenia",), kind="place"),
        Entry(id="e", stem="?", accept=("Slovenia",), kind="place", close={"Slovakia": "North."}),
        Entry(id="f", stem="?", accept=("Southern Peruvian Union",), kind="name"),
        Entry(id="h", stem="?", accept=("railway",)),
    )
    short = Choice(id="g", stem="?", options=options("SPU", "Union", "Railways"), keys=("SPU",))
    bank = Bank(name="b", title="B", items=(*asked, item, short))

    def result(place: int, typed: str) -> Result:
        return result_of(bank, asked[place], Task(item=asked[place].id), Typed(text=typed))

    def mark(place: int, typed: str) -> str:
        return result(place, typed).mark

    assert mark(0, "slovakia") == "wrong"
    assert result(0, "slovakia").reason == "This is another answer than the one asked for."
    assert mark(0, "Slovenja") == mark(1, "Slovakia") == "close"
    assert mark(2, "SPU") == mark(2, "Union") == mark(3, "railways") == "close"
    assert mark(0, "Slovenia") == "exact"


@pytest.mark.parametrize("typed", ["Slovakia", "Slowakia"])
def test_the_answer_to_another_gap_is_no_slip(typed: str) -> None:
    """Of two gaps in one text, what belongs into the other is wrong here; on paper as well."""
    gaps = (Gap(number=1, accept=("Slovenia",)), Gap(number=2, accept=("Slovakia", "Slowakia")))
    item = Cloze(id="c", parts=(gaps[0], " borders no ", gaps[1]), kind="place")
    bank = Bank(name="b", title="B", items=(item,))
    task = Task(item="c", part="c1")
    assert result_of(bank, item, task, Filled(gaps={1: typed})).mark == "wrong"
    assert result_of(bank, item, task, Filled(gaps={1: "Slovenja"})).mark == "close"
    assert other_answers(bank.items, item) == ("Slovenia", "Slovakia", "Slowakia")
    right = Filled(gaps={1: "Slovenia", 2: "Slovakia"})
    assert score(item, right, others=other_answers(bank.items, item)).outcome == "right"


@given(scored_items())
def test_an_items_own_answers_are_right_beside_those_of_its_bank(item: Item) -> None:
    others = other_answers((item,), item)
    accepted = score(item, right_response(item), others=others)
    assert accepted.outcome == "right"


def test_anothers_answer_that_is_right_here_stays_right() -> None:
    """What two questions both accept, in any writing, is taken from neither."""
    one = Entry(id="a", stem="?", accept=("22 March",), kind="date")
    other = Entry(id="b", stem="?", accept=("March 22",), kind="date")
    bank = Bank(name="b", title="B", items=(one, other))
    response = understood(question(one), Task(item="a"), "March 22")
    assert not isinstance(response, Unclear)
    assert result_of(bank, one, Task(item="a"), response).share == 1


@pytest.mark.parametrize(
    ("item", "part", "line"),
    [
        (Entry(id="e", stem="?", accept=("Samarkand",)), "", "accept: [Samarkand, Samarqand]"),
        (Entry(id="e", stem="?", accept=("a: b", "12")), "", 'accept: ["a: b", "12", Samarqand]'),
        (
            Entry(id="e", stem="?", accept=("Ladoga", "Onega"), kind="set"),
            "",
            'accept: ["Ladoga; Onega", Samarqand]',
        ),
        (
            Cloze(id="c", parts=("In ", Gap(number=2, accept=("S",), hint="city"))),
            "c2",
            "{{S|Samarqand::city}}",
        ),
    ],
)
def test_the_line_that_would_accept_an_answer(item: Item, part: str, line: str) -> None:
    """It can be pasted into the file as it stands."""
    task = Task(item=item.id, part=part)
    response = understood(question(item), task, "Samarqand")
    assert not isinstance(response, Unclear)
    assert yaml_line(item, task, response) == line


# --- What is shown -------------------------------------------------------------------------------


def test_a_gap_shows_no_trace_of_its_answer() -> None:
    """Gaps look alike whatever is in them; those already answered are filled."""
    item = Cloze(
        id="c", parts=("**In** ", Gap(number=1, accept=("Y",)), " and ", Gap(number=2, accept=("Zz" * 9,), hint="river"))
    )  # fmt: skip
    first = asked(question(item), Task(item="c", part="c1"), filled=frozenset())
    second = asked(question(item), Task(item="c", part="c2"), filled=frozenset({"c1"}))
    assert first.stem == "In [______] and [...]"
    assert second.stem == "In Y and [______] (river)"


def test_gaps_are_told_one_by_one() -> None:
    """A gap stands filled once it was told; what explains the whole text comes after the last."""
    item = Cloze(
        id="c",
        parts=(Gap(number=1, accept=("Oslo",)), " and ", Gap(number=2, accept=("Bergen",)), "."),
        explain="Bergen was the capital before Oslo.",
    )
    bank = Bank(name="b", title="B", items=(item,))
    shown, _ = played(bank, planned("b", [item], seed=1), "x\n\ny\n\nOslo\n\nBergen\n\n")
    pages = re.findall(r"^  (\S.* and .*\.)$", shown, flags=re.MULTILINE)
    assert pages == [
        "[______] and [...].",
        "Oslo and [______].",
        "[______] and [...].",
        "Oslo and [______].",
    ]
    assert shown.index("right   Bergen") < shown.index("Bergen was the capital")


def test_a_passage_is_shown_before_its_questions_once() -> None:
    """It stands above the first of its questions and not above the next; again after another."""
    items: tuple[Item, ...] = tuple(
        TrueFalse(id=f"t{n}", statement=f"Say {n}.", answer=True, passage="p") for n in range(3)
    )
    bank = Bank(
        name="b",
        title="B",
        items=items,
        passages=(Passage(id="p", text="Once upon.", title="A tale"),),
    )
    shown, ending = played(bank, planned("b", items, seed=1), "t\n\nt\n\nt\n\n")
    assert shown.count("Once upon.") == shown.count("A tale") == 1
    assert shown.index("Once upon.") < shown.index("Say 0.")
    assert (ending.summary.right_at_once, ending.summary.complete) == (3, True)


def test_the_feedback_of_the_look() -> None:
    """Signs, words and places of a wrong answer, and no colour where none is wanted."""
    item = Choice(
        id="c",
        stem="Which lake?",
        options=(Option(id="s", text="Superior", why="The widest."), Option(id="b", text="Baikal")),
        keys=("b",),
        arrangement="fixed",
        explain="It is deep.",
        topic="Lakes",
    )
    bank = Bank(name="b", title="B", items=(item,))
    shown, _ = played(bank, planned("b", [item], seed=1), "1\n\n2\n\n")
    assert "\n  Lakes" in shown
    assert "1 of 1\n\n  Which lake?\n\n    1  Superior\n    2  Baikal\n" in shown
    assert (
        "  ✗  you     1  Superior\n  ✓  right   2  Baikal\n\n     Superior: The widest.\n" in shown
    )
    assert "     It is deep.\n\n     Comes back at once, since nothing else is left.\n" in shown
    assert "0 of 1 right at once, the other 1 before the end." in shown
    assert "  ✗  Which lake?" in shown
    assert "\033" not in shown
    coloured, _ = played(bank, planned("b", [item], seed=1), "1\n\n2\n\n", colour=True)
    assert "\033[31m✗\033[0m" in coloured
    assert "\033[31mSuperior" not in coloured
    assert re.sub(r"\033\[[\d;]*m", "", coloured) == shown


@pytest.mark.parametrize("plain", [False, True])
def test_a_correction_is_told_after_the_answer(*, plain: bool) -> None:
    """Once the whole answer is known: of two gaps, after the second; of a card, on its back."""
    put_right = Correction(date="2026-11-25", text="It was **640**.")
    gaps = ("It is ", Gap(number=1, accept=("x",)), " ", Gap(number=2, accept=("y",)), ".")
    items: tuple[tuple[Item, str], ...] = (
        (TrueFalse(id="t", statement="So.", answer=True, corrected=put_right), "t\n\n"),
        (Cloze(id="c", parts=gaps, corrected=put_right), "x\n\ny\n\n"),
        (Card(id="k", front="?", back="!", corrected=put_right), "\ny\n"),
    )
    for item, typed in items:
        bank = Bank(name="b", title="B", items=(item,))
        shown, _ = played(bank, planned("b", [item], seed=1), typed, plain=plain)
        assert shown.count("Corrected on 2026-11-25: It was 640.") == 1


@given(st.lists(scored_items(), min_size=1, max_size=4, unique_by=lambda item: item.id), st.data())
def test_every_screen_stays_within_its_width(items: list[Item], data: st.DataObject) -> None:
    """From 40 to 200 columns no line is wider than 76 columns and its edge, nor than the terminal."""
    width = data.draw(st.integers(40, 200))
    lines = st.sampled_from(
        [
            "",
            "1",
            "2",
            "y",
            "n",
            "u",
            "s",
            "?",
            "a",
            "1a 2b",
            "t",
            ":u",
            ":h",
            "quartz",
            "quarts",
            "0",
        ]
    )
    typed = "".join(f"{line}\n" for line in data.draw(st.lists(lines, max_size=40)))
    bank = Bank(name="b", title="B", items=tuple(items))
    shown, ending = played(bank, planned("b", items, seed=1), typed, width=width)
    typed_out = [line for line in shown.split("\n") if not line.startswith("  > ")]
    assert max(map(cells, typed_out)) <= min(width, 78)
    assert not ending.interrupted
    plain, same = played(bank, planned("b", items, seed=1), typed, plain=True)
    assert same == ending
    assert not re.search(r"[✓✗◐○█]", plain)


def test_a_console_of_few_letters_has_signs_of_its_own() -> None:
    """Where ✓ cannot be shown, + stands for it."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", errors="strict")
    console = Console(io.StringIO("t\n\n"), out)
    item = TrueFalse(id="t", statement="So.", answer=True)
    plan = planned("b", [item], seed=1)
    screen = Styled(console, columns=lambda: 80, has_colour=False)
    bank = Bank(name="b", title="B", items=(item,))
    keeper = Keeper(None, plan, title="T", ask=lambda _: True)
    ending = Terminal(
        bank, begun(plan), setting=Setting(title="T"), screen=screen, keeper=keeper, now=lambda: 0.0
    ).play()
    screen.close(ending.summary)
    out.flush()
    assert b"  +  right   True" in out.buffer.getvalue()


# --- Words ---------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(2, 80))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    """Lines fit and hold every letter in its order; code is left as it is."""
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    kept = re.search(r"^    |\S {2,}\S|─", text)
    assert kept or all(cells(line) <= max(width, 2) for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("- a long item", 8, ["- a long", "  item"]),
        ("貝加爾湖是湖", 6, ["貝加爾", "湖是湖"]),
        ("湖,湖。湖", 5, ["湖,", "湖。", "湖"]),
        ("    code that is long", 8, ["    code that is long"]),
        ("a\n\nb", 8, ["a", "", "b"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("well-known-things", 12, ["well-known-", "things"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    """By words; between wide letters anywhere but before a stop; items hang; code is kept."""
    assert wrapped(text, width) == lines


def test_a_table_fits_and_is_aligned_as_a_terminal_counts() -> None:
    """Its widest columns are wrapped, numbers stay at the end, and wide letters take two cells."""
    table = to_text(
        "| Name | What it is |  Year |\n|---|---|---|\n| 北京 | the capital of China | 1949 |"
    )
    assert wrapped(f"{table}\n\nend", 24) == [
        "Name  What it is    Year",
        "────  ────────────  ────",
        "北京  the capital   1949",
        "      of China",
        "",
        "end",
    ]


@given(
    st.lists(
        st.tuples(*[st.text("ab-1湖 ", min_size=1, max_size=30).map(str.strip)] * 3),
        min_size=2,
        max_size=4,
    ),
    st.integers(16, 80),
)
def test_a_table_loses_no_letter(rows: list[tuple[str, str, str]], width: int) -> None:
    source = [f"| {' | '.join(row)} |" for row in rows]
    table = to_text("\n".join([source[0], "|---|---|---|", *source[1:]]))
    lines = wrapped(table, width)
    letters = Counter("".join(lines))
    assert {sign: letters[sign] for sign in "ab-1湖"} == {
        sign: table.count(sign) for sign in "ab-1湖"
    }
    assert all(cells(line) <= width for line in lines)


def test_cells_are_those_of_a_terminal() -> None:
    """A wide letter takes two, a combining mark none."""
    assert [cells(text) for text in ("abc", "湖", "e\u0301", "\u200d", "ａ", "✓")] == [
        3,
        2,
        1,
        0,
        2,
        1,
    ]
    assert padded("湖", 4) == "湖  "
    assert shortened("Which lake is the deepest of all?", 20) == "Which lake is ..."
    assert shortened("short", 20) == "short"


def test_scores_of_ones_own() -> None:
    """Of an open answer the learner's rubric lines earn their points; of a card y is all."""
    item = Open(
        id="o",
        stem="Why?",
        model="So.",
        rubric=(Criterion(text="One."), Criterion(text="Two.", points=Fraction(2))),
        points=Fraction(6),
    )
    bank = Bank(name="b", title="B", items=(item,))
    plan = planned("b", [item], seed=1)
    _, ending = played(bank, plan, "I wrote\nmore\n\nx\n2\n")
    assert ending.summary.points == 4
    assert ending.summary.possible == 6
    card = Card(id="c", front="F", back="B")
    cards = Bank(name="b", title="B", items=(card,))
    for line, points in (("y", 1), ("n", 0)):
        shown, ending = played(cards, planned("b", [card], seed=1), f"\n{line}\n")
        assert ending.summary.points == points
        assert shown.index("F\n") < shown.index("back    B")


# --- What is said of part of an answer -----------------------------------------------------------

PLANETS = Choice(
    id="c",
    stem="Which have rings?",
    options=options("Jupiter", "Saturn", "Venus", "Mars"),
    keys=("Jupiter", "Saturn"),
    multiple=True,
    arrangement="fixed",
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1", "Partly right: 1 of 2. You answered 1, Jupiter."),
        ("1 2 3", "Partly right: 2 of 2, and 1 not right. You answered 1, Jupiter; 2, Saturn; 3, Venus."),
        ("3", "Not right. You answered 3, Venus."),
    ],
)  # fmt: skip
def test_every_right_option_is_named(typed: str, said: str) -> None:
    """In plain sentences all that is right is said, also what was answered; and how much it was."""
    bank = Bank(name="b", title="B", items=(PLANETS,))
    shown, _ = played(bank, planned("b", [PLANETS], seed=1), f"{typed}\n", plain=True)
    assert f"{said}\nThe right answers are 1, Jupiter; 2, Saturn.\n" in shown
    whole, _ = played(bank, planned("b", [PLANETS], seed=1), "1 2\n", plain=True)
    assert "Right. You answered 1, Jupiter; 2, Saturn.\nEnter for the next" in whole


def test_half_an_answer_does_not_look_whole() -> None:
    """A sign and a word for the whole, and others for the right option that was not picked."""
    bank = Bank(name="b", title="B", items=(PLANETS,))
    shown, _ = played(bank, planned("b", [PLANETS], seed=1), "2\n")
    assert ("  ◐  partly  1 of 2\n  ✓  you     2  Saturn\n  ○  missed  1  Jupiter\n") in shown
    wrong, _ = played(bank, planned("b", [PLANETS], seed=1), "3\n")
    assert "  ✗  you     3  Venus\n  ○  missed  1  Jupiter\n  ○  missed  2  Saturn\n" in wrong
    blank, _ = played(bank, planned("b", [PLANETS], seed=1), "\n\n")
    assert "  ✓  right   1  Jupiter\n  ✓  right   2  Saturn\n" in blank


def test_a_near_miss_that_is_let_stand_is_no_blank() -> None:
    """Enter after "Close" shows the answer, and beside it what had been typed."""
    ice = Entry(id="ice", stem="Ice to vapour?", accept=("sublimation",), kind="term")
    bank = Bank(name="b", title="B", items=(ice,))
    shown, _ = played(bank, planned("b", [ice], seed=1), "sublimatoin\n\n")
    assert "  ✗  you     sublimatoin\n  ✓  right   sublimation\n" in shown
    assert "no answer" not in shown
    said, _ = played(bank, planned("b", [ice], seed=1), "sublimatoin\n\n", plain=True)
    assert "Not right. You answered sublimatoin.\nThe right answer is sublimation.\n" in said


def test_pairs_and_orders_say_their_share() -> None:
    """Of three pairs one right, one wrong, one left out; of three things one in its place."""
    put = laid_out(BANK, MATCH, Task(item="m"), seed=1, round_=0)
    sides = {one: "abc"[n] for n, one in enumerate(put.rights)}
    lefts = {one: n for n, one in enumerate(put.order, start=1)}
    typed = f"{lefts['l1']}{sides['r1']} {lefts['l2']}{sides['r3']}"
    bank = Bank(name="b", title="B", items=(MATCH,))
    shown, _ = played(bank, planned("b", [MATCH], seed=1), f"{typed}\n")
    assert "  ◐  partly  1 of 3\n" in shown
    assert re.search(r"✗  you     \d\w  l2: r3\n  ✓  right   \d\w  l2: r2\n", shown)
    assert re.search(r"○  missed  \d\w  l3: r3\n", shown)
    plain, _ = played(bank, planned("b", [MATCH], seed=1), f"{typed}\n", plain=True)
    assert plain.count("The right answers are") == 1
    order = Order(id="o", stem="?", sequence=options("x", "y", "z"))
    marks = {
        one: str(n)
        for n, one in enumerate(
            laid_out(BANK, order, Task(item="o"), seed=1, round_=0).order, start=1
        )
    }
    bank = Bank(name="b", title="B", items=(order,))
    line = f"{marks['x']} {marks['z']} {marks['y']}\n"
    shown, _ = played(bank, planned("b", [order], seed=1), line)
    assert f"  ◐  partly  1 of 3 in place\n     you     {' ' * 3}{line}" in shown
    plain, _ = played(bank, planned("b", [order], seed=1), line, plain=True)
    assert "The right order is" in plain


def test_what_explains_an_open_question_names_no_key() -> None:
    """After the model answer its explanation stands alone, in both ways of showing it."""
    item = Open(id="o", stem="Why?", model="So.", explain="Because.")
    bank = Bank(name="b", title="B", items=(item,))
    for plain in (False, True):
        shown, _ = played(bank, planned("b", [item], seed=1), "x\n\ny\n", plain=plain)
        assert "Because." in shown
        assert "The right" not in shown


WRITTEN = Open(id="o", stem="Why?", model="So.", hint="Think of ice.")


def test_commands_are_heard_while_one_writes() -> None:
    """In an open answer's further lines too: help, hint and undo leave the rest as it stands."""
    bank = Bank(name="b", title="B", items=(WRITTEN,))
    typed = "first\nsecond\n:u\n:?\n:h\n::q is typed\n\ny\n"
    plan = planned("b", [WRITTEN], seed=1)
    out = io.StringIO()
    terminal = Terminal(
        bank,
        begun(plan),
        setting=Setting(title="T"),
        screen=Plain(Console(io.StringIO(typed), out)),
        keeper=Keeper(None, plan, title="T", ask=lambda _: True),
        now=lambda: 0.0,
    )
    terminal.play()
    assert 'Taken back: "second"' in out.getvalue()
    assert ":u: undo: take back the last line" in out.getvalue()
    assert "Hint: Think of ice." in out.getvalue()
    written, scored = terminal._state.attempts
    assert (written.text, written.hinted) == ("first\n:q is typed", True)
    assert scored.share == 1


@pytest.mark.parametrize("command", [":q", ":Q "])
def test_quitting_ends_what_is_being_written(command: str) -> None:
    """`:q` on a further line is no text: the session ends, the question stays open."""
    bank = Bank(name="b", title="B", items=(WRITTEN,))
    plan = planned("b", [WRITTEN], seed=1)
    shown, ending = played(bank, plan, f"first\n{command}\nnot read\n", plain=True)
    assert (ending.has_answers, ending.summary.asked) == (False, 0)
    assert "A model answer" not in shown


def test_the_first_line_taken_back_leaves_the_question() -> None:
    """Then an empty line is an empty answer, and undo goes back before the question."""
    bank = Bank(name="b", title="B", items=(WRITTEN,))
    plan = planned("b", [WRITTEN], seed=1)
    shown, _ = played(bank, plan, "first\n:u\n:u\n:s\n", plain=True)
    assert "There is nothing to take back yet." in shown
    assert shown.count("or :? for help") == 3


def test_help_says_how_to_answer() -> None:
    """As a sentence, above the commands."""
    bank = Bank(name="b", title="B", items=(ONE,))
    plan = planned("b", [ONE], seed=1)
    plain, _ = played(bank, plan, "?\n", plain=True)
    assert "\nAnswer 1 to 3.\n?: help\n" in plain
    styled, _ = played(bank, plan, "?\n")
    assert "\n  Answer 1 to 3.\n\n    ?  help\n" in styled


@pytest.mark.parametrize(("stem", "is_said"), [("Put in order:", False), ("Coldest first.", True)])
def test_what_a_stem_says_is_not_said_again(stem: str, *, is_said: bool) -> None:
    """`Put these in order.` stands only below a stem that does not speak of order."""
    item = Order(id="o", stem=stem, sequence=options("x", "y", "z"))
    view = asked(question(item), Task(item="o"), filled=frozenset())
    assert (view.note == "Put these in order.") == is_said


def test_every_key_is_told_where_it_is_one() -> None:
    """Also where learners score themselves, and once an answer was seen: ? lists what can be done."""
    card = Card(id="c", front="Hund", back="dog")
    plan = planned("b", [card], seed=1)
    bank = replace(BANK, items=(card,))
    shown, ending = played(bank, plan, "\n?\ns\n")
    listed = shown.split("Did you know it? y yes, n not yet.")[1]
    for key in ("y  I knew it", "f  flag: tell", "o  open the", "u  undo", "s  skip", "q  quit"):
        assert f"    {key}" in listed
    assert ending.summary.skipped == 1
    true = TrueFalse(id="t", statement="So it is.", answer=True)
    shown, _ = played(replace(BANK, items=(true,)), planned("b", [true], seed=1), "f\n?\ny\n")
    for key in ("Enter  next", "y      I was right", "f      flag: tell", "q      quit"):
        assert f"    {key}" in shown


def test_what_was_typed_can_be_changed_while_one_is_asked_how_sure() -> None:
    """`u` takes the line back before anything is kept, `q` ends the session without it."""
    true = TrueFalse(id="t", statement="So it is.", answer=True)
    bank, plan = replace(BANK, items=(true,)), planned("b", [true], seed=1)
    plan = replace(plan, confidence=True)
    _, ending = played(bank, plan, "f\nu\nt\nx\n3\n\n")
    (line,) = ending.summary.sure
    assert (line.confidence, line.right, line.asked) == (3, 1, 1)
    _, ending = played(bank, plan, "f\nq\n3\n")
    assert not ending.has_answers


def test_a_resized_window_is_filled_anew() -> None:
    """What is shown after it fits the new width."""
    out, wide = io.StringIO(), [100]
    screen = Styled(Console(None, out), columns=lambda: wide[0], has_colour=False)
    sentence = "Words and words and words. " * 8
    screen.tell(sentence)
    wide[0] = 40
    before = len(out.getvalue())
    screen.tell(sentence)
    assert 70 < max(map(len, out.getvalue()[:before].splitlines())) <= 78
    assert max(map(len, out.getvalue()[before:].splitlines())) <= 38
