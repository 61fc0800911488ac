"""Written numbers to exact values, by a grammar of our own that never guesses.

`parse_number` reads digits with separators, number words, scale words, signs, fractions, percent,
powers of ten, currency signs and a unit behind; what it is not sure of, it does not read.
"""

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeVar

from quizgen.core.dates import parse_date
from quizgen.core.normal import compatible
from quizgen.core.numerals import CHINESE, NUMBER_WORDS, cardinal, chinese
from quizgen.model import Frozen

LONGEST = 200
"""Characters: nothing longer is a number that a person typed."""

Bound = Literal["", "about", "more", "less"]
_Read = TypeVar("_Read")


class Quantity(Frozen, frozen=True, kw_only=True):
    """An exact value, the unit or noun behind it (or ""), and whether it is about, or a bound.

    `other` is the second reading of a lone separator before three digits: "1,234" is 1234, or
    1.234 where a comma parts decimals.
    """

    value: Fraction
    unit: str = ""
    about: Bound = ""
    other: Fraction | None = None


SCALES = {
    "hundred": 10**2, "dozen": 12, "thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6,
    "mio": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12,
    "millions": 10**6, "millionen": 10**6, "millones": 10**6, "milliard": 10**9, "milliards": 10**9,
    "milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "lakh": 10**5, "lakhs": 10**5,
    "crore": 10**7, "crores": 10**7, "тыс": 10**3, "млн": 10**6, "млрд": 10**9,
    "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8,
}  # fmt: skip
"""Scale words, in other languages those that mean one thing: a German "Billion" is no billion."""
CURRENCIES = {
    "us$": "usd", "$": "usd", "usd": "usd", "dollar": "usd", "dollars": "usd", "us dollars": "usd",
    "us dollar": "usd", "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "£": "gbp",
    "gbp": "gbp", "pounds": "gbp", "¥": "cny", "yuan": "cny", "rmb": "cny", "cny": "cny",
}  # fmt: skip
_BOUNDS: dict[Bound, str] = {
    "about": "about|around|approximately|roughly|some|circa|ca\\.|ca|c\\.|~|≈",
    "more": "more than|over|above|at least|upwards of|exceeding|>|≥",
    "less": "less than|fewer than|nearly|almost|just under|under|below|up to|at most|<|≤",
}
_IN_FRONT = re.compile(
    "^(?:" + "|".join(f"(?P<{bound}>{words})" for bound, words in _BOUNDS.items()) + r")"
    r"(?:\s+|(?<=[.~≈<>≥≤])|(?=\d))",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:(?P<about>\s*\bor so)|(?P<more>\s*\+|\s*\b(?:plus|(?:or|and) (?:more|over)))"
    r"|(?P<less>\s*\bor (?:less|fewer)))$",
    re.IGNORECASE,
)
_COMMAS = r"[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?|[1-9]\d?(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"
_POINTS = r"[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?!\d)(?:,\d+)?|\.\d{3},\d+)"
_BLANKS = r"[1-9]\d{0,2}(?:[ '\u2019]\d{3})+(?!\d)(?:[.,]\d+)?"
_DIGITS = re.compile(
    rf"(?P<number>{_COMMAS}|{_BLANKS}|{_POINTS}|\d+(?:[.,]\d+)?|[.,]\d+)"
    r"(?:\s*(?:e|[x×*·]\s*10\s*\^\s*)(?P<power>[+-]?\d{1,3})|\s*\^\s*(?P<exponent>-?\d{1,2}))?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(?:(\d{1,9})\s+)?(\d{1,9})\s*/\s*(\d{1,9})")
_LONE_SEPARATOR = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_WORDS = re.compile(r"[万萬亿億]|[^\W\d_]+(?:-[a-z]+)*")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z]+")
_DASHES = re.compile(r"[\u2212\u2013\u2014\u2010\u2011]")
_RAISED_POINT = re.compile(r"(?<=\d)[·\u066b](?=\d)(?!10\s*\^)")
_LEADING = re.compile(r"(?:(us\$|[$€£¥%])|(usd|eur|gbp|cny|rmb)\b)\s*(?=[\d.+-])", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_PARTS |= {f"{name}s": count for name, count in _PARTS.items() if count > 2}
_SPELT = NUMBER_WORDS | _PARTS.keys()
_OPENING = _SPELT | {"a", "an", "minus", "us", "usd", "eur", "gbp", "cny", "rmb"}
_OPENING |= {word for words in _BOUNDS.values() for word in re.findall(r"(?:^|\|)([a-z]+)", words)}
"""Every first word that a number may have, were it only "about" or "US$"."""


def parse_number(text: str) -> Quantity | None:
    """The one number that the text is, with its unit; None for anything else or anything unsure.

    A lone comma before exactly three digits parts thousands ("1,400" is 1400); before any other
    count of digits it is a decimal comma ("3,14"). "nan" and "inf" are no numbers.
    """
    text = compatible(text)
    if not _may_be_number(text):
        return None
    text = _plain(text)
    if not text or len(text) > LONGEST:
        return None
    bound, text = _bounded(text)
    sign, text = _sign(text)
    currency, text = _leading_currency(text)
    if currency and not sign:
        sign, text = _sign(text)
    read = _fraction(text) or _digits(text) or _in_chinese(text) or _in_words(text)
    if read is None:
        return None
    value, rest = read
    scale, unit = _scaled(rest)
    if (
        re.search(r"\d", _superscripts_removed(unit))
        or not CHINESE.isdisjoint(unit)
        or _is_another_number(unit)
    ):
        return None
    if unit == "K" and currency:
        scale, unit = scale * 1000, ""
    unit = unit or currency
    if unit in ("%", "percent", "per cent", "pc"):
        unit = "%"
    factor = scale * (-1 if sign == "-" else 1)
    other = _other_reading(text)
    return Quantity(
        value=value * factor,
        unit=unit,
        about=bound,
        other=None if other is None else other * factor,
    )


@lru_cache(maxsize=4096)
def ordering_keys(texts: tuple[str, ...]) -> tuple[Fraction, ...] | None:
    """What to sort these texts by where all are numbers of one unit, or all are dates; else None.

    A lone year is a number among numbers and a date among dates.
    """
    numbers = _all(parse_number, texts)
    if numbers is not None and len({number.unit.casefold() for number in numbers}) == 1:
        return tuple(number.value for number in numbers)
    dates = _all(parse_date, texts)
    if dates is not None and not any(date.is_ambiguous for date in dates):
        return tuple(date.ordinal() for date in dates)
    return None


def _all(parse: Callable[[str], _Read | None], texts: tuple[str, ...]) -> list[_Read] | None:
    """What each of the texts is read as; None as soon as one cannot be read."""
    found: list[_Read] = []
    for text in texts:
        read = parse(text)
        if read is None:
            return None
        found.append(read)
    return found


def _may_be_number(text: str) -> bool:
    """Whether it starts as a number may and holds a digit or a number word, as most texts do not."""
    lower = text.strip().lower()
    first = _LETTERS.match(lower)
    if first and first[0] not in _OPENING and text.isascii():
        return False
    return (
        bool(_DIGIT.search(text))
        or lower[:1] in CHINESE
        or not _SPELT.isdisjoint(_LETTERS.findall(lower))
    )


def _plain(text: str) -> str:
    text = text.strip().rstrip(".")
    if not text.isascii():
        text = _DASHES.sub("-", text)
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
        text = _RAISED_POINT.sub(".", text).replace("\u066c", ",")
    return _SPACES.sub(" ", text.replace("$ ", "$").replace("**", "^"))


def _bounded(text: str) -> tuple[Bound, str]:
    if found := _IN_FRONT.match(text):
        rest = text[found.end() :]
    elif found := _BEHIND.search(text):
        rest = text[: found.start()]
    else:
        return "", text
    return next(bound for bound in _BOUNDS if found[bound]), rest


def _sign(text: str) -> tuple[str, str]:
    if text[:1] in "+-" and text[1:2]:
        return text[0], text[1:].lstrip()
    if text.lower().startswith("minus "):
        return "-", text[6:].lstrip()
    return "", text


def _leading_currency(text: str) -> tuple[str, str]:
    """The sign or code of a currency in front, or a percent sign, as Turkish puts it."""
    if found := _LEADING.match(text):
        sign = (found[1] or found[2]).lower()
        return CURRENCIES.get(sign, sign), text[found.end() :]
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
    if rest[:1] and rest[0] in ".,'/" and rest[1:2].isdigit():
        return None
    value = Fraction(_pointed(found["number"]))
    if found["exponent"]:
        return (value ** int(found["exponent"]), rest) if value else None
    return value * Fraction(10) ** int(found["power"] or 0), rest


def _pointed(number: str) -> str:
    """The digits with a decimal point and no separators."""
    number = re.sub(r"[ '\u2019]", "", number)
    if re.fullmatch(_COMMAS, number):
        return number.replace(",", "")
    if re.fullmatch(_POINTS, number):
        number = number.replace(".", "")
    return number.replace(",", ".")


def _other_reading(text: str) -> Fraction | None:
    found = _DIGITS.match(text)
    lone = _LONE_SEPARATOR.fullmatch(found["number"]) if found else None
    if lone is None or (found and (found["power"] or found["exponent"])):
        return None
    thousands = "," in lone[0]
    return Fraction(f"{lone[1]}.{lone[2]}" if thousands else f"{lone[1]}{lone[2]}")


def _in_chinese(text: str) -> tuple[Fraction, str] | None:
    length = next((at for at, c in enumerate(text) if c not in CHINESE), len(text))
    value = chinese(text[:length])
    return None if value is None else (Fraction(value), text[length:])


def _in_words(text: str) -> tuple[Fraction, str] | None:
    """Number words, as in "three hundred and forty-six thousand" or "one and a half million"."""
    words = [word for part in text.lower().split(" ") for word in part.split("-")]
    if words[0] == "half":
        return Fraction(1, 2), re.sub(r"^an? ", "", " ".join(words[1:]))
    if words[0] in ("a", "an") and words[1:2] and words[1] in _PARTS:
        return Fraction(1, _PARTS[words[1]]), " ".join(words[2:])
    read = cardinal(words)
    if read is None:
        return None
    value, at = Fraction(read[0]), read[1]
    match words[at : at + 3]:
        case ["point", *_]:
            at += 1
            digits = ""
            while at < len(words) and (one := cardinal([words[at]])) and 0 <= one[0] < 10:
                digits, at = f"{digits}{one[0]}", at + 1
            if not digits:
                return None
            value += Fraction(int(digits), 10 ** len(digits))
        case ["and", "a", part] if part in _PARTS:
            value, at = value + Fraction(1, _PARTS[part]), at + 3
        case [part, *_] if part in _PARTS:
            value, at = value / _PARTS[part], at + 1
        case _:
            pass
    return value, " ".join(words[at:])


def _scaled(rest: str) -> tuple[Fraction, str]:
    """What the scale words behind a number multiply it by, and the unit behind them."""
    is_kelvin = rest == " K"
    rest = rest.strip()
    lower, scale = rest.lower(), 1
    while found := _WORDS.match(lower):
        word = found[0]
        if word not in SCALES or (word == "k" and lower[1:2].isalpha()) or is_kelvin:
            break
        scale *= SCALES[word]
        lower, rest = lower[found.end() :].lstrip(" ."), rest[found.end() :].lstrip(" .")
    return Fraction(scale), CURRENCIES.get(lower, rest.removeprefix("of ").strip())


def _superscripts_removed(unit: str) -> str:
    return re.sub(r"(?<=[A-Za-z)])(?:\^-?\d|[23]\b)|/\d", "", unit)


def _is_another_number(unit: str) -> bool:
    """Whether what stands behind a number makes it another, or a date: "1 or two", "5 May"."""
    if parse_date(unit) is not None:
        return True
    words = unit.lower().replace("-", " ").split(" ")
    return not NUMBER_WORDS.isdisjoint(words) or words[0] in ("or", "to", "plus", "minus", "point")
