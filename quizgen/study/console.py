"""The streams of a terminal: lines out, lines in, and what the console's letters can show."""

from collections.abc import Callable
from typing import Protocol, TextIO

from quizgen.model import Frozen
from quizgen.study.asking import Asked
from quizgen.study.feedback import Feedback
from quizgen.study.summary import Summary


class Editor(Frozen, frozen=True, kw_only=True):
    """A line editor: `read` a line after a prompt, and what of it was typed `so_far`."""

    read: Callable[[str], str]
    so_far: Callable[[], str]


class Console:
    """Writes at once and reads by line; without an `editor`, as a pipe or a plain terminal does.

    `is_waiting` says that a line is being read now.
    """

    def __init__(
        self, stdin: TextIO | None, stdout: TextIO, *, editor: Editor | None = None
    ) -> None:
        self._stdin = stdin
        self._stdout = stdout
        self._editor = editor
        self._prompt = ""
        self.has_editor = editor is not None
        self.is_interactive = stdin is not None and stdin.isatty()
        self.is_waiting = False

    def write(self, text: str = "") -> None:
        """One line, or several."""
        print(text, file=self._stdout, flush=True)

    def read(self, prompt: str) -> str:
        """The line typed after this prompt, without its end. Raises EOFError where input has ended.

        What comes from a file or a pipe is written out, so that a transcript reads well.
        """
        self._prompt = prompt
        self.is_waiting = True
        try:
            line = self._line(prompt)
        finally:
            self.is_waiting = False
        if not self.is_interactive:
            self.write(line.rstrip("\r\n"))
        if not line:
            if self.is_interactive:
                self.write()
            raise EOFError
        return line.rstrip("\r\n")

    def prompt_again(self) -> None:
        """The prompt that waits for a line, with what of it the editor holds."""
        typed = self._editor.so_far() if self._editor else ""
        print(f"{self._prompt}{typed}", end="", file=self._stdout, flush=True)

    def _line(self, prompt: str) -> str:
        """The line with its end; empty at the end of input."""
        if self._editor is not None:
            try:
                return f"{self._editor.read(prompt)}\n"
            except EOFError:
                return ""
        print(prompt, end="", file=self._stdout, flush=True)
        return self._stdin.readline() if self._stdin is not None else ""

    def can_show(self, text: str) -> bool:
        """Whether the console's encoding has all of these signs."""
        try:
            text.encode(self._stdout.encoding or "utf-8")
        except (UnicodeEncodeError, LookupError):
            return False
        return True


class Head(Frozen, frozen=True, kw_only=True):
    """What stands above a question; the passage only where it is to be read (again)."""

    topic: str
    step: int
    total: int
    standing: str = ""
    passage_title: str = ""
    passage: str = ""


class Keys(Frozen, frozen=True, kw_only=True):
    """What may be typed now: each key with what it does, and the same as one request."""

    keys: tuple[tuple[str, str], ...]
    request: str


class Screen(Protocol):
    """How a session is shown; two ways: with signs, colours and places, or in plain sentences."""

    console: Console

    def put(self, head: Head, view: Asked) -> None:
        """Show a question."""

    def read(self, keys: Keys, *, again: bool = False) -> str:
        """The line typed; the keys are shown unless they just were. Raises EOFError at its end."""

    def again(self) -> None:
        """Show once more what waits for a line, after other programs had the terminal."""

    def near(self, reason: str) -> None:
        """Say what is near about an answer that gets another try."""

    def review(self, feedback: Feedback) -> None:
        """Show what is right and why."""

    def reveal(self, title: str, text: str, rows: tuple[tuple[str, str], ...] = ()) -> None:
        """Show the other side of a card, or a model answer with the lines of its rubric."""

    def recall(self, title: str, stem: str) -> None:
        """Name a question that was asked before."""

    def tell(self, sentence: str) -> None:
        """Say one thing."""

    def list(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Show keys with what they do, one a line."""

    def close(self, summary: Summary) -> None:
        """Show the summary."""
