"""The audit of a bank: what leaks is found and named, what does not is left alone, and it adds up."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.bank import read_bank
from quizgen.bank.unwritten import unwritten
from quizgen.checks.audit import Audit, audit
from quizgen.checks.audit.glance import glances
from quizgen.checks.audit.leaks import LEVEL, Finding
from quizgen.checks.audit.strategies import guesses
from quizgen.cli import main
from quizgen.commands.audit_json import as_json
from quizgen.commands.audit_look import Look, listed
from quizgen.commands.audit_text import audit_lines
from quizgen.core.chance import hits_of
from quizgen.core.order import option_order
from quizgen.model import (
    LEVELS,
    Bank,
    Card,
    Choice,
    Citation,
    Document,
    Goal,
    Image,
    Item,
    QuizPlan,
    Topic,
    TrueFalse,
)
from quizgen.problem import Where
from quizgen.study.words import cells
from tests.audit_samples import LEAKS, bank, choice, fair, leaking, lot, option
from tests.conftest import ROOT

PLAIN = Look(width=80, has_signs=True, paint=lambda text, _: text)


def place(item: str) -> Where:
    return Where("questions/rivers.yaml", 10 + int(item.strip("q") or 0))


def text_of(found: Audit, look: Look = PLAIN) -> str:
    return "\n".join(audit_lines(found, place, drafts=0, look=look))


def by_code(found: Audit) -> dict[str, Finding]:
    return {one.strategy.code: one for one in found.findings}


def of(items: Bank, code: str) -> tuple[int, int, float]:
    """How many items a strategy says something of, how many it hits, and how many by lot."""
    row = next(
        (row for strategy, row in guesses(items, glances(items)) if strategy.code == code), ()
    )
    return len(row), sum(guess.is_hit for guess in row), float(sum(one.chance for one in row))


# --- Leaks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LEAKS)
def test_a_bank_that_a_strategy_passes_is_caught_by_it_and_named(code: str) -> None:
    """Alone, unless two are the same there: the second of four numbers is B as they are printed."""
    found = audit(leaking(code))
    leaks = {one.strategy.code for one in found.leaks}
    assert leaks == ({code, "printed_2"} if code == "middle" else {code})
    one = by_code(found)[code]
    text = text_of(found)
    assert one.strategy.title in text
    assert "LEAK" in text
    assert one.strategy.fix[:30] in text
    first = place(one.mend[0])
    assert f"{first.file}:{first.line} " in text


def test_banks_whose_keys_are_placed_by_lot_leak_no_more_often_than_the_level() -> None:
    """Of 150 such banks 8 at most are to be expected; 16 would come once in 200 times."""
    leaks = sum(bool(audit(fair(lot(seed), 24)).leaks) for seed in range(150))
    most = hits_of({Fraction(1, 20): 150}).fewest(0.005)
    assert most == 16
    assert leaks < most
    assert LEVEL == 0.05


def test_without_correction_far_more_fair_banks_would_leak() -> None:
    """So that the test above can fail: some strategy's own p is under the level in every other bank."""
    findings = [audit(fair(lot(seed), 24)).findings for seed in range(40)]
    assert sum(min(one.p for one in row) <= LEVEL for row in findings) > 8


def test_so_many_hits_as_are_said_to_leak_do_leak() -> None:
    """At that number the verdict turns, and not before, where all others are far from leaking."""
    texts = ("a", "bb", "ccc", "dddd")
    needed = by_code(audit(bank(*(choice(n, texts, 1) for n in range(30)))))["longest"].leaks_from
    assert needed is not None
    for hits, verdict in ((needed - 1, "no_leak"), (needed, "leak")):
        items = [choice(n, texts, 3 if n < hits else 1 + n % 2) for n in range(30)]
        assert by_code(audit(bank(*items)))["longest"].verdict == verdict


def test_too_few_items_tell_nothing_and_say_so() -> None:
    found = audit(bank(choice(1, ("a", "bb", "ccc", "dddd"), 3)))
    one = by_code(found)["longest"]
    assert (one.verdict, one.adjusted, one.leaks_from) == ("too_few", None, None)
    assert "too few    even if all were right, that might be luck." in text_of(found)


@given(st.randoms(use_true_random=False), st.integers(1, 12))
@settings(max_examples=20)
def test_the_order_of_options_in_the_file_changes_only_what_is_about_that(
    random: Random, items: int
) -> None:
    """Of a fixed order the places; nothing else that was counted."""

    def counted(one: Bank) -> list[object]:
        return [
            (row.strategy.code, row.items, row.hits, row.expected, row.p, sorted(row.mend))
            for row in audit(one).findings
            if not row.strategy.code.startswith("written_")
        ]

    def turned(item: object) -> object:
        if not isinstance(item, Choice):
            return item
        free = [one for one in item.options if not one.pin]
        last = [one for one in item.options if one.pin]
        return replace(item, options=(*random.sample(free, len(free)), *last))

    before = fair(random, items)
    after = replace(before, items=tuple(map(turned, before.items)))
    assert counted(before) == counted(after)


@given(st.randoms(use_true_random=False), st.integers(1, 25))
@settings(max_examples=20)
def test_strategies_do_not_look_at_the_key(random: Random, items: int) -> None:
    """What each picks stays the same when other options are right."""
    before = fair(random, items)
    moved = tuple(
        replace(one, keys=(random.choice(one.options).id,))
        if isinstance(one, Choice) and not one.multiple
        else one
        for one in before.items
    )

    def picked(one: Bank) -> list[object]:
        return [
            (strategy.code, [(guess.item, guess.left, guess.of) for guess in row])
            for strategy, row in guesses(one, glances(one))
        ]

    assert picked(before) == picked(replace(before, items=moved))
    for _, row in guesses(before, glances(before)):
        assert all(0 < guess.chance < 1 for guess in row), "one that leaves all says nothing"


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_places_in_print_are_those_of_form_a(random: Random) -> None:
    plan = QuizPlan(id="quiz", title="Quiz", blueprint=(), seed=77)
    sample = replace(fair(random, 12), quizzes=(plan,))
    for glance in glances(sample):
        ids = [option.id for option in glance.item.options]
        order = option_order(glance.item, bank=sample.name, seed=77)
        is_fixed = glance.item.arrangement == "fixed"
        assert [ids[n] for n in glance.printed] == ([] if is_fixed else list(order))


def test_two_strategies_that_do_the_same_are_one() -> None:
    """The lowest of four numbers is A as they are printed: tried once."""
    codes = by_code(audit(leaking("lowest")))
    assert "lowest" in codes
    assert "printed_1" not in codes


# --- What each strategy says something of --------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "texts", "expected"),
    [
        ("longest", ("a", "bb", "cc"), (1, 1, 2 / 3)),
        ("longest", ("aa", "bb", "cc"), (0, 0, 0)),
        ("longest", ("1", "22", "333"), (0, 0, 0)),
        ("longest", ("a", "bb", "None of the above"), (1, 1, 1 / 3)),
        ("longest", ("*a*", "bb", "c"), (1, 1, 1 / 3)),
        ("middle", ("1", "22", "333"), (1, 1, 1 / 3)),
        ("middle", ("1", "22", "333", "4444"), (1, 1, 1 / 2)),
        ("middle", ("1 km", "22 km", "333 km", "None of the above"), (1, 1, 1 / 4)),
        ("middle", ("1 km", "22 m", "333 cm"), (0, 0, 0)),
        ("middle", ("9 May 1950", "11 May 1950", "12 May 1950"), (1, 1, 1 / 3)),
        ("middle", ("1", "22"), (0, 0, 0)),
        ("all_of_the_above", ("a", "b", "All of these"), (1, 0, 1 / 3)),
        ("not_none_of_the_above", ("a", "b", "None of these"), (1, 1, 2 / 3)),
        ("convergence", ("a of b", "c of d", "e of f"), (0, 0, 0)),
        ("convergence", ("red, green", "red, blue", "white, blue"), (1, 1, 1 / 3)),
        ("echo", ("a lake", "the lakes", "a hill"), (1, 1, 2 / 3)),
        ("hedged", ("It may be", "It can often be", "It is"), (1, 1, 1 / 3)),
        ("least_absolute", ("always so", "mostly so", "never so"), (1, 1, 1 / 3)),
    ],
)
def test_a_strategy_says_something_of_a_question_or_nothing(
    code: str, texts: tuple[str, ...], expected: tuple[int, int, float]
) -> None:
    """The second option is right. What a strategy leaves are all that are alike; never all options."""
    item = choice(1, texts, 1, stem="What do we call such a lake?")
    assert of(bank(item), code) == pytest.approx(expected)


def test_drafts_retired_and_pictures_are_left_out() -> None:
    texts = ("a", "bb", "ccc")
    draft = replace(choice(1, texts, 2), draft=True)
    retired = replace(choice(2, texts, 2), retired="old")
    drawn = replace(option("dd"), image=Image(file="d.png", alt="D"))
    assert of(bank(draft, retired, choice(3, ("a", "bb", drawn), 2)), "longest") == (0, 0, 0)


def test_marks_are_those_of_a_pupil_who_picks_among_what_is_left() -> None:
    """Of two longest options half; where nothing is known, one in four."""
    items = [choice(1, ("a", "b", "cc", "dd"), 2), choice(2, ("a", "b", "c", "dd"), 3)]
    one = by_code(audit(bank(*items)))["longest"]
    assert (one.marks, one.blind) == (0.75, 0.25)
    assert one.mend == ("q2", "q1"), "the surest first"


def test_ticks_are_held_against_several_but_not_all() -> None:
    items = [choice(n, [f"w{m}" for m in range(5)], 0, 1) for n in range(6)]
    assert of(bank(*items), "ticks_2") == pytest.approx((6, 6, 2))
    assert of(bank(*items), "ticks_4") == pytest.approx((6, 0, 2))
    assert of(bank(*items), "ticks_5") == (0, 0, 0)
    assert of(bank(choice(1, ("a", "b", "c"), 0, 1)), "ticks_2") == (0, 0, 0)


# --- Keys, contents ------------------------------------------------------------------------------


def test_ranks_of_keys() -> None:
    items: list[Item] = [
        choice(1, ("a", "bb", "ccc"), 1),
        choice(2, ("a", "bb", "bb."), 2),
        choice(3, ("aa", "bb", "c"), 0),
        choice(4, ("1", "33", "22"), 1, arrangement="fixed"),
        choice(5, ("a", "b", "c", "d"), 0, 1),
        TrueFalse(id="q6", statement="So", answer=False),
    ]
    found = audit(bank(*items))
    rows = {(one.by, one.options): one for one in found.ranks}
    assert (rows["length", 3].counts, rows["length", 3].tied) == ((0, 1, 1), 1)
    assert rows["number", 3].counts == (0, 0, 1)
    assert rows["written", 3].counts == (0, 1, 0)
    assert sum(rows["printed", 3].counts) == 3
    assert rows["ticks", 4].counts == (0, 1, 0, 0)
    assert (found.statements.true, found.statements.false) == (0, 1)


def test_what_is_asked_and_what_lacks() -> None:
    goals = (Goal(id="name", text="Name them."), Goal(id="place", text="Place them."))
    source = Citation(document="atlas", paragraphs=(2, 3))
    sample = Bank(
        name="b",
        title="B",
        documents=(Document(name="atlas", title="Atlas"), Document(name="log", title="Log")),
        topics=(Topic(name="Rivers", goals=goals), Topic(name="Lakes")),
        items=(
            Card(id="q1", front="A", back="B", topic="Rivers", goal="name", source=source),
            Card(id="q2", front="C", back="D", level="apply", explain="E", points=Fraction(1, 2)),
            Card(id="q3", front="C", back="D", retired="old"),
            Card(id="q4", front="C", back="", draft=True),
        ),
    )
    found = audit(sample, paragraphs={"atlas": 5}, unlevelled={"q1", "q4"}).contents
    assert (found.items, found.retired) == (2, 1)
    assert [(row.topic, sum(row.levels)) for row in found.topics] == [
        ("Rivers", 1),
        ("Lakes", 0),
        ("", 1),
    ]
    assert found.topics[2].levels == (0, 0, 0, 1, 0)
    assert found.aimless == (("Rivers", "place"),)
    assert [(row.type, row.items, row.points) for row in found.types] == [
        ("card", 2, Fraction(3, 2))
    ]
    assert found.points == ((Fraction(1, 2), 1), (Fraction(1), 1))
    atlas, log = found.documents
    assert (atlas.cited, atlas.paragraphs, atlas.bare) == (((2, 1), (3, 1)), 5, (1, 4, 5))
    assert (log.items, log.paragraphs, log.bare) == (0, None, ())
    lacks = (
        found.without_topic,
        found.without_explanation,
        found.without_source,
        found.without_level,
    )
    assert lacks == (("q2",), ("q1",), ("q2",), ("q1",))
    text = text_of(audit(sample, paragraphs={"atlas": 5}, unlevelled={"q1"}))
    assert "on 2 of 5 paragraphs. Without a question: 1, 4, 5." in text
    assert "Goals that no question serves: place (Rivers)." in text
    assert "No question has options to choose from" in text


def test_a_bank_without_questions_is_told_as_empty() -> None:
    text = text_of(audit(bank()))
    assert "0 questions." in text
    assert "nothing to try" in text
    assert "Each has" not in text


def test_an_option_among_several_that_are_left_is_not_called_picked() -> None:
    text = " ".join(text_of(audit(leaking("middle"))).split())
    assert "The right option is among those it leaves in 60 of 60 questions" in text
    text = " ".join(text_of(audit(leaking("lowest"))).split())
    assert "It picks the right option in 60 of 60 questions" in text
    text = " ".join(text_of(audit(leaking("middle"))).split())
    assert "A pupil who follows it gets 50 % of them right, instead of 25 %." in text


def test_runs_of_paragraphs_are_short() -> None:
    assert listed((1, 2, 4, 5, 6, 9)) == "1, 2, 4 to 6, 9"
    assert listed(()) == ""


# --- The report ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def leaky() -> Audit:
    return audit(leaking("longest"))


@pytest.mark.parametrize("width", [40, 55, 73, 76, 80, 99, 104, 200])
def test_no_line_is_wider_than_the_terminal(width: int, leaky: Audit) -> None:
    whole = audit(fair(lot(3), 90), paragraphs={})
    for found in (leaky, whole):
        look = replace(PLAIN, width=width)
        for line in audit_lines(found, place, drafts=3, look=look):
            assert cells(line) <= width, line
            assert line == line.rstrip()


def test_a_console_without_signs_is_told_the_same(leaky: Audit) -> None:
    text = text_of(leaky, replace(PLAIN, has_signs=False))
    assert text.isascii()
    assert "! The longest option" in text
    assert "LEAK" in text


def test_colour_is_never_alone(leaky: Audit) -> None:
    """Without paint the text is the same, and says in words what leaks."""
    painted = text_of(leaky, replace(PLAIN, paint=lambda text, style: f"<{style}>{text}</>"))
    bare = painted.replace("</>", "")
    for style in ("1", "2", "31", "1;31"):
        bare = bare.replace(f"<{style}>", "")
    assert bare == text_of(leaky)


def test_a_leak_in_whole_sentences(leaky: Audit) -> None:
    text = " ".join(text_of(leaky).split())
    one = by_code(leaky)["longest"]
    assert f"in {one.hits} of {one.items} questions; by lot that would be so in 15.8." in text
    assert f"Mending about {round(one.hits - one.expected)} of these {one.hits}" in text
    assert f"and {one.hits - 10} more, all of which --format json names" in text
    assert "p for all strategies: under .0001" in text


def test_json_says_all_by_the_names_of_the_docs(leaky: Audit) -> None:
    value = as_json(leaky, place, drafts=2)
    assert json.loads(json.dumps(value)) == value
    assert value["leaks"] == ["longest"]
    docs = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    for name in _names(value):
        assert f"`{name}`" in docs, name


def _names(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values())) - set(LEVELS)
    return set().union(*map(_names, value)) if isinstance(value, list) else set()


# --- The command ---------------------------------------------------------------------------------

QUESTION = """\
- id: q{n}
  stem: Which one is it?
  answer: the longest of them all {n}
  distractors: [short {n}, small {n}, tiny {n}]
"""


@pytest.fixture
def course(project: Path) -> Callable[..., Path]:
    def made(questions: str) -> Path:
        (project / "questions" / "bank.yaml").write_text("bank: b\ntitle: Rivers\n")
        (project / "questions" / "rivers.yaml").write_text(f"level: apply\nquestions:\n{questions}")
        return project

    return made


def test_the_exit_code_fails_for_a_leak_only_if_asked(
    course: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = str(course("".join(QUESTION.format(n=n) for n in range(12))))
    assert main(["check", "--audit", "-C", root]) == 0
    said = capsys.readouterr().out
    assert "questions/rivers.yaml:3" in said
    assert "\x1b" not in said
    assert main(["check", "--audit", "--strict", "-C", root]) == 1
    capsys.readouterr()
    assert main(["check", "--audit", "--format", "json", "-C", root]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["leaks"] == ["longest"]
    assert value["strategies"][0]["hit_questions"][1] == {
        "item": "q1",
        "file": "questions/rivers.yaml",
        "line": 7,
    }


def test_a_workflow_is_told_each_leak_at_a_question(
    course: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = str(course("".join(QUESTION.format(n=n) for n in range(12))))
    assert main(["check", "--audit", "--format", "github", "-C", root]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::warning file=")
    assert "title=guessed_by_longest::The longest option is right in 12 of 12 questions" in line


def test_a_screen_reader_gets_a_sentence_a_line(leaky: Audit) -> None:
    """No tables, bars, indents or signs; and all that the table says."""
    look = Look(width=80, has_signs=False, paint=lambda text, _: text, is_plain=True)
    lines = text_of(leaky, look).splitlines()
    assert not any(line.startswith(" ") for line in lines)
    assert "The longest option: 60 of 60 right, by lot 15.8, leaks at 25: LEAK" in lines
    assert "choice: 60 questions, 60 points" in lines


def test_questions_with_errors_are_left_out_and_that_is_said(
    course: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = str(course(QUESTION.format(n=1) + "- id: q2\n  stem: What?\n"))
    assert main(["check", "--audit", "-C", root]) == 1
    out, err = capsys.readouterr()
    assert "1 question." in out
    assert "Questions are left out of this audit for 1 error in 1 file" in err


def test_a_level_counts_as_written_in_the_question_or_its_file(project: Path) -> None:
    (project / "questions" / "bank.yaml").write_text("bank: b\ntitle: Rivers\n")
    card = "- {{id: {0}, front: A {0}, back: B{1}}}\n"
    one, two = project / "questions" / "one.yaml", project / "questions" / "two.yaml"
    one.write_text(f"questions:\n{card.format('a', ', level: recall')}{card.format('b', '')}")
    two.write_text(f"level: recall\nquestions:\n{card.format('c', '')}")
    reading = read_bank(project)
    assert unwritten(reading.origin, ("a", "b", "c", "gone"), "level") == {"b"}


def test_sources_are_told_in_plain_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also one that nothing rests on, and one that is cited as a whole."""
    bank = "bank: b\ntitle: B\nsources: {log: {title: Log}, lab: {title: Lab}}\n"
    (project / "questions" / "bank.yaml").write_text(bank, encoding="utf-8")
    for file in (project / "questions").glob("*.yaml"):
        if file.name != "bank.yaml":
            file.unlink()
    question = "questions:\n- {id: a, front: b, back: c, source: log}\n"
    (project / "questions" / "q.yaml").write_text(question, encoding="utf-8")
    assert main(["check", "-C", str(project), "--audit", "--plain"]) == 0
    out = capsys.readouterr().out
    assert "log: 1 question, no paragraph given." in out
    assert "lab: No question is based on it." in out
    assert "What is missing" in out
