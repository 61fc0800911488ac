"""A form sat in the terminal: as on paper, nothing told before the end, scored by its quiz's rules."""

import io
import json
import sqlite3
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.cli import main
from quizgen.core.form import make_form
from quizgen.core.score import score
from quizgen.core.select import default_plan, draw
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Entry,
    Filled,
    Form,
    Gap,
    Item,
    Open,
    Option,
    Picked,
    QuizPlan,
    Quota,
    Response,
    Rules,
    TrueFalse,
)
from quizgen.study.console import Console
from quizgen.study.events import (
    Answer,
    Ask,
    Event,
    Finish,
    HandIn,
    Hint,
    Override,
    Refuse,
    Retry,
    Review,
    Save,
    Skip,
    TakeBack,
    Undo,
)
from quizgen.study.exam import ExamResult, exam_plan, exam_result
from quizgen.study.exam_review import review_exam
from quizgen.study.keeper import Keeper
from quizgen.study.plain import Plain
from quizgen.study.record import Attempt
from quizgen.study.session import State, begun, replayed, step
from quizgen.study.terminal import Ending, Setting, Terminal
from tests.quiz_player import project
from tests.strategies import right_response, scored_items

ITEMS: tuple[Item, ...] = (
    Choice(
        id="deep",
        stem="Which is the deepest?",
        options=tuple(Option(id=name, text=name) for name in ("Baikal", "Superior", "Victoria")),
        keys=("Baikal",),
        arrangement="fixed",
        hint="In Asia.",
        explain="It fills a rift.",
    ),
    Entry(id="salt", stem="Which sea is salt?", accept=("Dead Sea",), kind="place"),
    Cloze(
        id="gaps",
        parts=(
            "In ",
            Gap(number=1, accept=("Siberia",)),
            " is a ",
            Gap(number=2, accept=("rift",)),
        ),
    ),
    Open(id="dew", stem="Where does dew come from?", model="From vapour."),
    Card(id="water", front="Formula of water?", back="H2O", reverse=True),
    TrueFalse(id="wet", statement="Water is wet.", answer=True),
)


def form_of(*items: Item, rules: Rules | None = None) -> tuple[Bank, Form]:
    bank = Bank(name="b", title="B", items=items)
    plan = QuizPlan(
        id="q", title="Quiz", blueprint=(Quota(count=len(items)),), rules=rules or Rules()
    )
    quiz, problems = draw(bank, plan)
    assert quiz is not None, problems
    return bank, make_form(quiz, 0)


BANK, FORM = form_of(*ITEMS)


def sat(
    typed: str, *, bank: Bank = BANK, form: Form = FORM, limit: float = 0.0, each: float = 0.0
) -> tuple[str, Ending]:
    """An exam on these lines; each look at the clock takes so long."""
    out, clock = io.StringIO(), iter(n * each for n in range(1_000_000))
    plan = exam_plan(form, limit=limit)
    keeper = Keeper(None, plan, title="Quiz", ask=lambda _: True)
    setting = Setting(title="Quiz", form=form, limit=limit)
    screen = Plain(Console(io.StringIO(typed), out))
    terminal = Terminal(
        bank, begun(plan), setting=setting, screen=screen, keeper=keeper, now=lambda: next(clock)
    )
    ending = terminal.play()
    if ending.exam:
        review_exam(screen, bank, ending.exam, title="Quiz", seconds=60)
    return out.getvalue(), ending


def outcomes(result: ExamResult | None) -> dict[str, str]:
    assert result is not None
    return {row.question.item.id: row.outcome for row in result.rows}


# --- The machine ---------------------------------------------------------------------------------

EVENTS = st.lists(
    st.one_of(
        st.sampled_from((Skip(), Undo(), Hint(), HandIn())),
        st.builds(
            Answer,
            response=st.none(),
            mark=st.sampled_from(("exact", "wrong", "blank", "close")),
            share=st.sampled_from((Fraction(0), Fraction(1, 2), Fraction(1))),
        ),
        st.just(Answer(response=None, mark="written", share=Fraction(0), final=False)),
    ),
    max_size=40,
)


def after(events: list[Event]) -> Iterator[tuple[State, tuple[object, ...]]]:
    state = begun(exam_plan(FORM))
    for now, event in enumerate(events):
        if state.phase == "over":
            return
        state, effects = step(state, event, now)
        yield state, effects


@given(EVENTS)
def test_nothing_is_said_before_the_end_and_nothing_returns(events: list[Event]) -> None:
    for state, effects in after(events):
        assert not any(isinstance(one, Review | Retry | Override) for one in effects)
        assert state.missed == ()
        assert state.hints == frozenset()
        final = [one.key for one in state.attempts if one.final]
        assert len(set(final)) == len(final)


@given(EVENTS)
def test_what_is_kept_is_what_stands(events: list[Event]) -> None:
    """Whatever is answered, put off and taken back."""
    kept: list[Attempt] = []
    for state, effects in after(events):
        for effect in effects:
            match effect:
                case Save(attempt=attempt):
                    kept.append(attempt)
                case TakeBack(number=number):
                    assert kept.pop().number == number
                case Ask() | Finish() | Refuse():
                    pass
                case _:
                    raise AssertionError(effect)
        assert tuple(kept) == state.attempts


@given(EVENTS)
def test_an_exam_goes_on_where_it_stood(events: list[Event]) -> None:
    """What is open and what waits for a score, though not what was put off."""
    for state, _ in after(events):
        again = replayed(state.plan, state.attempts)
        if not any(isinstance(one, HandIn) for one in events):
            assert set(again.waiting) == set(state.waiting)
            assert (again.phase == "over") == (state.phase == "over")


@given(EVENTS)
def test_back_asks_again_what_was_answered_last(events: list[Event]) -> None:
    """Undo exactly undoes an answer, also where others were put off before it or all was handed in."""
    before = begun(exam_plan(FORM))
    for event, (state, _) in zip(events, after(events), strict=False):
        if isinstance(event, Answer) and state.phase != "over":
            back, effects = step(state, Undo(), 0.0)
            assert (back, effects) == (before, (TakeBack(len(state.attempts)), Ask()))
        before = state


@given(EVENTS)
def test_own_scores_are_asked_after_every_answer(events: list[Event]) -> None:
    """A model answer may tell another question's answer."""
    for state, _ in after(events):
        if state.tries and state.phase == "asking":
            done = {one.key for one in state.attempts}
            assert all(task.key in done for task in state.waiting)


# --- What it earns -------------------------------------------------------------------------------


@given(scored_items(), st.booleans())
def test_right_answers_earn_full_points_and_blanks_none(item: Item, is_right: bool) -> None:
    bank, form = form_of(item)
    responses = dict(in_parts(form, right_response(item) if is_right else None))
    attempts = [
        Attempt(
            number=n,
            item=item.id,
            part=part,
            response=response,
            mark="exact",
            share=Fraction(1),
            at=0,
        )
        for n, (part, response) in enumerate(responses.items(), start=1)
    ]
    exam = exam_plan(form).exam
    assert exam is not None
    result = exam_result(bank, form, exam, attempts)
    assert result.points == (item.points if is_right else 0)
    assert result.possible == item.points
    assert outcomes(result) == {item.id: "right" if is_right else "blank"}


def in_parts(form: Form, response: Response) -> Iterator[tuple[str, Response]]:
    """A response as it comes in a session: of a cloze gap by gap."""
    if response is None:
        return
    for task in exam_plan(form).tasks:
        if isinstance(response, Filled):
            number = int(task.part.removeprefix("c"))
            yield task.part, Filled(gaps={number: response.gaps[number]})
        else:
            yield task.part, response


@pytest.mark.parametrize("rule", ["right", "formula"])
def test_a_wrong_choice_costs_what_the_quiz_says(rule: str) -> None:
    bank, form = form_of(ITEMS[0], rules=Rules(single=rule))  # type: ignore[arg-type]
    _, ending = sat("2\n", bank=bank, form=form)
    wrong = score(ITEMS[0], Picked(options=frozenset({"Superior"})), form.quiz.plan.rules)
    assert ending.exam is not None
    assert ending.exam.points == wrong.points
    assert (ending.exam.points < 0) == (rule == "formula")


def test_options_not_ticked_are_judged_false_where_each_is_a_statement() -> None:
    item = Choice(
        id="lakes",
        stem="Which are lakes?",
        options=tuple(Option(id=name, text=name) for name in ("Ladoga", "Nile", "Onega", "Volga")),
        keys=("Ladoga", "Onega"),
        multiple=True,
        arrangement="fixed",
    )
    bank, form = form_of(item, rules=Rules(multiple="each_statement"))
    _, ending = sat("1\n", bank=bank, form=form)
    assert ending.exam is not None
    assert ending.exam.points == Fraction(3, 4)


# --- On the screen -------------------------------------------------------------------------------

LINES = {
    "deep": "1\n",
    "salt": "dead sea\n",
    "gaps": "Siberia\nrift\n",
    "dew": "vapour\n\n",
    "water": "H2O\n",
    "wet": "t\n",
}
OWN = "y\n" * 2
"""Open answers and cards get the learner's own scores, at the end."""


def lines(**other: str) -> str:
    """The right line for each question of the form, or another."""
    return "".join((LINES | other)[question.item.id] for question in FORM.questions)


def test_all_right() -> None:
    shown, ending = sat(lines() + OWN)
    assert set(outcomes(ending.exam).values()) == {"right"}
    assert "not right" not in shown.casefold()


def test_a_near_miss_gets_no_second_try() -> None:
    """It would tell that the answer is nearly right."""
    shown, ending = sat(lines(salt="dead see\n") + OWN)
    assert outcomes(ending.exam)["salt"] == "wrong"
    assert "Try once more" not in shown


def test_no_hint_and_no_key_before_the_end() -> None:
    typed = lines(deep="2\n") + OWN
    shown, _ = sat(typed)
    number = next(one.number for one in FORM.questions if one.item.id == "deep")
    answering, _, end = shown.partition(f"Question {number}, 0 of 1 point.")
    assert "It fills a rift." in end
    assert "It fills a rift." not in answering
    assert "Not right" not in answering
    assert "hint" not in answering


def test_what_is_put_off_comes_again_before_own_scores() -> None:
    first = FORM.questions[0].item.id
    sign = ":s\n" if first in ("salt", "gaps", "dew", "water") else "s\n"
    typed = lines(**{first: sign * LINES[first].count("\n")}) + LINES[first] + OWN
    _, ending = sat(typed)
    assert set(outcomes(ending.exam).values()) == {"right"}


def test_handing_in_leaves_blank_what_is_open() -> None:
    _, ending = sat("e\n:e\n")
    assert set(outcomes(ending.exam).values()) == {"blank"}


def test_time_that_is_up_hands_in() -> None:
    """What was answered counts; nothing else is asked."""
    shown, ending = sat(lines(), limit=30, each=5)
    assert "Time is up." in shown
    assert "blank" in outcomes(ending.exam).values()


def test_the_time_that_is_left_is_told() -> None:
    """In minutes, with the one that has begun; nothing where there is any time."""
    assert "1 of 6. 3 min left." in sat("", limit=150)[0]
    assert "left" not in sat("")[0]


def test_a_broken_off_exam_is_no_result() -> None:
    _, ending = sat("")
    assert ending.exam is None


# --- The command ---------------------------------------------------------------------------------

QUIZ = "quizzes:\n  test: {title: Test, forms: 2, blueprint: [{count: 3}]}\n"
QUESTIONS = """\
questions:
- {id: salt, statement: The Dead Sea is salt., answer: true}
- {id: sweet, statement: Baikal is salt., answer: false}
- {id: wet, statement: Water is wet., answer: true}
"""


@pytest.fixture
def lakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = project(tmp_path, QUESTIONS)
    path = root / "questions" / "bank.yaml"
    path.write_text(path.read_text(encoding="utf-8") + QUIZ, encoding="utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_STATE_HOME", str(root / ".state"))
    return root


def run(typed: str, *words: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["quiz", "--db", "progress.db", *words])


def test_the_result_is_told_and_kept(
    lakes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(
        "t\nt\nt\n",
        *("test", "--exam", "--form", "b", "--json", "--fail-under", "90"),
        monkeypatch=monkeypatch,
    )
    exam = json.loads(capsys.readouterr().out)["exam"]
    assert code == 1
    assert (exam["form"], exam["points"], exam["possible"], exam["percent"]) == ("B", 2, 3, 66.67)
    with sqlite3.connect(lakes / "progress.db") as connection:
        ((kept,),) = connection.execute("SELECT result FROM session").fetchall()
    connection.close()
    assert json.loads(kept) == exam


def test_an_exam_is_gone_on_with_unless_its_form_has_changed(
    lakes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("t\n", "test", "--exam", monkeypatch=monkeypatch) == 0
    assert "0 of 3" not in capsys.readouterr().out
    assert run("t\n", "--resume", monkeypatch=monkeypatch) == 0
    assert "Question 2 of 3" in capsys.readouterr().out
    path = lakes / "questions" / "lakes.yaml"
    path.write_text(path.read_text("utf-8").replace("is wet", "is quite wet"), encoding="utf-8")
    assert run("t\n", "--resume", monkeypatch=monkeypatch) == 1
    assert "its questions have changed since" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing", "--exam"), 'There is no quiz "nothing". Quizzes: test.'),
        (("test", "--exam", "--form", "Z"), 'The quiz "test" has no form Z. Forms: A, B.'),
        (("test", "--exam", "--due"), "An exam is a whole form"),
    ],
)
def test_what_cannot_be_sat_is_a_sentence(
    lakes: Path,
    words: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert lakes.exists()
    assert run("", *words, monkeypatch=monkeypatch) == 2
    assert said in capsys.readouterr().err


def test_a_bank_without_a_quiz_has_one_to_sit() -> None:
    plan = default_plan(BANK)
    quiz, _ = draw(BANK, plan)
    assert quiz is not None
    assert exam_plan(make_form(quiz, 1)).tasks
