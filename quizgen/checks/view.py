"""An item as its rules look at it: each text is taken apart once, when a rule first asks for it."""

import re
from collections.abc import Hashable
from functools import cached_property
from typing import Literal

from quizgen.checks.texts import plain, question_field
from quizgen.core.asked import asked
from quizgen.core.dates import parse_date
from quizgen.core.quantity import parse_number
from quizgen.markup import to_text
from quizgen.model import Choice, Item, Option
from quizgen.problem import Mend, Problem, Severity

Tongue = Literal["en", "de", "fr", "es", ""]

_COMMON: dict[Tongue, frozenset[str]] = {
    "en": frozenset(
        "the of and is are was were what which who whom how why when where does do did to for "
        "it its that this with by from on at not these has have be they as or word".split()
    ),
    "de": frozenset(
        "der die das und ist sind war wer wie wann wo warum welche welcher welches welchem was den "
        "dem des ein eine einen eines wird werden von mit zu auf für nicht kein im bei nach".split()
    ),
    "fr": frozenset(
        "le la les des du et est sont qui que quel quelle quels quelles un une dans pour pas il "
        "elle de en au aux ce cette l d qu".split()
    ),
    "es": frozenset(
        "el la los las del y es son qué cuál cuáles quién un una para no de en al cómo dónde "
        "por con se vamos mañana".split()
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_FENCED = re.compile(r"^ *(```|~~~).*?(?:^ *\1|\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`+[^`]*`+")
_MATH = re.compile(r"\$[^$]+\$")
_TARGET = re.compile(
    r"(?<=\])\((?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
    r"|^ {0,3}\[[^\]\n]+\]:.*$"
    r"|\bhttps?://[^\s<>]*[^\s<>.,;:?!)\"'*_]",
    re.MULTILINE,
)
"""Where a link leads: behind its text, by its name, or as the text itself."""
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|‘[^’]*’|(?<!\w)\'[^\']*\'(?!\w)')
_END = re.compile(
    r"(?<=[.?!])[\"”)*_]*\s+(?=[^\W\d_a-zà-ÿ]|[*_¿«„\"]|\d)|\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.) )"
)


class View:
    """One item, its language, and its texts as rules compare them."""

    def __init__(self, item: Item, language: str) -> None:
        self.item = item
        self.language = language

    @cached_property
    def asked(self) -> str:
        """What the item asks, as its author wrote it."""
        return asked(self.item)

    @cached_property
    def tongue(self) -> Tongue:
        """The language of the question among those that rules know; "" for all others.

        A bank in one of them may ask in another, as language courses do.
        """
        own = self.language[:2].lower()
        if own not in _COMMON:
            return ""
        words = set(_WORD.findall(self.asked.lower()))
        best: Tongue = own
        most = len(words & _COMMON[best])
        for tongue, common in _COMMON.items():
            if (count := len(words & common)) > most:
                best, most = tongue, count
        return best

    @cached_property
    def unquoted(self) -> str:
        """What it asks without code, mathematics and quotations, each made a single mark, and
        without where links lead.
        """
        text = self.asked
        if "`" in text or "~~~" in text:
            text = _CODE.sub("⟨⟩", _FENCED.sub("⟨⟩", text))
        if "$" in text:
            text = _MATH.sub("⟨⟩", text)
        if "](" in text or "]:" in text or "://" in text:
            text = _TARGET.sub("", text)
        return _QUOTED.sub("⟨⟩", text)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of that, the last of which is as a rule what is asked."""
        return tuple(part for one in _END.split(self.unquoted) if (part := one.strip()))

    @cached_property
    def lead(self) -> str:
        """The sentence that asks: the last that has a question mark, else the last."""
        asking = [one for one in self.sentences if "?" in one]
        return (asking or self.sentences or ("",))[-1]

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The options of a choice; none of any other item."""
        return self.item.options if isinstance(self.item, Choice) else ()

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The options as they are read, without markup."""
        return tuple(to_text(option.text) for option in self.options)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The options for comparing, without their full stop."""
        return tuple(plain(text).rstrip(".!; ") for text in self.shown)

    @cached_property
    def quantities(self) -> tuple[tuple[Hashable, str] | None, ...]:
        """Each option as a number or a date and its unit; None where it is neither."""
        return tuple(map(_quantity, self.shown))

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """The places of the right options."""
        right = self.item.keys if isinstance(self.item, Choice) else ()
        return tuple(n for n, option in enumerate(self.options) if option.id in right)

    @cached_property
    def is_code(self) -> bool:
        """Whether an option holds code or mathematics, whose wording is not the author's."""
        return any("`" in option.text or "$" in option.text for option in self.options)

    def problem(
        self,
        code: str,
        message: str,
        fix: str,
        field: str = "",
        severity: Severity = "warning",
        *,
        mend: Mend | None = None,
    ) -> Problem:
        """A problem of this item, in its question where no field is named."""
        return Problem(
            code=code,
            message=message,
            fix=fix,
            severity=severity,
            item=self.item.id,
            field=field or question_field(self.item),
            mend=mend,
        )

    def note(self, code: str, message: str, fix: str, field: str = "") -> Problem:
        """The same as a note, which is shown on request."""
        return self.problem(code, message, fix, field, "note")


_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?: ?([ap])\.?m\.?)?")
_CENTURY = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|e)? ?(century|jahrhundert|siècle)(?: (bc|ad))?", re.IGNORECASE
)


def _quantity(text: str) -> tuple[Hashable, str] | None:
    """A number with its unit, or a date, time or century with its kind."""
    if not _DIGIT.search(text):
        return None
    text = text.strip().rstrip(".")
    if text[0] == "×" and (times := parse_number(text[1:])) and not times.unit:
        return (times.value, "×")
    if clock := _CLOCK.fullmatch(text):
        return (int(clock[1]) * 60 + int(clock[2]), "time " + (clock[3] or ""))
    if century := _CENTURY.fullmatch(text):
        return (int(century[1]), "century " + (century[3] or ""))
    if number := parse_number(text):
        return (
            number.value,
            number.unit.casefold().removesuffix("s") if len(number.unit) > 3 else number.unit,
        )
    date = parse_date(text)
    if date is None or date.is_ambiguous:
        return None
    return ((date.year, date.month, date.day), f"date {date.precision}")
