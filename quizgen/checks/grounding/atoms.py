"""A text to its atoms: words, written numbers and the few signs that belong to figures.

What no reader tells apart is one: quotes, dashes and spaces of every kind, digits of every script,
"½" and "1/2", "10⁶" and "10^6". Emphasis and punctuation are no atoms.
"""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from quizgen.core.normal import compatible


class Atom(NamedTuple):
    """A word, folded, or a sign (`text`), or a number with all that it may be read as (`values`).

    `written` is what stands there, `start` and `end` where in the plain text; `is_glued` says that
    nothing parts it from the atom before.
    """

    text: str
    written: str
    start: int
    end: int
    is_glued: bool
    values: tuple[Fraction, ...] = ()


_DASHES = re.compile("[\u2013\u2014\u2015]")
_HYPHENS = re.compile("[\u2010\u2011\u2212\ufe63\uff0d]")
_QUOTES = re.compile("[\u2018\u2019\u201b\u2032\u02bc\u00b4`]")
_HARD_SPACES = re.compile("(?<![\\d.,])(\\d{1,3})((?:[\u00a0\u2009\u202f]\\d{3})+)(?!\\d)")
_POWER_OF_UNIT = re.compile(r"(?<=[^\W\d_])\^(?=\d)")

_NOT_SPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_NUMBER = r"""
    (?P<decade>\d{3}0'?s\b)
  | (?P<number>(?:\d+(?:[.,'·]\d+)*|(?<![\w.])\.\d+)
      (?:\s?[x×*·]\s?10\^-?\d{1,3}|\^-?\d{1,3}|[eE][+-]?\d{1,3}(?!\w))?)
  | (?P<sign>[%‰$€£¥/–-])
"""
_ASCII = re.compile(
    rf"(?:[A-Za-z]\.)+[A-Za-z](?!\w) | [A-Za-z][A-Za-z0-9]*(?:\+\+|\#)? | & | {_NUMBER}", re.VERBOSE
)
_ANY = re.compile(
    rf"""
    (?:[^\W\d_]\.)+[^\W\d_](?!\w)
  | [{_NOT_SPACED}]
  | [^\W\d_](?:(?![{_NOT_SPACED}])[^\W_])*(?:\+\+|\#)?
  | & | {_NUMBER}
    """,
    re.VERBOSE,
)
_FOLDED = {"&": "and", "bce": "bc", "–": "-"}
_POWER = re.compile(
    r"(?P<number>.+?)(?:\s?[x×*·]\s?10\^(?P<ten>-?\d+)|e(?P<e>[+-]?\d+))", re.IGNORECASE
)
_OWN_POWER = re.compile(r"(?P<base>\d+)\^(?P<power>-?\d{1,2})")
_GROUPS = re.compile(r"\d{1,3}(?P<mark>[,.'])\d{3}(?:(?P=mark)\d{3})*")
_GROUPS_AND_DECIMALS = re.compile(
    r"\d{1,3}(?:(?:,\d{3})+\.\d+|(?:'\d{3})+[.,]\d+|(?:\.\d{3})+,\d+)"
)
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DECIMALS = re.compile(r"\d*[.,·]\d+")
_YEAR_AND_NOTE = re.compile(r"([12]\d{3})\.\d{1,2}")
"""As in "in 1996.12", where a text was copied with the number of a note."""


def plain(text: str) -> str:
    """The text with one form for each sign; case, line ends and emphasis stay."""
    if not text.isascii():
        text = _HARD_SPACES.sub(lambda found: "".join(found[0].split()), text)
        text = _HYPHENS.sub("-", _DASHES.sub("–", _QUOTES.sub("'", compatible(text))))
        text = "".join(map(_common, text)).replace("\u066c", ",").replace("\u066b", ".")
    return _POWER_OF_UNIT.sub("", text) if "^" in text else text


def atoms(text: str, *, is_term: bool = False) -> tuple[Atom, ...]:
    """The atoms of a text after `plain`, in their order; a term holds no numbers of notes."""
    found: list[Atom] = []
    end = -1
    for match in (_ASCII if text.isascii() else _ANY).finditer(text):
        start, written = match.start(), match[0]
        is_glued = start == end
        end = match.end()
        match match.lastgroup:
            case None:
                folded = written.casefold()
                if "." in folded:
                    folded = folded.replace(".", "")
                found.append(Atom(_FOLDED.get(folded, folded), written, start, end, is_glued))
            case "decade":
                found.append(Atom(written.replace("'", "").lower(), written, start, end, is_glued))
            case "number":
                found += _numbers(written, start, is_glued=is_glued)
                if (year := _YEAR_AND_NOTE.fullmatch(written)) and not is_term:
                    found[-1] = found[-1]._replace(values=(*found[-1].values, Fraction(year[1])))
            case _:
                sign = _FOLDED.get(written, written)
                found.append(Atom(sign, written, start, end, is_glued))
    has_signs = "-" in text or "–" in text or "/" in text
    return tuple(_with_telling_signs(found) if has_signs else found)


def _common(char: str) -> str:
    if char.isdecimal() and not char.isascii():
        return str(unicodedata.decimal(char))
    return "" if unicodedata.category(char) == "Cf" else char


def _with_telling_signs(found: list[Atom]) -> list[Atom]:
    """Without hyphens and strokes but those beside a number, where they tell a range or a sign."""
    kept = []
    for place, atom in enumerate(found):
        if atom.text in ("-", "/"):
            after = found[place + 1] if place + 1 < len(found) else None
            if after is None or not after.values:
                continue
            before = found[place - 1] if place else None
            if before is not None and not before.values and atom.is_glued:
                continue
        kept.append(atom)
    return kept


# --- What a written number may be ----------------------------------------------------------------


def _numbers(written: str, start: int, *, is_glued: bool) -> list[Atom]:
    """One atom, or one for each of several that only commas or points part ("2,5,10")."""
    values = number_values(written)
    parts = re.split(r"[,']", written)
    if values and (len(parts) == 1 or _GROUPS.fullmatch(written) or "^" in written):
        return [Atom(written, written, start, start + len(written), is_glued, values)]
    if values and _GROUPS_AND_DECIMALS.fullmatch(written):
        return [Atom(written, written, start, start + len(written), is_glued, values)]
    if values and _LAKHS.fullmatch(written):
        return [Atom(written, written, start, start + len(written), is_glued, values)]
    found, at = [], start
    for place, part in enumerate(parts):
        end = at + len(part)
        found.append(Atom(part, part, at, end, is_glued or place > 0, number_values(part)))
        at = end + 1
    return found


def number_values(written: str) -> tuple[Fraction, ...]:
    """What digits with separators may mean, in the order of likeliness; nothing where they are no number.

    "1.400" is 1.4, or 1400 where points part thousands.
    """
    if power := _POWER.fullmatch(written):
        ten = Fraction(10) ** int(power["ten"] or power["e"])
        return tuple(value * ten for value in number_values(power["number"]))
    if power := _OWN_POWER.fullmatch(written):
        if int(power["base"]) == 10:
            return (Fraction(10) ** int(power["power"]),)
        return number_values(power["base"])
    if written.isdigit():
        return (Fraction(int(written)),) if len(written) < 100 else ()
    if groups := _GROUPS.fullmatch(written):
        whole = Fraction(int(re.sub(r"[,.']", "", written)))
        if groups["mark"] == "'" or written.count(groups["mark"]) > 1:
            return (whole,)
        return (whole,) if groups["mark"] == "," else (Fraction(written), whole)
    if _GROUPS_AND_DECIMALS.fullmatch(written) or _LAKHS.fullmatch(written):
        digits, _, decimals = _parted(written)
        return (Fraction(f"{digits}.{decimals or 0}"),)
    if _DECIMALS.fullmatch(written):
        value = Fraction(f"0{written}".replace(",", ".").replace("·", "."))
        return (value,)
    return ()


def _parted(written: str) -> tuple[str, str, str]:
    """The digits before and behind the last separator, where that parts decimals."""
    last = max(written.rfind(mark) for mark in ",.")
    if "," in written[last:] and _LAKHS.fullmatch(written):
        return written.replace(",", ""), "", ""
    before = re.sub(r"[,.']", "", written[:last])
    return before, written[last], written[last + 1 :]
