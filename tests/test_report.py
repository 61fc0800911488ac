"""What a person sees of problems: coloured only where colours are shown as colours."""

import io

import pytest

from quizgen.commands import report
from quizgen.commands.report import has_colour, paint


class Tty(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("windows", "environment", "expected"),
    [
        (False, {}, True),
        (False, {"TERM": "xterm"}, True),
        (False, {"TERM": "dumb"}, False),
        (False, {"NO_COLOR": "1"}, False),
        (False, {"NO_COLOR": ""}, True),
        (True, {}, False),
        (True, {"WT_SESSION": "6d1a"}, True),
        (True, {"ANSICON": "80x25"}, True),
        (True, {"TERM": "xterm"}, True),
        (True, {"WT_SESSION": "6d1a", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_where_the_console_understands_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, windows: bool, expected: bool
) -> None:
    """A terminal, not refused by its user; on Windows one that says that it knows ANSI."""
    for name in ("NO_COLOR", "TERM", "WT_SESSION", "ANSICON"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(report, "_IS_WINDOWS", windows)
    assert has_colour(Tty()) is expected
    assert not has_colour(io.StringIO())
    assert paint("x", "1", Tty()) == ("\033[1mx\033[0m" if expected else "x")
