"""Items to the lines where they stand, for an author to go to."""

from collections.abc import Iterator, Sequence

from quizgen.commands.audit_json import Place
from quizgen.commands.audit_look import Look
from quizgen.study.words import cells

SHOWN = 10
"""So many are listed; a program gets them all."""


def places(items: Sequence[str], place: Place, look: Look, *, indent: int) -> Iterator[str]:
    """Items with the file and line where each stands, the first ones."""
    rows = [(_where(item, place), item) for item in items[:SHOWN]]
    wide = max((cells(where) for where, _ in rows), default=0)
    for where, item in rows:
        both = f"{where}{' ' * (wide - cells(where))}  {item}"
        if cells(both) + indent <= look.room:
            yield look.lead(indent) + both
        else:
            yield look.lead(indent) + where
            yield look.lead(indent + 2) + item
    if (more := len(items) - SHOWN) > 0:
        yield from look.said(f"and {more} more, all of which --format json names", indent=indent)


def _where(item: str, place: Place) -> str:
    where = place(item)
    return f"{where.file}:{where.line}" if where else item
