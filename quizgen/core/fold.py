"""One form for texts that mean the same: spelling, accents, articles and numerals folded away.

`normalise` takes away what no reader sees; `FOLDS` then each take away one more thing that does
not matter, in the order in which they are tried, each with the words for it. Folds for English or
for Latin letters leave texts in other scripts as they are.
"""

import re
import unicodedata
from collections.abc import Callable

from anyascii import anyascii

_DASHES = re.compile(r"[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]")
_SINGLE = re.compile("[\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\uff07\u02bc]")
_DOUBLE = re.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]")
_SPACES = re.compile(r"\s+")

Fold = Callable[[str], str]


def normalise(text: str) -> str:
    """The text in one Unicode form, with single spaces, plain quotes and dashes, case folded.

    Idempotent: normalising twice is normalising once.
    """
    return _settled(text, _normalised)


def normalise_exactly(text: str) -> str:
    """As `normalise`, but for symbols and formulas: case kept, spaces gone."""
    return _settled(text, lambda t: _SPACES.sub("", _plain_signs(unicodedata.normalize("NFKC", t))))


def _settled(text: str, step: Fold) -> str:
    # Folding case can undo a normal form and the reverse; a few rounds always settle.
    for _ in range(4):
        after = step(text)
        if after == text:
            break
        text = after
    return text


def _normalised(text: str) -> str:
    text = _plain_signs(unicodedata.normalize("NFKC", text))
    return _SPACES.sub(" ", text.casefold()).strip()


def _plain_signs(text: str) -> str:
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _DOUBLE.sub('"', _SINGLE.sub("'", _DASHES.sub("-", text)))


# --- Folds, each on normalised text --------------------------------------------------------------


def without_accents(text: str) -> str:
    """Latin letters without their accents, and ß, ø, æ, ł ... in plain letters; no other script."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    out: list[str] = []
    for char in decomposed:
        if unicodedata.combining(char) and out and out[-1][-1:].isascii():
            continue
        latin = not char.isascii() and unicodedata.name(char, "").startswith("LATIN")
        out.append((anyascii(char).lower() or char) if latin else char)
    return unicodedata.normalize("NFC", "".join(out))


def without_punctuation(text: str) -> str:
    """Points and apostrophes gone ("a.i.i.b."), other punctuation a space; "&" is "and"."""
    text = re.sub(
        r"(?<=\w)\.(?=\w\.|\w\b(?!\w))|(?<=\D)[.]|[.](?=\D|$)|'", "", text.replace("&", " and ")
    )
    text = "".join(
        " " if unicodedata.category(c)[0] == "P" and c not in "%.,-" else c for c in text
    )
    text = re.sub(r"(?<!\d)[.,]|[.,](?!\d)|(?<!^)(?<!\s)-(?=\w)|-(?!\d)", " ", text)
    return _SPACES.sub(" ", text).strip() or text


def without_article(text: str) -> str:
    """No leading English article, unless nothing would be left."""
    return re.sub(r"^(?:the|an?) (?=\w)", "", text)


_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        start=1,
    )
}
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def with_digits(text: str) -> str:
    """Number words, ordinals and Roman numerals (not as first word) as digits."""
    words = text.split(" ")
    return " ".join(
        _digits(word, first=index == 0, alone=len(words) == 1) for index, word in enumerate(words)
    )


def _digits(word: str, *, first: bool, alone: bool) -> str:
    if word in _NUMBERS or word in _ORDINALS:
        return _NUMBERS.get(word) or _ORDINALS[word]
    if found := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word):
        return found[1]
    if (
        not first
        and not alone
        and len(word) <= 8
        and _ROMAN.fullmatch(word)
        and word not in ("mix", "di", "dim", "mi", "li", "xi")
    ):
        values = [_ROMAN_VALUES[c] for c in word]
        after = [*values[1:], 0]
        return str(sum(-v if v < n else v for v, n in zip(values, after, strict=True)))
    return word


_SPELLINGS = (
    (re.compile(r"\b(arm|behavi|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|rum|sav|spl?end|tum|val|vap|vig)our"), r"\1or"),
    (re.compile(r"\b(cent|fib|lit|lust|meag|met|reconnoit|sab|somb|spect|theat)re(s?)\b"), r"\1er\2"),
    (re.compile(r"\b(def|off|pret)ence"), r"\1ense"),
    (re.compile(r"(?<=\w{3})is(e|ed|es|ing|er|ers|ation|ations)\b"), r"iz\1"),
    (re.compile(r"(?<=\w{2})ys(e|ed|es|ing)\b"), r"yz\1"),
    (re.compile(r"\bprogramme"), "program"),
    (re.compile(r"\b(anal|catal|dial|mon|prol)ogue"), r"\1og"),
    (re.compile(r"\bgrey"), "gray"),
    (re.compile(r"\b(trave|cance|labe|mode|signa|fue|leve)ll(ed|ing|er|ers)\b"), r"\1l\2"),
    (re.compile(r"\balumin(?:i)um"), "aluminum"),
    (re.compile(r"\bsulph"), "sulf"),
)  # fmt: skip


def with_one_spelling(text: str) -> str:
    """British and American spellings of English words as one."""
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return text


def without_spaces(text: str) -> str:
    """Words written together; digits stay apart from digits."""
    return re.sub(r"(?<!\d) | (?!\d)", "", text)


FOLDS: tuple[tuple[Fold, str], ...] = (
    (without_accents, "Right; accents do not matter here."),
    (without_punctuation, "Right; punctuation does not matter here."),
    (without_article, "Right; the article does not matter here."),
    (with_digits, "Right; numerals may be written either way."),
    (with_one_spelling, "Right; British and American spellings both count."),
    (without_spaces, "Right; spaces do not matter here."),
)
"""Each fold with what to tell a learner whose answer it made equal; each builds on those before."""


def folded(text: str) -> str:
    """The text after `normalise` and every fold but that of spaces: for comparing words."""
    text = normalise(text)
    for fold, _ in FOLDS[:-1]:
        text = fold(text)
    return text
