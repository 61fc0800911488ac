"""The screens with signs, colours and places: text within 76 columns, two in from the edge.

Nothing is drawn over. Colours are the terminal's own; without them signs, words and places say
the same. Where the console lacks a sign, a plain one stands for it.
"""

from collections.abc import Callable, Sequence

from quizgen.model import Frozen
from quizgen.study.asking import Asked, Row
from quizgen.study.console import Console, Head, Keys
from quizgen.study.feedback import Feedback, Said, Sign
from quizgen.study.phrases import ONCE_MORE, SURE, closing_words, duration, score_words
from quizgen.study.summary import Slip, Summary
from quizgen.study.words import cells, padded, shortened, wrapped

BOLD, DIM, RED, GREEN, YELLOW, BLUE = "1", "2", "31", "32", "33", "34"
_COLOURS: dict[Sign, str] = {
    "right": f"{GREEN};{BOLD}",
    "wrong": RED,
    "partly": YELLOW,
    "missed": YELLOW,
    "blank": DIM,
    "none": "",
}
_WIDEST, _EDGE, _INNER = 76, "  ", "     "


class _Signs(Frozen, frozen=True, kw_only=True):
    """One letter for each result, and what else is drawn."""

    of: dict[Sign, str]
    near: str = "~"
    bar: str
    dot: str


_FULL = _Signs(
    of={"right": "✓", "wrong": "✗", "partly": "◐", "missed": "○", "blank": "○", "none": " "},
    bar="█",
    dot="·",
)
_FEW = _Signs(
    of={"right": "+", "wrong": "x", "partly": "~", "missed": "o", "blank": "o", "none": " "},
    bar="#",
    dot="-",
)


class Styled:
    """A Screen for people who look at a terminal.

    `columns` says how wide that is now: what is shown after a window was resized fits it again.
    """

    def __init__(self, console: Console, *, columns: Callable[[], int], has_colour: bool) -> None:
        self.console = console
        self._has_colour = has_colour
        self._columns = columns
        self._signs = _FULL if console.can_show("✓✗◐○█·") else _FEW
        self._asked: tuple[Head, Asked] | None = None
        self._keys = Keys(keys=(), request="")

    @property
    def _width(self) -> int:
        return max(min(_WIDEST, self._columns() - 2 * len(_EDGE)), 16)

    # --- Screen ----------------------------------------------------------------------------------

    def put(self, head: Head, view: Asked) -> None:
        """Show a question: what it is about, its passage, then the question as the loudest thing."""
        self._asked = head, view
        self._gap()
        self._heading(head)
        if head.passage:
            self._gap()
            if head.passage_title:
                self._text(head.passage_title, style=BOLD)
            self._text(head.passage)
        self._gap()
        self._text(view.stem, style=BOLD)
        for line in (view.picture, view.sound, view.note):
            if line:
                self._text(line)
        if view.rows:
            self._gap()
            self._rows(view.rows, view.rights)

    def read(self, keys: Keys, *, again: bool = False) -> str:
        """The line typed after the prompt, the keys above it."""
        self._keys = keys
        if not again:
            self._list_keys()
        return self.console.read(f"{_EDGE}> ")

    def again(self) -> None:
        """Show what is asked, unless it was answered, the keys and the prompt."""
        if self._asked is not None:
            self.put(*self._asked)
        self._list_keys()
        self.console.prompt_again()

    def near(self, reason: str) -> None:
        """Say what is near, with its sign."""
        self._gap()
        self._hung(self._paint(self._signs.near, YELLOW), f"{reason} {ONCE_MORE}")

    def review(self, feedback: Feedback) -> None:
        """Show what was answered and what is right, then why."""
        self._asked = None
        self._gap()
        if feedback.share:
            sign = self._paint(self._signs.of["partly"], _COLOURS["partly"])
            self._line(f"{sign}  {self._paint('partly', DIM)}  {feedback.share}")
        wide = max((cells(said.mark) for said in feedback.said), default=0)
        for said in feedback.said:
            self._said(said, wide)
        if feedback.reason:
            self._text(feedback.reason, indent=_INNER)
        if feedback.whys:
            self._gap()
        for text, why in feedback.whys:
            self._text(f"{text.rstrip('.')}: {why}", indent=_INNER)
        if feedback.explain or feedback.corrected or feedback.source:
            self._gap()
        self._text(feedback.explain, indent=_INNER)
        self._text(feedback.corrected, indent=_INNER)
        self._text(feedback.source, indent=_INNER, style=DIM)
        for note in feedback.notes:
            self._gap()
            self._text(note, indent=_INNER)

    def reveal(self, title: str, text: str, rows: tuple[tuple[str, str], ...] = ()) -> None:
        """Show the other side, or the model answer and its rubric."""
        self._gap()
        self._line(self._paint(title, DIM))
        self._text(text, indent=_INNER, style=BOLD)
        if rows:
            self._gap()
            self._line("Which of these does yours say?")
            self._rows(tuple(Row(mark=mark, text=words) for mark, words in rows), ())

    def recall(self, title: str, stem: str) -> None:
        """Show a question again, as loud as when it was put."""
        self._gap()
        self._line(self._paint(title, DIM))
        self._text(stem, style=BOLD)

    def tell(self, sentence: str) -> None:
        """Say one thing, two in from the edge."""
        self._text(sentence)

    def list(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Show keys and what they do in two columns."""
        self._gap()
        wide = max(cells(key) for key, _ in rows)
        for key, what in rows:
            lead = self._paint(padded(key, wide), BOLD)
            for number, line in enumerate(wrapped(what, self._width - wide - 4)):
                self._line(f"  {lead if number == 0 else ' ' * wide}  {line}")
        self._gap()

    def close(self, summary: Summary) -> None:
        """Show what was right at once, topic by topic, and what is worth another look."""
        self._gap()
        self._score(summary)
        if summary.topics:
            self._gap()
            self._bars(summary)
        if summary.missed:
            self._gap()
            self._line(self._paint("Missed at first", BOLD))
            for slip in summary.missed:
                self._slip(slip)
        self._gap()
        for label, text in closing_words(summary):
            lead = self._paint(padded(label, 8), DIM)
            for number, line in enumerate(wrapped(text, self._width - 11)):
                self._line(f"{lead if number == 0 else ' ' * 8}   {line}")
        self._gap()

    # --- Pieces ----------------------------------------------------------------------------------

    def _gap(self) -> None:
        self.console.write()

    def _list_keys(self) -> None:
        """The keys on one line, or on several that break between keys."""
        self._gap()
        words = [f"{key} {what}".strip().replace(" ", "\0") for key, what in self._keys.keys]
        for line in wrapped(" \0 ".join(words), self._width):
            self._line(self._paint(line.strip(" \0").replace("\0", " "), DIM))

    def _line(self, text: str) -> None:
        self.console.write(f"{_EDGE}{text}")

    def _text(self, text: str, *, indent: str = _EDGE, style: str = "") -> None:
        if not text:
            return
        for line in wrapped(text, self._width - len(indent) + len(_EDGE)):
            self.console.write(f"{indent}{self._paint(line, style)}".rstrip())

    def _paint(self, text: str, style: str) -> str:
        return f"\033[{style}m{text}\033[0m" if self._has_colour and style and text else text

    def _hung(self, sign: str, text: str) -> None:
        for number, line in enumerate(wrapped(text, self._width - 3)):
            self._line(f"{sign if number == 0 else ' '}  {line}")

    def _heading(self, head: Head) -> None:
        count = f"{head.step} of {head.total}"
        standing = f"  {self._signs.dot}  {head.standing}" if head.standing else ""
        if not head.topic:
            standing = head.standing
        room = self._width - cells(count) - 2
        text = shortened(head.topic, room - cells(standing)) + standing
        self._line(self._paint(padded(text, room) + f"  {count}", DIM))

    def _rows(self, rows: Sequence[Row], rights: Sequence[Row]) -> None:
        lefts = [(row.mark, row.text) for row in rows]
        widest = max((cells(row.text) for row in rows), default=0)
        other = max((cells(row.text) for row in rights), default=0)
        if rights and widest + other + 14 <= self._width:
            for number in range(max(len(rows), len(rights))):
                left = (
                    self._cell(rows[number], widest) if number < len(rows) else " " * (widest + 3)
                )
                right = self._cell(rights[number], 0) if number < len(rights) else ""
                self._line(f"  {left}     {right}".rstrip())
            return
        self._column(lefts)
        if rights:
            self._gap()
            self._column([(row.mark, row.text) for row in rights])

    def _cell(self, row: Row, width: int) -> str:
        return f"{self._paint(row.mark, BOLD)}  {padded(row.text, width)}"

    def _column(self, rows: Sequence[tuple[str, str]]) -> None:
        wide = max((cells(mark) for mark, _ in rows), default=1)
        for mark, text in rows:
            for number, line in enumerate(wrapped(text, self._width - wide - 4)):
                lead = " " * (wide - cells(mark)) + self._paint(mark, BOLD)
                self._line(f"  {lead if number == 0 else ' ' * wide}  {line}")

    def _said(self, said: Said, wide: int) -> None:
        sign = self._paint(self._signs.of[said.sign], _COLOURS[said.sign])
        whose = self._paint(padded(said.whose, 6), DIM)
        style = _COLOURS["right"] if said.whose != "you" and said.is_key else ""
        mark = f"{padded(said.mark, wide)}  " if wide else ""
        room = max(self._width - 11 - cells(mark), 8)
        for number, line in enumerate(wrapped(said.text, room)):
            lead = f"{sign}  {whose}  {self._paint(mark, style)}"
            blank = " " * (11 + cells(mark))
            self._line((lead if number == 0 else blank) + self._paint(line, style))

    def _slip(self, slip: Slip) -> None:
        """A question with its answer beside it or, where that is too narrow, below it."""
        is_wrong = slip.sign == "wrong"
        sign = self._signs.of["wrong"] if is_wrong else self._signs.near
        lead = self._paint(sign, _COLOURS[slip.sign])
        room = self._width - 3
        asked = f"{SURE} {slip.stem}" if slip.is_sure else slip.stem
        if self._width < 56:
            self._line(f"{lead}  {shortened(asked, room)}")
            self._line(f"   {shortened(slip.answer, room)}")
            return
        wide = room * 3 // 5
        stem = padded(shortened(asked, wide), wide)
        self._line(f"{lead}  {stem}   {shortened(slip.answer, room - wide - 3)}")

    def _score(self, summary: Summary) -> None:
        count = f"{summary.right_at_once} of {summary.asked}"
        text = count + score_words(summary)[len(count) :]
        took = duration(summary.seconds)
        lines = wrapped(text, self._width)
        last = lines[-1]
        if cells(last) + cells(took) + 2 <= self._width:
            lines[-1] = padded(last, self._width - cells(took)) + took
        else:
            lines.append(took)
        for line in lines:
            bold = line.startswith(count) and line is lines[0]
            self._line(self._paint(count, BOLD) + line[len(count) :] if bold else line)

    def _bars(self, summary: Summary) -> None:
        names = [
            shortened(one.topic or "No topic", max(self._width - 16, 8)) for one in summary.topics
        ]
        wide = max(map(cells, names))
        counts = [f"{one.right} of {one.asked}" for one in summary.topics]
        digits = max(map(len, counts))
        room = min(24, self._width - wide - digits - 8)
        for name, count, one in zip(names, counts, summary.topics, strict=True):
            bar = self._signs.bar * round(room * one.right / one.asked) if room >= 4 else ""
            line = f"{padded(name, wide)}     {count.rjust(digits)}   {self._paint(bar, BLUE)}"
            self._line(line.rstrip())
