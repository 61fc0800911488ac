"""What an audit says of a bank beside guessing: where keys stand, what is asked about, what is missing."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from quizgen.checks.audit import Audit, Ranks
from quizgen.checks.audit.contents import Contents, DocumentRow
from quizgen.checks.audit.keys import By
from quizgen.commands.audit_json import Place
from quizgen.commands.audit_look import Look, listed
from quizgen.commands.audit_places import places
from quizgen.commands.report import count_of
from quizgen.core.form import letter
from quizgen.model import LEVELS
from quizgen.study.words import wrapped

_ORDINALS = ("1st", "2nd", "3rd")
_BY: dict[By, str] = {
    "length": "By length",
    "number": "By size of the number",
    "printed": "As form A prints them",
    "written": "In a fixed order",
    "ticks": "How many are right",
}
_MOST_ASKED = 5


def contents_lines(audit: Audit, place: Place, look: Look) -> Iterator[str]:
    """All of it, in sections."""
    yield from _keys(audit, look)
    yield from _topics(audit.contents, look)
    yield from _types(audit.contents, look)
    yield from _sources(audit.contents, look)
    yield from _lacking(audit.contents, place, look)


# --- Keys ----------------------------------------------------------------------------------------


def _keys(audit: Audit, look: Look) -> Iterator[str]:
    counts = audit.statements
    if not audit.ranks and not counts.true + counts.false:
        return
    yield from look.head("Where the right answers stand")
    for by, rows in groupby(audit.ranks, key=lambda one: one.by):
        for row in rows:
            label = f"{_BY[by]}, {count_of(row.options, 'option')}"
            yield from look.labelled(label, _ranks(row), 38, look.shape(row.counts))
    if counts.true + counts.false:
        shape = look.shape((counts.true, counts.false))
        said = f"true {counts.true}, false {counts.false}"
        yield from look.labelled("Statements", said, 38, shape)


def _ranks(row: Ranks) -> str:
    said = [
        f"{_rank(row, place)} {count}"
        for place, count in enumerate(row.counts)
        if count or row.by != "ticks"
    ]
    tied = f"; {row.tied} as long as another" if row.tied else ""
    return ", ".join(said) + tied


def _rank(row: Ranks, place: int) -> str:
    match row.by:
        case "length" | "number":
            ends = ("shortest", "longest") if row.by == "length" else ("lowest", "highest")
            if place in (0, row.options - 1):
                return ends[place > 0]
            return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"
        case "printed" | "written":
            return letter(place)
        case "ticks":
            return f"{place + 1} right:"


# --- What is asked -------------------------------------------------------------------------------


def _topics(contents: Contents, look: Look) -> Iterator[str]:
    if not contents.topics:
        return
    yield from look.head("Topics and levels")
    totals = [sum(row.levels[n] for row in contents.topics) for n in range(len(LEVELS))]
    rows = [*((row.topic or "(no topic)", row.levels) for row in contents.topics), ("all", totals)]
    if look.is_narrow:
        for label, levels in rows:
            said = [f"{name} {count}" for name, count in zip(LEVELS, levels, strict=True) if count]
            yield from look.labelled(label, f"{', '.join(said) or 'none'}; {sum(levels)} in all", 0)
    else:
        heads = [*LEVELS, "all"]
        figures = [len(head) for head in heads]
        first = min(look.room - sum(figures) - 2 * len(figures), 46)
        yield look.paint(look.row("topic", heads, [first, *figures]), "2")
        for label, levels in rows:
            name, *more = wrapped(label, first)
            shown = [str(count or "-") for count in (*levels, sum(levels))]
            yield look.row(name, shown, [first, *figures])
            yield from (f"    {line}" for line in more)
    if contents.aimless:
        goals = "; ".join(f"{goal} ({topic})" for topic, goal in contents.aimless)
        yield from look.said(f"Goals that no question serves: {goals}.")


def _types(contents: Contents, look: Look) -> Iterator[str]:
    if not contents.types:
        return
    yield from look.head("Types and points")
    if look.is_plain:
        for row in contents.types:
            yield f"{row.type}: {count_of(row.items, 'question')}, {_number(row.points)} points"
    else:
        yield from _types_table(contents, look)
    worth = [
        f"{_number(points)} {'point' if points == 1 else 'points'}: {count_of(count, 'question')}"
        for points, count in contents.points
    ]
    yield from look.said(f"{'; '.join(worth)}.")


def _types_table(contents: Contents, look: Look) -> Iterator[str]:
    peak = max(row.items for row in contents.types)
    width = max(min(30, look.room - 31), 0)
    yield look.paint(look.row("type", ["questions", "points"], [10, 9, 6]), "2")
    for row in contents.types:
        bar = look.bar(row.items, peak, width)
        yield look.row(row.type, [str(row.items), _number(row.points)], [10, 9, 6], bar)


def _number(value: Fraction) -> str:
    return f"{float(value):g}"


# --- Sources, and what is missing ------------------------------------------------------------------


def _sources(contents: Contents, look: Look) -> Iterator[str]:
    if not contents.documents:
        return
    yield from look.head("Sources")
    for row in contents.documents:
        yield from look.labelled(row.document, _document(row), 14)


def _document(row: DocumentRow) -> str:
    said = f"{count_of(row.items, 'question')}, "
    if row.paragraphs is not None:
        said += f"on {len(row.cited)} of {count_of(row.paragraphs, 'paragraph')}."
    elif row.cited:
        said += f"on {count_of(len(row.cited), 'paragraph')}."
    elif row.items:
        said += "no paragraph given."
    else:
        said = "No question is based on it."
    often = sorted(row.cited, key=lambda one: (-one[1], one[0]))[:_MOST_ASKED]
    if often and often[0][1] > 1:
        named = ", ".join(f"{n} ({count})" for n, count in often if count > 1)
        said += f" Most rest on {named}."
    if row.paragraphs is not None:
        return f"{said} Without a question: {listed(row.bare) or 'none'}."
    if not row.cited:
        return said
    return f"{said} Which paragraphs have none shows --source {row.document}=PATH."


def _lacking(contents: Contents, place: Place, look: Look) -> Iterator[str]:
    if not contents.items:
        return
    yield from look.head("What is missing")
    lacks: Sequence[tuple[str, str, tuple[str, ...]]] = (
        ("an explanation", "", contents.without_explanation),
        ("a source", "", contents.without_source),
        ("a topic", "", contents.without_topic),
        ("a level", " (it counts as recall)", contents.without_level),
    )
    for what, aside, items in lacks:
        if items and len(items) == contents.items:
            yield from look.said(f"No question has {what}{aside}.")
        elif items:
            yield from look.said(f"{count_of(len(items), 'question')} without {what}{aside}:")
            yield from places(items, place, look, indent=2)
    if whole := [what for what, _, items in lacks if not items]:
        *more, last = whole
        yield from look.said(f"Each has {', '.join(more)}{' and ' if more else ''}{last}.")
