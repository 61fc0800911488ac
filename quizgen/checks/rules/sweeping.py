"""An option to whether it speaks of all the others: "all of the above", "none of these writers"."""

import re
from collections.abc import Sequence

from quizgen.checks.texts import plain

_ANSWERS = r"(?:options|answers|choices|alternatives|statements)"
_THING = r"(?:[a-z]{3,}s|people|men|women|children)"
_THEM = (
    rf"(?:(?:of )?(?:the )?above|(?:of )?(?:these|those|the following)|(?:of )?(?:these|those) {_THING}"
    rf"|(?:of )?(?:(?:the|these|those) )?(?:(?:other|above|given|listed|preceding|previous) )?{_ANSWERS}"
    r"(?: (?:above|listed|given|here))?)"
)
_HOLD = r"(?: (?:is|are|apply|applies)(?: (?:correct|true|right|wrong|false|incorrect))?)?"
_ALL = re.compile(
    rf"(?:all|any|each) {_THEM}{_HOLD}"
    r"|all (?:are|of (?:these|them|the above) are) (?:correct|true|right)"
    r"|alle(?: der)?(?: oben)? genannten(?: antworten)?|alle (?:diese )?antworten(?: sind richtig)?|alle davon"
    r"|toutes (?:les|ces) réponses(?: ci-dessus)?(?: sont (?:justes|correctes|vraies))?"
    r"|tod[ao]s l[ao]s anteriores|todas las respuestas(?: son correctas)?|以上(?:都|皆)是"
)
_NONE = re.compile(
    rf"(?:none|neither|not any) {_THEM}{_HOLD}"
    r"|none (?:is|are) (?:correct|true|right)|no (?:answer|option) is (?:correct|right|true)"
    r"|keine[rs]?(?: der| von den)?(?: oben)? genannten(?: antworten)?|keine antwort(?: ist richtig)?"
    r"|keine[rs]? (?:von (?:ihnen|diesen|denen)|davon|dieser [a-zäöüß]+|der (?:antworten|aussagen|möglichkeiten))"
    r"|aucune? (?:de ces [a-zà-ÿ]+|des (?:réponses|propositions)|d'entre (?:eux|elles)|de ce(?:ux|lles)-(?:ci|là))"
    r"(?: ci-dessus)?"
    r"|ningun[oa] de (?:ell[oa]s|est[oa]s(?: [a-zà-ÿ]+)?|l[oa]s (?:anteriores|(?:respuestas|opciones)(?: anteriores)?))"
    r"|以上(?:都|皆)不是"
)
_BOTH = re.compile(rf"both {_THEM}{_HOLD}")
_ALL_OF_THEM = re.compile(rf"(?:all|any|each) of them{_HOLD}")
_NONE_OF_THEM = re.compile(rf"(?:none|neither|not any) of them{_HOLD}")
"""What may speak of what the stem names, and not of options."""
_NEITHER = re.compile(
    r"neither of the two|keine[rs]? (?:der|von) (?:den )?beiden|aucune? des deux|ningun[oa] de l[oa]s dos"
)
"""What may speak of two parties of a case, and not of options."""

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "drei": 3, "vier": 4, "fünf": 5,
            "trois": 3, "quatre": 4, "cinq": 5, "tres": 3, "cuatro": 4, "cinco": 5}  # fmt: skip
_ALL_OF_NUMBER = re.compile(
    r"(?:all|alle|tous les|toutes les|los|las)"
    rf" ({'|'.join(_NUMBERS)})(?: (?:of (?:them|these)|together|zusammen|ensemble|juntos|juntas))?"
)


_OPENINGS = (
    "all",
    "any",
    "each",
    "tou",
    "tod",
    "las ",
    "los ",
    "以上",
    "no",
    "neither",
    "kein",
    "aucun",
    "ningun",
    "both",
)
"""With what all of these patterns begin, so that other texts need not be held against them."""


def says_all(text: str, others: int = 0) -> bool:
    """Whether a folded text says that all the others are right; "all three" where they are three."""
    if not text.startswith(_OPENINGS):
        return False
    if found := _ALL_OF_NUMBER.fullmatch(text):
        return _NUMBERS[found[1]] == others
    return bool(_ALL.fullmatch(text) or _ALL_OF_THEM.fullmatch(text))


def says_none(text: str, others: int = 0) -> bool:
    """Whether a folded text says that none of the others is right.

    Beside two others "neither of the two" is an answer of its own: they may be all that there are.
    """
    if not text.startswith(_OPENINGS):
        return False
    if _NONE.fullmatch(text) or _NONE_OF_THEM.fullmatch(text):
        return True
    return others > 2 and _NEITHER.fullmatch(text) is not None


_WHICH_OF_THESE = re.compile(
    r"(?i)(?:which|what|who) (?:one )?of (?:these|those|the following) (?:is|was) an? "
)


def says_none_of_these(text: str, asked: str) -> bool:
    """Whether a bare "none" answers "Which of these is a": elsewhere it may be how many, or nothing."""
    return text.rstrip(".!") == "none" and _WHICH_OF_THESE.match(asked.strip()) is not None


def stands_last(text: str) -> bool:
    """Whether a folded text speaks of the others for sure, so that it makes no sense before them."""
    if not text.startswith(_OPENINGS):
        return False
    return bool(_ALL.fullmatch(text) or _NONE.fullmatch(text) or _BOTH.fullmatch(text))


_OF_THEM = re.compile(
    r".* (?:these|those|them|davon|ihnen|diesen|denen|beiden|eux|elles|ellos|ellas|estos|estas)"
    rf"|.* (?:these|those) {_THING}|.* (?:dieser|de ces|de est[oa]s) [a-zà-ÿ]+"
)
_HOW_MANY = re.compile(
    r"(?i)\bhow (?:many|often)\b|\bhow much of\b|\bwhat (?:share|part|proportion)\b"
    r"|\bwie ?viele?\b|\bcombien\b|\bcu[aá]nt[oa]s?\b"
)
_A_NUMBER = re.compile(
    r"(?:only|just|exactly|at least|one|two|three|four|five|some|most|half|many|few|a few)\b"
)


def is_a_count(text: str, asked: str, others: Sequence[str]) -> bool:
    """Whether "none of them" is a number of what is asked about, as "one of them" would be."""
    folded = plain(text).rstrip(".! ")
    if not _OF_THEM.fullmatch(folded):
        return False
    return bool(_HOW_MANY.search(asked)) or any(_A_NUMBER.match(plain(other)) for other in others)
