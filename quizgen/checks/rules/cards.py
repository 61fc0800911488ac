"""Rules of flashcards and clozes: one fact, short, that can be told from what is left."""

import re
from collections.abc import Iterator

from quizgen.checks.view import Tongue, View
from quizgen.core.dates import parse_date
from quizgen.markup import to_text
from quizgen.model import Card, Cloze, Gap
from quizgen.problem import Problem

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*")
_CODE = re.compile(r"^ *(```|~~~).*?(?:^ *\1|\Z)|`+[^`]*`+|\$[^$]+\$", re.MULTILINE | re.DOTALL)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts that write no space between words, which are not counted."""


def card_answer_long(view: View) -> Iterator[Problem]:
    """The back has twelve words at most; code and formulas are not counted."""
    if isinstance(view.item, Card):
        count = len(_WORD.findall(_CODE.sub(" ", view.item.back)))
        if count > 12:
            yield view.problem(
                "card_answer_long",
                f"The back has {count} words, too many to recall as one.",
                "Keep what is asked for, and put the rest under explain:.",
                "back",
            )


_BULLETS = re.compile(r"^ *(?:[-*+]|\d+[.)]) +\S", re.MULTILINE)
_NUMBERED = re.compile(r"\(\d\) ")
_LIST_ENDS = re.compile(r",? (?:and|or|und|oder|et|ou|y|o) |\s*[,;]\s*|\s+/\s+|\n+")
_PLACE_OR_TIME = re.compile(r"(?i:where|when|wo|wann|où|quand|dónde|cuándo)\b")


def card_enumeration(view: View) -> Iterator[Problem]:
    """The back is no list of three things or more."""
    if isinstance(view.item, Card) and _is_a_list(view.item.front, view.item.back):
        yield view.problem(
            "card_enumeration",
            "The back is a list, and one missing member fails it all.",
            "Make a cloze of it with a gap for each ({{c1::gap}}, {{c2::gap}}), a match, or a card for each.",
            "back",
        )


_TIME = re.compile(r"(?:about|in|on|at|since|from|um|im|en|à) |\D*\d{3,4}$")


def _is_a_list(front: str, back: str) -> bool:
    if len(_BULLETS.findall(back)) > 2 or len(_NUMBERED.findall(back)) > 2:
        return True
    if (
        "`" in back
        or "$" in back
        or back.strip().endswith((".", ")"))
        or _PLACE_OR_TIME.match(front)
    ):
        return False
    if re.search(r"\d[,.]\d", back) or parse_date(back.strip()):
        return False
    parts = _LIST_ENDS.split(back.strip())
    if len(parts) < 3 or any(
        not part or len(part.split()) > 4 or _TIME.match(part) for part in parts
    ):
        return False
    is_title = any(re.match(r"(?:the|a|an) [A-Z]", part) for part in parts[1:])
    return not is_title and not re.search(
        r"[^,;]+, (?:and|but|yet|which|who) ", back.replace(", and", " and")
    )


_MORE = re.compile(
    r", (?:first |about |zuerst )?(?:in |im |en |since |seit |on |am |um )?(?:[A-ZÄÖÜa-zäöüé]+ )?(?<!, )\d{3,4}(?:, in [A-Z]\w+)?\.?$"
    r"|, (?:which|who) (?:has|is|was|had|were|are|[A-Z]\w+) |, and (?:it|they|he|she|its|his) "
    r"|, (?:published|invented|discovered|founded|built|written|painted|signed) (?:by|in) "
    r"|; (?:it|its|they|he|she|this|these) |; (?:\w+ ){3,}\w+\.?$"
    r"|^[^;]*[^\W\d][^;\d]*; [^;]*\d.*[^\W\d]\)?\.?$|^born \S.*, [a-z]{3,}(?:ed|ote|ook|ame|on) "
    r"|\d{4}, [a-z]{3,} (?:by|under) "
    r"|(?<=[a-zäöüß)$\d])\. (?=[A-ZÄÖÜ][a-zäöüß]+ [a-zäöüß])"
)
_ASKS_WHEN = re.compile(r"(?i)\b(?:when|year|date|day|wann|jahr|quand|année|cuándo|año)\b")
_AND_WHEN = re.compile(
    r"(?i)[a-z]+,? (?:and|und|et) (?:when|year|date|jahr|année|año)\b|\b(?:when|year|date) and [a-z]+"
)
_TWO_ANSWERS = re.compile(r"[^;\n]+; [^;\n]+$")
_ASKS_TWICE = re.compile(
    r"(?i)\b(?:and|und|et|y)\b[^?]*\b(?:who|what|when|where|which|how|why|wer|wann|wo)\b"
)


def card_many_facts(view: View) -> Iterator[Problem]:
    """The back holds one fact, since one rating is all that it gets."""
    item = view.item
    if not isinstance(item, Card):
        return
    if _ASKS_TWICE.search(item.front):
        if _TWO_ANSWERS.match(item.back.strip()):
            yield _many_facts(view)
        return
    lines = [line.strip() for line in item.back.strip().splitlines() if line.strip()]
    is_two = len(lines) == 2 and lines[1].endswith(".") and len(lines[1].split()) > 3
    is_two = is_two and not lines[0].endswith((",", ";", ":")) and lines[1][0].isupper()
    if not is_two:
        found = _MORE.search(" ".join(lines))
        if not found:
            return
        is_year = found[0].rstrip(".")[-1:].isdigit()
        if is_year and _ASKS_WHEN.search(item.front) and not _AND_WHEN.search(item.front):
            return
    yield _many_facts(view)


def _many_facts(view: View) -> Problem:
    return view.problem(
        "card_many_facts",
        "The back holds two facts, but is rated once.",
        "Make two cards, or put one of them under explain:.",
        "back",
    )


_POINTS: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:in|according to|of|by|from|on|see) (?:the|this) (?:text|passage|article|story|chapter|"
        r"lecture|figure|diagram|graph|picture|lesson|video|slide|map|poem|excerpt|paragraph)(?! of\b)\b"
        r"|\b(?:does|ends?|opens?|by) the (?:poem|passage|article|author|text|story)\b(?! (?:of|in)\b)"
        r"|\bthe \w+ (?:shown |listed |named |given |mentioned )?above\b(?! (?:the|sea|a|an|zero|\d))"
        r"|\b(?:the|this) (?:last|previous|next) (?:chapter|lesson|lecture|section|slide|unit)\b"
        r"|\bas (?:we|you) (?:saw|have seen|learned|learnt)\b"
        r"|^(?:when|where|why|how|who) (?:was|is|did|does|were|are) (?:it|they|he|she)"
        r"\b(?! (?:called|that|when|to|possible))",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:laut|in|aus|nach) (?:dem|diesem) (?:text|abschnitt|artikel|kapitel|bild)\b|\bim text\b|\bsiehe oben\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"\b(?:d['’]après le|selon le|dans le) (?:texte|passage)\b|\bci-dessus\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:según el|en el) (?:texto|pasaje)\b|\barriba mencionad", re.IGNORECASE),
}  # fmt: skip
_THIS: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:in|of|for|by|with|does|do|did|is|was|were|about|to|from) (?:this|these|those) [a-z]{3,}|\bthe following [a-z]", re.IGNORECASE),
    "de": re.compile(r"\b(?:diese[rnms]?|folgende[rnms]?) [A-ZÄÖÜ]", re.IGNORECASE),
    "fr": re.compile(r"\b(?:ce|cet|cette|ces) (?:texte|passage|tableau|poème|schéma|phrase|processus|mot|contrat|document)s?\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:este|esta|estos|estas) (?:texto|pasaje|tabla|poema|frase|proceso|gráfico)s?\b", re.IGNORECASE),
}  # fmt: skip


def deictic_front(view: View) -> Iterator[Problem]:
    """A front points at nothing that the card does not show."""
    item = view.item
    if not isinstance(item, Card) or item.image or item.audio or item.passage or not view.tongue:
        return
    found = _POINTS[view.tongue].search(view.unquoted)
    if (
        not found
        and len(view.sentences) < 2
        and "⟨⟩" not in view.unquoted
        and "\n" not in item.front.strip()
    ):
        found = _THIS[view.tongue].search(view.unquoted)
    if found:
        yield view.problem(
            "deictic_front",
            f'"{found[0]}" points at something that the card does not show.',
            "Name what is meant.",
        )


def cloze_without_context(view: View) -> Iterator[Problem]:
    """Beside the gaps at least four words are left, or are given as hints."""
    item = view.item
    if not isinstance(item, Cloze):
        return
    left = _given(item)
    if len(_TOKEN.findall(left)) < 4 and not _WIDE.search(left):
        yield view.problem(
            "cloze_without_context",
            "Around the gaps there are not four words to tell what is meant.",
            "Write a full sentence.",
        )


def cloze_too_much(view: View) -> Iterator[Problem]:
    """No more than 40 % of the words are gaps; hints are among what is there."""
    item = view.item
    if not isinstance(item, Cloze):
        return
    left = _given(item)
    gone = sum(len(_TOKEN.findall(to_text(gap.accept[0]))) for gap in item.gaps)
    share = gone / ((gone + len(_TOKEN.findall(left))) or 1)
    if share > 0.4 and not _WIDE.search(left):
        yield view.problem(
            "cloze_too_much",
            f"{share:.0%} of the words are gaps.",
            "Leave at least six words of ten, or make two clozes of it.",
        )


def _given(item: Cloze) -> str:
    """What stands there beside the gaps and in them, as the verb whose form is asked for."""
    return " ".join((_left(item), *(gap.hint for gap in item.gaps)))


def _left(item: Cloze) -> str:
    """What stands there beside the gaps."""
    return " ".join((item.stem, *(part for part in item.parts if not isinstance(part, Gap))))


_VAGUE = frozenset(
    "long short big large small great high low good bad important essential necessary vital crucial useful "
    "quickly slowly rapidly fast strongly often common rare famous popular beautiful dangerous different "
    "großer große großes kleiner schöner wichtig schnell groß klein".split()
)
_PLACES = frozenset("on under at beside by near behind".split())
_THERE = re.compile(
    r"\b(?:is|are|was|were|sits?|sat|lies?|lay|stands?|stood|hangs?|hung|waits?|waited|hides?|hid)\s*$"
)
"""What a word of place follows that may be any: behind "good" or "depend" there is one."""
_CAUSE_OF = re.compile(
    r"\b(?:an?|one) (?:[a-z-]+ )?(?:cause|symptom|sign|effect|consequence|example) of(?: the| an?)?\s*$"
)
_OF_A_KIND = re.compile(r" (?:is|are) (?:an? )?[a-z]+(?:\.|, (?:although|though|but|even) )")
_THE_ONLY = re.compile(r"\s*(?:the|an?)?\s*", re.IGNORECASE)
_OPEN_BEFORE = re.compile(
    r"\b(?:born|died|beaten|defeated|signed|held|founded|built|written|discovered|took place|crowned|killed|"
    r"buried|opened|met|starb|mourut|murió|geboren|gegründet|né|née|nació)(?: for good| there)? (?:in|à|en)\s*$",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(
    r"\b(?:such as|for example|e\.g\.|like|including)(?: the| a| an)?\s*$", re.IGNORECASE
)


def cloze_ambiguous(view: View) -> Iterator[Problem]:
    """A gap without a hint that a year fits as well as a place, or any adjective, accepts them."""
    item = view.item
    if not isinstance(item, Cloze) or item.stem or "`" in _left(item):
        return
    before = ""
    for part, after in zip(item.parts, (*item.parts[1:], ""), strict=True):
        if not isinstance(part, Gap):
            before = part
            continue
        if part.hint or len(part.accept) > 1:
            continue
        text = part.accept[0].strip()
        open_place = bool(_OPEN_BEFORE.search(before)) and not re.search(r"\d", before)
        if isinstance(after, str) and _AND_OTHERS.match(after):
            open_place = True
        if isinstance(after, str) and _THE_ONLY.fullmatch(before) and _OF_A_KIND.match(after):
            open_place = True
        if text in _PLACES:
            is_vague = bool(_THERE.search(before))
        else:
            is_vague = text in _VAGUE or bool(_CAUSE_OF.search(before))
        if open_place or _SUCH_AS.search(before) or (is_vague and not _QUOTE.search(before)):
            yield view.problem(
                "cloze_ambiguous",
                f'Other words than "{text}" fit the gap as well.',
                f"Say which in the text, give a hint ({{{{{text}::WHAT KIND}}}}), or accept them all.",
            )
            return


_AND_OTHERS = re.compile(r",?[^.,;]*(?:,[^.,;]*)?,? (?:and|or) other [a-z]+")
_QUOTE = re.compile(r"[\"“„«]")
