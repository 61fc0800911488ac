"""Written numbers to exact values, by a grammar of our own that never guesses.

`parse_number` reads digits with separators, number words, scale words, signs, fractions, percent,
powers of ten, currency signs and a unit behind; what it is not sure of, it does not read.
"""

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from quizgen.core.dates import parse_date
from quizgen.model import Frozen

LONGEST = 200
"""Characters: nothing longer is a number that a person typed."""


class Quantity(Frozen, frozen=True, kw_only=True):
    """An exact value, the unit or noun behind it (or ""), and what was said of its precision."""

    value: Fraction
    unit: str = ""
    about: str = ""


_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 10**2, "dozen": 12, "thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6,
    "mio": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_CURRENCIES = {
    "us$": "usd", "$": "usd", "usd": "usd", "dollar": "usd", "dollars": "usd", "us dollars": "usd",
    "us dollar": "usd", "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "£": "gbp",
    "gbp": "gbp", "pounds": "gbp", "¥": "cny", "yuan": "cny", "rmb": "cny", "cny": "cny",
}  # fmt: skip
_ABOUT = re.compile(
    r"^(more than|over|above|at least|nearly|almost|about|around|approximately|roughly|some|"
    r"less than|under|below|up to|at most|circa|ca\.?|c\.|[~≈<>≥≤])\s*",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ '\u2019]\d{3})+(?:[.,]\d+)?|"
    r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)"
    r"(?:\s*(?:[eE]|[x×*·]\s*10\s*\^?\s*)(?P<power>[+-]?\d{1,4}))?"
)
_FRACTION = re.compile(r"(?:(\d{1,9})\s+)?(\d{1,9})\s*/\s*(\d{1,9})")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")


def parse_number(text: str) -> Quantity | None:
    """The one number that the text is, with its unit; None for anything else or anything unsure.

    A lone comma before exactly three digits parts thousands ("1,400" is 1400); before any other
    count of digits it is a decimal comma ("3,14"). "nan" and "inf" are no numbers.
    """
    text = _plain(text)
    if not text or len(text) > LONGEST:
        return None
    about = ""
    if found := _ABOUT.match(text):
        about, text = found[1].lower(), text[found.end() :]
    sign, text = _sign(text)
    currency, text = _leading_currency(text)
    if currency and not sign:
        sign, text = _sign(text)
    read = _fraction(text) or _digits(text) or _in_words(text)
    if read is None:
        return None
    value, rest = read
    value, unit = _scaled(value, rest)
    if re.search(r"\d", _superscripts_removed(unit)):
        return None
    unit = unit or currency
    if unit in ("%", "percent", "per cent", "pc"):
        unit = "%"
    return Quantity(value=-value if sign == "-" else value, unit=unit, about=about)


def ordering_keys(texts: Sequence[str]) -> tuple[Fraction, ...] | None:
    """What to sort these texts by where all are numbers of one unit, or all are dates; else None.

    A lone year is a number among numbers and a date among dates.
    """
    numbers = [parse_number(text) for text in texts]
    known = [number for number in numbers if number is not None]
    if len(known) == len(texts) and len({number.unit.casefold() for number in known}) == 1:
        return tuple(number.value for number in known)
    dates = [parse_date(text) for text in texts]
    certain = [date.ordinal() for date in dates if date is not None and not date.is_ambiguous]
    return tuple(certain) if len(certain) == len(texts) else None


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip().rstrip(".")
    text = re.sub(r"[\u2212\u2013\u2014\u2010\u2011]", "-", text)
    text = "".join(
        str(unicodedata.digit(c))
        if c.isdigit() and not c.isascii() and unicodedata.digit(c, -1) >= 0
        else c
        for c in text
    )
    return re.sub(r"\s+", " ", text.replace("$ ", "$").replace("**", ""))


def _sign(text: str) -> tuple[str, str]:
    if text[:1] in "+-" and text[1:2]:
        return text[0], text[1:].lstrip()
    if text.lower().startswith("minus "):
        return "-", text[6:].lstrip()
    return "", text


def _leading_currency(text: str) -> tuple[str, str]:
    for sign in ("US$", "us$", "$", "€", "£", "¥"):
        if text.startswith(sign):
            return _CURRENCIES[sign.lower()], text[len(sign) :].lstrip()
    return "", text


def _fraction(text: str) -> tuple[Fraction, str] | None:
    found = _FRACTION.match(text)
    if found is None or int(found[3]) == 0:
        return None
    return int(found[1] or 0) + Fraction(int(found[2]), int(found[3])), text[found.end() :]


def _digits(text: str) -> tuple[Fraction, str] | None:
    found = _DIGITS.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    if rest[:1] and rest[0] in ".,'" and rest[1:2].isdigit():
        return None
    value = Fraction(_pointed(found["number"]))
    power = int(found["power"] or 0)
    return value * Fraction(10) ** power, rest


def _pointed(number: str) -> str:
    """The digits with a decimal point and no separators."""
    number = re.sub(r"[ '\u2019]", "", number)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        return number.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", number):
        number = number.replace(".", "")
    return number.replace(",", ".")


def _in_words(text: str) -> tuple[Fraction, str] | None:
    """Number words, as in "three hundred and forty-six thousand"."""
    words = [word for part in text.lower().split(" ") for word in part.split("-")]
    total, current, read, used = 0, 0, False, 0
    for word in words:
        if word in _UNITS:
            current += _UNITS[word]
            read = True
        elif read and word == "hundred":
            current *= 100
        elif read and word in _SCALES and len(word) > 3:
            total += current * _SCALES[word]
            current = 0
        elif word == "a" and not read and words[1:2] and words[1] in _SCALES:
            current, read = 1, True
        elif not (read and word == "and"):
            break
        used += 1
    if not read:
        return None
    rest = " ".join(words[used:])
    return Fraction(total + current), rest


def _scaled(value: Fraction, rest: str) -> tuple[Fraction, str]:
    """The value times the scale words that follow it, and the unit behind them."""
    rest = rest.strip()
    lower = rest.lower()
    while found := _WORDS.match(lower):
        word = found[0]
        if word not in _SCALES or (word == "k" and lower[1:2].isalpha()):
            break
        value *= _SCALES[word]
        lower, rest = lower[found.end() :].lstrip(), rest[found.end() :].lstrip()
    return value, _CURRENCIES.get(lower, rest.removeprefix("of ").strip())


def _superscripts_removed(unit: str) -> str:
    return re.sub(r"(?<=[A-Za-z)])[\^]?-?\d|/\d", "", unit)
