"""How a record is shown: on screens of any width, in sentences, for programs and as a page."""

import io
import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.cli import main
from quizgen.model import ActiveDay, Recalls, Statistics, TopicStatistics
from quizgen.outputs.pdf import chromium
from quizgen.outputs.pdf.engine import Page
from quizgen.outputs.stats import build
from quizgen.outputs.stats.charts import heatmap, plot
from quizgen.outputs.template import Templates
from quizgen.study.console import Console
from quizgen.study.stats_json import as_json
from quizgen.study.stats_plain import plain_lines
from quizgen.study.stats_styled import Sight
from quizgen.study.words import cells
from tests.conftest import few, require_tool
from tests.quiz_player import project as project_of
from tests.strategies import statistics
from tests.test_statistics import given_answers

LOW = Recalls(reviews=20, recalled=10, foreseen=18.0)
FINE = Recalls(reviews=20, recalled=18, foreseen=18.0)
_COLOUR = re.compile("\033\\[[0-9;]*m")


def small(**fields: object) -> Statistics:
    """A week with one topic that is remembered worse than foreseen."""
    days = tuple(ActiveDay(date=f"2026-11-{23 + n}", answers=4 * n) for n in range(6))
    values: dict[str, object] = {
        "title": "Waters",
        "topic": "",
        "days": days,
        "run": 5,
        "has_record": True,
        "forecast": (14, 3, *[0] * 28),
        "overdue": 6,
        "recalls": LOW,
        "bands": (),
        "sureness": (),
        "topics": tuple(
            TopicStatistics(topic=name, tasks=9, seen=5, due=2, stuck=0, recalls=recalls)
            for name, recalls in (("Lakes", LOW), ("Rivers", FINE))
        ),
        "leeches": (),
        "hardest": (),
    }
    return Statistics(**(values | fields))  # type: ignore[arg-type]


def screen(
    shown: Statistics, width: int = 80, *, has_colour: bool = False, encoding: str = "utf-8"
) -> list[str]:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    Sight(Console(None, stream), width=width, has_colour=has_colour).show(shown)
    stream.seek(0)
    return stream.read().splitlines()


@settings(max_examples=few(20))
@given(shown=statistics(), width=st.integers(40, 200))
def test_every_line_fits(shown: Statistics, width: int) -> None:
    """Within 76 columns and the terminal, but for the place of a question, which stays whole."""
    room = min(width, 78)
    lines = screen(shown, width)
    assert [one for one in lines if cells(one) > room and "questions/" not in one] == []


@settings(max_examples=few(8))
@given(shown=statistics())
def test_colour_says_nothing_alone(shown: Statistics) -> None:
    """Without its colours the screen is letter for letter the one that has none."""
    coloured = screen(shown, has_colour=True)
    assert any(map(_COLOUR.search, coloured)) or not shown.has_record
    assert [_COLOUR.sub("", one) for one in coloured] == screen(shown)


@settings(max_examples=few(8))
@given(shown=statistics())
def test_a_console_of_few_letters_shows_others(shown: Statistics) -> None:
    """The signs of the drawing are plain ones where the console has no better."""
    words = shown.title + "".join(topic.topic for topic in shown.topics)
    if words.isascii() and not shown.leeches and not shown.hardest:
        assert all(line.isascii() for line in screen(shown, encoding="ascii"))


def test_a_low_figure_has_a_sign() -> None:
    """Beside its colour; the other figure has none."""
    lines = screen(small())
    assert [line.split() for line in lines if line.startswith(("  Lakes", "  Rivers"))] == [
        ["Lakes", "5", "of", "9", "2", "▾", "50", "%", "90", "%", "-"],
        ["Rivers", "5", "of", "9", "2", "90", "%", "90", "%", "-"],
    ]
    assert "(low)" in "\n".join(screen(small(), 44))
    assert "less than foreseen" in "\n".join(plain_lines(small()))


def test_the_shading_grows_with_the_answers() -> None:
    """A day of rest is a dot; half of a usual day's answers, here 6, are a step."""
    rows = [line for line in screen(small()) if line.startswith(("  Mon", "  Tue", "  Sat"))]
    assert rows == ["  Mon  ··", "  Tue  ░░", "  Sat  ██"]
    assert any(
        "·· none   ░░ to 6   ▒▒ to 12   ▓▓ to 18   ██ 19 and more" in r for r in screen(small())
    )


def test_years_show_their_last_weeks() -> None:
    days = tuple(
        ActiveDay(date=f"20{year}-{month:02}-01", answers=1)
        for year in range(20, 26)
        for month in range(1, 13)
    )
    dense = small(days=days * 6)
    assert any("weeks are shown" in line for line in screen(dense, 60))


def test_the_topic_that_takes_all_room_is_cut() -> None:
    long = TopicStatistics(topic="Water " * 30, tasks=9, seen=5, due=2, stuck=0, recalls=LOW)
    assert any("Water ..." in line for line in screen(small(topics=(long,))))


@settings(max_examples=few(8))
@given(shown=statistics())
def test_plain_sentences_are_one_thought_each(shown: Statistics) -> None:
    """No signs, no indents, each line a sentence."""
    lines = list(plain_lines(shown))
    assert lines
    for line in lines:
        assert line == line.strip()
        assert line.endswith((".", ":"))
        assert not re.search("[░▒▓█▾✗●]", line)


@settings(max_examples=few(8))
@given(shown=statistics())
def test_programs_get_everything(shown: Statistics) -> None:
    told = json.loads(json.dumps(as_json(shown)))
    assert told["answers"] == sum(day["answers"] for day in told["days"])
    assert len(told["due"]) == 30
    assert len(told["leeches"]) == len(shown.leeches)
    for one in (told["recall"], *told["bands"], *told["topics"]):
        assert (one["remembered"] is None) == (one["reviews"] == 0)


def test_nothing_yet_is_said_kindly() -> None:
    """With the command that changes it."""
    nothing = small(has_record=False)
    for lines in (screen(nothing), list(plain_lines(nothing)), [page(nothing)]):
        words = " ".join(" ".join(lines).split())
        assert "quizgen quiz" in words
        assert "Nothing to show yet" in words


# --- The page ------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """Opens and closes what it reads; `faults` are those that do not match, `texts` what is said."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def page(shown: Statistics, language: str = "en") -> str:
    built = build(shown, Templates(), language=language, name="stats.html")
    return built.files["stats.html"].decode()


def test_a_year_prints_whole_on_the_printers_own_paper() -> None:
    """No square is cut off, and no sheet of A4 is asked of a printer that has Letter."""
    require_tool("chromium", "chromium-browser", "google-chrome")
    first = date(2025, 11, 29)
    days = [first + timedelta(days=number) for number in range(365)]
    year = small(days=tuple(ActiveDay(date=str(day), answers=day.day) for day in days))
    (printed,) = chromium.press([Page(name="stats", html=page(year))])
    with pymupdf.open(stream=printed.pdf) as pdf:  # type: ignore[no-untyped-call]
        sheet = pdf[0]
        assert sheet.rect[2:] == (612, 792)
        shapes = [one["rect"] for one in sheet.get_drawings() if one["type"] == "f"]
        squares = [one for one in shapes if abs(one.width - one.height) < 0.1 and one.width < 15]
        assert len(squares) >= 365
        assert max(one.x1 for one in squares) < 612 - 60


@settings(max_examples=few(10))
@given(shown=statistics(), language=st.sampled_from(("en", "de", "ar", "ja")))
def test_the_page_is_whole_and_needs_nothing_else(shown: Statistics, language: str) -> None:
    """No address, no script; what is on record is text and no markup."""
    text = page(shown, language)
    read = Elements(text)
    assert (read.faults, read.open) == ([], [])
    assert read.names.isdisjoint({"script", "link", "img", "b", "superior"})
    assert not re.search(r"https?://|url\(|@import", text)
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert "prefers-color-scheme: dark" in text


def test_each_drawing_speaks() -> None:
    """And each day says its date, its count and, by its size, how many that are."""
    text = page(small())
    assert text.count('role="img" aria-label="') == 2
    assert "<title>28 Nov: 20 answers</title>" in text
    squares = heatmap(small().days).squares
    assert [one.level for one in squares] == [0, 1, 2, 2, 3, 4]
    assert len({one.size for one in squares}) == 5


@settings(max_examples=few(10))
@given(shown=statistics())
def test_drawings_stay_in_their_frames(shown: Statistics) -> None:
    """Days in the heatmap without a touch, dots in the square."""
    heat = heatmap(shown.days)
    places = {(one.x, one.y) for one in heat.squares}
    assert len(places) == len(shown.days)
    for square in heat.squares:
        assert 0 <= square.x <= heat.width - square.size
        assert 0 <= square.y <= heat.height - square.size
    drawn = plot(tuple(band for band in shown.bands if band.recalls.reviews))
    for dot in drawn.dots:
        assert -0.1 <= dot.x <= 300.1
        assert -0.1 <= dot.y <= 300.1


def test_the_words_of_both_languages_are_the_same() -> None:
    folder = Path(__file__).parent.parent / "templates" / "stats" / "words"
    english, german = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("en", "de")
    )
    assert list(english) == list(german)


# --- The command ---------------------------------------------------------------------------------


@pytest.fixture
def waters(tmp_path: Path) -> Path:
    """A project whose bank is called b, with answers on record."""
    project_of(tmp_path)
    bank = tmp_path / "questions" / "bank.yaml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("lakes", "b", 1), encoding="utf-8")
    return tmp_path


def told(words: Iterable[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["stats", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_tells_a_new_learner_what_to_do(
    waters: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no mistake to have no record, and none is made by asking."""
    words = ["-C", str(waters), "--db", str(waters / "none.db")]
    code, said, _ = told(words, capsys)
    assert (code, said.count("\n")) == (0, 1)
    assert "Answer a few questions with quizgen quiz" in said
    assert not (waters / "none.db").exists()
    code, said, _ = told([*words, "--json", "--topic", "lakes"], capsys)
    assert (code, json.loads(said)["topic"], json.loads(said)["answers"]) == (0, "Lakes", 0)


def test_the_command_shows_what_is_on_record(
    waters: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As sentences in a pipe, for a program, and as a page where that was asked for."""
    path = waters / "progress.db"
    given_answers(path, ("deepest", 2, False), ("deepest", 1, True))
    words = ["-C", str(waters), "--db", str(path), "--days", "3660"]
    code, said, _ = told([*words, "--html", str(waters / "out" / "stats.html")], capsys)
    assert code == 0
    assert "Lakes. Last 3660 days: 2 answers on 2 days." in said
    assert "2 answers" in (waters / "out" / "stats.html").read_text(encoding="utf-8")
    code, said, _ = told([*words, "--json"], capsys)
    assert [one["studied"] for one in json.loads(said)["topics"]] == [1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--topic", "Seas"], 'No question is of the topic "Seas". Topics: Lakes.'),
        (["--db", "questions/bank.yaml"], "it is no file of progress"),
        (["--html", "questions"], "Cannot write"),
    ],
)
def test_the_command_refuses_in_a_sentence(
    words: list[str],
    sentence: str,
    waters: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(waters)
    code, said, error = told(["--db", "none.db", *words], capsys)
    assert code in (1, 2)
    assert (said, error.count("\n")) == ("", 1)
    assert sentence in error
