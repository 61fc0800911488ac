"""Acronyms and what they stand for, defined terms, and lists, in the sentences of a text."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizgen.drafting.names import Name

# --- Acronyms ------------------------------------------------------------------------------------

_IN_BRACKETS = re.compile(r"\(([^\W\d_][\w.&/-]{1,11})\)")
_EXPLAINED = re.compile(r"(?<![\w-])([A-Z][\w&-]{1,9}) \(([^()]{4,80})\)")
_FORMULA = re.compile(r"(?:[A-Z][a-z]?\d*|[()₀-₉\d]){2,}")
_LAST_WORDS = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?\s*$")
_ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her)\s+", re.IGNORECASE)


class Acronym(NamedTuple):
    """A short form, where it stands, and what it stands for."""

    start: int
    short: str
    meaning: str


def acronyms(text: str) -> Iterator[Acronym]:
    """The short forms in brackets behind what they stand for, or the other way round.

    The letters are found in the words from the right, as Schwartz and Hearst do: "A simple
    algorithm for identifying abbreviation definitions in biomedical text", Pacific Symposium on
    Biocomputing 2003.
    """
    if "(" not in text:
        return
    for found in _IN_BRACKETS.finditer(text):
        short = found[1].rstrip(".")
        if sum(letter.isupper() for letter in short) < 2:
            continue
        words = min(len(short) + 5, 2 * len(short))
        before = text[max(0, found.start() - 120) : found.start()].rstrip()
        before = re.split(r"[.;:!?]\s|[()]", before)[-1]
        if meaning := _meaning(short, " ".join(before.split()[-words:])):
            yield Acronym(found.start(1), short, meaning)
        elif _FORMULA.fullmatch(short) and not short.isupper():
            said = _LAST_WORDS.search(before)
            if said and said[0].strip():
                yield Acronym(found.start(1), short, said[0].strip())
    for found in _EXPLAINED.finditer(text):
        if sum(letter.isupper() for letter in found[1]) < 2:
            continue
        meaning = _meaning(found[1], found[2])
        if meaning and len(meaning) >= len(found[2].strip()) - 5:
            yield Acronym(found.start(1), found[1], meaning)


def _meaning(short: str, before: str) -> str:
    """The end of `before` whose words hold the letters of `short`; "" where they do not."""
    letters = [letter.casefold() for letter in short if letter.isalnum()]
    at = len(before) - 1
    for place in range(len(letters) - 1, -1, -1):
        while at >= 0 and not (
            before[at].casefold() == letters[place]
            and (place > 0 or at == 0 or not before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
        at -= 1
    meaning = _ARTICLE.sub("", before[at + 1 :].strip())
    is_short_itself = short.casefold() in meaning.casefold().split()
    words = re.split(r"[\s-]+", meaning)
    return "" if is_short_itself or len(meaning) <= len(short) or len(words) < 2 else meaning


# --- Definitions ---------------------------------------------------------------------------------

_TERM = r"(?P<term>[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,3}?)"
_DEFINED = re.compile(
    rf"(?:(?P<article>An?|The)\s)?{_TERM}(?: \([^()]{{1,30}}\))?\s"
    r"(?:(?P<verb>is|are)\s(?P<head>an?|the|any)\s(?P<rest>[^.;:,]+)|(?:means|refers to|is defined as|denotes)\s)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"^(?:[\w’'-]+\s){1,5}?(?:(?:in|at|by|from|to|on|of|through|for|with)\s)?(?:that|which|who|whose|where)\b"
)
_FURTHER = re.compile(
    r"^(?:[\w’'-]+\s){1,4}?(?:without|of|from|in|between|beside|left|used|made|for|with|on|over)\s"
)
_EVENT = re.compile(
    r"^(?:[\w’'-]+\s){0,2}?(?:\w+(?:ment|tion|sion|ance|ence|ing|ysis|sis|ure|down)|process|passage|loss|study|"
    r"science|ratio|amount|transfer|flow|change|growth|branch|measure|force|rate|release|uptake|spread|"
    r"ability|art|act|use|split|exchange)\s(?:of|by|from|in)\s"
)
"""What something is that happens or is done: "Osmosis is the movement of ..."."""
_CALLED = re.compile(
    r"\b(?:is|are|was|were|so|,)\s?(?:called|known as|termed)\s(?:an?\s|the\s)?"
    r"(?P<term>[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,2})(?=[,.;:)]|$)"
)
_NO_TERM = frozenset(
    "it this that these those there he she they we you i one what who which each both all some most "
    "many here such another other everything nothing as if when while but and or so not the a an "
    "january february march april may june july august september october november december today "
    "his her its their our my your where how why only also now then is are was".split()
)


class Definition(NamedTuple):
    """A term that the text explains, and where it stands."""

    start: int
    term: str


def definitions(text: str, start: int, end: int) -> Iterator[Definition]:
    """The terms that a sentence explains, one for each of its clauses at most."""
    for clause_start, clause_end in _clauses(text, start, end):
        found = _DEFINED.match(text, clause_start, clause_end)
        if found and _is_definition(found):
            yield Definition(found.start("term"), found["term"])
    for found in _CALLED.finditer(text, start, end):
        if not _NO_TERM.intersection(found["term"].lower().split()):
            yield Definition(found.start("term"), found["term"])


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        cut = text.find(";", start, end)
        yield start, end if cut < 0 else cut
        if cut < 0:
            return
        start = cut + 1
        while start < end and not text[start].isalnum():
            start += 1


def _is_definition(found: re.Match[str]) -> bool:
    words = found["term"].lower().split()
    if _NO_TERM.intersection(words):
        return False
    if found["verb"] is None:
        return True
    rest = found["rest"]
    if _RELATIVE.match(rest):
        return True
    if not found["article"] and len(words) < 3 and found["verb"] == "is" and _EVENT.match(rest):
        return True
    is_the = (found["article"] or "").lower() == "the"
    return not is_the and found["head"].lower() != "the" and _FURTHER.match(rest) is not None


# --- Lists ---------------------------------------------------------------------------------------

_DETERMINERS = r"(?:(?:an?|the|its|their|some|any|other|various|several)(?: (?:odd|occasional|few))?|odd|occasional) "
_MEMBER = rf"(?:{_DETERMINERS})?[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){{0,2}}"
_ROW = re.compile(
    rf"(?P<first>[^\W\d_][\w’'-]*)(?P<middle>(?:, {_MEMBER}){{1,6}}?),? (?:and|or) (?P<last>{_MEMBER})"
)
_DETERMINER = re.compile(rf"^{_DETERMINERS}")
_FUNCTION = frozenset(
    "is are was were be been has have had do does did will would can could may might which who that "
    "where when while as so but and or not to of in on at by for from with it he she they its their "
    "his her if than then says said wears wear namely including such like also only".split()
)


class Listed(NamedTuple):
    """A list in a sentence: where it stands, and its members."""

    start: int
    members: tuple[str, ...]


def lists(text: str, start: int, end: int, found: Sequence[Name]) -> Iterator[Listed]:
    """The lists of a sentence: three names or more, or three things of a word or so each."""
    yield from _of_names(text, found)
    if text.find(",", start, end) < 0:
        return
    for row in _ROW.finditer(text, start, end):
        if members := _of_words(row, text, end):
            yield Listed(row.start("first"), _unshared(members, text[start : row.start()]))


def _unshared(members: tuple[str, ...], before: str) -> tuple[str, ...]:
    """The members without the noun that the last has for all, where it was said before.

    Of "the phases are lag, exponential and stationary phase" that is "phase".
    """
    words = members[-1].split()
    is_one = len(words) == 2 and all(" " not in member for member in members[:-1])
    if is_one and re.search(rf"\b{re.escape(words[1])}s?\b", before, re.IGNORECASE):
        return (*members[:-1], words[0])
    return members


def _of_names(text: str, found: Sequence[Name]) -> Iterator[Listed]:
    at = 0
    while at < len(found):
        end = at + 1
        closed = False
        while end < len(found) and not closed:
            gap = text[found[end - 1].end : found[end].start].strip()
            gap = re.sub(r"\s(?:the|an?)$|^(?:the)$", "", gap).strip()
            if gap not in (",", "and", "or", ", and", ", or"):
                break
            closed = gap != ","
            end += 1
        members = tuple(dict.fromkeys(name.text for name in found[at:end]))
        if closed and len(members) > 2:
            yield Listed(found[at].start, members)
        at = end


def _of_words(row: re.Match[str], text: str, end: int) -> tuple[str, ...]:
    middle = row["middle"].split(", ")[1:]
    if any(_DETERMINER.sub("", member)[0].isupper() for member in (*middle, row["last"])):
        return ()
    last = row["last"]
    behind = text[row.end() : min(end, row.end() + 1)]
    is_short = all(len(_DETERMINER.sub("", member).split()) == 1 for member in middle)
    if behind not in (".", ";", ",", ":", ")", ""):
        if not is_short:
            return ()
        last = " ".join(last.split()[: 2 if _DETERMINER.match(last) else 1])
    elif is_short and not _DETERMINER.match(last) and len(last.split()) > 2:
        last = last.split()[0]
    members = [_DETERMINER.sub("", one) for one in (row["first"], *middle, last)]
    if any(_FUNCTION.intersection(member.lower().split()) for member in members):
        return ()
    is_distinct = len({member.casefold() for member in members}) == len(members)
    return tuple(members) if is_distinct and len(members) > 2 else ()
