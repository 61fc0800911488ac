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
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_WORDS = frozenset("c cc cd d dc di dim l li m mc md mi mix ml mm xi".split())
"""Words, names and units that only look like Roman numerals."""

NUMBER_WORDS = frozenset({*_SMALL, *_TENS, *_SCALES, "hundred"})


def cardinal(words: Sequence[str], at: int = 0) -> tuple[int, int] | None:
    """The whole number spelt by the words from `at` on, and where it ends; None for no number.

    Scales fall from left to right ("two million three hundred thousand and five"); where they
    do not, the number ends.
    """
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
    if found := re.fullmatch(r"(\d{1,9})(?:st|nd|rd|th)", word):
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


def with_digits(text: str) -> str:
    """The text with its number words, ordinals and Roman numerals as digits.

    "the" before an ordinal goes ("Henry the Eighth" is "Henry 8"). A single letter or a lone
    word is no Roman numeral where it comes first: it is as likely a name.
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
            value = None if is_name else roman(word)
            out.append(word if value is None else str(value))
            at += 1
    return " ".join(out)
