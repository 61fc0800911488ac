"""What is added up of a record: the same as counting its answers one by one, and what follows of it."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.model import Bank, Entry, History, Item, Rating, Response, Review, Statistics, Typed
from quizgen.study.memories import Standing
from quizgen.study.plan import planned
from quizgen.study.progress import Asking, Progress
from quizgen.study.record import Attempt
from quizgen.study.schedule import DAY, Schedule, recall, replayed, study_day
from quizgen.study.statistics import View, calibration, certain_share, looked_back
from quizgen.study.tallies import Span, Tallies, high_of
from tests.conftest import few

NIGHT = Schedule(day_starts=4 * 3600.0)
TODAY = 20_000
NOW = TODAY * DAY + 43_200.0
ITEMS: tuple[Item, ...] = tuple(
    Entry(id=name, topic=topic, stem=f"What is {name}?", accept=(name.upper(),))
    for name, topic in (("q", "Lakes"), ("r", "Lakes"), ("s", "Rivers"))
)
BANK = Bank(name="b", title="Waters", items=ITEMS)


def noon(days_ago: float) -> float:
    return NOW - days_ago * DAY


def given_answers(
    path: Path, *answers: tuple[str, float, bool], confidence: int = 0, text: str = "Thames"
) -> None:
    """Keep answers to items, given so many days ago, right or not; those that count."""
    progress = Progress.open(path)
    progress.adopt("b", NIGHT)
    session = progress.begin(planned("b", ITEMS, seed=1), title="T", now=1.0)
    for number, (item, days_ago, right) in enumerate(answers):
        at = noon(days_ago)
        attempt = Attempt(
            number=number,
            item=item,
            part="",
            response=Typed(text=item if right else text),
            mark="exact" if right else "wrong",
            share=Fraction(right),
            at=at,
            confidence=confidence,
        )
        progress.save(session, "b", attempt, Asking(sitting=at, asked=at, key="k"))
    progress.close()


def seen(path: Path, *, days: int = 90, topic: str = "", ahead: float = 0.0) -> Statistics:
    tallies = Tallies.open(path)
    try:
        view = View(days=days, now=NOW, topic=topic, ahead=ahead)
        return looked_back(tallies, BANK, view, lambda item: f"questions/{item}.yaml:1")
    finally:
        tallies.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


# --- Against counting one by one -----------------------------------------------------------------

_ANSWER = st.tuples(
    st.sampled_from("qrs"),
    st.integers(0, 40),
    st.booleans(),
    st.sampled_from((True, True, True, False)),
    st.sampled_from((True, True, False)),
    st.sampled_from((0, 1, 3)),
    st.booleans(),
)


@settings(max_examples=few(12))
@given(
    answers=st.lists(_ANSWER, max_size=30),
    elsewhere=st.lists(st.tuples(st.sampled_from("qr"), st.integers(0, 40)), max_size=6),
    days=st.sampled_from((1, 7, 90)),
    topic=st.sampled_from(("", "Lakes")),
)
def test_sqlite_adds_up_what_a_replay_says(
    answers: list[tuple[str, int, bool, bool, bool, int, bool]],
    elsewhere: list[tuple[str, int]],
    days: int,
    topic: str,
) -> None:
    """Answers with near misses, repeats and some taken back, and reviews from Anki, a few of which
    are those same answers.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder, "progress.db")
        progress = Progress.open(file)
        progress.adopt("b", NIGHT)
        session = progress.begin(planned("b", ITEMS, seed=1), title="T", now=1.0)
        counted: list[tuple[str, float, bool, bool, int]] = []
        ordered = sorted(answers, key=lambda one: -one[1])
        for number, (item, ago, right, final, counts, sure, undone) in enumerate(ordered):
            at = noon(ago) + number
            attempt = Attempt(
                number=number,
                item=item,
                part="",
                response=None,
                mark="exact" if right else "wrong",
                share=Fraction(right),
                at=at,
                final=final,
                counts=counts,
                confidence=sure,
            )
            progress.save(session, "b", attempt, Asking(sitting=at, asked=at, key="k"))
            if undone:
                progress.take_back(session, number, now=at)
            elif final:
                counted.append((item, at, right, counts, sure if counts else 0))
        for item, ago in elsewhere:
            same = [at for one, at, *_, counts, _ in counted if one == item and counts]
            at = same[0] if same else noon(ago) + 0.5
            review = Review(at=at, rating="again")
            progress.add_reviews("b", [History(item=item, reviews=(review,))], source="anki")
            if not same and (item, at, False, True, 0) not in counted:
                counted.append((item, at, False, True, 0))
        progress.close()
        tallies = Tallies.open(file)
        first = TODAY - days + 1
        span = Span(first=first, items=("q", "r") if topic else None)
        counted = [one for one in counted if not topic or one[0] in "qr"]
        by_day = Counter(study_day(at, NIGHT) for _, at, *_ in counted)
        assert tallies.by_day("b", span, NIGHT) == Counter(
            {day: count for day, count in by_day.items() if day >= first}
        )
        assert tallies.earlier_days("b", span, NIGHT) == {day for day in by_day if day < first}
        _compare(tallies, counted, span)
        tallies.close()


def _compare(
    tallies: Tallies, counted: list[tuple[str, float, bool, bool, int]], span: Span
) -> None:
    """Tasks, bands, confidence and lapses against a replay of the reviews."""
    reviews: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    lapses: Counter[str] = Counter()
    foreseen: dict[str, list[float]] = {}
    bands: Counter[int] = Counter()
    sure: Counter[int] = Counter()
    done: dict[str, list[Review]] = {}
    for item, at, right, counts, confidence in sorted(counted, key=lambda one: one[1]):
        if not counts:
            continue
        before = replayed(done.setdefault(item, []), NIGHT)
        share = recall(before, at, NIGHT) if before else 1.0
        done[item].append(Review(at=at, rating=_rating(right, confidence)))
        lapses[item] += share < 1 and not right
        if study_day(at, NIGHT) < span.first:
            continue
        reviews[item] += 1
        missed[item] += not right
        sure[confidence] += 1
        if share < 1:
            foreseen.setdefault(item, []).append(share)
            bands[0 if share < 0.5 else int(share * 20) * 5] += 1
    found = tallies.by_task("b", span, NIGHT)
    assert {key[0]: (one.reviews, one.missed) for key, one in found.items()} == {
        item: (reviews[item], missed[item]) for item in reviews
    }
    for (item, _), tally in found.items():
        assert tally.recalls.reviews == len(foreseen.get(item, []))
        assert tally.recalls.foreseen == pytest.approx(sum(foreseen.get(item, [])))
    assert tallies.lapses("b", span, NIGHT) == Counter(
        {(item, ""): n for item, n in lapses.items()}
    )
    by_band = tallies.by_band("b", span, NIGHT)
    assert +bands == +Counter(
        {
            low: sum(one.recalls.reviews for one in by_band if one.low == low)
            for low in {one.low for one in by_band}
            if low is not None
        }
    )
    assert +sure == +Counter(
        {
            level: sum(one.recalls.reviews for one in by_band if one.confidence == level)
            for level in range(4)
        }
    )


def _rating(right: bool, confidence: int) -> Rating:
    return "again" if not right else "hard" if confidence == 1 else "good"


def test_a_million_rows_need_no_look_at_each(path: Path) -> None:
    """Every query goes over the one index that has all it needs."""
    given_answers(path, ("q", 1, True))
    connection = sqlite3.connect(path)
    plans = [
        str(row[3])
        for query in _queries()
        for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", _values())
    ]
    connection.close()
    assert any("answer_of" in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith("SCAN answer")]


def _queries() -> Iterator[str]:
    from quizgen.study import tallies

    for query in (tallies._BY_DAY, tallies._BY_BAND, tallies._BY_TASK, tallies._LAPSES):
        yield query.format(rows=tallies._ANSWERS, only="", band=tallies._BAND)


def _values() -> dict[str, object]:
    return {"bank": "b", "start": 0.0, "since": 0.0, "items": "null"}


# --- What follows --------------------------------------------------------------------------------


def test_days_in_a_row_reach_back_before_the_days_shown(path: Path) -> None:
    """Today, which is not over, need not have an answer; a day left out ends the row."""
    given_answers(path, *(("q", ago, True) for ago in (12, 10, *range(9, 0, -1))))
    shown = seen(path, days=5)
    assert (shown.run, shown.active, len(shown.days)) == (10, 4, 5)
    assert shown.days[-1].answers == 0


@pytest.mark.parametrize(
    ("ahead", "starts", "today"),
    [(0, 4, "2024-10-04"), (9, 19, "2024-10-04"), (-10, 14, "2024-10-03")],
)
def test_days_have_the_date_of_the_wall_calendar(
    ahead: int, starts: int, today: str, path: Path
) -> None:
    """In London, Tokyo and Honolulu, at noon in London."""
    progress = Progress.open(path)
    progress.adopt("b", Schedule(day_starts=starts * 3600.0))
    progress.close()
    assert seen(path, ahead=ahead * 3600.0).today == today


def test_what_is_due_is_counted_day_by_day(path: Path) -> None:
    """Overdue tasks are due today; those that the bank no longer has are due never."""
    given_answers(path, ("q", 30, True), ("r", 0, True), ("gone", 30, True))
    progress = Progress.open(path)
    later = {key: one.memory for key, one in progress.standings("b").items()}
    progress.close()
    shown = seen(path)
    day = study_day(later["r", ""].due, NIGHT) - TODAY
    assert shown.forecast[0] == shown.overdue == 1
    assert shown.forecast[day] == 1
    assert sum(shown.forecast) == 2
    lakes, rivers = shown.topics
    assert (lakes.topic, lakes.tasks, lakes.seen, lakes.due) == ("Lakes", 2, 2, 1)
    assert (rivers.topic, rivers.tasks, rivers.seen, rivers.due) == ("Rivers", 1, 0, 0)


def test_a_leech_was_forgotten_four_times_and_does_not_last(path: Path) -> None:
    """It says which wrong answer comes back; three times is none yet, nor a miss that was the first."""
    misses = [("q", ago, False) for ago in (40, 30, 20, 10, 5)]
    given_answers(path, *misses, *(("r", ago, False) for ago in (40, 30, 20, 10)))
    shown = seen(path)
    (leech,) = shown.leeches
    assert (leech.trouble.item, leech.lapses, leech.usual, leech.times) == ("q", 4, "Thames", 5)
    assert leech.trouble.place == "questions/q.yaml:1"
    assert [one.item for one in shown.hardest] == ["r"]
    assert shown.topics[0].stuck == 1


def test_who_has_learned_it_at_last_is_no_leech(path: Path) -> None:
    """After four lapses, once it lasts for three weeks."""
    misses = [("q", ago, False) for ago in (300, 298, 296, 294, 292)]
    rights = [("q", ago, True) for ago in (290, 280, 260, 200, 100, 5)]
    given_answers(path, *misses, *rights)
    assert not seen(path).leeches


def test_the_hardest_are_missed_for_certain(path: Path) -> None:
    """5 misses of 7 come before 2 of 2; one miss is no more than that."""
    q = [("q", 20 + n, n < 5) for n in range(7)]
    given_answers(
        path,
        *((item, ago, not missed) for item, ago, missed in reversed(q)),
        ("r", 9, False),
        ("r", 8, False),
        ("s", 7, False),
    )
    shown = seen(path)
    ranked = [one.trouble for one in shown.leeches] + list(shown.hardest)
    assert [(one.item, one.missed, one.reviews) for one in ranked] == [("q", 5, 7), ("r", 2, 2)]


def test_one_topic_alone(path: Path) -> None:
    given_answers(path, ("q", 3, True), ("s", 2, True), ("s", 1, True))
    shown = seen(path, topic="Rivers")
    assert (shown.answers, shown.recalls.reviews) == (2, 1)
    assert [one.topic for one in shown.topics] == ["Rivers"]


@pytest.mark.parametrize(
    ("level", "right", "answers", "verdict"),
    [
        (3, 9, 9, "few"),
        (3, 50, 100, "too_sure"),
        (3, 82, 100, "fits"),
        (2, 99, 100, "too_unsure"),
        (2, 74, 100, "fits"),
        (1, 95, 100, "too_unsure"),
        (1, 50, 100, "fits"),
        (2, 7, 10, "fits"),
    ],
)
def test_confidence_is_judged_where_chance_is_not_enough(
    level: int, right: int, answers: int, verdict: str
) -> None:
    assert calibration(level, right, answers) == verdict


@given(total=st.integers(1, 1000), data=st.data())
def test_what_is_certain_is_less_than_what_was_seen(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))
    assert -1e-9 <= certain_share(count, total) <= count / total
    assert certain_share(count, total) <= certain_share(10 * count, 10 * total) + 1e-9


def test_bands_meet() -> None:
    """Each ends where the next begins, up to 100 %."""
    lows = [0, *range(50, 100, 5)]
    assert [high_of(low) for low in lows] == [*lows[1:], 100]


def test_nothing_on_record_is_told_from_nothing_of_late(path: Path) -> None:
    given_answers(path, ("q", 200, True))
    shown = seen(path)
    assert (shown.has_record, shown.answers, shown.forecast[0]) == (True, 0, 1)
    given_answers(path.with_name("other.db"))
    assert not seen(path.with_name("other.db")).has_record


def test_the_response_of_every_type_is_one_line_or_none(path: Path) -> None:
    """A usual wrong answer is given as it was typed, on one line."""
    given_answers(path, *(("q", ago, False) for ago in (9, 7, 5, 3, 1)), text=" the\n Thames ")
    response: Response = Typed(text=" the\n Thames ")
    tallies = Tallies.open(path)
    assert tallies.wrong_answers("b", [("q", ""), ("r", "")]) == {("q", ""): (response, 5)}
    tallies.close()
    assert seen(path).leeches[0].usual == "the Thames"


def test_standings_are_those_of_the_record(path: Path) -> None:
    """Statistics change nothing in the file."""
    given_answers(path, ("q", 3, True), ("q", 1, False))
    before: dict[tuple[str, str], Standing]
    progress = Progress.open(path)
    before = progress.standings("b")
    progress.close()
    data = path.read_bytes()
    seen(path)
    progress = Progress.open(path)
    assert progress.standings("b") == before
    progress.close()
    assert path.read_bytes() == data
