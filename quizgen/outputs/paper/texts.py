"""Texts as they stand on a page: authors' Markdown as safe HTML, words and numbers of the language.

Knows no item and no form.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from string import Formatter
from typing import Literal

from quizgen.markup import to_html, to_text
from quizgen.outputs.words import Words

Direction = Literal["ltr", "rtl"]

_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "pnb", "ps", "sd", "ug", "ur", "yi")
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))
_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"
_BLOCK = re.compile(r"<(?:p|ul|ol|pre|table|blockquote|h[1-6]|hr)\b")
_SET_ALONE = re.compile(_BLOCK.pattern + '|class="formula display"')


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


def runs_on(html: Html) -> bool:
    """Whether all of it can run on in a line: no paragraph of its own, list, table or set-off formula."""
    return "<" not in html or not _SET_ALONE.search(html)


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


def shortened(text: str, longest: int) -> str:
    """The text, of so many signs at most: where it is longer, cut between words if it has any."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    words, space, _ = cut.rpartition(" ")
    return f"{(words if space and len(words) > longest // 2 else cut[:-1]).rstrip(' ,;:')}…"


def css_string(text: str) -> str:
    """A text as a string of a style sheet: nothing in it ends the string or the style element."""
    escaped = "".join(
        sign if sign.isalnum() or sign in " .,·-" else f"\\{ord(sign):x} "
        for sign in text
        if sign >= " "
    )
    return f'"{escaped}"'


# --- The words of the language -------------------------------------------------------------------


class PaperWords(Words):
    """The words on paper, in the direction of the page; `against` is theirs where it is another."""

    def __init__(self, catalogue: Mapping[str, str], direction: Direction) -> None:
        super().__init__(catalogue)
        self.direction = direction
        self._is_foreign = catalogue["direction"] != direction
        self.against = catalogue["direction"] if self._is_foreign else ""

    def say(self, key: str, **values: object) -> str:
        """The sentence of that name with its places filled.

        Where the words run against the page, for want of a catalogue in its language, they are
        held together by signs of direction.
        """
        said = super().say(key, **values)
        return f"{_ISOLATE}{said}{_END_ISOLATE}" if self._is_foreign else said

    def joined(self, *sentences: str) -> str:
        """Sentences in a row, held together by one pair of signs of direction where they have any."""
        said = " ".join(filter(None, sentences))
        return said.replace(f"{_END_ISOLATE} {_ISOLATE}", " ")

    def around(self, key: str) -> tuple[str, str]:
        """What a sentence says before its number `n` and after it."""
        before, _, after = Words.say(self, key, n="\0").partition("\0")
        return before, after

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

    def measure(self, number: str, unit: str) -> str:
        """A number with its unit, kept on one line."""
        return f"{number}\u00a0{unit}" if unit else number

    def quoted(self, texts: Sequence[str]) -> str:
        """Several texts in quotation marks, as plain text."""
        return self.listed([self.say("quote", text=plain(text)) for text in texts])


def escaped(text: str) -> Html:
    """A plain text as HTML."""
    return Html(escape(text, quote=False))
