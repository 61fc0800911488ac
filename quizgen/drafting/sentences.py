"""A paragraph to its sentences; the point of an abbreviation, initial or figure ends none."""

import re
from collections.abc import Iterator

_ENDS = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*(?:[^\W\d_]|\d))")
_WORD = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+$")
_MEASURED = re.compile(
    r"(?<![\w.,])\d[\d.,]*[ \u00a0](?:[a-z]{1,3}|[LVWAKNJ]|°[CF])$|°[CF]$"
    r"|(?:[°′″]|\d['\"])[ \u00a0]?[NSEW]$"
)
"""A unit behind its figure: the point behind it is no abbreviation's."""
_YEAR_OR_INITIAL = re.compile(r"(?<!\d)\d{4}[ \u00a0][A-Z]$")
_TITLES = frozenset(
    "mr mrs ms dr prof st mt ft sr jr rev hon gen col maj capt cmdr lt sgt gov sen rep pres".split()
)
"""Abbreviations that stand before a name and so never at the end of a sentence."""
_SHORTENED = frozenset(
    "no nos nr fig figs eq vol ch sec pp p ed eds vs etc al ca cf approx dept univ assn bros inc ltd "
    "co corp plc tel ext art para ibid op cit e.g i.e jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue wed thu fri sat sun min max ave blvd rd".split()
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph starts and ends."""
    start = 0
    for found in _ENDS.finditer(text):
        if not _is_end(text, found.start(), found.end()):
            continue
        yield start, found.end()
        start = found.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if text[start:].strip():
        yield start, len(text)


def _is_end(text: str, at: int, after: int) -> bool:
    """Whether the point at `at` ends a sentence; what follows decides for most abbreviations."""
    if text[at] != ".":
        return text[after : after + 40].lstrip()[:1].isupper() or text[at] != "…"
    following = text[after : after + 40].lstrip().lstrip("\"'“‘«([")[:1]
    word = _WORD.search(text[max(0, at - 20) : at])
    last = word[0].casefold() if word else ""
    if last in _TITLES:
        return False
    behind_figure = text[max(0, at - 24) : at]
    if _MEASURED.search(behind_figure) and not _YEAR_OR_INITIAL.search(behind_figure):
        return following.isupper()
    if len(last) == 1 or "." in last:  # an initial, or "U.S." and "p.m.", which may end one
        is_long = "." in last
        return is_long and following.isupper() and _starts_anew(text[after : after + 40])
    return following.isupper() and last not in _SHORTENED if last else not following.islower()


_OPENERS = frozenset(
    "the a an it its he she they we this that these those there in on at by for from since until "
    "after before when while if as but and however many most some all both each no".split()
)


def _starts_anew(rest: str) -> bool:
    """Whether what stands behind "U.S." is a word that starts sentences, rather than a name."""
    first = re.match(r"\W*(\w+)", rest)
    return first is not None and first[1].casefold() in _OPENERS
