"""The drafter that comes with quizgen: the facts of a text, each once, in the order of the text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

from msgspec.structs import replace

from quizgen.drafting.figures import Figure, figures
from quizgen.drafting.heads import ALONE
from quizgen.drafting.names import Capitals, Name, names, tokens_of
from quizgen.drafting.protocol import Draft, Fact, Paragraph, Text
from quizgen.drafting.sentences import sentences
from quizgen.drafting.terms import acronyms, definitions, lists

_TOLD = ("text", "item", "step")
"""The roles of paragraphs whose facts are asked for."""
_NEAR = 3
_WITHIN = 12
"""Marks on either side among which the nearest are sought."""
"""How many terms are named to ask by."""
_HEADING_WORDS = 12
_ENDS = re.compile(r"[.!?:;…\"”’')\]]$")
_CAPTION = re.compile(
    r"(?:photo(?:graph)?s?|picture|image|figure|fig\.|table|source|credits?|illustration|map|see also|"
    r"further reading|references|by)\b(?: \d+)?(?::|[A-Z ]|\s(?=[A-Z]))",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:By|Photo by|Text by) [A-Z]")
_CAPTION_START = re.compile(
    r"(?:Photo(?:graph)?s?|Picture|Image|Fig(?:ure)?\.?|Table|Source|Credits?|Illustration|Map|See also|"
    r"Further reading|References)\b[ \d.]*:"
)
_ENTRY = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
_LONGEST_ENTRY = 5
_LONGEST_STEP = 7
_CONTEXT = 200
_UNTIL = re.compile(r"\b(?:by|until|before)\s(?:the year\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:in|from|for)\s(?:the year\s)?$", re.IGNORECASE)
_PLANS = re.compile(
    r"\b(?:will|shall|should|wants?|plans?|planned|aims?|hopes?|intends?|expect(?:s|ed)|promise[sd]?|target|goal|"
    r"due|forecast|(?:is|are) to)\b"
)
_HOW = frozenset(
    "in into with for from to on onto over under at by until till after before through and then so while when "
    "where that which if as during between near using".split()
)
"""What begins the rest of a step: how, where, when and why it is done."""
_LEADS_ON = frozenset("of the a an its their your each every".split())
_TELLS_OF = frozenset(
    "it this that these those the a an there he she they we you i its their his her our what".split()
)
_FIGURES = ("year", "date", "number", "money", "share")
_ALL_NOUNS_IN_CAPITALS = ("de", "lb", "nds")
"""Languages in which a capital does not tell a name."""
_START = attrgetter("start")


class _Read(NamedTuple):
    """A paragraph that facts are taken from, its sentences and the names in it."""

    paragraph: Paragraph
    spans: list[tuple[int, int]]
    names: list[Name]


def find(text: Text, /) -> Iterator[Fact | Draft]:
    """The facts of the text, by paragraph and place in it.

    A figure is one in each paragraph that has it, as it may be another's there; all else is one.
    """
    told = [one for one in text.paragraphs if _is_told(one)]
    spans = [list(sentences(one.text)) for one in told]
    words = [tokens_of(one.text, its) for one, its in zip(told, spans, strict=True)]
    capitals = Capitals(words)
    has_names = text.language.partition("-")[0] not in _ALL_NOUNS_IN_CAPITALS
    read = [
        _Read(one, its, list(names(one.text, tokens, capitals)) if has_names else [])
        for one, its, tokens in zip(told, spans, words, strict=True)
    ]
    chosen = _chosen_names(read)
    seen: set[tuple[str, str, int]] = set()
    found = [*_entries(told)]
    for one in read:
        found += _of_paragraph(one, chosen)
    for fact in sorted(found, key=lambda fact: fact.paragraph):
        key = (fact.kind, _same(fact.text), fact.paragraph if fact.kind in _FIGURES else 0)
        if key not in seen:
            seen.add(key)
            yield fact


def _is_told(paragraph: Paragraph) -> bool:
    """Whether it tells something: no heading, caption or by-line, as far as that can be seen."""
    text = paragraph.text
    if paragraph.role not in _TOLD or _BYLINE.match(text) or _CAPTION_START.match(text):
        return False
    is_heading = len(text.split()) <= _HEADING_WORDS and not _ENDS.search(text)
    return paragraph.role != "text" or not is_heading or bool(_ENTRY.match(text))


def _same(text: str) -> str:
    return re.sub(r"[\s,\u00a0]", "", text).casefold()


def _of_paragraph(read: _Read, chosen: dict[str, tuple[int, str]]) -> Iterator[Fact]:
    """The facts of a paragraph, from left to right."""
    text, number = read.paragraph.text, read.paragraph.number
    found: list[tuple[int, Fact]] = []
    mark = _ENTRY.match(text)
    counted = [figure for figure in figures(text) if mark is None or figure.start >= mark.end()]
    for figure in counted:
        said = text[figure.start : figure.end]
        is_behind = said.endswith(figure.unit) or _said(text, figure) != said
        unit = figure.unit if is_behind else ""
        ahead = figure.kind == "year" and _is_planned(text, figure, read.spans)
        fact = Fact(
            kind=figure.kind,
            paragraph=number,
            text=said,
            unit=unit,
            about=figure.about,
            ahead=ahead,
        )
        found.append((figure.start, fact))
    for short in acronyms(text):
        fact = Fact(kind="acronym", paragraph=number, text=short.short, meaning=short.meaning)
        found.append((short.start, fact))
    short_forms = {fact.text for _, fact in found if fact.kind == "acronym"}
    for name in read.names:
        is_asked = name.text not in short_forms and not _is_in_figure(name, counted)
        if is_asked and chosen.get(name.text, (0, ""))[0] == number:
            group = chosen[name.text][1]
            fact = Fact(kind="name", paragraph=number, text=name.text, group=group)
            found.append((name.start, fact))
    for start, end in read.spans:
        found += (
            (term.start, Fact(kind="definition", paragraph=number, text=term.term))
            for term in definitions(text, start, end)
        )
        for row in lists(text, start, end, _within(read.names, start, end)):
            said = ", ".join(row.members)
            fact = Fact(kind="list", paragraph=number, text=said, members=row.members)
            found.append((row.start, fact))
    found.sort(key=lambda pair: pair[0])
    marks = _marks(text, counted, read.names)
    for start, fact in found:
        yield _with_near(fact, start, read.spans, marks)


def _is_planned(text: str, figure: Figure, spans: list[tuple[int, int]]) -> bool:
    """Whether the sentence says by this year what somebody wants or expects."""
    first, end = _sentence(figure.start, spans)
    before = text[max(first, figure.start - _CONTEXT) : figure.start]
    behind = text[figure.end : min(end, figure.end + _CONTEXT)]
    is_end = _UNTIL.search(before)
    return bool(is_end or _FROM.search(before)) and bool(
        _PLANS.search(before) or (is_end and _PLANS.search(behind))
    )


def _sentence(start: int, spans: list[tuple[int, int]]) -> tuple[int, int]:
    return spans[max(0, bisect_right(spans, start, key=itemgetter(0)) - 1)]


def _is_in_figure(name: Name, counted: list[Figure]) -> bool:
    """Whether the name is part of a figure, as in "20 degrees Celsius"."""
    before = bisect_right(counted, name.start, key=_START) - 1
    return before >= 0 and counted[before].end > name.start


def _within(found: list[Name], start: int, end: int) -> list[Name]:
    """The names from `start` to `end`."""
    return found[bisect_left(found, start, key=_START) : bisect_left(found, end, key=_START)]


def _marks(text: str, counted: list[Figure], named: list[Name]) -> list[tuple[int, str]]:
    marks = [(name.start, name.text) for name in named]
    marks += [(figure.start, _said(text, figure)) for figure in counted]
    return sorted(marks)


def _said(text: str, figure: Figure) -> str:
    """The figure with what it counts, where that stands behind it."""
    alone = text[figure.start : figure.end]
    whole = f"{alone} {figure.unit}"
    return whole if figure.unit and text.startswith(whole, figure.start) else alone


def _with_near(
    fact: Fact, start: int, spans: list[tuple[int, int]], marks: list[tuple[int, str]]
) -> Fact:
    """The fact with the terms of its sentence that stand nearest to it, in their order."""
    first, end = _sentence(start, spans)
    at_mark = bisect_left(marks, (start, ""))
    low = max(bisect_left(marks, (first, "")), at_mark - _WITHIN)
    around = marks[low : min(bisect_left(marks, (end, "")), at_mark + _WITHIN)]
    others = [(abs(at - start), at, said) for at, said in around if not _overlap(said, fact)]
    nearest = sorted(others)[:_NEAR]
    near = tuple(dict.fromkeys(said for _, said in sorted((at, said) for _, at, said in nearest)))
    return replace(fact, near=near)


def _overlap(said: str, fact: Fact) -> bool:
    own = (fact.text, fact.meaning, *fact.members)
    return any(said in one or (one and one in said) for one in own)


# --- Names ---------------------------------------------------------------------------------------


def _chosen_names(read: list[_Read]) -> dict[str, tuple[int, str]]:
    """Each name in its fullest form, with the paragraph in which it is asked for and its group.

    A short form ("Hollis" beside "Dag Hollis") is the same name.
    """
    first: dict[str, int] = {}
    times: dict[str, int] = {}
    groups: dict[str, str] = {}
    for one in read:
        for name in one.names:
            first.setdefault(name.text, one.paragraph.number)
            times[name.text] = times.get(name.text, 0) + 1
            groups[name.text] = groups.get(name.text) or name.group
    parts: dict[str, str] = {}
    for whole in first:
        words = whole.split()
        for word in words if len(words) > 1 else ():
            if len(word) > 3:
                parts.setdefault(word, whole)
    chosen: dict[str, tuple[int, str]] = {}
    for text, number in first.items():
        longer = parts.get(text)
        if longer is None or not _is_short_for(text, longer, groups[longer]):
            chosen[text] = (number, groups[text])
    return chosen


def _is_short_for(name: str, whole: str, group: str) -> bool:
    """Whether "Hollis" or "Skarra" makes a reader think of "Dag Hollis" or the "Skarra Islands"."""
    words = whole.split()
    others = {word.lower() for word in words if word != name}
    return (group == "person" and words[-1] == name) or ALONE.issuperset(others)


# --- Lists of paragraphs -------------------------------------------------------------------------


def _entries(told: list[Paragraph]) -> Iterator[Fact]:
    """Lists whose entries are paragraphs of a few words: sets or, where they are numbered, orders."""
    for role, group in groupby(told, key=_entry_role):
        entries = list(group)
        members = tuple(_step(one.text) if role == "step" else _entry(one.text) for one in entries)
        is_short = all(
            any(map(str.isalpha, member))
            and len(member.split()) <= (_LONGEST_STEP if role == "step" else _LONGEST_ENTRY)
            and (_is_done(member) if role == "step" else not member[0].isdigit())
            for member in members
        )
        is_row = all(b.number - a.number == 1 for a, b in pairwise(entries))
        is_distinct = len({member.casefold() for member in members}) == len(members)
        if (
            role in ("item", "step")
            and 2 < len(members) < 9
            and is_short
            and is_row
            and is_distinct
        ):
            yield Fact(
                kind="order" if role == "step" else "list",
                paragraph=entries[0].number,
                text=", ".join(members),
                members=members,
                paragraphs=tuple(one.number for one in entries),
            )


def _entry_role(paragraph: Paragraph) -> str:
    if paragraph.role in ("item", "step"):
        return paragraph.role
    found = _ENTRY.match(paragraph.text)
    return "" if found is None else "step" if found[0][0].isdigit() else "item"


def _is_done(step: str) -> bool:
    """Whether it begins as what is to be done, and not as what is told of something."""
    return step.split(maxsplit=1)[0].lower() not in _TELLS_OF


def _step(text: str) -> str:
    """What is done in a step, without where, with what or for how long if it has many words."""
    step = _entry(text)
    words = step.split()
    if len(words) <= _LONGEST_ENTRY:
        return step
    end = next((at for at in range(2, len(words)) if words[at].lower() in _HOW), len(words))
    while end > 1 and words[end - 1].lower() in _LEADS_ON:
        end -= 1
    return " ".join(words[:end])


def _entry(text: str) -> str:
    """What an entry names: its words before the first comma or bracket."""
    return re.split(r"[,;:(]|\.(?!\d)", _ENTRY.sub("", text))[0].strip()
