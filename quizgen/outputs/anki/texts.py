r"""Texts as they stand in a field: authors' Markdown as safe HTML, and the words of the language.

What means something to Anki or MathJax when it stands in a text (`[sound:...]`, `\(`) is made to
stand for itself. Knows no item.
"""

import json
import re
from fractions import Fraction
from html import escape

import msgspec

from quizgen.markup import formulas, is_plain, to_html
from quizgen.outputs.words import Words

_ANKI = r"\[(?=\[?type:|sound:|anki:|/?latex\]|/?\$)"
_LIVE = re.compile(rf"{_ANKI}|\\[()\[\]]", re.IGNORECASE)
_BRACKET = re.compile(_ANKI, re.IGNORECASE)
_DELIMITER = re.compile(r"\\(?=[()\[\]])")
_CODE = r"<code\b.*?</code>"
_JOINER = "\u2060"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FIT = bytes(sign for sign in range(256) if not _UNFIT.match(chr(sign)))
"""The bytes of UTF-8 but for those of `_UNFIT`, which are one byte each."""
_WEB = re.compile(r"https?://\S+")


# --- Authors' texts ------------------------------------------------------------------------------


def rich(text: str, *, inline: bool = False) -> str:
    """An author's text as HTML that says to Anki nothing but itself."""
    if is_plain(text):  # as most are, and then nothing in it is live
        return text.removesuffix("\n")
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
    """Whether a field can hold every sign of the text."""
    try:
        signs = text.encode()
    except UnicodeEncodeError:  # half of a pair that makes one sign
        return False
    return not signs.translate(None, _FIT)


def is_web(address: str) -> bool:
    """Whether this is an address of the web, and nothing else beside it."""
    return _WEB.fullmatch(address) is not None


def linked(html: str, address: str) -> str:
    """What is shown as a link to an address of the web; as it stands where that is none."""
    return f'<a href="{escape(address)}">{html}</a>' if is_web(address) else html


def data(value: object) -> str:
    """A value as JSON that may stand hidden in a card: no tag, no command, no formula."""
    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # half of a pair, which `fit` takes away
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\\\\", "\\u005c")
    if _BRACKET.search(text):
        text = _BRACKET.sub(r"\\u005b", text)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


# --- The words of the language -------------------------------------------------------------------


class CardWords(Words):
    """The words on cards, as HTML."""

    def for_card(self, *keys: str) -> str:
        """The sentences of these names as they stand, for the card's script."""
        return data({key: self._catalogue[key] for key in keys})

    def percent(self, share: Fraction) -> str:
        """A share as a percentage."""
        return self.say("percent", n=self.number(share * 100))
