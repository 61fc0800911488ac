r"""Texts as they stand in a field: authors' Markdown as safe HTML, and the words of the language.

What means something to Anki or MathJax when it stands in a text (`[sound:...]`, `\(`) is made to
stand for itself. Knows no item.
"""

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape

from quizgen.markup import formulas, to_html

_ANKI = r"\[(?=\[?type:|sound:|anki:|/?latex\]|/?\$)"
_LIVE = re.compile(rf"{_ANKI}|\\[()\[\]]", re.IGNORECASE)
_BRACKET = re.compile(_ANKI, re.IGNORECASE)
_DELIMITER = re.compile(r"\\(?=[()\[\]])")
_CODE = r"<code\b.*?</code>"
_JOINER = "\u2060"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(cm|mm|in|pt|px|em|rem|%)\s*")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PLAIN_DECIMAL = re.compile(r"[-+\u2212]?\d+(?:\.\d+)?")


# --- Authors' texts ------------------------------------------------------------------------------


def rich(text: str, *, inline: bool = False) -> str:
    """An author's text as HTML that says to Anki nothing but itself."""
    html = to_html(text, math="anki", inline=inline)
    may_be_live = "[" in html or "\\" in html
    return _inert(html, text) if may_be_live and _LIVE.search(html) else html


def _inert(html: str, text: str) -> str:
    """Only the formulas of the text are formulas, and nothing in it is a command."""
    known = {form for latex in formulas(text) for form in _delimited(latex)}
    pieces = "|".join([_CODE, *map(re.escape, sorted(known, key=len, reverse=True))])
    out: list[str] = []
    for place, piece in enumerate(re.split(f"({pieces})", html, flags=re.DOTALL)):
        if place % 2 and piece.startswith("\\"):
            gap = " " if _BRACKET.match(piece[1:]) else ""
            out.append(piece[:2] + gap + _BRACKET.sub("&#91;", piece[2:]))
        else:
            inert = piece if place % 2 else _DELIMITER.sub("\\\\" + _JOINER, piece)
            out.append(_BRACKET.sub("&#91;", inert))
    return "".join(out)


def _delimited(latex: str) -> tuple[str, str]:
    body = escape(latex.strip(), quote=False)
    return rf"\({body}\)", rf"\[{body}\]"


def fit(text: str) -> str:
    """The text without the signs that no field can hold; a visible sign stands for each."""
    return _UNFIT.sub("\ufffd", text)


def is_fit(text: str) -> bool:
    """Whether a field can hold every sign of the text; what prints, it can."""
    return text.isprintable() or not _UNFIT.search(text)


def data(value: object) -> str:
    """A value as JSON that may stand hidden in a card: no tag, no command, no formula."""
    text = _JSON.encode(value)
    text = _BRACKET.sub(r"\\u005b", text.replace("\\\\", "\\u005c"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def length(width: str) -> str:
    """A width such as "8 cm" for a style; empty where it is none."""
    found = _LENGTH.fullmatch(width)
    return f"{found[1]}{found[2]}" if found else ""


# --- Words and numbers ---------------------------------------------------------------------------


class Words:
    """The catalogue of one language: its sentences filled in, its numbers written its way."""

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._numbers: dict[tuple[int, int], str] = {}

    def say(self, key: str, **values: object) -> str:
        """The sentence of that name with its places filled, as HTML."""
        return self._catalogue[key].format(**values)

    def count(self, key: str, number: int | Fraction) -> str:
        """The sentence for one or for many, with the number as `n`."""
        return self.say(f"{key}_{'one' if number == 1 else 'many'}", n=self.number(number))

    def for_card(self, *keys: str) -> str:
        """The sentences of these names as they stand, for the card's script."""
        return data({key: self._catalogue[key] for key in keys})

    def number(self, value: int | Fraction) -> str:
        """A number in the language's style: as a decimal where that is exact, else as a fraction."""
        parts = (value.numerator, value.denominator)
        if parts not in self._numbers:
            self._numbers[parts] = self._written(Fraction(value))
        return self._numbers[parts]

    def _written(self, value: Fraction) -> str:
        sign, value = "\u2212" if value < 0 else "", abs(value)
        for places in range(7):
            scaled, rest = divmod(value.numerator * 10**places, value.denominator)
            if not rest:
                digits = str(scaled).rjust(places + 1, "0")
                whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
                return sign + (whole + self._catalogue["decimal"] + part if part else whole)
        return f"{sign}{value.numerator}/{value.denominator}"

    def percent(self, share: Fraction) -> str:
        """A share as a percentage."""
        return self.say("percent", n=self.number(share * 100))

    def day(self, date: str) -> str:
        """A day such as 2026-11-25 in the language's style."""
        year, month, day = date.split("-")
        return self.say("day", year=year, month=month, day=day)

    def author_number(self, text: str) -> str:
        """A number as its author wrote it, with the language's decimal sign."""
        if not _PLAIN_DECIMAL.fullmatch(text):
            return text
        return text.replace("-", "\u2212").replace(".", self._catalogue["decimal"])

    def listed(self, texts: Sequence[str]) -> str:
        """Several texts in a row: "a, b and c"."""
        *early, last = texts
        if not early:
            return last
        return self.say("list_last", first=", ".join(early), last=last)

    def runs(self, numbers: Sequence[int]) -> str:
        """Numbers with runs drawn together: 1, 2, 3, 7 are "1 to 3 and 7"."""
        runs: list[list[int]] = []
        for number in sorted(set(numbers)):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        texts: list[str] = []
        for run in runs:
            if len(run) > 2:
                texts.append(self.say("range", first=run[0], last=run[-1]))
            else:
                texts += map(str, run)
        return self.listed(texts)
