"""What stands now where a term is gone: said only where one thing can be meant.

Of a figure, the one figure of its kind that no other term cites; of a name, the words that are
nearly the same.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from quizgen.checks.grounding.days import Day
from quizgen.checks.grounding.readings import Reading, Token, places, read_term, read_text

_ALIKE = 75
"""Percent in which words agree that were only spelt anew."""


class _Span(NamedTuple):
    start: int
    end: int
    token: Token


def replacement(term: str, text: str, others: Iterable[str]) -> str:
    """What of the text stands for the term that is gone, as it is written there; "" where unsure.

    `others` are the terms that the text is cited for as well: what they cite is not meant.
    """
    wanted, there = read_term(term), read_text(text)
    cited = {
        at for other in others for start, end in places(other, text) for at in range(start, end)
    }
    figure = next(iter(_figures(wanted)), None)
    if figure is None:
        return _nearly_so(wanted, there, cited)
    alike = [
        span
        for span in _figures(there)
        if _kind(span.token) == _kind(figure.token)
        and cited.isdisjoint(range(span.start, span.end))
    ]
    behind = _word(wanted, figure.end)
    same_noun = [span for span in alike if behind and _word(there, span.end) == behind]
    meant = same_noun or ([] if behind else alike)
    written = {there.written(span.start, span.end) for span in meant}
    return written.pop() if len(written) == 1 else ""


def _figures(reading: Reading) -> Iterator[_Span]:
    """The longest figures and dates of a reading, none within another."""
    at = 0
    while at < len(reading.atoms):
        spans = [
            _Span(at, end, token)
            for token, ends in reading.edges(at).items()
            for end in ends
            if _kind(token)
        ]
        longest = max(spans, key=lambda span: (span.end, _fullness(span.token)), default=None)
        if longest is not None:
            yield longest
        at = longest.end if longest else at + 1


def _kind(token: Token) -> str:
    """What a token measures: a day, a month, money in its currency, or a number; "" for a word."""
    match token:
        case Day(day=day):
            return "day" if day else "month"
        case Fraction():
            return "number"
        case (Fraction(), str(currency)):
            return f"of {currency}"
        case _:
            return ""


def _fullness(token: Token) -> int:
    """How much a token says: a day more than its month, an amount of money more than its number."""
    match token:
        case Day():
            return sum(part != 0 for part in token) + 1
        case tuple():
            return 1
        case _:
            return 0


def _word(reading: Reading, at: int) -> str:
    return reading.atoms[at].text if at < len(reading.atoms) else ""


def _nearly_so(wanted: Reading, there: Reading, cited: set[int]) -> str:
    """As many words in a row that are nearly the same, where none comes as near."""
    from rapidfuzz import fuzz

    count = len(wanted.atoms)
    term = " ".join(atom.text for atom in wanted.atoms)
    if len(term) < 4:
        return ""
    found = []
    for start in range(len(there.atoms) - count + 1):
        if cited.isdisjoint(range(start, start + count)):
            words = " ".join(atom.text for atom in there.atoms[start : start + count])
            score = fuzz.ratio(term, words, score_cutoff=_ALIKE)
            if score:
                found.append((score, there.written(start, start + count)))
    best = max(found, default=(0, ""))
    return best[1] if sum(score == best[0] for score, _ in found) == 1 else ""
