"""The problems of a check for a person at a console: each with its source line, and a summary.

Of very many, some of each rule are shown, errors first of all; the summary counts the rest.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO, get_args

from quizgen.bank.spans import Spans
from quizgen.checks.rule import rules
from quizgen.commands.excerpt import drawn, narrowed
from quizgen.commands.report import COLOURS, count_of, counted, paint
from quizgen.model import Frozen
from quizgen.problem import Problem, Severity, in_reading_order
from quizgen.study.words import cells, wrapped

LIMIT = 50
"""How many problems are shown where nothing else is asked for."""
_PIPE = 120
"""Cells in a line of source where no terminal says how many it has."""
_TEXT = 100
"""Cells in a line of text that is easily read."""
_MANY, _OF_MANY = 10, 3
"""Of notes of one rule that are more than so many, so many are shown."""
_FEW = 5
"""Up to so many problems need no count by rule."""
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Listing(Frozen, frozen=True, kw_only=True):
    """What is to be listed and how: in `plain` sentences, without sources, and how many; 0 is all.

    `about` says of how many questions; `known` how many more there are, which a baseline holds.
    """

    problems: tuple[Problem, ...]
    about: str
    limit: int = LIMIT
    plain: bool = False
    known: str = ""


def print_listing(listing: Listing, spans: Spans, stream: TextIO) -> None:
    """All of it; wrapped where the stream is a terminal."""
    shown = chosen(listing.problems, listing.limit)
    columns = _columns(stream)
    if listing.plain:
        for problem in shown:
            print(plain_line(problem), file=stream)
        if shown:
            print(file=stream)
    else:
        _print_blocks(shown, spans, stream)
    for line in _summary(listing, len(shown), columns, stream):
        wraps = columns and not line.startswith(" ") and "\033" not in line
        print("\n".join(wrapped(line, columns)) if wraps else line, file=stream)


def print_with_sources(problems: Sequence[Problem], spans: Spans, stream: TextIO) -> None:
    """The problems alone, an empty line after each; of very many as many as `check` shows."""
    shown = chosen(problems, LIMIT)
    _print_blocks(shown, spans, stream)
    if len(shown) < len(problems):
        more = len(problems) - len(shown)
        print(f"and {more:,} more; all of them: quizgen check --limit 0\n", file=stream)


def _print_blocks(problems: Sequence[Problem], spans: Spans, stream: TextIO) -> None:
    columns = _columns(stream)
    for problem in problems:
        for line in _block(problem, spans, columns, stream):
            print(line, file=stream)
        print(file=stream)


def _columns(stream: TextIO) -> int:
    """How many cells a line has; 0 where no terminal says so, and none is to be wrapped."""
    return shutil.get_terminal_size((80, 24)).columns if stream.isatty() else 0


def line_width(stream: TextIO) -> int:
    """How many cells a line of text takes: those of the terminal, or as many as are easily read."""
    return min(_columns(stream) or _TEXT, _TEXT)


def chosen(problems: Sequence[Problem], limit: int) -> tuple[Problem, ...]:
    """As many as `limit`, in reading order: the worst, and of each rule as many as of the others.
    Where a rule finds more than ten notes, three of them; 0 is all.
    """
    ordered = in_reading_order(problems)
    if not limit:
        return ordered
    ordered = _without_many_notes(ordered)
    if len(ordered) <= limit:
        return ordered
    seen: Counter[str] = Counter()
    ranks = []
    for place, problem in enumerate(ordered):
        seen[problem.code] += 1
        ranks.append((_SEVERITIES.index(problem.severity), seen[problem.code], place))
    places = sorted(place for _, _, place in sorted(ranks)[:limit])
    return tuple(ordered[place] for place in places)


def _without_many_notes(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems without all but the first of notes that drown the others, since one rule finds
    many; where nothing else is found none are left out.
    """
    counts = Counter(one.code for one in problems)
    if len(counts) == 1:
        return problems
    seen: Counter[str] = Counter()
    kept = []
    for one in problems:
        seen[one.code] += 1
        is_many = one.severity == "note" and counts[one.code] > _MANY
        if not is_many or seen[one.code] <= _OF_MANY:
            kept.append(one)
    return tuple(kept)


def plain_line(problem: Problem) -> str:
    """A problem in one line: place, severity, what is wrong, what to write, code."""
    place = f"{problem.where}: " if problem.where else ""
    fix = f" {problem.fix}" if problem.fix else ""
    return f"{place}{problem.severity}: {problem.message}{fix} [{problem.code}]"


# --- One problem ---------------------------------------------------------------------------------


def _block(problem: Problem, spans: Spans, columns: int, stream: TextIO) -> Iterator[str]:
    yield from _head(problem, columns, stream)
    excerpt = spans.excerpt(problem.where, problem.field) if problem.where else None
    if excerpt is not None:
        excerpt = narrowed(excerpt, problem.message)
        gutter = max(4, len(str(excerpt.end[0])))
        for before, source, carets in drawn(excerpt, columns or _PIPE, gutter):
            line = paint(before, "2", stream)
            line += f" {source}" if source else ""
            line += f" {paint(carets, COLOURS[problem.severity], stream)}" if carets else ""
            yield line
    if problem.fix:
        yield from _hanging(problem.fix, columns, "    ")


def _head(problem: Problem, columns: int, stream: TextIO) -> Iterator[str]:
    """Place, sentence and code; the place has a line of its own where it would leave no room."""
    place = f"{problem.where}:" if problem.where else ""
    label = f"{problem.severity}:"
    text = f"{label} {problem.message}"
    code = f"[{problem.code}]"
    is_apart = bool(columns) and 2 * (cells(place) + 1 + cells(label)) > columns
    if is_apart and place:
        yield paint(place, "1", stream)
    lead = f"{place} " if place and not is_apart else ""
    lines = list(_hanging(f"{lead}{text} {code}", columns, ""))
    for number, line in enumerate(lines):
        shown = line
        if number == 0:
            rest = line.removeprefix(f"{lead}{label}")
            coloured = paint(label[:-1], COLOURS[problem.severity], stream)
            shown = f"{paint(lead, '1', stream) if lead else ''}{coloured}:{rest}"
        if number == len(lines) - 1 and shown.endswith(code):
            shown = shown.removesuffix(code) + paint(code, "2", stream)
        yield shown


def _hanging(text: str, columns: int, indent: str) -> Iterator[str]:
    """The text behind an indent, wrapped where there are columns; later lines hang by four."""
    text = " ".join(text.split())
    if not columns or cells(indent + text) <= columns:
        yield indent + text
        return
    lines = wrapped(text, max(columns - len(indent), 20))
    yield indent + lines[0]
    hang = indent or "    "
    for line in wrapped(" ".join(lines[1:]), max(columns - len(hang), 20)):
        yield hang + line


# --- The summary ---------------------------------------------------------------------------------


def _summary(listing: Listing, shown: int, columns: int, stream: TextIO) -> Iterator[str]:
    problems = listing.problems
    if not problems:
        yield f"{listing.about}, no {'other ' if listing.known else ''}problem."
    else:
        yield f"{listing.about}{';' if ',' in listing.about else ','} {counted(problems)}."
    codes = Counter((_SEVERITIES.index(one.severity), one.code) for one in problems)
    if len(problems) > _FEW and len(codes) > 1:
        yield ""
        yield from (_sentences if listing.plain else _table)(codes, stream)
        if listing.known or shown < len(problems):
            yield ""
    if listing.known:
        yield listing.known
    if shown < len(problems):
        yield f"Shown are {shown} of {len(problems):,}, the worst and some of each rule."
    ways = _ways([code for (_, code), _ in _by_count(codes)], is_cut=shown < len(problems))
    if fixable := sum(one.mend is not None for one in problems):
        ways["quizgen check --diff"] = f"how --fix would mend {fixable:,} of them"
    if ways:
        yield ""
        yield from _laid_out(ways, columns, plain=listing.plain)


def _ways(codes: Sequence[str], *, is_cut: bool) -> dict[str, str]:
    """Commands that tell more, each with what."""
    of_rules = [code for code in codes if code in rules()]
    ways = {"quizgen check --limit 0": "all of them"} if is_cut else {}
    if of_rules and len(codes) > 1:
        ways[f"quizgen check --rule {of_rules[0]}"] = "what one rule finds"
    if of_rules:
        ways[f"quizgen check --explain {of_rules[0]}"] = "what it is for, and how to silence it"
    return ways


def _laid_out(ways: dict[str, str], columns: int, *, plain: bool) -> Iterator[str]:
    """No command is parted: where there is no room beside it, what it tells stands above it."""
    wide = max(map(len, ways))
    is_narrow = bool(columns) and wide + 4 + max(map(len, ways.values())) > columns
    for command, tells in ways.items():
        if plain:
            yield f"{tells[0].upper()}{tells[1:]}: {command}"
        elif is_narrow:
            yield f"{tells[0].upper()}{tells[1:]}:"
            yield f"  {command}"
        else:
            yield f"  {command:<{wide}}  {tells}"


def _by_count(codes: Counter[tuple[int, str]]) -> list[tuple[tuple[int, str], int]]:
    """By severity, the most frequent first."""
    return sorted(codes.items(), key=lambda one: (one[0][0], -one[1], one[0][1]))


def _table(codes: Counter[tuple[int, str]], stream: TextIO) -> Iterator[str]:
    wide = max(len(code) for _, code in codes)
    digits = max(len(f"{count:,}") for count in codes.values())
    before = -1
    for (place, code), count in _by_count(codes):
        severity = _SEVERITIES[place]
        label = paint(f"{severity:<9}", COLOURS[severity], stream) if place != before else " " * 9
        yield f"  {label}{code:<{wide}}  {count:>{digits},}"
        before = place


def _sentences(codes: Counter[tuple[int, str]], _: TextIO) -> Iterator[str]:
    for place, severity in enumerate(_SEVERITIES):
        ours = [f"{code} {count:,}" for (at, code), count in _by_count(codes) if at == place]
        if ours:
            total = sum(count for (at, _), count in codes.items() if at == place)
            yield f"{count_of(total, severity)}: {', '.join(ours)}."
