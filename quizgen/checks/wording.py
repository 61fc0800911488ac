"""A text to what can be looked up in another: the figures and dates in it, and its words.

"1,400" and "1400" are one value, "15 September 2022" and "September 15, 2022" one day.
"""

import re
from collections.abc import Hashable, Iterator

from quizgen.checks.texts import plain
from quizgen.core.dates import parse_date
from quizgen.core.quantity import parse_number

_SCALE = r"(?: (?:hundred|thousand|million|billion|trillion))*"
_NUMBER = re.compile(
    rf"(?<![\w.,])-?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:/\d+)?(?:%|st|nd|rd|th|{_SCALE})(?!\w)"
)
_WORD_NUMBER = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    rf"fifteen|sixteen|seventeen|eighteen|nineteen|twenty)\b{_SCALE}"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d{{1,2}}(?:-\d{{1,2}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
    rf"|{_MONTH},? \d{{4}})\b"
)
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[\w%]+(?:[.'][\w]+)*")
_COMMA_OF_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


def values(text: str, *, whole: bool = False) -> frozenset[Hashable]:
    """The numbers and dates in a text; where `whole`, only if the text is one and nothing else.

    A day also counts as its month and as that day of any year, unless `whole`.
    """
    text = plain(text)
    found: set[Hashable] = set()
    for pattern, reading in _WITH_DIGITS if _DIGIT.search(text) else _WITHOUT_DIGITS:
        for match in pattern.finditer(text):
            if not whole or match[0] == text:
                found.update(reading(match[0], whole=whole))
        if whole and found:
            break
    return frozenset(found)


def phrases(text: str) -> str:
    """The words of a text between single spaces, figures without separators; for finding whole
    words of one text in another.
    """
    text = plain(text)
    if "," in text:
        text = _COMMA_OF_THOUSANDS.sub("", text)
    return f" {' '.join(_WORDS.findall(text))} "


def _numbers(text: str, *, whole: bool) -> Iterator[Hashable]:
    del whole
    number = parse_number(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", text))
    if number is not None and number.unit in ("", "%"):
        yield ("number", number.value, number.unit)


def _dates(text: str, *, whole: bool) -> Iterator[Hashable]:
    date = parse_date(text)
    if date is None or date.is_ambiguous:
        return
    yield ("date", date.year, date.month, date.day)
    if not whole:
        yield ("date", date.year, date.month, 0)
        yield ("date", 0, date.month, date.day)


_WITHOUT_DIGITS = ((_WORD_NUMBER, _numbers),)
_WITH_DIGITS = ((_DATE, _dates), (_NUMBER, _numbers), *_WITHOUT_DIGITS)
