"""Written values to typed ones, one method a shape; what does not fit is a Slip with its path."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from quizgen.bank.fields import (
    BAND_FIELDS,
    CITATION_FIELDS,
    CRITERION_FIELDS,
    IMAGE_FIELDS,
    OPTION_FIELDS,
    Field,
)
from quizgen.bank.limits import DIGITS, OPTIONS, TEXT
from quizgen.bank.media import MediaFiles
from quizgen.bank.slip import Path, Slip
from quizgen.bank.tree import Block
from quizgen.model import Band, Citation, Criterion, Image, Option, Tolerance
from quizgen.problem import Severity

NAME = re.compile(r"[^\W_][\w.-]{0,79}")
_EXACT = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d+))?(?:[eE](?P<power>[+-]?\d+))?"
)
_RATIO = re.compile(r"([+-]?\d+)\s*/\s*(\d+)")


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
    if ratio := _RATIO.fullmatch(text):
        return Fraction(int(ratio[1]), int(ratio[2])) if int(ratio[2]) else None
    found = _EXACT.fullmatch(text)
    if found is None or not (found["whole"] or found["part"]):
        return None
    power = int(found["power"] or 0) if len(found["power"] or "") <= 6 else DIGITS + 1
    if abs(power) > DIGITS:
        return None
    digits = found["whole"].replace(",", "") or "0"
    value = Fraction(f"{digits}.{found['part'] or 0}") * Fraction(10) ** power
    return -value if found["sign"] == "-" else value


class Shapes:
    """Reads shapes and collects slips; `here` is the path of what is being read."""

    def __init__(self, media: MediaFiles) -> None:
        self.slips: list[Slip] = []
        self.here: Path = ()
        self.item: str | None = None
        self._media = media

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
        self.slips.append(
            Slip(code, message, fix, None, (*self.here, *path), at_key, self.item, severity)
        )

    # --- Scalars ---------------------------------------------------------------------------------

    def text(self, value: Any, path: Path) -> str | None:
        """A text that is not empty; None where it is not one."""
        if value.__class__ is not str:
            kind = "a list" if isinstance(value, list) else "a mapping"
            self.slip(
                "wrong_type",
                f'"{path[-1]}" takes a text, but {kind} stands here.',
                "Write the text behind the colon; if it starts with [ or {, put it in quotes.",
                path,
            )
            return None
        if not value or value.isspace():
            self.slip(
                "empty_text", f'"{path[-1]}" is empty.', "Write its text, or delete the line.", path
            )
            return None
        if len(value) > TEXT:
            self.slip(
                "too_long", f'"{path[-1]}" is longer than {TEXT} characters.', "Shorten it.", path
            )
            return None
        return str(value)

    def texts(self, value: Any, path: Path) -> tuple[str, ...]:
        """A text alone, or a list of them."""
        if isinstance(value, list):
            found = [self.text(one, (*path, place)) for place, one in enumerate(value)]
            if not found:
                self.slip(
                    "empty_list",
                    f'"{path[-1]}" is an empty list.',
                    "Write at least one text.",
                    path,
                )
            return tuple(one for one in found if one is not None)
        one = self.text(value, path)
        return () if one is None else (one,)

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
        self.slip(
            "unknown_word",
            f'"{path[-1]}" cannot be "{text[:40]}"{_meant(text, words)}.',
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
            f'"{path[-1]}" is true or false, not "{_shown(value)}".',
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
                f'"{path[-1]}" takes a number, not "{_shown(value)}".',
                "Write digits, such as 12, 0.5, 1/2 or 1e3.",
                path,
            )
        return number

    def amount(self, value: Any, path: Path) -> Fraction | None:
        """A number above 0."""
        number = self.value(value, path)
        if number is None or number > 0:
            return number
        self.slip(
            "not_positive", f'"{path[-1]}" must be more than 0.', "Write a number above 0.", path
        )
        return None

    def whole(self, value: Any, path: Path) -> int | None:
        """A whole number from 0."""
        number = exact(value) if isinstance(value, str) else None
        if number is None or number.denominator != 1 or not 0 <= number <= 10**9:
            self.slip(
                "not_whole",
                f'"{path[-1]}" takes a whole number, not "{_shown(value)}".',
                "Write a whole number, such as 2.",
                path,
            )
            return None
        return int(number)

    # --- Mappings --------------------------------------------------------------------------------

    def block(self, value: Any, path: Path, what: str) -> Block | None:
        """A mapping."""
        if isinstance(value, Block):
            return value
        self.slip(
            "wrong_type",
            f"{what} takes fields with their values, but {_named(value)} stands here.",
            "Write field: value, one to a line.",
            path,
        )
        return None

    def known(self, value: Mapping[str, Any], fields: Iterable[str], path: Path, what: str) -> None:
        """Every key is a field of this place; a slip of the pen is told from what it may mean."""
        names = tuple(fields)
        for key in value:
            if key not in names and not key.startswith("\0"):
                self.slip(
                    "unknown_field",
                    f'{what} has no field "{key[:40]}"{_meant(key, names)}.',
                    f"It may have: {', '.join(names)}.",
                    (*path, key),
                    at_key=True,
                )

    def listed(self, value: Any, path: Path) -> list[Any]:
        """A list that is not empty."""
        if isinstance(value, list) and value:
            if len(value) > OPTIONS:
                self.slip(
                    "too_many",
                    f'"{path[-1]}" holds more than {OPTIONS}.',
                    "Shorten the list.",
                    path,
                )
            return value
        self.slip(
            "not_a_list",
            f'"{path[-1]}" takes a list, but {_named(value)} stands here.',
            "Write [one, two], or one to a line behind a dash.",
            path,
        )
        return []

    def reasons(self, value: Any, path: Path) -> dict[str, str]:
        """A mapping from text to text."""
        block = self.block(value, path, f'"{path[-1]}"')
        found = {key: self.text(one, (*path, key)) for key, one in (block or {}).items()}
        return {key: one for key, one in found.items() if one is not None}

    def factors(self, value: Any, path: Path) -> dict[str, Fraction]:
        """A mapping from text to numbers above 0."""
        block = self.block(value, path, f'"{path[-1]}"')
        found = {key: self.amount(one, (*path, key)) for key, one in (block or {}).items()}
        return {key: one for key, one in found.items() if one is not None}

    # --- What items are made of ------------------------------------------------------------------

    def option(self, value: Any, path: Path) -> Option | None:
        """An option: a text, or a mapping with its text and more."""
        if value.__class__ is str:
            text = self.text(value, path)
            return None if text is None else Option(id=identity(text), text=text)
        if not isinstance(value, Block):
            self.text(value, path)
            return None
        self.known(value, _names(OPTION_FIELDS), path, "An option")
        text = self.text(value.get("text", ""), (*path, "text"))
        more: dict[str, Any] = {}
        if "why" in value:
            more["why"] = self.text(value["why"], (*path, "why"))
        if "pin" in value:
            more["pin"] = self.word(value["pin"], (*path, "pin"), ("first", "last"))
        if "image" in value:
            more["image"] = self.image(value["image"], (*path, "image"))
        own = self.name(value["id"], (*path, "id")) if "id" in value else None
        if text is None:
            return None
        more = {key: one for key, one in more.items() if one is not None}
        return Option(id=own or identity(text), text=text, **more)

    def options(self, value: Any, path: Path) -> tuple[Option, ...]:
        """A list of options."""
        found = [
            self.option(one, (*path, place)) for place, one in enumerate(self.listed(value, path))
        ]
        return tuple(one for one in found if one is not None)

    def tolerance(self, value: Any, path: Path) -> Tolerance | None:
        """A number, or a percentage of the value."""
        text = value.strip() if isinstance(value, str) else ""
        relative = text.endswith("%")
        amount = exact(text.removesuffix("%"))
        if amount is None or amount < 0:
            self.slip(
                "bad_tolerance",
                f'"{_shown(value)}" is no tolerance.',
                "Write a number, such as 0.5, or a percentage, such as 1 %.",
                path,
            )
            return None
        return Tolerance(amount=amount / 100 if relative else amount, relative=relative)

    def bands(self, value: Any, path: Path) -> tuple[Band, ...]:
        """Rows of a tolerance and a share of the points."""
        found: list[Band] = []
        for place, row in enumerate(self.listed(value, path)):
            block = self.block(row, (*path, place), "A band")
            if block is None:
                continue
            self.known(block, _names(BAND_FIELDS), (*path, place), "A band")
            tolerance = self.tolerance(block.get("tolerance"), (*path, place, "tolerance"))
            share = self.amount(block.get("share"), (*path, place, "share"))
            if share is not None and share >= 1:
                self.slip(
                    "bad_share",
                    "A share is less than all the points.",
                    "Write a number below 1, such as 1/2.",
                    (*path, place, "share"),
                )
            elif tolerance is not None and share is not None:
                found.append(Band(tolerance=tolerance, share=share))
        return tuple(found)

    def rubric(self, value: Any, path: Path) -> tuple[Criterion, ...]:
        """Lines of a rubric: texts worth one point, or texts with their points."""
        found: list[Criterion] = []
        for place, row in enumerate(self.listed(value, path)):
            if not isinstance(row, Block):
                text = self.text(row, (*path, place))
                found += [Criterion(text=text)] if text is not None else []
                continue
            self.known(row, _names(CRITERION_FIELDS), (*path, place), "A line of a rubric")
            text = self.text(row.get("text", ""), (*path, place, "text"))
            points = (
                self.amount(row["points"], (*path, place, "points"))
                if "points" in row
                else Fraction(1)
            )
            if text is not None and points is not None:
                found.append(Criterion(text=text, points=points))
        return tuple(found)

    def image(self, value: Any, path: Path) -> Image | None:
        """A picture, which always says in words what it shows."""
        block = self.block(value, path, "An image")
        if block is None:
            return None
        self.known(block, _names(IMAGE_FIELDS), path, "An image")
        file = self.file(block.get("file", ""), (*path, "file"))
        if not str(block.get("alt") or "").strip():
            self.slip(
                "no_alt",
                "The image has no text for those who cannot see it.",
                "Say what it shows: alt: A map of Siberia.",
                (*path, "alt") if "alt" in block else path,
            )
            return None
        alt = self.text(block["alt"], (*path, "alt"))
        width = self.text(block["width"], (*path, "width")) if "width" in block else ""
        if file is None or alt is None:
            return None
        return Image(file=file, alt=alt, width=width or "")

    def file(self, value: Any, path: Path) -> str | None:
        """A path of a file that is there, under questions/."""
        text = self.text(value, path)
        if text is None:
            return None
        code, message, fix = self._media.trouble(text)
        if code:
            self.slip(code, message, fix, path)
            return None
        return text

    def citation(self, value: Any, path: Path, document: str) -> Citation | None:
        """Where a fact stands; the file's own document unless another is named."""
        if isinstance(value, str):
            named = self.text(value, path)
            return None if named is None else Citation(document=named)
        block = self.block(value, path, '"source"')
        if block is None:
            return None
        self.known(block, _names(CITATION_FIELDS), path, "A source")
        paragraphs = []
        for place, one in enumerate(_many(block.get("paragraph", []))):
            number = self.whole(
                one,
                (*path, "paragraph") + ((place,) if isinstance(block["paragraph"], list) else ()),
            )
            if number == 0:
                self.slip(
                    "bad_paragraph",
                    "Paragraphs are counted from 1.",
                    "Write a number from 1.",
                    (*path, "paragraph"),
                )
            elif number is not None:
                paragraphs.append(number)
        more = {
            key: self.text(block[key], (*path, key))
            for key in ("document", "digest", "derived")
            if key in block
        }
        named = more.pop("document", None) or document
        if not named:
            self.slip(
                "no_document",
                "The source names no document.",
                "Write document: NAME, or source: NAME at the top of the file.",
                path,
            )
            return None
        terms = self.texts(block["terms"], (*path, "terms")) if "terms" in block else ()
        return Citation(
            document=named,
            paragraphs=tuple(paragraphs),
            terms=terms,
            **{key: one for key, one in more.items() if one is not None},
        )


def _names(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(field.name for field in fields)


def _meant(word: str, words: Iterable[str]) -> str:
    close = get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""


def _shown(value: Any) -> str:
    return value[:40] if isinstance(value, str) else _named(value)


def _named(value: Any) -> str:
    match value:
        case None | "":
            return "nothing"
        case str():
            return f'"{value[:40]}"'
        case list():
            return "a list"
        case _:
            return "a mapping"


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
