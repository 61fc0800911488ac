"""One form for texts that no reader tells apart: signs, spaces and case; more is for `core.fold`."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
        "sigma tau upsilon phi chi psi omega".split(),
        strict=True,
    )
)
_DASHES = re.compile(r"[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]")
_SINGLE = re.compile("[\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\uff07\u02bc]")
_DOUBLE = re.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]")
_SPACES = re.compile(r"\s+")
_LOOK_ALIKE = str.maketrans({"\u2206": "Δ", "♯": "#"})
_TYPED_SIGNS = ((">=", "≥"), ("<=", "≤"), ("!=", "≠"), ("->", "→"))
_POWER = re.compile(
    "(?<=[^\\W_)])(?:\u207b?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)(?![\u207a\u207b])"
)
_RAISED = re.compile("(?<=[\\w)\\]])[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")
_MARKED_DIGITS = re.compile(r"_+(?=\d)|\^+(?=\d*[+-](?:$|[^\w(]))")
_IN_BRACES = re.compile(r"(?<=[_^])\{([^\W_]+[+-]?|[+-]\d*)\}")
_VULGAR = re.compile(r"(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])")


def compatible(text: str) -> str:
    """The text in Unicode's compatibility form (NFKC), but that 10² is 10^2 and 1½ is 1 1/2.

    NFKC alone makes them 102 and 11/2. A raised charge (Ca²⁺) is written beside its symbol.
    """
    if text.isascii():
        return text
    text = _POWER.sub(lambda found: "^" + found[0], _VULGAR.sub(" ", text))
    return unicodedata.normalize("NFKC", text).replace("\u2044", "/")


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """The text in one Unicode form, with single spaces, plain quotes and dashes, case folded.

    Idempotent: normalising twice is normalising once.
    """
    return _settled(text, _normalised)


def normalise_exactly(text: str) -> str:
    """As `normalise`, but for symbols and formulas: case kept, spaces gone, ">=" is "≥"."""

    def step(text: str) -> str:
        text = _SPACES.sub("", _plain_signs(compatible(text)))
        for typed, sign in _TYPED_SIGNS:
            text = text.replace(typed, sign)
        return text

    return _settled(text, step)


def retyped(symbol: str) -> str:
    """A symbol after `normalise_exactly` as one form for what a keyboard has no keys for.

    Raised and lowered digits and charges ("H_2O", "Fe^3+", "x^{2}"), signs that look alike, and
    the name of a Greek letter.
    """
    letter = next((one for one, name in GREEK.items() if name == symbol.lower()), symbol)
    if letter != symbol and symbol.istitle():
        letter = letter.upper()
    return _settled(
        letter.translate(_LOOK_ALIKE),
        lambda text: _MARKED_DIGITS.sub("", _IN_BRACES.sub(r"\1", text)),
    )


def normalise_code(text: str) -> str:
    """Code as a program reads it: curly quotes and long dashes, which keyboards put in, are plain.

    A raised digit, which no program has, is a power.
    """
    text = _RAISED.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
    text = _DASHES.sub("-", re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', text)))
    lines = text.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _settled(text: str, step: Callable[[str], str]) -> str:
    # Folding case can undo a normal form and the reverse; a few rounds always settle.
    for _ in range(4):
        after = step(text)
        if after == text:
            break
        text = after
    return text


def _normalised(text: str) -> str:
    text = _plain_signs(compatible(text))
    return _SPACES.sub(" ", text.casefold()).strip()


def _plain_signs(text: str) -> str:
    if not text.isascii():
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _DOUBLE.sub('"', _SINGLE.sub("'", _DASHES.sub("-", text)))
