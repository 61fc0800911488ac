"""Written values to typed ones, one method a shape; what does not fit is a Slip with its path."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from quizgen.bank.limits import DIGITS, OPTIONS, SUGGESTIONS, TEXT
from quizgen.bank.quoting import quoted
from quizgen.bank.slip import Path, Slip
from quizgen.bank.tree import Block
from quizgen.problem import Severity

NAME = re.compile(r"[^\W_][\w.-]{0,79}")
_EXACT = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d+))?(?:[eE](?P<power>[+-]?\d+))?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WITH_UNIT = re.compile(r"(\S*\d) ?(%|°?[^\W\d_][\w/^·]*)")
_WORDS_OF_SIZE = frozenset(
    "hundred thousand million billion trillion mio mrd bn m k dozen percent".split()
)
_RATIO = re.compile(r"([+-]?\d+)[ \t]*/[ \t]*(\d+)", re.ASCII)

_SAID_FOR: Mapping[str, tuple[str, ...]] = {
    "question": ("stem",), "prompt": ("stem",), "ask": ("stem",), "text": ("stem",),
    "wrong": ("distractors",), "wrong_answers": ("distractors",), "incorrect": ("distractors",),
    "false_answers": ("distractors",), "distractor": ("distractors",),
    "correct": ("answer",), "right": ("answer",), "key": ("answer",), "solution": ("answer",),
    "correct_answer": ("answer",), "correct_answers": ("answers",), "choices": ("options",),
    "alternatives": ("options",), "feedback": ("explain",), "explanation": ("explain",),
    "rationale": ("explain",), "comment": ("explain",), "reason": ("why", "explain"),
    "difficulty": ("level",), "category": ("topic",), "subject": ("topic",), "chapter": ("topic",),
    "picture": ("image",), "photo": ("image",), "sound": ("audio",), "marks": ("points",),
    "score": ("points",), "worth": ("points",), "pairs": ("match",), "sequence": ("order",),
    "steps": ("order",), "gaps": ("cloze",), "gap": ("cloze",), "blanks": ("cloze",),
    "term": ("front",), "definition": ("back",), "sample_answer": ("model",),
    "model_answer": ("model",), "criteria": ("rubric",), "name": ("id",), "reference": ("source",),
}  # fmt: skip
"""What people write for a field, where no likeness of the words tells which one."""


def identity(text: str) -> str:
    """What makes two options the same: their text in one Unicode form, case and spaces aside."""
    if text.isascii():
        return " ".join(text.split()).casefold()
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def exact(text: str) -> Fraction | None:
    """The number that a text says: 12, 1,400, 0.5, 1e3, -2, 1/2. None for anything else."""
    text = text.strip()
    if len(text) > DIGITS:
        return None
    if text.isascii() and text.isdigit():
        return Fraction(int(text))
    if ratio := _RATIO.fullmatch(text):
        return Fraction(int(ratio[1]), int(ratio[2])) if int(ratio[2]) else None
    found = _EXACT.fullmatch(text)
    if found is None or not (found["whole"] or found["part"]):
        return None
    power = int(found["power"] or 0) if len(found["power"] or "") <= 6 else DIGITS + 1
    if abs(power) > DIGITS:
        return None
    part = found["part"] or ""
    digits = int(found["sign"] + (found["whole"].replace(",", "") + part))
    power -= len(part)
    return Fraction(digits * 10**power) if power >= 0 else Fraction(digits, 10**-power)


class Shapes:
    """Reads shapes and collects slips; `here` is the path of what is being read."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []
        self.here: Path = ()
        self.item: str | None = None
        self._suggestions = SUGGESTIONS

    def slip(
        self,
        code: str,
        message: str,
        fix: str,
        path: Path = (),
        *,
        at_key: bool = False,
        severity: Severity = "error",
    ) -> None:
        """Note a problem at a path below `here`."""
        field = ".".join(map(str, path)) or None
        self.slips.append(
            Slip(code, message, fix, None, (*self.here, *path), at_key, self.item, field, severity)
        )

    # --- Scalars ---------------------------------------------------------------------------------

    def text(self, value: Any, path: Path) -> str | None:
        """A text without the spaces and empty lines at its end; None where there is none."""
        if value.__class__ is not str:
            self.slip(
                "wrong_type",
                f"{label(path)} takes a text, but {described(value)} stands here.",
                "Write the text alone; if it starts with [ or {, put it in quotes.",
                path,
            )
            return None
        text: str = value.rstrip()
        if not text:
            self.slip(
                "empty_text",
                f"{label(path)} is empty.",
                "Write what belongs here, or delete it.",
                path,
            )
            return None
        if len(text) > TEXT:
            self.slip(
                "too_long",
                f"{label(path)} is longer than {TEXT:,} characters.",
                "Shorten it.",
                path,
            )
            return None
        return text

    def texts(self, value: Any, path: Path) -> tuple[str, ...]:
        """A text alone, or a list of them."""
        if isinstance(value, list):
            good = [
                text
                for one in value
                if one.__class__ is str and (text := one.rstrip()) and len(text) <= TEXT
            ]
            if value and len(good) == len(value):
                return tuple(good)
            found = [self.text(one, (*path, place)) for place, one in enumerate(value)]
            if not value:
                self.slip(
                    "empty_list",
                    f"{label(path)} is an empty list.",
                    "Write at least one text.",
                    path,
                )
            return tuple(text for text in found if text is not None)
        alone = self.text(value, path)
        return () if alone is None else (alone,)

    def name(self, value: Any, path: Path) -> str | None:
        """A name: it starts with a letter or digit and holds letters, digits, - . _ only."""
        text = self.text(value, path)
        if text is None or NAME.fullmatch(text):
            return text
        self.slip(
            "bad_name",
            f'"{text[:40]}" cannot be a name.',
            "Use letters, digits and hyphens only, at most 80, such as lake-baikal.",
            path,
        )
        return None

    def word(self, value: Any, path: Path, words: Sequence[str]) -> Any:
        """One of a few words."""
        text = self.text(value, path)
        if text is None or text in words:
            return text
        meant = self._meant(text, words)
        guess = f'; did you mean "{meant}"?' if meant else "."
        self.slip(
            "unknown_word",
            f'{label(path)} cannot be "{text[:40]}"{guess}',
            f"Write one of: {', '.join(words)}.",
            path,
        )
        return None

    def flag(self, value: Any, path: Path) -> bool | None:
        """True or false."""
        text = value.lower() if isinstance(value, str) else None
        if text in ("true", "false"):
            return text == "true"
        self.slip(
            "not_true_or_false",
            f"{label(path)} is true or false, not {described(value)}.",
            "Write true or false.",
            path,
        )
        return None

    def value(self, value: Any, path: Path) -> Fraction | None:
        """Any number, exactly."""
        number = exact(value) if isinstance(value, str) else None
        if number is None:
            self.slip(
                "not_a_number",
                f"{label(path)} takes a number, not {described(value)}.",
                _as_number(value, path),
                path,
            )
        return number

    def amount(self, value: Any, path: Path) -> Fraction | None:
        """A number above 0."""
        number = self.value(value, path)
        if number is None or number > 0:
            return number
        self.slip(
            "not_positive", f"{label(path)} must be more than 0.", "Write a number above 0.", path
        )
        return None

    def whole(self, value: Any, path: Path) -> int | None:
        """A whole number from 0."""
        if value.__class__ is str and len(value) < 10 and value.isascii() and value.isdigit():
            return int(value)
        number = exact(value) if isinstance(value, str) else None
        if number is None or number.denominator != 1 or not 0 <= number <= 10**9:
            self.slip(
                "not_whole",
                f"{label(path)} takes a whole number, not {described(value)}.",
                "Write a whole number, such as 2.",
                path,
            )
            return None
        return int(number)

    def day(self, value: Any, path: Path) -> str | None:
        """A day of the calendar, such as 2026-11-25."""
        text = self.text(value, path)
        if text is None or _is_day(text):
            return text
        self.slip(
            "bad_date",
            f"{described(text)} is no day of the calendar.",
            "Write year, month and day, such as 2026-11-25.",
            path,
        )
        return None

    # --- Mappings --------------------------------------------------------------------------------

    def block(
        self,
        value: Any,
        path: Path,
        what: str,
        fix: str = "Write field: value, one to a line.",
    ) -> Block | None:
        """A mapping."""
        if isinstance(value, Block):
            return value
        self.slip(
            "wrong_type",
            f"{what} takes fields with their values, but {described(value)} stands here.",
            fix,
            path,
        )
        return None

    def known(self, value: Mapping[str, Any], fields: Iterable[str], path: Path, what: str) -> None:
        """Every key is a field of this place; a slip of the pen is told from what it may mean."""
        names = tuple(fields)
        for key in value:
            if key in names:
                continue
            meant = self._meant(key, names)
            guess = f'; did you mean "{meant}"?' if meant else "."
            self.slip(
                "unknown_field",
                f'{what} has no field "{key[:40]}"{guess}',
                f"Write {meant}:, or delete it." if meant else f"It may have: {', '.join(names)}.",
                (*path, key),
                at_key=True,
            )

    def needed(self, block: Block, name: str, path: Path, what: str, example: str) -> bool:
        """Whether a field is there that must be."""
        if name in block:
            return True
        self.slip("missing_field", f'{what} needs "{name}".', f"Write {name}: {example}", path)
        return False

    def listed(self, value: Any, path: Path) -> list[Any]:
        """A list that is not empty."""
        if isinstance(value, list) and value:
            if len(value) > OPTIONS:
                self.slip(
                    "too_many",
                    f"{label(path)} holds more than {OPTIONS}.",
                    "Shorten the list.",
                    path,
                )
            return value
        self.slip(
            "not_a_list",
            f"{label(path)} takes a list, but {described(value)} stands here.",
            "Write [one, two], or one to a line behind a dash.",
            path,
        )
        return []

    def reasons(self, value: Any, path: Path) -> dict[str, str]:
        """A mapping from text to text."""
        found = {key: self.text(one, (*path, key)) for key, one in self._named(value, path)}
        return {key: one for key, one in found.items() if one is not None}

    def factors(self, value: Any, path: Path) -> dict[str, Fraction]:
        """A mapping from text to numbers above 0."""
        found = {key: self.amount(one, (*path, key)) for key, one in self._named(value, path)}
        return {key: one for key, one in found.items() if one is not None}

    def _named(self, value: Any, path: Path) -> Iterator[tuple[str, Any]]:
        fix = "Write field: value, one to a line."
        if isinstance(value, str) and value.strip() and len(value) <= 80 and "\n" not in value:
            fix = f"Write {path[-1]}: {{{value.strip()}: WHY}}, with what belongs there for WHY."
        for key, one in (self.block(value, path, label(path), fix) or {}).items():
            if key.strip():
                yield key, one
            else:
                self.slip(
                    "empty_text",
                    f"A name under {label(path)} is empty.",
                    "Write what stands before the colon.",
                    (*path, key),
                    at_key=True,
                )

    def _meant(self, word: str, words: Collection[str]) -> str:
        """The word of the language that is near, looked up for as many slips as people make."""
        for meant in _SAID_FOR.get(word.lower().replace("-", "_").replace(" ", "_"), ()):
            if meant in words:
                return meant
        self._suggestions -= 1
        if self._suggestions < 0:
            return ""
        close = get_close_matches(word[:40].lower(), list(words), n=1, cutoff=0.6)
        return close[0] if close else ""


def label(path: Path) -> str:
    """How a sentence names the value at a path: by its key, and its place in a list."""
    at = next((n for n in reversed(range(len(path))) if isinstance(path[n], str)), -1)
    if at < 0:
        return "This"
    place = path[at + 1] if at + 1 < len(path) else None
    return f'"{path[at]}"' if place is None else f'Entry {int(place) + 1} of "{path[at]}"'


def described(value: Any) -> str:
    """How a sentence names what stands there."""
    match value:
        case None | "":
            return "nothing"
        case str():
            return f'"{value[:40]}"'
        case []:
            return "an empty list"
        case list():
            return "a list"
        case _:
            return "a mapping (name: value)"


def _as_number(value: Any, path: Path) -> str:
    """How to write the number that was meant."""
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > DIGITS or (text and _EXACT.fullmatch(text)):
        return f"A number has {DIGITS} digits at most; write a shorter one."
    found = _WITH_UNIT.fullmatch(text[:80])
    is_unit = found and exact(found[1]) is not None and found[2].lower() not in _WORDS_OF_SIZE
    if found and is_unit and path[-1:] == ("number",):
        return f"Write number: {found[1]}, and on a line of its own unit: {quoted(found[2])}"
    return "Write it in digits alone, such as 12, 1,400, 0.5, 1/2 or 1e3."


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
