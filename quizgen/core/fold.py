"""One form for texts that mean the same: spelling, accents, articles and numerals folded away.

`normalise` takes away what no reader sees; `FOLDS` then each take away one more thing that does
not matter, in the order in which they are tried, each with the words for it. Folds for English or
for Latin letters leave texts in other scripts as they are.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from quizgen.core.normal import GREEK, normalise
from quizgen.core.numerals import with_digits

Fold = Callable[[str], str]

# --- Folds, each on normalised text --------------------------------------------------------------

_SPACES = re.compile(r"\s+")
_SHORT_FORMS = (
    (re.compile(r"^(?:i think|i guess|it is|it's|maybe|perhaps|probably),? (?=\w)"), ""),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bcan(?:'t|not)\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"^(the )?st\b\.? (?=\w)"), r"\1saint "),
    (re.compile(r"^(the )?mt\b\.? (?=\w)"), r"\1mount "),
    (re.compile(r"(?<=\w) st\b\.?$"), " street"),
    (re.compile(r"\bn[or]\. (?=\w)|\bn[or]\.? ?(?=\d)"), "number "),
    (re.compile(r"\bart\b\.? (?=\d)"), "article "),
    (re.compile(r"(?<=\w )(?:vs|versus)\b\.?(?= )"), "v"),
    (re.compile(r"(?<=\w) ?♯"), " sharp"),
    (re.compile(r"(?<=\w) ?♭"), " flat"),
)
_GREEK_ALONE = re.compile(r"(?<!\w)[α-ω](?!\w)")


def without_short_forms(text: str) -> str:
    """Saint, Mount, Number and such for their short forms, "not" for "n't"; no "I think" in front.

    A Greek letter alone is its name: "α particle".
    """
    for pattern, replacement in _SHORT_FORMS:
        text = pattern.sub(replacement, text)
    if text.isascii():
        return text
    return _GREEK_ALONE.sub(lambda found: GREEK.get(found[0], found[0]), text)


def without_punctuation(text: str) -> str:
    """Points and apostrophes gone ("a.i.i.b."), other punctuation a space; "&" is "and".

    What stands between digits or before them ("3.5", "-5") stays, and so does "#" ("C#"). A
    text of nothing but punctuation stays as it is.
    """
    plain = re.sub(r"(?<!\d)[.]|[.](?!\d)|'", "", text.replace("&", " and "))
    plain = "".join(
        " " if unicodedata.category(c)[0] == "P" and c not in "%.,-#" else c for c in plain
    )
    plain = re.sub(r"(?<!\d),|,(?!\d)|(?<=\S)-(?=\w)|-(?!\d)", " ", plain)
    return _SPACES.sub(" ", plain).strip() or text


def without_article(text: str) -> str:
    """No leading English article, unless nothing would be left."""
    return re.sub(r"^(?:the|an?) (?=\w)", "", text)


_SPELLINGS = (
    (re.compile(r"\b(arm|behavi|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|rum|sav|spl?end|tum|val|vap|vig)our"), r"\1or"),
    (re.compile(r"\b(cent|fib|lust|meag|\w*(?:met|lit)|reconnoit|sab|somb|spect|theat)re(s?)\b"), r"\1er\2"),
    (re.compile(r"\b(def|off|pret|lic)ence"), r"\1ense"),
    (re.compile(r"(?<=\w{3})is(e|ed|es|ing|er|ers|ation|ations)\b"), r"iz\1"),
    (re.compile(r"(?<=\w{2})ys(e|ed|es|ing)\b"), r"yz\1"),
    (re.compile(r"\bprogramme"), "program"),
    (re.compile(r"\b(anal|catal|dial|mon|prol)ogue"), r"\1og"),
    (re.compile(r"\bgrey"), "gray"),
    (re.compile(r"\b(trave|cance|labe|mode|signa|fue|leve)ll(ed|ing|er|ers)\b"), r"\1l\2"),
    (re.compile(r"\baluminium"), "aluminum"),
    (re.compile(r"\bsulph"), "sulf"),
    (re.compile(r"(?<=[chkn])aem|(?<=an)aes(?=th)|(?<=p)aed|(?<=gyn)aec|(?<=arch)aeo"), lambda found: found[0][1:]),
    (re.compile(r"\boes(?=trog|oph)|(?<=\bf)oet|(?<=diarrh)oe"), lambda found: found[0][1:]),
    (re.compile(r"\bmanoeuvre"), "maneuver"),
    (re.compile(r"(?<=judg|ledg)ement"), "ment"),
    (re.compile(r"\bsceptic"), "skeptic"),
    (re.compile(r"\bmould"), "mold"),
    (re.compile(r"\bplough"), "plow"),
)  # fmt: skip


def with_one_spelling(text: str) -> str:
    """British and American spellings of English words as one, and œ and æ as two letters."""
    text = text.replace("œ", "oe").replace("æ", "ae")
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return text


_USUAL = str.maketrans({"ё": "е", "\u064a": "\u06cc", "\u0643": "\u06a9"})
_VOWEL_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")


def without_accents(text: str) -> str:
    """Latin letters without their accents, and ß, ø, æ, ł ... in plain letters.

    Of other scripts, what is usually left out or alike to the eye: ё as е, the vowel marks and
    long strokes of Arabic, and its two forms of one letter.
    """
    if text.isascii():
        return text
    from anyascii import anyascii

    text = _VOWEL_MARKS.sub("", text.translate(_USUAL))
    out: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char) and out and out[-1][-1:].isascii():
            continue
        latin = not char.isascii() and unicodedata.name(char, "").startswith("LATIN")
        out.append((anyascii(char).lower() or char) if latin else char)
    return unicodedata.normalize("NFC", "".join(out))


def without_spaces(text: str) -> str:
    """Words written together; digits stay apart from digits."""
    return re.sub(r"(?<!\d) | (?!\d)", "", text)


FOLDS: tuple[tuple[Fold, str], ...] = (
    (without_short_forms, "Right; short forms count."),
    (without_punctuation, "Right; punctuation does not matter here."),
    (without_article, "Right; the article does not matter here."),
    (with_digits, "Right; numerals may be written either way."),
    (with_one_spelling, "Right; British and American spellings both count."),
    (without_accents, "Right; accents do not matter here."),
    (without_spaces, "Right; spaces do not matter here."),
)
"""Each fold with what to tell a learner whose answer it made equal; each builds on those before."""


@lru_cache(maxsize=4096)
def spelt(text: str) -> str:
    """As `folded`, but that its numerals stay as they are written."""
    text = normalise(text)
    for fold, _ in FOLDS[:-1]:
        if fold is not with_digits:
            text = fold(text)
    return text


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text after `normalise` and every fold but that of spaces: for comparing words."""
    text = normalise(text)
    for fold, _ in FOLDS[:-1]:
        text = fold(text)
    return text


_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def written_out(text: str) -> str:
    """Normalised text with its umlauts as those write them who have none on their keyboard."""
    return unicodedata.normalize("NFC", text).translate(_WRITTEN_OUT)


def turned_round(text: str) -> str:
    """A text with one comma as it reads turned round there: "Surname, Given", "Gambia, The"."""
    if text.count(",") != 1:
        return text
    first, _, second = text.partition(",")
    return f"{second.strip()} {first.strip()}".strip()
