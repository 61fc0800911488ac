"""Numerals as words, ordinals and Roman numerals, to whole numbers; English and Latin only."""

import re
from collections.abc import Sequence

_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES = {
    "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        start=1,
    )
} | {word[:-1] + "ieth": number for word, number in _TENS.items()}  # fmt: skip
_ORDINAL = re.compile(r"(\d{1,9})(?:st|nd|rd|th)")
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_WORDS = frozenset("c cc cd d dc di dim l li m mc md mi mix ml mm xi".split())
"""Words, names and units that only look like Roman numerals."""

_CHINESE_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
CHINESE = frozenset({*_CHINESE_DIGITS, *_CHINESE_UNITS, *_CHINESE_SCALES})

NUMBER_WORDS = frozenset({*_SMALL, *_TENS, *_SCALES, "hundred"})


def cardinal(words: Sequence[str], at: int = 0) -> tuple[int, int] | None:
    """The whole number spelt by the words from `at` on, and where it ends; None for no number.

    Scales fall from left to right ("two million three hundred thousand and five"); where they
    do not, the number ends.
    """
    if (year := _year(words, at)) is not None:
        return year
    total, last = 0, 0
    while (group := _below_thousand(words, at)) is not None:
        value, end = group
        scale = 1
        while end < len(words) and words[end] in _SCALES:
            scale *= _SCALES[words[end]]
            end += 1
        if last and scale >= last:
            break
        total, last, at = total + value * scale, scale, end
        if scale == 1:
            break
        if words[at : at + 1] == ["and"] and _below_thousand(words, at + 1):
            at += 1
    return (total, at) if last else None


def _year(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A year as it is said in two halves: "nineteen eighty four", "twenty oh one".

    The same half twice ("twenty twenty") may as well be no year.
    """
    century = _below_hundred(words, at)
    if century is None or not 10 < century[0] < 21:
        return None
    end = century[1]
    if words[end : end + 1] in (["oh"], ["o"]):
        rest = _below_hundred(words, end + 1)
        is_year = rest is not None and 0 < rest[0] < 10
    else:
        rest = _below_hundred(words, end)
        is_year = rest is not None and rest[0] >= 10 and rest[0] != century[0]
    if rest is None or not is_year:
        return None
    after = words[rest[1]] if rest[1] < len(words) else ""
    is_scaled = after == "hundred" or after in _SCALES
    return None if is_scaled else (century[0] * 100 + rest[0], rest[1])


def _below_thousand(words: Sequence[str], at: int) -> tuple[int, int] | None:
    word, after = words[at : at + 1], words[at + 1 : at + 2]
    if word in (["a"], ["an"]) and after and (after[0] in _SCALES or after == ["hundred"]):
        value, at = 1, at + 1
    elif word == ["hundred"] or (word and word[0] in _SCALES):
        value = 1
    elif (tens := _below_hundred(words, at)) is not None:
        value, at = tens
    else:
        return None
    if words[at : at + 1] == ["hundred"]:
        value, at = value * 100, at + 1
        after_and = at + (words[at : at + 1] == ["and"])
        if (tens := _below_hundred(words, after_and)) is not None:
            value, at = value + tens[0], tens[1]
    return value, at


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int] | None:
    if at >= len(words):
        return None
    word = words[at]
    if word in _TENS:
        one = _SMALL.get(words[at + 1], 10) if at + 1 < len(words) else 10
        return (_TENS[word] + one, at + 2) if 0 < one < 10 else (_TENS[word], at + 1)
    return (_SMALL[word], at + 1) if word in _SMALL else None


def ordinal(words: Sequence[str], at: int = 0) -> tuple[int, int] | None:
    """The ordinal ("14th", "fourteenth", "twenty first", "XIVth") at `at`, and where it ends."""
    word = words[at]
    if found := _ORDINAL.fullmatch(word):
        return int(found[1]), at + 1
    if word in _ORDINALS:
        return _ORDINALS[word], at + 1
    if word in _TENS and at + 1 < len(words) and 0 < _ORDINALS.get(words[at + 1], 10) < 10:
        return _TENS[word] + _ORDINALS[words[at + 1]], at + 2
    number = roman(word.removesuffix("th")) if word.endswith("th") else None
    return None if number is None else (number, at + 1)


def roman(word: str) -> int | None:
    """The value of a Roman numeral in small letters; None for any other word."""
    if len(word) > 15 or word in _ROMAN_WORDS or not _ROMAN.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[c] for c in word]
    after = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, after, strict=True))


def chinese(text: str) -> int | None:
    """The value of a Chinese numeral, digit by digit ("一九四九") or with its units ("一百四十").

    None for any other text, and for two digits side by side, which may mean "two or three".
    """
    if not text or not CHINESE.issuperset(text) or len(text) > 30:
        return None
    if len(text) != 2 and _CHINESE_DIGITS.keys() >= set(text):
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))
    total = group = digit = 0
    for before, c in zip(" " + text, text, strict=False):
        if c in _CHINESE_DIGITS:
            if before in _CHINESE_DIGITS and digit:
                return None
            digit = _CHINESE_DIGITS[c]
        elif c in _CHINESE_UNITS:
            group, digit = group + (digit or 1) * _CHINESE_UNITS[c], 0
        elif _CHINESE_SCALES[c] == 10**4:
            total, group, digit = total + (group + digit) * 10**4, 0, 0
        else:
            total, group, digit = (total + group + digit) * 10**8, 0, 0
    return total + group + digit


def with_digits(text: str) -> str:
    """The text with its number words, ordinals and Roman numerals as digits.

    "the" before an ordinal goes ("Henry the Eighth" is "Henry 8"). A single letter or a lone
    word is no Roman numeral where it comes first: it is as likely a name. Nor is an X alone.
    """
    words = text.split(" ")
    out: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if (found := ordinal(words, at)) is not None:
            if out[-1:] == ["the"]:
                out.pop()
            number, at = found
            out.append(str(number))
        elif word not in ("a", "an") and (found := cardinal(words, at)) is not None:
            number, at = found
            out.append(str(number))
        else:
            is_name = len(words) == 1 or (at == 0 and len(word) == 1)
            value = None if is_name or word == "x" else roman(word)
            out.append(word if value is None else str(value))
            at += 1
    return " ".join(out)
