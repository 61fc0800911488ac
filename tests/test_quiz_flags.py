"""What a learner says beside an answer: how sure it is, and that its question is bad."""

import io
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.cli import main
from quizgen.commands.editor import open_at
from quizgen.core.score import confidence_points
from quizgen.model import Bank, Item, TrueFalse
from quizgen.study.events import Answer, Flagged, KeepFlag, Next
from quizgen.study.phrases import closing_words
from quizgen.study.plan import planned
from quizgen.study.record import Kept, Mark
from quizgen.study.session import begun, step
from quizgen.study.summary import Summary, summed_up
from tests.quiz_player import project

ITEMS: tuple[Item, ...] = tuple(
    TrueFalse(id=f"q{n}", statement=f"Statement {n}.", answer=True) for n in range(8)
)
BANK = Bank(name="b", title="B", items=ITEMS)
SURE = st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=1, max_size=len(ITEMS))


def summary_of(answers: list[tuple[int, bool]]) -> Summary:
    """A session whose first questions were answered so surely, and rightly or not."""
    state = begun(planned("b", ITEMS, seed=1))
    mark: Mark
    for now, (confidence, is_right) in enumerate(answers):
        mark = "exact" if is_right else "wrong"
        answer = Answer(response=None, mark=mark, share=Fraction(is_right), confidence=confidence)
        state, _ = step(state, answer, now)
        state, _ = step(state, Next(), now)
    by_id = {item.id: item for item in ITEMS}
    return summed_up(state, by_id, title="T", seconds=1, kept=Kept())


@given(SURE)
def test_confidence_is_counted_and_paid(answers: list[tuple[int, bool]]) -> None:
    """Of what came back after a miss, the first answer alone."""
    found = summary_of(answers[:3])
    for line in found.sure:
        rights = [right for sure, right in answers[:3] if sure == line.confidence]
        assert (line.asked, line.right) == (len(rights), sum(rights))
    paid = 0
    for sure, right in answers[:3]:
        paid += confidence_points(right=right, sure=sure)  # type: ignore[arg-type]
    assert sum(line.points for line in found.sure) == paid


@given(SURE)
def test_what_was_sure_but_wrong_comes_first(answers: list[tuple[int, bool]]) -> None:
    missed = [slip.is_sure for slip in summary_of(answers[:3]).missed]
    assert missed == sorted(missed, reverse=True)


def test_who_is_sure_too_often_is_told() -> None:
    words = dict(closing_words(summary_of([(3, True)] * 3 + [(3, False)] * 3)))
    assert words["Sure"] == "right where sure 3 of 6; -9 of 18 points. You are sure too often"
    words = dict(closing_words(summary_of([(3, True)] * 6)))
    assert words["Sure"] == "right where sure 6 of 6; 18 of 18 points"


def test_a_flag_changes_nothing_in_the_session() -> None:
    state = begun(planned("b", ITEMS, seed=1))
    assert state.current is not None
    after, effects = step(state, Flagged("unclear"), 1)
    assert after == state
    assert effects == (KeepFlag(item=state.current.item, part="", note="unclear"),)


QUESTIONS = "questions:\n- {id: salt, statement: Baikal is salt., answer: false}\n"


def test_flags_are_listed_for_the_author_until_they_are_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project(tmp_path, QUESTIONS))
    typed = "f\n3\nf\nBrackish is no word.\n\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert main(["quiz", "--db", "p.db", "--confidence"]) == 0
    shown = capsys.readouterr().out
    assert "How sure? 1 a guess, 2 fairly, 3 sure; u for another answer: 3" in shown
    assert "Sure: right where sure 1 of 1; 3 of 3 points." in shown
    flags = ["progress", "flags", "--db", "p.db"]
    assert main(flags) == 0
    assert "questions/lakes.yaml:2: salt, " in (listed := capsys.readouterr().out)
    assert listed.endswith(": Brackish is no word.\n")
    assert main([*flags, "--drop", "salt"]) == 0
    capsys.readouterr()
    assert main(flags) == 0
    assert "No question is flagged." in capsys.readouterr().out
    assert main([*flags, "--drop", "salt"]) == 1


@pytest.mark.parametrize(
    ("editor", "at"),
    [("vi", ["+7", "{root}/q.yaml"]), ("code --wait", ["--wait", "--goto", "{root}/q.yaml:7"])],
)
def test_a_question_is_opened_at_its_line(
    editor: str, at: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setenv("VISUAL", editor)
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("subprocess.run", lambda words, **_: called.append(words))
    assert open_at(tmp_path, "q.yaml:7").startswith("Opened q.yaml:7.")
    (words,) = called
    assert words[1:] == [one.format(root=tmp_path) for one in at]


def test_without_an_editor_the_place_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert open_at(tmp_path, "q.yaml:7") == "It is written in q.yaml:7"
