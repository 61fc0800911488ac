"""What an audit looks like in a terminal of any width: wrapped lines, rows of a table, small bars."""

from collections.abc import Callable, Iterator, Sequence

from quizgen.model import Frozen
from quizgen.study.words import cells, padded, wrapped

WIDEST = 110
"""Lines are no longer than that, however wide the terminal."""
_INDENT = "  "
_ENDLESS = 100_000
_LEVELS = "·▁▂▃▄▅▆▇█"


class Look(Frozen, frozen=True, kw_only=True):
    """How wide lines may be, whether the console has signs beyond ASCII, and how it paints.

    `paint` puts a text in a style such as "1" (bold), where the console shows any. `is_plain` is for
    screen readers: a sentence a line, neither tables nor bars nor indents.
    """

    width: int
    has_signs: bool
    paint: Callable[[str, str], str]
    is_plain: bool = False

    @property
    def room(self) -> int:
        """How wide a line may be behind its indent."""
        return _ENDLESS if self.is_plain else max(min(self.width, WIDEST) - len(_INDENT), 20)

    @property
    def is_narrow(self) -> bool:
        """Whether a row of a table needs several lines."""
        return self.is_plain or self.room < 74

    @property
    def is_wide(self) -> bool:
        """Whether a table has room for more than what it is for."""
        return self.room >= 100 and not self.is_plain

    def lead(self, indent: int = 0) -> str:
        """What stands before a line that is so far in from the edge of its section."""
        return "" if self.is_plain else _INDENT + " " * indent

    def head(self, text: str) -> Iterator[str]:
        """The heading of a section, after an empty line."""
        yield ""
        for line in wrapped(text, self.room + len(_INDENT)):
            yield self.paint(line, "1")

    def said(self, text: str, *, indent: int = 0, style: str = "") -> Iterator[str]:
        """A paragraph."""
        lead = self.lead(indent)
        for line in wrapped(text, max(self.room - indent, 16)):
            yield lead + (self.paint(line, style) if style else line)

    def labelled(self, label: str, text: str, width: int, shape: str = "") -> Iterator[str]:
        """A paragraph that hangs behind its label and small bars; in narrow terminals, below them."""
        if self.is_plain:
            yield f"{label}: {text}"
            return
        if self.is_narrow:
            yield from self.said(f"{label} {shape}".rstrip())
            yield from self.said(text, indent=2)
            return
        labels = wrapped(label, width)
        lines = wrapped(text, self.room - width - 2)
        for n in range(max(len(labels), len(lines))):
            left = labels[n] if n < len(labels) else ""
            left = padded(left, width - cells(shape)) + shape if n == 0 else left
            right = lines[n] if n < len(lines) else ""
            yield f"{_INDENT}{padded(left, width)}  {right}".rstrip()

    def row(self, label: str, figures: Sequence[str], widths: Sequence[int], end: str = "") -> str:
        """A row of a table: a label and what stands behind it, figures flush right."""
        first, *rest = widths
        parts = [padded(label, first)]
        parts += [
            " " * (wide - cells(text)) + text for text, wide in zip(figures, rest, strict=True)
        ]
        return f"{_INDENT}{'  '.join(parts)}  {end}".rstrip()

    def shape(self, counts: Sequence[int]) -> str:
        """The counts as small bars, a sign each; nothing where the console has no such signs."""
        peak = max(counts, default=0)
        if not self.has_signs or self.is_plain or not peak:
            return ""
        return "".join(_LEVELS[-(-8 * count // peak)] for count in counts)

    def bar(self, count: int, peak: int, width: int) -> str:
        """A count as a bar, of `width` signs for the largest."""
        if self.is_plain:
            return ""
        sign = "█" if self.has_signs else "#"
        return sign * (-(-count * width // peak) if peak else 0)


def percent(share: float) -> str:
    """A share (0..1) in whole percent."""
    return f"{share * 100:.0f} %"


def listed(numbers: Sequence[int]) -> str:
    """Rising numbers in few signs: "1, 5 to 7, 12"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )
