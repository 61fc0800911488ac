"""Who gets which form: by the seat in a room, or one for each student of a class.

What was dealt before stays, so that a student who is added moves no other's form.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from quizgen.model import Frozen


class Room(Frozen, frozen=True, kw_only=True):
    """Rows of seats, all equally long."""

    rows: int
    columns: int

    @property
    def seats(self) -> tuple[tuple[int, int], ...]:
        """Every seat as row and column from 0, row by row from the front."""
        return tuple((row, column) for row in range(self.rows) for column in range(self.columns))


class Dealt(Frozen, frozen=True, kw_only=True):
    """What a student gets: the number of a form (from 0) and, in a room, a seat."""

    form: int
    seat: tuple[int, int] | None = None


def form_at(row: int, column: int, forms: int) -> int:
    """The number (from 0) of the form at a seat.

    With two or three forms, nobody sits beside, before or behind the same one; with four, nor
    diagonally; with five or more, nor two seats away in the row or the column.
    """
    if forms < 4:
        return (column + row) % forms
    if forms == 4:
        return 2 * (row % 2) + column % 2
    return (column + 2 * row) % forms


def forms_needed(room: Room, *, diagonal: bool = False) -> int:
    """How many forms keep the neighbours in a room apart; `diagonal` ones, too, if asked for."""
    if room.rows == room.columns == 1:
        return 1
    return 4 if diagonal and min(room.rows, room.columns) > 1 else 2


def deal(
    students: Sequence[str], earlier: Mapping[str, Dealt], *, forms: int, room: Room | None = None
) -> Mapping[str, Dealt]:
    """What each student gets, by id: as `earlier` where that can be, else what is free.

    `forms` is how many there are; 0 gives each student a form of their own. In a room, seats are
    taken row by row and, unless each has their own, forms go by the seats. Students beyond the
    last seat are an error of the caller's.
    """
    seats = _seated(students, earlier, room) if room else {}
    if room and forms:
        return {
            name: Dealt(form=form_at(*seats[name], forms), seat=seats[name]) for name in students
        }
    kept: dict[str, int] = {}
    times: Counter[int] = Counter()
    for name in students:
        form = earlier[name].form if name in earlier else -1
        if 0 <= form < forms or (not forms and form >= 0 and not times[form]):
            kept[name] = form
            times[form] += 1
    dealt: dict[str, Dealt] = {}
    free = 0
    for name in students:
        form = kept.get(name, -1)
        if form < 0 and forms:
            form = min(range(forms), key=lambda one: (times[one], one))
            times[form] += 1
        elif form < 0:
            while times[free]:
                free += 1
            form = free
            times[form] += 1
        dealt[name] = Dealt(form=form, seat=seats.get(name))
    return dealt


def _seated(
    students: Sequence[str], earlier: Mapping[str, Dealt], room: Room
) -> dict[str, tuple[int, int]]:
    """A seat for each student: the one they had if it is there and free, else the next free one."""
    free = dict.fromkeys(room.seats)
    seats: dict[str, tuple[int, int]] = {}
    for name in students:
        seat = earlier[name].seat if name in earlier else None
        if seat in free:
            seats[name] = seat
            del free[seat]
    rest = iter(free)
    return {name: seats.get(name) or next(rest) for name in students}
