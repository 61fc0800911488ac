"""Claims of a document, which a question asks about as somebody's: the stem says whose.

Looked for in English, German, French and Spanish; what is asked in other languages is left.
"""

import re
from collections.abc import Iterator

from quizgen.checks.scope import in_use
from quizgen.checks.texts import question_field
from quizgen.core.asked import asked
from quizgen.model import Bank, Item
from quizgen.problem import Problem

_LANGUAGES = ("en", "de", "fr", "es")

_BY_NO_ONE = re.compile(
    r"\b(?:is|are|was|were|be|been|being) (?:\w+ly |often |still |much )?"
    r"(?:said|thought|believed|claimed|held|called|found|considered|praised|blamed|credited|"
    r"described|portrayed|stated|judged|argued)\b(?! (?:\w+ ){0,6}by\b)"
    r"|\b(?:so-)?called\b(?= [A-Z])|\bArticles? \d+",
)
"""What says that somebody says so, but not who, or only looks so: "is held in", "Article 5"."""
_ATTRIBUTES = re.compile(
    r"\b(?:according to|in the (?:words|eyes) of|(?:in|from) .{1,40} (?:view|opinion|eyes)|"
    r"says?|said|claim(?:s|ed)?|states|stated|argue[sd]?|describe[sd]?|calls?|called|asserts?|"
    r"credit(?:s|ed)?|puts? it|attribute[sd]?|portray(?:s|ed)?|blame[sd]|praise[sd]|judge[sd]|"
    r"believe[sd]?|thinks?|thought|wrote|writes|considers?|proposed?|proposes|recommends?|warn(?:s|ed)?|"
    r"(?:hold|holds|held|find|finds|found) (?:that|it|them)|"
    r"(?:do|does|did) .{1,60} (?:blame|hold|find|judge|praise|see|regard)|"
    r"article|feature|author|report|text|document|speaker|essay|columnist|editorial|reviewer|critic|"
    r"laut|zufolge|nach (?:Ansicht|Meinung|Auffassung|Darstellung)|sagte?|behauptete?|meinte?|nennt|"
    r"nannte|hielt|schreibt|schrieb|bezeichnete?|urteilte?|lobte?|Artikel|Bericht|Verfasserin|Verfasser|Autorin|Autor|"
    r"selon|d['’]après|aux yeux d|de l['’]avis d|affirme|estime|déclare|qualifie|écrit|soutient|prétend|auteure?|"
    r"según|a juicio de|en opinión de|afirma|sostiene|califica|escribe|opina|artículo|autora?)\b",
    re.IGNORECASE,
)


def unattributed_claim(bank: Bank) -> Iterator[Problem]:
    """A document's own judgement is asked about as such: the stem says whose it is."""
    if not bank.language.lower().startswith(_LANGUAGES):
        return
    for item in in_use(bank):
        if item.claim and not any(map(_attributes, _asked(bank, item))):
            yield Problem(
                code="unattributed_claim",
                message="This is marked as a claim, but the stem does not say whose.",
                fix='Attribute it ("According to ..."), or drop claim: true if it is a plain fact.',
                severity="warning",
                item=item.id,
                field=question_field(item),
            )


def _attributes(text: str) -> bool:
    return _ATTRIBUTES.search(_BY_NO_ONE.sub(" ", text)) is not None


def _asked(bank: Bank, item: Item) -> Iterator[str]:
    yield asked(item)
    yield from (passage.text for passage in bank.passages if passage.id == item.passage)
