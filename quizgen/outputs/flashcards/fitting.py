"""How large a text may be set so that a card holds it, reckoned with room to spare.

Nothing is measured, since no page is laid out here: signs count by their width, each block starts
a line, and a picture takes a set part of the card.
"""

import re
import unicodedata
from fractions import Fraction
from html import unescape

from quizgen.model import Frozen

SIZES = tuple(Fraction(size) for size in ("13", "12", "11", "10", "9", "8", "7.5"))
"""The sizes of type in points, the largest first; smaller is not read at arm's length."""

_MM = Fraction(254, 720)
"""A point in millimetres."""
_COLUMN, _LINE = Fraction(58, 100), Fraction(142, 100)
"""The width of a Latin letter and the height of a line, in parts of the size."""
PICTURE = Fraction(36, 100)
"""How much of a card's height each picture takes, as the style sheet has it."""

_PICTURE = re.compile(r"<img\b")
_DRAWN = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_WIDE = re.compile(r'<span class="formula display.*?</svg>', re.DOTALL)
_PRE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|li|ol|ul|tr|table|pre|blockquote|h[1-6]|br|figure)\b[^>]*>")
_CELL = re.compile(r"</t[dh]>")
_LETTER = re.compile(r"</b>\s*<div>")
_TAG = re.compile(r"<[^>]*>")


class Room(Frozen, frozen=True, kw_only=True):
    """The part of a card that holds its text, in millimetres."""

    width: float
    height: float


def fitting(html: str, room: Room) -> Fraction | None:
    """The largest size at which the room holds the text; None where it holds it at none."""
    pictures = len(_PICTURE.findall(html))
    formulas = len(_WIDE.findall(html)) * 3 + len(_DRAWN.findall(html)) * Fraction(1, 2)
    blocks = _blocks(html)
    for size in SIZES:
        across = int(Fraction(room.width) / (size * _MM * _COLUMN))
        lines = sum(-(-_columns(block) // across) for block in blocks) + formulas
        gaps = max(0, len(blocks) - 1) * Fraction(1, 4)
        needed = (lines + gaps) * size * _MM * _LINE
        if needed + pictures * PICTURE * Fraction(room.height) <= Fraction(room.height):
            return size
    return None


def _blocks(html: str) -> list[str]:
    """The text by the lines that it starts anew."""
    html = _PRE.sub(lambda code: "<pre>" + code[1].replace("\n", "<br>") + "</pre>", html)
    html = _LETTER.sub(" MM ", html)
    html = _CELL.sub("MMM", _DRAWN.sub("MMMM", html))
    texts = (" ".join(unescape(_TAG.sub("", part)).split()) for part in _BLOCK.split(html))
    return [text for text in texts if text]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
