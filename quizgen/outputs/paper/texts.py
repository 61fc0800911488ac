"""Texts as they stand on a page: authors' Markdown as safe HTML, words and numbers of the language.

Knows no item and no form.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from html import escape
from string import Formatter
from typing import Literal

from quizgen.markup import to_html, to_text

Direction = Literal["ltr", "rtl"]

_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "pnb", "ps", "sd", "ug", "ur", "yi")
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))
_PLAIN_DECIMAL = re.compile(r"[-+\u2212]?\d+(?:\.\d+)?")
_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"
_BLOCK = re.compile(r"<(?:p|ul|ol|pre|table|blockquote|h[1-6]|hr)\b")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(cm|mm|in|pt|px|em|rem|%)\s*")


class Html(str):
    """HTML that is safe as it stands: a template does not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


# --- Authors' texts ------------------------------------------------------------------------------


def direction_of(language: str) -> Direction:
    """How a language is written, from its tag, such as `ar` or `az-Arab`."""
    first, *rest = language.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4]
    is_rtl = scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else first in _RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"


@lru_cache(maxsize=16_384)
def rich(text: str, page: Direction) -> Html:
    """An author's text as HTML; where it runs against the page, it is set off in its direction."""
    return set_off(to_html(text, math="svg"), text, page)


def set_off(html: str, text: str, page: Direction) -> Html:
    """`html` as it stands or, where `text` starts in the other direction than `page`, set off."""
    own = next(
        (
            "ltr" if kind == "L" else "rtl"
            for kind in map(unicodedata.bidirectional, text)
            if kind in ("L", "R", "AL")
        ),
        page,
    )
    if own == page:
        return Html(html)
    tag = "div" if _BLOCK.search(html) else "span"
    return Html(f'<{tag} dir="{own}">{html}</{tag}>')


def plain(text: str) -> str:
    """An author's text in one line without markup: for titles, attributes and footers."""
    return " ".join(to_text(text).split())


def columns_wide(text: str) -> int:
    """How wide a text runs, in Latin letters; CJK counts double, several lines as too wide."""
    shown = to_text(text).strip()
    if "\n" in shown:
        return 10_000
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in shown)


def is_long(html: Html) -> bool:
    """Whether blocks other than one paragraph stand in it."""
    return bool(_BLOCK.search(html))


def length(width: str) -> str:
    """A width such as "8 cm" for a style sheet; empty where it is none."""
    found = _LENGTH.fullmatch(width)
    return f"{found[1]}{found[2]}" if found else ""


def css_string(text: str) -> str:
    """A text as a string of a style sheet: nothing in it ends the string or the style element."""
    escaped = "".join(
        sign if sign.isalnum() or sign in " .,·-" else f"\\{ord(sign):x} "
        for sign in text
        if sign >= " "
    )
    return f'"{escaped}"'


# --- Words and numbers ---------------------------------------------------------------------------


class Words:
    """The catalogue of one language: its sentences filled in, its numbers written its way."""

    def __init__(self, catalogue: Mapping[str, str], direction: Direction) -> None:
        self._catalogue = catalogue
        self.direction = direction
        self._is_foreign = catalogue["direction"] != direction

    def say(self, key: str, **values: object) -> str:
        """The sentence of that name with its places filled.

        Where the words run against the page, for want of a catalogue in its language, they are
        held together by signs of direction.
        """
        said = self._catalogue[key].format(**values)
        return f"{_ISOLATE}{said}{_END_ISOLATE}" if self._is_foreign else said

    def count(self, key: str, number: int | Fraction) -> str:
        """The sentence for one or for many, with the number as `n`."""
        return self.say(f"{key}_{'one' if number == 1 else 'many'}", n=self.number(number))

    def rule(self, key: str, **values: object) -> Html:
        """A sentence whose emphasis is Markdown."""
        return Html(to_html(self.say(key, **values), math="svg", inline=True))

    def content(self, key: str, **counters: str) -> str:
        """A sentence as the `content` of a style sheet, its places filled by counters."""
        return " ".join(
            piece
            for words, place, _, _ in Formatter().parse(self._catalogue[key])
            for piece in (css_string(words) if words else "", counters[place] if place else "")
            if piece
        )

    def number(self, value: int | Fraction) -> str:
        """A number in the language's style: as a decimal where that is exact, else as a fraction."""
        return _number(Fraction(value), self._catalogue["decimal"], self._catalogue["thousands"])

    def day(self, date: str) -> str:
        """A day such as 2026-11-25 in the language's style."""
        year, month, day = date.split("-")
        return self.say("day", year=year, month=month, day=day)

    def author_number(self, text: str) -> str:
        """A number as its author wrote it, with the language's decimal sign."""
        if not _PLAIN_DECIMAL.fullmatch(text):
            return text
        return text.replace("-", "\u2212").replace(".", self._catalogue["decimal"])

    def measure(self, number: str, unit: str) -> str:
        """A number with its unit, kept on one line."""
        return f"{number}\u00a0{unit}" if unit else number

    def listed(self, texts: Sequence[str]) -> str:
        """Several texts in a row: "a, b and c"."""
        if not texts:
            return ""
        *early, last = texts
        if not early:
            return last
        first = early[0]
        for text in early[1:]:
            first = self.say("list", first=first, second=text)
        return self.say("list_last", first=first, last=last)

    def quoted(self, texts: Sequence[str]) -> str:
        """Several texts in quotation marks, as plain text."""
        return self.listed([self.say("quote", text=plain(text)) for text in texts])

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


@lru_cache(maxsize=4096)
def _number(value: Fraction, decimal: str, thousands: str) -> str:
    sign = "\u2212" if value < 0 else ""
    value = abs(value)
    for places in range(7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
            if len(whole) > 4:
                whole = f"{int(whole):,}".replace(",", thousands)
            return sign + (f"{whole}{decimal}{part}" if part else whole)
    return f"{sign}{value.numerator}/{value.denominator}"


def escaped(text: str) -> Html:
    """A plain text as HTML."""
    return Html(escape(text, quote=False))
