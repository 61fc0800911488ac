"""Judging typed answers: the table of judged answers, row by row, and what holds of any text."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from quizgen.core.judge import LONGEST, judge
from quizgen.core.members import whole_answers
from quizgen.core.normal import normalise, normalise_code, normalise_exactly, retyped
from quizgen.model import KINDS, Kind
from tests.judged_answers import ROWS, Row
from tests.strategies import ANSWERS, TEXTS, answers_with_digits

ROOT = Path(__file__).resolve().parent.parent
ANY_KIND = st.sampled_from(KINDS)


def normal(text: str, kind: Kind) -> str:
    """The form in which two texts of this kind are the same answer."""
    match kind:
        case "code":
            return normalise_code(text)
        case "symbol":
            return normalise_exactly(text)
        case _:
            return normalise(text)


# --- The table -----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.accepted} <- {row.typed}")
def test_an_answer_is_judged_as_at_a_desk(row: Row) -> None:
    verdict = judge(row.typed, row.accepted, kind=row.kind, confusable=row.confusable)
    assert verdict.grade == row.grade, f"{verdict.reason} (the row says: {row.why})"


def test_the_table_covers_every_kind_and_verdict() -> None:
    assert {row.kind for row in ROWS} == set(KINDS)
    assert {row.grade for row in ROWS} == {"exact", "accepted", "close", "wrong"}
    assert len(set(ROWS)) == len(ROWS) >= 300


@pytest.mark.parametrize(
    ("kind", "accepted", "typed", "grade"),
    [
        ("set", "red, green", "green\nred", "accepted"),
        ("list", "red, green", "red\ngreen\n", "accepted"),
        ("text", "red green", "\tred\ngreen ", "exact"),
        ("code", "if x:\n    y", "if x:\r\n    y  \n", "accepted"),
        ("code", "if x:\n    y", "if x:\ny", "wrong"),
        ("symbol", "|x|", "| x |", "exact"),
        ("code", "a | b", "a || b", "wrong"),
    ],
)
def test_answers_that_no_table_can_hold(kind: Kind, accepted: str, typed: str, grade: str) -> None:
    """Lines, and the strokes that part its columns."""
    assert judge(typed, [accepted], kind=kind).grade == grade


def test_what_the_author_called_close_is_close_for_his_reason() -> None:
    close = {"Tashkent": "The capital; the summit was elsewhere."}
    verdict = judge("tashkent.", ["Samarkand"], kind="place", close=close, confusable=["Tashkent"])
    assert (verdict.grade, verdict.reason) == ("close", close["Tashkent"])
    assert judge("Samarkand", ["Samarkand"], close={"Samarkand": "No."}).grade == "exact"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_called_close_is_close_in_every_kind(kind: Kind) -> None:
    """But a right answer is right, whatever is said of it."""
    close = {"230": "Last year's.", "240": "Never said."}
    verdict = judge("230", ["240"], kind=kind, close=close, confusable=["230"])
    assert (verdict.grade, verdict.reason) == ("close", "Last year's.")
    assert judge("240", ["240"], kind=kind, close=close).grade == "exact"


@pytest.mark.parametrize(
    ("typed", "accepted", "kind", "words"),
    [
        ("Sao Tome", "São Tomé", "place", "accents"),
        ("the AIIB", "AIIB", "text", "article"),
        ("COVID 18", "COVID-19", "text", "number differs"),
        ("2", "Aden", "place", "No number"),
        ("3/4/2022", "3 April 2022", "date", "day and month"),
        ("North Korea", "South Korea", "place", "north and south"),
        ("not proven", "proven", "text", "negation"),
        ("A or B", "A", "text", "one answer"),
        ("cooperaton", "cooperation", "term", "one letter differs"),
        ("coronavirus", "coronavirus 9", "term", "more of the answer"),
        ("3.5", "3.5 km", "number", "unit is missing"),
        ("1.234", "1234", "number", "thousands or decimals"),
        ("red", "red, green", "set", "1 of 2 are still missing"),
        ("red, blue", "red, green", "set", "“blue” does not belong"),
        ("red, red", "red, green", "set", "twice"),
        ("green, red", "red, green", "list", "order"),
        ("Co2", "CO2", "symbol", "Capital and small"),
    ],
)
def test_a_verdict_says_why(typed: str, accepted: str, kind: Kind, words: str) -> None:
    assert words in judge(typed, [accepted], kind=kind).reason


# --- What holds of any text ----------------------------------------------------------------------


@given(TEXTS, st.lists(TEXTS, max_size=3), ANY_KIND, st.lists(TEXTS, max_size=3))
@example("½", ["1/0"], "number", [])
@example("٣/٤/٢٠٢٢", ["𝟙𝟚"], "date", [])
@example(",", [";"], "set", [])
def test_judging_is_total_and_says_the_same_twice(
    typed: str, accepted: list[str], kind: Kind, others: list[str]
) -> None:
    """Any Unicode whatever; the reason is one line."""
    verdict = judge(typed, accepted, kind=kind, confusable=others)
    assert verdict == judge(typed, tuple(accepted), kind=kind, confusable=iter(others))
    assert verdict.reason.strip()


@given(TEXTS)
@example("ΐ")
@example("10² ½ ﬁ İ ǰ ß")
@example("x^^2+ ^_2+ __1 _{2} ^{3-} x²²")
@example("Delta")
@example("∆ ♯")
def test_normalising_is_idempotent(text: str) -> None:
    for form in (normalise, normalise_exactly, normalise_code, retyped):
        assert form(form(text)) == form(text)


@given(st.lists(TEXTS, min_size=1, max_size=4), ANY_KIND)
@example(["0", "1ß0"], "number")
@example(["5 MW", "5 mW"], "number")
def test_every_accepted_answer_is_right_and_so_is_its_normal_form(
    accepted: list[str], kind: Kind
) -> None:
    """Of a set or list, that is the whole of it, not one of its members."""
    wholes = whole_answers(accepted) if kind in ("set", "list") else accepted
    for index, answer in enumerate(wholes):
        form = normal(answer, kind)
        assume(form and len(answer) <= LONGEST)
        assert judge(answer, accepted, kind=kind).right
        assert judge(form, accepted, kind=kind).right
        if index == 0:
            assert judge(answer, accepted, kind=kind).grade == "exact"


@given(st.lists(ANSWERS | TEXTS, min_size=1, max_size=3), ANSWERS | TEXTS, ANY_KIND)
@example(["año"], "ano", "text")
@example(["181"], "one hundred and eighty-one", "number")
@example(["a, b"], "b, a", "set")
def test_no_answer_to_something_else_is_ever_right(
    accepted: list[str], other: str, kind: Kind
) -> None:
    """Unless it is the same answer."""
    assume(normal(other, kind) not in {normal(answer, kind) for answer in accepted})
    for typed in (other, normal(other, kind), f" {other} "):
        assert not judge(typed, accepted, kind=kind, confusable=[other]).right


@given(answers_with_digits(), st.data())
def test_a_changed_digit_is_never_right_and_never_close(
    answer: tuple[str, Kind], data: st.DataObject
) -> None:
    right, kind = answer
    at = data.draw(st.sampled_from([n for n, c in enumerate(right) if c.isdecimal()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != right[at]]))
    typed = right[:at] + digit + right[at + 1 :]
    assert judge(typed, [right], kind=kind).grade == "wrong"


@pytest.mark.parametrize("row", [row for row in ROWS if any(map(str.isdigit, row.accepted[0]))])
def test_a_changed_digit_of_the_table_is_wrong(row: Row) -> None:
    """Every digit of the first answer of every row, made one more."""
    right = row.accepted[0]
    for at, char in enumerate(right):
        if char in "0123456789":
            typed = right[:at] + str((int(char) + 1) % 10) + right[at + 1 :]
            assert judge(typed, [right], kind=row.kind).grade == "wrong", typed


@pytest.mark.parametrize(
    ("accepted", "typed", "kind"),
    [
        ("5 °C", "5 K", "number"),
        ("5 mg", "5 g", "number"),
        ("5 MB", "5 Mb", "number"),
        ("5 mg", "5 Mg", "number"),
        ("5 m/s", "5 m s", "number"),
        ("5 m/s", "5 s/m", "number"),
        ("90 min", "1 h 3 min", "number"),
        ("1,000.5", "1.000.5", "number"),
        ("1949年10月1日", "一九四九年十月二日", "date"),
        ("3. Oktober 1990", "3 novembre 1990", "date"),
        ("Mars", "March", "text"),
        ("Albert Einstein", "Dr Alfred Einstein", "name"),
        ("Fe³⁺", "Fe^2+", "symbol"),
        ("π", "phi", "symbol"),
        ("red, green", "1. green 2. red", "list"),
        ("red, green", "green -> red", "list"),
        ("-1, 1", "±2", "set"),
        ("2016, 2017", "2016, 2016", "set"),
        ("5 and 7", "5-7", "text"),
        ("dog bites man", "man bites not dog", "text"),
    ],
)
def test_what_a_rule_forgives_lets_no_other_answer_pass(
    accepted: str, typed: str, kind: Kind
) -> None:
    """Beside each thing that may be written in another way stands one that may not."""
    assert judge(typed, [accepted], kind=kind).grade == "wrong"


def test_a_verdict_does_not_depend_on_hash_seed_locale_or_time_zone() -> None:
    """The whole table, in new processes."""
    program = (
        "import json\n"
        "from quizgen.core.judge import judge\n"
        "from tests.judged_answers import ROWS\n"
        "found = [judge(r.typed, r.accepted, kind=r.kind, confusable=r.confusable) for r in ROWS]\n"
        "print(json.dumps([[v.grade, v.reason] for v in found]))\n"
    )
    here = [judge(r.typed, r.accepted, kind=r.kind, confusable=r.confusable) for r in ROWS]
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "tr_TR.UTF-8", "Asia/Kathmandu")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        run = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, check=True
        )
        assert json.loads(run.stdout) == [[v.grade, v.reason] for v in here]


HOSTILE = {
    "letters": "a" * LONGEST,
    "words": "a " * (LONGEST // 2),
    "spaces": "a" + " " * (LONGEST - 2) + "b",
    "digits": "9" * LONGEST,
    "few digits": "9" * 190,
    "groups of digits": "9,999" * 38,
    "a power": "9^99",
    "a great power": "1e999",
    "a greater power": "1e99999999",
    "scale words": "trillion " * (LONGEST // 9),
    "number words": "two hundred and " * (LONGEST // 16),
    "commas": "a, " * (LONGEST // 3),
    "ands": "a and " * (LONGEST // 6),
    "dashes": "1-" * (LONGEST // 2),
    "Roman": "m" * LONGEST,
    "marks": "e" + "\u0301" * (LONGEST - 1),
    "ligatures": "\ufdfa" * LONGEST,
    "powers": "x" + "²" * (LONGEST - 1),
    "no name": "\ud800" * LONGEST,
    "arrows": "a -> " * (LONGEST // 5),
    "hyphens": "a-" * (LONGEST // 2),
    "numbered": "".join(f"{number}. a " for number in range(1, 250)),
    "commas alone": "," * LONGEST,
    "units": "1 " + "m " * 90,
    "hours": "1 h " * 14,
    "brackets": "a (" * (LONGEST // 3),
    "braces": "^{" * (LONGEST // 2),
    "Chinese": "一百" * 14,
    "a book": "word " * 200_000,
}


ORDINARY = ("Samarkand and Tashkent", "15 September 2022", "3.5 km", "red, Bosnia and Herzegovina")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", KINDS)
def test_long_and_hostile_texts_are_judged_soon(kind: Kind) -> None:
    """Each against ordinary answers and itself: no rule takes more than its time, none fails."""
    for typed in HOSTILE.values():
        for accepted in ORDINARY:
            assert not judge(typed, [accepted], kind=kind, confusable=ORDINARY).right
        assert judge(typed, [typed], kind=kind).reason


def test_the_judge_loads_its_heavy_tools_when_first_needed() -> None:
    """The first prompt of a quiz waits for none of them."""
    program = (
        "import sys, quizgen.core.judge, quizgen.core.score\n"
        "assert not {'rapidfuzz', 'anyascii'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
