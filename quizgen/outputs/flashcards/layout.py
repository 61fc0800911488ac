"""Cards on a sheet: how many fit, and where the back of each must stand to meet its front."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from quizgen.model import Frozen

CardSize: TypeAlias = Literal["a6", "a7", "a8", "business", "index"]
PageSize: TypeAlias = Literal["a4", "letter"]
Flip: TypeAlias = Literal["long", "short"]

CARDS: Mapping[CardSize, tuple[float, float]] = {
    "a6": (148.0, 105.0),
    "a7": (105.0, 74.0),
    "a8": (74.0, 52.0),
    "business": (85.0, 55.0),
    "index": (127.0, 76.2),
}
"""Width and height in millimetres; an index card has 5 by 3 inches."""

_PAGES: Mapping[PageSize, tuple[float, float]] = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}


_ARM = 2.0
"""Half the length of a mark."""


class Cell(Frozen, frozen=True, kw_only=True):
    """Where a card stands, in millimetres from the top left corner of its sheet."""

    left: float
    top: float


class Mark(Frozen, frozen=True, kw_only=True):
    """A line to cut by, in millimetres: it lies or stands."""

    left: float
    top: float
    width: float = 0.0
    height: float = 0.0


class Grid(Frozen, frozen=True, kw_only=True):
    """Cards of one size on a sheet, edge to edge in its middle.

    `mirrors` says what changes places when the sheet is turned over its edge.
    """

    page_width: float
    page_height: float
    width: float
    height: float
    columns: int
    rows: int
    mirrors: Literal["columns", "rows"]

    @property
    def count(self) -> int:
        """How many cards a sheet holds."""
        return self.columns * self.rows

    def cell(self, place: int, *, turned: bool) -> Cell:
        """Where the front number `place` of a sheet stands or, turned, its back."""
        row, column = divmod(place, self.columns)
        if turned and self.mirrors == "columns":
            column = self.columns - 1 - column
        elif turned:
            row = self.rows - 1 - row
        return Cell(left=self._left(column), top=self._top(row))

    @property
    def marks(self) -> tuple["Mark", ...]:
        """Lines to cut by: at each corner of a card one along and one down, within the sheet."""
        marks = []
        for row in range(self.rows + 1):
            for column in range(self.columns + 1):
                left, top = self._left(column), self._top(row)
                start, end = max(0.0, left - _ARM), min(self.page_width - 0.3, left + _ARM)
                marks.append(Mark(left=start, top=top, width=round(end - start, 3)))
                start, end = max(0.0, top - _ARM), min(self.page_height - 0.3, top + _ARM)
                x = min(left, self.page_width - 0.3)
                marks.append(Mark(left=x, top=start, height=round(end - start, 3)))
        return tuple(marks)

    def _left(self, column: int) -> float:
        return round((self.page_width - self.columns * self.width) / 2 + column * self.width, 3)

    def _top(self, row: int) -> float:
        return round((self.page_height - self.rows * self.height) / 2 + row * self.height, 3)


def grid_of(card: CardSize, page: PageSize, flip: Flip) -> Grid:
    """The cards on an upright sheet or one on its side, whichever holds more."""
    width, height = CARDS[card]
    short, long = _PAGES[page]

    def fits(page_width: float, page_height: float) -> tuple[int, int]:
        return int(page_width // width), int(page_height // height)

    upright, lying = fits(short, long), fits(long, short)
    is_upright = upright[0] * upright[1] >= lying[0] * lying[1]
    columns, rows = upright if is_upright else lying
    return Grid(
        page_width=short if is_upright else long,
        page_height=long if is_upright else short,
        width=width,
        height=height,
        columns=columns,
        rows=rows,
        mirrors="columns" if is_upright == (flip == "long") else "rows",
    )
