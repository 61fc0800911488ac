"""What ticks are worth in "all that apply" questions, for all of them on the sheet of all forms."""

from collections.abc import Sequence

from quizgen.model import Choice, Form, Frozen
from quizgen.outputs.paper.marking import TicksView, ticks
from quizgen.outputs.paper.questions import Press


class TicksOf(Frozen, frozen=True, kw_only=True):
    """The points for ticks of questions that are worth the same, and which these are."""

    which: str
    table: TicksView


def ticks_tables(forms: Sequence[Form], press: Press) -> tuple[TicksOf, ...]:
    """A table for each number of right letters, letters and points that occurs in these forms."""
    numbers: dict[TicksView, dict[str, set[int]]] = {}
    said: dict[TicksView, str] = {}
    for form in forms:
        for question in form.questions:
            item = question.item
            if isinstance(item, Choice) and (table := ticks(item, press)):
                places = numbers.setdefault(table, {})
                places.setdefault(form.letter, set()).add(question.number)
                said[table] = press.words.say(
                    "ticks_for",
                    right=len(item.keys),
                    n=len(item.options),
                    points=press.words.count("points", item.points),
                )
    return tuple(
        TicksOf(which=_which(said[table], list(places.values()), len(forms), press), table=table)
        for table, places in numbers.items()
    )


def _which(said: str, places: Sequence[set[int]], forms: int, press: Press) -> str:
    """The numbers, where they are those of every form, and what the questions have in common."""
    alike = len(places) == forms and all(numbers == places[0] for numbers in places)
    if not alike:
        return said
    count = "one" if len(places[0]) == 1 else "many"
    numbers = press.words.say(f"question_numbers_{count}", n=press.words.runs(sorted(places[0])))
    return f"{numbers}: {said}"
