"""Parameters from one's own record: they come near to what made it, and are kept only if better."""

import builtins
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from quizgen.cli import main
from quizgen.model import History, Review
from quizgen.study.fitting import FEWEST, Recalled, fitted, recalls_of
from quizgen.study.progress import Progress
from quizgen.study.schedule import (
    DAY,
    GRADES,
    Schedule,
    default_parameters,
    recall,
    reviewed,
    study_day,
    within_bounds,
)
from tests.strategies import reviews_of_days

NIGHT = Schedule(day_starts=4 * 3600.0)
STRONG = (3.0, 4.0, 12.0, 20.0, *default_parameters()[4:])
"""Of a learner who forgets far less after the first time than most."""


def learned(parameters: tuple[float, ...], tasks: int, times: int) -> tuple[History, ...]:
    """The histories of a learner of such a memory, drawn by chance, always the same."""
    chance = random.Random(5)  # noqa: S311 - a learner, no secret
    truth = Schedule(parameters=parameters, day_starts=NIGHT.day_starts)
    found = []
    for number in range(tasks):
        at = 20_000 * DAY + chance.randrange(50) * DAY
        memory, reviews = None, list[Review]()
        for _ in range(times):
            share = recall(memory, at, truth) if memory else 0.7
            one = Review(at=at, rating="good" if chance.random() < share else "again")
            reviews.append(one)
            memory = reviewed(memory, one, truth)
            at += max(1, round(memory.stability * chance.uniform(0.4, 1.6))) * DAY
        found.append(History(item=f"q{number}", reviews=tuple(reviews)))
    return tuple(found)


@given(reviews=reviews_of_days(NIGHT))
def test_what_can_be_predicted(reviews: tuple[Review, ...]) -> None:
    """Each review on a later day than the one before it, with all that came before."""
    found = recalls_of(reviews, NIGHT)
    days = [study_day(one.at, NIGHT) for one in reviews]
    later = [n for n in range(1, len(days)) if days[n] > days[n - 1]]
    assert [one.at for one in found] == [reviews[n].at for n in later]
    for n, one in zip(later, found, strict=True):
        assert [grade for grade, _ in one.reviews] == [GRADES[r.rating] for r in reviews[: n + 1]]
        assert sum(gap for _, gap in one.reviews) == days[n] - days[0]


def test_a_strong_memory_is_found() -> None:
    """First stabilities of such a learner rise, and what was held back is predicted better."""
    recalls = [
        one for history in learned(STRONG, 150, 5) for one in recalls_of(history.reviews, NIGHT)
    ]
    fit = fitted(recalls, ())
    assert fit.is_better
    assert fit.held_back == len(recalls) // 5
    assert fit.parameters[2] > 2 * default_parameters()[2]
    assert within_bounds(fit.parameters) == fit.parameters
    assert fitted(list(reversed(recalls)), ()) == fit
    again = fitted(recalls, fit.parameters)
    assert again.before <= fit.before


def test_bounds_are_those_of_fsrs() -> None:
    """What a fitter gives in shorter numbers is taken by the scheduler."""
    wild = [1e9 if n % 2 else -5.0 for n in range(21)]
    schedule = Schedule(parameters=within_bounds(wild))
    assert reviewed(None, Review(at=0.0, rating="good"), schedule).stability > 0
    with pytest.raises(ValueError, match="argument"):
        within_bounds([1.0])


# --- The command ---------------------------------------------------------------------------------


def recorded(path: Path, histories: tuple[History, ...]) -> tuple[str, str]:
    progress = Progress.open(path)
    progress.adopt("b", NIGHT)
    progress.add_reviews("b", histories, source="anki")
    progress.close()
    return "--db", str(path)


def test_it_says_what_it_did_and_keeps_what_is_better(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tried first, then kept; a second time it is no better than what is there."""
    there = recorded(tmp_path / "p.db", learned(STRONG, 130, 5))
    assert main(["optimize", "--dry-run", *there]) == 0
    said = capsys.readouterr().out
    assert "On the last 104, held back for a trial, the log loss was" in said
    assert "Without --dry-run it is kept." in said
    assert main(["progress", *there]) == 0
    assert "Parameters: those of FSRS-6." in capsys.readouterr().out
    assert main(["optimize", *there]) == 0
    assert "the next session goes by it" in capsys.readouterr().out
    assert main(["progress", *there]) == 0
    assert "Parameters: your own, by quizgen optimize." in capsys.readouterr().out
    assert main(["progress", "set", "--default-parameters", *there]) == 0
    assert "Parameters: those of FSRS-6." in capsys.readouterr().out


def test_too_few_answers_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many it takes and how many there are."""
    there = recorded(tmp_path / "p.db", learned(STRONG, 10, 3))
    assert main(["optimize", *there]) == 1
    assert f"takes {FEWEST} reviews" in (said := capsys.readouterr().err)
    assert "your record has 20." in said


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence, and nothing is changed."""
    there = recorded(tmp_path / "p.db", learned(STRONG, 105, 5))
    genuine = builtins.__import__

    def lacking(name: str, *rest: Any, **more: Any) -> Any:
        if name == "fsrs_rs_python":
            raise ImportError(name)
        return genuine(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    assert main(["optimize", *there]) == 1
    assert "pip install 'quizgen[optimize]'" in capsys.readouterr().err


def test_what_is_predicted_has_no_place_for_nothing() -> None:
    """A single review predicts nothing, nor do several on its day."""
    morning = 20_000 * DAY + 43_200
    reviews = tuple(Review(at=morning + n, rating="good") for n in range(3))
    assert recalls_of(reviews, NIGHT) == []
    assert recalls_of(reviews[:1], NIGHT) == []
    later = Review(at=morning + DAY, rating="again")
    assert recalls_of((*reviews, later), NIGHT) == [
        Recalled(at=later.at, reviews=((3, 0), (3, 0), (3, 0), (1, 1)))
    ]
